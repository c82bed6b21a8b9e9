//! Why rows can't be settled.

use crate::model::SheetId;

/// Something that keeps rows from being settled, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The place in the rows, such as `loss[0].price`.
    pub path: String,
    /// What is wrong there.
    pub wrong: Wrong,
}

/// What can be wrong with rows. The texts for it are `settle-` and the key, with the arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The policy has no sheets at all.
    NoSheets,
    /// No sheet or column of this name is filled in.
    UnknownName {
        /// What was written.
        name: String,
        /// What is known there.
        known: String,
    },
    /// The column is computed.
    Computed,
    /// A value of another kind than is asked for.
    BadValue {
        /// What was found.
        found: String,
        /// What is asked for, the word of a column's type.
        expected: &'static str,
    },
    /// A choice the column doesn't have.
    UnknownChoice {
        /// What was written.
        name: String,
        /// What can be chosen.
        known: String,
    },
    /// A value that something is worked out of.
    Missing {
        /// The column that it is needed for; empty if it is needed anyway.
        needed_for: String,
    },
    /// Two rows of the same key.
    Twice {
        /// The key.
        name: String,
        /// Where it stands first.
        first: String,
    },
    /// Too many rows.
    TooMany {
        /// How many are allowed.
        max: usize,
    },
    /// Weights that don't add up.
    WeightsSum {
        /// What they add up to.
        sum: String,
        /// What they should.
        wanted: String,
    },
    /// Something is to be divided by weights that are all zero, or too large or fine.
    NoWeight {
        /// What is to be divided.
        total: String,
    },
    /// No row of another sheet belongs to this one.
    NoMatch {
        /// The other sheet.
        sheet: String,
        /// What was looked for there.
        wanted: String,
    },
    /// An amount below zero where that makes no sense.
    Negative {
        /// The amount.
        amount: String,
        /// The column that it is needed for.
        needed_for: String,
    },
    /// A result that is too large or too fine to be exact.
    OutOfBounds {
        /// The column.
        needed_for: String,
    },
    /// A grade that can't be moved so far.
    OffLadder {
        /// The grade.
        grade: String,
    },
    /// A month without a row between others.
    MonthGap {
        /// The month.
        month: String,
    },
    /// A row of another month than all are of.
    OtherMonth {
        /// The month that they are of.
        month: String,
    },
    /// A parameter without a value.
    UnsetParam {
        /// The parameter.
        name: String,
    },
}

impl Problem {
    /// The sheet it is about.
    pub fn sheet(&self) -> SheetId {
        let end = self.path.find(['[', '.']).unwrap_or(self.path.len());
        SheetId::new(&self.path[..end])
    }

    /// The place within the sheet: `[0].price`, `[0]` for a whole row, `.weight` for a whole column; empty for all of it.
    pub fn place(&self) -> &str {
        let end = self.path.find(['[', '.']).unwrap_or(self.path.len());
        &self.path[end..]
    }

    pub(super) fn new(path: impl Into<String>, wrong: Wrong) -> Self {
        Self {
            path: path.into(),
            wrong,
        }
    }
}

impl Wrong {
    /// The key of its texts, after `settle-`, and their arguments.
    pub fn key(&self) -> (&'static str, Vec<(&'static str, String)>) {
        let text = |text: &String| text.clone();
        match self {
            Self::NoSheets => ("no-sheets", vec![]),
            Self::UnknownName { name, known } => (
                "unknown-name",
                vec![("name", text(name)), ("known", text(known))],
            ),
            Self::Computed => ("computed", vec![]),
            Self::BadValue { found, expected } => (
                "bad-value",
                vec![("found", text(found)), ("expected", (*expected).to_owned())],
            ),
            Self::UnknownChoice { name, known } => (
                "unknown-choice",
                vec![("name", text(name)), ("known", text(known))],
            ),
            Self::Missing { needed_for } => {
                let needed_for = match needed_for.as_str() {
                    "" => "none",
                    column => column,
                };
                ("missing", vec![("for", needed_for.to_owned())])
            }
            Self::Twice { name, first } => {
                ("twice", vec![("name", text(name)), ("first", text(first))])
            }
            Self::TooMany { max } => ("too-many", vec![("max", max.to_string())]),
            Self::WeightsSum { sum, wanted } => (
                "weights-sum",
                vec![("sum", text(sum)), ("wanted", text(wanted))],
            ),
            Self::NoWeight { total } => ("no-weight", vec![("total", text(total))]),
            Self::NoMatch { sheet, wanted } => (
                "no-match",
                vec![("sheet", text(sheet)), ("wanted", text(wanted))],
            ),
            Self::Negative { amount, needed_for } => (
                "negative",
                vec![("amount", text(amount)), ("for", text(needed_for))],
            ),
            Self::OutOfBounds { needed_for } => ("out-of-bounds", vec![("for", text(needed_for))]),
            Self::OffLadder { grade } => ("off-ladder", vec![("grade", text(grade))]),
            Self::MonthGap { month } => ("month-gap", vec![("month", text(month))]),
            Self::OtherMonth { month } => ("other-month", vec![("month", text(month))]),
            Self::UnsetParam { name } => ("unset-param", vec![("name", text(name))]),
        }
    }
}
