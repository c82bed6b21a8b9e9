//! Who would have had to act or decide.

use std::collections::BTreeSet;

use huiyin_policy::model::{ActId, Policy, RoleId, Selector, StepId};

use super::Telling;
use crate::decide::draft::Draft;
use crate::decide::record::deciders_of;
use crate::event::{Event, Recorded};
use crate::id::PersonId;
use crate::organisation::Organisation;
use crate::selector::Who;
use crate::state::CaseState;

/// Who may act in a step, or put an act on record there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deciders {
    /// Who the policy says.
    pub who: Selector,
    /// Where an amount decides: the lowest role that may.
    pub role: Option<RoleId>,
}

/// Somebody else would have had to act or decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherDecider {
    /// In which step.
    pub step: StepId,
    /// By which act, if the policy says of it who may; otherwise it is whoever acts in the step.
    pub act: Option<ActId>,
    /// Who, by the case's own version.
    pub before: Deciders,
    /// Who, by the other one.
    pub after: Deciders,
}

/// Compares who may act in a step that the case came to, or put on record what was just put there.
pub(super) fn compare(
    telling: &Telling<'_>,
    draft: &Draft<'_>,
    recorded: &Recorded,
) -> Option<OtherDecider> {
    let (old, new) = (telling.old, draft.policy());
    let (step, act) = match &recorded.event {
        Event::StepEntered { step, .. } => (step, None),
        Event::ActRecorded { act, .. } => {
            let said = |policy: &Policy| {
                let act = policy.acts.get(act);
                act.is_some_and(|act| act.by.is_some() || act.band.is_some())
            };
            if !said(old) && !said(new) {
                return None;
            }
            (&telling.before.step, Some(act))
        }
        _ => return None,
    };
    let organisation = draft.context.organisation;
    let (before, who_before) = deciders(old, organisation, &telling.before, step, act)?;
    let (after, who_after) = deciders(new, organisation, &draft.state, step, act)?;
    // Where nobody has the position, what the policy says is all there is to compare.
    let nobody = who_before.is_empty() && who_after.is_empty();
    let same = if nobody {
        before == after
    } else {
        who_before == who_after
    };
    (!same).then(|| OtherDecider {
        step: step.clone(),
        act: act.cloned(),
        before,
        after,
    })
}

fn deciders(
    policy: &Policy,
    organisation: &Organisation,
    state: &CaseState,
    step: &StepId,
    act: Option<&ActId>,
) -> Option<(Deciders, BTreeSet<PersonId>)> {
    let step = state.kind(policy)?.steps.get(step)?;
    let act = match act {
        Some(act) => Some(policy.acts.get(act)?),
        None => None,
    };
    let selector = act.and_then(|act| act.by.as_ref()).unwrap_or(&step.by);
    let roles = act.and_then(|act| deciders_of(policy, state, act));
    let roles = roles.map(|(_, roles)| roles).unwrap_or_default();
    let who = Who {
        policy,
        organisation,
        state: Some(state),
        on: None,
    };
    let mut people = who.everyone(selector);
    if !roles.is_empty() {
        let has = |person, role: &RoleId| who.includes(&Selector::Role(role.clone()), person);
        people.retain(|&person| roles.iter().any(|role| has(person, role)));
    }
    let deciders = Deciders {
        who: selector.clone(),
        role: roles.first().map(|role| (*role).clone()),
    };
    Some((deciders, people.into_iter().collect()))
}
