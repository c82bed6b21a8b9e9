//! A slow calendar that is obviously right: it walks from day to day, or in small steps of time, and
//! looks at each. It shares no code with the calendar under test.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Every time in a test is a multiple of this, so that no step straddles a boundary.
pub(crate) const STEP_SECONDS: i64 = 300;

/// Minutes of the day.
pub(crate) type Intervals = Vec<(i64, i64)>;

#[derive(Clone, Debug)]
pub(crate) struct Walker {
    pub(crate) zone: TimeZone,
    pub(crate) weekly: [Intervals; 7],
    pub(crate) makeup_as: usize,
    pub(crate) holidays: BTreeSet<Date>,
    pub(crate) makeup: BTreeSet<Date>,
    pub(crate) exceptions: BTreeMap<Date, Intervals>,
    pub(crate) half_split: Option<i64>,
    pub(crate) published: (i16, i16),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Unit {
    WorkingHalfDays,
    CalendarDays,
    WorkingSteps,
    CalendarSteps,
    WorkingHalves,
    Weeks,
    Months,
}

#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) unit: Unit,
    pub(crate) n: i64,
    pub(crate) end_of_day: bool,
    pub(crate) roll: bool,
    pub(crate) start: Timestamp,
    pub(crate) pauses: Vec<(Timestamp, Option<Timestamp>)>,
}

/// When it is due and on which date; `None` if suspended. And whether that is provisional.
pub(crate) type Answer = (Option<(Timestamp, Date)>, bool);

impl Walker {
    pub(crate) fn hours(&self, date: Date) -> &[(i64, i64)] {
        let weekday = date.weekday().to_monday_zero_offset() as usize;
        if let Some(hours) = self.exceptions.get(&date) {
            return hours;
        }
        if self.makeup.contains(&date) {
            let own = &self.weekly[weekday];
            return if own.is_empty() {
                &self.weekly[self.makeup_as]
            } else {
                own
            };
        }
        if self.holidays.contains(&date) {
            return &[];
        }
        &self.weekly[weekday]
    }

    fn is_working(&self, date: Date) -> bool {
        !self.hours(date).is_empty()
    }

    fn local(&self, instant: Timestamp) -> DateTime {
        self.zone.to_datetime(instant)
    }

    fn at(&self, date: Date, minutes: i64) -> Timestamp {
        let (date, minutes) = if minutes == 1440 {
            (next(date), 0)
        } else {
            (date, minutes)
        };
        let local = date.at((minutes / 60) as i8, (minutes % 60) as i8, 0, 0);
        self.zone.to_timestamp(local).expect("a time of the tests")
    }

    fn split(&self, date: Date) -> i64 {
        match (self.half_split, self.hours(date)) {
            (Some(split), _) => split,
            (None, [first, _, ..]) => first.1,
            _ => 720,
        }
    }

    fn end_of(&self, date: Date, end_of_day: bool) -> Timestamp {
        match self.hours(date).last() {
            Some((_, close)) if !end_of_day => self.at(date, *close),
            _ => self.at(date, 1440),
        }
    }

    /// The half in which an instant lies; on a day off, before every half of that day.
    fn half(&self, instant: Timestamp) -> (Date, u8) {
        let local = self.local(instant);
        let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
        match self.is_working(local.date()) {
            false => (local.date(), 0),
            true => (
                local.date(),
                if minute < self.split(local.date()) {
                    1
                } else {
                    2
                },
            ),
        }
    }

    pub(crate) fn works_at(&self, instant: Timestamp) -> bool {
        let local = self.local(instant);
        let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
        self.hours(local.date())
            .iter()
            .any(|(open, close)| (*open..*close).contains(&minute))
    }

    pub(crate) fn answer(&self, question: &Question) -> Answer {
        let Question {
            start,
            unit,
            end_of_day,
            roll,
            ..
        } = *question;
        let pauses: Vec<_> = question
            .pauses
            .iter()
            .map(|(from, to)| ((*from).max(start), *to))
            .filter(|(from, to)| to.is_none_or(|to| to > *from))
            .collect();
        let due = match unit {
            Unit::WorkingSteps | Unit::CalendarSteps => self.walk_time(question, &pauses),
            Unit::WorkingHalves => self.walk_halves(question, &pauses),
            _ => self.walk_days(question, &pauses),
        };
        let exempt = unit == Unit::CalendarSteps
            || matches!(unit, Unit::CalendarDays | Unit::Weeks | Unit::Months)
                && end_of_day
                && !roll;
        let last = match due {
            Some((_, date)) => date,
            None => self.local(open_pause_begins(&pauses)).date(),
        };
        (
            due,
            !exempt && self.may_change(self.local(start).date(), last),
        )
    }

    pub(crate) fn may_change(&self, first: Date, last: Date) -> bool {
        let published = |year: i16| (self.published.0..=self.published.1).contains(&year);
        let mut date = first;
        while date <= last {
            let year_end = date.month() == 12 && date.day() >= 28;
            if !published(date.year()) || (year_end && !published(date.year() + 1)) {
                return true;
            }
            date = next(date);
        }
        false
    }

    fn walk_time(
        &self,
        question: &Question,
        pauses: &[(Timestamp, Option<Timestamp>)],
    ) -> Option<(Timestamp, Date)> {
        let mut now = question.start;
        let mut left = question.n;
        while left > 0 {
            let paused = pauses
                .iter()
                .find(|(from, to)| *from <= now && to.is_none_or(|to| now < to));
            match paused {
                Some((_, None)) => return None,
                Some(_) => {}
                None if question.unit == Unit::WorkingSteps && !self.works_at(now) => {}
                None => left -= 1,
            }
            now += STEP_SECONDS.seconds();
        }
        Some((now, self.local(now).date()))
    }

    fn walk_days(
        &self,
        question: &Question,
        pauses: &[(Timestamp, Option<Timestamp>)],
    ) -> Option<(Timestamp, Date)> {
        let mut date = self.local(question.start).date();
        if question.unit == Unit::Months {
            let due = date + question.n.months();
            return Some(self.rolled(due, question));
        }
        let working = question.unit == Unit::WorkingHalfDays;
        let mut left = match question.unit {
            Unit::WorkingHalfDays => (question.n + 1) / 2,
            Unit::Weeks => question.n * 7,
            _ => question.n,
        };
        while left > 0 {
            date = next(date);
            let mut paused = false;
            for (from, to) in pauses {
                let after_begin = self.local(*from).date() < date;
                match to {
                    None if after_begin => return None,
                    Some(to) if after_begin && date <= self.local(*to).date() => paused = true,
                    _ => {}
                }
            }
            if !paused && (!working || self.is_working(date)) {
                left -= 1;
            }
        }
        Some(match working {
            true if question.n % 2 == 1 => (self.at(date, self.split(date)), date),
            true => (self.end_of(date, question.end_of_day), date),
            false => self.rolled(date, question),
        })
    }

    fn rolled(&self, mut date: Date, question: &Question) -> (Timestamp, Date) {
        while question.roll && !self.is_working(date) {
            date = next(date);
        }
        (self.end_of(date, question.end_of_day), date)
    }

    fn walk_halves(
        &self,
        question: &Question,
        pauses: &[(Timestamp, Option<Timestamp>)],
    ) -> Option<(Timestamp, Date)> {
        let received = self.half(question.start);
        let mut half = received;
        let mut left = question.n;
        if left == 0 && received.1 == 0 {
            return Some((self.at(received.0, 1440), received.0));
        }
        while left > 0 {
            half = if half.1 == 2 {
                (next(half.0), 1)
            } else {
                (half.0, half.1 + 1)
            };
            if !self.is_working(half.0) {
                continue;
            }
            let mut paused = false;
            for (from, to) in pauses {
                let after_begin = self.half(*from) < half;
                match to {
                    None if after_begin => return None,
                    Some(to) if after_begin && half <= self.half(*to) => paused = true,
                    _ => {}
                }
            }
            if !paused {
                left -= 1;
            }
        }
        let due = match half.1 {
            1 => self.at(half.0, self.split(half.0)),
            _ => self.end_of(half.0, false),
        };
        Some((due, half.0))
    }

    pub(crate) fn working_days_between(&self, from: Timestamp, to: Timestamp) -> i64 {
        let last = self.local(to).date();
        let mut date = self.local(from).date();
        let mut days = 0;
        while date < last {
            date = next(date);
            days += i64::from(self.is_working(date));
        }
        days
    }

    pub(crate) fn working_minutes_between(
        &self,
        from: Timestamp,
        to: Timestamp,
        pauses: &[(Timestamp, Option<Timestamp>)],
    ) -> i64 {
        let mut now = from;
        let mut seconds = 0;
        while now < to {
            let paused = pauses
                .iter()
                .any(|(from, to)| *from <= now && to.is_none_or(|to| now < to));
            if !paused && self.works_at(now) {
                seconds += STEP_SECONDS;
            }
            now += STEP_SECONDS.seconds();
        }
        seconds / 60
    }
}

fn next(date: Date) -> Date {
    date.tomorrow().expect("a date of the tests")
}

/// Where the union that holds the open pause begins.
fn open_pause_begins(pauses: &[(Timestamp, Option<Timestamp>)]) -> Timestamp {
    let mut begins = pauses
        .iter()
        .filter(|(_, to)| to.is_none())
        .map(|(from, _)| *from)
        .min()
        .expect("an open pause");
    while let Some((from, _)) = pauses
        .iter()
        .find(|(from, to)| *from < begins && to.is_some_and(|to| begins < to))
    {
        begins = *from;
    }
    begins
}
