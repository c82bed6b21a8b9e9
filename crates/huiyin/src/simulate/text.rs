//! What would have been otherwise, for a terminal. The first and the last line say that it is an estimate.

use std::fmt::Write;

use huiyin_app::simulate::{ClockFigures, Shifts};
use huiyin_policy::model::{ClockId, KindId};
use huiyin_texts::{Args, Lang};

use super::Told;
use super::words::Words;

pub(super) fn text(told: &Told<'_>, lang: Lang) -> String {
    let words = Words { told, lang };
    let mut text = String::new();
    let _ = writeln!(text, "{}", words.say("simulate-estimate", &Args::new()));
    let _ = writeln!(text, "{}", head(words));
    for kind in told.from.policy.kinds.keys() {
        if let Some(cases) = told.simulated.kinds.get(kind) {
            let args = Args::new()
                .with("kind", words.kind(kind))
                .with("cases", *cases);
            let _ = write!(text, "\n{}\n", words.say("simulate-kind", &args));
            let clocks = told.simulated.clocks.iter();
            for ((_, clock), figures) in clocks.filter(|((of, _), _)| of == kind) {
                text.push_str(&clock_lines(words, (kind, clock), figures));
            }
        }
    }
    deciders(words, &mut text);
    misfits(words, &mut text);
    largest(words, &mut text);
    let _ = write!(text, "\n{}\n", words.say("simulate-estimate", &Args::new()));
    text
}

fn head(words: Words<'_>) -> String {
    let Told {
        options,
        from,
        simulated,
        ..
    } = words.told;
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
    let key = match (options.since, options.until) {
        (None, None) => None,
        (Some(_), None) => Some("simulate-since"),
        (None, Some(_)) => Some("simulate-until"),
        (Some(_), Some(_)) => Some("simulate-between"),
    };
    let within = Args::new()
        .with("since", day(options.since))
        .with("until", day(options.until));
    let days = key.map_or_else(String::new, |key| words.say(key, &within));
    let args = Args::new()
        .with("policy", options.policy.as_str())
        .with("from", from.version.to_string())
        .with("to", to(words))
        .with("cases", simulated.cases)
        .with("fitting", simulated.cases - simulated.unfit)
        .with("days", days);
    words.say("simulate-head", &args)
}

/// What the other version is called.
fn to(words: Words<'_>) -> String {
    let to = words.told.options.to.as_str();
    match to.parse::<u32>() {
        Ok(version) => {
            let args = Args::new().with("version", version.to_string());
            words.say("simulate-version", &args)
        }
        Err(_) => words.say("simulate-folder", &Args::new().with("folder", to)),
    }
}

fn clock_lines(
    words: Words<'_>,
    (kind, clock): (&KindId, &ClockId),
    figures: &ClockFigures,
) -> String {
    let args = Args::new()
        .with("clock", words.clock(kind, clock))
        .with("cases", figures.cases)
        .with("before", figures.late_before)
        .with("after", figures.late_after)
        .with("newly", figures.newly_late)
        .with("no_longer", figures.no_longer_late);
    let mut lines = format!("  {}\n", words.say("simulate-clock", &args));
    let shifts = [
        ("simulate-earlier", &figures.earlier),
        ("simulate-later", &figures.later),
    ];
    for (key, shifts) in shifts {
        if let Some(line) = shifted(words, key, shifts) {
            let _ = writeln!(lines, "    {line}");
        }
    }
    let only = [
        ("simulate-only-before", figures.only_before),
        ("simulate-only-after", figures.only_after),
    ];
    for (key, cases) in only.into_iter().filter(|(_, cases)| *cases > 0) {
        let line = words.say(key, &Args::new().with("cases", cases));
        let _ = writeln!(lines, "    {line}");
    }
    lines
}

fn shifted(words: Words<'_>, key: &str, shifts: &Shifts) -> Option<String> {
    let median = words.span(shifts.median()?);
    let args = Args::new()
        .with("cases", shifts.cases())
        .with("median", median);
    Some(words.say(key, &args))
}

fn deciders(words: Words<'_>, text: &mut String) {
    let told = words.told;
    if told.simulated.deciders.is_empty() {
        return;
    }
    let _ = write!(text, "\n{}\n", words.say("simulate-deciders", &Args::new()));
    for (kind, other, cases) in &told.simulated.deciders {
        let what = match &other.act {
            Some(act) => format!("{} · {}", words.step(kind, &other.step), words.act(act)),
            None => words.step(kind, &other.step),
        };
        let args = Args::new()
            .with("kind", words.kind(kind))
            .with("what", what)
            .with("before", words.deciders(&told.from.policy, &other.before))
            .with("after", words.deciders(told.to, &other.after))
            .with("cases", *cases);
        let _ = writeln!(text, "  {}", words.say("simulate-decider", &args));
    }
}

fn misfits(words: Words<'_>, text: &mut String) {
    let simulated = words.told.simulated;
    if simulated.unfit == 0 {
        return;
    }
    let args = Args::new().with("cases", simulated.unfit);
    let _ = write!(text, "\n{}\n", words.say("simulate-misfits", &args));
    for ((kind, misfit), unfit) in &simulated.misfits {
        let args = Args::new()
            .with("kind", words.kind(kind))
            .with("what", words.misfit(kind, misfit))
            .with("cases", unfit.cases)
            .with("numbers", unfit.numbers.join(" "));
        let _ = writeln!(text, "  {}", words.say("simulate-misfit", &args));
    }
}

fn largest(words: Words<'_>, text: &mut String) {
    let told = words.told;
    if told.simulated.largest.is_empty() {
        return;
    }
    let _ = write!(text, "\n{}\n", words.say("simulate-largest", &Args::new()));
    for shift in &told.simulated.largest {
        let moment = |at| words.moment(told.calendar, at);
        let args = Args::new()
            .with("number", shift.number.as_str())
            .with("clock", words.clock(&shift.kind, &shift.clock))
            .with("before", moment(shift.before.at))
            .with("after", moment(shift.after.at))
            .with("shift", words.shifted(shift));
        let _ = writeln!(text, "  {}", words.say("simulate-shift", &args));
    }
}
