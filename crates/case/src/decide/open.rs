//! Opening a case that nobody registers, and opening one out of another.

use huiyin_policy::model::{ChannelId, KindId, Verb};
use jiff::Timestamp;

use super::draft::{Draft, acting_person, right_of};
use super::register::{begin, form};
use super::{Context, Decision};
use crate::actor::Actor;
use crate::command::{Command, OpenedBy};
use crate::duty::{Owed, answers, fields as duty_fields};
use crate::event::Event;
use crate::facts::Facts;
use crate::id::{CaseId, PartyId, PersonId};
use crate::limits::RAISED_MAX;
use crate::objection::decider_above;
use crate::refusal::{Refusal, Rule};
use crate::value::Fields;

/// Opens a case for a duty or out of another case. That it may be, the other case has decided (see [`raise`]).
pub(super) fn open(
    context: &Context<'_>,
    command: &Command,
    customer: PartyId,
    by: &OpenedBy,
) -> Result<Decision, Refusal> {
    let right = right_of(context, command)?;
    let (kind, fields, taker, at, follows) = match by {
        OpenedBy::Duty(owed) => {
            let duty = context.policy.duties.get(&owed.duty);
            let duty = duty
                .filter(|_| command.actor == Actor::System)
                .ok_or(Rule::NotEntitled)?;
            let answers = answers(context.policy, duty, context.organisation);
            let taker = answers.into_iter().next();
            let taker = taker.ok_or_else(|| Refusal::of(Rule::NotEntitled, &duty.clause))?;
            let fields = duty_fields(context.policy, duty, owed);
            let follows = Event::DutyFellDue(Owed::clone(owed));
            (&duty.opens, fields, taker, opening(context, owed), follows)
        }
        OpenedBy::Raised {
            from,
            above,
            kind,
            fields,
        } => {
            let taker = acting_person(context, command)?;
            let follows = Event::RaisedFrom {
                case: *from,
                above: above.clone(),
            };
            (kind, fields.clone(), taker, context.now, follows)
        }
    };
    let opened = opened(context, command.actor, kind, &fields, taker, customer)?;
    let mut draft = Draft::opened_at(context, (command.actor, right), at, None, opened)?;
    draft.push(follows);
    begin(draft)
}

/// The beginning of the duty's first day: what is opened late, after a downtime, is late for those who do it as well.
fn opening(context: &Context<'_>, owed: &Owed) -> Timestamp {
    let midnight = context.calendar.instant(owed.opens.at(0, 0, 0, 0));
    midnight.min(context.now)
}

fn opened(
    context: &Context<'_>,
    by: Actor,
    id: &KindId,
    fields: &Fields,
    taker: PersonId,
    customer: PartyId,
) -> Result<Event, Refusal> {
    let kind = context.policy.kinds.get(id).ok_or(Rule::UnknownKind)?;
    let channel: ChannelId = kind
        .open
        .channels
        .keys()
        .next()
        .cloned()
        .ok_or(Rule::UnknownKind)?;
    Ok(Event::CaseOpened {
        policy: context.policy.id.clone(),
        policy_version: context.policy_version,
        kind: id.clone(),
        fields: form(context, kind).check(fields, Facts::before(id, &channel, by))?,
        channel,
        customer,
        taker: Some(taker),
        first_contact: Some(taker),
    })
}

/// Puts on record that a case was opened out of this one, by whoever the policy lets.
pub(super) fn raise(draft: &mut Draft<'_>, case: CaseId, kind: &KindId) -> Result<(), Refusal> {
    let raised = draft.policy().kinds.get(kind);
    let raise = raised.and_then(|raised| raised.raised_from.get(&draft.state.opening.kind));
    let raise = raise.ok_or(Rule::MoveNotAllowed {
        verb: Verb::Opened,
        step: None,
    })?;
    if !draft.admits(&raise.by) {
        return Err(Refusal::of(Rule::NotEntitled, &raise.clause));
    }
    if draft.state.raised.iter().any(|raised| raised.case == case) {
        return Ok(());
    }
    let (policy, organisation) = (draft.policy(), draft.context.organisation);
    decider_above(policy, organisation, &draft.state, kind)?;
    if draft.state.raised.len() >= RAISED_MAX {
        return Err(Rule::LimitReached("raised").into());
    }
    draft.push(Event::CaseRaised {
        case,
        kind: kind.clone(),
    });
    Ok(())
}

/// Puts on record how a case stands that was opened out of this one, if that is not known yet.
pub(super) fn note_raised(draft: &mut Draft<'_>, case: CaseId, ended: bool) {
    let mut raised = draft.state.raised.iter();
    if raised.any(|raised| raised.case == case && raised.ended != ended) {
        draft.push(Event::RaisedCaseMoved { case, ended });
    }
}
