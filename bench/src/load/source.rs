//! Files of messages: one JSON object a line, packed or not.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use serde_json::Value;

/// A line with its number, from 1.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) number: usize,
    pub(crate) json: Value,
}

/// The first `limit` lines of a file; all without a limit.
///
/// # Errors
/// When the file can't be read or a line is no JSON; the message names the line.
pub(crate) fn read(path: &Path, limit: Option<usize>) -> Result<Vec<Line>> {
    let file = File::open(path).with_context(|| format!("can't open `{}`", path.display()))?;
    let is_packed = path.extension().is_some_and(|extension| extension == "gz");
    let text: Box<dyn Read> = if is_packed {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    BufReader::new(text)
        .lines()
        .take(limit.unwrap_or(usize::MAX))
        .enumerate()
        .map(|(index, line)| {
            let number = index + 1;
            let place = || format!("line {number} of `{}`", path.display());
            let line = line.with_context(place)?;
            let json = serde_json::from_str(&line).with_context(place)?;
            Ok(Line { number, json })
        })
        .collect()
}
