//! Formulas worked out, exactly.

use huiyin_settlement::{Figure, FigureProblem, Money};

use super::cell::Cell;
use super::evaluate::Evaluation;
use super::explain::{Why, Working};
use super::problem::{Problem, Wrong};
use super::result::Row;
use crate::model::{ChoiceId, ColumnPath, ParamId, ParamValue, Term};

impl Evaluation<'_> {
    /// What a formula gives, amounts rounded to the cent; a single column that holds no figure is taken over.
    pub(super) fn formula(
        &self,
        term: &Term,
        path: &ColumnPath,
        row: &Row,
        choice: Option<(ColumnPath, ChoiceId)>,
    ) -> Result<(Cell, Why), Problem> {
        if let Term::Column(of) = term {
            let cell = self.reached(of, &path.sheet, row);
            let cell = cell.ok_or_else(|| self.missing(of, path, row))?;
            if cell.figure().is_none() {
                return Ok((cell.clone(), Why::Copied(of.clone())));
            }
        }
        let (figure, working) = self.term(term, path, row)?;
        let rounded = figure.to_cent();
        let exact = (rounded != figure).then_some(figure);
        let why = Why::Formula {
            working,
            exact,
            choice,
        };
        Ok((Cell::Figure(rounded), why))
    }

    /// An amount rounded to the cent.
    pub(super) fn amount(
        &self,
        term: &Term,
        path: &ColumnPath,
        row: &Row,
    ) -> Result<Money, Problem> {
        let (figure, _) = self.term(term, path, row)?;
        let amount = figure.to_cent().money();
        amount.ok_or_else(|| out_of_bounds(path, row))
    }

    fn term(
        &self,
        term: &Term,
        path: &ColumnPath,
        row: &Row,
    ) -> Result<(Figure, Working), Problem> {
        match term {
            Term::Column(of) => {
                let cell = self.reached(of, &path.sheet, row).and_then(Cell::figure);
                let figure = cell.ok_or_else(|| self.missing(of, path, row))?;
                Ok((figure, Working::Column(of.clone(), figure)))
            }
            Term::Figure(figure) => Ok((*figure, Working::Figure(*figure))),
            Term::Param(id) => {
                let figure = self.param(id, path, row)?;
                Ok((figure, Working::Param(id.clone(), figure)))
            }
            Term::Total(of) => {
                let figure = self.total(of, path, row)?;
                Ok((figure, Working::Total(of.clone(), figure)))
            }
            Term::Product(terms) => self.fold(terms, (path, row), Working::Product, Figure::times),
            Term::Sum(terms) => self.fold(terms, (path, row), Working::Sum, Figure::plus),
            Term::Less(terms) => self.fold(terms, (path, row), Working::Less, Figure::minus),
            Term::Smallest(terms) => {
                let smaller = |one: Figure, other: Figure| Ok(pick(one, other, true));
                self.fold(terms, (path, row), Working::Smallest, smaller)
            }
            Term::Largest(terms) => {
                let larger = |one: Figure, other: Figure| Ok(pick(one, other, false));
                self.fold(terms, (path, row), Working::Largest, larger)
            }
        }
    }

    fn fold(
        &self,
        terms: &[Term],
        (path, row): (&ColumnPath, &Row),
        join: fn(Vec<Working>) -> Working,
        with: impl Fn(Figure, Figure) -> Result<Figure, FigureProblem>,
    ) -> Result<(Figure, Working), Problem> {
        let mut result: Option<Figure> = None;
        let mut workings = Vec::with_capacity(terms.len());
        for term in terms {
            let (figure, working) = self.term(term, path, row)?;
            workings.push(working);
            let joined = result.map_or(Ok(figure), |result| with(result, figure));
            result = Some(joined.map_err(|_| out_of_bounds(path, row))?);
        }
        let result = result.ok_or_else(|| out_of_bounds(path, row))?;
        Ok((result, join(workings)))
    }

    /// A column added up; an empty cell counts as nothing.
    fn total(&self, of: &ColumnPath, path: &ColumnPath, row: &Row) -> Result<Figure, Problem> {
        let unit = self.policy.settlement.column(of);
        let zero = unit.and_then(|column| zero_of(&column.ty));
        let zero = zero.ok_or_else(|| out_of_bounds(path, row))?;
        let rows = self.table(&of.sheet).rows.iter();
        let mut figures = rows.filter_map(|row| row.cells.get(&of.column)?.cell.figure());
        figures
            .try_fold(zero, Figure::plus)
            .map_err(|_| out_of_bounds(path, row))
    }

    fn param(&self, id: &ParamId, path: &ColumnPath, row: &Row) -> Result<Figure, Problem> {
        let param = self.policy.params.get(id);
        match param.and_then(|param| param.value.as_ref()) {
            Some(ParamValue::Money(amount)) => Ok(Figure::from(*amount)),
            Some(ParamValue::Percent(percent)) => Ok(Figure::from(*percent)),
            Some(ParamValue::Integer(number)) => {
                Figure::try_from(*number).map_err(|_| out_of_bounds(path, row))
            }
            _ => {
                let name = id.to_string();
                Err(Problem::new(&row.path, Wrong::UnsetParam { name }))
            }
        }
    }
}

fn zero_of(ty: &crate::model::ColumnType) -> Option<Figure> {
    use crate::model::ColumnType;
    use huiyin_settlement::Unit;
    match ty {
        ColumnType::Money => Some(Figure::zero(Unit::Money)),
        ColumnType::Quantity => Some(Figure::zero(Unit::Quantity)),
        ColumnType::Percent => Some(Figure::zero(Unit::Percent)),
        _ => None,
    }
}

/// The smaller or the larger one, the first of equal ones.
fn pick(one: Figure, other: Figure, smaller: bool) -> Figure {
    let other_is_smaller = other.to_decimal() < one.to_decimal();
    let other_is_larger = other.to_decimal() > one.to_decimal();
    match smaller {
        true if other_is_smaller => other,
        false if other_is_larger => other,
        _ => one,
    }
}

pub(super) fn out_of_bounds(path: &ColumnPath, row: &Row) -> Problem {
    let needed_for = path.to_string();
    Problem::new(&row.path, Wrong::OutOfBounds { needed_for })
}
