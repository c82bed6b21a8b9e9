//! Published policies: their versions, and the adoptions of versions by units, under numbers of one series. None ever changes.

use std::collections::BTreeMap;

use huiyin_case::id::{PersonId, UnitId};
use huiyin_policy::model::PolicyId;
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::accounts::AccountId;
use super::calendars::{CalendarVersion, load_statement};
use crate::engine::Row;
use crate::read::{ReadError, count, instant, parsed};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const PUBLISH: &str = "INSERT INTO policy_versions (policy, version, files, files_hash, effective_on, published_by, published_at_us) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7)";
const ADOPT: &str = "INSERT INTO policy_adoptions (policy, version, unit_id, base, own, own_hash, adopted_by, adopted_at_us) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const ALL: &str = "SELECT v.policy, v.version, v.files, v.files_hash, v.effective_on, v.published_by, v.published_at_us, \
                   a.unit_id, a.base, a.own, a.own_hash, a.adopted_by, a.adopted_at_us FROM policy_versions AS v \
                   LEFT JOIN policy_adoptions AS a ON a.policy = v.policy AND a.version = v.version ORDER BY v.policy, v.version";

/// A published version of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyVersion {
    /// Policy.
    pub policy: PolicyId,
    /// Version, from 1.
    pub version: u32,
    /// Its files: name and content; none for an adoption.
    pub files: BTreeMap<String, String>,
    /// From which day on new cases are taken in under it.
    pub effective_on: Date,
    /// Who published it.
    pub published_by: AccountId,
    /// When.
    pub published_at: Timestamp,
    /// The unit that adopts another version by this one, if it is an adoption.
    pub adoption: Option<PolicyAdoption>,
}

/// The adoption of a version by a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyAdoption {
    /// The unit.
    pub unit: UnitId,
    /// The version it adopts.
    pub base: u32,
    /// What it sets of its own, by parameter, in the policy's words; `None` where its adoption ends.
    pub own: Option<BTreeMap<String, String>>,
    /// Who decided it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// Publishes versions that belong together, with the calendar that comes with them, all of it or nothing.
    ///
    /// # Errors
    ///
    /// [`WriteError::Duplicate`] when one of them exists, or that of the calendar.
    pub async fn publish_policies(
        &self,
        versions: &[PolicyVersion],
        calendar: Option<&CalendarVersion>,
    ) -> Result<(), WriteError> {
        let calendar = calendar.map(load_statement).into_iter();
        let statements = calendar.chain(versions.iter().flat_map(publish_statements));
        self.write_told(statements.collect()).await.map(drop)
    }

    /// All published versions, by policy and version.
    ///
    /// # Errors
    ///
    /// When the database can't be read, or a version's files are not those that were published.
    pub async fn policies(&self) -> Result<Vec<PolicyVersion>, ReadError> {
        self.read(ALL, [])
            .await?
            .iter()
            .map(policy_version)
            .collect()
    }
}

/// The statements that publish a version.
pub(super) fn publish_statements(version: &PolicyVersion) -> Vec<Statement> {
    let adoption = version.adoption.as_ref();
    let adoption = adoption.map(|adoption| adoption_statement(version, adoption));
    std::iter::once(version_statement(version))
        .chain(adoption)
        .collect()
}

fn adoption_statement(version: &PolicyVersion, adoption: &PolicyAdoption) -> Statement {
    let own = adoption.own.as_ref().map(files_json);
    let args = [
        version.policy.as_str().into(),
        version.version.into(),
        adoption.unit.to_string().into(),
        adoption.base.into(),
        own.clone().into(),
        own_hash(own.as_deref()).into(),
        adoption.by.to_string().into(),
        adoption.at.as_microsecond().into(),
    ];
    Statement::new(ADOPT, args)
}

fn own_hash(own: Option<&str>) -> [u8; 32] {
    Sha256::digest(own.unwrap_or_default().as_bytes()).into()
}

fn version_statement(version: &PolicyVersion) -> Statement {
    let files = files_json(&version.files);
    let args = [
        version.policy.as_str().into(),
        version.version.into(),
        files.as_str().into(),
        <[u8; 32]>::from(Sha256::digest(files.as_bytes())).into(),
        version.effective_on.to_string().into(),
        version.published_by.to_string().into(),
        version.published_at.as_microsecond().into(),
    ];
    Statement::new(PUBLISH, args)
}

/// Files as they are stored.
pub(super) fn files_json(files: &BTreeMap<String, String>) -> String {
    let files = files
        .iter()
        .map(|(name, content)| (name.clone(), content.as_str().into()))
        .collect();
    serde_json::Value::Object(files).to_string()
}

fn policy_version(row: Row<'_>) -> Result<PolicyVersion, ReadError> {
    let files: &str = row.try_get(2)?;
    let corrupt = || ReadError::Corrupt {
        column: "files",
        value: files.chars().take(80).collect(),
    };
    if Sha256::digest(files.as_bytes())[..] != *row.try_get::<&[u8]>(3)? {
        return Err(corrupt());
    }
    let files: BTreeMap<String, String> = serde_json::from_str(files).map_err(|_| corrupt())?;
    Ok(PolicyVersion {
        policy: PolicyId::new(row.try_get::<&str>(0)?),
        version: count("version", row.try_get(1)?)?,
        files,
        effective_on: parsed("effective_on", row.try_get(4)?)?,
        published_by: parsed("published_by", row.try_get(5)?)?,
        published_at: instant("published_at_us", row.try_get(6)?)?,
        adoption: adoption(row)?,
    })
}

fn adoption(row: Row<'_>) -> Result<Option<PolicyAdoption>, ReadError> {
    let Some(unit) = row.try_get::<Option<&str>>(7)? else {
        return Ok(None);
    };
    let own = row.try_get::<Option<&str>>(9)?;
    let corrupt = || ReadError::Corrupt {
        column: "own",
        value: own.unwrap_or_default().chars().take(80).collect(),
    };
    if own_hash(own)[..] != *row.try_get::<&[u8]>(10)? {
        return Err(corrupt());
    }
    let read = |own| serde_json::from_str(own).map_err(|_| corrupt());
    Ok(Some(PolicyAdoption {
        unit: parsed("unit_id", unit)?,
        base: count("base", row.try_get(8)?)?,
        own: own.map(read).transpose()?,
        by: parsed("adopted_by", row.try_get(11)?)?,
        at: instant("adopted_at_us", row.try_get(12)?)?,
    }))
}
