//! Dispatch and transfer, acceptance and refusal.

use huiyin_policy::model::Verb;

use super::draft::{Draft, required_text};
use super::moves::Doable;
use crate::event::Event;
use crate::id::UnitId;
use crate::refusal::{Refusal, Rule};

/// Gives the case to the responsible unit (派单).
pub(super) fn dispatch(
    draft: &mut Draft<'_>,
    to: UnitId,
    reason: Option<&str>,
) -> Result<(), Refusal> {
    let event = Event::CaseDispatched {
        to,
        reason: reason.map(str::to_owned),
    };
    give(
        draft,
        to,
        draft.state.lead_unit,
        Doable {
            verb: Verb::Dispatched,
            event: Some(event),
            reason,
        },
    )
}

/// Passes the case on (转办). Where no unit leads yet, it goes from the actor's own unit.
pub(super) fn transfer(
    draft: &mut Draft<'_>,
    to: UnitId,
    reason: Option<&str>,
) -> Result<(), Refusal> {
    let own = draft
        .actor
        .person()
        .and_then(|person| draft.context.organisation.active(person))
        .map(|person| person.unit);
    let from = draft.state.lead_unit.or(own).ok_or(Rule::NotEntitled)?;
    let event = Event::CaseTransferred {
        from,
        to,
        reason: reason.map(str::to_owned),
    };
    give(
        draft,
        to,
        Some(from),
        Doable {
            verb: Verb::Transferred,
            event: Some(event),
            reason,
        },
    )
}

/// The right to give is judged before the unit, so that a stranger learns nothing about units.
fn give(
    draft: &mut Draft<'_>,
    to: UnitId,
    from: Option<UnitId>,
    doable: Doable<'_>,
) -> Result<(), Refusal> {
    let possible = from != Some(to) && draft.context.organisation.units.contains_key(&to);
    draft.do_verb(doable)?;
    if possible {
        Ok(())
    } else {
        Err(Rule::UnitNotPossible.into())
    }
}

/// Accepts the case, or takes it over from whoever holds it.
pub(super) fn accept(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let person = draft.actor.person();
    let event = person.map(|person| Event::CaseAccepted { person });
    draft.do_verb(Doable {
        verb: Verb::Accepted,
        event,
        reason: None,
    })
}

/// Refuses the case for the unit (退单).
pub(super) fn refuse(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
    let event = Event::CaseRefused {
        unit: draft.state.lead_unit,
        reason: reason.to_owned(),
        count: draft.state.refusals.saturating_add(1),
    };
    draft.do_verb(Doable {
        verb: Verb::Refused,
        event: Some(event),
        reason: Some(reason),
    })?;
    required_text(reason)
}
