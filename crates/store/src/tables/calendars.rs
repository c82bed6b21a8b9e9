//! Calendars that the organisation keeps. A version never changes.

use huiyin_case::id::{CaseId, PersonId};
use huiyin_policy::model::{CalendarId, PolicyId};
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::engine::Row;
use crate::read::{ReadError, count, instant, parsed};
use crate::statement::{Statement, Text};
use crate::store::Store;
use crate::writer::WriteError;

const LOAD: &str = "INSERT INTO calendar_versions (name, version, file, file_hash, from_on, loaded_by, policy, loaded_at_us, recomputed_at_us) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const ALL: &str = "SELECT name, version, file, file_hash, from_on, loaded_by, policy, loaded_at_us, recomputed_at_us FROM calendar_versions \
                   ORDER BY name, version";
const RECOMPUTED: &str = "UPDATE calendar_versions SET recomputed_at_us = $3 WHERE name = $1 AND version = $2 AND recomputed_at_us IS NULL";
/// The newest version of each calendar; asked inside the transaction that writes what was decided by one.
pub(crate) const NEWEST: &str = "SELECT name, MAX(version) FROM calendar_versions GROUP BY name";
/// Cases of which a running clock is due from a moment on.
const RUNNING: &str =
    "SELECT DISTINCT case_id FROM clocks WHERE state = 'running' AND due_at_us >= ";
/// Cases read in one go.
const CASES_AT_ONCE: u32 = 500;

/// A version of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarVersion {
    /// Which calendar.
    pub name: CalendarId,
    /// Version, from 1.
    pub version: u32,
    /// The file as it was loaded.
    pub file: String,
    /// From which day on it counts; `None`: for all days.
    pub from: Option<Date>,
    /// Who loaded it; `None`: it came with a policy that nobody in person published.
    pub by: Option<PersonId>,
    /// The policy that it came with, if it did.
    pub policy: Option<PolicyId>,
    /// When it was loaded.
    pub at: Timestamp,
    /// When the due times of running clocks had been computed again; `None` until then.
    pub recomputed_at: Option<Timestamp>,
}

/// The version of a calendar by which something was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedBy {
    /// Which calendar.
    pub name: CalendarId,
    /// The newest version then; 0 while none was loaded.
    pub version: u32,
}

impl Store {
    /// Keeps a version of a calendar. From the commit on nothing is put on record that was decided by an earlier one.
    ///
    /// # Errors
    ///
    /// [`WriteError::Duplicate`] when there is a version of this number already.
    pub async fn load_calendar(&self, version: &CalendarVersion) -> Result<(), WriteError> {
        self.write_told(vec![load_statement(version)])
            .await
            .map(drop)
    }

    /// All versions of all calendars, by name and version.
    ///
    /// # Errors
    ///
    /// When the database can't be read, or a file is not the one that was loaded.
    pub async fn calendars(&self) -> Result<Vec<CalendarVersion>, ReadError> {
        let rows = self.read(ALL, []).await?;
        rows.iter().map(calendar_version).collect()
    }

    /// Notes that running clocks have been computed again by a version.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn calendar_recomputed(
        &self,
        name: &CalendarId,
        version: u32,
        at: Timestamp,
    ) -> Result<(), WriteError> {
        let args = [
            name.as_str().into(),
            version.into(),
            at.as_microsecond().into(),
        ];
        self.write_told(vec![Statement::new(RECOMPUTED, args)])
            .await
            .map(drop)
    }

    /// Some of the cases of which a running clock is due at `from` or later, by id; those after `after`.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn running_from(
        &self,
        from: Timestamp,
        after: Option<CaseId>,
    ) -> Result<Vec<CaseId>, ReadError> {
        let mut text = Text::default();
        text.push(RUNNING).value(from.as_microsecond());
        if let Some(after) = after {
            text.push(" AND case_id > ").value(after.to_string());
        }
        text.push(" ORDER BY case_id").limit(CASES_AT_ONCE);
        let rows = self.inner.readers.all(text.statement()).await?;
        let case = |row: Row<'_>| parsed("case_id", row.try_get(0)?);
        rows.iter().map(case).collect()
    }
}

/// The statement that keeps a version.
pub(super) fn load_statement(version: &CalendarVersion) -> Statement {
    let micros = |at: Timestamp| at.as_microsecond();
    let args = [
        version.name.as_str().into(),
        version.version.into(),
        version.file.as_str().into(),
        <[u8; 32]>::from(Sha256::digest(version.file.as_bytes())).into(),
        version.from.map(|day| day.to_string()).into(),
        version.by.map(|by| by.to_string()).into(),
        version.policy.as_ref().map(ToString::to_string).into(),
        micros(version.at).into(),
        version.recomputed_at.map(micros).into(),
    ];
    Statement::new(LOAD, args)
}

fn calendar_version(row: Row<'_>) -> Result<CalendarVersion, ReadError> {
    let file: &str = row.try_get(2)?;
    if Sha256::digest(file.as_bytes())[..] != *row.try_get::<&[u8]>(3)? {
        return Err(ReadError::Corrupt {
            column: "file",
            value: file.chars().take(80).collect(),
        });
    }
    let from = row.try_get::<Option<&str>>(4)?;
    let by = row.try_get::<Option<&str>>(5)?;
    let recomputed = row.try_get::<Option<i64>>(8)?;
    Ok(CalendarVersion {
        name: CalendarId::new(row.try_get::<&str>(0)?),
        version: count("version", row.try_get(1)?)?,
        file: file.to_owned(),
        from: from.map(|day| parsed("from_on", day)).transpose()?,
        by: by.map(|by| parsed("loaded_by", by)).transpose()?,
        policy: row.try_get::<Option<&str>>(6)?.map(PolicyId::new),
        at: instant("loaded_at_us", row.try_get(7)?)?,
        recomputed_at: recomputed
            .map(|at| instant("recomputed_at_us", at))
            .transpose()?,
    })
}
