//! The master key, the file it is kept in, and the keys derived from it.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::random;

/// The key that wraps all others. Without it the database can't be opened.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; 32]>);

/// Why the file of the master key can't be used.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyFile {
    /// It can't be read or written.
    #[error("the master key file can't be read or written")]
    Io(#[source] io::Error),
    /// It does not hold a key.
    #[error(
        "the master key file must hold 64 hexadecimal digits; restore it from the backup of the key"
    )]
    Malformed,
}

impl MasterKey {
    /// Takes 32 random bytes as the master key.
    pub fn new(bytes: [u8; 32]) -> MasterKey {
        MasterKey(Zeroizing::new(bytes))
    }

    /// Reads the key from `path`, or makes the file, readable by its owner only, with a new key.
    ///
    /// # Errors
    ///
    /// When the file can't be read or made, or does not hold a key.
    pub fn load_or_create(path: &Path) -> Result<MasterKey, MasterKeyFile> {
        match MasterKey::load(path) {
            Err(MasterKeyFile::Io(error)) if error.kind() == io::ErrorKind::NotFound => {
                let key = MasterKey::new(random());
                key.create(path)?;
                Ok(key)
            }
            loaded => loaded,
        }
    }

    /// Reads the key from `path`.
    ///
    /// # Errors
    ///
    /// When the file is not there, can't be read, or does not hold a key.
    pub fn load(path: &Path) -> Result<MasterKey, MasterKeyFile> {
        let text = Zeroizing::new(fs::read_to_string(path).map_err(MasterKeyFile::Io)?);
        MasterKey::parse(&text).ok_or(MasterKeyFile::Malformed)
    }

    /// The key in the text of its file: 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<MasterKey> {
        let text = text.trim();
        let mut key = MasterKey::new([0; 32]);
        let bytes = text.as_bytes();
        if bytes.len() != 64 {
            return None;
        }
        for (slot, pair) in key.0.iter_mut().zip(bytes.chunks_exact(2)) {
            let digit = |byte: u8| {
                char::from(byte)
                    .to_digit(16)
                    .and_then(|digit| u8::try_from(digit).ok())
            };
            *slot = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(key)
    }

    /// What tells this key from others without telling anything of it; the database keeps it.
    pub fn check(&self) -> String {
        Subkeys::derive(self).check_text()
    }

    /// Writes the key into a new file at `path`, readable by its owner only, and returns once it is on disk.
    ///
    /// # Errors
    ///
    /// When there is a file already, or it can't be written.
    pub fn create(&self, path: &Path) -> Result<(), MasterKeyFile> {
        self.write(path).map_err(MasterKeyFile::Io)
    }

    fn write(&self, path: &Path) -> io::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        let text = Zeroizing::new(hex::encode(self.0.as_slice()));
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        // The name must survive a power cut as well, or everything sealed until then is lost.
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        fs::File::open(folder)?.sync_all()
    }
}

/// Keys derived from the master key, one per purpose.
pub(crate) struct Subkeys {
    /// Wraps data keys.
    pub(crate) wrap: Zeroizing<[u8; 32]>,
    /// Keys the blind index of contacts.
    blind: Zeroizing<[u8; 32]>,
    /// Keys the hash of session and setup tokens.
    token: Zeroizing<[u8; 32]>,
    /// Makes receipt codes, and keys the hash that is kept of one.
    receipt: Zeroizing<[u8; 32]>,
    /// Seed of the key that signs checkpoints.
    pub(crate) checkpoint: Zeroizing<[u8; 32]>,
    /// Seals copies of the database that leave the machine.
    pub(crate) backup: Zeroizing<[u8; 32]>,
    /// Seals the bonuses of a month.
    pub(crate) bonuses: Zeroizing<[u8; 32]>,
    /// Kept in the database to tell a wrong master key at once.
    check: Zeroizing<[u8; 32]>,
}

impl Subkeys {
    pub(crate) fn derive(master: &MasterKey) -> Subkeys {
        let hkdf = Hkdf::<Sha256>::new(Some(b"huiyin/master/v1"), master.0.as_slice());
        let derive = |purpose: &str| {
            let mut key = Zeroizing::new([0; 32]);
            hkdf.expand(purpose.as_bytes(), key.as_mut_slice())
                .expect("32 bytes are within the limit of HKDF");
            key
        };
        Subkeys {
            wrap: derive("wrap"),
            blind: derive("blind index"),
            token: derive("token"),
            receipt: derive("receipt code"),
            checkpoint: derive("checkpoint"),
            backup: derive("backup"),
            bonuses: derive("bonuses"),
            check: derive("check"),
        }
    }

    /// What the database keeps to tell a wrong master key, as text.
    pub(crate) fn check_text(&self) -> String {
        hex::encode(self.check.as_slice())
    }

    /// The keyed hash under which a normalised contact is found.
    pub(crate) fn blind_index(&self, contact: &str) -> [u8; 32] {
        keyed_hash(&self.blind, contact.as_bytes())
    }

    /// The keyed hash under which a full name is kept; never the same as that of a contact.
    pub(crate) fn name_index(&self, name: &str) -> [u8; 32] {
        keyed_hash(&self.blind, format!("name\0{name}").as_bytes())
    }

    /// The keyed hash under which the identifier of a voucher is found; never the same as that of a contact or a name.
    pub(crate) fn voucher_index(&self, id: &str) -> [u8; 32] {
        keyed_hash(&self.blind, format!("voucher\0{id}").as_bytes())
    }

    /// The keyed hash that tells the charges of a case apart: account, sheet, row and person. Never the same as that of a contact, a
    /// name or a voucher.
    pub(crate) fn charge_index(&self, charge: [&str; 4]) -> [u8; 32] {
        keyed_hash(
            &self.blind,
            format!("charge\0{}", charge.join("\0")).as_bytes(),
        )
    }

    /// The keyed hash under which a secret token is kept.
    pub(crate) fn token_hash(&self, token: &[u8]) -> [u8; 32] {
        keyed_hash(&self.token, token)
    }

    /// The randomness of the receipt code that a request with this key of its own gets for a case. Whoever has not the
    /// master key can't tell it from chance, and the same request gets it again.
    pub(crate) fn receipt_random(&self, case: &[u8; 16], key: &str) -> [u8; 32] {
        keyed_hash(
            &self.receipt,
            &[b"make", case.as_slice(), key.as_bytes()].concat(),
        )
    }

    /// The keyed hash under which a receipt code is kept.
    pub(crate) fn receipt_hash(&self, code: &str) -> [u8; 32] {
        keyed_hash(&self.receipt, &[b"hash", code.as_bytes()].concat())
    }
}

fn keyed_hash(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_purpose_has_a_key_of_its_own() {
        let subkeys = Subkeys::derive(&MasterKey::new([1; 32]));
        let keys = [
            &subkeys.wrap,
            &subkeys.blind,
            &subkeys.token,
            &subkeys.receipt,
            &subkeys.checkpoint,
            &subkeys.backup,
            &subkeys.bonuses,
            &subkeys.check,
        ];
        for (at, key) in keys.iter().enumerate() {
            assert!(!keys[..at].contains(key));
        }
        assert_ne!(subkeys.blind_index("1"), subkeys.token_hash(b"1"));
    }

    #[test]
    fn the_key_file_is_made_once_and_read_again() {
        let folder = std::env::temp_dir().join(format!("huiyin-key-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("master.key");
        let made = MasterKey::load_or_create(&path).unwrap();
        assert_eq!(MasterKey::load_or_create(&path).unwrap().0, made.0);
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions())
                & 0o777,
            0o600
        );
        fs::write(&path, "not a key").unwrap();
        assert!(matches!(
            MasterKey::load_or_create(&path),
            Err(MasterKeyFile::Malformed)
        ));
        fs::remove_dir_all(&folder).unwrap();
    }
}
