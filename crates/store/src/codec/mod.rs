//! Events as they stand in the log: a type with its version, a readable body, and texts to be sealed.
//!
//! The body holds ids, names, instants, choices and amounts. Texts go to `sealed`, which is encrypted under the case's
//! key; personal fields of whatever type go to `sealed_party`, encrypted under the party's key. A stored event is never
//! rewritten: when the form changes, its version goes up and `upcast` reads the old one.

mod decode;
mod encode;
mod settled;
mod upcast;
mod value;

use std::collections::BTreeSet;

use huiyin_case::Event;
use huiyin_case::id::PersonId;
use huiyin_policy::model::FieldId;
use serde_json::{Map, Value as Json};

pub(crate) use upcast::upcast;
pub(crate) use value::{firing_name, hex_hash, named_firing};

/// An event in the form of the log, before sealing.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Type and version, e.g. `case_opened.v1`.
    pub kind: String,
    /// What anyone with access to the database may read.
    pub body: Map<String, Json>,
    /// Texts, to be sealed under the case's key.
    pub sealed: Map<String, Json>,
    /// Personal fields, to be sealed under the party's key.
    pub sealed_party: Map<String, Json>,
}

/// Why a stored event can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undecodable {
    /// No such type and version is known.
    #[error("event type `{0}` is unknown to this version; it was written by a newer one")]
    UnknownType(String),
    /// A part is missing or malformed.
    #[error("event of type `{kind}` lacks a readable `{part}`")]
    Malformed {
        /// Type and version.
        kind: String,
        /// Which part.
        part: String,
    },
}

/// Writes an event in the form of the log. `personal` names those of its fields that are about a person.
pub fn encode(event: &Event, late_reason: Option<&str>, personal: &BTreeSet<FieldId>) -> Stored {
    encode::encode(event, late_reason, personal)
}

/// Where the body of any event says who was represented; absent where somebody acted in his own right.
const ACTING_FOR: &str = "acting_for";

/// Notes in an event's body who was represented by whoever did it.
pub(crate) fn put_acting_for(stored: &mut Stored, acting_for: Option<PersonId>) {
    if let Some(person) = acting_for {
        stored
            .body
            .insert(ACTING_FOR.to_owned(), person.to_string().into());
    }
}

/// Who was represented, as an event's body says.
///
/// # Errors
///
/// When what stands there is no id.
pub(crate) fn acting_for(stored: &Stored) -> Result<Option<PersonId>, Undecodable> {
    let Some(json) = stored.body.get(ACTING_FOR) else {
        return Ok(None);
    };
    let person = json.as_str().and_then(|id| id.parse().ok());
    person.map(Some).ok_or_else(|| Undecodable::Malformed {
        kind: stored.kind.clone(),
        part: ACTING_FOR.to_owned(),
    })
}

/// Reads an event and the reason for its late entry.
///
/// What was erased is absent from `sealed` and `sealed_party`: erased fields are left out, other erased texts are empty.
///
/// # Errors
///
/// When the type is unknown or a part of the body is malformed.
pub fn decode(stored: Stored) -> Result<(Event, Option<String>), Undecodable> {
    decode::decode(&upcast(stored, upcast::UPCASTERS))
}
