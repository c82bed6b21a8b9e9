//! A form that somebody must never get reaches nobody of them.

use super::places::{Places, Spot};
use crate::check::Log;
use crate::codes;
use crate::model::{KeptFrom, PartId, Policy, Selector};

pub(super) fn prove(policy: &Policy, places: &Places<'_, '_>, log: &Log) {
    for (id, part) in &policy.parts {
        let Some(never_to) = &part.never_to else {
            continue;
        };
        let spot = places.element("parts", id.as_str());
        for (name, copy) in &part.copies {
            if overlap(&copy.to, &never_to.who) {
                let spot = spot.key("copies").key(name.as_str());
                report("copy", name.as_str(), never_to, spot.key("to"), log);
            }
        }
        if never_to.who.includes_customer() {
            shown_to_customer(policy, id, never_to, places, log);
        }
    }
}

/// The customer sees the acts that are marked so, his own, and what he fills in on the portal.
fn shown_to_customer(
    policy: &Policy,
    part: &PartId,
    never_to: &KeptFrom,
    places: &Places<'_, '_>,
    log: &Log,
) {
    for (id, act) in &policy.acts {
        let by_customer = act.by.as_ref().is_some_and(Selector::includes_customer);
        if act.part.as_ref() == Some(part) && (act.to_customer || by_customer) {
            let spot = places.element("acts", id.as_str());
            let key = if act.to_customer { "to_customer" } else { "by" };
            report("act", id.as_str(), never_to, spot.key(key), log);
        }
    }
    for (id, kind) in &policy.kinds {
        if kind.open.part == *part && kind.portal.is_some() {
            let spot = places.element("kinds", id.as_str());
            report("portal", id.as_str(), never_to, spot.key("portal"), log);
        }
    }
}

/// Whether two selectors have a word in common.
fn overlap(one: &Selector, other: &Selector) -> bool {
    match (one, other) {
        (Selector::AnyOf(any), other) | (other, Selector::AnyOf(any)) => {
            any.iter().any(|one| overlap(one, other))
        }
        (one, other) => one == other,
    }
}

fn report(what: &'static str, name: &str, never_to: &KeptFrom, spot: Spot<'_>, log: &Log) {
    let finding = codes::FORM_KEPT_FROM.at(spot.place()).with("what", what);
    let finding = finding.with("name", name).clause(never_to.clause.as_str());
    log.push(finding.done());
}
