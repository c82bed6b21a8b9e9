//! Why a use case failed. Rendered at the edges; the cause is logged there once.

use huiyin_case::Refusal;
use huiyin_case::state::ReplayError;
use huiyin_policy::model::ClauseId;
use huiyin_store::{AppendError, FileError, ReadError, WriteError};

use crate::attachments::FileProblem;
use crate::calendars::CalendarUnfit;
use crate::deductions::AccountUnfit;

use crate::organisation::Unsuitable;
use crate::policies::{Stopped, ToCome, Unfit};

/// Why a use case failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such thing, or none that the caller may know of: the two are not told apart.
    #[error("not found")]
    NotFound,
    /// The caller's account does not open this door.
    #[error("not entitled")]
    Forbidden,
    /// The engine refused the command; nothing changed.
    #[error("refused by the policy")]
    Refused(Box<Refused>),
    /// The case has changed since the caller read it.
    #[error("case has changed, its last event is now {current_seq}")]
    Conflict {
        /// Its last event now.
        current_seq: u32,
    },
    /// A unit or person has been changed since the caller read it.
    #[error("the entry has changed since it was read")]
    Changed {
        /// How often it has been changed now, where that is counted.
        current: Option<u32>,
    },
    /// The organisation can't be changed like that.
    #[error("the organisation can't be changed like that: {0:?}")]
    Unsuitable(Unsuitable),
    /// Others were faster again and again.
    #[error("others were faster again and again")]
    Busy,
    /// The idempotency key was used before for another request.
    #[error("idempotency key was used for another request")]
    KeyReused,
    /// Something sent does not make sense.
    #[error("{0}")]
    Invalid(&'static str),
    /// No case is taken in under a policy now, because it was stopped.
    #[error("the policy is stopped")]
    PolicyStopped(Box<Stopped>),
    /// No case is taken in under a policy yet.
    #[error("the policy is not in force yet")]
    PolicyToCome(Box<ToCome>),
    /// That can't be done with a policy's versions.
    #[error("that can't be done with the policy: {0:?}")]
    Unfit(Unfit),
    /// A file can't be loaded into a calendar.
    #[error("that is no version of the calendar: {0:?}")]
    Calendar(CalendarUnfit),
    /// That can't be done with an account.
    #[error("that can't be done with the account: {0:?}")]
    Account(AccountUnfit),
    /// The policy version a case keeps is not on the shelf.
    #[error("the policy version of the case is missing")]
    PolicyMissing,
    /// A case's events are no history.
    #[error("the case's history does not add up")]
    Replay(#[from] ReplayError),
    /// Nothing can be written now.
    #[error("the server only reads")]
    ReadOnly,
    /// A file is not taken.
    #[error("a file is not taken")]
    File(#[from] FileProblem),
    /// The database can't be read.
    #[error("reading failed")]
    Read(#[from] ReadError),
    /// The database can't be written.
    #[error("writing failed")]
    Write(#[from] WriteError),
    /// A command was not appended; whether it took effect is settled by its idempotency key.
    #[error("appending failed")]
    Append(#[source] AppendError),
}

impl From<CalendarUnfit> for Error {
    fn from(unfit: CalendarUnfit) -> Self {
        Self::Calendar(unfit)
    }
}

impl From<Unsuitable> for Error {
    fn from(unsuitable: Unsuitable) -> Self {
        Self::Unsuitable(unsuitable)
    }
}

/// A refusal with what is needed to render it.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The refusal.
    pub refusal: Refusal,
    /// The policy version whose texts and clauses explain it.
    pub policy: std::sync::Arc<huiyin_policy::model::Policy>,
}

impl Refused {
    /// The clause behind the refusal and its text, if the rule comes from the policy.
    pub fn clause(&self) -> Option<(&ClauseId, &huiyin_policy::model::Text)> {
        let id = self.refusal.clause.as_ref()?;
        self.policy.clauses.get(id).map(|clause| (id, &clause.text))
    }
}

impl From<FileError> for Error {
    fn from(failed: FileError) -> Self {
        match failed {
            failed if failed.is_erased() => Self::Append(AppendError::Erased),
            FileError::Write(WriteError::Unmet) => Self::File(FileProblem::TooSlow),
            FileError::Write(failed) => Self::Write(failed),
            FileError::Read(failed) => Self::Read(failed),
        }
    }
}
