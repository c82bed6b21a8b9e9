//! The bonuses of a month, as they are entered for an account: rows of the sheet that limits it.

use std::collections::BTreeMap;

use huiyin_settlement::Money;

use super::cell::{Cell, Month};
use super::enter::{EnteredRow, Raw, Reader};
use super::problem::{Problem, Wrong};
use crate::model::{Account, ColumnId, Policy};

/// The amount of a month of which an account may take a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bonus {
    /// The amount.
    pub of: Money,
    /// What others took of it already.
    pub used: Money,
}

/// The bonuses of a month, by person.
pub type Bonuses = BTreeMap<String, Bonus>;

/// Reads the bonuses of a month: a list of rows under the columns of the sheet that limits the account. The month may be left out;
/// all are of the same.
///
/// # Errors
///
/// Every mistake at its place, such as `bonuses[0].bonus`, at most [`super::PROBLEMS_MAX`].
pub fn read_bonuses(
    policy: &Policy,
    account: &Account,
    month: Month,
    rows: &Raw,
) -> Result<Bonuses, Vec<Problem>> {
    let cap = &account.cap;
    let mut reader = Reader::default();
    let Some(sheet) = policy.settlement.sheets.get(&cap.sheet) else {
        reader.wrong("", Wrong::NoSheets);
        return Err(reader.problems);
    };
    let entered = reader.sheet(&cap.sheet, sheet, &with_month(rows, &cap.month, month));
    let mut bonuses = Bonuses::new();
    for row in &entered {
        if row
            .cells
            .get(&cap.month)
            .is_some_and(|cell| *cell != Cell::Month(month))
        {
            let month = month.to_string();
            reader.wrong(place(row, &cap.month), Wrong::OtherMonth { month });
        }
        let Some(of) = money(row, &cap.of) else {
            let given = reader.is_told(&place(row, &cap.of));
            if !given {
                let needed_for = String::new();
                reader.wrong(place(row, &cap.of), Wrong::Missing { needed_for });
            }
            continue;
        };
        let used = cap.used.as_ref().and_then(|used| money(row, used));
        let used = used.unwrap_or_default();
        if let Some(who) = row.cells.get(&cap.who) {
            bonuses.insert(who.to_string(), Bonus { of, used });
        }
    }
    match reader.problems.is_empty() {
        true => Ok(bonuses),
        false => Err(reader.problems),
    }
}

/// The rows with the month in those that don't say it.
fn with_month(rows: &Raw, column: &ColumnId, month: Month) -> Raw {
    let Raw::List(rows) = rows else {
        return rows.clone();
    };
    let rows = rows.iter().map(|row| match row {
        Raw::Map(lines) => {
            let said =
                |(name, raw): &&(String, Raw)| name == column.as_str() && *raw != Raw::Nothing;
            let mut lines = lines.clone();
            if !lines.iter().any(|line| said(&line)) {
                lines.retain(|(name, _)| name != column.as_str());
                lines.push((column.to_string(), Raw::Text(month.to_string())));
            }
            Raw::Map(lines)
        }
        other => other.clone(),
    });
    Raw::List(rows.collect())
}

fn money(row: &EnteredRow, column: &ColumnId) -> Option<Money> {
    row.cells.get(column)?.money()
}

fn place(row: &EnteredRow, column: &ColumnId) -> String {
    format!("{}.{column}", row.path)
}
