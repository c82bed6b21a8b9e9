//! What a database holds, in numbers and names of policies: nothing that a person wrote, and nothing about a person.

use crate::dialect;
use crate::engine::{Reading, Row};
use crate::read::{ReadError, count};
use crate::statement::Statement;
use crate::store::Store;

const APPLIED: &str = "SELECT MAX(version) FROM _sqlx_migrations";
const CASES: &str = "SELECT policy, kind, step, status, COUNT(*) FROM cases GROUP BY policy, kind, step, status \
                     ORDER BY policy, kind, step, status";
const POLICIES: &str = "SELECT policy, version, files_hash, effective_on FROM policy_versions ORDER BY policy, version";
const LAST_RECORDED: &str = "SELECT recorded_at_us FROM events ORDER BY position DESC LIMIT 1";

/// What a database holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Version of SQLite in use.
    pub engine: String,
    /// The last step of the schema.
    pub schema: i64,
    /// When the last event was recorded, in microseconds since 1970 UTC.
    pub last_recorded_at_us: Option<i64>,
    /// Bytes of a page.
    pub page_bytes: i64,
    /// Pages.
    pub pages: i64,
    /// Pages that are free.
    pub pages_free: i64,
    /// Tables, by name.
    pub tables: Vec<TableSize>,
    /// Cases, by policy, kind, step and stage.
    pub cases: Vec<CaseCount>,
    /// Published policies.
    pub policies: Vec<PolicyFacts>,
}

/// How big a table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSize {
    /// Its name.
    pub name: String,
    /// Rows.
    pub rows: i64,
    /// Bytes of its own pages, without those of its indexes.
    pub bytes: i64,
}

/// How many cases stand at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseCount {
    /// Policy.
    pub policy: String,
    /// Kind.
    pub kind: String,
    /// Step, if in one.
    pub step: Option<String>,
    /// Stage.
    pub stage: String,
    /// How many.
    pub cases: i64,
}

/// Which policy is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFacts {
    /// Policy.
    pub policy: String,
    /// Version.
    pub version: u32,
    /// SHA-256 of its files, hexadecimal.
    pub files_sha256: String,
    /// From which day on it is in force.
    pub effective_on: String,
}

impl Store {
    /// Surveys the database.
    ///
    /// # Errors
    ///
    /// When it can't be read.
    pub async fn survey(&self) -> Result<Survey, ReadError> {
        let mut reading = self.inner.readers.begin().await?;
        let survey = Survey {
            engine: text(&mut reading, dialect::ENGINE_VERSION).await?,
            schema: number(&mut reading, APPLIED).await?,
            last_recorded_at_us: last_recorded(&mut reading).await?,
            page_bytes: number(&mut reading, dialect::PAGE_BYTES).await?,
            pages: number(&mut reading, dialect::PAGES).await?,
            pages_free: number(&mut reading, dialect::PAGES_FREE).await?,
            tables: tables(&mut reading).await?,
            cases: cases(&mut reading).await?,
            policies: policies(&mut reading).await?,
        };
        reading.end().await?;
        Ok(survey)
    }
}

async fn text(reading: &mut Reading, sql: &'static str) -> Result<String, ReadError> {
    Ok(reading
        .all(Statement::new(sql, []))
        .await?
        .one()?
        .try_get(0)?)
}

async fn number(reading: &mut Reading, sql: &'static str) -> Result<i64, ReadError> {
    Ok(reading
        .all(Statement::new(sql, []))
        .await?
        .one()?
        .try_get(0)?)
}

async fn last_recorded(reading: &mut Reading) -> Result<Option<i64>, ReadError> {
    let found = reading.all(Statement::new(LAST_RECORDED, [])).await?;
    Ok(found.first().map(|row| row.try_get(0)).transpose()?)
}

async fn tables(reading: &mut Reading) -> Result<Vec<TableSize>, ReadError> {
    let sizes = reading
        .all(Statement::new(dialect::TABLE_SIZES, []))
        .await?;
    let mut tables = Vec::with_capacity(sizes.len());
    for row in sizes.iter() {
        let name: String = row.try_get(0)?;
        // The name is one that the schema gave; it is quoted all the same.
        let rows = format!("SELECT COUNT(*) FROM \"{}\"", name.replace('"', "\"\""));
        let rows = reading.all(Statement::built(rows, Vec::new())).await?;
        tables.push(TableSize {
            rows: rows.one()?.try_get(0)?,
            bytes: row.try_get(1)?,
            name,
        });
    }
    Ok(tables)
}

async fn cases(reading: &mut Reading) -> Result<Vec<CaseCount>, ReadError> {
    let rows = reading.all(Statement::new(CASES, [])).await?;
    let counted = rows.iter().map(|row| {
        Ok(CaseCount {
            policy: row.try_get(0)?,
            kind: row.try_get(1)?,
            step: row.try_get(2)?,
            stage: row.try_get(3)?,
            cases: row.try_get(4)?,
        })
    });
    counted.collect()
}

async fn policies(reading: &mut Reading) -> Result<Vec<PolicyFacts>, ReadError> {
    let rows = reading.all(Statement::new(POLICIES, [])).await?;
    let facts = |row: Row<'_>| {
        let hash: &[u8] = row.try_get(2)?;
        Ok(PolicyFacts {
            policy: row.try_get(0)?,
            version: count("version", row.try_get(1)?)?,
            files_sha256: hex::encode(hash),
            effective_on: row.try_get(3)?,
        })
    };
    rows.iter().map(facts).collect()
}
