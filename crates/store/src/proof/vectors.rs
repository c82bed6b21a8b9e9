//! The implementation against the test vectors of docs/log-format.md.

use std::collections::HashMap;

use hmac::Mac;
use huiyin_case::id::{CaseId, PartyId};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::checkpoint::{Checkpoint, Signer};
use super::tree::Edge;
use crate::actor;
use crate::chain::{AuditRow, Hash, LogRow, NOTHING, audit_leaf, head, leaf, link};
use crate::crypto::{DataKey, KeyOwner, KeyRing, MasterKey, Subkeys, open, seal_with};
use crate::files::{FileNames, PIECE_BYTES, address_of, commitment};
use crate::prepare::event_place;

const VECTORS: &str = include_str!("../../../../docs/log-format-vectors.json");

fn vectors() -> Json {
    serde_json::from_str(VECTORS).unwrap()
}

fn list<'a>(vectors: &'a Json, name: &str) -> &'a [Json] {
    vectors[name].as_array().unwrap()
}

fn text<'a>(json: &'a Json, name: &str) -> &'a str {
    json[name].as_str().unwrap()
}

fn number(json: &Json, name: &str) -> i64 {
    json[name].as_i64().unwrap()
}

/// Bytes written in hexadecimal; `None` where there is nothing.
fn bytes(json: &Json, name: &str) -> Option<Vec<u8>> {
    let digits = json[name].as_str()?;
    let pairs = (0..digits.len()).step_by(2);
    Some(
        pairs
            .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
            .collect(),
    )
}

fn hash(json: &Json, name: &str) -> Hash {
    bytes(json, name).unwrap().try_into().unwrap()
}

fn subkeys(vectors: &Json) -> Subkeys {
    Subkeys::derive(&MasterKey::new(hash(vectors, "master_key")))
}

fn owner(name: &str) -> KeyOwner {
    let (kind, id) = name.split_once(':').unwrap();
    match kind {
        "case" => KeyOwner::Case(id.parse().unwrap()),
        "party" => KeyOwner::Party(id.parse().unwrap()),
        other => panic!("{other} owns no keys"),
    }
}

fn data_keys(vectors: &Json) -> HashMap<KeyOwner, DataKey> {
    let ring = KeyRing::new(&subkeys(vectors));
    let unwrapped = list(vectors, "keys").iter().map(|json| {
        let owner = owner(text(json, "owner"));
        let key = ring
            .unwrap(owner, &bytes(json, "wrapped").unwrap())
            .unwrap();
        assert_eq!(*key, hash(json, "key"), "{owner}");
        (owner, key)
    });
    unwrapped.collect()
}

#[test]
fn events_are_chained_as_the_vectors_say() {
    let vectors = vectors();
    let mut chains: HashMap<CaseId, Hash> = HashMap::new();
    let mut sealed_parts = 0;
    for (position, json) in (1..).zip(list(&vectors, "events")) {
        let case: CaseId = text(json, "case").parse().unwrap();
        let sealed = bytes(json, "sealed");
        let sealed_party = bytes(json, "sealed_party");
        sealed_parts += sealed.iter().chain(&sealed_party).count();
        let commitment = leaf(&LogRow {
            case,
            seq: u32::try_from(number(json, "seq")).unwrap(),
            kind: text(json, "type"),
            actor: actor::told(json["actor"].as_str()).unwrap(),
            occurred_at_us: number(json, "occurred_at_us"),
            recorded_at_us: number(json, "recorded_at_us"),
            party: json["party"].as_str().map(|id| id.parse().unwrap()),
            body: text(json, "body"),
            sealed: sealed.as_deref(),
            sealed_party: sealed_party.as_deref(),
        });
        assert_eq!(commitment, hash(json, "leaf"), "position {position}");
        let chain = chains.entry(case).or_insert(NOTHING);
        *chain = link(chain, &commitment, position);
        assert_eq!(*chain, hash(json, "chain"), "position {position}");
        assert_eq!(number(json, "position"), position);
    }
    assert!(sealed_parts >= 3);
    for json in list(&vectors, "heads") {
        if let Ok(case) = text(json, "stream").parse::<CaseId>() {
            assert_eq!(chains[&case], hash(json, "chain"), "{case}");
        }
    }
}

#[test]
fn audit_entries_are_chained_as_the_vectors_say() {
    let vectors = vectors();
    let mut chain = NOTHING;
    for (position, json) in (1..).zip(list(&vectors, "audits")) {
        let commitment = audit_leaf(&AuditRow {
            position,
            at_us: number(json, "at_us"),
            account: json["account"].as_str(),
            action: text(json, "action"),
            case: json["case"].as_str(),
            verdict: text(json, "verdict"),
            detail: text(json, "detail"),
        });
        assert_eq!(commitment, hash(json, "leaf"), "position {position}");
        chain = link(&chain, &commitment, position);
        assert_eq!(chain, hash(json, "chain"), "position {position}");
    }
    let last = list(&vectors, "heads").last().unwrap();
    assert_eq!(
        (text(last, "stream"), hash(last, "chain")),
        ("audit", chain)
    );
}

#[test]
fn the_tree_grows_and_is_signed_as_the_vectors_say() {
    let vectors = vectors();
    let mut edge = Edge::default();
    for json in list(&vectors, "heads") {
        let data = head(
            text(json, "stream"),
            number(json, "seq"),
            &hash(json, "chain"),
        );
        assert_eq!(Some(&data), bytes(json, "data").as_ref());
        edge.add(&data, |_| {});
        assert_eq!(edge.root(), hash(json, "root"), "{} leaves", edge.size());
    }
    let expected = &vectors["checkpoint"];
    let signer = Signer::new(&subkeys(&vectors));
    let checkpoint = Checkpoint {
        origin: signer.origin().to_owned(),
        size: edge.size(),
        root: edge.root(),
        position: number(expected, "position"),
        audit_position: number(expected, "audit_position"),
    };
    assert_eq!(signer.sign(&checkpoint), text(expected, "note"));
    assert_eq!(signer.open(text(expected, "note")), Ok(checkpoint));
    assert_eq!(signer.verifier_key(), text(expected, "verifier_key"));
}

#[test]
fn sealed_parts_open_as_the_vectors_say() {
    let vectors = vectors();
    let keys = data_keys(&vectors);
    for json in list(&vectors, "events") {
        let case = text(json, "case");
        let seq = u32::try_from(number(json, "seq")).unwrap();
        let party = json["party"].as_str().map(|id| id.parse::<PartyId>());
        let owners = [
            ("sealed", Some(KeyOwner::Case(case.parse().unwrap()))),
            ("sealed_party", party.map(|id| KeyOwner::Party(id.unwrap()))),
        ];
        for (column, owner) in owners {
            let Some(sealed) = bytes(json, column) else {
                continue;
            };
            let owner = owner.unwrap();
            let name = owner.to_string();
            let opened = open(
                &keys[&owner],
                event_place(column, case, seq, &name),
                &sealed,
            );
            let expected = text(json, &format!("{column}_text"));
            assert_eq!(opened, Ok(expected.as_bytes().to_vec()), "{case} {seq}");
        }
    }
}

#[test]
fn files_are_named_sealed_and_committed_to_as_the_vectors_say() {
    let vectors = vectors();
    let keys = data_keys(&vectors);
    for json in list(&vectors, "files") {
        let (file, case): (_, CaseId) = (text(json, "file"), text(json, "case").parse().unwrap());
        let names = FileNames::new(case, file);
        let case_key = &keys[&KeyOwner::Case(case)];
        let sealed_key = bytes(json, "sealed_key").unwrap();
        let key = hash(json, "key");
        assert_eq!(open(case_key, names.key(), &sealed_key), Ok(key.to_vec()));
        let whole = match json["text"].as_str() {
            Some(text) => text.as_bytes().to_vec(),
            None => {
                let length = usize::try_from(number(json, "bytes")).unwrap();
                vec![u8::try_from(number(json, "byte")).unwrap(); length]
            }
        };
        let mut address = address_of(case_key);
        address.update(&whole);
        let address: Hash = address.finalize().into_bytes().into();
        assert_eq!(address, hash(json, "address"));
        let pieces = list(json, "pieces");
        let mut committed = commitment();
        for (at, (piece, part)) in pieces.iter().zip(whole.chunks(PIECE_BYTES)).enumerate() {
            let is_last = at + 1 == pieces.len();
            let place = names.piece(u32::try_from(at).unwrap(), is_last);
            let sealed = match bytes(piece, "sealed") {
                Some(sealed) => sealed,
                None => {
                    let nonce = bytes(piece, "nonce").unwrap().try_into().unwrap();
                    let sealed = seal_with(&key, nonce, place, part);
                    let digest: Hash = Sha256::digest(&sealed).into();
                    assert_eq!(digest, hash(piece, "sealed_sha256"));
                    sealed
                }
            };
            assert_eq!(open(&key, place, &sealed), Ok(part.to_vec()));
            committed.update(&sealed);
        }
        assert_eq!(pieces.len(), whole.len().div_ceil(PIECE_BYTES));
        let committed: Hash = committed.finalize().into();
        assert_eq!(committed, hash(json, "hash"));
    }
}
