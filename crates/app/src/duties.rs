//! Duties: whenever one falls due, the system opens the case it asks for.
//!
//! What is owed follows from the policy, the calendar and the days on which its versions came into force, and the id of
//! each case from that; so nothing is opened twice, by whichever node and however late.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_calendar::Period;
use huiyin_case::Actor;
use huiyin_case::command::{Act, Command, OpenedBy};
use huiyin_case::duty::{Planned, Sampled, draw, handlers, planned};
use huiyin_case::id::{CaseId, PartyId};
use huiyin_policy::model::{DutyId, PolicyId, Sample};
use jiff::civil::Date;

use crate::app::App;
use crate::commands::Start;
use crate::error::Error;
use crate::ids;
use crate::shelf::Version;
use crate::start::DUTIES_SINCE;

/// A duty as one version of a policy asks for it, from a day on.
type Asked = (PolicyId, u32, DutyId, Date);

/// What this process knows of the duties, so that it neither looks nor complains twice.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    /// The first occurrence of each duty that is not known to be opened.
    opened_until: BTreeMap<Asked, u32>,
    /// The cases that could not be opened, and of which that was said.
    reported: BTreeSet<CaseId>,
}

/// How a duty was asked for, over versions of its policy that agree on it.
#[derive(Debug, Clone)]
pub(crate) struct AskedFor {
    /// The last of these versions.
    pub(crate) version: Version,
    /// How often.
    period: Option<Period>,
    /// The day on which the first of them came into force.
    pub(crate) begins: Date,
    /// The day on which the next came into force; `None` for what is asked for now.
    pub(crate) until: Option<Date>,
}

/// Occurrences looked at in one go.
const BATCH: usize = 500;

impl App {
    /// Opens every case that a duty asks for by now, and gives the number of those that could not be opened: they stay
    /// owed, and hold no other up. In read-only mode none is opened.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn open_owed(&self) -> Result<usize, Error> {
        if self.read_only().is_some() {
            return Ok(0);
        }
        let shelf = self.shelf();
        let since = self.duties_since().await?;
        let mut stuck = 0;
        for version in shelf.all_in_force(self.today()) {
            for duty in version.policy.duties.keys() {
                let asked = self.asked(&version.policy.id, duty);
                let Some(asked) = asked.last().filter(|asked| asked.until.is_none()) else {
                    continue;
                };
                let begins = asked.begins.max(since);
                stuck += self.open_owed_by(version, duty, begins).await?;
            }
        }
        Ok(stuck)
    }

    /// The day from which duties are asked for, whatever the policies say.
    pub(crate) async fn duties_since(&self) -> Result<Date, Error> {
        let since = self.store().setting(DUTIES_SINCE).await?;
        Ok(since.and_then(|day| day.parse().ok()).unwrap_or(Date::MIN))
    }

    /// How the duty was asked for until now, by whatever was current; versions that ask alike are one.
    pub(crate) fn asked(&self, policy: &PolicyId, duty: &DutyId) -> Vec<AskedFor> {
        let shelf = self.shelf();
        let mut all: Vec<AskedFor> = Vec::new();
        for (begins, version) in shelf.history(policy, &self.calendar(), self.today()) {
            let policy = &version.policy;
            let period = policy.duties.get(duty);
            let period = period.and_then(|duty| policy.period_of(duty));
            let last = all.last_mut().filter(|last| last.until.is_none());
            if let Some(last) = last {
                if last.period == period {
                    last.version = version.clone();
                    continue;
                }
                last.until = Some(begins);
            }
            if period.is_some() {
                all.push(AskedFor {
                    version: version.clone(),
                    period,
                    begins,
                    until: None,
                });
            }
        }
        all
    }

    async fn open_owed_by(
        &self,
        version: &Version,
        duty: &DutyId,
        begins: Date,
    ) -> Result<usize, Error> {
        let today = version.calendar().date_of(self.now());
        let policy = version.policy.id.clone();
        let key = (policy, version.version, duty.clone(), begins);
        let mut first = self
            .duties(|progress| progress.opened_until.get(&key).copied())
            .unwrap_or_default();
        let mut stuck = 0;
        loop {
            let owed: Vec<Planned> = planned(
                &version.policy,
                duty,
                version.calendar(),
                begins,
                first,
                today,
            )
            .take(BATCH)
            .collect();
            let Some(last) = owed.last() else { break };
            let next = last.number + 1;
            let ids: Vec<CaseId> = owed.iter().map(|one| one.case).collect();
            let there = self.store().existing(&ids).await?;
            for one in owed {
                if there.contains(&one.case) {
                    continue;
                }
                let case = one.case;
                if let Err(error) = self.open_one(version, one).await {
                    stuck += 1;
                    if self.duties(|progress| progress.reported.insert(case)) {
                        tracing::error!(
                            error = &error as &dyn std::error::Error,
                            %case,
                            %duty,
                            "a duty's case could not be opened; it stays owed"
                        );
                    }
                }
            }
            first = next;
        }
        if stuck == 0 {
            self.duties(|progress| progress.opened_until.insert(key, first));
        }
        Ok(stuck)
    }

    /// Opens one; if another node was faster, it is there.
    async fn open_one(&self, version: &Version, mut planned: Planned) -> Result<(), Error> {
        let case = planned.case;
        let duty = version.policy.duties.get(&planned.owed.duty);
        if let Some(sample) = duty.and_then(|duty| duty.sample.as_ref()) {
            planned.owed.sample = self.draw(version, sample, &planned).await?;
        }
        let command = Command {
            actor: Actor::System,
            acting_for: None,
            occurred: None,
            act: Act::Open {
                case,
                customer: PartyId::new(ids::new()),
                by: OpenedBy::Duty(Box::new(planned.owed)),
            },
        };
        let from = Start::new_case();
        match self.carry_out(case, version, from, &command, None).await {
            Err(Error::Conflict { .. }) => Ok(()),
            done => done.map(drop),
        }
    }

    async fn draw(
        &self,
        version: &Version,
        sample: &Sample,
        planned: &Planned,
    ) -> Result<Vec<Sampled>, Error> {
        let about = planned.owed.about;
        let midnight = |day: Date| version.calendar().instant(day.at(0, 0, 0, 0));
        let after = about.to.tomorrow().unwrap_or(about.to);
        let policy = &version.policy;
        let (from, before) = (midnight(about.from), midnight(after));
        let closed = self
            .store()
            .closed_between(&policy.id, &sample.of, from, before)
            .await?;
        let mut drawn = Vec::new();
        for case in draw(policy, sample, planned.case, &closed) {
            let history = self.store().load(case).await?;
            drawn.push(Sampled {
                case,
                handlers: handlers(&history),
            });
        }
        Ok(drawn)
    }
}
