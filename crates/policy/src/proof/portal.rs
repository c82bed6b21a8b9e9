//! A customer can bring a case in with what he is asked for, somebody takes it over, and every step has words for him.

use super::places::Spot;
use crate::check::Log;
use crate::codes;
use crate::model::{
    DataClass, Field, FieldId, FieldType, Kind, Policy, Portal, Required, Selector,
};

pub(super) fn prove(policy: &Policy, kind: &Kind, spot: Spot<'_>, log: &Log) {
    let Some(portal) = &kind.portal else {
        return;
    };
    let spot = spot.key("portal");
    prove_opening(kind, portal, spot, log);
    prove_form(policy, kind, portal, spot.key("fields"), log);
    prove_files(portal, spot.key("files"), log);
    prove_milestones(kind, portal, spot.key("milestones"), log);
}

fn prove_opening(kind: &Kind, portal: &Portal, spot: Spot<'_>, log: &Log) {
    let first = kind.steps.first();
    let wrong = if kind.internal {
        Some(("internal", spot))
    } else if !kind.open.channels.contains_key(&portal.channel) {
        Some(("channel", spot.key("channel")))
    } else if first.is_some_and(|(_, step)| !is_somebody_before_it_is_taken(&step.by)) {
        Some(("taker", spot))
    } else {
        None
    };
    if let Some((what, spot)) = wrong {
        let finding = codes::PORTAL_CANNOT_OPEN.at(spot.place());
        let finding = finding.with("what", what);
        let finding = finding.with("step", first.map_or("", |(id, _)| id.as_str()));
        log.push(finding.with("channel", portal.channel.as_str()).done());
    }
}

/// Whether a selector means anybody while nobody has taken the case over yet.
fn is_somebody_before_it_is_taken(selector: &Selector) -> bool {
    match selector {
        Selector::Anyone | Selector::Role(_) | Selector::Position(_) => true,
        Selector::HeadOf(inner) => is_somebody_before_it_is_taken(inner),
        Selector::AnyOf(any) => any.iter().any(is_somebody_before_it_is_taken),
        _ => false,
    }
}

fn prove_form(policy: &Policy, kind: &Kind, portal: &Portal, spot: Spot<'_>, log: &Log) {
    let part = policy.parts.get(&kind.open.part);
    let fields = part.into_iter().flat_map(|part| &part.fields);
    let asked = |id: &FieldId| portal.fields.contains(id);
    let report = |what: &'static str, name: &str| {
        let finding = codes::PORTAL_FORM.at(spot.place()).with("what", what);
        log.push(finding.with("name", name).done());
    };
    let mut tells_personal = false;
    for (id, field) in fields {
        if asked(id) {
            tells_personal |= field.class == DataClass::Personal;
            if is_about_the_organisation(field) {
                report("type", id.as_str());
            }
        } else if matches!(field.required, Required::Always) {
            report("required", id.as_str());
        }
    }
    if tells_personal && portal.consent.is_none() {
        report("consent", "consent");
    }
}

/// Whoever may send none is not to be asked for any.
fn prove_files(portal: &Portal, spot: Spot<'_>, log: &Log) {
    if portal.files.is_some_and(|files| files.max == 0) {
        let finding = codes::PORTAL_FORM.at(spot.key("max").place());
        log.push(finding.with("what", "files").with("name", "max").done());
    }
}

/// Units, persons, cases and rows of sheets are names from inside, which a customer doesn't know and isn't shown.
fn is_about_the_organisation(field: &Field) -> bool {
    matches!(
        field.ty,
        FieldType::Unit | FieldType::Person | FieldType::Case | FieldType::Rows(_)
    )
}

fn prove_milestones(kind: &Kind, portal: &Portal, spot: Spot<'_>, log: &Log) {
    let report = |what: &'static str, name: &str, spot: Spot<'_>| {
        let finding = codes::PORTAL_MILESTONES.at(spot.place());
        log.push(finding.with("what", what).with("name", name).done());
    };
    for step in kind.steps.keys() {
        let milestones = portal.milestones.values();
        let with = milestones.filter(|milestone| milestone.steps.contains(step));
        match with.count() {
            0 => report("none", step.as_str(), spot),
            1 => {}
            _ => report("twice", step.as_str(), spot),
        }
    }
    let last = portal.milestones.len().saturating_sub(1);
    for (index, (id, milestone)) in portal.milestones.iter().enumerate() {
        if milestone.steps.is_empty() != (index == last) {
            report("end", id.as_str(), spot.key(id.as_str()));
        }
    }
    if portal.milestones.is_empty() {
        report("end", "milestones", spot);
    }
}
