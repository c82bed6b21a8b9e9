//! A month of an account: what it would take, closing it, and what it took.

use huiyin_policy::settle::{Bonuses, Deduction, Month, deduct, next_month};
use huiyin_settlement::Money;
use huiyin_store::{
    AccountKey, AccountStanding, ChargeOf, CloseError, Closing, EnteredBonuses, NewClosing,
};

use super::{AccountUnfit, TRIES_MAX, account, read_failed, was_late};
use crate::app::App;
use crate::authorise::Action;
use crate::error::Error;
use crate::principal::Principal;
use crate::shelf::Version;

/// In which form the table of a month is given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthForm {
    /// Form of the table, such as `csv`.
    pub format: String,
    /// Language of its headings.
    pub language: String,
}

/// A month of an account.
#[derive(Debug, Clone)]
pub struct MonthOfAccount {
    /// The account.
    pub of: AccountKey,
    /// The month.
    pub month: Month,
    /// The version whose limit counts, in whose words it is shown.
    pub version: Version,
    /// What is taken of whom, by name.
    pub people: Vec<Deduction<ChargeOf>>,
    /// How it was closed; `None` as long as it is open, and then `people` is what closing it would take.
    pub closing: Option<Closing>,
    /// The bonuses that were entered for it, as long as it is open.
    pub entered: Option<EnteredBonuses>,
}

/// What became of closing a month.
pub type ClosedNow = MonthOfAccount;

impl MonthOfAccount {
    /// What is owed, taken and carried on in all.
    ///
    /// # Errors
    /// When a sum is too large.
    pub fn totals(&self) -> Result<[Money; 3], Error> {
        let sum = |of: fn(&Deduction<ChargeOf>) -> Money| Money::sum(self.people.iter().map(of));
        Ok([
            sum(|person| person.month.owed)?,
            sum(|person| person.month.taken)?,
            sum(|person| person.month.rest)?,
        ])
    }
}

impl App {
    /// A month as it was closed, or what closing it would take if it is the next. That somebody fetches a closed one is on record.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] for an account that nothing charges, or a closed month that has a case which the
    /// caller doesn't see; [`AccountUnfit::NotNext`] and [`AccountUnfit::ToCome`] for an open month that isn't to be closed yet;
    /// [`huiyin_store::AppendError::Erased`] once a case of it was erased.
    pub async fn account_month(
        &self,
        principal: &Principal,
        of: &AccountKey,
        month: Month,
    ) -> Result<MonthOfAccount, Error> {
        let access = self.door(principal, Action::SeeDeductions)?;
        self.declared(of)?;
        let found = self.store().closing(&access, of, month).await;
        if let Some((closing, people)) = found.map_err(read_failed)? {
            let version = self.shelf();
            let version = version.version(&of.policy, closing.policy_version);
            let version = version.cloned().ok_or(Error::NotFound)?;
            let detail = format!("account={}/{} month={month}", of.policy, of.account);
            self.record_change(principal, "fetch_closed_month", &detail)
                .await?;
            return Ok(MonthOfAccount {
                of: of.clone(),
                month,
                version,
                people,
                closing: Some(closing),
                entered: None,
            });
        }
        match self.planned(principal, of, month).await {
            Ok((_, month)) => Ok(month),
            Err(Error::Account(AccountUnfit::Closed(_))) => Err(Error::NotFound),
            Err(failed) => Err(failed),
        }
    }

    /// Closes a month: takes what is owed of each person, at most what the policy allows of the bonus that was entered, and carries
    /// the rest on. Months are closed in order, each once.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to whoever may not; [`AccountUnfit::Closed`], [`AccountUnfit::NotNext`], [`AccountUnfit::ToCome`];
    /// [`Error::Busy`] when others were faster again and again; when the database can't be read or written.
    pub async fn close_month(
        &self,
        principal: &Principal,
        of: &AccountKey,
        month: Month,
        form: &MonthForm,
    ) -> Result<ClosedNow, Error> {
        self.door(principal, Action::KeepDeductions)?;
        self.declared(of)?;
        for _ in 0..TRIES_MAX {
            let (last_act, plan) = self.planned(principal, of, month).await?;
            let new = NewClosing {
                of: of.clone(),
                number: last_act + 1,
                month,
                policy_version: plan.version.version,
                by: principal.person,
                at: self.now(),
                format: form.format.clone(),
                language: form.language.clone(),
                people: plan.people,
            };
            self.record_change(principal, "close_month", &detail(&new))
                .await?;
            match self.store().close_month(&new).await {
                Ok(closing) => {
                    return Ok(MonthOfAccount {
                        people: new.people,
                        closing: Some(closing),
                        ..plan_without_people(plan.of, month, plan.version)
                    });
                }
                Err(CloseError::Write(failed)) => was_late(failed)?,
                Err(CloseError::Read(failed)) => return Err(read_failed(failed)),
            }
        }
        Err(Error::Busy)
    }

    /// What closing a month would take, with the number of the last act that it was worked out by.
    async fn planned(
        &self,
        principal: &Principal,
        of: &AccountKey,
        month: Month,
    ) -> Result<(u32, MonthOfAccount), Error> {
        let standing = self.open_month(principal, of, month).await?;
        let next = next_month(standing.closed, &standing.charges);
        if next != Some(month) {
            return Err(AccountUnfit::NotNext(next).into());
        }
        let AccountStanding {
            last_act, charges, ..
        } = standing;
        let entered = self.store().entered_bonuses(of, month, last_act).await?;
        let (entered, bonuses) = match entered {
            Some((entered, bonuses)) => (Some(entered), bonuses),
            None => (None, Bonuses::new()),
        };
        let version = self.version_of(of, month)?;
        let at_most = account(&version, of).ok_or(Error::NotFound)?.cap.at;
        let plan = MonthOfAccount {
            people: deduct(at_most, month, charges, &bonuses)?,
            entered,
            ..plan_without_people(of.clone(), month, version)
        };
        Ok((last_act, plan))
    }
}

fn plan_without_people(of: AccountKey, month: Month, version: Version) -> MonthOfAccount {
    MonthOfAccount {
        of,
        month,
        version,
        people: Vec::new(),
        closing: None,
        entered: None,
    }
}

/// What is put on record of a closing: enough to tell it from any other, and nobody's name.
fn detail(new: &NewClosing) -> String {
    let hash = hex::encode(new.content_hash());
    format!(
        "account={}/{} month={} people={} content={hash}",
        new.of.policy,
        new.of.account,
        new.month,
        new.people.len()
    )
}
