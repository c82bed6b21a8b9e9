//! A book can be entered and compared in every kind of case that is about it.

use super::happens::Happens;
use super::places::Places;
use crate::check::Log;
use crate::codes;
use crate::model::{KindId, Moment, Policy};

/// Proves that cases of a kind can have the entries and the answers of their books, and that it is known from the beginning whose book
/// it is, and of which days.
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
    for (name, book) in policy.reconciliations_of(id) {
        let spot = places.element("reconciliations", name.as_str());
        let unfit = |place, what, of: &str| {
            let finding = codes::RECONCILIATION_UNFIT.at(place).with("what", what);
            let finding = finding.with("act", of).with("name", id.as_str());
            log.push(finding.clause(book.clause.as_str()).done());
        };
        let acts = [
            ("entries", &book.entries.act),
            ("answers", &book.answers.act),
        ];
        for (key, act) in acts {
            let moment = Moment::Act {
                act: act.clone(),
                outcome: None,
            };
            if !happens.can_happen(&moment) {
                unfit(spot.key(key).key("act").place(), "act", act.as_str());
            }
        }
        let told = [("unit", &book.unit), ("from", &book.from), ("to", &book.to)];
        for (key, path) in told {
            if *path.part() != kind.open.part {
                unfit(spot.key(key).place(), "form", &path.to_string());
            }
        }
    }
}
