//! Deductions: what cases charge to people's accounts is taken month by month, never more than the policy allows, and the rest carried
//! on (P3.30, P3.31).
//!
//! A month is closed once, and what it took never changes: what a correction of a case changes comes into the next month that is closed.
//! The figures are worked out in one place, [`huiyin_policy::settle::deduct`], as `huiyin settle` does.

mod bonuses;
mod month;

use std::collections::{BTreeMap, BTreeSet};

use huiyin_policy::model::{Account, Part};
use huiyin_policy::settle::{Month, Problem, next_month};
use huiyin_settlement::{Money, OutOfBounds};
use huiyin_store::{
    AccountKey, AccountStanding, AppendError, Closing, ReadError, Unreadable, WriteError,
};

use crate::app::App;
use crate::authorise::Action;
use crate::error::Error;
use crate::principal::Principal;
use crate::shelf::{Shelf, Version};

pub use bonuses::BonusesOfMonth;
pub use month::{ClosedNow, MonthForm, MonthOfAccount};

/// Most charges that a month is worked out of.
const CHARGES_MAX: u32 = 50_000;
/// Most closed months that are listed.
pub const CLOSINGS_MAX: u32 = 200;
/// How often it is tried anew when somebody else was faster.
const TRIES_MAX: usize = 5;

/// Why something can't be done with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountUnfit {
    /// The month was closed.
    Closed(Month),
    /// Another month is to be closed first; none if nothing is owed.
    NotNext(Option<Month>),
    /// The month has not begun.
    ToCome(Month),
    /// More is owed than can be worked out at once.
    TooMany,
    /// A sum is too large.
    TooLarge,
    /// The bonuses that were to be entered are not as the policy asks.
    Bonuses(Vec<Problem>),
}

/// An account as it stands.
#[derive(Debug, Clone)]
pub struct AccountSummary {
    /// The account.
    pub of: AccountKey,
    /// The version of the policy in whose words it is shown.
    pub version: Version,
    /// The month to be closed next; `None` while nothing is owed.
    pub next: Option<Month>,
    /// The last month that was closed.
    pub closed: Option<Month>,
    /// What is owed in all; what is held back is not in it.
    pub owed: Money,
    /// By how many people.
    pub people: usize,
    /// How many charges something open holds back.
    pub held: usize,
    /// The closed months of which the caller sees every case, the last first; [`CLOSINGS_MAX`] at most.
    pub closings: Vec<Closing>,
}

impl App {
    /// The accounts that forms of the published policies charge.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to whoever may not see deductions; when the database can't be read.
    pub async fn deduction_accounts(
        &self,
        principal: &Principal,
    ) -> Result<Vec<AccountSummary>, Error> {
        let access = self.door(principal, Action::SeeDeductions)?;
        let mut accounts = Vec::new();
        for (of, version) in charged(&self.shelf()) {
            let standing = self.standing(principal, &of).await?;
            let left = standing.charges.iter().map(|charge| charge.left());
            let left: Vec<Money> = left.collect::<Result<_, _>>()?;
            let owing = standing.charges.iter().map(|charge| charge.who.as_str());
            accounts.push(AccountSummary {
                next: next_month(standing.closed, &standing.charges),
                closed: standing.closed,
                owed: Money::sum(left)?,
                people: owing.collect::<BTreeSet<_>>().len(),
                held: standing.held.len(),
                closings: self.store().closings(&access, &of, CLOSINGS_MAX).await?,
                of,
                version,
            });
        }
        Ok(accounts)
    }

    /// What is owed to an account, charge by charge. Charges of cases that the caller doesn't see are left to somebody who does.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] for an account that nothing charges; [`AccountUnfit::TooMany`]; when the database
    /// can't be read.
    pub async fn account_charges(
        &self,
        principal: &Principal,
        of: &AccountKey,
    ) -> Result<AccountStanding, Error> {
        self.door(principal, Action::SeeDeductions)?;
        self.declared(of)?;
        self.standing(principal, of).await
    }

    /// The version of the policy by which a month of an account goes.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] for an account that nothing charges.
    pub fn deduction_version(
        &self,
        principal: &Principal,
        of: &AccountKey,
        month: Month,
    ) -> Result<Version, Error> {
        self.door(principal, Action::SeeDeductions)?;
        self.version_of(of, month)
    }

    /// What the caller sees, if the door is open to him.
    fn door(&self, principal: &Principal, action: Action) -> Result<huiyin_store::Access, Error> {
        match self.may(principal, action) {
            true => Ok(self.access_of(principal)),
            false => Err(Error::Forbidden),
        }
    }

    async fn standing(
        &self,
        principal: &Principal,
        of: &AccountKey,
    ) -> Result<AccountStanding, Error> {
        let access = self.access_of(principal);
        let standing = self.store().account_standing(&access, of, CHARGES_MAX);
        let standing = standing.await.map_err(read_failed)?;
        match standing.more {
            true => Err(AccountUnfit::TooMany.into()),
            false => Ok(standing),
        }
    }

    /// The version in whose words an account is shown, and that it is one.
    pub(crate) fn declared(&self, of: &AccountKey) -> Result<Version, Error> {
        charged(&self.shelf()).remove(of).ok_or(Error::NotFound)
    }

    /// The version whose limit counts in a month: the one that was current when it ended, or is now.
    fn version_of(&self, of: &AccountKey, month: Month) -> Result<Version, Error> {
        let shelf = self.shelf();
        let day = month.last_day().min(self.calendar().date_of(self.now()));
        let current = shelf.current(&of.policy, day);
        let current = current.filter(|version| account(version, of).is_some());
        current.cloned().map_or_else(|| self.declared(of), Ok)
    }

    /// The month that is now.
    fn this_month(&self) -> Month {
        Month::of(self.calendar().date_of(self.now()))
    }
}

/// The accounts that forms charge, in any version, with the newest version that has each.
fn charged(shelf: &Shelf) -> BTreeMap<AccountKey, Version> {
    let mut accounts = BTreeMap::new();
    for version in shelf.all() {
        let parts = version.policy.parts.values();
        let settles = parts.filter_map(|part: &Part| part.settles.as_ref());
        for account in settles.flat_map(|settles| &settles.accounts) {
            let of = AccountKey {
                policy: version.policy.id.clone(),
                account: account.clone(),
            };
            accounts.insert(of, version.clone());
        }
    }
    accounts
}

/// An account as a version declares it.
pub fn account<'v>(version: &'v Version, of: &AccountKey) -> Option<&'v Account> {
    version.policy.settlement.accounts.get(&of.account)
}

fn read_failed(failed: ReadError) -> Error {
    match failed {
        ReadError::Unreadable(Unreadable::Erased) => Error::Append(AppendError::Erased),
        failed => failed.into(),
    }
}

/// Whether somebody else was faster; everything else is an error.
fn was_late(failed: WriteError) -> Result<(), Error> {
    match failed {
        WriteError::Duplicate => Ok(()),
        failed => Err(failed.into()),
    }
}

impl From<AccountUnfit> for Error {
    fn from(unfit: AccountUnfit) -> Self {
        Self::Account(unfit)
    }
}

impl From<OutOfBounds> for Error {
    fn from(_: OutOfBounds) -> Self {
        Self::Account(AccountUnfit::TooLarge)
    }
}
