//! Who is kept out of a case can be on its record.

use super::places::Places;
use crate::check::Log;
use crate::codes;
use crate::model::{KindId, PartyRoleId, Policy, Selector, Whom};

/// Proves that the parties an exclusion speaks of are such as its kinds have.
pub(super) fn prove(policy: &Policy, places: &Places<'_, '_>, log: &Log) {
    for (id, exclusion) in &policy.exclusions {
        let has = |role: &PartyRoleId, kind: &KindId| {
            let role = policy.parties.get(role);
            role.is_some_and(|role| role.kinds.contains(kind))
        };
        let mut roles = Vec::new();
        roles_in(exclusion.who.selector(), &mut roles);
        let missing = roles
            .into_iter()
            .find(|role| !exclusion.kinds.iter().all(|kind| has(role, kind)));
        if let Some(role) = missing {
            let key = match exclusion.who {
                Whom::Named(_) => "who",
                Whom::Related { .. } => "related_to",
            };
            let spot = places.element("exclusions", id.as_str()).key(key);
            let finding = codes::CANNOT_HAPPEN.at(spot.place()).with("what", "party");
            log.push(finding.with("name", role.as_str()).done());
        }
    }
}

fn roles_in<'s>(selector: &'s Selector, roles: &mut Vec<&'s PartyRoleId>) {
    match selector {
        Selector::Party(role) => roles.push(role),
        Selector::AnyOf(selectors) => {
            for selector in selectors {
                roles_in(selector, roles);
            }
        }
        Selector::HeadOf(inner) => roles_in(inner, roles),
        _ => {}
    }
}
