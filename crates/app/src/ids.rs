//! New ids: UUIDv7, so that they sort by the time they were made; or ids that follow from the key of a request.

use huiyin_case::id::{PartyId, PersonId};
use huiyin_case::party::NewParty;
use uuid::Uuid;

use crate::commands::Key;

/// The name space of the ids that follow from the keys of requests.
const OF_KEYS: Uuid = Uuid::from_u128(0x8c1f_0b52_6a0e_4a43_a1a5_3f6d_5f0c_92b7);

/// The id of what a request under a key makes: the same when the request comes again.
pub(crate) fn of_key(by: PersonId, what: &str, key: &Key) -> Uuid {
    Uuid::new_v5(&OF_KEYS, format!("{by}/{what}/{}", key.as_str()).as_bytes())
}

/// New parties, each with an id of its own.
pub(crate) fn of_parties(parties: Vec<NewParty>) -> Vec<(PartyId, NewParty)> {
    let parties = parties.into_iter();
    parties.map(|party| (PartyId::new(new()), party)).collect()
}

/// A new id.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that makes ids"
)]
pub(crate) fn new() -> Uuid {
    Uuid::now_v7()
}
