//! Objections to a decision: they go to the decider one row above whoever decided (P3.14).

use huiyin_policy::model::{ActId, BandOutcome, KindId, Policy, Raise, RoleId, Selector};

use crate::organisation::Organisation;
use crate::refusal::{Refusal, Rule};
use crate::selector::Who;
use crate::state::CaseState;
use crate::state::entry::{Entry, EntryKind};
use crate::value::Value;

/// For whom a case of a kind is that is opened out of this one: the decider above whoever decided here. `None` if such a case
/// objects to nothing. Above the last row of the band there is nobody: its decider decides again.
///
/// # Errors
///
/// [`Rule::NeedsAct`] if nothing was decided yet.
pub fn decider_above(
    policy: &Policy,
    organisation: &Organisation,
    state: &CaseState,
    kind: &KindId,
) -> Result<Option<RoleId>, Refusal> {
    let raised = policy.kinds.get(kind);
    let Some(raise) = raised.and_then(|raised| raised.raised_from.get(&state.opening.kind)) else {
        return Ok(None);
    };
    let Some(act) = &raise.above else {
        return Ok(None);
    };
    let decided = decision(state, act).ok_or_else(|| not_decided(raise, act))?;
    let who = Who {
        policy,
        organisation,
        state: Some(state),
        on: None,
    };
    Ok(above(&who, act, decided)
        .or_else(|| deciders(policy, act).last().map(|role| (*role).clone())))
}

fn not_decided(raise: &Raise, act: &ActId) -> Refusal {
    Refusal::of(Rule::NeedsAct(act.clone()), &raise.clause)
}

/// The last decision that is valid.
fn decision<'s>(state: &'s CaseState, asked: &ActId) -> Option<&'s Entry> {
    let mut entries = state.entries.iter().rev().filter(|entry| !entry.void);
    entries.find(|entry| matches!(&entry.what, EntryKind::Act { act, .. } if act == asked))
}

/// Who decides under the band of an act, from the lowest row up.
fn deciders<'p>(policy: &'p Policy, act: &ActId) -> Vec<&'p RoleId> {
    let band = policy.acts.get(act).and_then(|act| act.band.as_ref());
    let band = band.and_then(|band| policy.bands.get(band));
    let rows = band.into_iter().flat_map(|band| band.rows.rows());
    rows.filter_map(|(_, outcome)| match outcome {
        BandOutcome::Decider(role) => Some(role),
        BandOutcome::Grade(_) => None,
    })
    .collect()
}

/// The row above the highest that whoever decided has, at least above that of the amount.
fn above(who: &Who<'_>, act: &ActId, decided: &Entry) -> Option<RoleId> {
    let deciders = deciders(who.policy, act);
    let person = decided.acting_for.or(decided.actor.person());
    let has = |role: &&RoleId| {
        let role = Selector::Role((*role).clone());
        person.is_some_and(|person| who.includes(&role, person))
    };
    let held = deciders.iter().rposition(has);
    let row = held.max(row_of_amount(who, act))?;
    deciders.get(row + 1).map(|role| (*role).clone())
}

fn row_of_amount(who: &Who<'_>, act: &ActId) -> Option<usize> {
    let band = who.policy.acts.get(act)?.band.as_ref()?;
    let band = who.policy.bands.get(band)?;
    match who.state?.facts.get(band.of.as_ref()?)? {
        Value::Money(amount) => band.rows.row_of(*amount),
        _ => None,
    }
}
