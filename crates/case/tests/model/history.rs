//! What must hold of a history, added up anew from the bare events and not by the engine's own code.

use std::collections::BTreeMap;

use huiyin_calendar::{Limit, Pause};
use huiyin_case::event::{Event, Holder, Moved};
use huiyin_case::state::Stage;
use huiyin_case::state::clock::Phase;
use huiyin_case::value::Value;
use huiyin_case::{CaseState, Recorded};
use huiyin_policy::model::{ClockId, FieldId};
use huiyin_testkit::Story;
use jiff::Timestamp;

/// Checks a story's case.
pub(crate) fn check(story: &Story) {
    let state = story.state();
    numbered(&story.events);
    let kind = &story.policy.kinds[&state.opening.kind];
    assert!(kind.steps.contains_key(&state.step), "the step exists");
    if state.stage != Stage::Open {
        assert_eq!(
            state.holder,
            Holder::default(),
            "nobody has to act on a closed case"
        );
    }
    for (index, recorded) in story.events.iter().enumerate() {
        if recorded.event == (Event::CaseArchived) {
            assert_eq!(index + 1, story.events.len(), "nothing follows the archive");
        }
        if matches!(recorded.event, Event::CaseClosed { .. }) {
            closed_with_its_needs(&story.events[..index], state);
        }
    }
    clocks(story, state);
}

fn numbered(events: &[Recorded]) {
    for (event, seq) in events.iter().zip(1..) {
        assert_eq!(event.seq, seq, "no gaps");
        assert!(
            event.occurred_at <= event.recorded_at,
            "nothing is recorded before it happens"
        );
    }
}

/// The acts of a kind that are on record and valid, with when they happened.
fn valid<'e>(
    events: &'e [Recorded],
    name: &'e str,
) -> impl Iterator<Item = (Timestamp, u32)> + Clone + 'e {
    let voided = |seq: u32| {
        events.iter().any(|one| matches!(&one.event, Event::EntryCorrected { entry, fields: None, .. } if *entry == seq))
    };
    events
        .iter()
        .filter(move |one| {
            matches!(&one.event, Event::ActRecorded { act, .. } if act.as_str() == name)
                && !voided(one.seq)
        })
        .map(|one| (one.occurred_at, one.seq))
}

fn closed_with_its_needs(before: &[Recorded], state: &CaseState) {
    let reopened = before
        .iter()
        .filter(|one| matches!(one.event, Event::CaseReopened { .. }))
        .map(|one| (one.occurred_at, one.seq))
        .max();
    let since =
        |name: &str| valid(before, name).any(|at| reopened.is_none_or(|reopened| at > reopened));
    let ever = |name: &str| valid(before, name).next().is_some();
    let field = |name: &str| field_at_opening(before, name);
    match state.opening.kind.as_str() {
        "inquiry" => {
            assert!(since("answer"), "P1.5");
            assert!(
                field("other_unit") != Some(Value::Bool(true)) || ever("tell_transfer"),
                "P1.3"
            );
        }
        "complaint" => assert!(
            ever("investigate") && ever("tell_progress") && since("answer"),
            "P1.8, P1.10"
        ),
        _ => {
            assert!(since("inspect"), "W.6");
            assert!(
                field("damaged") != Some(Value::Bool(true)) || ever("decide"),
                "W.6"
            );
        }
    }
}

/// A field of the registration, as last corrected.
fn field_at_opening(events: &[Recorded], name: &str) -> Option<Value> {
    let fields = events.iter().rev().find_map(|one| match &one.event {
        Event::EntryCorrected {
            entry: 1,
            fields: Some(fields),
            ..
        }
        | Event::CaseOpened { fields, .. } => Some(fields),
        _ => None,
    });
    fields?.get(&FieldId::new(name)).cloned()
}

/// The cap of twenty days is 10 above the longest length (W.10); shorter ones are counted in working days.
const EXTENSIONS_DAYS_MAX: u32 = 10;

/// A clock's run as its own events tell it.
struct Run {
    limit: Limit,
    /// What it was extended by since its start or last restart.
    granted: u32,
    started_at: Timestamp,
    pauses: Vec<Pause>,
}

fn clocks(story: &Story, state: &CaseState) {
    let mut runs: BTreeMap<&ClockId, Run> = BTreeMap::new();
    for recorded in &story.events {
        match &recorded.event {
            Event::ClockStarted {
                clock,
                started_at,
                limit,
                ..
            } => {
                let mut pauses = runs.remove(clock).map(|run| run.pauses).unwrap_or_default();
                if let Some(open) = pauses
                    .last_mut()
                    .filter(|pause: &&mut Pause| pause.to.is_none())
                {
                    open.to = Some(*started_at);
                }
                runs.insert(
                    clock,
                    Run {
                        limit: *limit,
                        granted: 0,
                        started_at: *started_at,
                        pauses,
                    },
                );
            }
            Event::ClockMoved {
                clock,
                started_at,
                why,
                ..
            } => {
                let run = runs
                    .get_mut(clock)
                    .expect("a clock moves only once it was started");
                run.started_at = *started_at;
                if *why == Moved::Restarted {
                    run.granted = 0;
                }
                if let (Moved::Resumed, Some(open)) = (why, run.pauses.last_mut()) {
                    open.to = Some(recorded.occurred_at);
                }
            }
            Event::ClockExtended { clock, more, .. } => {
                let run = runs
                    .get_mut(clock)
                    .expect("a clock is extended only once it was started");
                run.granted += more.get();
                assert!(run.granted <= EXTENSIONS_DAYS_MAX, "W.10");
            }
            Event::ClockPaused { clock, .. } => {
                let run = runs
                    .get_mut(clock)
                    .expect("a clock pauses only once it was started");
                run.pauses.push(Pause {
                    from: recorded.occurred_at,
                    to: None,
                });
            }
            _ => {}
        }
    }
    for (id, clock) in &state.clocks {
        let run = &runs[id];
        let due = story
            .calendar
            .due(
                &run.limit.longer_by(run.granted),
                run.started_at,
                &run.pauses,
            )
            .expect("within the years of the calendar");
        if clock.is_running() {
            assert_eq!(
                clock.due.map(|due| due.at),
                due.due_at,
                "{id} is due as the calendar says"
            );
        }
        if let Phase::Stopped { at, met } = clock.phase {
            assert_eq!(
                met,
                clock.due.is_none_or(|due| at <= due.at),
                "{id} is met exactly if it stopped in time"
            );
        }
    }
    first_response(story, state);
    reply_to_an_inquiry(story, state);
}

/// P1.8: stopped exactly if both parts are on record, at the later of the two.
fn first_response(story: &Story, state: &CaseState) {
    let Some(clock) = state.clock(&ClockId::new("first_response")) else {
        return;
    };
    let first = |name| valid(&story.events, name).min().map(|(at, _)| at);
    let both = first("investigate")
        .zip(first("tell_progress"))
        .map(|(one, other)| one.max(other));
    match clock.phase {
        Phase::Stopped { at, .. } => assert_eq!(Some(at), both, "P1.8"),
        // The customer took it back, or it went on elsewhere.
        Phase::Withdrawn => {}
        Phase::Running => assert_eq!(both, None, "P1.8"),
    }
    assert_eq!(clock.started_at, state.opening.at, "P1.8");
}

/// P1.4: from the first transfer, if there was one while it ran, otherwise from registration.
fn reply_to_an_inquiry(story: &Story, state: &CaseState) {
    let Some(clock) = state
        .clock(&ClockId::new("reply"))
        .filter(|_| state.opening.kind.as_str() == "inquiry")
    else {
        return;
    };
    let transfers = || {
        story
            .events
            .iter()
            .filter(|one| matches!(one.event, Event::CaseTransferred { .. }))
            .map(|one| one.occurred_at)
    };
    let reopened = |at| {
        let opens = |one: &&Recorded| matches!(one.event, Event::CaseReopened { .. });
        let mut opened = story.events.iter().filter(opens);
        opened.any(|one| one.occurred_at == at)
    };
    if clock.is_running() && valid(&story.events, "answer").next().is_none() {
        // Opened again without an answer: the customer had taken it back.
        let known = transfers().any(|at| at == clock.started_at)
            || clock.started_at == state.opening.at
            || reopened(clock.started_at);
        assert!(known, "P1.4");
        assert!(clock.restarts() <= 1, "P1.4");
    }
}
