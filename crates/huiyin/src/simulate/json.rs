//! What would have been otherwise, for programs. Lengths of time are in minutes, moments in RFC 3339.

use huiyin_app::simulate::Shifts;
use huiyin_texts::{Args, Lang};
use serde_json::{Value as Json, json};

use super::Told;
use super::words::Words;

pub(super) fn json(told: &Told<'_>, lang: Lang) -> Json {
    let words = Words { told, lang };
    let simulated = told.simulated;
    json!({
        "estimate": words.say("simulate-estimate", &Args::new()),
        "policy": told.options.policy,
        "from": told.from.version,
        "to": told.options.to,
        "since": told.options.since.map(|day| day.to_string()),
        "until": told.options.until.map(|day| day.to_string()),
        "cases": simulated.cases,
        "unfit": simulated.unfit,
        "kinds": kinds(words),
        "deciders": deciders(words),
        "misfits": misfits(words),
        "largest": largest(words),
    })
}

fn kinds(words: Words<'_>) -> Vec<Json> {
    let simulated = words.told.simulated;
    let kinds = simulated.kinds.iter().map(|(kind, cases)| {
        let clocks = simulated.clocks.iter().filter(|((of, _), _)| of == kind);
        let clocks = clocks.map(|((_, clock), figures)| {
            json!({
                "clock": clock.as_str(),
                "title": words.clock(kind, clock),
                "cases": figures.cases,
                "only_before": figures.only_before,
                "only_after": figures.only_after,
                "late_before": figures.late_before,
                "late_after": figures.late_after,
                "newly_late": figures.newly_late,
                "no_longer_late": figures.no_longer_late,
                "earlier": shifts(&figures.earlier),
                "later": shifts(&figures.later),
            })
        });
        json!({
            "kind": kind.as_str(),
            "title": words.kind(kind),
            "cases": cases,
            "clocks": clocks.collect::<Vec<_>>(),
        })
    });
    kinds.collect()
}

fn shifts(shifts: &Shifts) -> Json {
    json!({
        "cases": shifts.cases(),
        "median_minutes": shifts.median().map(|median| median.as_mins()),
    })
}

fn deciders(words: Words<'_>) -> Vec<Json> {
    let told = words.told;
    let deciders = told.simulated.deciders.iter();
    deciders
        .map(|(kind, other, cases)| {
            json!({
                "kind": kind.as_str(),
                "step": other.step.as_str(),
                "act": other.act.as_ref().map(|act| act.as_str()),
                "before": words.deciders(&told.from.policy, &other.before),
                "after": words.deciders(told.to, &other.after),
                "cases": cases,
            })
        })
        .collect()
}

fn misfits(words: Words<'_>) -> Vec<Json> {
    let misfits = words.told.simulated.misfits.iter();
    misfits
        .map(|((kind, misfit), unfit)| {
            json!({
                "kind": kind.as_str(),
                "what": words.misfit(kind, misfit),
                "cases": unfit.cases,
                "numbers": unfit.numbers,
            })
        })
        .collect()
}

fn largest(words: Words<'_>) -> Vec<Json> {
    let Told {
        calendar,
        simulated,
        ..
    } = words.told;
    let largest = simulated.largest.iter().map(|shift| {
        json!({
            "number": shift.number,
            "kind": shift.kind.as_str(),
            "clock": shift.clock.as_str(),
            "before": calendar.written(shift.before.at),
            "after": calendar.written(shift.after.at),
            "minutes": shift.by().as_mins(),
        })
    });
    largest.collect()
}
