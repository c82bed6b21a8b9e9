//! Entries: what people put on record and may later correct.

use huiyin_policy::model::{ActId, ChoiceId, StepId};
use huiyin_policy::settle::Kept;
use jiff::Timestamp;

use crate::actor::Actor;
use crate::event::Holder;
use crate::id::PersonId;
use crate::value::Fields;

/// An entry as it stands after all corrections.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The event that made it.
    pub seq: u32,
    /// Who made it.
    pub actor: Actor,
    /// Whom the maker represented, if anyone.
    pub acting_for: Option<PersonId>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When it was put on record.
    pub recorded_at: Timestamp,
    /// What it is.
    pub what: EntryKind,
    /// Its fields, as last corrected.
    pub fields: Fields,
    /// Whether a correction voided it.
    pub void: bool,
    /// What the sheets of its form gave, as last corrected.
    pub settled: Option<Box<Kept>>,
}

/// Kinds of entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// The registration with its form.
    Opening,
    /// An act of the policy.
    Act {
        /// Which.
        act: ActId,
        /// How it went.
        outcome: Option<ChoiceId>,
    },
    /// An internal note.
    Note(String),
}

/// A change of step, or the end of handling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The event that tells it: a step entered, or the case closed.
    pub seq: u32,
    /// The entry or verb that caused it.
    pub cause: u32,
    /// The step that was left; `None` at the opening and after reopening.
    pub from: Option<StepId>,
    /// The step that was entered; `None` when the case was closed.
    pub to: Option<StepId>,
    /// Who had to act before.
    pub holder_before: Holder,
    /// Whether that person had accepted the case.
    pub accepted_before: bool,
    /// When.
    pub at: Timestamp,
}
