//! Refusals: which rule a command would break. Nothing changes when a command is refused.

use huiyin_calendar::Length;
use huiyin_policy::model::{
    ActId, ChannelId, ClauseId, ClockId, CopyId, FactPath, KindId, LevelsId, LinkKind, PartId,
    PartyRoleId, SealId, StepId, Text, Verb,
};
use huiyin_policy::settle::{Open, Problem};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::misfit::Misfit;

/// A refused command.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The rule that would be broken.
    pub rule: Rule,
    /// The clause behind it, if the rule comes from the policy.
    pub clause: Option<ClauseId>,
    /// Further problems of the same form, in its order; at most [`PROBLEMS_MAX`](crate::limits::PROBLEMS_MAX).
    pub also: Vec<Refusal>,
}

impl Refusal {
    /// A refusal by a rule of the engine itself.
    pub fn new(rule: Rule) -> Self {
        Self {
            rule,
            clause: None,
            also: Vec::new(),
        }
    }

    /// A refusal by a clause of the policy.
    pub fn of(rule: Rule, clause: &ClauseId) -> Self {
        Self {
            rule,
            clause: Some(clause.clone()),
            also: Vec::new(),
        }
    }

    /// A refusal by a clause, where the element that refuses has one.
    pub fn under(rule: Rule, clause: Option<&ClauseId>) -> Self {
        Self {
            rule,
            clause: clause.cloned(),
            also: Vec::new(),
        }
    }
}

impl From<Rule> for Refusal {
    fn from(rule: Rule) -> Self {
        Self::new(rule)
    }
}

/// The rules a command can break; each has a stable code ([`Rule::code`]).
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// The kind is not in this policy.
    UnknownKind,
    /// The channel is not open for this kind (P1.19); for a historical case: not declared at all.
    ChannelNotOpen(ChannelId),
    /// The person may not do this here.
    NotEntitled,
    /// The person is not the deputy of whom he wants to act for, at least not now.
    NotDeputy,
    /// Someone has to accept the case first.
    NotAccepted,
    /// Someone else holds the case.
    HeldByAnother,
    /// The case is not held by whom it is to be handed on from.
    NotHeldBy,
    /// The successor may not do what the case waits for.
    SuccessorNotPossible,
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
    /// Rows of the policy let this be done here, and what they ask for does not hold.
    MoveDoesNotFit {
        /// What was tried.
        verb: Verb,
        /// The step; `None` once closed.
        step: Option<StepId>,
    },
    /// Rows of the policy wait for the act, and what they ask for does not hold.
    NoRowFits(ActId),
    /// The case would come to a step with nobody to act there.
    NobodyToAct(StepId),
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
        /// What is wrong, as a key for texts: `type`, `too_long`, `not_a_choice`, `unknown_unit`, `unknown_person`, `control_character`, `line_break`, `negative`, `not_in_sample`, `not_in_book`, `no_case_here`, `not_compared`, `worked_out`.
        problem: &'static str,
    },
    /// The rows of a form can't be settled.
    NotSettled {
        /// The field that has the rows; `None` where they come from another form or from facts.
        field: Option<FactPath>,
        /// What is wrong, and where.
        problem: Problem,
    },
    /// What a sheet needs is not met (P3.35).
    LeftOpen(Box<Open>),
    /// A reason, a note or what a source calls a case holds a control character.
    ControlCharacter,
    /// A reason must be given.
    ReasonMissing,
    /// An act that must be on record first is missing.
    NeedsAct(ActId),
    /// A fact that must be on record first is missing.
    NeedsField(FactPath),
    /// A condition that must hold first does not.
    NeedsCondition(Text),
    /// The act is missing for some of those that each need it.
    NeedsEach {
        /// The act.
        act: ActId,
        /// For how many.
        missing: usize,
    },
    /// A case of this kind must be opened out of this one first.
    NeedsRaised(KindId),
    /// A case of this kind that was opened out of this one must end first.
    NeedsRaisedClosed(KindId),
    /// A copy of a form must be handed out first; `None` all of them.
    NeedsCopies(PartId, Option<CopyId>),
    /// The policy does not let such a case be linked so.
    LinkNotAllowed(LinkKind),
    /// These two can't be linked so: `itself`, `kind`, `later`, `already`, `ended`, `merged`, `absent`.
    LinkNotPossible(&'static str),
    /// Both records are that of the same customer already.
    SameCustomer,
    /// Nobody checks or rates his own work.
    OwnWork,
    /// The policy gave time for this until the end of this date, and it is over.
    TooLate(Date),
    /// Customers can't bring in or follow cases of this kind themselves.
    NotOnPortal,
    /// The customer told something personal and did not agree to what is done with it.
    ConsentMissing,
    /// The unit is unknown, or already has the case.
    UnitNotPossible,
    /// No clause allows this clock to be paused.
    PauseNotAllowed(ClockId),
    /// The reason is none of those the clause allows.
    PauseReasonUnknown,
    /// No clause allows this clock to be extended, or what it asks for does not hold.
    ExtensionNotAllowed(ClockId),
    /// The clock was extended as often as it may be.
    ExtensionsUsedUp(u32),
    /// The clock would take longer than it may with all its extensions (P6.11).
    ExtensionBeyondCap {
        /// How much more it may still get; `None`: nothing.
        most: Option<Length>,
        /// The last day it may be extended to.
        latest: Date,
    },
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
    /// There is no such attachment, or it was removed already.
    AttachmentNotThere(u32),
    /// The amount lies above the actor's decision band (P3.21).
    AboveBand,
    /// A historical case is not finished: no act is told, and no closing.
    HistoryUnfinished,
    /// The person is kept out of the case.
    Excluded,
    /// The person is known to be related to somebody in the case, and kept out for it.
    Related,
    /// Only some people see cases of this kind, and the person is none of them.
    OutOfSight,
    /// The person has not declared himself for this case yet.
    NotDeclared(ActId),
    /// A declaration is made by everybody for himself, and not as somebody's deputy.
    DeclaresForHimself,
    /// The person belongs to a unit that only reads the case (P8.2).
    ReadsOnly,
    /// Cases of this kind have no such parties.
    PartyNotPossible(PartyRoleId),
    /// The case has as many parties of this role as it may have.
    TooManyParties {
        /// The role.
        role: PartyRoleId,
        /// How many it may have.
        max: u32,
    },
    /// The case has no such party.
    PartyAbsent,
    /// The party is, or is not, one of the organisation's own people where the policy asks for the other.
    PartyEmployee {
        /// The role.
        role: PartyRoleId,
        /// What is wrong, as a key for texts: `needed`, `not_allowed`, `unknown_person`, `already`, `in_words`.
        problem: &'static str,
    },
    /// Nothing is under the seal in this case.
    NothingSealed(SealId),
    /// Files of such a case can't be put under the seal.
    SealTakesNoFile(SealId),
    /// A file under the seal is given only to somebody who has just opened it.
    SealClosed(SealId),
    /// The level can't be set by hand, or is none of the scale.
    LevelNotSettable(LevelsId),
    /// The level can only be set higher than the table finds.
    LevelNotHigher(LevelsId),
    /// What is on record, or how the case stands, has no place in the version that it is to go on under.
    HasNoPlace(Misfit),
    /// The version is not newer than the one the case keeps, or the case is not as it was when this was worked out.
    NotNewer(u32),
    /// The timer's run is over: nothing to do.
    TimerOutdated,
    /// A condition could not be computed from the facts.
    ConditionFailed(String),
    /// A limit of the engine was reached, e.g. entries in one case.
    LimitReached(&'static str),
}

/// The codes of all rules, in order: the names by which scenario tests and the API know them.
pub const CODES: [&str; 69] = [
    "above_band",
    "act_not_offered",
    "attachment_not_there",
    "case_ended",
    "channel_not_open",
    "clock_not_in_that_state",
    "condition_failed",
    "consent_missing",
    "control_character",
    "declares_for_himself",
    "entry_not_correctable",
    "entry_rested_on",
    "excluded",
    "extension_beyond_cap",
    "extension_not_allowed",
    "extensions_used_up",
    "field_invalid",
    "field_missing",
    "field_unknown",
    "has_no_place",
    "held_by_another",
    "history_unfinished",
    "left_open",
    "level_not_higher",
    "level_not_settable",
    "limit_reached",
    "link_not_allowed",
    "link_not_possible",
    "move_does_not_fit",
    "move_not_allowed",
    "needs_act",
    "needs_condition",
    "needs_copies",
    "needs_each",
    "needs_field",
    "needs_raised",
    "needs_raised_closed",
    "no_row_fits",
    "nobody_to_act",
    "not_accepted",
    "not_declared",
    "not_deputy",
    "not_entitled",
    "not_held_by",
    "not_newer",
    "not_on_portal",
    "not_settled",
    "nothing_sealed",
    "occurs_in_future",
    "occurs_too_early",
    "out_of_sight",
    "own_work",
    "party_absent",
    "party_employee",
    "party_not_possible",
    "pause_not_allowed",
    "pause_reason_unknown",
    "reads_only",
    "reason_missing",
    "related",
    "same_customer",
    "seal_closed",
    "seal_takes_no_file",
    "successor_not_possible",
    "timer_outdated",
    "too_late",
    "too_many_parties",
    "unit_not_possible",
    "unknown_kind",
];

impl Rule {
    /// The stable code of the rule, for HTTP problems, texts and scenario tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownKind => "unknown_kind",
            Self::ChannelNotOpen(_) => "channel_not_open",
            Self::NotEntitled => "not_entitled",
            Self::NotDeputy => "not_deputy",
            Self::NotAccepted => "not_accepted",
            Self::HeldByAnother => "held_by_another",
            Self::NotHeldBy => "not_held_by",
            Self::SuccessorNotPossible => "successor_not_possible",
            Self::ActNotOffered { .. } => "act_not_offered",
            Self::MoveNotAllowed { .. } => "move_not_allowed",
            Self::MoveDoesNotFit { .. } => "move_does_not_fit",
            Self::NoRowFits(_) => "no_row_fits",
            Self::NobodyToAct(_) => "nobody_to_act",
            Self::CaseEnded => "case_ended",
            Self::FieldMissing(_) => "field_missing",
            Self::FieldUnknown(_) => "field_unknown",
            Self::FieldInvalid { .. } => "field_invalid",
            Self::NotSettled { .. } => "not_settled",
            Self::LeftOpen(_) => "left_open",
            Self::ReasonMissing => "reason_missing",
            Self::NeedsAct(_) => "needs_act",
            Self::NeedsField(_) => "needs_field",
            Self::NeedsCondition(_) => "needs_condition",
            Self::NeedsEach { .. } => "needs_each",
            Self::NeedsRaised(_) => "needs_raised",
            Self::NeedsRaisedClosed(_) => "needs_raised_closed",
            Self::NeedsCopies(..) => "needs_copies",
            Self::LinkNotAllowed(_) => "link_not_allowed",
            Self::LinkNotPossible(_) => "link_not_possible",
            Self::SameCustomer => "same_customer",
            Self::OwnWork => "own_work",
            Self::TooLate(_) => "too_late",
            Self::NotOnPortal => "not_on_portal",
            Self::ConsentMissing => "consent_missing",
            Self::UnitNotPossible => "unit_not_possible",
            Self::PauseNotAllowed(_) => "pause_not_allowed",
            Self::PauseReasonUnknown => "pause_reason_unknown",
            Self::ExtensionNotAllowed(_) => "extension_not_allowed",
            Self::ExtensionsUsedUp(_) => "extensions_used_up",
            Self::ExtensionBeyondCap { .. } => "extension_beyond_cap",
            Self::ClockNotInThatState(_) => "clock_not_in_that_state",
            Self::OccursInFuture(_) => "occurs_in_future",
            Self::OccursTooEarly(_) => "occurs_too_early",
            Self::EntryNotCorrectable(_) => "entry_not_correctable",
            Self::EntryRestedOn(_) => "entry_rested_on",
            Self::AttachmentNotThere(_) => "attachment_not_there",
            Self::AboveBand => "above_band",
            Self::HistoryUnfinished => "history_unfinished",
            Self::Excluded => "excluded",
            Self::Related => "related",
            Self::OutOfSight => "out_of_sight",
            Self::NotDeclared(_) => "not_declared",
            Self::DeclaresForHimself => "declares_for_himself",
            Self::ReadsOnly => "reads_only",
            Self::PartyNotPossible(_) => "party_not_possible",
            Self::TooManyParties { .. } => "too_many_parties",
            Self::PartyAbsent => "party_absent",
            Self::PartyEmployee { .. } => "party_employee",
            Self::NothingSealed(_) => "nothing_sealed",
            Self::SealTakesNoFile(_) => "seal_takes_no_file",
            Self::SealClosed(_) => "seal_closed",
            Self::LevelNotSettable(_) => "level_not_settable",
            Self::LevelNotHigher(_) => "level_not_higher",
            Self::HasNoPlace(_) => "has_no_place",
            Self::NotNewer(_) => "not_newer",
            Self::TimerOutdated => "timer_outdated",
            Self::ConditionFailed(_) => "condition_failed",
            Self::LimitReached(_) => "limit_reached",
            Self::ControlCharacter => "control_character",
        }
    }
}
