//! The organisation as last read from the store: replaced as a whole, never changed in place.

use std::collections::BTreeMap;

use huiyin_case::id::{PersonId, UnitId};
use huiyin_case::organisation::Organisation;

/// The organisation with its name.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// Name of the organisation.
    pub name: String,
    /// Units, people, positions, deputies.
    pub organisation: Organisation,
    /// How often each unit was changed, from 1.
    pub unit_revisions: BTreeMap<UnitId, u32>,
    /// How often each person was changed, from 1.
    pub person_revisions: BTreeMap<PersonId, u32>,
}
