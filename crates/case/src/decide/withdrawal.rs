//! The customer takes the complaint back (撤回).

use huiyin_policy::model::Verb;

use super::draft::{Draft, required_text};
use super::{follow, links};
use crate::event::Event;
use crate::refusal::{Refusal, Rule};
use crate::state::Stage;

/// Accepts a withdrawal: the case ends, and its clocks count as never started.
pub(super) fn withdraw(draft: &mut Draft<'_>, told_by: &str, reason: &str) -> Result<(), Refusal> {
    let here = Some(draft.state.step.clone());
    let not_allowed = Rule::MoveNotAllowed {
        verb: Verb::Withdrawn,
        step: here,
    };
    let Some(rule) = &draft.kind.withdrawal else {
        return Err(not_allowed.into());
    };
    if draft.state.stage != Stage::Open {
        return Err(not_allowed.into());
    }
    if !draft.admits(&rule.by) {
        return Err(Refusal::of(Rule::NotEntitled, &rule.clause));
    }
    if !rule.steps.is_empty() && !rule.steps.contains(&draft.state.step) {
        return Err(Refusal::of(not_allowed, &rule.clause));
    }
    if draft.at < draft.state.step_entered_at {
        return Err(Rule::OccursTooEarly(draft.state.step_entered_at).into());
    }
    for text in [told_by, reason] {
        required_text(text).map_err(|refusal| Refusal::of(refusal.rule, &rule.clause))?;
    }
    draft.check_needs(&rule.needs)?;
    draft.push(Event::CaseWithdrawn {
        told_by: told_by.to_owned(),
        reason: reason.to_owned(),
    });
    follow::withdraw_running(draft);
    links::tell(draft, &rule.tells);
    Ok(())
}
