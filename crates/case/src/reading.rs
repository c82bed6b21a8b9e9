//! Who reads a case and does nothing with it but what names him (P8.2).

use huiyin_policy::model::{Policy, ReadBy};

use crate::command::Act;
use crate::id::{PersonId, UnitId};
use crate::organisation::Organisation;
use crate::refusal::{Refusal, Rule};
use crate::state::CaseState;
use crate::value::Value;

impl CaseState {
    /// The unit whose people read the case, whatever else; `None` if the policy lets nobody or the field is empty.
    pub fn read_by(&self, policy: &Policy) -> Option<UnitId> {
        match self.facts.get(&self.reading_rule(policy)?.unit)? {
            Value::Unit(unit) => Some(*unit),
            _ => None,
        }
    }

    fn reading_rule<'p>(&self, policy: &'p Policy) -> Option<&'p ReadBy> {
        self.kind(policy)?.read_by.as_ref()
    }
}

/// Refuses what a person of the reading unit may not do: everything but an act that says itself by whom it is done.
pub(crate) fn reads_only(
    policy: &Policy,
    organisation: &Organisation,
    state: &CaseState,
    people: impl IntoIterator<Item = PersonId>,
    act: &Act,
) -> Result<(), Refusal> {
    let (Some(rule), Some(unit)) = (state.reading_rule(policy), state.read_by(policy)) else {
        return Ok(());
    };
    let is_named = |act: &Act| match act {
        Act::Record { act, .. } => policy.acts.get(act).is_some_and(|act| act.by.is_some()),
        _ => false,
    };
    let belongs = |person: PersonId| {
        let known = organisation.active(person);
        known.is_some_and(|known| organisation.is_within(known.unit, unit))
    };
    if !is_named(act) && people.into_iter().any(belongs) {
        return Err(Refusal::of(Rule::ReadsOnly, &rule.clause));
    }
    Ok(())
}
