//! Every duty can open its case, with nothing but what the system knows.

use std::collections::BTreeSet;

use huiyin_calendar::{Duty as Periodic, FIRST_YEAR};
use jiff::civil::date;

use super::places::{Places, Spot};
use crate::check::Log;
use crate::codes;
use crate::model::{
    Duty, Every, Field, FieldType, Meaning, ParamId, ParamType, Policy, PositionId, Required,
    Sample, SampleSize, Selector, UnitRule,
};

pub(super) fn prove(policy: &Policy, places: &Places<'_, '_>, log: &Log) {
    for (id, duty) in &policy.duties {
        let spot = places.element("duties", id.as_str());
        prove_opening(policy, duty, spot, log);
        prove_answers(policy, duty, spot.key("by"), log);
        prove_period(policy, duty, spot.key("every"), log);
        if let Some(sample) = &duty.sample {
            prove_sample(policy, duty, sample, spot.key("sample"), log);
        }
    }
}

/// The kind is internal, and the system knows what its opening part asks for.
fn prove_opening(policy: &Policy, duty: &Duty, spot: Spot<'_>, log: &Log) {
    let report = |what: &'static str, name: &str| {
        let finding = codes::DUTY_CANNOT_OPEN.at(spot.key("opens").place());
        let finding = finding.with("what", what).with("name", name);
        log.push(finding.clause(duty.clause.as_str()).done());
    };
    let Some(kind) = policy.kinds.get(&duty.opens) else {
        return;
    };
    if !kind.internal {
        report("internal", duty.opens.as_str());
    }
    let part = policy.parts.get(&kind.open.part);
    for (id, field) in part.into_iter().flat_map(|part| &part.fields) {
        if !matches!(field.required, Required::Optional) && !is_known(field) {
            report("field", &format!("{}.{id}", kind.open.part));
        }
    }
}

/// Whoever answers for the duty may act where its case begins, as far as both are told by positions.
fn prove_answers(policy: &Policy, duty: &Duty, spot: Spot<'_>, log: &Log) {
    let kind = policy.kinds.get(&duty.opens);
    let Some((id, step)) = kind.and_then(|kind| kind.steps.first()) else {
        return;
    };
    let answer = positions(policy, &duty.by);
    let (Some(answer), Some(act)) = (answer, positions(policy, &step.by)) else {
        return;
    };
    if answer.is_disjoint(&act) && step.when.is_none() {
        let by: Vec<&str> = answer.iter().map(|one| one.as_str()).collect();
        let finding = codes::DUTY_OF_OTHERS
            .at(spot.place())
            .with("by", by.join(", "));
        log.push(
            finding
                .with("step", id.as_str())
                .clause(duty.clause.as_str())
                .done(),
        );
    }
}

/// The positions that a selector means; `None` if it means others too.
pub(super) fn positions<'p>(
    policy: &'p Policy,
    selector: &'p Selector,
) -> Option<BTreeSet<&'p PositionId>> {
    match selector {
        Selector::Role(role) => {
            let position = policy.roles.get(role)?.position.as_ref()?;
            Some(BTreeSet::from([position]))
        }
        Selector::Position(position) => Some(BTreeSet::from([position])),
        Selector::AnyOf(any) => {
            let all = any.iter().map(|one| positions(policy, one));
            let all: Option<Vec<_>> = all.collect();
            Some(all?.into_iter().flatten().collect())
        }
        _ => None,
    }
}

/// Whether the system fills the field in.
fn is_known(field: &Field) -> bool {
    match field.meaning {
        Some(Meaning::Subject) => matches!(field.ty, FieldType::Text { .. }),
        Some(Meaning::PeriodFrom | Meaning::PeriodTo | Meaning::DueOn) => {
            field.ty == FieldType::Date
        }
        _ => false,
    }
}

fn prove_period(policy: &Policy, duty: &Duty, spot: Spot<'_>, log: &Log) {
    let (param, asked, name) = match &duty.every {
        Every::Fixed(_) => return,
        Every::Param(param) => (param, ParamType::Period, "period"),
        Every::Times(param, _) => (param, ParamType::Integer, "whole"),
    };
    let wrong_type = policy
        .params
        .get(param)
        .is_some_and(|param| param.ty != asked);
    let impossible = policy
        .period_of(duty)
        .is_some_and(|period| Periodic::new(period, date(FIRST_YEAR, 1, 1)).is_err());
    if wrong_type || impossible {
        bad_figure(param.as_str(), name, spot, log);
    }
    prove_fixed(policy, param, spot, log);
}

/// Duties are asked for by what the organisation has set: a unit's own figure would say nothing there.
fn prove_fixed(policy: &Policy, param: &ParamId, spot: Spot<'_>, log: &Log) {
    let rule = policy.params.get(param).map(|param| param.units);
    if rule.is_some_and(|rule| rule != UnitRule::Fixed) {
        let finding = codes::DUTY_OF_UNITS.at(spot.place());
        log.push(finding.with("name", param.as_str()).done());
    }
}

fn prove_sample(policy: &Policy, duty: &Duty, sample: &Sample, spot: Spot<'_>, log: &Log) {
    if duty.ahead {
        let finding = codes::DUTY_CANNOT_OPEN.at(spot.place());
        let finding = finding.with("what", "ahead").with("name", "sample");
        log.push(finding.clause(duty.clause.as_str()).done());
    }
    if sample.of.contains(&duty.opens) {
        let finding = codes::DUTY_CANNOT_OPEN.at(spot.key("of").place());
        let finding = finding.with("what", "itself");
        log.push(finding.with("name", duty.opens.as_str()).done());
    }
    if let SampleSize::Param(param) = &sample.take {
        let fits = |ty| matches!(ty, ParamType::Integer | ParamType::Percent);
        if policy
            .params
            .get(param)
            .is_some_and(|param| !fits(param.ty))
        {
            bad_figure(param.as_str(), "whole", spot.key("take"), log);
        }
        prove_fixed(policy, param, spot.key("take"), log);
    }
}

fn bad_figure(found: &str, expected: &'static str, spot: Spot<'_>, log: &Log) {
    let finding = codes::BAD_FIGURE.at(spot.place()).with("found", found);
    log.push(finding.with("expected", expected).done());
}
