//! What somebody has declared of himself for a case (利害关系声明).

use huiyin_policy::model::{ActId, Declaration, Policy};

use crate::actor::Actor;
use crate::id::PersonId;
use crate::state::CaseState;
use crate::state::entry::EntryKind;

/// The first declaration that a person still has to make before he does anything with the case.
pub(crate) fn owed<'p>(
    policy: &'p Policy,
    state: &'p CaseState,
    person: PersonId,
) -> Option<&'p Declaration> {
    let mut declarations = policy.declarations_of(&state.opening.kind);
    declarations.find(|declaration| !is_clear(state, declaration, person))
}

/// Whether an act is a declaration that is made for this case.
pub(crate) fn is_declared_by(policy: &Policy, state: &CaseState, act: &ActId) -> bool {
    let mut declarations = policy.declarations_of(&state.opening.kind);
    declarations.any(|declaration| declaration.act == *act)
}

/// What counts is what he said last, himself: nobody declares for somebody else.
fn is_clear(state: &CaseState, declaration: &Declaration, person: PersonId) -> bool {
    let own = state
        .entries
        .iter()
        .filter(|entry| !entry.void && entry.actor == Actor::Person(person));
    let mut said = own.rev().filter_map(|entry| match &entry.what {
        EntryKind::Act { act, outcome } if *act == declaration.act => Some(outcome.as_ref()),
        _ => None,
    });
    let last = said.next().flatten();
    last.is_some_and(|outcome| declaration.clear.contains(outcome))
}
