//! Settling money: a policy's sheets worked out on rows, with the reason for every figure.
//!
//! [`settle`] is a function of the policy and the rows alone. It gives everything or nothing: rows that are not as the
//! policy asks are [`Problem`]s, all of them at once, and no amount is worked out of a part of them. What it gives
//! does not depend on the order in which rows come: they are sorted by their keys first.

mod account;
mod bonus;
mod cell;
mod deduct;
mod enter;
mod evaluate;
mod explain;
mod handover;
mod kept;
mod problem;
mod result;
mod rows;
mod scope;
mod split;
mod term;
mod voucher;

pub use bonus::{Bonus, Bonuses, read_bonuses};
pub use cell::{Cell, Month};
pub use deduct::{Deducted, Deduction, OpenCharge, deduct, next_month};
pub use enter::{Raw, check_rows};
pub use explain::{Why, Working};
pub use handover::{HandOver, HandedOver, numbered, to_hand_over};
pub use kept::{Kept, KeptCell, KeptCharge, KeptOpen, KeptRow, KeptVoucher};
pub use problem::{Problem, Wrong};
pub use result::{
    Charge, Filled, Open, OpenReason, Row, Settled, SettledAccount, SettledCharge, SettledMonth,
    SettledVoucher, Table,
};

use self::scope::Scope;
use crate::model::{Policy, Settles};

/// The most rows that are filled in on one sheet.
pub const ROWS_MAX: usize = 10_000;
/// The most rows of one sheet that follow from others.
pub const DERIVED_ROWS_MAX: usize = 100_000;
/// The most problems that are told.
pub const PROBLEMS_MAX: usize = 100;
/// The longest name on a sheet, in characters.
pub const NAME_CHARS_MAX: usize = 100;

/// Works out the sheets of a policy on rows: a map with the rows of each sheet that is filled in, by its name.
///
/// # Errors
///
/// Everything that keeps the rows from being settled, at most [`PROBLEMS_MAX`]; then nothing is worked out.
pub fn settle(policy: &Policy, rows: &Raw) -> Result<Settled, Vec<Problem>> {
    settle_within(policy, rows, Scope::All)
}

/// Works out the sheets of one form, makes the vouchers and charges the accounts that it names.
///
/// # Errors
///
/// As [`settle`].
pub fn settle_form(
    policy: &Policy,
    settles: &Settles,
    rows: &Raw,
) -> Result<Settled, Vec<Problem>> {
    settle_within(policy, rows, Scope::Form(settles))
}

fn settle_within(policy: &Policy, rows: &Raw, scope: Scope<'_>) -> Result<Settled, Vec<Problem>> {
    let (entered, exported) = enter::enter(policy, rows, scope)?;
    let settled = evaluate::evaluate(policy, entered, scope)?;
    let settled = account::accounts(policy, settled, scope)?;
    voucher::vouchers(policy, settled, &exported, scope)
}
