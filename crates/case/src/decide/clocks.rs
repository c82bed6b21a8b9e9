//! Pauses, and due times by a new calendar.

use huiyin_calendar::Pause;
use huiyin_policy::model::{ClockId, PauseReasonId, PauseRule};

use super::draft::{Draft, required_text};
use super::follow::due;
use crate::actor::Actor;
use crate::event::{Event, Moved};
use crate::limits::PAUSES_MAX;
use crate::refusal::{Refusal, Rule};
use crate::state::clock::ClockState;
use crate::watch::watch;

/// Pauses a clock (T7). A pause that would change nothing, being too late, is refused.
pub(super) fn pause(
    draft: &mut Draft<'_>,
    id: &ClockId,
    reason: &PauseReasonId,
    note: &str,
) -> Result<(), Refusal> {
    let rule = pause_rule(draft, id)?;
    let paused = paused(draft, rule, id, (reason, note))?;
    required_text(note)?;
    draft.push(paused);
    Ok(())
}

/// What pausing a clock comes to, whoever asks.
pub(super) fn paused(
    draft: &Draft<'_>,
    rule: &PauseRule,
    id: &ClockId,
    (reason, note): (&PauseReasonId, &str),
) -> Result<Event, Refusal> {
    let clock = running(draft, id)?;
    let refused = |problem: Rule| Refusal::of(problem, &rule.clause);
    if !rule.reasons.contains_key(reason) {
        return Err(refused(Rule::PauseReasonUnknown));
    }
    if clock.is_paused() {
        return Err(refused(Rule::ClockNotInThatState(id.clone())));
    }
    if draft.at < clock.started_at {
        return Err(Rule::OccursTooEarly(clock.started_at).into());
    }
    if clock.pauses.len() >= PAUSES_MAX {
        return Err(Rule::LimitReached("pauses").into());
    }
    let mut pauses = clock.pauses_for_calendar();
    pauses.push(Pause {
        from: draft.at,
        to: None,
    });
    if due(draft, &clock.limit(), clock.started_at, &pauses)?.is_some() {
        return Err(refused(Rule::ClockNotInThatState(id.clone())));
    }
    Ok(Event::ClockPaused {
        clock: id.clone(),
        reason: reason.clone(),
        note: note.to_owned(),
    })
}

/// Ends a pause.
pub(super) fn resume(draft: &mut Draft<'_>, id: &ClockId) -> Result<(), Refusal> {
    let rule = pause_rule(draft, id)?;
    let resumed = resumed(draft, rule, id)?;
    draft.push(resumed);
    Ok(())
}

/// What ending a clock's pause comes to, whoever asks.
pub(super) fn resumed(draft: &Draft<'_>, rule: &PauseRule, id: &ClockId) -> Result<Event, Refusal> {
    let clock = running(draft, id)?;
    let mut pauses = clock.pauses_for_calendar();
    let open = pauses.last_mut().filter(|pause| pause.to.is_none());
    let Some(open) = open else {
        return Err(Refusal::of(
            Rule::ClockNotInThatState(id.clone()),
            &rule.clause,
        ));
    };
    if draft.at < open.from {
        return Err(Rule::OccursTooEarly(open.from).into());
    }
    open.to = Some(draft.at);
    Ok(Event::ClockMoved {
        clock: id.clone(),
        generation: clock.generation + 1,
        started_at: clock.started_at,
        due: due(draft, &clock.limit(), clock.started_at, &pauses)?,
        why: Moved::Resumed,
    })
}

/// Computes the due times of running clocks again (T9).
pub(super) fn recompute(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    if draft.actor != Actor::System {
        return Err(Rule::NotEntitled.into());
    }
    let now = draft.context.now;
    for (id, clock) in draft
        .state
        .clocks
        .clone()
        .into_iter()
        .filter(|(_, clock)| clock.is_running())
    {
        let due = due(
            draft,
            &clock.limit(),
            clock.started_at,
            &clock.pauses_for_calendar(),
        )?;
        if due != clock.due {
            let (generation, started_at) = (clock.generation + 1, clock.started_at);
            let event = Event::ClockMoved {
                clock: id,
                generation,
                started_at,
                due,
                why: Moved::CalendarChanged,
            };
            draft.follow_with(event, now);
        }
    }
    Ok(())
}

/// The clause that lets the actor pause the clock.
fn pause_rule<'a>(draft: &Draft<'a>, id: &ClockId) -> Result<&'a PauseRule, Refusal> {
    draft.step()?;
    let watch = watch(draft.kind, id).ok_or_else(|| Rule::ClockNotInThatState(id.clone()))?;
    let rule = watch
        .clock()
        .and_then(|clock| clock.pause.as_ref())
        .ok_or_else(|| Refusal::of(Rule::PauseNotAllowed(id.clone()), watch.clause()))?;
    if draft.admits(&rule.by) {
        Ok(rule)
    } else {
        Err(Refusal::of(Rule::NotEntitled, &rule.clause))
    }
}

pub(super) fn running<'d>(draft: &'d Draft<'_>, id: &ClockId) -> Result<&'d ClockState, Refusal> {
    let clock = draft.state.clock(id).filter(|clock| clock.is_running());
    clock.ok_or_else(|| Rule::ClockNotInThatState(id.clone()).into())
}
