//! Who is kept out of a case (回避). It follows from the case's own record, whatever the organisation is like: as a deputy or
//! represented, whoever is named has a part.

use std::collections::BTreeSet;

use huiyin_policy::model::{ExcludedFrom, Exclusion, Policy, Selector};

use crate::id::PersonId;
use crate::state::CaseState;
use crate::state::entry::EntryKind;
use crate::value::Value;

/// The exclusion that keeps a person from doing anything with the case, if one does.
pub(crate) fn excluded<'p>(
    policy: &'p Policy,
    state: &CaseState,
    person: PersonId,
) -> Option<&'p Exclusion> {
    let kind = &state.opening.kind;
    let mut exclusions = policy.exclusions.values();
    exclusions.find(|exclusion| {
        exclusion.kinds.contains(kind) && named(&exclusion.who, state).contains(&person)
    })
}

/// Everyone who is kept from seeing the case.
pub(crate) fn excluded_from_sight(policy: &Policy, state: &CaseState) -> BTreeSet<PersonId> {
    policy
        .exclusions_of(&state.opening.kind)
        .filter(|(_, exclusion)| exclusion.from == ExcludedFrom::See)
        .flat_map(|(_, exclusion)| named(&exclusion.who, state))
        .collect()
}

/// Whom the record of the case names. The checker admits no other selectors here.
fn named(selector: &Selector, state: &CaseState) -> BTreeSet<PersonId> {
    match selector {
        Selector::Party(role) => state
            .parties_in(role)
            .filter_map(|party| party.person)
            .collect(),
        Selector::Taker => state.opening.taker.into_iter().collect(),
        Selector::FirstContact => state.opening.first_contact.into_iter().collect(),
        Selector::Dispatcher => [state.dispatcher, state.dispatched_by]
            .into_iter()
            .flatten()
            .collect(),
        Selector::PersonIn(path) => match state.facts.get(path) {
            Some(Value::Person(person)) => BTreeSet::from([*person]),
            _ => BTreeSet::new(),
        },
        Selector::Did(acts) => {
            let did = |kind: &EntryKind| match kind {
                EntryKind::Act { act, outcome } => {
                    acts.iter().any(|done| done.is(act, outcome.as_ref()))
                }
                _ => false,
            };
            let entries = state.entries.iter().filter(|entry| !entry.void);
            entries
                .filter(|entry| did(&entry.what))
                .flat_map(|entry| entry.actor.person().into_iter().chain(entry.acting_for))
                .collect()
        }
        Selector::AnyOf(selectors) => selectors
            .iter()
            .flat_map(|selector| named(selector, state))
            .collect(),
        Selector::Anyone
        | Selector::Role(_)
        | Selector::Position(_)
        | Selector::LeadUnit
        | Selector::UnitIn(_)
        | Selector::HeadOf(_)
        | Selector::DeciderAbove
        | Selector::Holder
        | Selector::Customer
        | Selector::Nobody => BTreeSet::new(),
    }
}
