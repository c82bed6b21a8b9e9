//! The rows that did not come in, with the reasons.

use std::fs;
use std::io;
use std::path::Path;

use huiyin_exchange::{Column, Format, Row, Value, Writer};
use huiyin_texts::{Args, Lang, render};

/// A reason in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    /// The column it is about; empty for the row as a whole.
    pub(super) column: String,
    /// What is wrong.
    pub(super) text: String,
}

impl Reason {
    /// A reason that concerns the row as a whole.
    pub(super) fn of_row(key: &str, lang: Lang) -> Self {
        Self {
            column: String::new(),
            text: render(lang, key, &Args::new()),
        }
    }
}

/// Rejected rows.
#[derive(Debug, Default)]
pub(super) struct Rejected {
    /// Each row's number with its id, the column and the reason.
    lines: Vec<(u64, [String; 3])>,
    rows: u64,
}

impl Rejected {
    /// Adds a row; each of its reasons is a line of the list.
    pub(super) fn add(&mut self, row: &Row, key: &str, reasons: Vec<Reason>) {
        self.rows += 1;
        let lines = reasons
            .into_iter()
            .map(|reason| (row.number, [key.to_owned(), reason.column, reason.text]));
        self.lines.extend(lines);
    }

    /// How many rows.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// Writes the list; without any row there is none.
    pub(super) fn write(&self, path: &Path, lang: Lang) -> io::Result<()> {
        if self.lines.is_empty() {
            return match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        fs::write(path, self.table(lang).map_err(io::Error::other)?)
    }

    fn table(&self, lang: Lang) -> Result<Vec<u8>, huiyin_exchange::WriteError> {
        let column = |name: &'static str, key| Column {
            name: name.into(),
            title: render(lang, key, &Args::new()),
        };
        let columns = vec![
            column("row", "import-list-row"),
            column("id", "import-list-id"),
            column("column", "import-list-column"),
            column("reason", "import-list-reason"),
        ];
        let mut writer = Writer::new(Format::Csv, columns)?;
        let mut lines: Vec<_> = self.lines.iter().collect();
        lines.sort_by_key(|(number, _)| *number);
        for (number, [key, column, reason]) in lines {
            let cells = [&number.to_string(), key, column, reason].map(Value::text);
            writer.row(&cells)?;
        }
        writer.finish()
    }
}
