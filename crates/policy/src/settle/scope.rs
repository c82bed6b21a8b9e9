//! How much of a policy's settlement is worked out.

use crate::model::{AccountId, Settles, SheetId, VoucherId};

/// Everything, or what one form asks for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scope<'a> {
    /// All sheets, accounts and vouchers.
    All,
    /// The sheets and vouchers of a form.
    Form(&'a Settles),
}

impl<'a> Scope<'a> {
    pub(super) fn sheet(self, id: &SheetId) -> bool {
        match self {
            Self::All => true,
            Self::Form(settles) => settles.sheets.contains(id),
        }
    }

    /// What is taken month by month is no matter of one form.
    pub(super) const fn accounts(self) -> bool {
        matches!(self, Self::All)
    }

    /// The accounts that are charged without anything being taken: those of a form.
    pub(super) fn charged(self) -> &'a [AccountId] {
        match self {
            Self::All => &[],
            Self::Form(settles) => settles.accounts.as_slice(),
        }
    }

    pub(super) fn voucher(self, id: &VoucherId) -> bool {
        match self {
            Self::All => true,
            Self::Form(settles) => settles.vouchers.contains(id),
        }
    }
}
