//! Restore: a backup becomes a data directory, checked before anything is written and again before it counts.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use huiyin_store::{
    FileSealError, MasterKey, MasterKeyFile, OpenError, Options, ReadError, Schema, Store,
};
use jiff::Timestamp;

use super::archive::{ArchiveError, DATABASE_SEALED, Manifest, Reader};
use super::backup::Damage;
use super::data_dir::{
    DATABASE, DATABASE_LOCK, FileError, MASTER_KEY, NoRoom, Workplace, at, is_unfinished, publish,
    require_room,
};
use crate::start::segmenter;

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The data directory is not empty.
    #[error("`{0}` is not empty")]
    NotEmpty(PathBuf),
    /// The archive is no backup, or not the one that was made.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The backup holds no key, and none was given.
    #[error("the backup does not hold the master key, and none was given")]
    NoKey,
    /// The key's file can't be read or written.
    #[error("the master key can't be used")]
    MasterKey(#[source] MasterKeyFile),
    /// The key is not the one of this backup.
    #[error("the master key is not the one this backup was made with")]
    WrongKey,
    /// A newer program made it.
    #[error("the backup is at step {} of the schema, and this program knows {}", .0.applied, .0.known)]
    Newer(Schema),
    /// There is not enough room.
    #[error(transparent)]
    Room(#[from] NoRoom),
    /// The sealed database can't be opened.
    #[error("the database in the backup can't be opened")]
    Sealed(#[from] FileSealError),
    /// What came out does not open.
    #[error("the restored database does not open")]
    Open(#[from] OpenError),
    /// What came out can't be read.
    #[error("the restored database can't be read")]
    Read(#[from] ReadError),
    /// What came out is not whole.
    #[error("the restored database is not whole: {0}")]
    Damaged(Damage),
    /// A file can't be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// What to restore, and where to.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The backup.
    pub from: &'a Path,
    /// The data directory to make; empty, or not there yet.
    pub data: &'a Path,
    /// The file of the master key; if not given, the one in the data directory or in the backup is used.
    pub key: Option<&'a Path>,
}

/// What stands in the data directory now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the backup says about itself.
    pub manifest: Manifest,
    /// Cases.
    pub cases: u64,
    /// Events.
    pub events: u64,
    /// When the last event was recorded.
    pub last_recorded_at: Option<Timestamp>,
    /// Whether steps of the schema are still to go.
    pub is_behind: bool,
}

/// Restores a backup. Nothing is written before the archive, its members and the key have been checked; the database gets
/// its name only after its files and the whole log have been.
///
/// # Errors
/// [`RestoreError`]; there is no database then.
pub async fn restore(request: Request<'_>) -> Result<Restored, RestoreError> {
    let Request { from, data, key } = request;
    require_empty(data)?;
    let archive = Reader::open(from)?;
    let manifest = archive.manifest();
    let key_file = data.join(MASTER_KEY);
    let has_key_file = key_file.exists();
    let key = key.or(has_key_file.then_some(&key_file));
    let master = find_key(&archive, key)?;
    let options = Options::new(segmenter());
    let schema = Schema::of(manifest.schema, options);
    if schema.is_newer() {
        return Err(RestoreError::Newer(schema));
    }
    fs::create_dir_all(data).map_err(at(data))?;
    require_room(data, manifest.members[DATABASE_SEALED].bytes)?;
    let work = Workplace::new(data, "restore")?;
    let database = work.file(DATABASE);
    unseal(&archive, &master, &database)?;
    let store = Store::open_read_only(&database, &master, options).await?;
    let checked = check(&store, manifest, schema).await;
    store.close().await;
    let restored = checked?;
    if !has_key_file {
        master.create(&key_file).map_err(RestoreError::MasterKey)?;
    }
    publish(&database, &data.join(DATABASE))?;
    Ok(restored)
}

/// What a killed restore left is no data; neither is a key that was put there beforehand.
fn require_empty(data: &Path) -> Result<(), RestoreError> {
    let entries = match fs::read_dir(data) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(at(data))?,
    };
    for entry in entries {
        let name = entry.map_err(at(data))?.file_name();
        let is_data = name != MASTER_KEY && name != DATABASE_LOCK;
        if is_data && !is_unfinished(&name.to_string_lossy()) {
            return Err(RestoreError::NotEmpty(data.to_owned()));
        }
    }
    Ok(())
}

/// The right key: the given one, or else that in the archive.
fn find_key(archive: &Reader, given: Option<&Path>) -> Result<MasterKey, RestoreError> {
    let malformed = || RestoreError::MasterKey(MasterKeyFile::Malformed);
    let master = match given {
        Some(path) => MasterKey::load(path).map_err(RestoreError::MasterKey)?,
        None => {
            let text = archive.master_key()?.ok_or(RestoreError::NoKey)?;
            MasterKey::parse(&text).ok_or_else(malformed)?
        }
    };
    if master.check() == archive.manifest().key_check {
        Ok(master)
    } else {
        Err(RestoreError::WrongKey)
    }
}

fn unseal(archive: &Reader, master: &MasterKey, database: &Path) -> Result<(), RestoreError> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(database).map_err(at(database))?;
    let seal = master.file_seal(&archive.manifest().id);
    archive.member(DATABASE_SEALED, |bytes, content| {
        seal.open(content, bytes, &mut file)
            .map_err(RestoreError::from)
    })?;
    Ok(file.sync_all().map_err(at(database))?)
}

async fn check(
    store: &Store,
    manifest: &Manifest,
    schema: Schema,
) -> Result<Restored, RestoreError> {
    let faults = store.integrity().await?;
    let verified = store.verify(manifest.checkpoint.as_deref()).await?;
    let is_all =
        verified.cases == manifest.cases && i64::try_from(verified.events) == Ok(manifest.position);
    if !faults.is_empty() || !verified.is_intact() || !is_all {
        return Err(RestoreError::Damaged(Damage {
            faults: faults.len(),
            findings: verified.findings_total.max(u64::from(!is_all)),
        }));
    }
    let last = store.survey().await?.last_recorded_at_us;
    Ok(Restored {
        manifest: manifest.clone(),
        cases: verified.cases,
        events: verified.events,
        last_recorded_at: last.and_then(|us| Timestamp::from_microsecond(us).ok()),
        is_behind: schema.is_behind(),
    })
}
