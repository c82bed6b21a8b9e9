//! Reading a file back, a piece at a time.

use std::fmt;

use huiyin_case::id::{CaseId, FileId};

use super::PIECE_BYTES;
use super::keys::FileNames;
use crate::crypto::{DataKey, KeyOwner, Unreadable, open};
use crate::read::ReadError;
use crate::store::Store;

/// A few pieces of a file, in order, from one on.
pub(crate) const PIECES: &str = "SELECT piece, sealed FROM file_pieces WHERE file_id = $1 AND piece >= $2 ORDER BY piece LIMIT 4";
const KEPT_KEY: &str = "SELECT sealed_key, bytes FROM files WHERE file_id = $1 AND case_id = $2 AND staged_at_us IS NULL";
const PIECE: &str = "SELECT sealed FROM file_pieces WHERE file_id = $1 AND piece = $2";

/// A file being read.
pub struct FileReader {
    store: Store,
    file: String,
    names: FileNames,
    key: DataKey,
    bytes: u64,
    piece: u32,
    pieces: u32,
}

impl fmt::Debug for FileReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileReader")
            .field("file", &self.file)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens a kept file of a case; `None` when it has no such file, or its bytes were erased.
    ///
    /// # Errors
    ///
    /// When the database can't be read, or the file's key is not the one it was kept with.
    pub async fn open_file(
        &self,
        case: CaseId,
        file: FileId,
    ) -> Result<Option<FileReader>, ReadError> {
        let file = file.to_string();
        let args = [file.as_str().into(), case.to_string().into()];
        let rows = self.read(KEPT_KEY, args).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let Some(case_key) = self.data_key(KeyOwner::Case(case)).await? else {
            return Ok(None);
        };
        let names = FileNames::new(case, &file);
        let key = zeroize::Zeroizing::new(open(&case_key, names.key(), row.try_get(0)?)?);
        let key: [u8; 32] = key
            .as_slice()
            .try_into()
            .map_err(|_| Unreadable::Tampered)?;
        let bytes = u64::try_from(row.try_get::<i64>(1)?).map_err(|_| Unreadable::Tampered)?;
        let piece_bytes = u64::try_from(PIECE_BYTES).unwrap_or(u64::MAX);
        let pieces = u32::try_from(bytes.div_ceil(piece_bytes).max(1));
        Ok(Some(FileReader {
            store: self.clone(),
            file,
            names,
            key: zeroize::Zeroizing::new(key),
            bytes,
            piece: 0,
            pieces: pieces.map_err(|_| Unreadable::Tampered)?,
        }))
    }
}

impl FileReader {
    /// How many bytes the file has.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`Unreadable::Tampered`] when they are not those that were kept, or are gone.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, ReadError> {
        if self.piece == self.pieces {
            return Ok(None);
        }
        let args = [self.file.as_str().into(), self.piece.into()];
        let rows = self.store.read(PIECE, args).await?;
        let row = rows.first().ok_or(Unreadable::Tampered)?;
        let is_last = self.piece + 1 == self.pieces;
        let place = self.names.piece(self.piece, is_last);
        let bytes = open(&self.key, place, row.try_get(0)?)?;
        self.piece += 1;
        Ok(Some(bytes))
    }
}
