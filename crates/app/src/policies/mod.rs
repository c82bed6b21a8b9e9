//! The life of a policy's versions: which one new cases are taken in under, how one comes into force, and how one is
//! stopped in an emergency (P1.16); and what units adopt with figures of their own.

mod adoptions;
mod consents;
mod drafts;
mod followed;
mod publish;
mod stops;

use std::sync::Arc;

use huiyin_case::id::{PersonId, UnitId};
use huiyin_policy::model::{Policy, PolicyId};
use huiyin_store::{AppendError, PolicyStop};
use jiff::civil::{Date, DateTime};

pub use adoptions::{ADOPTERS_MAX, NewAdoption, OwnFinding};
pub use drafts::{COMMENT_CHARS_MAX, Consent, DRAFT_BYTES_MAX, DRAFT_FILES_MAX, Draft, hash_words};
pub use followed::NotFitting;
pub(crate) use publish::effective_at;
pub use publish::{DAYS_AHEAD_MAX, Publication};
pub use stops::STOP_REASON_CHARS_MAX;

use crate::app::App;
use crate::error::Error;
use crate::shelf::{Shelf, Version};

/// A policy under which no case is taken in now, because it was stopped.
#[derive(Debug, Clone)]
pub struct Stopped {
    /// The newest version whose day has come.
    pub policy: Arc<Policy>,
    /// Its number.
    pub version: u32,
    /// Why, by whom and when.
    pub stop: PolicyStop,
    /// The name of who stopped it.
    pub by: String,
    /// When, in the calendar's zone.
    pub at: DateTime,
}

/// A policy under which no case is taken in yet.
#[derive(Debug, Clone)]
pub struct ToCome {
    /// The version whose day comes first.
    pub policy: Arc<Policy>,
    /// That day.
    pub from: Date,
}

/// Why something can't be done with a policy's versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// A reason must be given, and not too long a one.
    Reason,
    /// The version is stopped already.
    StoppedAlready,
    /// The version is not stopped.
    NotStopped,
    /// The day lies in the past or too far ahead.
    Day,
    /// The checker finds errors.
    Errors,
    /// The calendar that the policy names is neither known nor in its folder.
    Calendar(String),
    /// Parameters without a value, by name.
    Unset(Vec<String>),
    /// The files are those of another policy, by name.
    OtherPolicy(String),
    /// Consents that were asked for and not given to the files as they are, by the names of the people.
    Consents(Vec<String>),
    /// There are no files, too many or too big ones, or their names can't be.
    Files,
    /// A comment or a reason is empty or too long.
    Text,
    /// Neither the draft nor the version in force has the clause.
    Clause,
    /// Somebody doesn't work here.
    People,
    /// There are as many drafts, comments or consents as there can be.
    TooMany,
    /// The draft was published or withdrawn.
    Ended,
    /// The unit is not there, or closed.
    Unit,
    /// The unit has adopted nothing that could end.
    NotAdopted,
    /// A unit sets too many values of its own, or too long ones.
    OwnTooLong,
    /// What is wrong with the values that a unit sets of its own.
    Own(Vec<OwnFinding>),
    /// Units have adopted the policy with values that don't fit its next version.
    Adoptions(Vec<NotFitting>),
}

impl From<Unfit> for Error {
    fn from(unfit: Unfit) -> Self {
        Self::Unfit(unfit)
    }
}

impl App {
    /// The version under which a new case of a unit, or of the organisation itself, is taken in now.
    ///
    /// # Errors
    /// [`Error::NotFound`] without such a policy; [`Error::PolicyStopped`]; [`Error::PolicyToCome`].
    pub fn taken_in_under(
        &self,
        policy: &PolicyId,
        unit: Option<UnitId>,
    ) -> Result<Version, Error> {
        let (shelf, directory) = (self.shelf(), self.directory());
        let today = self.today();
        match shelf.in_force_at(policy, unit, (&directory.organisation, today)) {
            Some(version) => Ok(version.clone()),
            None => Err(self.why_none(&shelf, policy, today)),
        }
    }

    /// The version under which a case that somebody takes in is taken in now: that of his unit.
    ///
    /// # Errors
    /// As [`App::taken_in_under`].
    pub fn taken_in_by(&self, person: PersonId, policy: &PolicyId) -> Result<Version, Error> {
        let directory = self.directory();
        let person = directory.organisation.persons.get(&person);
        self.taken_in_under(policy, person.map(|person| person.unit))
    }

    /// The version by which lists and figures of a policy are named now.
    pub fn current_version(&self, policy: &PolicyId) -> Option<Version> {
        self.shelf().current(policy, self.today()).cloned()
    }

    /// Reads again which versions are stopped.
    pub(crate) async fn read_stops(&self) -> Result<(), Error> {
        let stops = self.store().policy_stops().await?;
        self.change_shelf(|shelf| shelf.put_stops(&stops));
        Ok(())
    }

    /// Why a case was not taken in under a version that this node believed to be in force: it was stopped at another.
    pub(crate) async fn stopped_meanwhile(&self, policy: &PolicyId) -> Error {
        if let Err(failed) = self.read_stops().await {
            return failed;
        }
        match self.taken_in_under(policy, None) {
            // The version before it has taken over; the same request will be taken in under that.
            Ok(_) => Error::Busy,
            Err(Error::NotFound) => Error::Append(AppendError::PolicyStopped),
            Err(refused) => refused,
        }
    }

    fn why_none(&self, shelf: &Shelf, policy: &PolicyId, today: Date) -> Error {
        if let Some(last) = shelf.current(policy, today)
            && let Some(stop) = last.stop()
        {
            let directory = self.directory();
            let by = directory.organisation.persons.get(&stop.stopped.by);
            return Error::PolicyStopped(Box::new(Stopped {
                policy: Arc::clone(&last.policy),
                version: last.version,
                stop: stop.clone(),
                by: by.map(|person| person.name.clone()).unwrap_or_default(),
                at: self.calendar().local(stop.stopped.at),
            }));
        }
        let to_come = shelf.versions(policy);
        let first = to_come.min_by_key(|version| version.effective_on);
        first.map_or(Error::NotFound, |first| {
            Error::PolicyToCome(Box::new(ToCome {
                policy: Arc::clone(&first.policy),
                from: first.effective_on,
            }))
        })
    }
}
