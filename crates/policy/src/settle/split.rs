//! Amounts divided among rows.

use huiyin_settlement::{Figure, Money, Percent, split_in_parts};

use super::cell::Cell;
use super::evaluate::{Evaluation, Worked, negative};
use super::explain::Why;
use super::problem::{Problem, Wrong};
use super::result::{Open, OpenReason, Row};
use super::term::out_of_bounds;
use crate::model::{ColumnPath, Rows, Sheet, Term};

/// What is divided, by which weights, and what these must add up to.
type Division<'s> = (&'s Term, &'s ColumnPath, Option<Percent>);

impl Evaluation<'_> {
    /// Divides an amount among all rows of a sheet, or among those that belong to one row of another.
    pub(super) fn split(
        &mut self,
        path: &ColumnPath,
        sheet: &Sheet,
        division: Division<'_>,
    ) -> Result<Vec<Worked>, Vec<Problem>> {
        let joined = match &sheet.rows {
            Rows::Derived(derived) => derived.with.as_ref().map(|_| &derived.each),
            _ => None,
        };
        let rows = &self.table(&path.sheet).rows;
        if rows.is_empty() {
            self.not_divided(path, sheet, division.0);
            return Ok(Vec::new());
        }
        // Rows that belong together stand together.
        let group = |row: &Row| {
            let each = joined?;
            let origin = row.origins.iter().find(|(from, _)| from == each);
            origin.map(|(_, at)| *at)
        };
        let mut worked = Vec::with_capacity(rows.len());
        let mut problems = Vec::new();
        for rows in rows.chunk_by(|one, other| group(one) == group(other)) {
            match self.divide(path, rows, division) {
                Ok(mut parts) => worked.append(&mut parts),
                Err(problem) => problems.push(problem),
            }
        }
        match problems.is_empty() {
            true => Ok(worked),
            false => {
                problems.truncate(super::PROBLEMS_MAX);
                Err(problems)
            }
        }
    }

    fn divide(
        &self,
        path: &ColumnPath,
        rows: &[Row],
        (total, by, wanted): Division<'_>,
    ) -> Result<Vec<Worked>, Problem> {
        let first = &rows[0];
        let total = self.amount(total, path, first)?;
        if total.is_negative() {
            return Err(negative(total, path, first));
        }
        let weights = rows.iter().map(|row| {
            let cell = self.reached(by, &path.sheet, row);
            let figure = cell.and_then(Cell::figure);
            figure.ok_or_else(|| self.missing(by, path, row))
        });
        let weights: Vec<Figure> = weights.collect::<Result<_, _>>()?;
        let mut sum = Figure::zero(weights[0].unit());
        for weight in &weights {
            sum = sum.plus(*weight).map_err(|_| out_of_bounds(path, first))?;
        }
        if let Some(wanted) = wanted.filter(|wanted| wanted.to_decimal() != sum.to_decimal()) {
            let wrong = Wrong::WeightsSum {
                sum: sum.to_string(),
                wanted: wanted.to_string(),
            };
            return Err(Problem::new(format!("{}.{}", by.sheet, by.column), wrong));
        }
        let numbers: Vec<_> = weights.iter().map(|weight| weight.to_decimal()).collect();
        let parts = split_in_parts(total, &numbers, Money::CENT).map_err(|_| {
            let total = total.to_string();
            Problem::new(&first.path, Wrong::NoWeight { total })
        })?;
        let part = |(weight, part): (Figure, huiyin_settlement::Part)| {
            let why = Why::Split {
                total,
                weight,
                sum,
                has_rest: part.has_rest,
            };
            (Cell::Figure(Figure::from(part.amount)), why, None)
        };
        Ok(weights.into_iter().zip(parts).map(part).collect())
    }

    /// Without rows nothing is divided; that is open as long as there is something to divide.
    fn not_divided(&mut self, path: &ColumnPath, sheet: &Sheet, total: &Term) {
        let nobody = Row {
            name: String::new(),
            path: path.sheet.to_string(),
            origins: Vec::new(),
            cells: indexmap::IndexMap::new(),
        };
        // A total over the rows of another row has nothing to be divided without it.
        let Ok(total) = self.amount(total, path, &nobody) else {
            return;
        };
        if total > Money::ZERO && !matches!(sheet.rows, Rows::Derived(_)) {
            self.open.push(Open {
                sheet: path.sheet.clone(),
                row: String::new(),
                reason: OpenReason::NotDivided(total),
                clause: sheet.clause.clone(),
            });
        }
    }
}
