//! Staging: bytes come in as they are sent and are sealed and kept a piece at a time.

use std::fmt;

use hmac::{Hmac, Mac};
use huiyin_case::id::{CaseId, FileId};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use super::PIECE_BYTES;
use super::keys::{FileNames, address_of, commitment};
use crate::crypto::{DataKey, KeyOwner, Unreadable, random, seal};
use crate::read::ReadError;
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const BEGIN: &str =
    "INSERT INTO files (file_id, case_id, sealed_key, staged_at_us) VALUES ($1, $2, $3, $4)";
/// Nothing is added to a file that was swept meanwhile.
const PIECE: &str = "INSERT INTO file_pieces (file_id, piece, sealed) \
                     SELECT file_id, $2, $3 FROM files WHERE file_id = $1 AND staged_at_us IS NOT NULL";
const END: &str = "UPDATE files SET address = $2, bytes = $3, hash = $4 WHERE file_id = $1 AND staged_at_us IS NOT NULL";

/// A file on its way in. Dropped before its end it stays staged, and is swept.
pub struct FileUpload {
    store: Store,
    case: CaseId,
    file: FileId,
    names: FileNames,
    key: DataKey,
    /// Less than or exactly one piece, not sealed yet: whether it is the last is only known by what follows.
    piece: Zeroizing<Vec<u8>>,
    pieces: u32,
    bytes: u64,
    address: Hmac<Sha256>,
    hash: Sha256,
}

/// A file whose bytes are all there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staged {
    /// The case it is for.
    pub case: CaseId,
    /// Its id.
    pub file: FileId,
    /// How many bytes it has.
    pub bytes: u64,
    /// What commits to the bytes as they are kept, sealed.
    pub hash: [u8; 32],
    /// The keyed hash of the bytes: the same bytes in the same case have the same.
    pub address: [u8; 32],
}

/// Why bytes can't be staged.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The case's key can't be read, or was erased.
    #[error("the key of the case can't be read")]
    Read(#[from] ReadError),
    /// They can't be written; [`WriteError::Unmet`] when the upload took so long that it was swept.
    #[error("the bytes can't be written")]
    Write(#[from] WriteError),
}

impl fmt::Debug for FileUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileUpload")
            .field("case", &self.case)
            .field("file", &self.file)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Begins to stage the bytes of a file for an existing case.
    ///
    /// # Errors
    ///
    /// [`Unreadable::Erased`] when the case's key was erased; [`ReadError::Corrupt`] when there is no such case.
    pub async fn stage_file(
        &self,
        case: CaseId,
        file: FileId,
        now: Timestamp,
    ) -> Result<FileUpload, FileError> {
        let case_key = self.data_key(KeyOwner::Case(case)).await?;
        let case_key = case_key.ok_or_else(|| ReadError::Corrupt {
            column: "case_id",
            value: case.to_string(),
        })?;
        let id = file.to_string();
        let names = FileNames::new(case, &id);
        let key = Zeroizing::new(random());
        let sealed_key = seal(&case_key, names.key(), key.as_slice());
        let args = [
            id.into(),
            case.to_string().into(),
            sealed_key.into(),
            now.as_microsecond().into(),
        ];
        self.write(vec![Statement::new(BEGIN, args)]).await?;
        Ok(FileUpload {
            store: self.clone(),
            case,
            file,
            names,
            key,
            piece: Zeroizing::new(Vec::with_capacity(PIECE_BYTES)),
            pieces: 0,
            bytes: 0,
            address: address_of(&case_key),
            hash: commitment(),
        })
    }
}

impl FileUpload {
    /// The file's id.
    pub const fn file(&self) -> FileId {
        self.file
    }

    /// Takes bytes as they come; returns once all whole pieces but the last are on disk.
    ///
    /// # Errors
    ///
    /// See [`FileError`].
    pub async fn write(&mut self, mut bytes: &[u8]) -> Result<(), FileError> {
        self.address.update(bytes);
        self.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        while !bytes.is_empty() {
            if self.piece.len() == PIECE_BYTES {
                self.keep_piece(false).await?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(PIECE_BYTES - self.piece.len()));
            self.piece.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Ends the file; returns once all of it is on disk.
    ///
    /// # Errors
    ///
    /// See [`FileError`].
    pub async fn finish(mut self) -> Result<Staged, FileError> {
        self.keep_piece(true).await?;
        let address: [u8; 32] = self.address.finalize().into_bytes().into();
        let hash: [u8; 32] = self.hash.finalize().into();
        let args = [
            self.file.to_string().into(),
            address.into(),
            i64::try_from(self.bytes).unwrap_or(i64::MAX).into(),
            hash.into(),
        ];
        let end = Statement::new(END, args).changing_one();
        self.store.write(vec![end]).await?;
        Ok(Staged {
            case: self.case,
            file: self.file,
            bytes: self.bytes,
            hash,
            address,
        })
    }

    async fn keep_piece(&mut self, is_last: bool) -> Result<(), FileError> {
        let place = self.names.piece(self.pieces, is_last);
        let sealed = seal(&self.key, place, &self.piece);
        self.piece.zeroize();
        self.hash.update(&sealed);
        let args = [
            self.file.to_string().into(),
            self.pieces.into(),
            sealed.into(),
        ];
        let keep = Statement::new(PIECE, args).changing_one();
        self.store.write(vec![keep]).await?;
        self.pieces += 1;
        Ok(())
    }
}

impl FileError {
    /// Whether the case's key was erased.
    pub const fn is_erased(&self) -> bool {
        matches!(
            self,
            FileError::Read(ReadError::Unreadable(Unreadable::Erased))
        )
    }
}
