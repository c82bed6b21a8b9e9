//! Entering the bonuses of a month.

use huiyin_policy::settle::{Bonuses, Month, Raw, read_bonuses};
use huiyin_settlement::Money;
use huiyin_store::{AccountKey, AccountStanding, EnteredBonuses, NewBonuses};

use super::{AccountUnfit, TRIES_MAX, account, was_late};
use crate::app::App;
use crate::authorise::Action;
use crate::error::Error;
use crate::principal::Principal;

/// Bonuses that are to be entered, or were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BonusesOfMonth {
    /// The month.
    pub month: Month,
    /// The bonuses.
    pub bonuses: Bonuses,
    /// What they add up to.
    pub total: Money,
    /// Who owes something by that month and has no bonus: nothing is taken of them.
    pub without: Vec<String>,
    /// The act that entered them; `None` if they were only looked at.
    pub entered: Option<EnteredBonuses>,
}

impl App {
    /// Says what entering these bonuses would come to. Nothing is put on record.
    ///
    /// # Errors
    /// As [`App::enter_bonuses`].
    pub async fn preview_bonuses(
        &self,
        principal: &Principal,
        of: &AccountKey,
        month: Month,
        rows: &Raw,
    ) -> Result<BonusesOfMonth, Error> {
        self.door(principal, Action::KeepDeductions)?;
        let (_, bonuses) = self.bonuses_of(of, month, rows)?;
        let standing = self.open_month(principal, of, month).await?;
        told(month, bonuses, &standing, None)
    }

    /// Enters the bonuses of a month, in place of those entered before. Rows are under the columns of the sheet that limits the
    /// account; the month may be left out.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] for an account that nothing charges; [`AccountUnfit::Closed`], [`AccountUnfit::ToCome`]
    /// and [`AccountUnfit::Bonuses`] with everything that is wrong, and then nothing is entered; [`Error::Busy`] when others were
    /// faster again and again.
    pub async fn enter_bonuses(
        &self,
        principal: &Principal,
        of: &AccountKey,
        month: Month,
        rows: &Raw,
    ) -> Result<BonusesOfMonth, Error> {
        self.door(principal, Action::KeepDeductions)?;
        let (policy_version, bonuses) = self.bonuses_of(of, month, rows)?;
        for _ in 0..TRIES_MAX {
            let standing = self.open_month(principal, of, month).await?;
            let new = NewBonuses {
                of: of.clone(),
                number: standing.last_act + 1,
                month,
                policy_version,
                by: principal.person,
                at: self.now(),
                bonuses: bonuses.clone(),
            };
            let detail = format!(
                "account={}/{} month={month} people={}",
                of.policy,
                of.account,
                bonuses.len()
            );
            self.record_change(principal, "enter_bonuses", &detail)
                .await?;
            match self.store().enter_bonuses(&new).await {
                Ok(entered) => return told(month, bonuses, &standing, Some(entered)),
                Err(failed) => was_late(failed)?,
            }
        }
        Err(Error::Busy)
    }

    fn bonuses_of(
        &self,
        of: &AccountKey,
        month: Month,
        rows: &Raw,
    ) -> Result<(u32, Bonuses), Error> {
        let version = self.version_of(of, month)?;
        let account = account(&version, of).ok_or(Error::NotFound)?;
        let bonuses = read_bonuses(&version.policy, account, month, rows);
        let bonuses = bonuses.map_err(AccountUnfit::Bonuses)?;
        Ok((version.version, bonuses))
    }

    /// The account as it stands, if the month has begun and was not closed.
    pub(super) async fn open_month(
        &self,
        principal: &Principal,
        of: &AccountKey,
        month: Month,
    ) -> Result<AccountStanding, Error> {
        if month > self.this_month() {
            return Err(AccountUnfit::ToCome(month).into());
        }
        let standing = self.standing(principal, of).await?;
        match standing.closed.is_some_and(|closed| month <= closed) {
            true => Err(AccountUnfit::Closed(month).into()),
            false => Ok(standing),
        }
    }
}

fn told(
    month: Month,
    bonuses: Bonuses,
    standing: &AccountStanding,
    entered: Option<EnteredBonuses>,
) -> Result<BonusesOfMonth, Error> {
    let due = standing.charges.iter().filter(|one| one.from <= month);
    let without = due.filter(|one| !bonuses.contains_key(&one.who));
    let mut without: Vec<String> = without.map(|one| one.who.clone()).collect();
    without.sort_unstable();
    without.dedup();
    Ok(BonusesOfMonth {
        month,
        total: Money::sum(bonuses.values().map(|bonus| bonus.of))?,
        bonuses,
        without,
        entered,
    })
}
