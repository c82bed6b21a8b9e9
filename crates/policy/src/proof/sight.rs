//! What only some people are to see betrays itself to nobody else.

use super::places::Spot;
use crate::check::Log;
use crate::codes;
use crate::model::{Kind, KindId, Policy};

/// Proves of a kind that some people alone see: its numbers are a series of its own, so that no gap in another tells of it; it
/// is in no sample of a kind that others see; it is tied to no case that others see.
pub(super) fn prove(policy: &Policy, id: &KindId, kind: &Kind, spot: Spot<'_>, log: &Log) {
    let Some(sees) = &kind.sees else {
        return;
    };
    let is_open = |other: &KindId| {
        let other = policy.kinds.get(other);
        other.is_some_and(|other| other.sees.is_none())
    };
    let report = |what: &'static str, name: &str, spot: Spot<'_>| {
        let finding = codes::SIGHT_UNFIT.at(spot.place());
        let finding = finding.with("what", what).with("name", name);
        log.push(finding.clause(sees.clause.as_str()).done());
    };
    let series = &kind.open.series;
    let mut kinds = policy.kinds.iter();
    if kinds.any(|(other, one)| is_open(other) && one.open.series == *series) {
        report("series", series.as_str(), spot.key("open").key("series"));
    }
    let sampled = policy.duties.iter().find(|(_, duty)| {
        let sample = duty.sample.as_ref();
        sample.is_some_and(|sample| sample.of.contains(id)) && is_open(&duty.opens)
    });
    if let Some((duty, _)) = sampled {
        report("sample", duty.as_str(), spot.key("sees"));
    }
    let mut linked = kind.links.values().flat_map(|rule| &rule.to);
    if let Some(other) = linked.find(|other| is_open(other)) {
        report("link", other.as_str(), spot.key("links"));
    }
    for (other, one) in policy.kinds.iter().filter(|(other, _)| is_open(other)) {
        if one.links.values().any(|rule| rule.to.contains(id)) {
            report("link", other.as_str(), spot.key("sees"));
        }
    }
}
