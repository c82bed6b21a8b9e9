//! Commands: what people, and the clock, ask the engine to do.

use std::num::NonZeroU32;

use huiyin_policy::model::{
    ActId, ChannelId, ChoiceId, ClockId, KindId, LevelsId, LinkKind, PauseReasonId, RoleId, SealId,
};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::actor::Actor;
use crate::attachment::Attachment;
use crate::decide::migrate::Migration;
use crate::duty::Owed;
use crate::historical::HistoricalCase;
use crate::id::{CaseId, PartyId, PersonId, UnitId};
use crate::link::{Link, OtherCase};
use crate::party::NewParty;
use crate::receipt::ReceiptHash;
use crate::value::Fields;

/// Something someone wants to do.
#[derive(Debug, Clone)]
pub struct Command {
    /// Who asks.
    pub actor: Actor,
    /// In whose right, if not the actor's own: one for whom the actor is deputy now.
    pub acting_for: Option<PersonId>,
    /// When it happened, if earlier than now. Needs a reason, and stays visible.
    pub occurred: Option<Occurred>,
    /// What is asked.
    pub act: Act,
}

/// A time of occurrence earlier than the time of recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurred {
    /// When it happened.
    pub at: Timestamp,
    /// Why it is entered only now.
    pub reason: String,
}

/// The acts the engine knows.
#[derive(Debug, Clone)]
pub enum Act {
    /// Registers a new case (登记).
    Register {
        /// The new case's id, made outside.
        case: CaseId,
        /// The customer's id, new or known.
        customer: PartyId,
        /// Kind.
        kind: KindId,
        /// Channel.
        channel: ChannelId,
        /// The fields of the kind's opening part.
        fields: Fields,
        /// The employee who heard of it first, if not the actor (P1.6).
        first_contact: Option<PersonId>,
        /// The earlier case that this one repeats (二次投诉), if that is known already.
        repeats: Option<Box<OtherCase>>,
        /// The parties named with it, each with an id of its own.
        parties: Vec<(PartyId, NewParty)>,
    },
    /// The customer himself brings a case in, over the portal.
    Submit {
        /// The new case's id, made outside.
        case: CaseId,
        /// The customer's id, new or known.
        customer: PartyId,
        /// Kind.
        kind: KindId,
        /// The fields of the kind's opening part that the portal asks for.
        fields: Fields,
        /// Whether he agrees to what the policy says about his personal data.
        consents: bool,
        /// What is kept of his receipt code.
        receipt: ReceiptHash,
    },
    /// Issues a new receipt code; the one before opens nothing any more.
    IssueReceipt {
        /// What is kept of it.
        receipt: ReceiptHash,
    },
    /// Brings in a case that was handled elsewhere and is finished: measured, not run.
    Import {
        /// The new case's id, made outside.
        case: CaseId,
        /// The customer's id, new or known.
        customer: PartyId,
        /// What is known of it.
        past: Box<HistoricalCase>,
    },
    /// Opens a case that nobody registers: a duty falls due, or it was raised out of another case.
    Open {
        /// The new case's id, made outside.
        case: CaseId,
        /// The id of the party that stands where a customer would.
        customer: PartyId,
        /// What opens it.
        by: OpenedBy,
    },
    /// Puts on record that a case was opened out of this one.
    Raise {
        /// The new case.
        case: CaseId,
        /// Its kind.
        kind: KindId,
    },
    /// Puts on record that a case opened out of this one ended or is open again; that case has decided it.
    NoteRaised {
        /// The other case.
        case: CaseId,
        /// Whether it has ended.
        ended: bool,
    },
    /// Puts an act of the policy on record: investigate, tell progress, reply, confirm, …
    Record {
        /// Which.
        act: ActId,
        /// The fields of its part.
        fields: Fields,
    },
    /// Adds a party (当事人).
    AddParty {
        /// The party's id, made outside.
        party: PartyId,
        /// Who it is.
        new: NewParty,
    },
    /// Takes a party off the case. What is on record of it stays there.
    RemoveParty {
        /// The party.
        party: PartyId,
        /// Why.
        reason: String,
    },
    /// Opens a seal: whoever asks is answered with what is under it, this once (启封).
    OpenSeal {
        /// Which.
        seal: SealId,
        /// Why.
        reason: String,
    },
    /// Sets a level by hand, where the policy allows it.
    SetLevel {
        /// The scale.
        levels: LevelsId,
        /// The level; `None`: the table's counts again.
        level: Option<ChoiceId>,
        /// Why.
        reason: String,
    },
    /// Adds an internal note.
    Note {
        /// The note.
        text: String,
    },
    /// Gives the case to the responsible unit (派单).
    Dispatch {
        /// The unit.
        to: UnitId,
        /// Why, where the policy asks.
        reason: Option<String>,
    },
    /// Passes on a case one's unit holds (转办).
    Transfer {
        /// The unit.
        to: UnitId,
        /// Why, where the policy asks.
        reason: Option<String>,
    },
    /// Accepts the case for oneself.
    Accept,
    /// Refuses it for one's unit (退单). The clock runs on.
    Refuse {
        /// Why.
        reason: String,
    },
    /// Hands the case on from somebody who leaves (离职移交). That the asker may, is settled outside: it is a right of
    /// accounts, not one of a policy.
    HandOver {
        /// Who held it.
        from: PersonId,
        /// Who is to hold it; `None`: whoever takes it from the list.
        to: Option<PersonId>,
        /// Why.
        reason: String,
    },
    /// Has the case go on under a newer version of its policy. That the asker may, is settled outside: it is a right of
    /// accounts, not one of a policy, of which there are two here.
    Migrate {
        /// What it comes to, as worked out from the case as it is.
        plan: Box<Migration>,
        /// Why.
        reason: String,
    },
    /// Pauses a clock for a reason the policy allows.
    Pause {
        /// Which clock.
        clock: ClockId,
        /// The reason.
        reason: PauseReasonId,
        /// What exactly is waited for.
        note: String,
    },
    /// Ends a pause.
    Resume {
        /// Which clock.
        clock: ClockId,
    },
    /// Gives a running clock more time (延期).
    Extend {
        /// Which clock.
        clock: ClockId,
        /// By how many of the units its limit is counted in.
        more: NonZeroU32,
        /// Why.
        reason: String,
    },
    /// Closes the case (结案).
    Close {
        /// Why, where the policy asks.
        reason: Option<String>,
    },
    /// Opens a closed case again.
    Reopen {
        /// Why.
        reason: String,
    },
    /// Archives it (归档).
    Archive,
    /// Accepts that the customer takes it back (撤回).
    Withdraw {
        /// Who said so.
        told_by: String,
        /// Why.
        reason: String,
    },
    /// Ties the case to another.
    Link {
        /// The other case, as it is now.
        other: Box<OtherCase>,
        /// How: this one repeats, is part of, or goes on in the other.
        kind: LinkKind,
    },
    /// Takes such a link back.
    TakeBackLink {
        /// The other case.
        case: CaseId,
        /// The link.
        kind: LinkKind,
        /// Why.
        reason: String,
    },
    /// Puts on record that another case was tied to this one; that case has decided it.
    NoteLink {
        /// The other case.
        case: CaseId,
        /// How they belong together, seen from this one.
        link: Link,
    },
    /// Puts on record that the other case has taken it back.
    NoteLinkTakenBack {
        /// The other case.
        case: CaseId,
        /// The link, seen from this one.
        link: Link,
        /// Why.
        reason: String,
    },
    /// Puts the case on legal hold: nothing of it may be erased.
    Hold {
        /// Why.
        reason: String,
    },
    /// Lifts the hold.
    LiftHold {
        /// Why.
        reason: String,
    },
    /// Puts on record that two records of customers are the same person.
    MergeCustomers {
        /// The record that stands for itself no longer.
        party: PartyId,
        /// The record that stands for both.
        into: PartyId,
        /// Why.
        reason: String,
    },
    /// Takes that back; only in the case where it was put on record.
    PartCustomers {
        /// The record that stands for itself again.
        party: PartyId,
        /// Why.
        reason: String,
    },
    /// Corrects a wrong entry: voids it, or replaces its fields. The entry itself stays in the log.
    Correct {
        /// Sequence number of the entry's event.
        entry: u32,
        /// The right fields; `None` voids the entry.
        fields: Option<Fields>,
        /// Why.
        reason: String,
    },
    /// Attaches a file. Its bytes are kept already; they count from this moment.
    Attach(Box<Attachment>),
    /// Takes an attachment away, with its bytes.
    Detach {
        /// The event that added it.
        entry: u32,
        /// Why.
        reason: String,
    },
    /// A timer fired: a warning or the due moment of one generation of a clock. Only the system asks this.
    Fire {
        /// Which clock.
        clock: ClockId,
        /// Which of its runs.
        generation: u32,
        /// What fires.
        firing: Firing,
    },
    /// The calendar changed: due times of running clocks are computed again, on record (T9). Only the system asks this.
    Recompute,
}

/// What opens a case that nobody registers.
#[derive(Debug, Clone)]
pub enum OpenedBy {
    /// A duty fell due; only the system says so.
    Duty(Box<Owed>),
    /// Somebody who may, out of another case.
    Raised {
        /// The other case.
        from: CaseId,
        /// For whom it is if it objects to a decision there, see [`decider_above`](crate::objection::decider_above).
        above: Option<RoleId>,
        /// The kind of the new one.
        kind: KindId,
        /// The fields of its opening part.
        fields: Fields,
    },
}

/// What a timer announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Firing {
    /// The n-th warning of the clock's list, from 0.
    Warning(u8),
    /// The clock is due.
    Due,
    /// An attempt to reach the customer is to be made.
    Attempt {
        /// By which rules: their place among those of the policy, from 0.
        contacts: u8,
        /// The working day that needs it.
        on: Date,
    },
}

impl Act {
    /// Whether it is about the file and its customer, not about the matter: possible in an archived case too.
    pub const fn is_about_the_file(&self) -> bool {
        matches!(
            self,
            Self::TakeBackLink { .. }
                | Self::NoteRaised { .. }
                | Self::NoteLink { .. }
                | Self::NoteLinkTakenBack { .. }
                | Self::Hold { .. }
                | Self::LiftHold { .. }
                | Self::MergeCustomers { .. }
                | Self::PartCustomers { .. }
                | Self::OpenSeal { .. }
        )
    }

    /// What is to be put on record of the other case when this is done to case `own`, in the same transaction.
    pub fn counterpart(&self, own: CaseId) -> Option<(CaseId, Self)> {
        let note = |other, kind| {
            let link = Link::decided(kind).inverse();
            (other, Self::NoteLink { case: own, link })
        };
        match self {
            Self::Register {
                repeats: Some(earlier),
                ..
            } => Some(note(earlier.case, LinkKind::Recomplaint)),
            Self::Link { other, kind } => Some(note(other.case, *kind)),
            Self::TakeBackLink { case, kind, reason } => {
                let link = Link::decided(*kind).inverse();
                let reason = reason.clone();
                let act = Self::NoteLinkTakenBack {
                    case: own,
                    link,
                    reason,
                };
                Some((*case, act))
            }
            _ => None,
        }
    }
}
