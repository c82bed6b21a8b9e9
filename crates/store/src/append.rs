//! What a command writes, in one piece: its events and everything derived from them.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use huiyin_case::charges::CaseCharge;
use huiyin_case::id::{CaseId, PartyId, PersonId};
use huiyin_case::measure::Increments;
use huiyin_case::numbering::NumberRequest;
use huiyin_case::vouchers::CaseVoucher;
use huiyin_case::{Actor, Event};
use huiyin_policy::model::FieldId;
use jiff::Timestamp;

use crate::files::FileChange;
use crate::row::{CaseRow, ClockRow, OutboxRow, PartyMerge, PartyRow};
use crate::tables::DecidedBy;

/// All that one command writes. It takes effect whole or not at all.
#[derive(Debug, Clone)]
pub struct Append {
    /// The case.
    pub case: CaseId,
    /// Sequence number of the case's last event as the command saw it; 0 for a new case.
    pub expected_seq: u32,
    /// The party whose key seals personal fields.
    pub customer: PartyId,
    /// When it is put on record.
    pub now: Timestamp,
    /// The calendar by which it was decided; if another version of it counts by now, nothing is written.
    pub decided_by: Option<DecidedBy>,
    /// The events, in order, at least one.
    pub events: Vec<NewEvent>,
    /// A number to draw. `NumberAssigned` is appended after `events`, and `row.number` filled in.
    pub number: Option<NumberRequest>,
    /// The work list's row after the events; `seq` is filled in.
    pub row: CaseRow,
    /// All clocks of the case after the events.
    pub clocks: Vec<ClockRow>,
    /// A new party, or one whose display or contact changed.
    pub party: Option<PartyRow>,
    /// What becomes of the case's searchable text.
    pub search: SearchUpdate,
    /// What is to be sent.
    pub outbox: Vec<OutboxRow>,
    /// What changes in statistics.
    pub statistics: Increments,
    /// What becomes of files: an event that tells of one keeps it.
    pub files: Vec<FileChange>,
    /// Everything that the case says after the events about records of customers being the same; `None` if that has not
    /// changed.
    pub merges: Option<Vec<PartyMerge>>,
    /// All vouchers of the case after the events; `None` if they have not changed.
    pub vouchers: Option<Vec<CaseVoucher>>,
    /// Everything that the case charges to people's accounts after the events; `None` if that has not changed.
    pub charges: Option<Vec<CaseCharge>>,
    /// What is to be written of another, known case in the same transaction, without a key or number of its own: both take
    /// effect or neither.
    pub beside: Option<Box<Append>>,
    /// The caller's key against doing it twice.
    pub idempotency: Option<Idempotency>,
}

/// An event that has no sequence number yet.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// Who did it.
    pub actor: Actor,
    /// Whom the actor represented, if anyone.
    pub acting_for: Option<PersonId>,
    /// When it happened, kept to the microsecond.
    pub occurred_at: Timestamp,
    /// Why it was recorded later than it happened.
    pub late_reason: Option<String>,
    /// What happened.
    pub event: Event,
    /// Which of the event's fields are about a person (`DataClass::Personal`).
    pub personal: BTreeSet<FieldId>,
}

impl NewEvent {
    /// The party under whose key its personal fields are sealed: the one it adds, or else the customer.
    pub(crate) fn concerns(&self, customer: PartyId) -> PartyId {
        match self.event {
            Event::PartyAdded { party, .. } => party,
            _ => customer,
        }
    }

    /// The party that it adds, if anything personal is told of it: such a party gets a key of its own.
    pub(crate) fn new_party(&self) -> Option<PartyId> {
        match &self.event {
            Event::PartyAdded { party, fields, .. } => {
                let personal = fields.keys().any(|field| self.personal.contains(field));
                personal.then_some(*party)
            }
            _ => None,
        }
    }
}

/// What becomes of a case's searchable text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchUpdate {
    /// It stays as it is.
    Keep,
    /// This text, unsegmented, replaces it; the store adds the case's number.
    Put(String),
    /// It is taken out.
    Remove,
}

/// A caller's key: the same request sent twice has one effect and gets one answer.
#[derive(Clone)]
pub struct Idempotency {
    /// Who calls.
    pub principal: String,
    /// The caller's key.
    pub key: String,
    /// Hash of the whole request.
    pub request_hash: [u8; 32],
    /// Until when the answer is kept.
    pub expires_at: Timestamp,
    /// Makes the answer to keep, from what was appended. It must hold nothing personal.
    pub reply: Arc<dyn Fn(&Appended) -> Reply + Send + Sync>,
}

impl fmt::Debug for Idempotency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Idempotency")
            .field("principal", &self.principal)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// An answer kept for the case that its request is sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: String,
}

/// What an append did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// The case.
    pub case: CaseId,
    /// Sequence number of its last event now.
    pub seq: u32,
    /// Position of that event in the whole log, from 1.
    pub position: i64,
    /// The number drawn.
    pub number: Option<String>,
}

/// Why nothing was appended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// Someone else appended to the case first; load it again and decide anew.
    #[error("the case has changed since it was read")]
    Conflict,
    /// This very request was carried out before.
    #[error("the request was carried out before")]
    Replayed(Reply),
    /// The caller's key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The policy version of a new case is stopped: nothing is taken in under it.
    #[error("no case is taken in under this version of the policy, which is stopped")]
    PolicyStopped,
    /// A newer version of the calendar counts: read it and decide anew.
    #[error("it was decided by a version of the calendar that counts no more")]
    CalendarChanged,
    /// The case's or the customer's key was erased: nothing more can be put on record about it.
    #[error("the texts of this case or its customer were erased")]
    Erased,
    /// The append itself is wrong.
    #[error("the append breaks a rule of the store: {0}")]
    Invalid(&'static str),
    /// The disk or quota is full; nothing was written, and writing goes on once there is room.
    #[error("there is no room left to write")]
    Full,
    /// The store was opened for reading only.
    #[error("the store was opened for reading only")]
    ReadOnly,
    /// The database can't be reached; nothing was written, and writing goes on once it can.
    #[error("the database can't be reached: {0}")]
    Unreachable(Arc<str>),
    /// The connection was lost while the append was being committed. Whether it took effect is told by its idempotency
    /// key: the same append, sent again, has one effect.
    #[error("the connection was lost, and it is unknown whether the append took effect: {0}")]
    Unknown(Arc<str>),
    /// Writing has stopped after a failure and needs a restart.
    #[error("the store no longer writes: {0}")]
    Stopped(Arc<str>),
    /// The database refused.
    #[error("the database refused the write: {0}")]
    Database(Arc<str>),
}
