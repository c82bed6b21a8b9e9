//! Backup: a consistent, checked and sealed copy in one file, made while the server goes on.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use huiyin_store::{
    CopyError, FileSeal, MasterKey, MasterKeyFile, OpenError, Options, ReadError, Store,
    copy_database,
};
use jiff::Timestamp;

use super::archive::{DATABASE_SEALED, MASTER_KEY as KEY_MEMBER, Manifest, Writer};
use super::data_dir::{
    DATABASE, FileError, MASTER_KEY, NoRoom, Workplace, at, database_bytes, folder_of, publish,
    require_room,
};
use crate::secret::Secret;
use crate::start::segmenter;

/// Room asked for besides the copy and the archive, in bytes.
const MARGIN_BYTES: u64 = 16 * 1024 * 1024;

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is no database.
    #[error("there is no database in `{0}`")]
    NoDatabase(PathBuf),
    /// There is a file of this name already.
    #[error("`{0}` exists already")]
    Exists(PathBuf),
    /// There is not enough room.
    #[error(transparent)]
    Room(#[from] NoRoom),
    /// The master key can't be read.
    #[error("the master key can't be read")]
    MasterKey(#[source] MasterKeyFile),
    /// The database can't be copied.
    #[error(transparent)]
    Copy(#[from] CopyError),
    /// The copy does not open.
    #[error("the copy does not open")]
    Open(#[from] OpenError),
    /// The copy can't be read.
    #[error("the copy can't be read")]
    Read(#[from] ReadError),
    /// The copy is not whole, and so neither is the database.
    #[error("the database is not whole: {0}")]
    Damaged(Damage),
    /// A file can't be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// What is wrong with a database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{faults} faults of its files, {findings} of its log")]
pub struct Damage {
    /// What the database's own check found.
    pub faults: usize,
    /// What verifying the log found.
    pub findings: u64,
}

/// What to back up, and where to.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The data directory; a server may be using it.
    pub data: &'a Path,
    /// The file to make.
    pub to: &'a Path,
    /// Whether the master key goes with it.
    pub with_key: bool,
}

/// Makes a backup. Every command acknowledged before the call is in it; the file gets its name only once it is checked and
/// on disk.
///
/// # Errors
/// [`BackupError`]; there is no file then.
pub async fn backup(request: Request<'_>, now: Timestamp) -> Result<Manifest, BackupError> {
    let Request { data, to, with_key } = request;
    if to.exists() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let database = existing_database(data)?;
    let master = MasterKey::load(&data.join(MASTER_KEY)).map_err(BackupError::MasterKey)?;
    require_room(folder_of(to), 2 * database_bytes(&database) + MARGIN_BYTES)?;
    let work = Workplace::new(folder_of(to), &name_of(to))?;
    let copy = work.file(DATABASE);
    copy_database(&database, &copy).await?;
    let key = with_key.then(|| data.join(MASTER_KEY));
    let packed = work.file("archive");
    let manifest = pack(&copy, &packed, &master, key.as_deref(), now).await?;
    publish(&packed, to)?;
    Ok(manifest)
}

/// The database of a data directory.
pub(super) fn existing_database(data: &Path) -> Result<PathBuf, BackupError> {
    let database = data.join(DATABASE);
    if database.is_file() {
        Ok(database)
    } else {
        Err(BackupError::NoDatabase(data.to_owned()))
    }
}

fn name_of(file: &Path) -> String {
    file.file_name().map_or_else(
        || "backup".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// Checks a copy of a database and packs it into an archive.
pub(super) async fn pack(
    copy: &Path,
    to: &Path,
    master: &MasterKey,
    key: Option<&Path>,
    now: Timestamp,
) -> Result<Manifest, BackupError> {
    let store = Store::open_read_only(copy, master, Options::new(segmenter())).await?;
    let described = describe(&store, master, now).await;
    store.close().await;
    let manifest = described?;
    let begun_at_s = u64::try_from(now.as_second()).unwrap_or(0);
    let mut archive = Writer::create(to, begun_at_s)?;
    let file = File::open(copy).map_err(at(copy))?;
    let bytes = file.metadata().map_err(at(copy))?.len();
    let seal = master.file_seal(&manifest.id);
    archive.add(
        DATABASE_SEALED,
        FileSeal::sealed_bytes(bytes),
        seal.seal(file, bytes),
    )?;
    if let Some(path) = key {
        let text = zeroize::Zeroizing::new(fs::read(path).map_err(at(path))?);
        let bytes = u64::try_from(text.len()).expect("a key file is short");
        archive.add(KEY_MEMBER, bytes, text.as_slice())?;
    }
    Ok(archive.finish(manifest)?)
}

/// Checks everything that can be checked, and says what the copy holds.
async fn describe(
    store: &Store,
    master: &MasterKey,
    now: Timestamp,
) -> Result<Manifest, BackupError> {
    let (faults, verified) = (store.integrity().await?, store.verify(None).await?);
    if !faults.is_empty() || !verified.is_intact() {
        return Err(BackupError::Damaged(Damage {
            faults: faults.len(),
            findings: verified.findings_total,
        }));
    }
    Ok(Manifest {
        form: Manifest::form(),
        id: Secret::generate().reveal()[..32].to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema: store.survey().await?.schema,
        begun_at: now.to_string(),
        position: *store.position().borrow(),
        cases: verified.cases,
        key_check: master.check(),
        checkpoint: store.checkpoint().await?,
        members: std::collections::BTreeMap::new(),
    })
}
