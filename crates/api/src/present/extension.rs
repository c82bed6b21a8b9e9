//! Extensions of clocks: those granted, and how much more may be.

use std::num::NonZeroU32;

use huiyin_calendar::Limit;
use huiyin_case::extension::allowance;
use huiyin_case::state::CaseState;
use huiyin_case::state::clock::{ClockState, Extension};
use huiyin_policy::model::ClockId;
use huiyin_texts::{Lang, limit_in_words};

use super::{View, names};
use crate::dto::clock::{ExtensionChoice, ExtensionOffer, ExtensionView};

/// For how many units it is said what they come to.
const CHOICES_MAX: u32 = 120;

/// What was granted to a clock.
pub(crate) fn granted(view: &View<'_>, clock: &ClockState) -> Vec<ExtensionView> {
    let one = |one: &Extension| ExtensionView {
        at: names::instant(view.calendar, one.at),
        by: one
            .by
            .map(|person| names::person_name(view.directory, person)),
        more: in_words(clock, one.more.get(), view.lang),
        reason: one.reason.clone(),
        before_at: names::instant(view.calendar, one.before.at),
        before_date: one.before.date.to_string(),
        due_at: names::instant(view.calendar, one.due.at),
        due_date: one.due.date.to_string(),
    };
    clock.extensions.iter().map(one).collect()
}

/// How much more may be granted to a clock.
pub(crate) fn possible(view: &View<'_>, state: &CaseState, id: &ClockId) -> Option<ExtensionOffer> {
    let clock = state.clock(id)?;
    let now = clock.due?;
    let left = allowance(view.policy, view.calendar, state, id)?;
    let instant = |at| names::instant(view.calendar, at);
    let choice = |more: u32| {
        let due = left.due_after(view.calendar, clock, NonZeroU32::new(more)?)?;
        Some(ExtensionChoice {
            title: in_words(clock, more, view.lang),
            due_at: instant(due.at),
            due_date: due.date.to_string(),
        })
    };
    Some(ExtensionOffer {
        due_at: instant(now.at),
        due_date: now.date.to_string(),
        most: left.most,
        most_in_words: in_words(clock, left.most, view.lang),
        latest_at: instant(left.latest.at),
        latest_date: left.latest.date.to_string(),
        choices: (1..=left.most.min(CHOICES_MAX))
            .filter_map(choice)
            .collect(),
    })
}

/// So many of the units in which the clock's limit is counted.
pub(crate) fn in_words(clock: &ClockState, count: u32, lang: Lang) -> String {
    limit_in_words(lang, &Limit::new(clock.base.length.of_same_unit(count)))
}
