//! Jobs that are few: statements of the reference tables, and the audit log.

use std::sync::Arc;

use huiyin_case::id::CaseId;
use jiff::Timestamp;
use sqlx::{Row, Sqlite, SqliteConnection};
use tokio::sync::oneshot;

use super::batch::LogHead;
use super::fault::Fault;
use crate::chain::{AuditRow, Hash, NOTHING, audit_leaf, link};
use crate::statement::Statement;

const LAST_POSITION: &str = "SELECT COALESCE(MAX(position), 0) FROM events";
const LAST_AUDIT: &str = "SELECT position, chain FROM audits ORDER BY position DESC LIMIT 1";
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
        connection: &mut SqliteConnection,
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
        let refusal = match refusal {
            WriteError::Sql(error) => WriteError::from_fault(&Fault::of(&error)),
            other => other,
        };
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
    connection: &mut SqliteConnection,
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

/// Where the log stands in the database.
pub(super) async fn log_head(connection: &mut SqliteConnection) -> Result<LogHead, sqlx::Error> {
    let position: i64 = sqlx::query_scalar::<Sqlite, _>(LAST_POSITION)
        .fetch_one(&mut *connection)
        .await?;
    let last = sqlx::query::<Sqlite>(LAST_AUDIT)
        .fetch_optional(&mut *connection)
        .await?;
    let (audit_position, audit_chain) = match last {
        Some(row) => {
            let chain: Vec<u8> = row.try_get(1)?;
            (
                row.try_get(0)?,
                Hash::try_from(chain)
                    .map_err(|_| sqlx::Error::Decode("a chain hash has 32 bytes".into()))?,
            )
        }
        None => (0, NOTHING),
    };
    Ok(LogHead {
        position,
        audit_position,
        audit_chain,
    })
}
