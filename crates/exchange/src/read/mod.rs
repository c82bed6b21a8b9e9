//! From the bytes of a file to a sheet.

mod csv;
mod json;
mod jsonl;
mod unpack;
mod xlsx;

use std::borrow::Cow;

pub use json::json_rows;

use crate::limits::FILE_BYTES_MAX;
use crate::problem::{Problem, Unreadable};
use crate::sheet::Sheet;

/// How a file is to be read where it doesn't say so itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// How texts are encoded; found out if not given.
    pub encoding: Option<Encoding>,
    /// What separates the columns of a CSV file; found out from its first line if not given.
    pub separator: Option<u8>,
    /// Name of the sheet of an XLSX file; the first one if not given.
    pub sheet: Option<String>,
}

/// Encodings of CSV and JSONL files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with a byte order mark or without.
    Utf8,
    /// GB18030, of which GBK and GB2312 are parts.
    Gb18030,
}

/// Reads a file. `name` tells by its ending what it is: `.csv`, `.tsv`, `.jsonl`, `.ndjson` or `.xlsx`, each also packed as
/// `.gz`.
///
/// # Errors
/// When the file is of another sort, too big by [`crate::limits`], damaged, or has no heading. What is wrong with single
/// rows stands in the rows.
pub fn read(name: &str, bytes: Vec<u8>, reading: &Reading) -> Result<Sheet, Unreadable> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Unreadable::too_big("bytes", FILE_BYTES_MAX));
    }
    let name = name.to_lowercase();
    let (name, bytes) = match name.strip_suffix(".gz") {
        Some(inner) => (inner, unpack::gunzip(&bytes)?),
        None => (name.as_str(), bytes),
    };
    let ends = |ending| name.ends_with(ending);
    let sheet = if ends(".xlsx") {
        xlsx::read(bytes, reading.sheet.as_deref())?
    } else if ends(".csv") {
        csv::read(&bytes, reading.encoding, reading.separator)?
    } else if ends(".tsv") {
        csv::read(&bytes, reading.encoding, reading.separator.or(Some(b'\t')))?
    } else if ends(".jsonl") || ends(".ndjson") {
        jsonl::read(&bytes, reading.encoding)?
    } else {
        return Err(Unreadable::because("import-file-unknown-sort"));
    };
    Ok(sheet)
}

/// The text of a file, and whether all of it could be read. What could not became U+FFFD.
fn decoded(bytes: &[u8], encoding: Option<Encoding>) -> (Cow<'_, str>, bool) {
    let encoding = match encoding {
        Some(Encoding::Utf8) => encoding_rs::UTF_8,
        Some(Encoding::Gb18030) => encoding_rs::GB18030,
        None if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
        None => encoding_rs::GB18030,
    };
    // A byte order mark says more than any guess.
    let (text, _, failed) = encoding.decode(bytes);
    (text, !failed)
}

/// Refuses a row in which a text could not be read.
fn all_readable<'c>(mut cells: impl Iterator<Item = &'c str>) -> Result<(), Problem> {
    if cells.any(|text| text.contains(char::REPLACEMENT_CHARACTER)) {
        Err(Problem::of_row("import-row-undecodable"))
    } else {
        Ok(())
    }
}
