//! What was settled in the form that is kept: figures with their workings and clauses, without words.
//!
//! Words follow from the policy version and the language of whoever reads; figures never change once they are on record.

use huiyin_settlement::Money;

use super::cell::Month;
use super::enter::Raw;
use super::result::{OpenReason, Row, Settled, SettledCharge};
use crate::model::{AccountId, ClauseId, ColumnId, SheetId, VoucherId};

/// A settlement on record.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The rows that were filled in, by sheet.
    pub rows: Raw,
    /// The sheets with everything that stands in them, in the order of the policy.
    pub sheets: Vec<(SheetId, Vec<KeptRow>)>,
    /// The vouchers that were made.
    pub vouchers: Vec<KeptVoucher>,
    /// What was charged to accounts.
    pub charges: Vec<KeptCharge>,
    /// What was left open.
    pub open: Vec<KeptOpen>,
}

/// A row on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRow {
    /// Its key, in words; empty for the only row of a sheet.
    pub name: String,
    /// Its cells in the order of the columns.
    pub cells: Vec<KeptCell>,
}

/// A cell on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCell {
    /// The column.
    pub column: ColumnId,
    /// What stands in it, as in rows.
    pub value: String,
    /// The figures it was worked out of; `None` if it was filled in.
    pub working: Option<String>,
    /// The clause behind it; `None` if it was filled in.
    pub clause: Option<ClauseId>,
}

/// A voucher on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptVoucher {
    /// Its identifier.
    pub id: String,
    /// Which of the policy's vouchers it is.
    pub voucher: VoucherId,
    /// The amount.
    pub amount: Money,
    /// Whether something open holds it back.
    pub held: bool,
}

/// A charge on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCharge {
    /// The account.
    pub account: AccountId,
    /// Who owes it.
    pub who: String,
    /// The sheet.
    pub sheet: SheetId,
    /// The name of the row.
    pub row: String,
    /// The amount.
    pub amount: Money,
    /// The month of the first taking.
    pub from: Month,
    /// The figures that the amount was worked out of.
    pub working: Option<String>,
    /// The clause behind it.
    pub clause: ClauseId,
    /// Whether something open holds it back.
    pub held: bool,
}

impl KeptCharge {
    /// What is kept of a charge.
    pub fn of(charged: &SettledCharge) -> Self {
        Self {
            account: charged.account.clone(),
            who: charged.who.clone(),
            sheet: charged.charge.sheet.clone(),
            row: charged.charge.row.clone(),
            amount: charged.charge.amount,
            from: charged.from,
            working: charged.working.clone(),
            clause: charged.clause.clone(),
            held: charged.held,
        }
    }
}

/// Something that was left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptOpen {
    /// The sheet.
    pub sheet: SheetId,
    /// The name of the row.
    pub row: String,
    /// The clause that asks for it.
    pub clause: ClauseId,
    /// What is not divided yet, if that is what is open.
    pub not_divided: Option<Money>,
}

impl Kept {
    /// What is left of one whose keys were destroyed.
    pub fn erased() -> Self {
        Self {
            rows: Raw::Map(Vec::new()),
            sheets: Vec::new(),
            vouchers: Vec::new(),
            charges: Vec::new(),
            open: Vec::new(),
        }
    }

    /// What is kept of a settlement of these rows.
    pub fn of(settled: &Settled, rows: Raw) -> Self {
        let sheets = settled.sheets.iter();
        let sheets = sheets.map(|(id, table)| (id.clone(), table.rows.iter().map(row).collect()));
        let vouchers = settled.vouchers.iter().map(|voucher| KeptVoucher {
            id: voucher.id.clone(),
            voucher: voucher.voucher.clone(),
            amount: voucher.amount,
            held: voucher.held,
        });
        let open = settled.open.iter().map(|open| KeptOpen {
            sheet: open.sheet.clone(),
            row: open.row.clone(),
            clause: open.clause.clone(),
            not_divided: match &open.reason {
                OpenReason::NotDivided(amount) => Some(*amount),
                OpenReason::Need(_) | OpenReason::ExportedOtherwise { .. } => None,
            },
        });
        Self {
            rows,
            sheets: sheets.collect(),
            vouchers: vouchers.collect(),
            charges: settled.charges.iter().map(KeptCharge::of).collect(),
            open: open.collect(),
        }
    }
}

fn row(row: &Row) -> KeptRow {
    let cells = row.cells.iter().map(|(column, filled)| KeptCell {
        column: column.clone(),
        value: filled.cell.to_string(),
        working: filled.why.as_ref().map(ToString::to_string),
        clause: filled.clause.clone(),
    });
    KeptRow {
        name: row.name.clone(),
        cells: cells.collect(),
    }
}
