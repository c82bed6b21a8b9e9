//! Sealed identities (封存): what nobody sees until somebody entitled opens it.

use huiyin_policy::model::{FactPath, PartId, Policy, SealId};
use jiff::Timestamp;

use crate::actor::Actor;
use crate::attachment::Attached;
use crate::id::{PartyId, PersonId};
use crate::limits::SEAL_STAYS_OPEN;
use crate::state::CaseState;
use crate::value::{Fields, Value};

/// What stands in a text where a sealed value was written.
pub const REDACTED: &str = "▇▇▇";

/// The shortest sealed text that is looked for in other texts, in characters: a shorter one is in half of them by chance.
const LOOKED_FOR_CHARS_MIN: usize = 2;

/// A value under a seal.
#[derive(Debug, Clone, PartialEq)]
pub struct SealedValue<'s> {
    /// Where it is kept.
    pub path: FactPath,
    /// The party that it is about; `None` for the customer.
    pub party: Option<PartyId>,
    /// The value.
    pub value: &'s Value,
}

/// An opening of a seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsealing {
    /// The seal.
    pub seal: SealId,
    /// Who opened it, in whatever right.
    pub actor: Actor,
    /// When it was put on record.
    pub at: Timestamp,
}

impl CaseState {
    /// The files under a seal that were not removed, in the order in which they were added.
    pub fn files_under<'s>(&'s self, seal: &'s SealId) -> impl Iterator<Item = &'s Attached> {
        self.attached()
            .filter(move |one| one.what.seal.as_ref() == Some(seal))
    }

    /// Whether this person has opened the seal so lately that a file under it may be given to him.
    pub fn holds_open(&self, seal: &SealId, person: PersonId, now: Timestamp) -> bool {
        self.unsealings.iter().any(|unsealing| {
            unsealing.seal == *seal
                && unsealing.actor.person() == Some(person)
                && now.duration_since(unsealing.at) <= SEAL_STAYS_OPEN
        })
    }

    /// What is on record under a seal, in the order of the form, the customer before other parties.
    pub fn sealed(&self, policy: &Policy, seal: &SealId) -> Vec<SealedValue<'_>> {
        let paths: Vec<FactPath> = policy.fields_under(seal).map(|(path, _)| path).collect();
        let own = paths.iter().filter_map(|path| {
            Some(SealedValue {
                path: path.clone(),
                party: None,
                value: self.facts.get(path)?,
            })
        });
        let of_parties = self.parties.iter().flat_map(|party| {
            let role = policy.parties.get(&party.role);
            let part = role.and_then(|role| role.part.as_ref());
            let paths = paths.iter().filter(move |path| Some(path.part()) == part);
            paths.filter_map(|path| {
                Some(SealedValue {
                    path: path.clone(),
                    party: Some(party.id),
                    value: party.fields.get(path.field())?,
                })
            })
        });
        own.chain(of_parties).collect()
    }

    /// The texts under seals that must not be read in other texts either, the longest first.
    pub fn sealed_texts(&self, policy: &Policy) -> Vec<&str> {
        if policy.seals.is_empty() {
            return Vec::new();
        }
        let entries = self.entries.iter().map(|entry| {
            let part = self.part_of(policy, &entry.what);
            (part, &entry.fields)
        });
        let parties = self.parties.iter().map(|party| {
            let role = policy.parties.get(&party.role);
            (role.and_then(|role| role.part.as_ref()), &party.fields)
        });
        let mut texts: Vec<&str> = entries
            .chain(parties)
            .flat_map(|(part, fields)| sealed_texts_in(policy, part, fields))
            .map(str::trim)
            .filter(|text| text.chars().count() >= LOOKED_FOR_CHARS_MIN)
            .collect();
        texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        texts.dedup();
        texts
    }
}

fn sealed_texts_in<'p, 'f>(
    policy: &'p Policy,
    part: Option<&'p PartId>,
    fields: &'f Fields,
) -> impl Iterator<Item = &'f str> + use<'p, 'f> {
    let declared = part.and_then(|part| policy.parts.get(part));
    fields.iter().filter_map(move |(id, value)| {
        let field = declared?.fields.get(id)?;
        match value {
            Value::Text(text) if field.sealed.is_some() => Some(text.as_str()),
            _ => None,
        }
    })
}

/// A text in which nothing sealed can be read.
pub fn redacted(text: &str, sealed: &[&str]) -> String {
    let mut text = text.to_owned();
    for one in sealed {
        if text.contains(one) {
            text = text.replace(one, REDACTED);
        }
    }
    text
}

/// Fields as somebody sent them to correct an entry, with what he did not see put back: a sealed value that is not sent stays, and
/// so does a text that comes back as it was shown.
pub(crate) fn restored(
    policy: &Policy,
    part: Option<&PartId>,
    before: &Fields,
    sent: &Fields,
    sealed: &[&str],
) -> Fields {
    let mut fields = sent.clone();
    let Some(part) = part.and_then(|part| policy.parts.get(part)) else {
        return fields;
    };
    for (id, value) in before {
        let is_sealed = part
            .fields
            .get(id)
            .is_some_and(|field| field.sealed.is_some());
        match (value, fields.get(id)) {
            (_, None) if is_sealed => {}
            (Value::Text(old), Some(Value::Text(new)))
                if old != new && *new == redacted(old, sealed) => {}
            _ => continue,
        }
        fields.insert(id.clone(), value.clone());
    }
    fields
}
