//! A case has one level of each meaning.

use super::places::Places;
use crate::check::Log;
use crate::codes;
use crate::model::Policy;

/// Proves that no kind has two scales for the same thing: a list could show only one of them.
pub(super) fn prove(policy: &Policy, places: &Places<'_, '_>, log: &Log) {
    for (index, (id, levels)) in policy.levels.iter().enumerate() {
        let before = policy.levels.values().take(index);
        let same =
            before.filter(|other| levels.meaning.is_some() && other.meaning == levels.meaning);
        let mut same_kind = same.flat_map(|other| &other.kinds);
        if same_kind.any(|kind| levels.kinds.contains(kind)) {
            let spot = places.element("levels", id.as_str()).key("meaning");
            let twice = codes::TWICE.at(spot.place()).with("name", "meaning");
            log.push(twice.done());
        }
    }
}
