//! A form that is settled is given as an act by somebody of the organisation: then the case has a number and its facts.

use super::places::Places;
use crate::check::Log;
use crate::codes;
use crate::model::{PartId, Policy, Selector};

pub(super) fn prove(policy: &Policy, places: &Places<'_, '_>, log: &Log) {
    for (id, part) in &policy.parts {
        if part.settles.is_none() {
            continue;
        }
        if let Some(what) = given_otherwise(policy, id) {
            let spot = places.element("parts", id.as_str()).key("settles");
            let finding = codes::FORM_SETTLES.at(spot.place()).with("what", what);
            log.push(finding.with("name", id.as_str()).with("other", "").done());
        }
    }
}

/// How a form is given other than as an act of the organisation.
fn given_otherwise(policy: &Policy, part: &PartId) -> Option<&'static str> {
    let opens = policy.kinds.values().any(|kind| kind.open.part == *part);
    let names_party = policy
        .parties
        .values()
        .any(|role| role.part.as_ref() == Some(part));
    let by_customer = policy.acts.values().any(|act| {
        let customer = act.by.as_ref().is_some_and(Selector::includes_customer);
        act.part.as_ref() == Some(part) && customer
    });
    match (opens, names_party, by_customer) {
        (true, _, _) => Some("opening"),
        (_, true, _) => Some("party"),
        (_, _, true) => Some("customer"),
        _ => None,
    }
}
