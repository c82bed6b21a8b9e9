//! What is declared has a consequence: each outcome lets its declarer in, or keeps him out.

use super::places::Places;
use crate::check::Log;
use crate::codes;
use crate::model::{ActId, ChoiceId, Declaration, FieldType, KindId, Policy, Selector, Whom};

/// Proves that whoever does not declare himself clear is kept out of every kind for which he declares.
pub(super) fn prove(policy: &Policy, places: &Places<'_, '_>, log: &Log) {
    for (id, declaration) in &policy.declarations {
        let open = outcomes(policy, declaration).find(|outcome| {
            let kept_out = |kind| keeps_out(policy, kind, &declaration.act, outcome);
            !declaration.clear.contains(outcome) && !declaration.kinds.iter().all(kept_out)
        });
        let Some(outcome) = open else { continue };
        let spot = places.element("declarations", id.as_str()).key("clear");
        let finding = codes::DECLARATION_OPEN.at(spot.place());
        let finding = finding.with("act", declaration.act.as_str());
        log.push(finding.with("outcome", outcome.as_str()).done());
    }
}

/// What can be declared.
fn outcomes<'p>(
    policy: &'p Policy,
    declaration: &'p Declaration,
) -> impl Iterator<Item = &'p ChoiceId> {
    let act = policy.acts.get(&declaration.act);
    let field = act.and_then(|act| {
        let part = policy.parts.get(act.part.as_ref()?)?;
        part.fields.get(act.outcome.as_ref()?)
    });
    let choices = field.and_then(|field| match &field.ty {
        FieldType::OneOf(choices) => Some(choices.keys()),
        _ => None,
    });
    let some = act.and_then(|act| act.outcomes.as_ref());
    let choices = choices.into_iter().flatten();
    choices.filter(move |choice| some.is_none_or(|some| some.contains(choice)))
}

fn keeps_out(policy: &Policy, kind: &KindId, act: &ActId, outcome: &ChoiceId) -> bool {
    let mut exclusions = policy.exclusions_of(kind);
    exclusions.any(|(_, exclusion)| match &exclusion.who {
        Whom::Named(who) => names(who, act, outcome),
        Whom::Related { .. } => false,
    })
}

fn names(selector: &Selector, act: &ActId, outcome: &ChoiceId) -> bool {
    match selector {
        Selector::Did(done) => done.iter().any(|done| done.is(act, Some(outcome))),
        Selector::AnyOf(any) => any.iter().any(|one| names(one, act, outcome)),
        _ => false,
    }
}
