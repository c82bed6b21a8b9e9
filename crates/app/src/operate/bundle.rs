//! The bundle for support: what helps to find a fault, and nothing about a person or a case.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use huiyin_store::{Finding, Options, ReadError, Schema, Store, Survey, Verified};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::data_dir::{DATABASE, FileError, Workplace, at, database_bytes, folder_of, publish};
use super::log_lines::last_lines;
use crate::start::{StartError, open_store_read_only, segmenter};

/// Why there is no bundle.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// There is a file of this name already.
    #[error("`{0}` exists already")]
    Exists(PathBuf),
    /// The store does not open.
    #[error(transparent)]
    Open(#[from] StartError),
    /// The store can't be read.
    #[error("the store can't be read")]
    Read(#[from] ReadError),
    /// A file can't be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// What to bundle, and where to.
#[derive(Debug)]
pub struct Request<'a> {
    /// The data directory; a server may be using it.
    pub data: &'a Path,
    /// The file to make.
    pub to: &'a Path,
    /// A file that the program's output goes to.
    pub log: Option<&'a Path>,
    /// Settings that hold no secret: name and value.
    pub settings: BTreeMap<&'static str, String>,
}

/// Makes the bundle and gives the names of what is in it.
///
/// # Errors
/// [`BundleError`].
pub async fn bundle(
    request: &Request<'_>,
    now: Timestamp,
) -> Result<Vec<&'static str>, BundleError> {
    let Request {
        data,
        to,
        log,
        settings,
    } = request;
    if to.exists() {
        return Err(BundleError::Exists(to.to_path_buf()));
    }
    let database = data.join(DATABASE);
    let schema = Store::schema(&database, Options::new(segmenter())).await;
    let schema = schema.map_err(StartError::from)?;
    let store = open_store_read_only(data).await?;
    let read = read(&store).await;
    store.close().await;
    let read = read?;
    let about = json!({
        "program": env!("CARGO_PKG_VERSION"),
        "made_at": now.to_string(),
        "system": std::env::consts::OS,
        "processor": std::env::consts::ARCH,
        "processors": std::thread::available_parallelism().map_or(0, usize::from),
        "free_bytes": fs4::available_space(data).ok(),
        "settings": settings,
    });
    let mut parts = vec![
        ("about.json", pretty(&about)),
        (
            "database.json",
            pretty(&database_facts(&database, schema, &read.survey)),
        ),
        ("cases.json", pretty(&case_counts(&read.survey))),
        ("policies.json", pretty(&policies(&read.survey))),
        ("log.json", pretty(&log_facts(&read))),
        ("integrity.txt", read.faults.join("\n")),
    ];
    if let Some(path) = log {
        parts.push(("output.txt", last_lines(path).map_err(at(path))?));
    }
    write(to, &parts, now)?;
    Ok(parts.iter().map(|(name, _)| *name).collect())
}

/// What was read from the store.
struct Read {
    survey: Survey,
    verified: Verified,
    checkpoint: Option<String>,
    faults: Vec<String>,
}

async fn read(store: &Store) -> Result<Read, ReadError> {
    Ok(Read {
        survey: store.survey().await?,
        verified: store.verify(None).await?,
        checkpoint: store.checkpoint().await?,
        faults: store.integrity().await?,
    })
}

fn database_facts(database: &Path, schema: Option<Schema>, survey: &Survey) -> Value {
    let tables = survey.tables.iter();
    let tables: Vec<Value> = tables
        .map(|table| json!({"table": table.name, "rows": table.rows, "bytes": table.bytes}))
        .collect();
    json!({
        "engine": survey.engine,
        "schema": survey.schema,
        "schema_known": schema.map(|schema| schema.known),
        "bytes_with_log": database_bytes(database),
        "page_bytes": survey.page_bytes,
        "pages": survey.pages,
        "pages_free": survey.pages_free,
        "tables": tables,
    })
}

fn case_counts(survey: &Survey) -> Value {
    let counts = survey.cases.iter().map(|count| {
        json!({"policy": count.policy, "kind": count.kind, "step": count.step, "stage": count.stage, "cases": count.cases})
    });
    counts.collect()
}

fn policies(survey: &Survey) -> Value {
    let policies = survey.policies.iter().map(|one| {
        json!({"policy": one.policy, "version": one.version, "effective_on": one.effective_on, "files_sha256": one.files_sha256})
    });
    policies.collect()
}

/// Findings are counted by kind: where they are would name cases.
fn log_facts(read: &Read) -> Value {
    let mut findings = BTreeMap::<&str, u64>::new();
    for finding in &read.verified.findings {
        let kind = match finding {
            Finding::Changed { .. } => "changed",
            Finding::Gap { .. } => "gap",
            Finding::Added { .. } => "added",
            Finding::Position(_) => "position",
            Finding::Sealed { .. } => "sealed",
            Finding::Audit(_) => "audit",
            Finding::Tree { .. } => "tree",
            Finding::Checkpoint(_) => "checkpoint",
            Finding::AttachmentMissing { .. } => "attachment_missing",
            Finding::AttachmentChanged { .. } => "attachment_changed",
            Finding::CutOff { .. } => "cut_off",
        };
        *findings.entry(kind).or_default() += 1;
    }
    json!({
        "events": read.verified.events,
        "cases": read.verified.cases,
        "audit_entries": read.verified.audits,
        "sealed_heads": read.verified.leaves,
        "last_recorded_at": read.survey.last_recorded_at_us.and_then(|us| Timestamp::from_microsecond(us).ok()),
        "checkpoint": read.checkpoint,
        "findings": read.verified.findings_total,
        "findings_by_kind": findings,
    })
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn write(to: &Path, parts: &[(&'static str, String)], now: Timestamp) -> Result<(), FileError> {
    let name = to.file_name().unwrap_or(to.as_os_str()).to_string_lossy();
    let work = Workplace::new(folder_of(to), &name)?;
    let packed = work.file("archive");
    let mut tar = tar::Builder::new(File::create(&packed).map_err(at(&packed))?);
    for (name, text) in parts {
        let mut header = tar::Header::new_ustar();
        header.set_mode(0o600);
        header.set_mtime(u64::try_from(now.as_second()).unwrap_or(0));
        header.set_size(u64::try_from(text.len()).expect("texts in memory have a length"));
        tar.append_data(&mut header, name, text.as_bytes())
            .map_err(at(&packed))?;
    }
    let mut file = tar.into_inner().map_err(at(&packed))?;
    let synced = file.flush().and_then(|()| file.sync_all());
    synced.map_err(at(&packed))?;
    publish(&packed, to)
}
