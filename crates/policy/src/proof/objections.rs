//! Whoever waits for the decider above has one.

use super::places::Spot;
use crate::check::Log;
use crate::codes;
use crate::model::{Kind, KindId, Policy, Selector};

/// Only a case that objects to a decision has a decider above, so such a kind can't be opened otherwise.
pub(super) fn prove(policy: &Policy, id: &KindId, kind: &Kind, spot: Spot<'_>, log: &Log) {
    let raised = !kind.raised_from.is_empty();
    let objects = kind.raised_from.values().all(|raise| raise.above.is_some());
    let by_duty = policy.duties.values().any(|duty| duty.opens == *id);
    if raised && objects && !by_duty && kind.open.by == Selector::Nobody {
        return;
    }
    let steps = spot.key("steps");
    for (name, step) in &kind.steps {
        if waits_for_above(&step.by) {
            let finding = codes::CANNOT_HAPPEN.at(steps.key(name.as_str()).key("by").place());
            let finding = finding.with("what", "above").with("name", "decider_above");
            log.push(finding.done());
        }
    }
}

fn waits_for_above(selector: &Selector) -> bool {
    match selector {
        Selector::DeciderAbove => true,
        Selector::HeadOf(inner) => waits_for_above(inner),
        Selector::AnyOf(any) => any.iter().any(waits_for_above),
        _ => false,
    }
}
