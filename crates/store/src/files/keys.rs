//! Where the keys and pieces of a file belong, and the hashes that name and commit to its bytes.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit};
use huiyin_case::id::CaseId;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::crypto::{KeyOwner, Place};

/// The texts that stand in the places of one file.
pub(crate) struct FileNames {
    file: String,
    case_key: String,
    key: String,
    last: String,
}

impl FileNames {
    pub(crate) fn new(case: CaseId, file: &str) -> FileNames {
        FileNames {
            file: file.to_owned(),
            case_key: KeyOwner::Case(case).to_string(),
            key: format!("file:{file}"),
            last: format!("file:{file}:last"),
        }
    }

    /// Where the file's key is kept, sealed under the case's.
    pub(crate) fn key(&self) -> Place<'_> {
        Place {
            table: "files",
            column: "sealed_key",
            row: &self.file,
            seq: 0,
            key: &self.case_key,
        }
    }

    /// Where a piece is kept. The last one is bound to being the last: the end can't be cut off.
    pub(crate) fn piece(&self, piece: u32, is_last: bool) -> Place<'_> {
        Place {
            table: "file_pieces",
            column: "sealed",
            row: &self.file,
            seq: piece,
            key: if is_last { &self.last } else { &self.key },
        }
    }
}

/// What hashes the bytes of a case's files to their addresses. The key is the case's own: equal bytes of two cases have
/// nothing in common.
pub(crate) fn address_of(case_key: &[u8; 32]) -> Hmac<Sha256> {
    let hkdf = Hkdf::<Sha256>::new(Some(b"huiyin/case/v1"), case_key);
    let mut key = Zeroizing::new([0; 32]);
    hkdf.expand(b"file address", key.as_mut_slice())
        .expect("32 bytes are within the limit of HKDF");
    Hmac::new_from_slice(key.as_slice()).expect("HMAC takes keys of any length")
}

/// What commits to the sealed pieces, given one after the other.
pub(crate) fn commitment() -> Sha256 {
    Sha256::new_with_prefix(b"huiyin/file/v1")
}
