//! The rows of a sheet before anything is computed in them.

use indexmap::IndexMap;

use super::cell::Cell;
use super::enter::{EnteredRow, NAME_JOIN, name_of};
use super::evaluate::Evaluation;
use super::problem::{Problem, Wrong};
use super::result::{Filled, Row, Table};
use super::{DERIVED_ROWS_MAX, PROBLEMS_MAX};
use crate::model::{ColumnId, ColumnPath, Derived, Join, Match, Rows, Sheet, SheetId};

impl Evaluation<'_> {
    /// The rows of a sheet, sorted by their keys.
    pub(super) fn rows(
        &self,
        id: &SheetId,
        sheet: &Sheet,
        entered: Vec<EnteredRow>,
    ) -> Result<Table, Vec<Problem>> {
        let rows = match &sheet.rows {
            Rows::One => entered.into_iter().map(|row| filled_in(&[], row)).collect(),
            Rows::Entered(key) => {
                let mut rows: Vec<Row> =
                    entered.into_iter().map(|row| filled_in(key, row)).collect();
                rows.sort_by(|one, other| one.name.cmp(&other.name));
                rows
            }
            Rows::Derived(derived) => self.derived(id, derived)?,
        };
        Ok(Table { rows })
    }

    fn derived(&self, id: &SheetId, derived: &Derived) -> Result<Vec<Row>, Vec<Problem>> {
        let mut rows = Vec::new();
        let mut problems = Vec::new();
        let outer = self.table(&derived.each);
        let joined = derived.with.as_ref().map(|join| self.index(join));
        for (at, row) in outer.rows.iter().enumerate() {
            let holds = |when| self.holds(when, &derived.each, row);
            if !derived.when.as_ref().is_none_or(holds) {
                continue;
            }
            let mut origins = vec![(derived.each.clone(), at)];
            origins.extend(row.origins.iter().cloned());
            let (Some(join), Some(index)) = (&derived.with, &joined) else {
                rows.push(following(&row.name, row, origins));
                continue;
            };
            match self.matching(join, index, &derived.each, row) {
                Err(problem) => problems.push(problem),
                Ok(found) => {
                    for (with, inner) in found {
                        let mut origins = origins.clone();
                        origins.push((join.sheet.clone(), with));
                        rows.push(following(
                            &joined_name(&row.name, &inner.name),
                            row,
                            origins,
                        ));
                    }
                }
            }
            if rows.len() > DERIVED_ROWS_MAX {
                let max = DERIVED_ROWS_MAX;
                return Err(vec![Problem::new(id.as_str(), Wrong::TooMany { max })]);
            }
            if problems.len() >= PROBLEMS_MAX {
                break;
            }
        }
        match problems.is_empty() {
            true => Ok(rows),
            false => Err(problems),
        }
    }

    /// The joined sheet's rows by what they are looked up under, for each set of columns.
    fn index(&self, join: &Join) -> Vec<IndexMap<Vec<String>, Vec<usize>>> {
        let table = self.table(&join.sheet);
        let by_columns = |columns: Vec<&ColumnId>| {
            let mut index: IndexMap<Vec<String>, Vec<usize>> = IndexMap::new();
            for (at, row) in table.rows.iter().enumerate() {
                let cells = columns.iter().map(|column| row.cells.get(*column));
                let key: Option<Vec<String>> = cells
                    .map(|cell| cell.map(|filled| filled.cell.to_string()))
                    .collect();
                if let Some(key) = key {
                    index.entry(key).or_default().push(at);
                }
            }
            index
        };
        let matches = join.matches.iter();
        matches
            .map(|one| by_columns(one.pairs.iter().map(|(column, _)| column).collect()))
            .collect()
    }

    fn matching(
        &self,
        join: &Join,
        index: &[IndexMap<Vec<String>, Vec<usize>>],
        each: &SheetId,
        row: &Row,
    ) -> Result<Vec<(usize, &Row)>, Problem> {
        let chosen = match &join.by {
            None => 0,
            Some(by) => {
                let choice = self.needed(by, each, row, join.sheet.as_str())?;
                let is_choice = |chosen: &crate::model::ChoiceId| matches!(choice, Cell::Choice(choice) if choice == chosen);
                let at = join
                    .matches
                    .iter()
                    .position(|one| one.choice.as_ref().is_some_and(is_choice));
                at.unwrap_or_default()
            }
        };
        let Some(Match { pairs, .. }) = join.matches.get(chosen) else {
            return Ok(Vec::new());
        };
        let looked = |(_, path): &(ColumnId, ColumnPath)| {
            let cell = self.needed(path, each, row, join.sheet.as_str())?;
            Ok(cell.to_string())
        };
        let key = pairs
            .iter()
            .map(looked)
            .collect::<Result<Vec<_>, Problem>>()?;
        let table = self.table(&join.sheet);
        if let Some(found) = index[chosen].get(&key) {
            return Ok(found.iter().map(|at| (*at, &table.rows[*at])).collect());
        }
        let columns = pairs.iter().zip(&key);
        let wanted = columns.map(|((column, _), value)| format!("{column} = {value}"));
        let wrong = Wrong::NoMatch {
            sheet: join.sheet.to_string(),
            wanted: wanted.collect::<Vec<String>>().join(", "),
        };
        Err(Problem::new(&row.path, wrong))
    }
}

fn filled_in(key: &[ColumnId], row: EnteredRow) -> Row {
    let fill = |(column, cell)| {
        let filled = Filled {
            cell,
            why: None,
            clause: None,
        };
        (column, filled)
    };
    Row {
        name: name_of(key, &row.cells),
        path: row.path,
        origins: Vec::new(),
        cells: row.cells.into_iter().map(fill).collect(),
    }
}

fn following(name: &str, from: &Row, origins: Vec<(SheetId, usize)>) -> Row {
    Row {
        name: name.to_owned(),
        path: from.path.clone(),
        origins,
        cells: IndexMap::new(),
    }
}

/// Both names, or the longer one if it begins with the other.
fn joined_name(one: &str, other: &str) -> String {
    let continues = |longer: &str, shorter: &str| {
        longer == shorter || longer.starts_with(&format!("{shorter}{NAME_JOIN}"))
    };
    if one.is_empty() || continues(other, one) {
        other.to_owned()
    } else if other.is_empty() {
        one.to_owned()
    } else {
        format!("{one}{NAME_JOIN}{other}")
    }
}
