//! Sheet after sheet, column after column.

use indexmap::IndexMap;

use super::cell::Cell;
use super::enter::Entered;
use super::explain::Why;
use super::problem::{Problem, Wrong};
use super::result::{Filled, Open, OpenReason, Row, Settled, Table};
use super::scope::Scope;
use crate::condition::{Condition, Fact};
use crate::model::{
    BandOutcome, ChoiceId, ClauseId, ColumnId, ColumnPath, ColumnType, FactPath, FirstRow, How,
    Outcome, Policy, Sheet, SheetId, Term,
};

/// What was worked out so far.
pub(super) struct Evaluation<'p> {
    pub(super) policy: &'p Policy,
    pub(super) done: IndexMap<SheetId, Table>,
    pub(super) open: Vec<Open>,
}

/// A cell in the making: what stands in it, why, and the clause if it isn't the column's.
pub(super) type Worked = (Cell, Why, Option<ClauseId>);

/// Works out all sheets; the problems of the first sheet that has any.
pub(super) fn evaluate(
    policy: &Policy,
    mut entered: Entered,
    scope: Scope<'_>,
) -> Result<Settled, Vec<Problem>> {
    let mut evaluation = Evaluation {
        policy,
        done: IndexMap::new(),
        open: Vec::new(),
    };
    let sheets = policy.settlement.sheets.iter();
    for (id, sheet) in sheets.filter(|(id, _)| scope.sheet(id)) {
        let rows = entered.shift_remove(id).unwrap_or_default();
        let table = evaluation.rows(id, sheet, rows)?;
        evaluation.done.insert(id.clone(), table);
        evaluation.columns(id, sheet)?;
        evaluation.needs(id, sheet);
    }
    Ok(Settled {
        sheets: evaluation.done,
        accounts: IndexMap::new(),
        charges: Vec::new(),
        vouchers: Vec::new(),
        open: evaluation.open,
    })
}

impl<'p> Evaluation<'p> {
    fn columns(&mut self, id: &SheetId, sheet: &'p Sheet) -> Result<(), Vec<Problem>> {
        let computed = sheet.columns.iter().filter_map(|(column_id, column)| {
            column.how.as_ref().map(|how| (column_id, column, how))
        });
        for (column_id, column, how) in computed {
            let path = ColumnPath::new(id, column_id);
            let worked = match how {
                How::Split { total, by, sum } => self.split(&path, sheet, (total, by, *sum))?,
                how => self.row_by_row(&path, how)?,
            };
            let table = self.done.get_mut(id).into_iter();
            let rows = table.flat_map(|table| &mut table.rows);
            for (row, (cell, why, clause)) in rows.zip(worked) {
                let clause = clause.or_else(|| column.clause.clone());
                let clause = clause.or_else(|| self_clause(self.policy, how));
                let filled = Filled {
                    cell,
                    why: Some(why),
                    clause: Some(clause.unwrap_or_else(|| sheet.clause.clone())),
                };
                row.cells.insert(column_id.clone(), filled);
            }
        }
        Ok(())
    }

    fn row_by_row(&self, path: &ColumnPath, how: &How) -> Result<Vec<Worked>, Vec<Problem>> {
        let mut worked = Vec::new();
        let mut problems = Vec::new();
        for row in &self.table(&path.sheet).rows {
            match self.cell(path, how, row) {
                Ok(cell) => worked.push(cell),
                Err(problem) if problems.len() < super::PROBLEMS_MAX => problems.push(problem),
                Err(_) => break,
            }
        }
        match problems.is_empty() {
            true => Ok(worked),
            false => Err(problems),
        }
    }

    fn cell(&self, path: &ColumnPath, how: &How, row: &Row) -> Result<Worked, Problem> {
        match how {
            How::Formula(term) => {
                let (cell, why) = self.formula(term, path, row, None)?;
                Ok((cell, why, None))
            }
            How::Cases { by, of } => {
                let choice = self.choice(by, path, row)?;
                let Some(case) = of.get(choice) else {
                    return Err(self.missing(by, path, row));
                };
                let chosen = Some((by.clone(), choice.clone()));
                let (cell, why) = self.formula(&case.is, path, row, chosen)?;
                Ok((cell, why, case.clause.clone()))
            }
            How::First(rows) => self.first(rows, path, row),
            How::Band { band, of } => self.band(band.as_str(), of, path, row),
            How::Move { of, steps } => self.moved(of, *steps, path, row),
            // A split is worked out over all rows at once.
            How::Split { by, .. } => Err(self.missing(by, path, row)),
        }
    }

    fn first(&self, rows: &[FirstRow], path: &ColumnPath, row: &Row) -> Result<Worked, Problem> {
        let fits = |first: &FirstRow| {
            let when = first.when.as_ref();
            when.is_none_or(|when| self.holds(when, &path.sheet, row))
        };
        let (at, first) = rows
            .iter()
            .enumerate()
            .find(|(_, first)| fits(first))
            .expect("the last row has no condition");
        let when = first.when.as_ref().map(ToString::to_string);
        let (cell, working, exact) = match &first.then {
            Outcome::Choice(choice) => (Cell::Choice(choice.clone()), None, None),
            Outcome::Formula(term) => match self.formula(term, path, row, None)? {
                (cell, Why::Formula { working, exact, .. }) => (cell, Some(working), exact),
                (cell, _) => (cell, None, None),
            },
        };
        let why = Why::First {
            row: at,
            when,
            working,
            exact,
        };
        Ok((cell, why, first.clause.clone()))
    }

    fn band(&self, id: &str, of: &Term, path: &ColumnPath, row: &Row) -> Result<Worked, Problem> {
        let amount = self.amount(of, path, row)?;
        let band = self.policy.bands.get(id);
        let found = band.and_then(|band| Some((band, band.rows.row_of(amount)?)));
        let Some((band, at)) = found else {
            return Err(negative(amount, path, row));
        };
        let rows = band.rows.rows();
        let (up_to, outcome) = &rows[at];
        let choice = match outcome {
            BandOutcome::Grade(grade) => grade.clone(),
            BandOutcome::Decider(role) => ChoiceId::new(role.as_str()),
        };
        let why = Why::Band {
            band: crate::model::BandId::new(id),
            amount,
            above: at.checked_sub(1).and_then(|before| rows[before].0),
            up_to: *up_to,
        };
        Ok((Cell::Choice(choice), why, None))
    }

    fn moved(
        &self,
        of: &ColumnPath,
        steps: i32,
        path: &ColumnPath,
        row: &Row,
    ) -> Result<Worked, Problem> {
        let from = self.choice(of, path, row)?;
        let ladder = match self.policy.settlement.column(of).map(|column| &column.ty) {
            Some(ColumnType::Grade(ladder)) => self.policy.settlement.ladders.get(ladder),
            _ => None,
        };
        let grades = ladder.map(|ladder| &ladder.grades);
        let to = grades.and_then(|grades| {
            let to = grades.get_index_of(from)?;
            let to = to.checked_add_signed(isize::try_from(steps).ok()?)?;
            grades.get_index(to).map(|(grade, _)| grade.clone())
        });
        let grade = from.to_string();
        let to = to.ok_or_else(|| Problem::new(&row.path, Wrong::OffLadder { grade }))?;
        let from = from.clone();
        Ok((Cell::Choice(to), Why::Moved { from, steps }, None))
    }

    fn needs(&mut self, id: &SheetId, sheet: &Sheet) {
        let mut open = Vec::new();
        for row in &self.table(id).rows {
            for need in &sheet.needs {
                let asked = need.when.as_ref();
                let asked = asked.is_none_or(|when| self.holds(when, id, row));
                if asked && !self.holds(&need.holds, id, row) {
                    open.push(Open {
                        sheet: id.clone(),
                        row: row.name.clone(),
                        reason: OpenReason::Need(need.text.clone()),
                        clause: need.clause.clone(),
                    });
                }
            }
        }
        self.open.append(&mut open);
    }

    /// The rows of a sheet above.
    pub(super) fn table(&self, sheet: &SheetId) -> &Table {
        self.done
            .get(sheet)
            .expect("a sheet uses only those above it")
    }

    /// A column's cell in a row of `sheet`, or in a row that it comes from.
    pub(super) fn reached<'r>(
        &'r self,
        path: &ColumnPath,
        sheet: &SheetId,
        row: &'r Row,
    ) -> Option<&'r Cell> {
        self.filled(path, sheet, row).map(|filled| &filled.cell)
    }

    /// The same with its reason.
    pub(super) fn filled<'r>(
        &'r self,
        path: &ColumnPath,
        sheet: &SheetId,
        row: &'r Row,
    ) -> Option<&'r Filled> {
        let filled = |row: &'r Row| row.cells.get(&path.column);
        if path.sheet == *sheet {
            return filled(row);
        }
        let origin = row.origins.iter().find(|(from, _)| *from == path.sheet);
        let at = origin.map_or(0, |(_, at)| *at);
        filled(self.done.get(&path.sheet)?.rows.get(at)?)
    }

    /// The same for a cell that something is worked out of.
    pub(super) fn needed<'r>(
        &'r self,
        path: &ColumnPath,
        sheet: &SheetId,
        row: &'r Row,
        needed_for: &str,
    ) -> Result<&'r Cell, Problem> {
        self.reached(path, sheet, row)
            .ok_or_else(|| self.empty(path, sheet, row, needed_for))
    }

    fn choice<'r>(
        &'r self,
        of: &ColumnPath,
        path: &ColumnPath,
        row: &'r Row,
    ) -> Result<&'r ChoiceId, Problem> {
        match self.reached(of, &path.sheet, row) {
            Some(Cell::Choice(choice)) => Ok(choice),
            _ => Err(self.missing(of, path, row)),
        }
    }

    /// A cell is empty that the column `path` needs.
    pub(super) fn missing(&self, of: &ColumnPath, path: &ColumnPath, row: &Row) -> Problem {
        self.empty(of, &path.sheet, row, &path.to_string())
    }

    fn empty(&self, of: &ColumnPath, sheet: &SheetId, row: &Row, needed_for: &str) -> Problem {
        let origin = row.origins.iter().find(|(from, _)| *from == of.sheet);
        let at = origin.map_or(0, |(_, at)| *at);
        let from = match of.sheet == *sheet {
            true => Some(row),
            false => self
                .done
                .get(&of.sheet)
                .and_then(|table| table.rows.get(at)),
        };
        let path = from.map_or(of.sheet.as_str(), |row| row.path.as_str());
        let needed_for = needed_for.to_owned();
        Problem::new(
            format!("{path}.{}", of.column),
            Wrong::Missing { needed_for },
        )
    }

    /// Whether a condition is known to hold of a row.
    pub(super) fn holds(&self, when: &Condition, sheet: &SheetId, row: &Row) -> bool {
        let fact = |path: &FactPath| -> Option<Fact> {
            let of = SheetId::new(path.part().as_str());
            let path = ColumnPath::new(&of, &ColumnId::new(path.field().as_str()));
            self.reached(&path, sheet, row).map(Cell::fact)
        };
        when.holds(&fact)
    }
}

/// An amount below zero that the column `path` can't be worked out of.
pub(super) fn negative(amount: huiyin_settlement::Money, path: &ColumnPath, row: &Row) -> Problem {
    let wrong = Wrong::Negative {
        amount: amount.to_string(),
        needed_for: path.to_string(),
    };
    Problem::new(&row.path, wrong)
}

/// The clause of the band that a column goes by.
fn self_clause(policy: &Policy, how: &How) -> Option<ClauseId> {
    match how {
        How::Band { band, .. } => policy.bands.get(band).map(|band| band.clause.clone()),
        _ => None,
    }
}
