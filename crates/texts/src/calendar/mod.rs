//! Explained deadlines in words.

mod dates;
mod reasons;

use huiyin_calendar::{
    DayHours, DayKind, DayOff, DayReason, Line, Point, Problem, Receipt, Working,
};
use jiff::civil::{Date, DateTime};

use crate::args::Args;
use crate::lang::Lang;
use crate::messages::render;

use dates::Dates;
use reasons::{counted, off, skipped};

/// The lines of an explanation, in a language. Dates carry the year where it begins or changes.
///
/// ```
/// use huiyin_calendar::{Calendar, Limit};
/// use huiyin_texts::{Lang, calendar::explained};
///
/// let calendar = Calendar::china();
/// let start = calendar.instant(jiff::civil::date(2026, 5, 6).at(16, 20, 0, 0));
/// let explanation = calendar.explain(&Limit::working_days(1), start, &[])?;
/// assert_eq!(
///     explained(Lang::ZhCn, &explanation.lines),
///     [
///         "2026年5月6日（周三）16:20收到，当日不计入",
///         "5月7日（周四），工作日，计第1天",
///         "5月7日（周四）18:00到期",
///     ]
/// );
/// # Ok::<(), huiyin_calendar::OutOfRange>(())
/// ```
pub fn explained(lang: Lang, lines: &[Line]) -> Vec<String> {
    let mut teller = Teller {
        lang,
        dates: Dates::new(lang),
    };
    lines.iter().map(|line| teller.line(line)).collect()
}

/// Why a date is not as its weekday would have it, `春节`; `None` when it is.
pub fn departure(lang: Lang, kind: &DayKind) -> Option<String> {
    match kind {
        DayKind::Working(Working::Weekly) | DayKind::Off(DayOff::Weekly) => None,
        DayKind::Working(why) => Some(counted(lang, &DayReason::Working(why.clone()))),
        DayKind::Off(why) => Some(off(lang, why)),
    }
}

/// What a day is: what makes it different from its weekday, if anything does, and its hours.
pub fn day(lang: Lang, kind: &DayKind, hours: &DayHours) -> String {
    let why = departure(lang, kind).unwrap_or_else(|| {
        let key = match kind {
            DayKind::Working(_) => "calendar-day-worked",
            DayKind::Off(_) => "calendar-day-off",
        };
        render(lang, key, &Args::new())
    });
    let hours = hours.intervals().iter();
    let hours: Vec<String> = hours
        .map(|one| format!("{}–{}", one.open, one.close))
        .collect();
    if hours.is_empty() {
        return why;
    }
    let args = Args::new().with("why", why).with("hours", hours.join(" "));
    render(lang, "calendar-day-hours", &args)
}

/// What is wrong in a calendar file, with its place.
pub fn problem(lang: Lang, problem: &Problem) -> String {
    let fault = &problem.fault;
    let args = Args::new()
        .with("at", problem.at.as_str())
        .with("fault", fault.name())
        .with("value", fault.value());
    let key = match problem.at.as_str() {
        "" => "calendar-problem",
        _ => "calendar-problem-at",
    };
    render(lang, key, &args)
}

struct Teller {
    lang: Lang,
    dates: Dates,
}

impl Teller {
    fn line(&mut self, line: &Line) -> String {
        match line {
            Line::Receipt { at, receipt } => self.moment(receipt_key(*receipt), *at),
            Line::Counted {
                from,
                to,
                reason,
                first,
                last,
            } => {
                let days = self.dates.run(*from, *to);
                let key = match (from.half.is_some(), first == last) {
                    (false, true) => "calendar-counted-day",
                    (false, false) => "calendar-counted-days",
                    (true, true) => "calendar-counted-half",
                    (true, false) => "calendar-counted-halves",
                };
                let args = Args::new()
                    .with("days", days)
                    .with("reason", counted(self.lang, reason))
                    .with("first", *first)
                    .with("last", *last);
                render(self.lang, key, &args)
            }
            Line::HalfLeft {
                date,
                reason,
                total,
            } => self.half_left(*date, reason, &total.to_string()),
            Line::Skipped { from, to, why } => {
                let args = Args::new()
                    .with("days", self.dates.run(*from, *to))
                    .with("reason", skipped(self.lang, why));
                render(self.lang, "calendar-skipped", &args)
            }
            Line::Worked {
                date,
                spans,
                seconds,
                total,
            } => self.worked(*date, spans, *seconds, *total),
            Line::Elapsed {
                from,
                to,
                seconds,
                total,
            } => {
                let args = Args::new()
                    .with("from", self.dates.moment(*from))
                    .with("to", self.dates.moment(*to))
                    .with("length", self.length(*seconds))
                    .with("total", self.length(*total));
                render(self.lang, "calendar-elapsed", &args)
            }
            Line::PausedFor { from, to } => {
                let args = Args::new()
                    .with("from", self.dates.moment(*from))
                    .with("to", self.dates.moment(*to));
                render(self.lang, "calendar-paused-for", &args)
            }
            Line::MonthsLater {
                months,
                date,
                last_of_month,
            } => {
                let key = match last_of_month {
                    true => "calendar-months-later-last",
                    false => "calendar-months-later",
                };
                let args = Args::new()
                    .with("months", *months)
                    .with("day", self.dates.day(*date));
                render(self.lang, key, &args)
            }
            Line::Rolled { from, why, to } => {
                let args = Args::new()
                    .with("from", self.dates.day(*from))
                    .with("reason", off(self.lang, why))
                    .with("to", self.dates.day(*to));
                render(self.lang, "calendar-rolled", &args)
            }
            Line::Suspended { since } => self.moment("calendar-suspended", *since),
            Line::Due { date, at } => {
                let moment = self.dates.moment_on(*date, *at);
                render(
                    self.lang,
                    "calendar-due",
                    &Args::new().with("moment", moment),
                )
            }
            Line::Provisional { year } => render(
                self.lang,
                "calendar-provisional",
                &Args::new().with("year", *year),
            ),
        }
    }

    fn moment(&mut self, key: &str, at: DateTime) -> String {
        let moment = self.dates.moment(at);
        render(self.lang, key, &Args::new().with("moment", moment))
    }

    fn half_left(&mut self, date: Date, reason: &DayReason, total: &str) -> String {
        let args = Args::new()
            .with(
                "day",
                self.dates
                    .run(Point { date, half: None }, Point { date, half: None }),
            )
            .with("reason", counted(self.lang, reason))
            .with("total", total);
        render(self.lang, "calendar-half-left", &args)
    }

    fn worked(
        &mut self,
        date: Date,
        spans: &[(DateTime, DateTime)],
        seconds: i64,
        total: i64,
    ) -> String {
        let spans: Vec<String> = spans
            .iter()
            .map(|(from, to)| {
                let args = Args::new()
                    .with("from", self.dates.time_on(date, *from))
                    .with("to", self.dates.time_on(date, *to));
                render(self.lang, "calendar-times", &args)
            })
            .collect();
        let between = render(self.lang, "calendar-between-times", &Args::new());
        let args = Args::new()
            .with("day", self.dates.day(date))
            .with("spans", spans.join(&between))
            .with("length", self.length(seconds))
            .with("total", self.length(total));
        render(self.lang, "calendar-worked", &args)
    }

    /// Hours, minutes and seconds, those that are not zero.
    fn length(&self, seconds: i64) -> String {
        let parts = [
            ("calendar-hours", seconds / 3600),
            ("calendar-minutes", seconds / 60 % 60),
            ("calendar-seconds", seconds % 60),
        ];
        let written: Vec<String> = parts
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(key, n)| render(self.lang, key, &Args::new().with("n", n)))
            .collect();
        written.join(&render(self.lang, "calendar-between-units", &Args::new()))
    }
}

fn receipt_key(receipt: Receipt) -> &'static str {
    match receipt {
        Receipt::DayNotCounted => "calendar-receipt-day",
        Receipt::HalfNotCounted => "calendar-receipt-half",
        Receipt::CountedFromHere => "calendar-receipt-counted",
    }
}
