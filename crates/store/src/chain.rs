//! Commitments of the log: the leaf of one entry and the chain of a stream (docs/log-format.md).

use huiyin_case::Actor;
use huiyin_case::id::{CaseId, PartyId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A SHA-256 hash.
pub(crate) type Hash = [u8; 32];

/// What stands before the first entry of a chain, and for the hash of a text that is not there.
pub(crate) const NOTHING: Hash = [0; 32];

/// An event as it stands in the log.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LogRow<'a> {
    pub(crate) case: CaseId,
    pub(crate) seq: u32,
    pub(crate) kind: &'a str,
    pub(crate) actor: Actor,
    pub(crate) occurred_at_us: i64,
    pub(crate) recorded_at_us: i64,
    pub(crate) party: Option<PartyId>,
    pub(crate) body: &'a str,
    pub(crate) sealed: Option<&'a [u8]>,
    pub(crate) sealed_party: Option<&'a [u8]>,
}

/// An entry of the audit log.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AuditRow<'a> {
    pub(crate) position: i64,
    pub(crate) at_us: i64,
    pub(crate) account: Option<&'a str>,
    pub(crate) action: &'a str,
    pub(crate) case: Option<&'a str>,
    pub(crate) verdict: &'a str,
    pub(crate) detail: &'a str,
}

/// The commitment to an event. It covers ciphertexts only, so that destroying a key leaves it valid.
pub(crate) fn leaf(row: &LogRow<'_>) -> Hash {
    let mut hash = Sha256::new_with_prefix(b"huiyin/leaf/v1");
    hash.update(row.case.uuid().as_bytes());
    hash.update(row.seq.to_be_bytes());
    text(&mut hash, row.kind);
    actor(&mut hash, row.actor);
    hash.update(row.occurred_at_us.to_be_bytes());
    hash.update(row.recorded_at_us.to_be_bytes());
    id(&mut hash, row.party.map(PartyId::uuid));
    text(&mut hash, row.body);
    hash.update(hash_of(row.sealed));
    hash.update(hash_of(row.sealed_party));
    hash.finalize().into()
}

/// The commitment to an entry of the audit log.
pub(crate) fn audit_leaf(row: &AuditRow<'_>) -> Hash {
    let mut hash = Sha256::new_with_prefix(b"huiyin/audit/v1");
    hash.update(row.position.to_be_bytes());
    hash.update(row.at_us.to_be_bytes());
    for optional in [row.account, row.case] {
        hash.update([u8::from(optional.is_some())]);
        text(&mut hash, optional.unwrap_or_default());
    }
    for part in [row.action, row.verdict, row.detail] {
        text(&mut hash, part);
    }
    hash.finalize().into()
}

/// The next link of a chain; `previous` is [`NOTHING`] for the first. The position in the whole log is part of it, so
/// that the order of events of different cases can't be changed unseen either.
pub(crate) fn link(previous: &Hash, leaf: &Hash, position: i64) -> Hash {
    let hash = Sha256::new_with_prefix(b"huiyin/chain/v1")
        .chain_update(previous)
        .chain_update(leaf);
    hash.chain_update(position.to_be_bytes()).finalize().into()
}

/// What a leaf of the Merkle tree stands for: the head of a stream, which is a case or the audit log.
pub(crate) fn head(stream: &str, seq: i64, chain: &Hash) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(96);
    bytes.extend_from_slice(b"huiyin/head/v1");
    bytes.extend_from_slice(&length(stream).to_be_bytes());
    bytes.extend_from_slice(stream.as_bytes());
    bytes.extend_from_slice(&seq.to_be_bytes());
    bytes.extend_from_slice(chain);
    bytes
}

fn hash_of(sealed: Option<&[u8]>) -> Hash {
    sealed.map_or(NOTHING, |sealed| Sha256::digest(sealed).into())
}

fn text(hash: &mut Sha256, text: &str) {
    hash.update(length(text).to_be_bytes());
    hash.update(text.as_bytes());
}

/// As an id that may be absent; the customer has a first byte of his own.
fn actor(hash: &mut Sha256, actor: Actor) {
    match actor {
        Actor::System => id(hash, None),
        Actor::Person(person) => id(hash, Some(person.uuid())),
        Actor::Customer => {
            hash.update([2]);
            hash.update(Uuid::nil().as_bytes());
        }
    }
}

fn id(hash: &mut Sha256, id: Option<Uuid>) {
    hash.update([u8::from(id.is_some())]);
    hash.update(id.unwrap_or_default().as_bytes());
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).expect("texts in the log are far shorter than 4 GiB")
}

#[cfg(test)]
mod tests {
    use huiyin_case::id::PersonId;

    use super::*;

    #[test]
    fn a_leaf_tells_the_customer_from_the_system_and_from_a_person() {
        let by = |actor| {
            leaf(&LogRow {
                case: CaseId::new(Uuid::from_u128(1)),
                seq: 1,
                kind: "note_added.v1",
                actor,
                occurred_at_us: 0,
                recorded_at_us: 0,
                party: None,
                body: "{}",
                sealed: None,
                sealed_party: None,
            })
        };
        let nobody = Actor::Person(PersonId::new(Uuid::nil()));
        let leaves = [by(Actor::System), by(nobody), by(Actor::Customer)];
        assert!(leaves[0] != leaves[1] && leaves[0] != leaves[2] && leaves[1] != leaves[2]);
    }
}
