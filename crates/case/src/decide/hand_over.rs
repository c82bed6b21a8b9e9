//! Dispatch and transfer, acceptance and refusal.

use huiyin_policy::model::{Step, Verb};

use super::draft::{Draft, required_text};
use super::moves::Doable;
use crate::event::{Event, Holder};
use crate::id::{PersonId, UnitId};
use crate::refusal::{Refusal, Rule};
use crate::selector::Who;

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
        .in_right_of()
        .and_then(|actor| draft.context.organisation.active(actor))
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
    let possible = from != Some(to) && draft.context.organisation.open(to).is_some();
    draft.do_verb(doable)?;
    if possible {
        Ok(())
    } else {
        Err(Rule::UnitNotPossible.into())
    }
}

/// Accepts the case, or takes it over from whoever holds it. A deputy accepts it for whom he represents.
pub(super) fn accept(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let event = draft
        .in_right_of()
        .map(|person| Event::CaseAccepted { person });
    draft.do_verb(Doable {
        verb: Verb::Accepted,
        event,
        reason: None,
    })
}

/// Hands the case on from somebody who leaves (离职移交): to a successor whom the step lets act, or back to the list it came
/// from. Where it came from none, whoever stands in for the leaver gets it.
pub(super) fn from_leaver(
    draft: &mut Draft<'_>,
    from: PersonId,
    to: Option<PersonId>,
    reason: &str,
) -> Result<(), Refusal> {
    let step = draft.step()?;
    if draft.state.holder.person != Some(from) {
        return Err(Rule::NotHeldBy.into());
    }
    required_text(reason)?;
    if let Some(to) = to
        && !can_succeed(draft, step, from, to)
    {
        return Err(Rule::SuccessorNotPossible.into());
    }
    let mut holder = Holder {
        person: to,
        ..draft.state.holder.clone()
    };
    if holder == Holder::default() {
        holder = draft.who().stand_in(from);
    }
    draft.push(Event::CaseHandedOver {
        from,
        to,
        holder,
        reason: reason.to_owned(),
    });
    Ok(())
}

/// Whether the step lets the successor act, once everything that names the leaver means the successor.
fn can_succeed(draft: &Draft<'_>, step: &Step, from: PersonId, to: PersonId) -> bool {
    let mut after = draft.state.clone();
    after.handed_over.remove(&to);
    after.handed_over.insert(from, to);
    let who = Who {
        state: Some(&after),
        ..draft.who()
    };
    from != to && who.includes(&step.by, to)
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
