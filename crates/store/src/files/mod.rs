//! The bytes of attachments: sealed in pieces under a key of their own file, kept in the database beside the log.
//!
//! Both databases keep them in tables. So an attachment and its event become durable by the same commit, every node
//! reaches them, a backup is one copy of one moment, and a full disk refuses them like anything else. The price is a larger
//! database, which limits on size and number keep in bounds.
//!
//! Bytes are *staged* first, piece by piece; the append that tells of them makes them kept. What stays staged for longer
//! than an upload may take is swept. The same bytes are kept once within a case, found by a hash keyed by the case's key; no
//! two cases share bytes, because sharing would tell who has the same file.

mod keys;
mod reading;
mod upload;

use std::collections::BTreeSet;

use huiyin_case::id::{CaseId, FileId};
use jiff::Timestamp;

use crate::read::{ReadError, parsed};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

pub(crate) use keys::commitment;
#[cfg(test)]
pub(crate) use keys::{FileNames, address_of};
pub use reading::FileReader;
pub(crate) use reading::PIECES;
pub use upload::{FileError, FileUpload, Staged};

/// Bytes of a file that are sealed together; its last piece may have fewer.
pub(crate) const PIECE_BYTES: usize = 256 * 1024;

const KEPT: &str = "SELECT file_id FROM files WHERE case_id = $1 AND staged_at_us IS NULL";
const SAME: &str = "SELECT file_id, bytes, hash FROM files WHERE case_id = $1 AND address = $2 AND staged_at_us IS NULL";
const SWEEP_PIECES: &str = "DELETE FROM file_pieces WHERE file_id IN \
                            (SELECT file_id FROM files WHERE staged_at_us IS NOT NULL AND staged_at_us < $1)";
const SWEEP: &str = "DELETE FROM files WHERE staged_at_us IS NOT NULL AND staged_at_us < $1";
const DISCARD_PIECES: &str = "DELETE FROM file_pieces WHERE file_id IN \
                              (SELECT file_id FROM files WHERE file_id = $1 AND staged_at_us IS NOT NULL)";
const DISCARD: &str = "DELETE FROM files WHERE file_id = $1 AND staged_at_us IS NOT NULL";
const DELETE_PIECES_OF_CASE: &str =
    "DELETE FROM file_pieces WHERE file_id IN (SELECT file_id FROM files WHERE case_id = $1)";
const DELETE_OF_CASE: &str = "DELETE FROM files WHERE case_id = $1";
const KEEP: &str =
    "UPDATE files SET staged_at_us = NULL WHERE file_id = $1 AND case_id = $2 AND hash IS NOT NULL";
const DROP_PIECES: &str = "DELETE FROM file_pieces WHERE file_id IN \
                           (SELECT file_id FROM files WHERE file_id = $1 AND case_id = $2)";
const DROP: &str = "DELETE FROM files WHERE file_id = $1 AND case_id = $2";

/// What becomes of a file with an append.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileChange {
    /// An event tells of it: it is kept from now on, if it was not already.
    Keep(FileId),
    /// No attachment has its bytes any more: they are deleted, with their key.
    Drop(FileId),
}

impl FileChange {
    /// The statements that carry it out. What is to be kept must be there.
    pub(crate) fn statements(self, case: &str) -> Vec<Statement> {
        let of = |sql, file: FileId| Statement::new(sql, [file.to_string().into(), case.into()]);
        match self {
            FileChange::Keep(file) => vec![of(KEEP, file).changing_one()],
            FileChange::Drop(file) => vec![of(DROP_PIECES, file), of(DROP, file)],
        }
    }
}

impl Store {
    /// The kept file of the case that has the very same bytes as what was staged, if there is one.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn same_file(&self, staged: &Staged) -> Result<Option<Staged>, ReadError> {
        let args = [staged.case.to_string().into(), staged.address.into()];
        let rows = self.read(SAME, args).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let hash: Vec<u8> = row.try_get(2)?;
        let corrupt = |column| ReadError::Corrupt {
            column,
            value: staged.case.to_string(),
        };
        Ok(Some(Staged {
            file: parsed("file_id", row.try_get(0)?)?,
            bytes: u64::try_from(row.try_get::<i64>(1)?).map_err(|_| corrupt("bytes"))?,
            hash: hash.try_into().map_err(|_| corrupt("hash"))?,
            ..*staged
        }))
    }

    /// Deletes what was staged and will not be kept.
    ///
    /// # Errors
    ///
    /// When it can't be written; it will be swept then.
    pub async fn discard_file(&self, file: FileId) -> Result<(), WriteError> {
        let args = || [file.to_string().into()];
        let pieces = Statement::new(DISCARD_PIECES, args());
        self.write(vec![pieces, Statement::new(DISCARD, args())])
            .await
            .map(drop)
    }

    /// Deletes everything staged before a moment whose event never came, and tells how many files that were.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn sweep_files(&self, before: Timestamp) -> Result<u64, WriteError> {
        let args = || [before.as_microsecond().into()];
        let pieces = Statement::new(SWEEP_PIECES, args());
        let changed = self
            .write(vec![pieces, Statement::new(SWEEP, args())])
            .await?;
        Ok(changed.last().copied().unwrap_or(0))
    }

    /// The files kept of a case.
    pub(crate) async fn kept_files(&self, case: CaseId) -> Result<BTreeSet<FileId>, ReadError> {
        let rows = self.read(KEPT, [case.to_string().into()]).await?;
        rows.iter()
            .map(|row| parsed("file_id", row.try_get(0)?))
            .collect()
    }
}

/// Deletes all files of a case, with their keys.
pub(crate) fn delete_of_case(case: &str) -> [Statement; 2] {
    [DELETE_PIECES_OF_CASE, DELETE_OF_CASE].map(|sql| Statement::new(sql, [case.into()]))
}
