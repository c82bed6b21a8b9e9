//! Unpacking within limits: what a header says of its size is not believed, what comes out is counted.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use crate::limits::{FILE_BYTES_MAX, XLSX_PARTS_MAX};
use crate::problem::Unreadable;

/// Bytes looked at in one go.
const CHUNK_BYTES: usize = 64 * 1024;
/// Where an XLSX file says how many different texts it holds; its reader makes room for as many before it sees one.
const CLAIM: &[u8] = b"uniqueCount";
/// As far behind [`CLAIM`] the number is looked for.
const CLAIM_BYTES_MAX: usize = 64;
/// The shortest text takes this many bytes of the file (`<si/>`).
const TEXT_BYTES_MIN: usize = 5;

/// The content of a gzip file.
pub(super) fn gunzip(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    gunzip_within(bytes, FILE_BYTES_MAX)
}

fn gunzip_within(bytes: &[u8], bytes_max: usize) -> Result<Vec<u8>, Unreadable> {
    let mut unpacked = Vec::new();
    let limit = u64::try_from(bytes_max).unwrap_or(u64::MAX);
    MultiGzDecoder::new(bytes)
        .take(limit + 1)
        .read_to_end(&mut unpacked)
        .map_err(|_| Unreadable::because("import-file-damaged"))?;
    if unpacked.len() > bytes_max {
        return Err(Unreadable::too_big("bytes", bytes_max));
    }
    Ok(unpacked)
}

/// Goes through every part of an XLSX file before its reader does: too many parts, too many bytes in all, or a claim that
/// the bytes can't bear out is refused.
pub(super) fn inspect_xlsx(bytes: &[u8]) -> Result<(), Unreadable> {
    inspect_within(bytes, FILE_BYTES_MAX)
}

fn inspect_within(bytes: &[u8], bytes_max: usize) -> Result<(), Unreadable> {
    let damaged = || Unreadable::because("import-file-damaged");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > XLSX_PARTS_MAX {
        return Err(Unreadable::too_big("parts", XLSX_PARTS_MAX));
    }
    let mut left = bytes_max;
    for part in 0..archive.len() {
        let mut part = archive.by_index(part).map_err(|_| damaged())?;
        let mut claims = Claims::default();
        let mut chunk = vec![0; CHUNK_BYTES];
        let mut size = 0;
        loop {
            let read = part.read(&mut chunk).map_err(|_| damaged())?;
            if read == 0 {
                break;
            }
            left = left
                .checked_sub(read)
                .ok_or_else(|| Unreadable::too_big("bytes", bytes_max))?;
            size += read;
            claims.look_at(chunk.get(..read).unwrap_or_default());
        }
        if claims.largest > size / TEXT_BYTES_MIN {
            return Err(damaged());
        }
    }
    Ok(())
}

/// How many texts a part claims to hold.
#[derive(Default)]
struct Claims {
    largest: usize,
    /// The end of what was seen, in case a claim goes on in the next chunk.
    tail: Vec<u8>,
}

impl Claims {
    fn look_at(&mut self, chunk: &[u8]) {
        // Without its zeros the wider encodings read like the narrow one.
        self.tail.extend(chunk.iter().filter(|byte| **byte != 0));
        let seen = std::mem::take(&mut self.tail);
        let claims = seen
            .windows(CLAIM.len())
            .enumerate()
            .filter(|(_, window)| *window == CLAIM)
            .map(|(at, _)| number_in(seen.get(at + CLAIM.len()..).unwrap_or_default()));
        self.largest = claims.fold(self.largest, usize::max);
        let kept = seen.len().saturating_sub(CLAIM.len() + CLAIM_BYTES_MAX);
        self.tail = seen.get(kept..).unwrap_or_default().to_vec();
    }
}

/// The first number in the bytes; one that is no number of this machine counts as the largest.
fn number_in(bytes: &[u8]) -> usize {
    let digits: String = bytes
        .iter()
        .take(CLAIM_BYTES_MAX)
        .skip_while(|byte| !byte.is_ascii_digit())
        .take_while(|byte| byte.is_ascii_digit())
        .map(|byte| char::from(*byte))
        .collect();
    if digits.is_empty() {
        0
    } else {
        digits.parse().unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    const LIMIT: usize = 1024 * 1024;

    fn archive(parts: &[(&str, usize)]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, size) in parts {
            archive
                .start_file(*name, SimpleFileOptions::default())
                .expect("memory takes it");
            archive
                .write_all(&vec![b' '; *size])
                .expect("memory takes it");
        }
        archive.finish().expect("memory takes it").into_inner()
    }

    #[test]
    fn a_small_file_that_unpacks_into_a_large_one_is_refused() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder
            .write_all(&vec![0; LIMIT + 1])
            .expect("memory takes it");
        let bomb = encoder.finish().expect("memory takes it");
        assert!(bomb.len() < LIMIT / 100);
        assert_eq!(
            gunzip_within(&bomb, LIMIT),
            Err(Unreadable::too_big("bytes", LIMIT))
        );
        assert!(gunzip_within(&bomb, LIMIT + 1).is_ok());
    }

    #[test]
    fn the_parts_of_a_workbook_are_counted_together() {
        let half = LIMIT / 2;
        let too_big = Err(Unreadable::too_big("bytes", LIMIT));
        assert_eq!(
            inspect_within(&archive(&[("a", half), ("b", half)]), LIMIT),
            Ok(())
        );
        assert_eq!(
            inspect_within(&archive(&[("a", half), ("b", half + 1)]), LIMIT),
            too_big
        );
    }

    #[test]
    fn a_header_that_lies_about_its_size_is_not_believed() {
        let honest = archive(&[("a", LIMIT + 1)]);
        let size = u32::try_from(LIMIT + 1).expect("it is small").to_le_bytes();
        let mut lying = honest.clone();
        for at in 0..lying.len() - size.len() {
            if lying[at..at + size.len()] == size {
                lying[at..at + size.len()].copy_from_slice(&1_u32.to_le_bytes());
            }
        }
        assert_ne!(lying, honest);
        assert!(inspect_within(&lying, LIMIT).is_err());
    }

    #[test]
    fn a_claim_is_found_wherever_chunks_end_and_in_wide_encodings() {
        let claim = b"<sst uniqueCount = '4000000000'>";
        let wide: Vec<u8> = claim.iter().flat_map(|byte| [*byte, 0]).collect();
        for text in [claim.to_vec(), wide] {
            for cut in 0..text.len() {
                let mut claims = Claims::default();
                claims.look_at(&text[..cut]);
                claims.look_at(&text[cut..]);
                assert_eq!(claims.largest, 4_000_000_000, "{cut}");
            }
        }
    }
}
