//! Duties looked over: what was done, what is owed, what comes next, and who answers for it.
//!
//! When a duty is due follows from the policy and the calendar, which everyone may read. What became of it is told by its
//! case, and only to those who may see that.

use std::collections::BTreeMap;

use huiyin_calendar::Covered;
use huiyin_case::duty::{Planned, answers, planned};
use huiyin_case::id::{CaseId, PersonId};
use huiyin_case::state::Stage;
use huiyin_policy::model::{Count, DutyId, KindId, PolicyId};
use huiyin_store::{Access, CaseRow, Filter};
use jiff::civil::Date;

use crate::app::App;
use crate::authorise::Action;
use crate::error::Error;
use crate::principal::Principal;
use crate::shelf::Version;
use crate::statistics::Days;

/// Most days that duties are looked over at a time.
pub const PLAN_DAYS_MAX: i32 = 800;

/// A duty with its periods.
#[derive(Debug, Clone)]
pub struct DutyPlan {
    /// The policy in force that asks for it.
    pub version: Version,
    /// The duty.
    pub duty: DutyId,
    /// Who answers for it now, in the order of their ids; the first of them has its cases as taker.
    pub answers: Vec<PersonId>,
    /// Its periods that lie in the days asked for, at least in part, the oldest first.
    pub periods: Vec<DutyPeriod>,
}

/// One time that a duty is due.
#[derive(Debug, Clone)]
pub struct DutyPeriod {
    /// The case it opens or has opened.
    pub case: CaseId,
    /// The first day on which it can be done.
    pub opens: Date,
    /// The last day on which it is in time.
    pub due: Date,
    /// The dates that it is about.
    pub about: Covered,
    /// Where it stands.
    pub standing: PeriodStanding,
    /// Its case, where there is one that the caller may see.
    pub row: Option<CaseRow>,
    /// The day on which it was closed.
    pub done_on: Option<Date>,
}

/// Where a period of a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodStanding {
    /// Its time has not come.
    Planned,
    /// Its time has come, but its case could not be opened yet.
    Owed,
    /// Its time has come; the caller may not see what became of it.
    Hidden,
    /// Its case is being worked on.
    Open,
    /// The same, and a limit has run out.
    Late,
    /// Its case is closed, in time.
    Done,
    /// The same, too late.
    DoneLate,
}

/// A kind of case about the organisation's own work, with how many of its cases one may see.
#[derive(Debug, Clone)]
pub struct Matter {
    /// The policy in force.
    pub version: Version,
    /// The kind.
    pub kind: KindId,
    /// Being handled.
    pub open: u32,
    /// Of these, past their tightest limit.
    pub late: u32,
    /// Closed or archived.
    pub ended: u32,
}

impl App {
    /// Whether somebody has to do with cases, and from inside: duties are the organisation's own work.
    fn sees_duties(&self, principal: &Principal) -> bool {
        self.may(principal, Action::See) && self.may(principal, Action::SeeOrganisation)
    }

    /// The internal kinds of the policies in force, in their order.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for those who see no cases at all; when the database can't be read.
    pub async fn matters(&self, principal: &Principal) -> Result<Vec<Matter>, Error> {
        if !self.sees_duties(principal) {
            return Err(Error::Forbidden);
        }
        let access = self.access_of(principal);
        let shelf = self.shelf();
        let mut matters = Vec::new();
        for version in shelf.all_current(self.today()) {
            let policy = &version.policy;
            let internal = policy.kinds.iter().filter(|(_, kind)| kind.internal);
            for (kind, _) in internal {
                let of = |stage| Filter {
                    policy: Some(policy.id.clone()),
                    kind: Some(kind.clone()),
                    stage: Some(stage),
                    ..Filter::default()
                };
                let late = Filter {
                    due_before: Some(self.now()),
                    ..of(Stage::Open)
                };
                let asked = [
                    of(Stage::Open),
                    late,
                    of(Stage::Closed),
                    of(Stage::Archived),
                ];
                let counts = self.store().counts(&access, &asked).await?;
                let count = |at: usize| counts.get(at).copied().unwrap_or_default();
                matters.push(Matter {
                    version: version.clone(),
                    kind: kind.clone(),
                    open: count(0),
                    late: count(1),
                    ended: count(2) + count(3),
                });
            }
        }
        Ok(matters)
    }

    /// All duties of the policies in force, with their periods in these days.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for those who see no cases at all; when the database can't be read.
    pub async fn duty_plans(
        &self,
        principal: &Principal,
        days: Days,
    ) -> Result<Vec<DutyPlan>, Error> {
        if !self.sees_duties(principal) {
            return Err(Error::Forbidden);
        }
        let shelf = self.shelf();
        let mut plans = Vec::new();
        for version in shelf.all_current(self.today()) {
            for duty in version.policy.duties.keys() {
                plans.push(self.plan_of(principal, version, duty, days).await?);
            }
        }
        Ok(plans)
    }

    /// One duty with its periods in these days.
    ///
    /// # Errors
    /// [`Error::NotFound`] without such a duty in force; as [`App::duty_plans`].
    pub async fn duty_plan(
        &self,
        principal: &Principal,
        (policy, duty): (&PolicyId, &DutyId),
        days: Days,
    ) -> Result<DutyPlan, Error> {
        if !self.sees_duties(principal) {
            return Err(Error::Forbidden);
        }
        let shelf = self.shelf();
        let version = shelf.current(policy, self.today()).ok_or(Error::NotFound)?;
        if !version.policy.duties.contains_key(duty) {
            return Err(Error::NotFound);
        }
        self.plan_of(principal, version, duty, days).await
    }

    /// How many cases of the sample of a visible period were drawn, and how many of them have been dealt with.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn sampled(&self, period: &DutyPeriod) -> Result<Option<(usize, usize)>, Error> {
        if period.row.is_none() {
            return Ok(None);
        }
        let (state, _) = self.load(period.case).await?;
        let sample = state.sample();
        let done = sample
            .iter()
            .filter(|one| state.entries_about(one.case).next().is_some());
        Ok((!sample.is_empty()).then(|| (sample.len(), done.count())))
    }

    async fn plan_of(
        &self,
        principal: &Principal,
        version: &Version,
        duty: &DutyId,
        days: Days,
    ) -> Result<DutyPlan, Error> {
        let owed = self.owed_within(&version.policy.id, duty, days).await?;
        let ids: Vec<CaseId> = owed.iter().map(|(one, _)| one.case).collect();
        let access = self.access_of(principal);
        let rows = self.store().case_rows(&access, &ids).await?;
        let rows: BTreeMap<CaseId, CaseRow> = rows.into_iter().map(|row| (row.case, row)).collect();
        let counts = [Count::Closed, Count::Late];
        let counted = self.store().counted_on(&access, &ids, &counts).await?;
        let today = self.calendar().date_of(self.now());
        let mut periods = Vec::new();
        for (one, is_asked_for) in owed {
            let row = rows.get(&one.case).cloned();
            let on = |count| counted.get(&one.case)?.get(&count).copied();
            let standing = match &row {
                Some(row) => self.standing_of(row, on(Count::Late).is_some()),
                None if one.owed.opens > today => PeriodStanding::Planned,
                // Under an earlier version it may never have come to that.
                None if !is_asked_for => continue,
                None if *access.reach() == Access::All => PeriodStanding::Owed,
                None => PeriodStanding::Hidden,
            };
            let done_on = on(Count::Closed)
                .filter(|_| matches!(standing, PeriodStanding::Done | PeriodStanding::DoneLate));
            periods.push(DutyPeriod {
                case: one.case,
                opens: one.owed.opens,
                due: one.owed.due,
                about: one.owed.about,
                standing,
                row,
                done_on,
            });
        }
        let policy = &version.policy;
        let directory = self.directory();
        let declared = policy.duties.get(duty);
        Ok(DutyPlan {
            version: version.clone(),
            duty: duty.clone(),
            answers: declared
                .map(|declared| answers(policy, declared, &directory.organisation))
                .unwrap_or_default(),
            periods,
        })
    }

    /// What the duty asks for in these days, the oldest first, and whether it is asked for as the policy in force has it.
    async fn owed_within(
        &self,
        policy: &PolicyId,
        duty: &DutyId,
        days: Days,
    ) -> Result<Vec<(Planned, bool)>, Error> {
        let since = self.duties_since().await?;
        let mut owed: BTreeMap<(Date, CaseId), (Planned, bool)> = BTreeMap::new();
        for asked in self.asked(policy, duty) {
            let begins = asked.begins.max(since);
            let until = asked.until.map_or(days.last, |until| until.min(days.last));
            let policy = &asked.version.policy;
            let within = planned(policy, duty, asked.version.calendar(), begins, 0, until)
                .filter(|one| one.owed.due >= days.first);
            for one in within {
                let key = (one.owed.opens, one.case);
                owed.insert(key, (one, asked.until.is_none()));
            }
        }
        Ok(owed.into_values().collect())
    }

    fn standing_of(&self, row: &CaseRow, was_late: bool) -> PeriodStanding {
        let is_due = row
            .tightest
            .as_ref()
            .is_some_and(|tightest| tightest.due.at < self.now());
        match row.stage {
            Stage::Open if is_due || was_late => PeriodStanding::Late,
            Stage::Open => PeriodStanding::Open,
            Stage::Closed | Stage::Archived if was_late => PeriodStanding::DoneLate,
            Stage::Closed | Stage::Archived => PeriodStanding::Done,
        }
    }
}
