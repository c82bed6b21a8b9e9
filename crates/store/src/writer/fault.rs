//! What an error of the database means for the batch and for writing on.

use std::sync::Arc;

use crate::append::AppendError;
use crate::dialect::{Meaning, is_lost, meaning};
use crate::engine::Engine;

/// An error of the database, by what follows from it.
#[derive(Debug, Clone)]
pub(super) enum Fault {
    /// A row exists already: someone else was first.
    Duplicate,
    /// One command is to blame, and the others can go on.
    Refused(Arc<str>),
    /// There is no room; nothing was written, and later there may be room again.
    Full,
    /// The database can't be reached, or takes no work now; nothing was written.
    Lost(Arc<str>),
    /// The database was lost while the transaction was being committed, so it is unknown whether it was.
    Unknown(Arc<str>),
    /// What is on disk is in doubt: nothing may be written any more.
    Fatal(Arc<str>),
}

impl Fault {
    /// What follows from an error; only PostgreSQL can be lost and found again.
    pub(super) fn of(engine: Engine, error: &sqlx::Error) -> Fault {
        let reason: Arc<str> = error.to_string().into();
        match error {
            sqlx::Error::Database(database) if database.is_unique_violation() => Fault::Duplicate,
            sqlx::Error::Database(database) => match meaning(&**database) {
                Meaning::OneStatement => Fault::Refused(reason),
                Meaning::Full => Fault::Full,
                Meaning::Lost => Fault::Lost(reason),
                Meaning::Doubt => Fault::Fatal(reason),
            },
            sqlx::Error::Decode(_)
            | sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::RowNotFound => Fault::Refused(reason),
            error if engine == Engine::Postgres && is_lost(error) => Fault::Lost(reason),
            _ => Fault::Fatal(reason),
        }
    }

    /// Whether the rest of the batch can be written without the command to blame.
    pub(super) const fn is_of_one_command(&self) -> bool {
        matches!(self, Fault::Duplicate | Fault::Refused(_))
    }

    /// What to tell whoever asked for an append.
    pub(super) fn refusal(&self) -> AppendError {
        match self {
            Fault::Duplicate => AppendError::Conflict,
            Fault::Refused(reason) => AppendError::Database(Arc::clone(reason)),
            Fault::Full => AppendError::Full,
            Fault::Lost(reason) => AppendError::Unreachable(Arc::clone(reason)),
            Fault::Unknown(reason) => AppendError::Unknown(Arc::clone(reason)),
            Fault::Fatal(reason) => AppendError::Stopped(Arc::clone(reason)),
        }
    }
}
