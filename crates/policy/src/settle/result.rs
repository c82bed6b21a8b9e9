//! What settling gives.

use huiyin_settlement::Money;
use indexmap::IndexMap;

use super::cell::{Cell, Month};
use super::explain::Why;
use crate::model::{AccountId, ClauseId, ColumnId, ColumnPath, SheetId, Text, VoucherId};

/// Everything that follows from the rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// The sheets in the order of the policy.
    pub sheets: IndexMap<SheetId, Table>,
    /// What is taken month by month, by account and person.
    pub accounts: IndexMap<AccountId, Vec<SettledAccount>>,
    /// What a form charges to accounts; where everything is worked out at once it stands in the accounts themselves.
    pub charges: Vec<SettledCharge>,
    /// What goes to the accounting system.
    pub vouchers: Vec<SettledVoucher>,
    /// What keeps money from being settled, or has to be decided.
    pub open: Vec<Open>,
}

/// The rows of a sheet, sorted by their names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The rows.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its key, in words.
    pub name: String,
    /// Where it, or the row that it comes from, was filled in, such as `loss[0]`.
    pub path: String,
    /// The rows that it comes from, by their place in their tables.
    pub origins: Vec<(SheetId, usize)>,
    /// Its cells in the order of the columns; an empty one is left out.
    pub cells: IndexMap<ColumnId, Filled>,
}

/// A cell with its reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    /// What stands in it.
    pub cell: Cell,
    /// How it came about; `None` if it was filled in.
    pub why: Option<Why>,
    /// The clause behind it; `None` if it was filled in.
    pub clause: Option<ClauseId>,
}

/// What one person owes.
#[derive(Debug, Clone, PartialEq)]
pub struct SettledAccount {
    /// Who.
    pub who: String,
    /// What is owed in all.
    pub owed: Money,
    /// The rows that it comes from.
    pub charges: Vec<Charge>,
    /// Month by month.
    pub months: Vec<SettledMonth>,
    /// What is still owed after the last month whose limit is known.
    pub left: Money,
    /// The month in which taking goes on.
    pub left_from: Month,
}

/// One amount that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The column that has the amount.
    pub column: ColumnPath,
    /// The sheet and row.
    pub sheet: SheetId,
    /// The name of the row.
    pub row: String,
    /// The amount.
    pub amount: Money,
}

/// What a form charges to somebody's account.
#[derive(Debug, Clone, PartialEq)]
pub struct SettledCharge {
    /// The account.
    pub account: AccountId,
    /// Who owes it.
    pub who: String,
    /// The month of the first taking.
    pub from: Month,
    /// The row and the amount.
    pub charge: Charge,
    /// How the amount came about, without words.
    pub working: Option<String>,
    /// The clause behind the amount, or else that of the account.
    pub clause: ClauseId,
    /// Whether something open holds it back.
    pub held: bool,
}

/// One month of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledMonth {
    /// The month.
    pub month: Month,
    /// The amount of which a share may be taken.
    pub of: Money,
    /// What others took of it already.
    pub used: Money,
    /// The most that could be taken.
    pub room: Money,
    /// What was owed at its beginning.
    pub owed: Money,
    /// What is taken.
    pub taken: Money,
    /// What is carried on.
    pub rest: Money,
}

/// A journal voucher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledVoucher {
    /// The identifier, the same whenever the same rows are settled.
    pub id: String,
    /// Which of the policy's vouchers it is.
    pub voucher: VoucherId,
    /// The amount.
    pub amount: Money,
    /// Whether it was handed over before; then it is not handed over again.
    pub exported: bool,
    /// Whether something open holds it back.
    pub held: bool,
}

/// Something that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The sheet.
    pub sheet: SheetId,
    /// The name of the row; empty if it is about the whole sheet.
    pub row: String,
    /// What is open.
    pub reason: OpenReason,
    /// The clause that asks for it.
    pub clause: ClauseId,
}

/// Why something is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenReason {
    /// A need of the policy is not met.
    Need(Text),
    /// An amount isn't divided, because nobody is named.
    NotDivided(Money),
    /// A voucher was handed over with another amount.
    ExportedOtherwise {
        /// The voucher's identifier.
        id: String,
        /// The amount that was handed over.
        exported: Money,
        /// The amount now.
        amount: Money,
    },
}
