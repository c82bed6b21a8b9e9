//! Parties of a case beside its customer (当事人).

use huiyin_policy::model::PartyRoleId;
use uuid::Uuid;

use crate::id::{CaseId, PartyId, PersonId};
use crate::state::CaseState;
use crate::value::Fields;

/// Somebody to be a party of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct NewParty {
    /// In which role.
    pub role: PartyRoleId,
    /// Which of the organisation's own people it is; `None` for an outsider.
    pub person: Option<PersonId>,
    /// What is filled in of him.
    pub fields: Fields,
}

/// A party of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Its id: its personal data have a key of their own.
    pub id: PartyId,
    /// Its role.
    pub role: PartyRoleId,
    /// Which of the organisation's own people it is; `None` for an outsider.
    pub person: Option<PersonId>,
    /// What is filled in of it.
    pub fields: Fields,
    /// The event that added it.
    pub seq: u32,
}

/// The id of the nth party that a request with this key adds to a case: the same when the request comes again.
pub fn party_of(case: CaseId, key: &str, nth: usize) -> PartyId {
    let name = format!("party/{nth}/{key}");
    PartyId::new(Uuid::new_v5(&case.uuid(), name.as_bytes()))
}

impl CaseState {
    /// The parties in a role, in the order in which they were added.
    pub fn parties_in(&self, role: &PartyRoleId) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(move |party| party.role == *role)
    }
}
