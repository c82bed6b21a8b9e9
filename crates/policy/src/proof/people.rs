//! Somebody can open a case, bring it out of every step, and whatever he puts on record leads somewhere.

use std::collections::BTreeSet;

use super::duties::positions;
use super::places::Spot;
use crate::check::Log;
use crate::codes;
use crate::model::{
    Act, ActId, ChoiceId, FieldType, Kind, KindId, Moment, Move, Policy, Selector, Step, Target,
};

pub(super) fn prove(policy: &Policy, id: &KindId, kind: &Kind, spot: Spot<'_>, log: &Log) {
    prove_opened(policy, id, kind, spot.key("open").key("by"), log);
    for (step_id, step) in &kind.steps {
        let spot = spot.key("steps").key(step_id.as_str());
        prove_moved_on(policy, step_id.as_str(), step, spot, log);
        prove_outcomes(policy, id, step, spot.key("moves"), log);
    }
}

/// Whoever may register a case is somebody before there is one.
fn prove_opened(policy: &Policy, id: &KindId, kind: &Kind, spot: Spot<'_>, log: &Log) {
    let by_duty = policy.duties.values().any(|duty| duty.opens == *id);
    let otherwise = by_duty || !kind.raised_from.is_empty() || kind.portal.is_some();
    if otherwise || kind.open.by == Selector::Nobody || is_somebody_before(&kind.open.by) {
        return;
    }
    let finding = codes::NOBODY_CAN_OPEN.at(spot.place());
    let finding = finding.with("kind", id.as_str());
    log.push(finding.clause(kind.open.clause.as_str()).done());
}

/// Whether a selector means anybody while there is no case yet.
fn is_somebody_before(selector: &Selector) -> bool {
    match selector {
        Selector::Anyone | Selector::Role(_) | Selector::Position(_) => true,
        Selector::HeadOf(inner) => is_somebody_before(inner),
        Selector::AnyOf(any) => any.iter().any(is_somebody_before),
        _ => false,
    }
}

/// Not everything that leads on from a step is kept from everybody who could do it.
fn prove_moved_on(policy: &Policy, id: &str, step: &Step, spot: Spot<'_>, log: &Log) {
    let mut ways = step.moves.iter().filter(|row| row.then != Target::Stay);
    let mut kept = Vec::new();
    let all_kept = ways.all(|row| match act_of(policy, row) {
        Some((act, declared)) => {
            kept.push(act.as_str());
            is_kept_from_all(policy, step, row, declared)
        }
        // Verbs are kept from nobody.
        None => false,
    });
    if !all_kept || kept.is_empty() {
        return;
    }
    kept.dedup();
    let finding = codes::STEP_KEPT_FROM_ITS_PEOPLE.at(spot.key("by").place());
    let finding = finding.with("step", id).with("acts", kept.join(", "));
    let clause = step.clause.as_ref().map(|clause| clause.as_str());
    log.push(match clause {
        Some(clause) => finding.clause(clause).done(),
        None => finding.done(),
    });
}

fn act_of<'p>(policy: &'p Policy, row: &'p Move) -> Option<(&'p ActId, &'p Act)> {
    match &row.on {
        Moment::Act { act, .. } => policy.acts.get_key_value(act),
        _ => None,
    }
}

/// Whether an act is kept from everybody who could bring the case on with it by this row.
fn is_kept_from_all(policy: &Policy, step: &Step, row: &Move, act: &Act) -> bool {
    let Some(who) = act.not_by.as_ref().and_then(|not_by| not_by.who.as_ref()) else {
        return false;
    };
    let people = act.by.as_ref().unwrap_or(&step.by);
    let by_row = row.by.as_ref().is_some_and(|by| takes_in(policy, who, by));
    by_row || takes_in(policy, who, people)
}

/// Whether the first selector surely means everybody whom the second one means.
fn takes_in(policy: &Policy, all: &Selector, some: &Selector) -> bool {
    if all == some {
        return true;
    }
    if let Selector::AnyOf(some) = some {
        return !some.is_empty() && some.iter().all(|one| takes_in(policy, all, one));
    }
    match all {
        Selector::Anyone => true,
        Selector::AnyOf(all) => all.iter().any(|one| takes_in(policy, one, some)),
        _ => match (positions(policy, all), positions(policy, some)) {
            (Some(all), Some(some)) => some.is_subset(&all),
            _ => false,
        },
    }
}

/// Where nothing but some outcomes of an act leads on from a step, there is a row for each that it can have: one without would be put on
/// record and leave the case where it is. Attempts to reach a customer are meant to be put on record again and again.
fn prove_outcomes(policy: &Policy, kind: &KindId, step: &Step, spot: Spot<'_>, log: &Log) {
    let mut seen = BTreeSet::new();
    for (index, row) in step.moves.iter().enumerate() {
        let Some((id, act)) = act_of(policy, row) else {
            continue;
        };
        let leads_on = |row: &&Move| {
            row.then != Target::Stay && act_of(policy, row).is_none_or(|(one, _)| one != id)
        };
        let other_way = step.moves.iter().any(|row| leads_on(&row));
        if !seen.insert(id) || other_way || !step.acts.contains(id) || is_attempt(policy, kind, id)
        {
            continue;
        }
        let missing = without_row(policy, step, id, act);
        if missing.is_empty() {
            continue;
        }
        let missing: Vec<String> = missing.iter().map(|one| format!("{id}.{one}")).collect();
        let finding = codes::OUTCOME_WITHOUT_ROW.at(spot.item(index).key("on").place());
        let finding = finding.with("act", id.as_str());
        let finding = finding.with("outcomes", missing.join(", "));
        log.push(finding.done());
    }
}

/// The outcomes of an act for which a step has no row; none if some row waits for the act however it goes.
fn without_row<'p>(policy: &'p Policy, step: &Step, id: &ActId, act: &'p Act) -> Vec<&'p ChoiceId> {
    let waited: Option<BTreeSet<&ChoiceId>> = step
        .moves
        .iter()
        .filter_map(|row| match &row.on {
            Moment::Act { act, outcome } if act == id => Some(outcome.as_ref()),
            _ => None,
        })
        .collect();
    match waited {
        Some(waited) => outcomes(policy, act)
            .into_iter()
            .filter(|outcome| !waited.contains(outcome))
            .collect(),
        None => Vec::new(),
    }
}

/// How an act can go.
fn outcomes<'p>(policy: &'p Policy, act: &'p Act) -> Vec<&'p ChoiceId> {
    if let Some(some) = &act.outcomes {
        return some.iter().collect();
    }
    let part = act.part.as_ref().and_then(|part| policy.parts.get(part));
    let field = act.outcome.as_ref().zip(part);
    let field = field.and_then(|(field, part)| part.fields.get(field));
    match field.map(|field| &field.ty) {
        Some(FieldType::OneOf(choices)) => choices.keys().collect(),
        _ => Vec::new(),
    }
}

fn is_attempt(policy: &Policy, kind: &KindId, act: &ActId) -> bool {
    let mut contacts = policy.contacts.values();
    contacts.any(|contacts| contacts.kinds.contains(kind) && contacts.act == *act)
}
