//! Refusals: which rule a command would break. Nothing changes when a command is refused.

use huiyin_policy::model::{ActId, ChannelId, ClauseId, ClockId, FactPath, StepId, Text, Verb};
use jiff::Timestamp;

/// A refused command.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The rule that would be broken.
    pub rule: Rule,
    /// The clause behind it, if the rule comes from the policy.
    pub clause: Option<ClauseId>,
}

/// The rules a command can break; each has a stable code ([`Rule::code`]).
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// The kind is not in this policy.
    UnknownKind,
    /// The channel is not open for this kind (P1.19).
    ChannelNotOpen(ChannelId),
    /// The person may not do this here.
    NotEntitled,
    /// Someone has to accept the case first.
    NotAccepted,
    /// Someone else holds the case.
    HeldByAnother,
    /// The act is not offered in this step.
    ActNotOffered {
        /// The act.
        act: ActId,
        /// The step the case is in.
        step: StepId,
    },
    /// The policy has no such move in this step.
    MoveNotAllowed {
        /// What was tried.
        verb: Verb,
        /// The step; `None` once closed.
        step: Option<StepId>,
    },
    /// The case is closed or archived.
    CaseEnded,
    /// A field that must be filled is empty.
    FieldMissing(FactPath),
    /// A field the part does not have.
    FieldUnknown(String),
    /// A value that is not of the field's type, or out of its bounds.
    FieldInvalid {
        /// The field.
        field: FactPath,
        /// What is wrong, as a key for texts: `type`, `too_long`, `not_a_choice`, `unknown_unit`, `unknown_person`, `line_break`, `negative`.
        problem: &'static str,
    },
    /// A reason must be given.
    ReasonMissing,
    /// An act that must be on record first is missing.
    NeedsAct(ActId),
    /// A fact that must be on record first is missing.
    NeedsField(FactPath),
    /// A condition that must hold first does not.
    NeedsCondition(Text),
    /// The unit is unknown, or already has the case.
    UnitNotPossible,
    /// No clause allows this clock to be paused.
    PauseNotAllowed(ClockId),
    /// The reason is none of those the clause allows.
    PauseReasonUnknown,
    /// The clock does not run, or is paused already, or is not paused.
    ClockNotInThatState(ClockId),
    /// The time of occurrence lies in the future.
    OccursInFuture(Timestamp),
    /// The time of occurrence lies before the case began, or before what it follows.
    OccursTooEarly(Timestamp),
    /// The entry to correct does not exist, or is none that can be corrected, or is void already.
    EntryNotCorrectable(u32),
    /// Correcting the entry would take back what a later step rests on.
    EntryRestedOn(u32),
    /// The amount lies above the actor's decision band (P3.21).
    AboveBand,
    /// The timer's run is over: nothing to do.
    TimerOutdated,
    /// A condition could not be computed from the facts.
    ConditionFailed(String),
    /// A limit of the engine was reached, e.g. entries in one case.
    LimitReached(&'static str),
}
