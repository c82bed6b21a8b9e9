//! What happened to clocks, in the history of a case.

use huiyin_case::command::Firing;
use huiyin_case::event::{DueTime, Event, Moved};
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
