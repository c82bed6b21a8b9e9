//! Opening a seal (启封). What is under it never is in an event of the opening: only who was told, and why.

use huiyin_policy::model::SealId;

use super::draft::{Draft, required_text};
use super::record::tell;
use crate::event::Event;
use crate::refusal::{Refusal, Rule};

/// Puts on record that a seal is opened, now and for a reason, and tells those whom the policy wants told.
pub(super) fn open(draft: &mut Draft<'_>, id: &SealId, reason: &str) -> Result<(), Refusal> {
    let policy = draft.policy();
    let nothing = || Rule::NothingSealed(id.clone());
    let seal = policy.seals.get(id).ok_or_else(nothing)?;
    let refused = |rule| Refusal::of(rule, &seal.clause);
    if !draft.admits(&seal.opened_by) {
        return Err(refused(Rule::NotEntitled));
    }
    if draft.state.sealed(policy, id).is_empty() && draft.state.files_under(id).next().is_none() {
        return Err(refused(nothing()));
    }
    // He is told now, whenever he says it happened.
    if draft.at < draft.context.now {
        return Err(refused(Rule::OccursTooEarly(draft.context.now)));
    }
    required_text(reason).map_err(|refusal| refused(refusal.rule))?;
    draft.push(Event::SealOpened {
        seal: id.clone(),
        reason: reason.to_owned(),
    });
    tell(draft, &seal.tells);
    Ok(())
}
