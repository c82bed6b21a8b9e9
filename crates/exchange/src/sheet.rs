//! A table as it was read: columns and rows of cells.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime};

use crate::limits::{CELL_CHARS_MAX, COLUMNS_MAX, ROWS_MAX};
use crate::problem::{Problem, Unreadable};

/// One cell. An empty one is an empty text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text or a number, as written.
    Text(String),
    /// A date that a spreadsheet knows to be one.
    Date(Date),
    /// A local date and time that a spreadsheet knows to be one.
    DateTime(DateTime),
}

impl Default for Cell {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Cell {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    /// What is in it as text, without spaces around it.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text.trim()),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::DateTime(moment) => Cow::Owned(moment.strftime("%Y-%m-%d %H:%M:%S").to_string()),
        }
    }
}

/// A row, or what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands in the file, as its reader shows it: the line, or the row of the spreadsheet, from 1.
    pub number: u64,
    /// One cell for each column of the sheet.
    pub cells: Result<Vec<Cell>, Problem>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Names of the columns, each once.
    pub columns: Vec<String>,
    /// The rows in the order of the file; empty ones are left out.
    pub rows: Vec<Row>,
}

impl Sheet {
    /// A sheet with a heading and no rows yet. Columns without a name get none; nothing in them can be asked for.
    pub(crate) fn headed(heading: &[String]) -> Result<Self, Unreadable> {
        if heading.len() > COLUMNS_MAX {
            return Err(Unreadable::too_big("columns", COLUMNS_MAX));
        }
        let columns: Vec<String> = heading.iter().map(|name| name.trim().to_owned()).collect();
        if columns.iter().all(String::is_empty) {
            return Err(Unreadable::because("import-file-no-heading"));
        }
        for (at, name) in columns.iter().enumerate() {
            if !name.is_empty() && columns[..at].contains(name) {
                return Err(Unreadable::because("import-file-column-twice").with("column", name));
            }
        }
        Ok(Self {
            columns,
            rows: Vec::new(),
        })
    }

    /// Adds a row; one with too long a text is bad, one without anything is left out.
    pub(crate) fn push(
        &mut self,
        number: u64,
        cells: Result<Vec<Cell>, Problem>,
    ) -> Result<(), Unreadable> {
        let cells = cells.and_then(|cells| self.checked(cells));
        if cells
            .as_ref()
            .is_ok_and(|cells| cells.iter().all(Cell::is_empty))
        {
            return Ok(());
        }
        if self.rows.len() >= ROWS_MAX {
            return Err(Unreadable::too_big("rows", ROWS_MAX));
        }
        self.rows.push(Row { number, cells });
        Ok(())
    }

    fn checked(&self, mut cells: Vec<Cell>) -> Result<Vec<Cell>, Problem> {
        while cells.len() > self.columns.len() && cells.last().is_some_and(Cell::is_empty) {
            cells.pop();
        }
        if cells.len() > self.columns.len() {
            return Err(Problem::of_row("import-row-too-wide")
                .with("found", cells.len().to_string())
                .with("expected", self.columns.len().to_string()));
        }
        for (name, cell) in self.columns.iter().zip(&cells) {
            if let Cell::Text(text) = cell
                && text.chars().nth(CELL_CHARS_MAX).is_some()
            {
                return Err(Problem::of_cell(name, "import-cell-too-long", "")
                    .with("max", CELL_CHARS_MAX.to_string()));
            }
        }
        cells.resize(self.columns.len(), Cell::default());
        Ok(cells)
    }
}
