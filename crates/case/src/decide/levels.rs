//! Setting a level by hand.

use huiyin_policy::model::{ChoiceId, LevelsId};

use super::draft::{Draft, required_text};
use crate::event::Event;
use crate::refusal::{Refusal, Rule};

/// Sets a level, or takes back what was set. What the table finds stays on record beside it.
pub(super) fn set(
    draft: &mut Draft<'_>,
    id: &LevelsId,
    level: Option<&ChoiceId>,
    reason: &str,
) -> Result<(), Refusal> {
    draft.step()?;
    let not_settable = || Rule::LevelNotSettable(id.clone());
    let (policy, known) = (draft.policy(), draft.state.level(id));
    let (levels, known) = policy.levels.get(id).zip(known).ok_or_else(not_settable)?;
    let setting = levels.set.as_ref();
    let setting = setting.ok_or_else(|| Refusal::of(not_settable(), &levels.clause))?;
    let refused = |rule| Err(Refusal::of(rule, &setting.clause));
    if !draft.admits(&setting.by) {
        return refused(Rule::NotEntitled);
    }
    match level {
        Some(level) if !levels.scale.contains_key(level) => return refused(not_settable()),
        Some(level)
            if setting.raise_only
                && levels.below_top(level) >= levels.below_top(&known.chosen.level) =>
        {
            return refused(Rule::LevelNotHigher(id.clone()));
        }
        Some(_) => {}
        None if known.set.is_none() => return refused(not_settable()),
        None => {}
    }
    required_text(reason).map_err(|refusal| Refusal::of(refusal.rule, &setting.clause))?;
    draft.push(Event::LevelSet {
        levels: id.clone(),
        level: level.cloned(),
        reason: reason.to_owned(),
    });
    Ok(())
}
