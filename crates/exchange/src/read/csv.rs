//! Tables in CSV.

use super::{Encoding, all_readable, decoded};
use crate::problem::{Problem, Unreadable};
use crate::sheet::{Cell, Sheet};

/// What may separate columns, the likeliest first.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

pub(super) fn read(
    bytes: &[u8],
    encoding: Option<Encoding>,
    separator: Option<u8>,
) -> Result<Sheet, Unreadable> {
    let (text, readable) = decoded(bytes, encoding);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator.unwrap_or_else(|| separator_of(&text)))
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let heading = records
        .next()
        .and_then(Result::ok)
        .ok_or_else(|| Unreadable::because("import-file-no-heading"))?;
    let mut sheet = Sheet::headed(&heading.iter().map(str::to_owned).collect::<Vec<_>>())?;
    for record in records {
        match record {
            Ok(record) => {
                let number = record.position().map_or(0, |at| line_of(at, &text));
                let cells = record.iter().map(|text| Cell::Text(text.to_owned()));
                let checked = if readable {
                    Ok(())
                } else {
                    all_readable(record.iter())
                };
                sheet.push(number, checked.map(|()| cells.collect()))?;
            }
            Err(error) => {
                let number = error.position().map_or(0, |at| line_of(at, &text));
                sheet.push(number, Err(Problem::of_row("import-row-unreadable")))?;
            }
        }
    }
    Ok(sheet)
}

/// The line a row begins on. The reader's own position stands before the blank lines that it skips.
fn line_of(at: &csv::Position, text: &str) -> u64 {
    let from = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let ahead = text.as_bytes().get(from..).unwrap_or_default();
    let blank = ahead
        .iter()
        .take_while(|byte| matches!(byte, b'\n' | b'\r'))
        .filter(|byte| **byte == b'\n');
    at.line() + u64::try_from(blank.count()).unwrap_or_default()
}

/// The separator that stands most often in the first line.
fn separator_of(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default().as_bytes();
    let count = |separator: u8| first.iter().filter(|byte| **byte == separator).count();
    let mut best = SEPARATORS[0];
    for separator in SEPARATORS {
        if count(separator) > count(best) {
            best = separator;
        }
    }
    best
}
