//! Vouchers: what cases say is to be posted, derived from the log, and what was handed over to the accounting system.
//!
//! An identifier is made of rows of a form, so it is sealed under its case's key wherever it is kept. It is found by a keyed hash.

mod derived;
mod runs;
mod waiting;

pub(crate) use derived::{
    PreparedVoucher, VOUCHERS_OF, delete_vouchers, kept_vouchers, prepare_vouchers,
    voucher_statements,
};
pub use runs::{HandOverError, HandedOverVoucher, NewVoucherRun, VoucherRun};
pub(crate) use waiting::STILL_TO_HAND_OVER;
pub use waiting::{WaitingCase, WaitingVoucher, WaitingVouchers};
