//! When something in a trial case happens, as its file says it: counted from the first start, so that the cases are
//! always fresh, and in working days, so that people work when people work.

use huiyin_calendar::Calendar;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

/// Most working days between two steps, or before the first start.
const WORKING_DAYS_MAX: u32 = 100;
/// Most hours between two steps, or before the first start.
const HOURS_MAX: i64 = 100;

/// When a case came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begin {
    /// `3h20m ago`: so long before the first start.
    Ago(SignedDuration),
    /// `12d 09:40`: on the n-th working day before the day of the first start.
    Day(u32, Time),
}

/// When a step follows the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// `+1h30m`.
    Elapsed(SignedDuration),
    /// `15:40`, on the same day.
    SameDay(Time),
    /// `2d 10:20`: on the n-th working day after that day.
    Days(u32, Time),
}

impl Begin {
    /// Reads what stands after `when:`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text.split_once(' ')? {
            (time, "ago") => duration(time).map(Self::Ago),
            (days, at) => Some(Self::Day(working_days(days)?, time(at)?)),
        }
    }

    /// The moment, for a first start at `now`; `None` before the calendar begins.
    pub(super) fn before(self, now: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
        match self {
            Self::Ago(ago) => now.checked_sub(ago).ok(),
            Self::Day(days, at) => {
                let mut date = calendar.date_of(now);
                for _ in 0..days {
                    date = working_day_before(date, calendar)?;
                }
                Some(calendar.instant(date.to_datetime(at)))
            }
        }
    }
}

impl After {
    /// Reads the beginning of a step; gives what stands after it too.
    pub(super) fn parse(text: &str) -> Option<(Self, &str)> {
        let (first, rest) = text.split_once(' ')?;
        if let Some(elapsed) = first.strip_prefix('+') {
            return Some((Self::Elapsed(duration(elapsed)?), rest));
        }
        if let Some(at) = time(first) {
            return Some((Self::SameDay(at), rest));
        }
        let (at, rest) = rest.split_once(' ')?;
        Some((Self::Days(working_days(first)?, time(at)?), rest))
    }

    /// The moment, after a step at `from`; `None` where the calendar ends.
    pub(super) fn after(self, from: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
        let date = calendar.date_of(from);
        let (date, at) = match self {
            Self::Elapsed(elapsed) => return from.checked_add(elapsed).ok(),
            Self::SameDay(at) => (date, at),
            Self::Days(days, at) => {
                let next = date.tomorrow().ok()?;
                (calendar.nth_working_day_from(next, days - 1)?, at)
            }
        };
        Some(calendar.instant(date.to_datetime(at)))
    }
}

fn working_day_before(date: Date, calendar: &Calendar) -> Option<Date> {
    let mut date = date.yesterday().ok()?;
    while !calendar.is_working_day(date) {
        date = date.yesterday().ok()?;
    }
    Some(date)
}

/// `12d`, at least one.
fn working_days(text: &str) -> Option<u32> {
    let days = text.strip_suffix('d')?.parse().ok()?;
    (1..=WORKING_DAYS_MAX).contains(&days).then_some(days)
}

/// `09:40`.
fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// `1h30m`, `2h` or `45m`.
fn duration(text: &str) -> Option<SignedDuration> {
    let (hours, minutes) = match text.split_once('h') {
        Some((hours, "")) => (hours, "0"),
        Some((hours, minutes)) => (hours, minutes.strip_suffix('m')?),
        None => ("0", text.strip_suffix('m')?),
    };
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..=HOURS_MAX).contains(&hours) && (0..60).contains(&minutes))
        .then(|| SignedDuration::from_mins(hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(instant: Option<Timestamp>) -> String {
        instant.map_or_else(String::new, |at| Calendar::china().local(at).to_string())
    }

    #[test]
    fn days_are_working_days_also_over_the_national_day() {
        let calendar = Calendar::china();
        // A Friday, the second working day after the holiday of 2026.
        let now: Timestamp = "2026-10-09T08:00:00+08:00".parse().unwrap();
        let begin = |text: &str| local(Begin::parse(text).unwrap().before(now, &calendar));
        assert_eq!(begin("1d 16:30"), "2026-10-08T16:30:00");
        assert_eq!(begin("2d 09:05"), "2026-09-30T09:05:00");
        assert_eq!(begin("3h20m ago"), "2026-10-09T04:40:00");
        let from: Timestamp = "2026-09-30T17:00:00+08:00".parse().unwrap();
        let after = |text: &str| {
            let (after, rest) = After::parse(text).unwrap();
            assert_eq!(rest, "甲 accept");
            local(after.after(from, &calendar))
        };
        assert_eq!(after("1d 10:00 甲 accept"), "2026-10-08T10:00:00");
        assert_eq!(after("+1h30m 甲 accept"), "2026-09-30T18:30:00");
        assert_eq!(after("17:45 甲 accept"), "2026-09-30T17:45:00");
    }

    #[test]
    fn what_is_no_time_is_not_read() {
        for text in [
            "12",
            "0d 09:00",
            "101d 09:00",
            "1d 24:00",
            "ago",
            "90m ago",
            "-1h ago",
        ] {
            assert_eq!(Begin::parse(text), None, "{text}");
        }
        for text in ["甲 accept", "+ 甲", "d 09:00 甲", "1d 甲 accept"] {
            assert_eq!(After::parse(text), None, "{text}");
        }
    }
}
