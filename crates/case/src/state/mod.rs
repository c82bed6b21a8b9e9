//! The state of a case: what its events add up to.

mod apply;
mod apply_clock;
mod apply_file;
pub mod clock;
pub mod entry;
mod views;

use std::collections::BTreeMap;

use huiyin_policy::case_facts;
use huiyin_policy::model::{
    ChannelId, ClockId, ContactsId, FactPath, Kind, KindId, LevelsId, Policy, PolicyId, RoleId,
    Step, StepId,
};
use jiff::Timestamp;

use crate::actor::Actor;
use crate::attachment::Attached;
use crate::contact::PlannedAttempt;
use crate::duty::{Owed, Sampled};
use crate::event::{Event, Holder, Recorded};
use crate::historical::Imported;
use crate::id::{CaseId, PartyId, PersonId, UnitId};
use crate::level::CaseLevel;
use crate::link::{Link, Tie};
use crate::moment::Happened;
use crate::party::Party;
use crate::receipt::ReceiptHash;
use crate::seal::Unsealing;
use crate::value::Value;

use clock::ClockState;
use entry::{Entry, EntryKind, Passage};

pub use clock::Standing;
pub use views::Timer;

/// A case at one point of its history.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseState {
    /// The last event's sequence number.
    pub seq: u32,
    /// How it was opened.
    pub opening: Opening,
    /// The version of its policy that it keeps: the one it was taken in under, until it is migrated (P1.16).
    pub version: u32,
    /// What is said of it if it is a historical case.
    pub imported: Option<Imported>,
    /// The duty that opened it, with the sample it is about.
    pub duty: Option<Owed>,
    /// The case it was raised out of.
    pub raised_from: Option<CaseId>,
    /// The decider for whom it is, if it objects to what was decided there.
    pub decider_above: Option<RoleId>,
    /// The cases opened out of it, in order.
    pub raised: Vec<RaisedCase>,
    /// What ties it to other cases, in the order of the log.
    pub ties: Vec<Tie>,
    /// Its number (编号), once drawn.
    pub number: Option<String>,
    /// Whether it is being handled, closed or archived.
    pub stage: Stage,
    /// How it ended; `None` while it is handled.
    pub ending: Option<Ending>,
    /// The legal hold it is under.
    pub held: Option<Held>,
    /// Records of customers that were found here to be the same person: which, and which record stands for both.
    pub customer_merges: Vec<(PartyId, PartyId)>,
    /// The step it is in, or was in when it was closed.
    pub step: StepId,
    /// When that step was entered.
    pub step_entered_at: Timestamp,
    /// Who must act; empty once closed.
    pub holder: Holder,
    /// Whether `holder.person` accepted the case in this step.
    pub accepted: bool,
    /// The lead unit (主办单位).
    pub lead_unit: Option<UnitId>,
    /// In whose right the case was dispatched last.
    pub dispatcher: Option<PersonId>,
    /// Who dispatched it last, as a deputy or not.
    pub dispatched_by: Option<PersonId>,
    /// Who holds it instead of whom, since it was handed on.
    pub handed_over: BTreeMap<PersonId, PersonId>,
    /// Where it stands on the scales of its policy, in the order in which they are found.
    pub levels: Vec<(LevelsId, CaseLevel)>,
    /// Its parties beside the customer, in the order in which they were added.
    pub parties: Vec<Party>,
    /// Everything that may be corrected, in order.
    pub entries: Vec<Entry>,
    /// Everything that was attached, in order, with what was removed again.
    pub attachments: Vec<Attached>,
    /// Every opening of a seal, in order.
    pub unsealings: Vec<Unsealing>,
    /// What is known about the matter: the last value of each field, corrections included.
    pub facts: BTreeMap<FactPath, Value>,
    /// What happened, without what corrections took back, in the order of the log.
    pub happened: Vec<Happened>,
    /// The changes of step, without those taken back.
    pub passages: Vec<Passage>,
    /// Its clocks in the order of their first start.
    pub clocks: Vec<(ClockId, ClockState)>,
    /// The next attempt to reach the customer by each of the rules under which people are told of it.
    pub planned: Vec<(ContactsId, PlannedAttempt)>,
    /// How many refusals it has seen.
    pub refusals: u32,
    /// How often it was passed on.
    pub transfers: u32,
    /// How often it was opened again.
    pub reopens: u32,
    /// How its follow-up stands; `None` where there is none to be and none was.
    pub follow_up: Option<FollowUpStanding>,
    /// The event that asked for its follow-up, and whose work list shows it.
    follow_up_asked: Option<(u32, Holder)>,
    /// What is kept of the receipt code by which the customer follows it, once one was issued.
    pub receipt: Option<ReceiptHash>,
    /// The entry or verb whose consequences are being told.
    cause: Cause,
}

/// A case that was opened out of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaisedCase {
    /// The case.
    pub case: CaseId,
    /// Its kind.
    pub kind: KindId,
    /// Whether it has ended.
    pub ended: bool,
}

/// How a case was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Policy.
    pub policy: PolicyId,
    /// Version of the policy that it was taken in under.
    pub policy_version: u32,
    /// Kind.
    pub kind: KindId,
    /// Channel.
    pub channel: ChannelId,
    /// The customer.
    pub customer: PartyId,
    /// Who registered it (受理人). Of what the customer brought in himself it is who accepted it first; until then nobody.
    pub taker: Option<PersonId>,
    /// The first employee who heard of it, on the same terms.
    pub first_contact: Option<PersonId>,
    /// Whether the customer brought it in himself.
    pub by_customer: bool,
    /// When the matter was taken in.
    pub at: Timestamp,
}

/// The stages of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// In a step.
    Open,
    /// Closed (结案).
    Closed,
    /// Archived (归档): nothing changes any more.
    Archived,
}

/// How a follow-up stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FollowUpStanding {
    /// The case waits for it.
    Due,
    /// It is on record.
    Done,
}

impl FollowUpStanding {
    /// The name that conditions and statistics know it by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Due => case_facts::DUE,
            Self::Done => case_facts::DONE,
        }
    }
}

/// How handling ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// The matter was handled to its end.
    Handled,
    /// The customer took it back (撤回).
    Withdrawn,
    /// It goes on in another case (合并).
    Merged,
}

/// A legal hold (法律保全): nothing of the case may be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Since when.
    pub at: Timestamp,
    /// Who decided it.
    pub by: Option<PersonId>,
    /// Why.
    pub reason: String,
}

/// What the events that follow come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cause {
    seq: u32,
    is_correction: bool,
}

/// The versions of a case's policy by number, from 1.
pub type Versions<'a> = &'a dyn Fn(u32) -> Option<&'a Policy>;

/// The version under which a case was taken in, as its first event says.
///
/// # Errors
///
/// When the event does not open a case.
pub const fn first_version(first: &Recorded) -> Result<u32, ReplayError> {
    match &first.event {
        Event::CaseOpened { policy_version, .. } => Ok(*policy_version),
        _ => Err(ReplayError::NotOpened),
    }
}

/// Why a history is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// There are no events.
    #[error("the case has no events")]
    Empty,
    /// The first event is not the opening.
    #[error("event 1 does not open the case")]
    NotOpened,
    /// An event is missing or stands twice.
    #[error("event {expected} is missing: found {found}")]
    Gap {
        /// The number that should follow.
        expected: u32,
        /// The number found.
        found: u32,
    },
    /// The version of the policy that the case keeps from some moment on is not there.
    #[error("version {0} of the policy is missing")]
    VersionMissing(u32),
    /// The policy given has no such kind: it is not the one the case was taken in under.
    #[error("the policy has no kind `{0}`")]
    UnknownKind(KindId),
}

impl CaseState {
    /// Adds up the history of a case that kept one version all the time.
    ///
    /// # Errors
    ///
    /// When the events are no history of a case under `policy`.
    pub fn replay<'e>(
        policy: &Policy,
        events: impl IntoIterator<Item = &'e Recorded>,
    ) -> Result<Self, ReplayError> {
        Self::replay_under(&|_| Some(policy), events)
    }

    /// Adds up a history: each event by the version that the case kept then.
    ///
    /// # Errors
    ///
    /// When the events are no history of a case under these versions.
    pub fn replay_under<'e>(
        versions: Versions<'_>,
        events: impl IntoIterator<Item = &'e Recorded>,
    ) -> Result<Self, ReplayError> {
        let version = |version| versions(version).ok_or(ReplayError::VersionMissing(version));
        let mut events = events.into_iter();
        let first = events.next().ok_or(ReplayError::Empty)?;
        let mut policy = version(first_version(first)?)?;
        let mut state = Self::opened(policy, first)?;
        for event in events {
            if let Event::CaseMigrated { to, .. } = event.event {
                policy = version(to)?;
            }
            let expected = state.seq + 1;
            if event.seq != expected {
                return Err(ReplayError::Gap {
                    expected,
                    found: event.seq,
                });
            }
            state.apply(event, policy);
        }
        Ok(state)
    }

    /// The state after the first event.
    ///
    /// # Errors
    ///
    /// When the event does not open a case of a kind of `policy`.
    pub fn opened(policy: &Policy, first: &Recorded) -> Result<Self, ReplayError> {
        let Event::CaseOpened {
            policy: policy_id,
            policy_version,
            kind,
            channel,
            customer,
            taker,
            first_contact,
            ..
        } = &first.event
        else {
            return Err(ReplayError::NotOpened);
        };
        if first.seq != 1 {
            return Err(ReplayError::Gap {
                expected: 1,
                found: first.seq,
            });
        }
        let steps = policy.kinds.get(kind).map(|kind| &kind.steps);
        let (step, _) = steps
            .and_then(|steps| steps.first())
            .ok_or_else(|| ReplayError::UnknownKind(kind.clone()))?;
        let mut state = Self {
            seq: 0,
            opening: Opening {
                policy: policy_id.clone(),
                policy_version: *policy_version,
                kind: kind.clone(),
                channel: channel.clone(),
                customer: *customer,
                taker: *taker,
                first_contact: *first_contact,
                by_customer: first.actor == Actor::Customer,
                at: first.occurred_at,
            },
            version: *policy_version,
            imported: None,
            duty: None,
            raised_from: None,
            decider_above: None,
            raised: Vec::new(),
            ties: Vec::new(),
            number: None,
            stage: Stage::Open,
            ending: None,
            held: None,
            customer_merges: Vec::new(),
            step: step.clone(),
            step_entered_at: first.occurred_at,
            holder: Holder::default(),
            accepted: false,
            lead_unit: None,
            dispatcher: None,
            dispatched_by: None,
            handed_over: BTreeMap::new(),
            levels: Vec::new(),
            parties: Vec::new(),
            entries: Vec::new(),
            attachments: Vec::new(),
            unsealings: Vec::new(),
            facts: BTreeMap::new(),
            happened: Vec::new(),
            passages: Vec::new(),
            clocks: Vec::new(),
            planned: Vec::new(),
            refusals: 0,
            transfers: 0,
            reopens: 0,
            follow_up: None,
            follow_up_asked: None,
            receipt: None,
            cause: Cause {
                seq: 1,
                is_correction: false,
            },
        };
        state.apply(first, policy);
        Ok(state)
    }

    /// The clock, once it was started.
    pub fn clock(&self, id: &ClockId) -> Option<&ClockState> {
        self.clocks
            .iter()
            .find(|(one, _)| one == id)
            .map(|(_, clock)| clock)
    }

    /// Who is meant where a person is named: the last successor, if the case was handed on.
    pub fn successor_of(&self, named: PersonId) -> PersonId {
        let mut at = named;
        for _ in 0..self.handed_over.len() {
            match self.handed_over.get(&at) {
                Some(&next) if next != named => at = next,
                _ => break,
            }
        }
        at
    }

    /// Whether a historical case comes without a fact that the policy asks for.
    pub fn lacks(&self, path: &FactPath) -> bool {
        self.imported
            .as_ref()
            .is_some_and(|imported| imported.missing.contains(path))
    }

    /// The cases it is about, as drawn when it was opened.
    pub fn sample(&self) -> &[Sampled] {
        self.duty
            .as_ref()
            .map(|duty| duty.sample.as_slice())
            .unwrap_or_default()
    }

    /// Whether it is tied so to any other case.
    pub fn is_tied(&self, link: Link) -> bool {
        self.ties.iter().any(|tie| tie.link == link)
    }

    /// How many other cases it is tied to so.
    pub fn tied(&self, link: Link) -> usize {
        self.ties.iter().filter(|tie| tie.link == link).count()
    }

    /// Whether it ended without being handled: then it counts neither as handled in time nor as late.
    pub fn ended_unhandled(&self) -> bool {
        matches!(self.ending, Some(Ending::Withdrawn | Ending::Merged))
    }

    /// The entry an event made.
    pub fn entry(&self, seq: u32) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.seq == seq)
    }

    /// Its kind in the policy it was taken in under.
    pub fn kind<'p>(&self, policy: &'p Policy) -> Option<&'p Kind> {
        policy.kinds.get(&self.opening.kind)
    }

    /// The step it is in; `None` once closed.
    pub fn current_step<'p>(&self, policy: &'p Policy) -> Option<&'p Step> {
        self.last_step(policy).filter(|_| self.stage == Stage::Open)
    }

    /// The step it is in, or was in when it was closed.
    pub fn last_step<'p>(&self, policy: &'p Policy) -> Option<&'p Step> {
        self.kind(policy)?.steps.get(&self.step)
    }

    /// The part whose fields an entry fills in.
    pub fn part_of<'p>(
        &self,
        policy: &'p Policy,
        what: &EntryKind,
    ) -> Option<&'p huiyin_policy::model::PartId> {
        match what {
            EntryKind::Opening => Some(&self.kind(policy)?.open.part),
            EntryKind::Act { act, .. } => policy.acts.get(act)?.part.as_ref(),
            EntryKind::Note(_) => None,
        }
    }
}
