//! Sealing whole files, for copies of the database that leave the machine (docs/operating.md, "What a backup holds").

use std::io::{self, Read, Write};

use zeroize::Zeroizing;

use super::{MasterKey, Place, Subkeys, Unreadable, open, seal};

/// Bytes of a file sealed together; the last piece of a file may have fewer.
const PIECE_BYTES: u64 = 1024 * 1024;
/// Bytes that sealing adds to a piece: method, nonce, tag.
const ADDED_BYTES: u64 = 1 + 24 + 16;

/// Seals files with a key of its own, derived from the master key, under a name that tells one backup from others.
pub struct FileSeal {
    key: Zeroizing<[u8; 32]>,
    name: String,
}

/// Why a sealed file can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum FileSealError {
    /// It can't be read, or what it holds can't be written.
    #[error("the sealed file can't be read, or its content can't be written")]
    Io(#[from] io::Error),
    /// Its bytes, its name or its key are not those it was sealed with, or it was cut off.
    #[error("the sealed file is not what was sealed")]
    Unreadable(#[from] Unreadable),
}

impl MasterKey {
    /// What seals files under a name.
    pub fn file_seal(&self, name: &str) -> FileSeal {
        FileSeal {
            key: Subkeys::derive(self).backup,
            name: name.to_owned(),
        }
    }
}

impl FileSeal {
    /// How long a file of so many bytes is once sealed.
    pub fn sealed_bytes(bytes: u64) -> u64 {
        bytes + pieces(bytes) * ADDED_BYTES
    }

    /// The sealed form of the first `bytes` bytes of `from`, to be read piece by piece.
    pub fn seal<R: Read>(&self, from: R, bytes: u64) -> Sealing<'_, R> {
        Sealing {
            seal: self,
            from,
            left: bytes,
            piece: 0,
            pieces: pieces(bytes),
            sealed: io::Cursor::new(Vec::new()),
        }
    }

    /// Opens a sealed file of so many bytes and writes what it holds.
    ///
    /// # Errors
    ///
    /// See [`FileSealError`]; what was written by then is of no use.
    pub fn open(
        &self,
        mut from: impl Read,
        sealed_bytes: u64,
        mut to: impl Write,
    ) -> Result<(), FileSealError> {
        let whole = PIECE_BYTES + ADDED_BYTES;
        let count = sealed_bytes.div_ceil(whole);
        let mut left = sealed_bytes;
        for piece in 0..count {
            let mut sealed = Vec::new();
            (&mut from).take(left.min(whole)).read_to_end(&mut sealed)?;
            left = left.saturating_sub(whole);
            to.write_all(&open(&self.key, self.place(piece, count), &sealed)?)?;
        }
        if count == 0 {
            return Err(Unreadable::Tampered.into());
        }
        Ok(())
    }

    /// Each piece is bound to its place, and the last one to being the last: pieces can't be moved, nor the end cut off.
    fn place(&self, piece: u64, pieces: u64) -> Place<'_> {
        Place {
            table: "backup",
            column: "piece",
            row: &self.name,
            seq: u32::try_from(piece).expect("a file has fewer bytes than four thousand terabytes"),
            key: if piece + 1 == pieces {
                "master:backup:last"
            } else {
                "master:backup"
            },
        }
    }
}

/// A file of no bytes is one piece as well: that it is empty must be sealed, too.
fn pieces(bytes: u64) -> u64 {
    bytes.div_ceil(PIECE_BYTES).max(1)
}

/// Reads the sealed form of a file.
pub struct Sealing<'a, R> {
    seal: &'a FileSeal,
    from: R,
    left: u64,
    piece: u64,
    pieces: u64,
    sealed: io::Cursor<Vec<u8>>,
}

impl<R: Read> Read for Sealing<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.sealed.read(buffer)?;
        if read > 0 || buffer.is_empty() || self.piece == self.pieces {
            return Ok(read);
        }
        let length = self.left.min(PIECE_BYTES);
        let mut text = Zeroizing::new(Vec::new());
        let got = (&mut self.from).take(length).read_to_end(&mut text)?;
        if u64::try_from(got).ok() != Some(length) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let place = self.seal.place(self.piece, self.pieces);
        self.sealed = io::Cursor::new(seal(&self.seal.key, place, &text));
        self.left -= length;
        self.piece += 1;
        self.sealed.read(buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(seal: &FileSeal, text: &[u8]) -> Vec<u8> {
        let bytes = u64::try_from(text.len()).unwrap();
        let mut sealed = Vec::new();
        seal.seal(text, bytes).read_to_end(&mut sealed).unwrap();
        assert_eq!(
            u64::try_from(sealed.len()).unwrap(),
            FileSeal::sealed_bytes(bytes)
        );
        sealed
    }

    fn opened(seal: &FileSeal, sealed: &[u8]) -> Result<Vec<u8>, FileSealError> {
        let mut text = Vec::new();
        seal.open(sealed, u64::try_from(sealed.len()).unwrap(), &mut text)?;
        Ok(text)
    }

    #[test]
    fn files_of_every_length_come_back_whole() {
        let seal = MasterKey::new([1; 32]).file_seal("one");
        let piece = usize::try_from(PIECE_BYTES).unwrap();
        for length in [0, 1, piece - 1, piece, piece + 1, 2 * piece] {
            let text: Vec<u8> = (0..=250).cycle().take(length).collect();
            assert_eq!(opened(&seal, &sealed(&seal, &text)).unwrap(), text);
        }
    }

    #[test]
    fn what_was_changed_moved_cut_off_or_sealed_by_another_is_refused() {
        let seal = MasterKey::new([1; 32]).file_seal("one");
        let piece = usize::try_from(PIECE_BYTES).unwrap();
        let text = vec![7; 2 * piece];
        let whole = sealed(&seal, &text);
        let one = usize::try_from(PIECE_BYTES + ADDED_BYTES).unwrap();
        let mut changed = whole.clone();
        changed[one + 40] ^= 1;
        let swapped = [&whole[one..], &whole[..one]].concat();
        for wrong in [
            &changed[..],
            &swapped,
            &whole[..one],
            &whole[..one - 5],
            &[],
        ] {
            assert!(opened(&seal, wrong).is_err());
        }
        let others = [
            MasterKey::new([2; 32]).file_seal("one"),
            MasterKey::new([1; 32]).file_seal("two"),
        ];
        for other in others {
            assert!(opened(&other, &whole).is_err());
        }
    }
}
