//! Events: facts about a case, in the past tense. They are never changed; a correction is an event of its own.

use std::num::NonZeroU32;

use huiyin_calendar::Limit;
use huiyin_policy::model::{
    ActId, ChannelId, ChoiceId, ClauseId, ClockId, ContactsId, FactPath, KindId, LevelsId,
    NoticeId, PartyRoleId, PauseReasonId, PolicyId, RoleId, SealId, StepId,
};
use huiyin_policy::settle::Kept;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::actor::Actor;
use crate::attachment::Attachment;
use crate::command::Firing;
use crate::contact::PlannedAttempt;
use crate::duty::Owed;
use crate::historical::Origin;
use crate::id::{CaseId, PartyId, PersonId, UnitId};
use crate::link::Link;
use crate::receipt::ReceiptHash;
use crate::state::clock::Start;
use crate::value::Fields;

/// An event with what is common to all.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Position in the case's own history, from 1, without gaps.
    pub seq: u32,
    /// Who did it.
    pub actor: Actor,
    /// Whom the actor represented, if it was not done in the actor's own right.
    pub acting_for: Option<PersonId>,
    /// When it happened. Clocks use this time.
    pub occurred_at: Timestamp,
    /// When it was put on record.
    pub recorded_at: Timestamp,
    /// Why it was recorded later than it happened.
    pub late_reason: Option<String>,
    /// What happened.
    pub event: Event,
}

impl Recorded {
    /// In whose right it was done: of who was represented, otherwise of who did it.
    pub fn in_right_of(&self) -> Option<PersonId> {
        self.acting_for.or(self.actor.person())
    }

    /// Everybody who had a part in it: who did it, and who was represented.
    pub fn people(&self) -> impl Iterator<Item = PersonId> {
        self.actor.person().into_iter().chain(self.acting_for)
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A case was registered.
    CaseOpened {
        /// Policy it was taken in under; the case keeps it (P1.16).
        policy: PolicyId,
        /// Version of that policy, from 1.
        policy_version: u32,
        /// Kind.
        kind: KindId,
        /// Channel.
        channel: ChannelId,
        /// The customer.
        customer: PartyId,
        /// Who registered it; `None` if the customer brought it in himself.
        taker: Option<PersonId>,
        /// The first employee who heard of it, on the same terms.
        first_contact: Option<PersonId>,
        /// The fields of the opening part.
        fields: Fields,
    },
    /// The customer agreed to what the policy version says about his personal data (PIPL 14, 17).
    ConsentGiven,
    /// A receipt code was issued; earlier ones open nothing any more.
    ReceiptIssued {
        /// What is kept of it.
        receipt: ReceiptHash,
    },
    /// The case just opened is a historical one: handled elsewhere, and brought in to be measured. Its events tell when
    /// things occurred as the source has it; nothing was sent, and nothing fires.
    CaseImported {
        /// Where it comes from.
        origin: Origin,
        /// The unit that answered for it, lead unit from now on.
        unit: Option<UnitId>,
        /// What the policy asks for and the source doesn't have, in the order of the forms.
        missing: Vec<FactPath>,
        /// Whether the source told when it was closed.
        closing_told: bool,
    },
    /// The case just opened is what a duty asks for.
    DutyFellDue(Owed),
    /// The case just opened was raised out of another.
    RaisedFrom {
        /// The other case.
        case: CaseId,
        /// The decider above whoever decided there, where this case objects to the decision.
        above: Option<RoleId>,
    },
    /// Another case was opened out of this one.
    CaseRaised {
        /// The other case.
        case: CaseId,
        /// Its kind.
        kind: KindId,
    },
    /// A case that was opened out of this one ended, or is open again.
    RaisedCaseMoved {
        /// The other case.
        case: CaseId,
        /// Whether it has ended now.
        ended: bool,
    },
    /// The case got its number (编号). The serial is drawn inside the transaction that appends this event, so that
    /// a series has no gaps (P2.2, P3.3).
    NumberAssigned {
        /// The number as printed.
        number: String,
    },
    /// The case came to a step.
    StepEntered {
        /// The step.
        step: StepId,
        /// Who must act now.
        holder: Holder,
    },
    /// Someone else must act in the step that the case is in.
    HolderChanged {
        /// Who must act now.
        holder: Holder,
    },
    /// A table of the policy found another level for the case, or the same one for another reason.
    LevelChosen {
        /// The scale.
        levels: LevelsId,
        /// The level.
        level: ChoiceId,
        /// The row of the table that fitted, counted from 0.
        row: u32,
        /// The clause behind it.
        clause: ClauseId,
    },
    /// Somebody set a level by hand, or took back what was set.
    LevelSet {
        /// The scale.
        levels: LevelsId,
        /// The level; `None`: the table's counts again.
        level: Option<ChoiceId>,
        /// Why.
        reason: String,
    },
    /// Somebody became a party of the case.
    PartyAdded {
        /// The party's id.
        party: PartyId,
        /// In which role.
        role: PartyRoleId,
        /// Which of the organisation's own people it is; `None` for an outsider.
        person: Option<PersonId>,
        /// What is filled in of it.
        fields: Fields,
    },
    /// Somebody is a party of the case no more.
    PartyRemoved {
        /// The party's id.
        party: PartyId,
        /// Why.
        reason: String,
    },
    /// A seal was opened: whoever did it was told what is under it.
    SealOpened {
        /// Which.
        seal: SealId,
        /// Why.
        reason: String,
    },
    /// An act of the policy was put on record.
    ActRecorded {
        /// Which.
        act: ActId,
        /// How it went.
        outcome: Option<ChoiceId>,
        /// The fields of its part.
        fields: Fields,
    },
    /// The sheets of an entry's form were worked out, when it was put on record or corrected. What they gave stays as it is here,
    /// whatever a later version of the program would work out.
    SheetsSettled {
        /// The entry.
        entry: u32,
        /// The rows that went in and what followed from them.
        kept: Box<Kept>,
    },
    /// An internal note was added.
    NoteAdded {
        /// The note.
        text: String,
    },
    /// The case was given to a unit.
    CaseDispatched {
        /// The unit, lead from now on.
        to: UnitId,
        /// Why.
        reason: Option<String>,
    },
    /// The unit that held it passed it on.
    CaseTransferred {
        /// From.
        from: UnitId,
        /// To, lead from now on.
        to: UnitId,
        /// Why.
        reason: Option<String>,
    },
    /// A person accepted it.
    CaseAccepted {
        /// Who.
        person: PersonId,
    },
    /// The unit refused it.
    CaseRefused {
        /// The unit.
        unit: Option<UnitId>,
        /// Why.
        reason: String,
        /// How many refusals this case has seen, this one included.
        count: u32,
    },
    /// It was handed on from somebody who left. From now on whatever names that person means the successor.
    CaseHandedOver {
        /// Who held it.
        from: PersonId,
        /// Who holds it now; `None`: whoever takes it from the list.
        to: Option<PersonId>,
        /// Whose lists show it now.
        holder: Holder,
        /// Why.
        reason: String,
    },
    /// A clock began to run.
    ClockStarted {
        /// Which clock.
        clock: ClockId,
        /// Which of its runs, from 1.
        generation: u32,
        /// From when.
        started_at: Timestamp,
        /// How long.
        limit: Limit,
        /// When it is due; `None` while suspended.
        due: Option<DueTime>,
        /// The clause that sets it.
        clause: ClauseId,
    },
    /// A running clock's due time changed: restarted, resumed, or computed with a newer calendar.
    ClockMoved {
        /// Which clock.
        clock: ClockId,
        /// The new run; timers of earlier ones no longer count.
        generation: u32,
        /// From when it runs.
        started_at: Timestamp,
        /// When it is due; `None` while suspended.
        due: Option<DueTime>,
        /// Why it moved.
        why: Moved,
    },
    /// A clock was paused.
    ClockPaused {
        /// Which clock.
        clock: ClockId,
        /// Why.
        reason: PauseReasonId,
        /// What is waited for.
        note: String,
    },
    /// A running clock was given more time; it counts as in time by its new due time.
    ClockExtended {
        /// Which clock.
        clock: ClockId,
        /// The new run; timers of earlier ones no longer count.
        generation: u32,
        /// By how many of the units its limit is counted in.
        more: NonZeroU32,
        /// When it was due before.
        before: DueTime,
        /// When it is due now.
        due: DueTime,
        /// The clause that allows it.
        clause: ClauseId,
        /// Why.
        reason: String,
    },
    /// A clock stopped because what it watched was done.
    ClockStopped {
        /// Which clock.
        clock: ClockId,
        /// Which run.
        generation: u32,
        /// Whether it was done in time.
        met: bool,
    },
    /// A correction took back what had started a clock, a historical case doesn't tell how it ended, or its case ended
    /// without being handled: it counts as never started.
    ClockWithdrawn {
        /// Which clock.
        clock: ClockId,
        /// Which run.
        generation: u32,
    },
    /// A timer fired and took effect.
    ClockFired {
        /// Which clock.
        clock: ClockId,
        /// Which run.
        generation: u32,
        /// What fired.
        firing: Firing,
    },
    /// The system planned the next attempt to reach the customer, for which people are told.
    AttemptPlanned {
        /// The rules it follows.
        contacts: ContactsId,
        /// When it is to be made; `None`: none is owed any more.
        next: Option<PlannedAttempt>,
    },
    /// People inside the organisation were told something.
    NoticeSent {
        /// Which notice.
        notice: NoticeId,
        /// The clock it is about.
        clock: Option<ClockId>,
        /// Who is told.
        to: Vec<PersonId>,
    },
    /// The case goes on under a newer version of its policy (P1.16).
    CaseMigrated {
        /// The version it kept until now.
        from: u32,
        /// The version it keeps from now on.
        to: u32,
        /// Why.
        reason: String,
    },
    /// A clock that was started before counts by the rules of the version to which the case was migrated.
    ClockRuledAnew {
        /// Which clock.
        clock: ClockId,
        /// The new run; timers of earlier ones no longer count.
        generation: u32,
        /// The moments that set its start by these rules.
        starts: Vec<Start>,
        /// How long it may take without extensions.
        limit: Limit,
        /// When it was due before; `None` while suspended.
        before: Option<DueTime>,
        /// When it is due now; `None` while suspended.
        due: Option<DueTime>,
        /// The clause that sets it.
        clause: ClauseId,
    },
    /// The case was closed.
    CaseClosed {
        /// Why, where a reason was asked.
        reason: Option<String>,
    },
    /// It was opened again.
    CaseReopened {
        /// Why.
        reason: String,
    },
    /// The closed case is to be followed up.
    FollowUpAsked {
        /// Whose work list shows it until then.
        holder: Holder,
    },
    /// It was archived.
    CaseArchived,
    /// The customer took it back; it ends here.
    CaseWithdrawn {
        /// Who said so.
        told_by: String,
        /// Why.
        reason: String,
    },
    /// It was tied to another case. One that is merged into another ends here.
    CaseLinked {
        /// The other case.
        case: CaseId,
        /// How they belong together.
        link: Link,
    },
    /// A link was taken back. A merged case goes on where it was.
    LinkTakenBack {
        /// The other case.
        case: CaseId,
        /// The link.
        link: Link,
        /// Why.
        reason: String,
    },
    /// It was put on legal hold.
    HoldPlaced {
        /// Why.
        reason: String,
    },
    /// The hold was lifted.
    HoldLifted {
        /// Why.
        reason: String,
    },
    /// Two records of customers were found to be the same person.
    CustomersMerged {
        /// The record that stands for itself no longer.
        party: PartyId,
        /// The record that stands for both.
        into: PartyId,
        /// Why.
        reason: String,
    },
    /// That was taken back.
    CustomersParted {
        /// The record that stands for itself again.
        party: PartyId,
        /// Why.
        reason: String,
    },
    /// A wrong entry was corrected.
    EntryCorrected {
        /// Sequence number of the entry.
        entry: u32,
        /// The right fields; `None`: the entry is void.
        fields: Option<Fields>,
        /// Why.
        reason: String,
    },
    /// A file was attached.
    AttachmentAdded(Attachment),
    /// An attachment was taken away. Its bytes are gone unless another has the same.
    AttachmentRemoved {
        /// The event that added it.
        entry: u32,
        /// Why.
        reason: String,
    },
}

/// Who must act, as resolved when the step was entered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holder {
    /// The unit whose list shows it.
    pub unit: Option<UnitId>,
    /// The roles whose lists show it.
    pub roles: Roles,
    /// The person who has it.
    pub person: Option<PersonId>,
}

/// Roles in the order of the policy: anyone who has one of them is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Roles(Vec<RoleId>);

impl Roles {
    /// These roles.
    pub fn new(roles: impl IntoIterator<Item = RoleId>) -> Self {
        let mut all = Vec::new();
        for role in roles {
            if !all.contains(&role) {
                all.push(role);
            }
        }
        Self(all)
    }

    /// Reads what `Display` wrote.
    pub fn parse(text: &str) -> Self {
        Self::new(
            text.split(' ')
                .filter(|role| !role.is_empty())
                .map(RoleId::new),
        )
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The roles.
    pub fn iter(&self) -> impl Iterator<Item = &RoleId> {
        self.0.iter()
    }

    /// These and others after them.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self::new(self.0.into_iter().chain(others.0))
    }
}

/// Their names with a space between them; names have none inside.
impl std::fmt::Display for Roles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, role) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{role}")?;
        }
        Ok(())
    }
}

/// When a clock is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueTime {
    /// The moment.
    pub at: Timestamp,
    /// The date named to people (T3: with `end: day` the moment is 00:00 of the next day).
    pub date: Date,
    /// Whether the holiday arrangement it rests on is still unpublished (T9).
    pub provisional: bool,
}

/// Why a clock moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// The policy restarts it at this moment (P1.4).
    Restarted,
    /// A pause ended.
    Resumed,
    /// The calendar changed (T9).
    CalendarChanged,
    /// A correction changed what it rests on.
    Corrected,
}
