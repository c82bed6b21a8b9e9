//! Stable ids: the same name always gives the same id.

use huiyin_case::id::{CaseId, PartyId, PersonId, UnitId};
use uuid::Uuid;

/// FNV-1a over the kind and the name: enough to tell the names of a test apart.
fn uuid(kind: &str, name: &str) -> Uuid {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let bytes = kind.bytes().chain([0]).chain(name.bytes());
    Uuid::from_u128(bytes.fold(OFFSET, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(PRIME)
    }))
}

/// The person with this name.
pub fn person_id(name: &str) -> PersonId {
    PersonId::new(uuid("person", name))
}

/// The unit with this name.
pub fn unit_id(name: &str) -> UnitId {
    UnitId::new(uuid("unit", name))
}

/// The customer with this name.
pub fn party_id(name: &str) -> PartyId {
    PartyId::new(uuid("party", name))
}

/// The case with this name.
pub fn case_id(name: &str) -> CaseId {
    CaseId::new(uuid("case", name))
}
