//! What a person may do now, for screens.
//!
//! There is no second set of rules: an offer is a trial. The command is decided with stand-in values, and what [`decide`](crate::decide())
//! says is what is offered.

mod stand_in;
mod trial;

use huiyin_policy::model::{
    ActId, ChoiceId, ClauseId, ClockId, Kind, KindId, LevelsId, LinkKind, Moment, PartId,
    PartyRoleId, Policy, SealId,
};

use crate::actor::Actor;
use crate::command::Act;
use crate::decide::Context;
use crate::id::PersonId;
use crate::link::Tie;
use crate::organisation::Organisation;
use crate::refusal::{Refusal, Rule};
use crate::selector::Who;
use crate::state::{CaseState, FollowUpStanding, Stage};

use stand_in::TEXT;
use trial::Trial;

/// Something that may be done now, or is shown with the reason why not.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What.
    pub what: Offered,
    /// Who is represented, where the right to do it is that of somebody for whom one is deputy.
    pub acting_for: Option<PersonId>,
    /// The part to fill in.
    pub part: Option<PartId>,
    /// Whether a reason (or note) must be given.
    pub reason: bool,
    /// The clause behind it.
    pub clause: Option<ClauseId>,
    /// Why it can't be done yet; `None` if it can. With outcomes: only if none of them can be recorded.
    pub refusal: Option<Refusal>,
    /// For an act with outcomes: each with the reason why it can't be recorded, if so.
    pub outcomes: Vec<(ChoiceId, Option<Refusal>)>,
}

/// What can be offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offered {
    /// An act of the policy.
    Record(ActId),
    /// A note.
    Note,
    /// To give the case to a unit.
    Dispatch,
    /// To pass it on.
    Transfer,
    /// To accept it, or to take it over.
    Accept,
    /// To refuse it.
    Refuse,
    /// To pause a clock.
    Pause(ClockId),
    /// To end a clock's pause.
    Resume(ClockId),
    /// To give a clock more time.
    Extend(ClockId),
    /// To close the case.
    Close,
    /// To open it again.
    Reopen,
    /// To archive it.
    Archive,
    /// To accept that the customer takes it back.
    Withdraw,
    /// To tie it to another case.
    Link(LinkKind),
    /// To open a case of this kind out of it.
    Raise(KindId),
    /// To issue a new receipt code to the customer.
    IssueReceipt,
    /// To add a party in this role.
    AddParty(PartyRoleId),
    /// To take a party in this role off it.
    RemoveParty(PartyRoleId),
    /// To set a level on this scale.
    SetLevel(LevelsId),
    /// To open this seal.
    OpenSeal(SealId),
}

/// What `actor` may do with the case now, and what of his own work has to wait and why.
///
/// What he is not entitled to, and what the policy has no place for now, is left out. What a person can't do in his own right,
/// but as somebody's deputy, is offered as that.
pub fn offers(state: &CaseState, context: &Context<'_>, actor: Actor) -> Vec<Offer> {
    let mut all = offers_in_right(state, context, actor, None);
    let Some(person) = actor.person() else {
        return all;
    };
    let today = context.calendar.date_of(context.now);
    for right in context.organisation.rights(person, today) {
        for offer in offers_in_right(state, context, actor, Some(right.person)) {
            match all.iter_mut().find(|known| known.what == offer.what) {
                Some(known) if known.refusal.is_some() && offer.refusal.is_none() => *known = offer,
                Some(_) => {}
                None => all.push(offer),
            }
        }
    }
    all
}

/// What the actor may do in one right.
fn offers_in_right(
    state: &CaseState,
    context: &Context<'_>,
    actor: Actor,
    acting_for: Option<PersonId>,
) -> Vec<Offer> {
    let trial = Trial {
        state,
        context,
        actor,
        acting_for,
    };
    let verbs = [
        Offered::Accept,
        Offered::Dispatch,
        Offered::Transfer,
        Offered::Refuse,
        Offered::Close,
        Offered::Reopen,
        Offered::Archive,
        Offered::Withdraw,
        Offered::Note,
        Offered::IssueReceipt,
    ];
    let step = state.current_step(context.policy);
    let acts = step.map(|step| step.acts.iter().collect());
    let mut acts: Vec<&ActId> = acts.unwrap_or_else(|| acts_after_close(state, context));
    let declared = context.policy.declarations_of(&state.opening.kind);
    for declaration in declared {
        if !acts.contains(&&declaration.act) {
            acts.push(&declaration.act);
        }
    }
    let clocks = state.clocks.iter().map(|(id, _)| id.clone());
    let pauses = clocks.flat_map(|id| {
        [
            Offered::Pause(id.clone()),
            Offered::Resume(id.clone()),
            Offered::Extend(id),
        ]
    });
    let raises = context
        .policy
        .raised_out_of(&state.opening.kind)
        .map(|(kind, _)| Offered::Raise(kind.clone()));
    let links = LinkKind::ALL.map(Offered::Link);
    let kind = &state.opening.kind;
    let roles = context.policy.parties_of(kind).map(|(role, _)| role);
    let parties = roles.flat_map(|id| {
        [
            Offered::AddParty(id.clone()),
            Offered::RemoveParty(id.clone()),
        ]
    });
    let levels = context.policy.levels_of(kind);
    let levels = levels.map(|(id, _)| Offered::SetLevel(id.clone()));
    let seals = context.policy.seals.keys();
    let seals = seals.map(|id| Offered::OpenSeal(id.clone()));
    acts.into_iter()
        .map(|act| trial.record(act))
        .chain(
            verbs
                .into_iter()
                .chain(pauses)
                .chain(raises)
                .chain(links)
                .chain(parties)
                .chain(levels)
                .chain(seals)
                .filter_map(|what| trial.verb(what)),
        )
        .filter(is_shown)
        .collect()
}

/// The acts that may still be put on record of a closed case, the follow-up it waits for among them.
fn acts_after_close<'p>(state: &CaseState, context: &Context<'p>) -> Vec<&'p ActId> {
    let kind = state.kind(context.policy);
    let rows = kind.into_iter().flat_map(|kind| &kind.after_close);
    let acts = rows.filter_map(|row| match &row.on {
        Moment::Act { act, .. } => Some(act),
        _ => None,
    });
    let waits = state.stage == Stage::Closed && state.follow_up == Some(FollowUpStanding::Due);
    let follow_up = kind.and_then(|kind| kind.follow_up.as_ref());
    let follow_up = follow_up.filter(|_| waits).map(|one| &one.act);
    let mut all: Vec<&ActId> = Vec::new();
    for act in acts {
        if !all.contains(&act) {
            all.push(act);
        }
    }
    let follow_up = follow_up.filter(|act| !all.contains(act));
    all.extend(follow_up);
    all
}

/// What is not one's own to do, or has no place now, is not shown; what waits for something is.
fn is_shown(offer: &Offer) -> bool {
    match &offer.refusal {
        None => true,
        Some(refusal) => match refusal.rule {
            Rule::NotAccepted
            | Rule::HeldByAnother
            | Rule::NeedsAct(_)
            | Rule::NeedsField(_)
            | Rule::NeedsCondition(_)
            | Rule::NeedsEach { .. }
            | Rule::NeedsRaised(_)
            | Rule::NeedsRaisedClosed(_)
            | Rule::NeedsCopies(..)
            | Rule::OwnWork
            | Rule::AboveBand
            | Rule::ExtensionsUsedUp(_)
            | Rule::ExtensionBeyondCap { .. }
            | Rule::UnitNotPossible
            | Rule::TooManyParties { .. }
            | Rule::FieldMissing(_)
            | Rule::LimitReached(_)
            | Rule::ControlCharacter
            | Rule::NoRowFits(_)
            | Rule::NobodyToAct(_)
            | Rule::ConditionFailed(_) => true,
            // A move whose condition does not hold names its clause; one the policy does not have names none.
            Rule::MoveNotAllowed { .. } | Rule::MoveDoesNotFit { .. } => refusal.clause.is_some(),
            _ => false,
        },
    }
}

/// Whether `person` may register cases of a kind in his own right.
pub fn may_open(
    kind: &Kind,
    policy: &Policy,
    organisation: &Organisation,
    person: PersonId,
) -> bool {
    let who = Who {
        policy,
        organisation,
        state: None,
        on: None,
    };
    who.includes(&kind.open.by, person)
}

/// Whether `actor` may attach a file.
///
/// # Errors
///
/// Why not.
pub fn attachable(
    state: &CaseState,
    context: &Context<'_>,
    actor: impl Into<Actor>,
) -> Result<(), Refusal> {
    let trial = Trial {
        state,
        context,
        actor: actor.into(),
        acting_for: None,
    };
    let attach = Act::Attach(Box::new(stand_in::attachment()));
    trial.refusal(attach).map_or(Ok(()), Err)
}

/// Whether `actor` may take an attachment away.
pub fn detachable(state: &CaseState, context: &Context<'_>, actor: PersonId, entry: u32) -> bool {
    let trial = Trial {
        state,
        context,
        actor: actor.into(),
        acting_for: None,
    };
    let detach = Act::Detach {
        entry,
        reason: TEXT.to_owned(),
    };
    trial.refusal(detach).is_none()
}

/// Whether `actor` may take a link of the case back.
pub fn may_take_back(state: &CaseState, context: &Context<'_>, actor: PersonId, tie: Tie) -> bool {
    let trial = Trial {
        state,
        context,
        actor: actor.into(),
        acting_for: None,
    };
    tie.link.decision().is_some_and(|kind| {
        let act = Act::TakeBackLink {
            case: tie.case,
            kind,
            reason: TEXT.to_owned(),
        };
        trial.refusal(act).is_none()
    })
}

/// Whether `actor` may correct an entry in his own right: void it, or replace its fields.
///
/// # Errors
///
/// Why neither is possible.
pub fn correctable(
    state: &CaseState,
    context: &Context<'_>,
    actor: PersonId,
    entry: u32,
) -> Result<(), Refusal> {
    let trial = Trial {
        state,
        context,
        actor: actor.into(),
        acting_for: None,
    };
    let correction = |fields| Act::Correct {
        entry,
        fields,
        reason: TEXT.to_owned(),
    };
    let unchanged = state.entry(entry).map(|entry| entry.fields.clone());
    match trial.refusal(correction(unchanged)) {
        None => Ok(()),
        Some(refusal) => trial
            .refusal(correction(None))
            .map_or(Ok(()), |_| Err(refusal)),
    }
}
