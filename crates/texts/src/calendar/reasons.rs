//! Why a day counts or doesn't, in words.

use huiyin_calendar::{DayOff, DayReason, Name, Skipped, Working};

use crate::args::Args;
use crate::lang::Lang;
use crate::messages::render;

pub(super) fn counted(lang: Lang, reason: &DayReason) -> String {
    match reason {
        DayReason::Calendar => plain(lang, "calendar-reason-calendar"),
        DayReason::Working(Working::Weekly) => plain(lang, "calendar-reason-working"),
        DayReason::Working(Working::Makeup(name)) => named(
            lang,
            name,
            "calendar-reason-makeup",
            "calendar-reason-makeup-for",
        ),
        DayReason::Working(Working::Exception(name)) => named(
            lang,
            name,
            "calendar-reason-exception",
            "calendar-reason-exception-for",
        ),
    }
}

pub(super) fn skipped(lang: Lang, why: &Skipped) -> String {
    match why {
        Skipped::Paused => plain(lang, "calendar-off-paused"),
        Skipped::Off(why) => off(lang, why),
    }
}

pub(super) fn off(lang: Lang, why: &DayOff) -> String {
    match why {
        DayOff::Weekly => plain(lang, "calendar-off-weekly"),
        DayOff::Holiday(name) => named(
            lang,
            name,
            "calendar-off-holiday",
            "calendar-off-holiday-named",
        ),
        DayOff::Exception(name) => named(
            lang,
            name,
            "calendar-off-exception",
            "calendar-off-exception-for",
        ),
    }
}

fn plain(lang: Lang, key: &str) -> String {
    render(lang, key, &Args::new())
}

fn named(lang: Lang, name: &Name, without: &str, with: &str) -> String {
    let name = match lang {
        Lang::ZhCn => &name.zh,
        Lang::En => &name.en,
    };
    match name.as_str() {
        "" => plain(lang, without),
        name => render(lang, with, &Args::new().with("name", name)),
    }
}
