//! Published policies. A version never changes.

use std::collections::BTreeMap;

use huiyin_policy::model::PolicyId;
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::accounts::AccountId;
use crate::engine::Row;
use crate::read::{ReadError, count, instant, parsed};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const PUBLISH: &str = "INSERT INTO policy_versions (policy, version, files, files_hash, effective_on, published_by, published_at_us) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7)";
const ALL: &str = "SELECT policy, version, files, files_hash, effective_on, published_by, published_at_us FROM policy_versions \
                   ORDER BY policy, version";

/// A published version of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyVersion {
    /// Policy.
    pub policy: PolicyId,
    /// Version, from 1.
    pub version: u32,
    /// Its files: name and content.
    pub files: BTreeMap<String, String>,
    /// From which day on new cases are taken in under it.
    pub effective_on: Date,
    /// Who published it.
    pub published_by: AccountId,
    /// When.
    pub published_at: Timestamp,
}

impl Store {
    /// Publishes a version.
    ///
    /// # Errors
    ///
    /// [`WriteError::Duplicate`] when the version exists.
    pub async fn publish_policy(&self, version: &PolicyVersion) -> Result<(), WriteError> {
        self.write_told(vec![publish_statement(version)])
            .await
            .map(drop)
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

/// The statement that publishes a version.
pub(super) fn publish_statement(version: &PolicyVersion) -> Statement {
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
    })
}
