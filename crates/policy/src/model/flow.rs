//! Kinds of case and their flow: who may act next, and where each act leads.

use huiyin_calendar::Limit;
use indexmap::IndexMap;

use super::{
    ActId, ChannelId, ChoiceId, ClauseId, Clock, ClockId, CopyId, FactPath, FieldId, KindId,
    LinkKind, LinkRule, PartId, PartyRoleId, Portal, Portion, PositionId, RoleId, SeriesId, Shares,
    StepId, Text, Warning, Withdrawal,
};
use crate::condition::Condition;

/// Something that was put on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The act.
    pub act: ActId,
    /// How it went; `None`: in any way.
    pub outcome: Option<ChoiceId>,
}

impl Done {
    /// Whether an act with this outcome is what is meant.
    pub fn is(&self, act: &ActId, outcome: Option<&ChoiceId>) -> bool {
        self.act == *act && (self.outcome.is_none() || self.outcome.as_ref() == outcome)
    }
}

/// What a policy calls a kind of case: inquiry, complaint, report, …
#[derive(Debug, Clone)]
pub struct Kind {
    /// Name, e.g. 投诉.
    pub title: Text,
    /// The clause that names it.
    pub clause: ClauseId,
    /// How a case of this kind begins.
    pub open: Open,
    /// Steps in the order of the file; the first one is entered when the case is opened.
    pub steps: IndexMap<StepId, Step>,
    /// What may be done once the case is closed: opening it again, archiving it, putting an act on record. These rows take the place of a step's
    /// moves then; who may is always written, because no step says it any more.
    pub after_close: Vec<Move>,
    /// What must be on record before a case of this kind is closed.
    pub close_needs: Vec<Need>,
    /// What must be on record before it is archived.
    pub archive_needs: Vec<Need>,
    /// The limits that watch it.
    pub clocks: IndexMap<ClockId, Clock>,
    /// Shares of a clock over its steps (P3.18), each run as a clock of its own.
    pub shares: Vec<Shares>,
    /// Whether it is about the organisation's own work and has no customer.
    pub internal: bool,
    /// The kinds of case out of which one of this kind can be opened, and stays linked to it (P1.20).
    pub raised_from: IndexMap<KindId, Raise>,
    /// Which of its cases are followed up once they are closed.
    pub follow_up: Option<FollowUp>,
    /// How customers bring such cases in themselves and follow them; `None` if they can't.
    pub portal: Option<Portal>,
    /// What may tie a case of this kind to another, seen from the later or lesser of the two.
    pub links: IndexMap<LinkKind, LinkRule>,
    /// How a withdrawal by the customer is accepted; `None`: it can't be.
    pub withdrawal: Option<Withdrawal>,
    /// Who alone sees such cases; `None`: whoever has to do with them.
    pub sees: Option<Sees>,
    /// Who reads its cases whatever else, and only reads them; `None`: nobody.
    pub read_by: Option<ReadBy>,
}

impl Kind {
    /// What a clock, or a share of one, is called: a share without a title of its own by the step in which it begins.
    pub fn clock_title(&self, id: &ClockId) -> Option<&Text> {
        if let Some(clock) = self.clocks.get(id) {
            return Some(&clock.title);
        }
        let share = self.shares_of(id)?.all().find(|share| share.clock == *id)?;
        let step = || self.steps.get(&share.from).map(|step| &step.title);
        share.title.as_ref().or_else(step)
    }

    /// The warnings before a clock, or a share of one, is due.
    pub fn warnings(&self, id: &ClockId) -> &[Warning] {
        match self.clocks.get(id) {
            Some(clock) => &clock.warn,
            None => self.shares_of(id).map_or(&[], |shares| &shares.warn),
        }
    }

    /// The division among whose shares this is one.
    fn shares_of(&self, id: &ClockId) -> Option<&Shares> {
        let has = |shares: &&Shares| shares.all().any(|share| share.clock == *id);
        self.shares.iter().find(has)
    }
}

/// A unit whose people read a case and do nothing with it but what an act names them for (P8.2).
#[derive(Debug, Clone)]
pub struct ReadBy {
    /// The field that names the unit.
    pub unit: FactPath,
    /// The clause that lets them.
    pub clause: ClauseId,
}

/// Which closed cases are followed up (回访), and by whom. A case in which it is done already is not.
#[derive(Debug, Clone)]
pub struct FollowUp {
    /// The act by which it is done. It may be put on record of a closed case that waits for it.
    pub act: ActId,
    /// Acts that make it superfluous once one of them is on record, such as the customer's own rating.
    pub or: Vec<ActId>,
    /// Who may, besides what the act itself asks; whose work list shows the case until then.
    pub by: Selector,
    /// Only cases for which this holds when they are closed.
    pub when: Option<Condition>,
    /// Which share of them, drawn by the system; `None` all.
    pub take: Option<Portion>,
    /// The clause that asks for it.
    pub clause: ClauseId,
}

impl FollowUp {
    /// Whether it is done by this act.
    pub fn is_done_by(&self, act: &ActId) -> bool {
        self.act == *act || self.or.contains(act)
    }
}

/// Who alone sees cases of a kind: for everybody else there are none.
#[derive(Debug, Clone)]
pub struct Sees {
    /// They: roles, positions, who took the case in.
    pub by: Selector,
    /// The clause that says so.
    pub clause: ClauseId,
}

/// Who may open a case out of another.
#[derive(Debug, Clone)]
pub struct Raise {
    /// Who may.
    pub by: Selector,
    /// The act with a band on which the new case is an objection: it is for the decider one row above whoever decided.
    pub above: Option<ActId>,
    /// The clause that lets them.
    pub clause: ClauseId,
}

/// How a case is opened.
#[derive(Debug, Clone)]
pub struct Open {
    /// Who may register it.
    pub by: Selector,
    /// The channels open for this kind, with the clause that opens them.
    pub channels: IndexMap<ChannelId, Option<ClauseId>>,
    /// What is filled in at registration.
    pub part: PartId,
    /// The series its number comes from.
    pub series: SeriesId,
    /// What must hold, or no such case is opened at all.
    pub needs: Vec<Need>,
    /// Acts put on record by the system in the same moment (P1.2: the acknowledgement).
    pub acts: Vec<ActId>,
    /// Who may correct what was filled in, besides whoever did; `None`: also whoever acts in the case's step.
    pub corrected_by: Option<Selector>,
    /// The clause that asks for the registration.
    pub clause: ClauseId,
}

/// A place where some acts are offered to some people.
#[derive(Debug, Clone)]
pub struct Step {
    /// Name, e.g. 办理.
    pub title: Text,
    /// Who may act here; also whose work list shows the case.
    pub by: Selector,
    /// Passed over when this does not hold on entering: the next step in the order of the file is entered instead.
    pub when: Option<Condition>,
    /// Passed over when whoever brings the case here already satisfies `by` (P1.6: a specialist takes it himself).
    pub skip_if_actor: bool,
    /// Whether one person must accept the case before anything else but refusing and transferring is done.
    pub accept_first: bool,
    /// What may be put on record here.
    pub acts: Vec<ActId>,
    /// Where acts and verbs lead: the first that fits is taken. A verb without a move is not allowed here.
    pub moves: Vec<Move>,
    /// The clause behind the step.
    pub clause: Option<ClauseId>,
}

/// One row of a step's table of outcomes.
#[derive(Debug, Clone)]
pub struct Move {
    /// What happens.
    pub on: Moment,
    /// Who may do it, where that differs from the step's `by`.
    pub by: Option<Selector>,
    /// Only if this holds.
    pub when: Option<Condition>,
    /// Only until this limit is over, counted from when the case came to its step or was closed.
    pub within: Option<Limit>,
    /// Whether a reason must be given.
    pub reason: bool,
    /// What must be on record first.
    pub needs: Vec<Need>,
    /// Where it leads.
    pub then: Target,
    /// The clause that says so.
    pub clause: Option<ClauseId>,
}

/// Where a move leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Nowhere: the case stays in its step.
    Stay,
    /// To a step of the same kind.
    Step(StepId),
    /// To the end of handling (结案).
    Closed,
    /// Into the archive (归档).
    Archived,
}

/// Things the engine itself knows how to do to any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Registered as a case.
    Opened,
    /// Given to the responsible unit (派单).
    Dispatched,
    /// Passed on by the unit that holds it (转办).
    Transferred,
    /// Accepted by a person of the unit.
    Accepted,
    /// Refused by the unit, with a reason (退单).
    Refused,
    /// Closed (结案).
    Closed,
    /// Opened again after closing.
    Reopened,
    /// Archived (归档).
    Archived,
    /// Taken back by the customer (撤回).
    Withdrawn,
    /// Ended because it goes on in another case (合并).
    Merged,
}

/// A moment in the course of a case that clocks and moves refer to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// A verb was carried out, in the given step if one is named.
    Verb {
        /// What was done.
        verb: Verb,
        /// In which step; `None` in any.
        step: Option<StepId>,
    },
    /// An act was recorded, with the given outcome if one is named.
    Act {
        /// The act.
        act: ActId,
        /// Its outcome; `None` any.
        outcome: Option<ChoiceId>,
    },
    /// A step was entered.
    Entered(StepId),
    /// A step was left.
    Left(StepId),
}

/// Who is meant, resolved against the organisation when a command comes and written into the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// Any person of the organisation (P1.1: every employee).
    Anyone,
    /// Whoever has this role.
    Role(RoleId),
    /// Whoever holds this position.
    Position(PositionId),
    /// Whoever registered the case (受理人).
    Taker,
    /// The first employee who heard of it (P1.6, P2.4).
    FirstContact,
    /// Everyone in the lead unit (主办单位) and the units below it.
    LeadUnit,
    /// Everyone in the unit named by a fact.
    UnitIn(FactPath),
    /// The person named by a fact.
    PersonIn(FactPath),
    /// Whoever put one of these on record.
    Did(Vec<Done>),
    /// The employees who have this role as parties of the case.
    Party(PartyRoleId),
    /// The decider one row above whoever decided in the case that this one objects to.
    DeciderAbove,
    /// Nobody: what only the system does.
    Nobody,
    /// The customer himself, over the portal.
    Customer,
    /// Whoever must act now: the person, or else the unit or role on whose list the case stands.
    Holder,
    /// Whoever dispatched the case last.
    Dispatcher,
    /// The head of the unit the inner selector stands for.
    HeadOf(Box<Selector>),
    /// Any of these.
    AnyOf(Vec<Selector>),
}

impl Selector {
    /// Whether the customer himself is among those it stands for.
    pub fn includes_customer(&self) -> bool {
        match self {
            Self::Customer => true,
            Self::AnyOf(any) => any.iter().any(Self::includes_customer),
            _ => false,
        }
    }
}

/// Something that must be on record before a transition (办结条件).
#[derive(Debug, Clone)]
pub struct Need {
    /// What must be there.
    pub what: NeedWhat,
    /// Only if this holds.
    pub when: Option<Condition>,
    /// The clause that asks for it.
    pub clause: ClauseId,
}

/// Things of which each needs an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EachOf {
    /// The cases of the sample.
    Sample,
    /// The values that a field was given by all entries of an act (P1.16: the departments asked).
    Values {
        /// The act.
        act: ActId,
        /// The field of its part.
        field: FieldId,
    },
}

/// What a need asks for.
#[derive(Debug, Clone)]
pub enum NeedWhat {
    /// An act, not voided by a correction, and recorded after the last occurrence of `after` if that ever happened.
    Act {
        /// The act.
        act: ActId,
        /// Count only those after this moment.
        after: Option<Moment>,
    },
    /// A filled field.
    Field(FactPath),
    /// A case of a kind that was opened out of this one (P1.14).
    Raised {
        /// The kind.
        kind: KindId,
        /// Whether all such cases must have ended.
        closed: bool,
    },
    /// That copies of a form were handed out, after the last occurrence of `after` if that ever happened.
    Copies {
        /// The form.
        of: PartId,
        /// Which copy; `None` all of them.
        copy: Option<CopyId>,
        /// Count only those handed out after this moment.
        after: Option<Moment>,
    },
    /// An act for each of several things, told apart by a field of its part.
    Each {
        /// Each of what.
        of: EachOf,
        /// The act.
        act: ActId,
        /// The field of the act's part that says which one it is about.
        field: FieldId,
    },
    /// A condition, with the sentence to show when it does not hold.
    Holds {
        /// The condition.
        condition: Condition,
        /// What to tell whoever tries.
        text: Text,
    },
}
