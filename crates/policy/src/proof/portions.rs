//! Shares that are set on adoption are percentages.

use super::places::{Places, Spot};
use crate::check::Log;
use crate::codes;
use crate::model::{ParamType, Policy, Portion};

pub(super) fn prove(policy: &Policy, places: &Places<'_, '_>, log: &Log) {
    for (id, kind) in &policy.kinds {
        let take = kind.follow_up.as_ref().and_then(|one| one.take.as_ref());
        let spot = places.element("kinds", id.as_str());
        prove_one(policy, take, spot.key("follow_up").key("take"), log);
    }
    for (id, measure) in &policy.statistics {
        let spot = places.element("statistics", id.as_str());
        prove_one(policy, measure.target.as_ref(), spot.key("target"), log);
    }
}

fn prove_one(policy: &Policy, portion: Option<&Portion>, spot: Spot<'_>, log: &Log) {
    let Some(Portion::Param(id)) = portion else {
        return;
    };
    let fits = |ty| ty == ParamType::Percent;
    if policy.params.get(id).is_some_and(|param| !fits(param.ty)) {
        let finding = codes::BAD_FIGURE
            .at(spot.place())
            .with("found", id.as_str());
        log.push(finding.with("expected", "percent").done());
    }
}
