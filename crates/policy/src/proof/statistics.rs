//! What is measured can happen in the kinds that it is measured in.

use super::happens::{Happens, spoken};
use super::places::{Places, Spot};
use crate::case_facts;
use crate::check::Log;
use crate::codes;
use crate::model::{Figure, KindId, Measure, Moment, Policy, Shares};

/// Proves the measures of one kind.
pub(super) fn prove(
    policy: &Policy,
    kind: &KindId,
    happens: &Happens<'_>,
    places: &Places<'_, '_>,
    log: &Log,
) {
    for (id, measure) in policy.measures_of(kind) {
        let spot = places.element("statistics", id.as_str());
        let moments = |key: &str, within: &str, moments: &[Moment]| {
            let spot = spot.key(within).key(key);
            for moment in moments.iter().filter(|moment| !happens.can_happen(moment)) {
                report(&spoken(moment), spot, log);
            }
        };
        match &measure.figure {
            Figure::Duration(duration) => {
                moments("from", "duration", &duration.from);
                moments("to", "duration", &duration.to);
            }
            Figure::Tally(tally) => {
                moments("on", "tally", &tally.on);
                let has = match tally.by.part().as_str() {
                    case_facts::CASE => true,
                    case_facts::LEVELS => {
                        let levels = policy.levels.get(tally.by.field().as_str());
                        levels.is_some_and(|levels| levels.kinds.contains(kind))
                    }
                    _ => happens.has_part(tally.by.part()),
                };
                if !has {
                    report(&tally.by.to_string(), spot.key("tally").key("by"), log);
                }
            }
            Figure::InTime(clock) => {
                let has = policy.kinds.get(kind).is_some_and(|kind| {
                    let mut shares = kind.shares.iter().flat_map(Shares::all);
                    kind.clocks.contains_key(clock) || shares.any(|share| share.clock == *clock)
                });
                if !has {
                    report(clock.as_str(), spot.key("in_time"), log);
                }
            }
            Figure::Rate(rate) => {
                let covers = |of: &Measure| of.kinds.contains(kind);
                if !policy.statistics.get(&rate.of).is_some_and(covers) {
                    report(rate.of.as_str(), spot.key("rate").key("of"), log);
                }
            }
        }
    }
}

/// Proves that whatever a report shows is measured in one of its kinds.
pub(super) fn prove_reports(policy: &Policy, places: &Places<'_, '_>, log: &Log) {
    for (id, shown) in &policy.reports {
        let spot = places.element("reports", id.as_str()).key("measures");
        for (index, name) in shown.measures.iter().enumerate() {
            let measured = policy
                .statistics
                .get(name)
                .is_some_and(|measure| measure.kinds.iter().any(|kind| shown.kinds.contains(kind)));
            if !measured {
                report(name.as_str(), spot.item(index), log);
            }
        }
    }
}

fn report(name: &str, spot: Spot<'_>, log: &Log) {
    let finding = codes::CANNOT_HAPPEN.at(spot.place());
    log.push(finding.with("what", "measure").with("name", name).done());
}
