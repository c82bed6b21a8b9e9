//! Drafts of a policy's next version, with what people say of them.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use huiyin_case::id::PersonId;
use huiyin_policy::model::{ClauseId, PolicyId};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::calendars::{CalendarVersion, load_statement};
use super::policies::{PolicyVersion, files_json, publish_statements};
use crate::engine::Row;
use crate::read::{ReadError, count, instant, parsed};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const ADD: &str = "INSERT INTO policy_drafts (draft_id, policy, files, files_hash, revision, drafted_by, drafted_at_us, changed_by, changed_at_us) \
                   VALUES ($1, $2, $3, $4, 1, $5, $6, $5, $6)";
const REPLACE: &str = "UPDATE policy_drafts SET files = $3, files_hash = $4, changed_by = $5, changed_at_us = $6, revision = revision + 1 \
                       WHERE draft_id = $1 AND revision = $2 AND ended_at_us IS NULL";
const END: &str = "UPDATE policy_drafts SET ended_by = $3, ended_at_us = $4, published_version = $5, revision = revision + 1 \
                   WHERE draft_id = $1 AND revision = $2 AND ended_at_us IS NULL";
const TOUCH: &str = "UPDATE policy_drafts SET revision = revision + 1 WHERE draft_id = $1 AND revision = $2 AND ended_at_us IS NULL";
const COMMENT: &str = "INSERT INTO policy_draft_comments (draft_id, number, said_by, said_at_us, clause, said, files_hash) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7)";
const ASK: &str = "INSERT INTO policy_draft_consents (draft_id, person_id, asked_by, asked_at_us) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (draft_id, person_id) DO NOTHING";
const ANSWER: &str = "UPDATE policy_draft_consents SET consents = $3, reason = $4, answered_at_us = $5, files_hash = $6 \
                      WHERE draft_id = $1 AND person_id = $2";
const ALL: &str = "SELECT draft_id, policy, files, files_hash, revision, drafted_by, drafted_at_us, changed_by, changed_at_us, \
                   published_version, ended_by, ended_at_us FROM policy_drafts ORDER BY policy, drafted_at_us DESC, draft_id";
const ONE: &str = "SELECT draft_id, policy, files, files_hash, revision, drafted_by, drafted_at_us, changed_by, changed_at_us, \
                   published_version, ended_by, ended_at_us FROM policy_drafts WHERE draft_id = $1";
const COMMENTS: &str = "SELECT number, said_by, said_at_us, clause, said, files_hash FROM policy_draft_comments WHERE draft_id = $1 ORDER BY number";
const CONSENTS: &str = "SELECT person_id, asked_by, asked_at_us, consents, reason, answered_at_us, files_hash FROM policy_draft_consents \
                        WHERE draft_id = $1 ORDER BY asked_at_us, person_id";

/// A draft of a policy's next version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftId(Uuid);

impl DraftId {
    /// Takes a UUID as the id of a draft.
    pub const fn new(uuid: Uuid) -> DraftId {
        DraftId(uuid)
    }
}

impl fmt::Display for DraftId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for DraftId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<DraftId, uuid::Error> {
        text.parse().map(DraftId)
    }
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyDraft {
    /// Id.
    pub id: DraftId,
    /// Of which policy.
    pub policy: PolicyId,
    /// Its files: name and content.
    pub files: BTreeMap<String, String>,
    /// Which state of the files it is.
    pub files_hash: [u8; 32],
    /// Counts what was done with it, from 1.
    pub revision: u32,
    /// Who drafted it.
    pub drafted_by: PersonId,
    /// When.
    pub drafted_at: Timestamp,
    /// Who changed the files last.
    pub changed_by: PersonId,
    /// When.
    pub changed_at: Timestamp,
    /// How it ended; `None` while it is open.
    pub ended: Option<DraftEnd>,
}

/// How a draft ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftEnd {
    /// The version it was published as; `None` if it was withdrawn.
    pub version: Option<u32>,
    /// Who ended it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// What somebody said of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftComment {
    /// Which one it is, from 1.
    pub number: u32,
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Of which clause; `None` for the whole.
    pub clause: Option<ClauseId>,
    /// What.
    pub text: String,
    /// Of which state of the files.
    pub files_hash: [u8; 32],
}

/// Whose consent to a draft is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftConsent {
    /// Who.
    pub person: PersonId,
    /// Who asked.
    pub asked_by: PersonId,
    /// When.
    pub asked_at: Timestamp,
    /// What was answered last.
    pub answer: Option<DraftAnswer>,
}

/// What somebody answered who was asked for consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftAnswer {
    /// Whether he consents.
    pub consents: bool,
    /// Why, or why not.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// To which state of the files.
    pub files_hash: [u8; 32],
}

/// What is done with an open draft, on the revision it was thought of.
#[derive(Debug, Clone)]
pub enum DraftChange {
    /// Other files take the place of those so far.
    Replace {
        /// Name and content.
        files: BTreeMap<String, String>,
        /// Who.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
    /// Something is said of it.
    Comment(DraftComment),
    /// These people are asked for consent; who was asked already stays asked.
    Ask {
        /// Whom.
        people: Vec<PersonId>,
        /// Who.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
    /// Somebody who was asked answers.
    Answer(PersonId, DraftAnswer),
    /// It is given up.
    Withdraw(DraftEnd),
    /// It is published as the first of these versions, with the calendar that comes with it; the others are what units adopt with it.
    Publish(Vec<PolicyVersion>, Option<Box<CalendarVersion>>, DraftEnd),
}

/// Which state of files it is: SHA-256 over names and contents as they are stored.
pub fn policy_files_hash(files: &BTreeMap<String, String>) -> [u8; 32] {
    Sha256::digest(files_json(files).as_bytes()).into()
}

impl Store {
    /// Puts down a new draft with its files.
    ///
    /// # Errors
    ///
    /// [`WriteError::Duplicate`] when there is one with this id.
    pub async fn add_policy_draft(
        &self,
        id: DraftId,
        policy: &PolicyId,
        files: &BTreeMap<String, String>,
        (by, at): (PersonId, Timestamp),
    ) -> Result<(), WriteError> {
        let args = [
            id.to_string().into(),
            policy.as_str().into(),
            files_json(files).into(),
            policy_files_hash(files).into(),
            by.to_string().into(),
            at.as_microsecond().into(),
        ];
        self.write(vec![Statement::new(ADD, args)]).await.map(drop)
    }

    /// Does something with an open draft as it was at `revision`.
    ///
    /// # Errors
    ///
    /// [`WriteError::Unmet`] when something was done with it since, it has ended, or somebody answers who was not asked;
    /// [`WriteError::Duplicate`] when the version it is to be published as exists. Nothing was written then.
    pub async fn change_policy_draft(
        &self,
        id: DraftId,
        revision: u32,
        change: DraftChange,
    ) -> Result<(), WriteError> {
        let publishes = matches!(change, DraftChange::Publish(..));
        let statements = statements_of(&id.to_string(), revision, change);
        let written = if publishes {
            self.write_told(statements).await
        } else {
            self.write(statements).await
        };
        written.map(drop)
    }

    /// All drafts, by policy, the newest first.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn policy_drafts(&self) -> Result<Vec<PolicyDraft>, ReadError> {
        self.read(ALL, []).await?.iter().map(draft).collect()
    }

    /// A draft.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn policy_draft(&self, id: DraftId) -> Result<Option<PolicyDraft>, ReadError> {
        let rows = self.read(ONE, [id.to_string().into()]).await?;
        rows.first().map(draft).transpose()
    }

    /// What was said of a draft, in order.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn draft_comments(&self, id: DraftId) -> Result<Vec<DraftComment>, ReadError> {
        let rows = self.read(COMMENTS, [id.to_string().into()]).await?;
        rows.iter().map(comment).collect()
    }

    /// Whose consent to a draft is asked for, in the order in which they were asked.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn draft_consents(&self, id: DraftId) -> Result<Vec<DraftConsent>, ReadError> {
        let rows = self.read(CONSENTS, [id.to_string().into()]).await?;
        rows.iter().map(consent).collect()
    }
}

fn statements_of(id: &str, revision: u32, change: DraftChange) -> Vec<Statement> {
    let touch = || Statement::new(TOUCH, [id.into(), revision.into()]).changing_one();
    let end = |end: &DraftEnd| {
        let args = [
            id.into(),
            revision.into(),
            end.by.to_string().into(),
            end.at.as_microsecond().into(),
            end.version.into(),
        ];
        Statement::new(END, args).changing_one()
    };
    match change {
        DraftChange::Replace { files, by, at } => {
            let args = [
                id.into(),
                revision.into(),
                files_json(&files).into(),
                policy_files_hash(&files).into(),
                by.to_string().into(),
                at.as_microsecond().into(),
            ];
            vec![Statement::new(REPLACE, args).changing_one()]
        }
        DraftChange::Comment(comment) => {
            let args = [
                id.into(),
                comment.number.into(),
                comment.by.to_string().into(),
                comment.at.as_microsecond().into(),
                comment.clause.map(|clause| clause.to_string()).into(),
                comment.text.into(),
                comment.files_hash.into(),
            ];
            vec![touch(), Statement::new(COMMENT, args)]
        }
        DraftChange::Ask { people, by, at } => {
            let ask = people.into_iter().map(|person| {
                let args = [
                    id.into(),
                    person.to_string().into(),
                    by.to_string().into(),
                    at.as_microsecond().into(),
                ];
                Statement::new(ASK, args)
            });
            std::iter::once(touch()).chain(ask).collect()
        }
        DraftChange::Answer(person, answer) => {
            let args = [
                id.into(),
                person.to_string().into(),
                answer.consents.into(),
                answer.reason.into(),
                answer.at.as_microsecond().into(),
                answer.files_hash.into(),
            ];
            vec![touch(), Statement::new(ANSWER, args).changing_one()]
        }
        DraftChange::Withdraw(ended) => vec![end(&ended)],
        DraftChange::Publish(versions, calendar, ended) => {
            let calendar = calendar.map(|calendar| load_statement(&calendar));
            let published = versions.iter().flat_map(publish_statements);
            let statements = std::iter::once(end(&ended)).chain(calendar);
            statements.chain(published).collect()
        }
    }
}

fn hash(column: &'static str, bytes: &[u8]) -> Result<[u8; 32], ReadError> {
    bytes.try_into().map_err(|_| ReadError::Corrupt {
        column,
        value: format!("{} bytes", bytes.len()),
    })
}

fn draft(row: Row<'_>) -> Result<PolicyDraft, ReadError> {
    let files: &str = row.try_get(2)?;
    let corrupt = |_| ReadError::Corrupt {
        column: "files",
        value: files.chars().take(80).collect(),
    };
    let version = row.try_get::<Option<i64>>(9)?;
    let version = version.map(|number| count("published_version", number));
    let ended = match row.try_get::<Option<i64>>(11)? {
        None => None,
        Some(at) => Some(DraftEnd {
            version: version.transpose()?,
            by: parsed("ended_by", row.try_get(10)?)?,
            at: instant("ended_at_us", at)?,
        }),
    };
    Ok(PolicyDraft {
        id: parsed("draft_id", row.try_get(0)?)?,
        policy: PolicyId::new(row.try_get::<&str>(1)?),
        files: serde_json::from_str(files).map_err(corrupt)?,
        files_hash: hash("files_hash", row.try_get(3)?)?,
        revision: count("revision", row.try_get(4)?)?,
        drafted_by: parsed("drafted_by", row.try_get(5)?)?,
        drafted_at: instant("drafted_at_us", row.try_get(6)?)?,
        changed_by: parsed("changed_by", row.try_get(7)?)?,
        changed_at: instant("changed_at_us", row.try_get(8)?)?,
        ended,
    })
}

fn comment(row: Row<'_>) -> Result<DraftComment, ReadError> {
    Ok(DraftComment {
        number: count("number", row.try_get(0)?)?,
        by: parsed("said_by", row.try_get(1)?)?,
        at: instant("said_at_us", row.try_get(2)?)?,
        clause: row.try_get::<Option<&str>>(3)?.map(ClauseId::new),
        text: row.try_get(4)?,
        files_hash: hash("files_hash", row.try_get(5)?)?,
    })
}

fn consent(row: Row<'_>) -> Result<DraftConsent, ReadError> {
    let answer = match row.try_get::<Option<i64>>(5)? {
        None => None,
        Some(at) => Some(DraftAnswer {
            consents: row.try_get::<i64>(3)? != 0,
            reason: row.try_get(4)?,
            at: instant("answered_at_us", at)?,
            files_hash: hash("files_hash", row.try_get(6)?)?,
        }),
    };
    Ok(DraftConsent {
        person: parsed("person_id", row.try_get(0)?)?,
        asked_by: parsed("asked_by", row.try_get(1)?)?,
        asked_at: instant("asked_at_us", row.try_get(2)?)?,
        answer,
    })
}
