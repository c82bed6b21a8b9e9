//! Extensions: more time for a running clock, never beyond its cap.

use std::num::NonZeroU32;

use huiyin_policy::model::{ClockId, ExtendRule};

use super::clocks::running;
use super::draft::{Draft, required_text};
use crate::event::Event;
use crate::extension::{Allowance, granted_so_far};
use crate::limits::EXTENSIONS_MAX;
use crate::refusal::{Refusal, Rule};
use crate::watch::watch;

/// Extends a clock. One that has run out is late, and stays so.
pub(super) fn extend(
    draft: &mut Draft<'_>,
    id: &ClockId,
    more: NonZeroU32,
    reason: &str,
) -> Result<(), Refusal> {
    let rule = extend_rule(draft, id)?;
    let extended = extended(draft, rule, id, (more, reason))?;
    required_text(reason)?;
    draft.push(extended);
    Ok(())
}

/// What giving a clock more time comes to, whoever asks.
pub(super) fn extended(
    draft: &Draft<'_>,
    rule: &ExtendRule,
    id: &ClockId,
    (more, reason): (NonZeroU32, &str),
) -> Result<Event, Refusal> {
    let refused = |problem: Rule| Refusal::of(problem, &rule.clause);
    let clock = running(draft, id)?;
    let before = clock
        .due
        .ok_or_else(|| refused(Rule::ClockNotInThatState(id.clone())))?;
    if draft.at < clock.started_at {
        return Err(Rule::OccursTooEarly(clock.started_at).into());
    }
    if draft.at > before.at {
        return Err(refused(Rule::TooLate(before.date)));
    }
    let granted = granted_so_far(rule, clock);
    if let Some(max) = rule.times_max.filter(|&max| granted >= max) {
        return Err(refused(Rule::ExtensionsUsedUp(max)));
    }
    if clock.extensions.len() >= EXTENSIONS_MAX {
        return Err(Rule::LimitReached("extensions").into());
    }
    let context = draft.context;
    let allowance = Allowance::of(context.policy, context.calendar, rule, clock)
        .ok_or_else(|| refused(Rule::ExtensionNotAllowed(id.clone())))?;
    let due = allowance
        .due_after(context.calendar, clock, more)
        .ok_or_else(|| refused(allowance.exceeded()))?;
    Ok(Event::ClockExtended {
        clock: id.clone(),
        generation: clock.generation + 1,
        more,
        before,
        due,
        clause: rule.clause.clone(),
        reason: reason.to_owned(),
    })
}

/// The clause that lets the actor extend the clock.
fn extend_rule<'a>(draft: &Draft<'a>, id: &ClockId) -> Result<&'a ExtendRule, Refusal> {
    draft.step()?;
    let watch = watch(draft.kind, id).ok_or_else(|| Rule::ClockNotInThatState(id.clone()))?;
    let not_allowed = || Rule::ExtensionNotAllowed(id.clone());
    let rule = watch
        .clock()
        .and_then(|clock| clock.extend.as_ref())
        .ok_or_else(|| Refusal::of(not_allowed(), watch.clause()))?;
    if !draft.admits(&rule.by) {
        return Err(Refusal::of(Rule::NotEntitled, &rule.clause));
    }
    match &rule.when {
        Some(when) if !draft.facts().hold(when) => Err(Refusal::of(not_allowed(), &rule.clause)),
        _ => Ok(rule),
    }
}
