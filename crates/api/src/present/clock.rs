//! Clocks of a case, each with the reason for its due time.

use huiyin_case::state::CaseState;
use huiyin_case::state::clock::{ClockState, Phase};
use huiyin_policy::model::ClockId;
use huiyin_texts::calendar::explained;
use huiyin_texts::limit_in_words;
use jiff::SignedDuration;

use super::{View, entry, extension, names};
use crate::dto::clock::{ClockStateKind, ClockView};

/// The clocks, running ones first and the tightest of them at the top; those a correction took back are left out.
pub(crate) fn clocks(view: &View<'_>, state: &CaseState) -> Vec<ClockView> {
    let mut clocks: Vec<&(ClockId, ClockState)> = state
        .clocks
        .iter()
        .filter(|(_, clock)| clock.phase != Phase::Withdrawn)
        .collect();
    clocks.sort_by_key(|(_, clock)| (!clock.is_running(), clock.due.map(|due| due.at)));
    clocks
        .into_iter()
        .map(|(id, clock)| one(view, state, id, clock))
        .collect()
}

fn one(view: &View<'_>, state: &CaseState, id: &ClockId, clock: &ClockState) -> ClockView {
    let kind = state.kind(view.policy);
    let stopped_at = match clock.phase {
        Phase::Stopped { at, .. } => Some(at),
        Phase::Running | Phase::Withdrawn => None,
    };
    let warnings = kind.map(|kind| kind.warnings(id)).unwrap_or_default();
    let warn_at = clock.due.into_iter().flat_map(|due| {
        warnings.iter().filter_map(move |warning| {
            due.at
                .checked_sub(SignedDuration::from_secs(warning.before_seconds))
                .ok()
        })
    });
    let explanation = view
        .calendar
        .explain(
            &clock.limit(),
            clock.started_at,
            &clock.pauses_for_calendar(),
        )
        .map(|explanation| explained(view.lang, &explanation.lines))
        .unwrap_or_default();
    ClockView {
        clock: id.to_string(),
        title: entry::clock_title(view, kind, id),
        clause: clock.clause.to_string(),
        state: match clock.phase {
            Phase::Running if clock.due.is_none() => ClockStateKind::Suspended,
            Phase::Running | Phase::Withdrawn => ClockStateKind::Running,
            Phase::Stopped { met: true, .. } => ClockStateKind::Met,
            Phase::Stopped { met: false, .. } => ClockStateKind::Missed,
        },
        generation: clock.generation,
        started_at: names::instant(view.calendar, clock.started_at),
        due_at: clock.due.map(|due| names::instant(view.calendar, due.at)),
        due_date: clock.due.map(|due| due.date.to_string()),
        stopped_at: stopped_at.map(|at| names::instant(view.calendar, at)),
        provisional: clock.due.is_some_and(|due| due.provisional),
        limit: limit_in_words(view.lang, &clock.limit()),
        extensions: extension::granted(view, clock),
        warn_at: warn_at
            .map(|at| names::instant(view.calendar, at))
            .collect(),
        explanation,
    }
}
