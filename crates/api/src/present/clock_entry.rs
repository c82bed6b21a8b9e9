//! What happened to clocks, in the history of a case.

use std::collections::BTreeMap;

use huiyin_case::command::Firing;
use huiyin_case::event::{DueTime, Event, Moved, Recorded};
use huiyin_case::state::CaseState;
use huiyin_policy::model::ClockId;
use huiyin_texts::{Args, render};

use super::{View, entry, extension, names};

/// The title of an event about a clock, and the text that a person wrote with it.
pub(super) fn tell(view: &View<'_>, state: &CaseState, event: &Event) -> (String, Option<String>) {
    let say = |key: &str, args: &Args| render(view.lang, key, args);
    let kind = state.kind(view.policy);
    let about = |clock: &ClockId| Args::new().with("clock", entry::clock_title(view, kind, clock));
    let moment = |due: DueTime| names::instant_in_words(view.calendar, due.at);
    let suspended = || "suspended".to_owned();
    match event {
        Event::ClockStarted { clock, due, .. } => {
            let args = about(clock).with("due", due.map(moment).unwrap_or_default());
            (say("entry-clock-started", &args), None)
        }
        Event::ClockMoved {
            clock, due, why, ..
        } => {
            let tail = due.map(moment);
            let tail = tail
                .map(|due| say("entry-clock-moved-tail", &Args::new().with("due", due)))
                .unwrap_or_default();
            let why = match why {
                Moved::Restarted => "restarted",
                Moved::Resumed => "resumed",
                Moved::CalendarChanged => "calendar",
                Moved::Corrected => "corrected",
            };
            let args = about(clock).with("tail", tail).with("why", why);
            (say("entry-clock-moved", &args), None)
        }
        Event::ClockPaused { clock, note, .. } => {
            (say("entry-clock-paused", &about(clock)), Some(note.clone()))
        }
        Event::ClockExtended {
            clock,
            more,
            before,
            due,
            reason,
            ..
        } => {
            let more = state
                .clock(clock)
                .map(|clock| extension::in_words(clock, more.get(), view.lang));
            let args = about(clock)
                .with("more", more.unwrap_or_default())
                .with("before", moment(*before))
                .with("due", moment(*due));
            (say("entry-clock-extended", &args), Some(reason.clone()))
        }
        Event::ClockStopped { clock, met, .. } => {
            let args = about(clock).with("met", if *met { "yes" } else { "no" });
            (say("entry-clock-stopped", &args), None)
        }
        Event::ClockRuledAnew {
            clock, before, due, ..
        } => {
            let args = about(clock)
                .with("before", before.map(moment).unwrap_or_else(suspended))
                .with("due", due.map(moment).unwrap_or_else(suspended));
            (say("entry-clock-ruled-anew", &args), None)
        }
        Event::ClockWithdrawn { clock, .. } => {
            let key = match state.imported {
                Some(_) => "entry-clock-untold",
                None if state.ended_unhandled() => "entry-clock-ended",
                None => "entry-clock-withdrawn",
            };
            (say(key, &about(clock)), None)
        }
        Event::ClockFired { clock, firing, .. } => {
            let what = match firing {
                Firing::Warning(_) => "warning",
                Firing::Due => "due",
                Firing::Attempt { .. } => "attempt",
            };
            (
                say("entry-clock-fired", &about(clock).with("what", what)),
                None,
            )
        }
        _ => (String::new(), None),
    }
}

/// What is told of clocks that were computed again by a new version of the calendar, by entry: when they were due before, and
/// when they are due since (T9).
pub(super) fn recomputed(
    view: &View<'_>,
    state: &CaseState,
    history: &[Recorded],
) -> BTreeMap<u32, String> {
    let moment = |due: DueTime| names::instant_in_words(view.calendar, due.at);
    let mut known: BTreeMap<&ClockId, Option<DueTime>> = BTreeMap::new();
    let mut told = BTreeMap::new();
    for recorded in history {
        let (clock, due) = match &recorded.event {
            Event::ClockStarted { clock, due, .. }
            | Event::ClockMoved { clock, due, .. }
            | Event::ClockRuledAnew { clock, due, .. } => (clock, *due),
            Event::ClockExtended { clock, due, .. } => (clock, Some(*due)),
            _ => continue,
        };
        let before = known.insert(clock, due).flatten();
        let by_calendar = matches!(
            recorded.event,
            Event::ClockMoved {
                why: Moved::CalendarChanged,
                ..
            }
        );
        if let Some((before, due)) = before.zip(due).filter(|_| by_calendar) {
            let kind = state.kind(view.policy);
            let args = Args::new()
                .with("clock", entry::clock_title(view, kind, clock))
                .with("same", if before.at == due.at { "yes" } else { "no" })
                .with("before", moment(before))
                .with("due", moment(due));
            let title = render(view.lang, "entry-clock-recomputed", &args);
            told.insert(recorded.seq, title);
        }
    }
    told
}
