//! What is wrong with a file or a row, not yet worded.

use huiyin_diagnostic::Message;

/// Something wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The column it is about; `None` for the row as a whole.
    pub column: Option<String>,
    /// What is wrong.
    pub message: Message,
}

impl Problem {
    /// A problem of the row as a whole.
    pub(crate) fn of_row(key: &str) -> Self {
        Self {
            column: None,
            message: Message::new(key),
        }
    }

    /// A problem of one cell, which is shown.
    pub(crate) fn of_cell(column: &str, key: &str, found: &str) -> Self {
        Self {
            column: Some(column.to_owned()),
            message: Message::new(key).with("found", found),
        }
    }

    /// The problem with an argument more.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.message = self.message.with(name, value);
        self
    }
}

/// Why a file can't be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub Message);

impl Unreadable {
    pub(crate) fn because(key: &str) -> Self {
        Self(Message::new(key))
    }

    pub(crate) fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        Self(self.0.with(name, value))
    }

    /// A limit was passed; `what` is a key for texts: `bytes`, `parts`, `rows`, `columns`.
    pub(crate) fn too_big(what: &'static str, max: usize) -> Self {
        Self::because("import-file-too-big")
            .with("what", what)
            .with("max", max.to_string())
    }
}
