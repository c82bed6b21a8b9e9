//! Attempts to reach a customer can be made, and within a limit.

use super::happens::Happens;
use super::places::Places;
use crate::check::Log;
use crate::codes;
use crate::model::{KindId, Moment, Policy};

/// Proves that cases of a kind can have the attempts that are asked for, within a clock of theirs.
pub(super) fn prove(
    policy: &Policy,
    id: &KindId,
    happens: &Happens<'_>,
    places: &Places<'_, '_>,
    log: &Log,
) {
    let Some(kind) = policy.kinds.get(id) else {
        return;
    };
    for (_, name, contacts) in policy.contacts_of(id) {
        let spot = places.element("contacts", name.as_str());
        let attempt = Moment::Act {
            act: contacts.act.clone(),
            outcome: None,
        };
        if !happens.can_happen(&attempt) {
            let finding = codes::CONTACTS_UNFIT.at(spot.key("act").place());
            let finding = finding.with("what", "act").with("name", id.as_str());
            log.push(finding.clause(contacts.clause.as_str()).done());
        }
        if !kind.clocks.contains_key(&contacts.within) {
            let finding = codes::CONTACTS_UNFIT.at(spot.key("within").place());
            let finding = finding.with("what", "clock").with("name", id.as_str());
            let known = kind.clocks.keys().map(|clock| clock.as_str());
            let meant = log.suggestion(contacts.within.as_str(), known);
            log.push(finding.clause(contacts.clause.as_str()).meant(meant).done());
        }
    }
}
