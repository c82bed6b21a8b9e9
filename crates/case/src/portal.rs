//! What the customer sees of his case: how far it has come in plain words, and what was said to him and by him.

use huiyin_calendar::Calendar;
use huiyin_policy::model::{
    ClockId, Kind, MilestoneId, Moment, Move, Policy, Portal, Selector, Verb,
};
use jiff::Timestamp;

use crate::actor::Actor;
use crate::event::DueTime;
use crate::moment::matches;
use crate::state::entry::{Entry, EntryKind};
use crate::state::{CaseState, Stage};

/// A milestone that the case has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// Which.
    pub milestone: MilestoneId,
    /// When it came there last.
    pub at: Timestamp,
}

/// The milestones that the case has come to, in the order of the policy; the last one is where it is now.
pub fn reached(state: &CaseState, portal: &Portal) -> Vec<Reached> {
    let Some(now) = current(state, portal) else {
        return Vec::new();
    };
    let last = portal.milestones.get_index_of(&now).unwrap_or_default();
    let ids = portal.milestones.keys().take(last + 1);
    let mut before = state.opening.at;
    ids.map(|id| {
        // One that was passed over, or that there was before the portal, is over when the next one begins.
        let at = came_to(state, portal, id).unwrap_or(before);
        before = at;
        Reached {
            milestone: id.clone(),
            at,
        }
    })
    .collect()
}

fn current(state: &CaseState, portal: &Portal) -> Option<MilestoneId> {
    match state.stage {
        Stage::Open => portal.milestone_of(&state.step).cloned(),
        Stage::Closed | Stage::Archived => portal.milestones.last().map(|(id, _)| id.clone()),
    }
}

/// When the case last came to a milestone from another one.
fn came_to(state: &CaseState, portal: &Portal, id: &MilestoneId) -> Option<Timestamp> {
    let end = portal.milestones.last().map(|(id, _)| id);
    let mut at = None;
    let mut here: Option<&MilestoneId> = None;
    for one in &state.happened {
        let there = match &one.moment {
            Moment::Entered(step) => portal.milestone_of(step),
            Moment::Verb {
                verb: Verb::Closed, ..
            } => end,
            _ => continue,
        };
        if there != here && there == Some(id) {
            at = Some(one.at);
        }
        here = there;
    }
    at
}

/// The date that the policy promises the customer where the case is now, and the clock it comes from.
pub fn promised<'p>(state: &CaseState, portal: &'p Portal) -> Option<(&'p ClockId, DueTime)> {
    let (milestone, _) = portal.milestones.get_key_value(&current(state, portal)?)?;
    let clock = portal.milestones.get(milestone)?.due.as_ref()?;
    let running = state.clock(clock).filter(|running| running.is_running())?;
    Some((clock, running.due?))
}

/// The entries that are the customer's to see: what was addressed to him, and what he said himself. Void ones are left out.
pub fn shown<'s>(state: &'s CaseState, policy: &Policy) -> Vec<&'s Entry> {
    let is_his = |entry: &&Entry| {
        let addressed = match &entry.what {
            EntryKind::Opening | EntryKind::Note(_) => false,
            EntryKind::Act { act, .. } => policy.acts.get(act).is_some_and(|act| act.to_customer),
        };
        !entry.void && (addressed || entry.actor == Actor::Customer)
    };
    state.entries.iter().filter(is_his).collect()
}

/// Until when the customer may do something, where the policy sets a limit to it.
pub fn until(
    state: &CaseState,
    kind: &Kind,
    calendar: &Calendar,
    moment: &Moment,
) -> Option<DueTime> {
    let rows = match state.stage {
        Stage::Open => &kind.steps.get(&state.step)?.moves,
        Stage::Closed | Stage::Archived => &kind.after_close,
    };
    let is_his = |row: &&Move| {
        matches(&row.on, moment) && row.by.as_ref().is_some_and(Selector::includes_customer)
    };
    let within = rows.iter().find(is_his)?.within.as_ref()?;
    let since = state.passages.last();
    let since = since.map_or(state.opening.at, |passage| passage.at);
    let due = calendar.due(within, since, &[]).ok()?;
    Some(DueTime {
        at: due.due_at?,
        date: due.due_date?,
        provisional: due.provisional,
    })
}
