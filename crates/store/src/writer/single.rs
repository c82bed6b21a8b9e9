//! Jobs that are few: statements of the reference tables, and the audit log.

use std::sync::Arc;

use huiyin_case::id::CaseId;
use jiff::Timestamp;
use tokio::sync::oneshot;

use super::batch::LogHead;
use super::fault::Fault;
use crate::chain::{AuditRow, Hash, NOTHING, audit_leaf, link};
use crate::dialect::{LOCK_HEAD, MOVE_HEAD};
use crate::engine::{Connection, Engine};
use crate::statement::Statement;

const LAST_POSITION: &str = "SELECT COALESCE(MAX(position), 0) FROM events";
const LAST_AUDIT: &str = "SELECT position, chain FROM audits ORDER BY position DESC LIMIT 1";
const EVENT_CHAIN: &str = "SELECT chain FROM events WHERE position = $1";
const AUDIT_CHAIN: &str = "SELECT chain FROM audits WHERE position = $1";
const INSERT_AUDIT: &str = "INSERT INTO audits (position, at_us, account, action, case_id, verdict, detail, chain) \
                            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Something that must be known later: a denial, an opening of what is sealed, a sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// The account that asked, if one is known.
    pub account: Option<String>,
    /// What was asked.
    pub action: String,
    /// Which case it was about.
    pub case: Option<CaseId>,
    /// How it ended, e.g. `allowed`, `denied`.
    pub verdict: String,
    /// The clause, the reason given, or another fact; nothing personal.
    pub detail: String,
}

/// Why statements were not carried out.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A row with the same key exists already.
    #[error("such an entry exists already")]
    Duplicate,
    /// What was to be changed is not there, or not in the state it must be in.
    #[error("the entry is not there, or was changed before")]
    Unmet,
    /// The disk or quota is full; nothing was written, and writing goes on once there is room.
    #[error("there is no room left to write")]
    Full,
    /// The store was opened for reading only.
    #[error("the store was opened for reading only")]
    ReadOnly,
    /// Writing has stopped after a failure and needs a restart.
    #[error("the store no longer writes: {0}")]
    Stopped(Arc<str>),
    /// The database can't be reached; nothing was written, and writing goes on once it can.
    #[error("the database can't be reached: {0}")]
    Unreachable(Arc<str>),
    /// The connection was lost while the write was being committed, so it is unknown whether it took effect.
    #[error("the connection was lost, and it is unknown whether the write took effect: {0}")]
    Unknown(Arc<str>),
    /// The database refused.
    #[error("the database refused the write")]
    Sql(#[source] sqlx::Error),
    /// The database refused, for a reason that came with other commands.
    #[error("the database refused the write: {0}")]
    Refused(Arc<str>),
}

impl WriteError {
    pub(super) fn from_fault(fault: &Fault) -> WriteError {
        match fault {
            Fault::Duplicate => WriteError::Duplicate,
            Fault::Refused(reason) => WriteError::Refused(Arc::clone(reason)),
            Fault::Full => WriteError::Full,
            Fault::Lost(reason) => WriteError::Unreachable(Arc::clone(reason)),
            Fault::Unknown(reason) => WriteError::Unknown(Arc::clone(reason)),
            Fault::Fatal(reason) => WriteError::Stopped(Arc::clone(reason)),
        }
    }
}

/// A job that is not an append, with whom to answer.
pub(super) enum Other {
    Write(
        Vec<Statement>,
        oneshot::Sender<Result<Vec<u64>, WriteError>>,
    ),
    Audit(AuditEntry, oneshot::Sender<Result<i64, WriteError>>),
}

/// What became of it.
pub(super) enum OtherOutcome {
    Write(Result<Vec<u64>, WriteError>),
    Audit(Result<i64, WriteError>),
}

impl Other {
    pub(super) async fn write(
        &self,
        connection: &mut Connection,
        head: &mut LogHead,
    ) -> Result<OtherOutcome, WriteError> {
        match self {
            Other::Write(statements, _) => {
                let mut changed = Vec::with_capacity(statements.len());
                for statement in statements {
                    let rows = statement
                        .clone()
                        .run(connection)
                        .await
                        .map_err(WriteError::Sql)?;
                    if statement.must_change.is_some_and(|must| must != rows) {
                        return Err(WriteError::Unmet);
                    }
                    changed.push(rows);
                }
                Ok(OtherOutcome::Write(Ok(changed)))
            }
            Other::Audit(entry, _) => {
                audit(connection, head, entry)
                    .await
                    .map_err(WriteError::Sql)?;
                Ok(OtherOutcome::Audit(Ok(head.audit_position)))
            }
        }
    }

    pub(super) fn refused(&self, refusal: WriteError) -> OtherOutcome {
        match self {
            Other::Write(..) => OtherOutcome::Write(Err(refusal)),
            Other::Audit(..) => OtherOutcome::Audit(Err(refusal)),
        }
    }

    pub(super) fn answer(self, outcome: OtherOutcome) {
        // Whoever asked may have gone; what was written stands all the same.
        match (self, outcome) {
            (Other::Write(_, answer), OtherOutcome::Write(outcome)) => drop(answer.send(outcome)),
            (Other::Audit(_, answer), OtherOutcome::Audit(outcome)) => drop(answer.send(outcome)),
            _ => unreachable!("an outcome is of the kind of its job"),
        }
    }
}

async fn audit(
    connection: &mut Connection,
    head: &mut LogHead,
    entry: &AuditEntry,
) -> Result<(), sqlx::Error> {
    head.audit_position += 1;
    let case = entry.case.map(|case| case.to_string());
    let at_us = entry.at.as_microsecond();
    let leaf = audit_leaf(&AuditRow {
        position: head.audit_position,
        at_us,
        account: entry.account.as_deref(),
        action: &entry.action,
        case: case.as_deref(),
        verdict: &entry.verdict,
        detail: &entry.detail,
    });
    head.audit_chain = link(&head.audit_chain, &leaf, head.audit_position);
    let args = [
        head.audit_position.into(),
        at_us.into(),
        entry.account.as_deref().into(),
        entry.action.as_str().into(),
        case.into(),
        entry.verdict.as_str().into(),
        entry.detail.as_str().into(),
        head.audit_chain.into(),
    ];
    Statement::new(INSERT_AUDIT, args)
        .run(connection)
        .await
        .map(drop)
}

/// Where the log stands in the database. On PostgreSQL this is the write lock as well, until the transaction ends.
pub(super) async fn log_head(connection: &mut Connection) -> Result<LogHead, sqlx::Error> {
    if connection.engine() == Engine::Postgres {
        let found = connection.all(Statement::new(LOCK_HEAD, [])).await?;
        let row = found.one()?;
        return Ok(LogHead {
            position: row.try_get(0)?,
            chain: None,
            audit_position: row.try_get(1)?,
            audit_chain: hash(row.try_get(2)?)?,
            statistics: row.try_get(3)?,
        });
    }
    let found = connection.all(Statement::new(LAST_POSITION, [])).await?;
    let position = found.one()?.try_get(0)?;
    let last = connection.all(Statement::new(LAST_AUDIT, [])).await?;
    let (audit_position, audit_chain) = match last.first() {
        Some(row) => (row.try_get(0)?, hash(row.try_get(1)?)?),
        None => (0, NOTHING),
    };
    Ok(LogHead {
        position,
        chain: None,
        audit_position,
        audit_chain,
        statistics: 0,
    })
}

/// Puts down where the log stands, where that is a row of its own.
pub(super) async fn move_head(
    connection: &mut Connection,
    head: &LogHead,
) -> Result<(), sqlx::Error> {
    if connection.engine() == Engine::Sqlite {
        return Ok(());
    }
    let args = [
        head.position.into(),
        head.audit_position.into(),
        head.audit_chain.into(),
    ];
    connection.execute(Statement::new(MOVE_HEAD, args)).await?;
    Ok(())
}

/// Whether the log has come to `head` by the very entries that led to it; `None` when nothing was written to it by which
/// that could be told.
pub(super) async fn has_come_to(
    connection: &mut Connection,
    head: &LogHead,
    audits: bool,
) -> Result<Option<bool>, sqlx::Error> {
    let (sql, position, chain) = match head.chain {
        Some(chain) => (EVENT_CHAIN, head.position, chain),
        None if audits => (AUDIT_CHAIN, head.audit_position, head.audit_chain),
        None => return Ok(None),
    };
    let found = connection
        .all(Statement::new(sql, [position.into()]))
        .await?;
    let found = found
        .first()
        .map(|row| row.try_get::<&[u8]>(0))
        .transpose()?;
    Ok(Some(found == Some(&chain[..])))
}

fn hash(bytes: &[u8]) -> Result<Hash, sqlx::Error> {
    Hash::try_from(bytes).map_err(|_| sqlx::Error::Decode("a chain hash has 32 bytes".into()))
}
