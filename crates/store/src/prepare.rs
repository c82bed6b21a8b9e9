//! Everything about an append that needs no lock: encoding, sealing, hashing, segmenting.

use std::collections::HashMap;
use std::sync::Arc;

use huiyin_case::id::{CaseId, PartyId};
use huiyin_case::measure::Increments;
use huiyin_case::numbering::NumberRequest;
use huiyin_case::{Actor, Event};
use serde_json::{Map, Value as Json};

use crate::actor;
use crate::append::{Append, AppendError, Idempotency, NewEvent, SearchUpdate};
use crate::chain::{Hash, LogRow, leaf};
use crate::charges::{PreparedCharge, prepare_charges};
use crate::codec::{encode, put_acting_for};
use crate::crypto::{DataKey, KeyOwner, Place, Subkeys, seal};
use crate::files::FileChange;
use crate::row::{CaseRow, ClockRow, OutboxRow, PartyMerge};
use crate::segment::Segmenter;
use crate::tables::DecidedBy;
use crate::vouchers::{PreparedVoucher, prepare_vouchers};

/// An append, ready to be written.
pub(crate) struct Prepared {
    pub(crate) case: CaseId,
    pub(crate) case_text: Arc<str>,
    pub(crate) expected_seq: u32,
    pub(crate) now_us: i64,
    pub(crate) events: Vec<PreparedEvent>,
    pub(crate) number: Option<NumberRequest>,
    pub(crate) decided_by: Option<DecidedBy>,
    pub(crate) row: CaseRow,
    pub(crate) clocks: Vec<ClockRow>,
    pub(crate) party: Option<PreparedParty>,
    pub(crate) new_keys: Vec<NewKey>,
    pub(crate) search: PreparedSearch,
    pub(crate) outbox: Vec<OutboxRow>,
    pub(crate) statistics: Increments,
    pub(crate) files: Vec<FileChange>,
    pub(crate) merges: Option<Vec<PartyMerge>>,
    pub(crate) vouchers: Option<Vec<PreparedVoucher>>,
    pub(crate) charges: Option<Vec<PreparedCharge>>,
    pub(crate) beside: Option<Box<Prepared>>,
    pub(crate) idempotency: Option<Idempotency>,
}

impl Prepared {
    /// The append, and what is to be written with it.
    pub(crate) fn together(&self) -> impl Iterator<Item = &Prepared> {
        std::iter::once(self).chain(self.beside.as_deref())
    }
}

/// An event in its final form, but for its place in the chain.
pub(crate) struct PreparedEvent {
    pub(crate) kind: Arc<str>,
    pub(crate) actor: Option<Arc<str>>,
    pub(crate) occurred_at_us: i64,
    pub(crate) body: Arc<str>,
    pub(crate) party: Option<Arc<str>>,
    pub(crate) sealed: Option<Vec<u8>>,
    pub(crate) sealed_party: Option<Vec<u8>>,
    pub(crate) leaf: Hash,
}

/// A party's row, its contact already hashed.
pub(crate) struct PreparedParty {
    pub(crate) party: PartyId,
    pub(crate) display: String,
    pub(crate) contact_index: Option<Hash>,
    pub(crate) name_index: Option<Hash>,
}

/// A data key made for this append.
pub(crate) struct NewKey {
    pub(crate) owner: KeyOwner,
    pub(crate) key: DataKey,
    pub(crate) wrapped: Vec<u8>,
}

/// What becomes of the search index, with tokens.
pub(crate) enum PreparedSearch {
    Keep,
    Put {
        tokens: String,
        segmenter: Segmenter,
    },
    Remove,
}

/// The keys an append seals with.
pub(crate) struct Keys {
    pub(crate) case: DataKey,
    /// Those of the parties of whom something personal is to be sealed.
    pub(crate) parties: HashMap<PartyId, DataKey>,
    pub(crate) new: Vec<NewKey>,
}

/// Refuses what can't be appended in any state of the store.
pub(crate) fn check(append: &Append) -> Result<(), AppendError> {
    if append.events.is_empty() {
        return Err(AppendError::Invalid("there are no events"));
    }
    if append.row.case != append.case {
        return Err(AppendError::Invalid("the row is that of another case"));
    }
    if (append.expected_seq == 0) != matches!(append.events[0].event, Event::CaseOpened { .. }) {
        return Err(AppendError::Invalid(
            "a case begins with its opening, and only begins once",
        ));
    }
    if let Some(beside) = &append.beside {
        let simple = beside.beside.is_none()
            && beside.number.is_none()
            && beside.idempotency.is_none()
            && beside.expected_seq > 0
            && beside.case != append.case;
        if !simple {
            return Err(AppendError::Invalid(
                "what is written beside is of another, known case, and no more than its events",
            ));
        }
        check(beside)?;
    }
    Ok(())
}

/// Whether anything is to be sealed under the customer's key.
pub(crate) fn holds_personal(append: &Append) -> bool {
    append.events.iter().any(|event| {
        let of_customer = event.concerns(append.customer) == append.customer;
        of_customer && !event.personal.is_empty()
    })
}

/// Encodes, seals and hashes.
pub(crate) fn prepare(
    append: Append,
    keys: Keys,
    subkeys: &Subkeys,
    segmenter: &Segmenter,
) -> Prepared {
    let case_text: Arc<str> = append.case.to_string().into();
    let sealer = Sealer {
        case: append.case,
        case_text: &case_text,
        customer: append.customer,
        keys: &keys,
    };
    let now_us = append.now.as_microsecond();
    let events = (append.expected_seq + 1..)
        .zip(&append.events)
        .map(|(seq, event)| sealer.event(seq, event, now_us))
        .collect();
    let search = match append.search {
        SearchUpdate::Keep => PreparedSearch::Keep,
        SearchUpdate::Put(text) => PreparedSearch::Put {
            tokens: segmenter.tokens(&text),
            segmenter: *segmenter,
        },
        SearchUpdate::Remove => PreparedSearch::Remove,
    };
    let party = append.party.map(|row| PreparedParty {
        contact_index: row.contact.map(|contact| subkeys.blind_index(&contact)),
        name_index: row.name.map(|name| subkeys.name_index(&name)),
        party: row.party,
        display: row.display,
    });
    let sealed = |vouchers| prepare_vouchers(append.case, vouchers, &keys.case, subkeys);
    let vouchers = append.vouchers.map(sealed);
    let sealed = |charges| prepare_charges(append.case, charges, &keys.case, subkeys);
    let charges = append.charges.map(sealed);
    Prepared {
        vouchers,
        charges,
        case: append.case,
        case_text,
        expected_seq: append.expected_seq,
        now_us,
        events,
        number: append.number,
        decided_by: append.decided_by,
        row: append.row,
        clocks: append.clocks,
        party,
        new_keys: keys.new,
        search,
        outbox: append.outbox,
        statistics: append.statistics,
        files: append.files,
        merges: append.merges,
        beside: None,
        idempotency: append.idempotency,
    }
}

/// The event by which a case gets its number; it holds no text, so it can be made while the lock is held.
pub(crate) fn number_event(case: CaseId, seq: u32, number: &str, now_us: i64) -> PreparedEvent {
    let stored = encode(
        &Event::NumberAssigned {
            number: number.to_owned(),
        },
        None,
        &std::collections::BTreeSet::new(),
    );
    let body = Json::Object(stored.body).to_string();
    let leaf = leaf(&LogRow {
        case,
        seq,
        kind: &stored.kind,
        actor: Actor::System,
        occurred_at_us: now_us,
        recorded_at_us: now_us,
        party: None,
        body: &body,
        sealed: None,
        sealed_party: None,
    });
    PreparedEvent {
        kind: stored.kind.into(),
        actor: None,
        occurred_at_us: now_us,
        body: body.into(),
        party: None,
        sealed: None,
        sealed_party: None,
        leaf,
    }
}

/// The place of a sealed part of an event.
pub(crate) fn event_place<'a>(column: &'a str, case: &'a str, seq: u32, key: &'a str) -> Place<'a> {
    Place {
        table: "events",
        column,
        row: case,
        seq,
        key,
    }
}

struct Sealer<'a> {
    case: CaseId,
    case_text: &'a str,
    customer: PartyId,
    keys: &'a Keys,
}

impl Sealer<'_> {
    fn event(&self, seq: u32, new: &NewEvent, now_us: i64) -> PreparedEvent {
        let mut stored = encode(&new.event, new.late_reason.as_deref(), &new.personal);
        put_acting_for(&mut stored, new.acting_for);
        let body = Json::Object(stored.body).to_string();
        let sealed = self.seal(
            "sealed",
            seq,
            KeyOwner::Case(self.case),
            Some(&self.keys.case),
            stored.sealed,
        );
        let concerned = new.concerns(self.customer);
        let sealed_party = self.seal(
            "sealed_party",
            seq,
            KeyOwner::Party(concerned),
            self.keys.parties.get(&concerned),
            stored.sealed_party,
        );
        let party = sealed_party.as_ref().map(|_| concerned);
        let occurred_at_us = new.occurred_at.as_microsecond();
        let leaf = leaf(&LogRow {
            case: self.case,
            seq,
            kind: &stored.kind,
            actor: new.actor,
            occurred_at_us,
            recorded_at_us: now_us,
            party,
            body: &body,
            sealed: sealed.as_deref(),
            sealed_party: sealed_party.as_deref(),
        });
        PreparedEvent {
            kind: stored.kind.into(),
            actor: actor::stored(new.actor).map(Into::into),
            occurred_at_us,
            body: body.into(),
            party: party.map(|party| party.to_string().into()),
            sealed,
            sealed_party,
            leaf,
        }
    }

    fn seal(
        &self,
        column: &str,
        seq: u32,
        owner: KeyOwner,
        key: Option<&DataKey>,
        texts: Map<String, Json>,
    ) -> Option<Vec<u8>> {
        if texts.is_empty() {
            return None;
        }
        let key = key.expect("a key was made or found for everything that holds something to seal");
        let text = zeroize::Zeroizing::new(Json::Object(texts).to_string());
        Some(seal(
            key,
            event_place(column, self.case_text, seq, &owner.to_string()),
            text.as_bytes(),
        ))
    }
}
