//! What follows the log: live updates, and the outbox.

use huiyin_case::Actor;
use huiyin_case::id::CaseId;
use jiff::Timestamp;

use super::{ReadError, count, parsed};
use crate::actor;
use crate::engine::Row;
use crate::row::OutboxRow;
use crate::statement::{Statement, Text};
use crate::store::Store;
use crate::writer::WriteError;

const ENTRIES_SINCE: &str =
    "SELECT position, case_id, seq, type, actor FROM events WHERE position > ";
const OUTBOX_DUE: &str = "SELECT id, case_id, kind, payload, due_at_us, attempts FROM outbox \
                          WHERE done_at_us IS NULL AND due_at_us <= ";
const OUTBOX_SINCE: &str =
    "SELECT id, case_id, kind, payload, due_at_us, attempts FROM outbox WHERE id > ";
const OUTBOX_END: &str = "SELECT COALESCE(MAX(id), 0) FROM outbox";
const OUTBOX_DONE: &str = "UPDATE outbox SET done_at_us = $2 WHERE id = $1 AND done_at_us IS NULL";
const OUTBOX_RETRY: &str = "UPDATE outbox SET attempts = attempts + 1, due_at_us = $2 WHERE id = $1 AND done_at_us IS NULL";

/// That something was put on record, without what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// Position in the whole log.
    pub position: i64,
    /// The case.
    pub case: CaseId,
    /// Sequence number within the case.
    pub seq: u32,
    /// Type and version of the event.
    pub kind: String,
    /// Who did it.
    pub actor: Actor,
}

/// Something waiting to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxEntry {
    /// Its id, in the order of writing.
    pub id: i64,
    /// The case it is about.
    pub case: CaseId,
    /// What is to be done.
    pub row: OutboxRow,
    /// How often it was tried in vain.
    pub attempts: u32,
}

impl Store {
    /// Entries of the log after `position`, in order, at most `rows_max`.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn entries_since(
        &self,
        position: i64,
        rows_max: u32,
    ) -> Result<Vec<LogEntry>, ReadError> {
        let mut since = Text::default();
        since
            .push(ENTRIES_SINCE)
            .value(position)
            .push(" ORDER BY position")
            .limit(rows_max);
        let rows = self.inner.readers.all(since.statement()).await?;
        let entry = |row: Row<'_>| {
            Ok(LogEntry {
                position: row.try_get(0)?,
                case: parsed("case_id", row.try_get(1)?)?,
                seq: count("seq", row.try_get(2)?)?,
                kind: row.try_get(3)?,
                actor: actor::told(row.try_get(4)?)?,
            })
        };
        rows.iter().map(entry).collect()
    }

    /// What waits to be sent at `now`, soonest first, at most `rows_max`.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn outbox_due(
        &self,
        now: Timestamp,
        rows_max: u32,
    ) -> Result<Vec<OutboxEntry>, ReadError> {
        let mut due = Text::default();
        due.push(OUTBOX_DUE)
            .value(now.as_microsecond())
            .push(" ORDER BY due_at_us, id")
            .limit(rows_max);
        let rows = self.inner.readers.all(due.statement()).await?;
        rows.iter().map(outbox_entry).collect()
    }

    /// Entries of the outbox after one with this id, in the order of writing, sent or not, at most `rows_max`.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn outbox_since(
        &self,
        id: i64,
        rows_max: u32,
    ) -> Result<Vec<OutboxEntry>, ReadError> {
        let mut since = Text::default();
        since
            .push(OUTBOX_SINCE)
            .value(id)
            .push(" ORDER BY id")
            .limit(rows_max);
        let rows = self.inner.readers.all(since.statement()).await?;
        rows.iter().map(outbox_entry).collect()
    }

    /// Id of the newest entry of the outbox, 0 while there is none.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn outbox_end(&self) -> Result<i64, ReadError> {
        Ok(self.read(OUTBOX_END, []).await?.one()?.try_get(0)?)
    }

    /// Notes that an entry of the outbox was sent.
    ///
    /// # Errors
    ///
    /// [`WriteError::Unmet`] when it was sent before.
    pub async fn outbox_done(&self, id: i64, now: Timestamp) -> Result<(), WriteError> {
        let done =
            Statement::new(OUTBOX_DONE, [id.into(), now.as_microsecond().into()]).changing_one();
        self.write(vec![done]).await.map(drop)
    }

    /// Notes that an entry of the outbox was tried in vain, to be tried again at `due_at`.
    ///
    /// # Errors
    ///
    /// [`WriteError::Unmet`] when it was sent before.
    pub async fn outbox_retry(&self, id: i64, due_at: Timestamp) -> Result<(), WriteError> {
        let retry = Statement::new(OUTBOX_RETRY, [id.into(), due_at.as_microsecond().into()])
            .changing_one();
        self.write(vec![retry]).await.map(drop)
    }
}

fn outbox_entry(row: Row<'_>) -> Result<OutboxEntry, ReadError> {
    Ok(OutboxEntry {
        id: row.try_get(0)?,
        case: parsed("case_id", row.try_get(1)?)?,
        row: OutboxRow {
            kind: row.try_get(2)?,
            payload: row.try_get(3)?,
            due_at: super::instant("due_at_us", row.try_get(4)?)?,
        },
        attempts: count("attempts", row.try_get(5)?)?,
    })
}
