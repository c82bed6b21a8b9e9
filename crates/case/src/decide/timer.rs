//! Timers: warnings and lateness take effect once, and never move a case.

use huiyin_policy::model::{ClockId, NoticeId, Selector};

use super::draft::Draft;
use crate::actor::Actor;
use crate::command::Firing;
use crate::event::Event;
use crate::refusal::{Refusal, Rule};
use crate::watch::watch;

/// Lets one timer of one run take effect.
///
/// A warning that fires only after the clock is due (the server was down) is put on record but sends nothing: the
/// notice of lateness says it already.
pub(super) fn fire(
    draft: &mut Draft<'_>,
    id: &ClockId,
    generation: u32,
    firing: Firing,
) -> Result<(), Refusal> {
    if draft.actor != Actor::System {
        return Err(Rule::NotEntitled.into());
    }
    let now = draft.context.now;
    let is_this = |timer: &crate::state::Timer| {
        timer.clock == *id
            && timer.generation == generation
            && timer.firing == firing
            && timer.at <= now
    };
    let timers = draft.state.timers(draft.policy());
    let timer = timers
        .iter()
        .find(|timer| is_this(timer))
        .ok_or(Rule::TimerOutdated)?;
    let overdue = draft
        .state
        .clock(id)
        .and_then(|clock| clock.due)
        .is_some_and(|due| due.at < now);
    draft.follow_with(
        Event::ClockFired {
            clock: id.clone(),
            generation,
            firing,
        },
        timer.at,
    );
    for (notice, to) in notices(draft, id, firing, overdue) {
        let today = draft.context.calendar.date_of(now);
        let to = draft.who().told(to, today);
        draft.follow_with(
            Event::NoticeSent {
                notice: notice.clone(),
                clock: Some(id.clone()),
                to,
            },
            now,
        );
    }
    Ok(())
}

fn notices<'a>(
    draft: &Draft<'a>,
    id: &ClockId,
    firing: Firing,
    overdue: bool,
) -> Vec<(&'a NoticeId, &'a Selector)> {
    let watched = watch(draft.kind, id);
    match (firing, watched) {
        (Firing::Attempt { contacts: nth, .. }, _) => {
            let contacts = draft.policy().contacts.get_index(nth.into());
            let due = contacts.into_iter().flat_map(|(_, contacts)| &contacts.due);
            due.map(|told| (&told.notice, &told.to)).collect()
        }
        (_, None) => Vec::new(),
        (Firing::Due, Some(watch)) => watch
            .late()
            .iter()
            .map(|late| (&late.notice, &late.to))
            .collect(),
        (Firing::Warning(_), _) if overdue => Vec::new(),
        (Firing::Warning(nth), Some(watch)) => watch
            .warn()
            .get(usize::from(nth))
            .map(|warning| (&warning.notice, &warning.to))
            .into_iter()
            .collect(),
    }
}
