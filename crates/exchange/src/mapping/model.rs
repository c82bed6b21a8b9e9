//! What a mapping says, once read.

use std::collections::BTreeSet;

use huiyin_policy::model::{ActId, FactPath, FieldType, KindId};
use indexmap::IndexMap;
use jiff::civil::Time;

/// What becomes of the rows that fit.
#[derive(Debug, Clone)]
pub(super) struct CaseRule {
    /// Columns with the values one of which each must hold; none fits every row.
    pub(super) when: Vec<(String, Vec<String>)>,
    pub(super) kind: KindId,
    pub(super) channel: Taken,
    pub(super) number: Option<Taken>,
    pub(super) unit: Option<Taken>,
    pub(super) opened: When,
    pub(super) fields: Vec<FieldRule>,
    pub(super) acts: Vec<ActRule>,
    pub(super) closed: Option<When>,
    pub(super) may_lack: BTreeSet<FactPath>,
}

/// An act that a row tells of, if it tells when.
#[derive(Debug, Clone)]
pub(super) struct ActRule {
    pub(super) act: ActId,
    pub(super) at: When,
    pub(super) fields: Vec<FieldRule>,
}

/// What a field of the form is filled with.
#[derive(Debug, Clone)]
pub(super) struct FieldRule {
    pub(super) path: FactPath,
    pub(super) ty: FieldType,
    pub(super) from: Taken,
}

/// Where a value is taken from.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    pub(super) from: Origin,
    /// What the file's own words stand for; without them the words stand for themselves.
    pub(super) values: Option<IndexMap<String, String>>,
    /// What every other word stands for.
    pub(super) otherwise: Option<String>,
    /// How dates and moments are written, where they are.
    pub(super) formats: Vec<String>,
    /// The time of day of a moment that is only a date.
    pub(super) time: Option<Time>,
    /// Whether a text longer than its field may be cut.
    pub(super) cut: bool,
}

/// A column, or always the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    Fixed(String),
    Column(String),
}

/// Where a moment is taken from.
#[derive(Debug, Clone)]
pub(super) struct When {
    pub(super) column: String,
    pub(super) formats: Vec<String>,
    pub(super) time: Option<Time>,
    /// A column with a number of calendar days to add.
    pub(super) plus_days: Option<String>,
}
