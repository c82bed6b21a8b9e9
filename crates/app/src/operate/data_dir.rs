//! The data directory: what stands in it, whether there is room, and places for unfinished work.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The database in the data directory.
pub(crate) const DATABASE: &str = "huiyin.db";
/// The master key beside it.
pub(crate) const MASTER_KEY: &str = "master.key";
/// What a database that was open leaves beside itself.
pub(crate) const DATABASE_LOCK: &str = "huiyin.db.lock";
/// Held by whoever has unfinished work in a folder.
const LOCK: &str = "lock";
/// The name's end of a place for unfinished work.
const UNFINISHED: &str = ".part";

/// Something about a file or folder failed.
#[derive(Debug, thiserror::Error)]
#[error("`{path}` can't be used")]
pub struct FileError {
    /// Which.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub cause: io::Error,
}

/// Puts the path to an error.
pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> FileError {
    let path = path.to_owned();
    |cause| FileError { path, cause }
}

/// There is not enough room.
#[derive(Debug, thiserror::Error)]
#[error("`{folder}` has {free_bytes} bytes free, and {needed_bytes} are needed")]
pub struct NoRoom {
    /// Where.
    pub folder: PathBuf,
    /// Bytes needed.
    pub needed_bytes: u64,
    /// Bytes free.
    pub free_bytes: u64,
}

/// Bytes of a database with its write-ahead log.
pub(crate) fn database_bytes(database: &Path) -> u64 {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    let bytes = |path: &Path| fs::metadata(path).map_or(0, |file| file.len());
    bytes(database) + bytes(Path::new(&log))
}

/// Refuses unless so many bytes are free where `folder` is. Where the system can't tell, writing will.
pub(crate) fn require_room(folder: &Path, needed_bytes: u64) -> Result<(), NoRoom> {
    match fs4::available_space(folder) {
        Ok(free_bytes) if free_bytes < needed_bytes => Err(NoRoom {
            folder: folder.to_owned(),
            needed_bytes,
            free_bytes,
        }),
        _ => Ok(()),
    }
}

/// The folder a file is in.
pub(crate) fn folder_of(file: &Path) -> &Path {
    file.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Gives a finished file its name, and returns once that is on disk.
pub(crate) fn publish(from: &Path, to: &Path) -> Result<(), FileError> {
    fs::rename(from, to).map_err(at(to))?;
    let folder = folder_of(to);
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(at(folder))
}

/// A folder for unfinished work, gone with its owner. One that a killed process left is removed by the next of its kind.
#[derive(Debug)]
pub(crate) struct Workplace {
    path: PathBuf,
    _lock: File,
}

impl Workplace {
    /// Makes `.<name>.<process>.part` in `folder`.
    pub(crate) fn new(folder: &Path, name: &str) -> Result<Self, FileError> {
        let begin = format!(".{name}.");
        sweep(folder, &begin);
        let path = folder.join(format!("{begin}{}{UNFINISHED}", std::process::id()));
        fs::create_dir(&path).map_err(at(&path))?;
        let lock = path.join(LOCK);
        let file = File::create(&lock).map_err(at(&lock))?;
        file.lock().map_err(at(&lock))?;
        Ok(Self { path, _lock: file })
    }

    /// A file in it.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

impl Drop for Workplace {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.path) {
            tracing::warn!(path = %self.path.display(), %error, "unfinished work could not be removed");
        }
    }
}

/// Whether a name in a folder is that of unfinished work.
pub(crate) fn is_unfinished(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(UNFINISHED)
}

/// Removes what killed processes left. What can't be removed is in nobody's way.
fn sweep(folder: &Path, begin: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(begin) && is_unfinished(&name) {
            let owner = File::open(entry.path().join(LOCK));
            if owner.is_ok_and(|lock| lock.try_lock().is_ok()) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_refused_before_anything_is_written() {
        let folder = std::env::temp_dir();
        assert!(require_room(&folder, 1).is_ok());
        let refused = require_room(&folder, u64::MAX).unwrap_err();
        assert_eq!((refused.folder, refused.needed_bytes), (folder, u64::MAX));
    }
}
