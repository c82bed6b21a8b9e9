//! What can be proved of a policy whose names and types are right.
//!
//! Passing over a step always leads to a later step of the file, and moves wait for an act or a
//! verb, so no case can go round in circles by itself; the rest is looked at here, kind by kind.

mod clocks;
mod contacts;
mod copies;
mod declarations;
mod duties;
mod flow;
mod happens;
mod levels;
mod objections;
mod parties;
mod people;
mod places;
mod portal;
mod portions;
mod reconciliations;
mod settling;
mod shares;
mod sight;
mod statistics;

pub(crate) use places::Places;

use self::happens::Happens;
use crate::check::Log;
use crate::model::Policy;

/// Proves what can be proved and reports what can't.
pub(crate) fn prove(policy: &Policy, places: &Places<'_, '_>, log: &Log) {
    for (id, kind) in &policy.kinds {
        let spot = places.element("kinds", id.as_str());
        let graph = flow::Graph::new(kind);
        graph.prove(kind, spot, log);
        let happens = Happens::new(policy, id, kind, &graph);
        happens.prove(kind, spot, log);
        statistics::prove(policy, id, &happens, places, log);
        contacts::prove(policy, id, &happens, places, log);
        reconciliations::prove(policy, id, &happens, places, log);
        clocks::prove(policy, kind, spot, log);
        sight::prove(policy, id, kind, spot, log);
        people::prove(policy, id, kind, spot, log);
        portal::prove(policy, kind, spot, log);
        objections::prove(policy, id, kind, spot, log);
        for (index, shares) in kind.shares.iter().enumerate() {
            shares::prove(kind, shares, spot.key("shares").item(index), log);
        }
    }
    statistics::prove_reports(policy, places, log);
    duties::prove(policy, places, log);
    portions::prove(policy, places, log);
    levels::prove(policy, places, log);
    parties::prove(policy, places, log);
    declarations::prove(policy, places, log);
    copies::prove(policy, places, log);
    settling::prove(policy, places, log);
}
