//! Dates and times in words.

use huiyin_calendar::{Half, Point};
use jiff::civil::{Date, DateTime};

use crate::args::Args;
use crate::lang::Lang;
use crate::messages::render;

/// Writes dates; the year only where it differs from that of the date before.
pub(super) struct Dates {
    lang: Lang,
    year: Option<i16>,
}

impl Dates {
    pub(super) fn new(lang: Lang) -> Dates {
        Dates { lang, year: None }
    }

    /// A date with its weekday.
    pub(super) fn day(&mut self, date: Date) -> String {
        let weekday = i64::from(date.weekday().to_monday_one_offset());
        let weekday = render(
            self.lang,
            "calendar-weekday",
            &Args::new().with("weekday", weekday),
        );
        let args = Args::new()
            .with("date", self.date(date))
            .with("weekday", weekday);
        render(self.lang, "calendar-day", &args)
    }

    /// From one day or half-day to another, both included.
    pub(super) fn run(&mut self, from: Point, to: Point) -> String {
        if let (Some(Half::First), Some(Half::Second)) = (from.half, to.half) {
            return self.run(whole(from), whole(to));
        }
        if from.half.is_none() && from.date < to.date && same_month(from.date, to.date) {
            return self.run_in_month(from.date, to.date);
        }
        let first = self.point(from);
        if from == to {
            return first;
        }
        let args = Args::new().with("from", first).with("to", self.point(to));
        render(self.lang, "calendar-run", &args)
    }

    /// A date with the time of day.
    pub(super) fn moment(&mut self, at: DateTime) -> String {
        self.moment_on(at.date(), at)
    }

    /// The time `at` as a time of `date`: 24:00 if it is 00:00 of the next day.
    pub(super) fn moment_on(&mut self, date: Date, at: DateTime) -> String {
        let args = Args::new()
            .with("day", self.day(date))
            .with("time", self.time_on(date, at));
        render(self.lang, "calendar-moment", &args)
    }

    /// The time of day of `at`, which is 24:00 if it is 00:00 of the day after `date`.
    pub(super) fn time_on(&self, date: Date, at: DateTime) -> String {
        match at.second() {
            _ if at.date() > date => "24:00".to_owned(),
            0 => at.strftime("%H:%M").to_string(),
            _ => at.strftime("%H:%M:%S").to_string(),
        }
    }

    fn point(&mut self, point: Point) -> String {
        let day = self.day(point.date);
        match point.half {
            None => day,
            Some(Half::First) => render(
                self.lang,
                "calendar-first-half",
                &Args::new().with("day", day),
            ),
            Some(Half::Second) => render(
                self.lang,
                "calendar-second-half",
                &Args::new().with("day", day),
            ),
        }
    }

    fn run_in_month(&mut self, from: Date, to: Date) -> String {
        let args = Args::new()
            .with("month", self.month(from))
            .with("first_day", from.day())
            .with("last_day", to.day());
        match self.year.replace(from.year()) == Some(from.year()) {
            true => render(self.lang, "calendar-run-in-month", &args),
            false => render(
                self.lang,
                "calendar-run-in-month-year",
                &args.with("year", from.year()),
            ),
        }
    }

    fn date(&mut self, date: Date) -> String {
        let args = Args::new()
            .with("month", self.month(date))
            .with("day", date.day());
        match self.year.replace(date.year()) == Some(date.year()) {
            true => render(self.lang, "calendar-date", &args),
            false => render(
                self.lang,
                "calendar-date-year",
                &args.with("year", date.year()),
            ),
        }
    }

    fn month(&self, date: Date) -> String {
        render(
            self.lang,
            "calendar-month",
            &Args::new().with("number", date.month()),
        )
    }
}

fn whole(point: Point) -> Point {
    Point {
        half: None,
        ..point
    }
}

fn same_month(one: Date, other: Date) -> bool {
    (one.year(), one.month()) == (other.year(), other.month())
}
