//! What is measured can happen in the kinds that it is measured in.

use super::happens::{Happens, spoken};
use super::places::{Places, Spot};
use crate::case_facts;
use crate::check::Log;
use crate::codes;
use crate::model::{
    DataClass, FactPath, FieldType, Figure, KindId, Measure, Moment, Policy, Shares, Sum,
};

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
                if !is_known_in(policy, kind, happens, &tally.by) {
                    report(&tally.by.to_string(), spot.key("tally").key("by"), log);
                }
            }
            Figure::Sum(sum) => {
                moments("on", "sum", &sum.on);
                prove_summand(policy, sum, spot.key("sum").key("of"), log);
                for (key, path) in [("of", Some(&sum.of)), ("by", sum.by.as_ref())] {
                    let unknown = path.filter(|path| !is_known_in(policy, kind, happens, path));
                    if let Some(path) = unknown {
                        report(&path.to_string(), spot.key("sum").key(key), log);
                    }
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

/// Proves that a sum is one of money or of whole numbers, and tells nothing of a person.
fn prove_summand(policy: &Policy, sum: &Sum, spot: Spot<'_>, log: &Log) {
    let field = policy.field(&sum.of);
    let unfit = match field.map(|field| &field.ty) {
        Some(FieldType::Money | FieldType::Integer) => None,
        Some(FieldType::Percent) => Some("percent"),
        Some(FieldType::Quantity) => Some("quantity"),
        _ => Some("number"),
    };
    if let Some(unfit) = unfit {
        let finding = codes::CONDITION_TYPE.at(spot.place()).with("what", "fact");
        let finding = finding.with("left", unfit).with("right", "money / integer");
        log.push(finding.done());
    } else if field.is_some_and(|field| field.class == DataClass::Personal) {
        // Totals are kept in the clear, and outlive the customer's key.
        let finding = codes::PERSONAL_DATA.at(spot.place()).with("what", "sum");
        log.push(finding.with("name", sum.of.to_string()).done());
    }
}

/// Whether cases of the kind can have the fact on record.
fn is_known_in(policy: &Policy, kind: &KindId, happens: &Happens<'_>, path: &FactPath) -> bool {
    match path.part().as_str() {
        case_facts::CASE => true,
        case_facts::LEVELS => {
            let levels = policy.levels.get(path.field().as_str());
            levels.is_some_and(|levels| levels.kinds.contains(kind))
        }
        _ => happens.has_part(path.part()),
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
