//! Every clock has a length in every case, warns after it has started, and can be extended to no less than it takes anyway.

use std::cmp::Ordering;

use huiyin_calendar::{Length, Limit};

use super::places::Spot;
use crate::check::Log;
use crate::codes;
use crate::model::{
    Amount, Clock, ExtensionCap, Kind, LengthRow, ParamId, ParamType, ParamValue, Policy,
};

const DAY_SECONDS: i64 = 86_400;

pub(super) fn prove(policy: &Policy, kind: &Kind, spot: Spot<'_>, log: &Log) {
    for (id, clock) in &kind.clocks {
        let spot = spot.key("clocks").key(id.as_str());
        prove_lengths(policy, clock, spot.key("length"), log);
        prove_warnings(policy, clock, spot.key("warn"), log);
        prove_cap(policy, clock, spot.key("extend").key("cap"), log);
    }
}

fn prove_lengths(policy: &Policy, clock: &Clock, spot: Spot<'_>, log: &Log) {
    let incomplete = |spot: Spot<'_>, what: &'static str| {
        let finding = codes::LENGTHS_INCOMPLETE.at(spot.place());
        log.push(finding.with("what", what).with("name", "").done());
    };
    match clock.length.split_last() {
        None => incomplete(spot, "empty"),
        Some((last, before)) => {
            if last.when.is_some() {
                incomplete(spot.item(before.len()), "last");
            }
            if let Some(hiding) = before.iter().position(|row| row.when.is_none()) {
                incomplete(spot.item(hiding), "hidden");
            }
        }
    }
    for (index, row) in clock.length.iter().enumerate() {
        if let Amount::Param(param) = &row.amount {
            prove_limit_param(policy, param, spot.item(index), log);
        }
    }
}

fn prove_limit_param(policy: &Policy, param: &ParamId, spot: Spot<'_>, log: &Log) {
    let ty = policy.params.get(param).map(|param| param.ty);
    if ty.is_some_and(|ty| ty != ParamType::Limit) {
        let finding = codes::BAD_FIGURE.at(spot.place());
        let finding = finding.with("found", param.as_str());
        log.push(finding.with("expected", "limit").done());
    }
}

/// With a cap below a length that is counted alike, the clock would be over its cap before anybody extends it.
fn prove_cap(policy: &Policy, clock: &Clock, spot: Spot<'_>, log: &Log) {
    let Some(extend) = &clock.extend else {
        return;
    };
    let cap = match &extend.cap {
        ExtensionCap::Fixed(length) => Some(*length),
        ExtensionCap::Param(param) => {
            prove_limit_param(policy, param, spot, log);
            set_to(policy, param).map(|limit| limit.length)
        }
    };
    let lengths = clock.length.iter().filter_map(|row| limit_of(policy, row));
    let is_below =
        |limit: Limit| cap.is_some_and(|cap| cap.compared(limit.length) == Some(Ordering::Less));
    if lengths.into_iter().any(is_below) {
        let finding = codes::CAP_BELOW_LENGTH.at(spot.place());
        log.push(finding.clause(extend.clause.as_str()).done());
    }
}

fn prove_warnings(policy: &Policy, clock: &Clock, spot: Spot<'_>, log: &Log) {
    let lengths = clock.length.iter().filter_map(|row| limit_of(policy, row));
    let Some(shortest) = lengths
        .filter_map(|limit| longest_run_seconds(limit.length))
        .min()
    else {
        return;
    };
    for (index, warning) in clock.warn.iter().enumerate() {
        if warning.before_seconds >= shortest {
            let finding = codes::WARNING_TOO_EARLY.at(spot.item(index).place());
            log.push(finding.clause(clock.clause.as_str()).done());
        }
    }
}

fn limit_of(policy: &Policy, row: &LengthRow) -> Option<Limit> {
    match &row.amount {
        Amount::Fixed(limit) => Some(*limit),
        Amount::Until(..) => None,
        Amount::Param(param) => set_to(policy, param),
    }
}

fn set_to(policy: &Policy, param: &ParamId) -> Option<Limit> {
    match policy.params.get(param)?.value {
        Some(ParamValue::Limit(limit)) => Some(limit),
        _ => None,
    }
}

/// The longest time from start to due moment, where holidays can't make it longer still.
fn longest_run_seconds(length: Length) -> Option<i64> {
    match length {
        Length::CalendarHours(hours) => Some(i64::from(hours.seconds())),
        Length::CalendarDays(days) => Some((i64::from(days) + 1) * DAY_SECONDS),
        Length::Weeks(weeks) => Some((i64::from(weeks) * 7 + 1) * DAY_SECONDS),
        _ => None,
    }
}
