//! What a command means for the clocks.
//!
//! A clock's course follows from what is on record, by time of occurrence: a late entry or a correction may move a stop
//! that was already told. Length and condition are those at the start and stay.

use huiyin_calendar::{Limit, Pause};
use huiyin_policy::model::{FactPath, Restart};
use jiff::Timestamp;

use super::draft::Draft;
use crate::event::{DueTime, Event, Moved};
use crate::moment::Happened;
use crate::refusal::{Refusal, Rule};
use crate::state::clock::{ClockState, Phase};
use crate::watch::{Watch, watches};

/// Starts, restarts and stops every clock that the command's moments concern.
pub(super) fn follow(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let mut moments: Vec<Happened> = draft
        .state
        .happened
        .iter()
        .filter(|one| one.seq > draft.seq_before)
        .cloned()
        .collect();
    moments.sort_by_key(Happened::order);
    for watch in watches(draft.kind) {
        reconcile(draft, watch)?;
        for moment in &moments {
            stop(draft, watch, Some(moment));
            start(draft, watch, moment)?;
        }
        stop(draft, watch, None);
    }
    plan_attempts(draft);
    Ok(())
}

/// Plans the next attempt to reach the customer where somebody is to be told of it. What is planned for a day stays, however
/// often something is put on record until then; a historical case is owed nothing.
fn plan_attempts(draft: &mut Draft<'_>) {
    if draft.state.imported.is_some() {
        return;
    }
    let (context, kind) = (draft.context, draft.state.opening.kind.clone());
    for (nth, id, contacts) in context.policy.contacts_of(&kind) {
        let now = context.now;
        let next = draft
            .state
            .attempt_to_plan((nth, contacts), context.calendar, now);
        let planned = draft.state.planned.iter().find(|(one, _)| one == id);
        if planned.map(|(_, planned)| planned.on) == next.map(|next| next.on) {
            continue;
        }
        let event = Event::AttemptPlanned {
            contacts: id.clone(),
            next,
        };
        draft.follow_with(event, now);
    }
}

/// Withdraws every clock that runs: the case ends without being handled.
pub(super) fn withdraw_running(draft: &mut Draft<'_>) {
    let at = draft.at;
    for watch in watches(draft.kind) {
        let Some(clock) = draft.state.clock(watch.id()) else {
            continue;
        };
        if clock.is_running() {
            let event = Event::ClockWithdrawn {
                clock: watch.id().clone(),
                generation: clock.generation,
            };
            draft.follow_with(event, at);
        }
    }
}

/// Lets every clock run on that was withdrawn when the case was merged, from its own start.
pub(super) fn run_on(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let now = draft.context.now;
    for watch in watches(draft.kind) {
        let Some(clock) = draft.state.clock(watch.id()) else {
            continue;
        };
        // What was withdrawn for another reason has no start any more.
        if clock.phase == Phase::Withdrawn && !clock.starts.is_empty() {
            let event = moved(draft, watch, clock, clock.started_at, Moved::Corrected)?;
            draft.follow_with(event, now);
        }
    }
    Ok(())
}

/// Takes back a start or a stop that what is on record no longer bears out.
fn reconcile(draft: &mut Draft<'_>, watch: Watch<'_>) -> Result<(), Refusal> {
    let Some(clock) = draft.state.clock(watch.id()) else {
        return Ok(());
    };
    if clock.phase == Phase::Withdrawn {
        return Ok(());
    }
    let now = draft.context.now;
    let Some(start) = clock.starts.last().copied() else {
        let event = Event::ClockWithdrawn {
            clock: watch.id().clone(),
            generation: clock.generation,
        };
        draft.follow_with(event, now);
        return Ok(());
    };
    let stop_stands = match clock.phase {
        Phase::Stopped { at, .. } => {
            clock.stopped_by(&watch.stop(), &draft.state.happened) == Some(at)
        }
        _ => true,
    };
    if stop_stands && start.at == clock.started_at {
        return Ok(());
    }
    let event = moved(draft, watch, clock, start.at, Moved::Corrected)?;
    draft.follow_with(event, now);
    Ok(())
}

fn start(draft: &mut Draft<'_>, watch: Watch<'_>, moment: &Happened) -> Result<(), Refusal> {
    let starts = watch.start().iter().any(|pattern| moment.is(pattern));
    let id = watch.id();
    match draft.state.clock(id) {
        Some(clock) if clock.is_running() => restart(draft, watch, moment),
        // One moment does not stop a clock and start it anew, and neither does one from before the stop.
        Some(ClockState {
            phase: Phase::Stopped { at, .. },
            ..
        }) if moment.at < *at || stops(watch, moment) => Ok(()),
        before if starts && watch.applies(&draft.facts()) => {
            let generation = before.map_or(0, |before| before.generation) + 1;
            let lacks = |path: &FactPath| draft.state.lacks(path);
            if !watch.length_is_known(&draft.facts(), &lacks) {
                // There is nothing to measure a historical case against.
                return Ok(());
            }
            let limit = watch.limit(draft.context, &draft.facts(), moment.at)?;
            let due = due(draft, &limit, moment.at, &[])?;
            let clause = watch.clause_of_length(&draft.facts()).clone();
            let clock = id.clone();
            let event = Event::ClockStarted {
                clock,
                generation,
                started_at: moment.at,
                limit,
                due,
                clause,
            };
            draft.follow_with(event, moment.at);
            Ok(())
        }
        _ => Ok(()),
    }
}

fn stops(watch: Watch<'_>, moment: &Happened) -> bool {
    watch
        .stop()
        .iter()
        .flatten()
        .any(|pattern| moment.is(pattern))
}

fn restart(draft: &mut Draft<'_>, watch: Watch<'_>, moment: &Happened) -> Result<(), Refusal> {
    let restarts = |restart: &&Restart| restart.on.iter().any(|on| moment.is(on));
    let Some(restart) = watch.restart().filter(restarts) else {
        return Ok(());
    };
    let Some(clock) = draft.state.clock(watch.id()) else {
        return Ok(());
    };
    let left = restart.times_max.is_none_or(|times_max| {
        usize::try_from(times_max).is_ok_and(|times_max| clock.restarts() < times_max)
    });
    if !left || moment.at < clock.started_at {
        return Ok(());
    }
    let event = moved(draft, watch, clock, moment.at, Moved::Restarted)?;
    draft.follow_with(event, moment.at);
    Ok(())
}

/// Stops a running clock by what happened up to and including `until`, or by all that happened.
fn stop(draft: &mut Draft<'_>, watch: Watch<'_>, until: Option<&Happened>) {
    let Some(clock) = draft
        .state
        .clock(watch.id())
        .filter(|clock| clock.is_running())
    else {
        return;
    };
    let happened: Vec<Happened> = draft
        .state
        .happened
        .iter()
        .filter(|one| until.is_none_or(|until| one.order() <= until.order()))
        .cloned()
        .collect();
    let Some(at) = clock.stopped_by(&watch.stop(), &happened) else {
        return;
    };
    let met = clock.due.is_none_or(|due| at <= due.at);
    let event = Event::ClockStopped {
        clock: watch.id().clone(),
        generation: clock.generation,
        met,
    };
    draft.follow_with(event, at);
}

fn moved(
    draft: &Draft<'_>,
    watch: Watch<'_>,
    clock: &ClockState,
    started_at: Timestamp,
    why: Moved,
) -> Result<Event, Refusal> {
    // What a clock is restarted by begins with the time it had at first.
    let limit = match why {
        Moved::Restarted => clock.base,
        Moved::Resumed | Moved::CalendarChanged | Moved::Corrected => clock.limit(),
    };
    let due = due(draft, &limit, started_at, &clock.pauses_for_calendar())?;
    Ok(Event::ClockMoved {
        clock: watch.id().clone(),
        generation: clock.generation + 1,
        started_at,
        due,
        why,
    })
}

/// When a limit is due by the calendar; `None` while suspended.
pub(super) fn due(
    draft: &Draft<'_>,
    limit: &Limit,
    started_at: Timestamp,
    pauses: &[Pause],
) -> Result<Option<DueTime>, Refusal> {
    let due = draft
        .context
        .calendar
        .due(limit, started_at, pauses)
        .map_err(|_| Rule::LimitReached("calendar_years"))?;
    let time = |at, date| DueTime {
        at,
        date,
        provisional: due.provisional,
    };
    Ok(due
        .due_at
        .zip(due.due_date)
        .map(|(at, date)| time(at, date)))
}
