//! The audit log: denials, openings of what is sealed, sign-ins.

use crate::engine::Row;
use crate::read::{ReadError, instant, parsed};
use crate::store::Store;
use crate::writer::{AuditEntry, Job, WriteError};

const BEFORE: &str = "SELECT position, at_us, account, action, case_id, verdict, detail FROM audits \
                      WHERE position < $1 ORDER BY position DESC LIMIT $2";

/// An entry of the audit log with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// Position, from 1.
    pub position: i64,
    /// What was put down.
    pub entry: AuditEntry,
}

impl Store {
    /// Puts an entry into the audit log and returns its position once it is on disk.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn audit(&self, entry: AuditEntry) -> Result<i64, WriteError> {
        self.writable()?;
        match self
            .inner
            .writer
            .ask(|answer| Job::Audit(entry, answer))
            .await
        {
            Ok(outcome) => outcome,
            Err(reason) => Err(WriteError::Stopped(reason)),
        }
    }

    /// Entries of the audit log before a position (exclusive; `None` for the newest), newest first, at most `rows_max`.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn audits(
        &self,
        before: Option<i64>,
        rows_max: u32,
    ) -> Result<Vec<AuditRecord>, ReadError> {
        let args = [before.unwrap_or(i64::MAX).into(), rows_max.into()];
        let rows = self.read(BEFORE, args).await?;
        let record = |row: Row<'_>| {
            let entry = AuditEntry {
                at: instant("at_us", row.try_get(1)?)?,
                account: row.try_get(2)?,
                action: row.try_get(3)?,
                case: row
                    .try_get::<Option<&str>>(4)?
                    .map(|id| parsed("case_id", id))
                    .transpose()?,
                verdict: row.try_get(5)?,
                detail: row.try_get(6)?,
            };
            Ok(AuditRecord {
                position: row.try_get(0)?,
                entry,
            })
        };
        rows.iter().map(record).collect()
    }
}
