//! Tables on their way out.

mod csv;
mod jsonl;
mod neutralise;
mod xlsx;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use huiyin_settlement::Money;
use jiff::civil::DateTime;

pub use neutralise::neutralised;

/// Forms of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSV in UTF-8 with a byte order mark, so that spreadsheets read Chinese rightly; every cell quoted.
    Csv,
    /// An XLSX workbook of one sheet.
    Xlsx,
    /// One JSON object a line. Nothing in it is made harmless, because no program takes a JSON text for a formula.
    Jsonl,
}

impl Format {
    /// All forms.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Jsonl];

    /// The name, which is also the ending of a file's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Jsonl => "jsonl",
        }
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Jsonl => "application/x-ndjson",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A form nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no format `{0}`")]
pub struct UnknownFormat(pub String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|format| format.as_str() == text)
            .ok_or_else(|| UnknownFormat(text.to_owned()))
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Stable name, for programs.
    pub name: Cow<'static, str>,
    /// Title, for people.
    pub title: String,
}

/// A value in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text; empty if there is nothing to say.
    Text(String),
    /// Something with a title for people and a stable name for programs.
    Named {
        /// The name, in JSONL.
        name: String,
        /// The title, in CSV and XLSX.
        title: String,
    },
    /// An amount of money: a number for spreadsheets, a text in JSONL. No sign makes it a formula.
    Amount(Money),
    /// A whole number, such as a number of cases.
    Count(u64),
    /// A moment.
    Moment {
        /// In the organisation's local time, for people.
        local: DateTime,
        /// With its offset, for programs.
        written: String,
    },
}

impl Value {
    /// Something with a name and a title.
    pub fn named(name: impl Into<String>, title: impl Into<String>) -> Self {
        Self::Named {
            name: name.into(),
            title: title.into(),
        }
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// Why a table can't be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// More rows than the form has room for.
    #[error("the sheet has no room for more than {0} rows")]
    TooManyRows(usize),
    /// The workbook can't be made.
    #[error("the workbook can't be written")]
    Workbook(#[source] rust_xlsxwriter::XlsxError),
}

/// Writes a table piece by piece. What is finished can be taken at any time and sent on.
pub struct Writer(Kind);

enum Kind {
    Csv(Box<csv::Csv>),
    Xlsx(Box<xlsx::Book>),
    Jsonl(jsonl::Lines),
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

impl Writer {
    /// Begins a table with these columns.
    ///
    /// # Errors
    /// When a workbook can't be made.
    pub fn new(format: Format, columns: Vec<Column>) -> Result<Self, WriteError> {
        Ok(Self(match format {
            Format::Csv => Kind::Csv(Box::new(csv::Csv::new(&columns))),
            Format::Xlsx => Kind::Xlsx(Box::new(xlsx::Book::new(&columns)?)),
            Format::Jsonl => Kind::Jsonl(jsonl::Lines::new(columns)),
        }))
    }

    /// Begins a table that comes out the same, byte by byte, whenever it is written again: a workbook says that it was made at `made`.
    ///
    /// # Errors
    /// When a workbook can't be made.
    pub fn dated(format: Format, columns: Vec<Column>, made: DateTime) -> Result<Self, WriteError> {
        let mut writer = Self::new(format, columns)?;
        if let Kind::Xlsx(book) = &mut writer.0 {
            book.date(made)?;
        }
        Ok(writer)
    }

    /// Adds a row with one value for each column.
    ///
    /// # Errors
    /// When the form has no room for it.
    pub fn row(&mut self, values: &[Value]) -> Result<(), WriteError> {
        match &mut self.0 {
            Kind::Csv(csv) => csv.row(values),
            Kind::Xlsx(book) => book.row(values)?,
            Kind::Jsonl(lines) => lines.row(values),
        }
        Ok(())
    }

    /// What is finished and was not taken yet. A workbook is finished only at its end.
    pub fn take(&mut self) -> Vec<u8> {
        match &mut self.0 {
            Kind::Csv(csv) => csv.take(),
            Kind::Xlsx(_) => Vec::new(),
            Kind::Jsonl(lines) => lines.take(),
        }
    }

    /// Ends the table and gives what was not taken yet.
    ///
    /// # Errors
    /// When a workbook can't be put together.
    pub fn finish(self) -> Result<Vec<u8>, WriteError> {
        match self.0 {
            Kind::Csv(mut csv) => Ok(csv.take()),
            Kind::Xlsx(book) => book.finish(),
            Kind::Jsonl(mut lines) => Ok(lines.take()),
        }
    }
}
