//! The file of a backup: a plain tar of a few members whose names are fixed, with a manifest at the end.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tar::{EntryType, Header};

use super::data_dir::{FileError, at};

/// The database, sealed with a key derived from the master key.
pub const DATABASE_SEALED: &str = "huiyin.db.sealed";
/// The master key, if it was asked for.
pub const MASTER_KEY: &str = "master.key";
/// What is in the archive, and of which moment.
const MANIFEST: &str = "manifest.json";
/// The form of archives this version writes and reads.
const FORM: u32 = 1;
/// Longest manifest, in bytes.
const MANIFEST_BYTES_MAX: u64 = 1024 * 1024;
/// Longest master key file, in bytes.
const KEY_BYTES_MAX: u64 = 4096;

/// What a backup says about itself. It holds nothing about cases or people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Form of the archive.
    pub form: u32,
    /// Tells this backup from all others; the database is sealed under it.
    pub id: String,
    /// Version of the program that made it.
    pub program: String,
    /// Last step of the database's schema.
    pub schema: i64,
    /// When it was begun, RFC 3339: every command acknowledged before is in it.
    pub begun_at: String,
    /// Position of the last event.
    pub position: i64,
    /// Cases.
    pub cases: u64,
    /// Tells the right master key from others, and nothing else about it.
    pub key_check: String,
    /// The newest signed checkpoint, if the log was ever sealed.
    pub checkpoint: Option<String>,
    /// Members by name.
    pub members: BTreeMap<String, Member>,
}

/// A member of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of what stands in the archive, hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// Whether the master key is in the archive.
    pub fn has_key(&self) -> bool {
        self.members.contains_key(MASTER_KEY)
    }

    /// The form that this version writes.
    pub(super) const fn form() -> u32 {
        FORM
    }
}

/// Why an archive can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It can't be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// It has no manifest, so it is no backup or was cut off.
    #[error("`{0}` is no whole backup: it has no manifest at its end")]
    NoManifest(PathBuf),
    /// A newer program made it.
    #[error("the backup has form {found}; this program reads form {FORM}")]
    NewerForm {
        /// Its form.
        found: u32,
    },
    /// It holds something that no backup holds: another name, a link, a folder, a name twice.
    #[error("the archive holds `{0}`, which no backup holds")]
    Stranger(String),
    /// A member is not the one that the manifest names.
    #[error("`{0}` in the archive is not what was backed up")]
    Changed(String),
}

/// Writes an archive.
pub(super) struct Writer {
    tar: tar::Builder<File>,
    path: PathBuf,
    members: BTreeMap<String, Member>,
    modified_at_s: u64,
}

impl Writer {
    pub(super) fn create(path: &Path, modified_at_s: u64) -> Result<Self, FileError> {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(at(path))?;
        Ok(Self {
            tar: tar::Builder::new(file),
            path: path.to_owned(),
            members: BTreeMap::new(),
            modified_at_s,
        })
    }

    /// Adds a member of so many bytes.
    pub(super) fn add(&mut self, name: &str, bytes: u64, from: impl Read) -> Result<(), FileError> {
        let mut hashing = Hashing::new(from);
        self.append(name, bytes, &mut hashing)?;
        let sha256 = hashing.sha256();
        self.members
            .insert(name.to_owned(), Member { bytes, sha256 });
        Ok(())
    }

    /// Adds the manifest and returns it with its members, once all is on disk.
    pub(super) fn finish(mut self, manifest: Manifest) -> Result<Manifest, FileError> {
        let members = std::mem::take(&mut self.members);
        let manifest = Manifest {
            members,
            ..manifest
        };
        let text = serde_json::to_vec_pretty(&manifest).expect("a manifest is plain data");
        let bytes = u64::try_from(text.len()).expect("a manifest is short");
        self.append(MANIFEST, bytes, text.as_slice())?;
        let mut file = self.tar.into_inner().map_err(at(&self.path))?;
        let synced = file.flush().and_then(|()| file.sync_all());
        synced.map_err(at(&self.path))?;
        Ok(manifest)
    }

    fn append(&mut self, name: &str, bytes: u64, from: impl Read) -> Result<(), FileError> {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(0o600);
        header.set_mtime(self.modified_at_s);
        header.set_size(bytes);
        let appended = self.tar.append_data(&mut header, name, from);
        appended.map_err(at(&self.path))
    }
}

/// Reads an archive. Nothing in it says where anything goes: members are known by their names, everything else is refused.
#[derive(Debug)]
pub struct Reader {
    path: PathBuf,
    manifest: Manifest,
}

impl Reader {
    /// Reads the whole archive and compares every member with the manifest.
    ///
    /// # Errors
    /// [`ArchiveError`].
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        let mut found = BTreeMap::new();
        let mut manifest = None;
        each(path, |name, bytes, content| {
            if manifest.is_some() || found.contains_key(name) {
                return Err(ArchiveError::Stranger(name.to_owned()));
            }
            match name {
                MANIFEST if bytes <= MANIFEST_BYTES_MAX => {
                    let mut text = Vec::new();
                    content.read_to_end(&mut text).map_err(at(path))?;
                    manifest = Some(read_manifest(path, &text)?);
                }
                DATABASE_SEALED | MASTER_KEY => {
                    let mut hashing = Hashing::new(content);
                    io::copy(&mut hashing, &mut io::sink()).map_err(at(path))?;
                    let sha256 = hashing.sha256();
                    found.insert(name.to_owned(), Member { bytes, sha256 });
                }
                _ => return Err(ArchiveError::Stranger(name.to_owned())),
            }
            Ok(())
        })?;
        let manifest: Manifest =
            manifest.ok_or_else(|| ArchiveError::NoManifest(path.to_owned()))?;
        let names = found.keys().chain(manifest.members.keys());
        for name in names.chain([&DATABASE_SEALED.to_owned()]) {
            let member = found.get(name);
            if member.is_none() || member != manifest.members.get(name) {
                return Err(ArchiveError::Changed(name.clone()));
            }
        }
        Ok(Self {
            path: path.to_owned(),
            manifest,
        })
    }

    /// What the archive says about itself.
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The text of the master key's file, if it is in the archive.
    ///
    /// # Errors
    /// When the archive can't be read.
    pub fn master_key(&self) -> Result<Option<zeroize::Zeroizing<String>>, ArchiveError> {
        let mut key = None;
        self.member(MASTER_KEY, |bytes, content| {
            let mut text = zeroize::Zeroizing::new(String::new());
            if bytes > KEY_BYTES_MAX {
                return Err(ArchiveError::Changed(MASTER_KEY.to_owned()));
            }
            content.read_to_string(&mut text).map_err(at(&self.path))?;
            key = Some(text);
            Ok(())
        })?;
        Ok(key)
    }

    /// Hands a member's length and content to `take`, if there is such a member.
    pub(super) fn member<E: From<ArchiveError>>(
        &self,
        wanted: &str,
        mut take: impl FnMut(u64, &mut dyn Read) -> Result<(), E>,
    ) -> Result<(), E> {
        each(&self.path, |name, bytes, content| {
            if name == wanted {
                take(bytes, content)
            } else {
                Ok(())
            }
        })
    }
}

fn read_manifest(path: &Path, text: &[u8]) -> Result<Manifest, ArchiveError> {
    /// Only the form, which every later form will have as well.
    #[derive(Deserialize)]
    struct Form {
        form: u32,
    }
    let no_manifest = |_| ArchiveError::NoManifest(path.to_owned());
    let Form { form: found } = serde_json::from_slice(text).map_err(no_manifest)?;
    if found > FORM {
        return Err(ArchiveError::NewerForm { found });
    }
    serde_json::from_slice(text).map_err(no_manifest)
}

/// Goes through the members: name, bytes, content. Whatever isn't an ordinary file is refused.
fn each<E: From<ArchiveError>>(
    path: &Path,
    mut take: impl FnMut(&str, u64, &mut dyn Read) -> Result<(), E>,
) -> Result<(), E> {
    let failed = |cause| E::from(ArchiveError::from(at(path)(cause)));
    let mut file = File::open(path).map_err(failed)?;
    file.rewind().map_err(failed)?;
    let mut archive = tar::Archive::new(file);
    for entry in archive.entries().map_err(failed)? {
        let mut entry = entry.map_err(failed)?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if entry.header().entry_type() != EntryType::Regular {
            return Err(ArchiveError::Stranger(name).into());
        }
        let bytes = entry.size();
        take(&name, bytes, &mut entry)?;
    }
    Ok(())
}

/// Reads on and hashes what went by.
struct Hashing<R> {
    from: R,
    hash: Sha256,
}

impl<R: Read> Hashing<R> {
    fn new(from: R) -> Self {
        Self {
            from,
            hash: Sha256::new(),
        }
    }

    fn sha256(self) -> String {
        hex::encode(self.hash.finalize())
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.hash.update(&buffer[..read]);
        Ok(read)
    }
}
