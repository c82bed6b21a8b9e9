//! The periods that reports are about: weeks, months, quarters, half-years and years, each with a name of its own.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday, date};

/// How long the period of a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeriodLength {
    /// Monday to Sunday, numbered by ISO 8601.
    Week,
    /// A calendar month.
    Month,
    /// January to March, and so on.
    Quarter,
    /// January to June, July to December.
    HalfYear,
    /// A calendar year.
    Year,
}

impl PeriodLength {
    /// All of them, the shortest first.
    pub const ALL: [Self; 5] = [
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::HalfYear,
        Self::Year,
    ];

    /// Its name in policies and in answers to programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::HalfYear => "half_year",
            Self::Year => "year",
        }
    }

    /// How many months it has; `None` for a week.
    const fn months(self) -> Option<i8> {
        match self {
            Self::Week => None,
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::HalfYear => Some(6),
            Self::Year => Some(12),
        }
    }
}

/// One period, such as the second quarter of 2026. Written, it is `2026-W23`, `2026-06`, `2026-Q2`, `2026-H1` or `2026`, so that its
/// name alone says how long it is.
///
/// ```
/// use huiyin_calendar::ReportingPeriod;
///
/// let quarter: ReportingPeriod = "2026-Q2".parse()?;
/// assert_eq!(quarter.first().to_string(), "2026-04-01");
/// assert_eq!(quarter.last().to_string(), "2026-06-30");
/// # Ok::<(), huiyin_calendar::NoReportingPeriod>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReportingPeriod {
    length: PeriodLength,
    first: Date,
    last: Date,
}

/// A text that names no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("periods are written 2026-W23, 2026-06, 2026-Q2, 2026-H1 or 2026")]
pub struct NoReportingPeriod;

impl ReportingPeriod {
    /// The period of this length that `day` lies in; `None` at the very end of time.
    pub fn of(length: PeriodLength, day: Date) -> Option<Self> {
        let first = match length.months() {
            None => ISOWeekDate::from(day).first_of_week().ok()?.date(),
            Some(months) => date(day.year(), (day.month() - 1) / months * months + 1, 1),
        };
        let last = match length.months() {
            None => first.checked_add(6.days()),
            Some(months) => first
                .checked_add((months - 1).months())
                .map(Date::last_of_month),
        };
        let last = last.ok()?;
        Some(Self {
            length,
            first,
            last,
        })
    }

    /// How long it is.
    pub const fn length(self) -> PeriodLength {
        self.length
    }

    /// Its first day, inclusive.
    pub const fn first(self) -> Date {
        self.first
    }

    /// Its last day, inclusive.
    pub const fn last(self) -> Date {
        self.last
    }

    /// The period of the same length before it.
    pub fn before(self) -> Option<Self> {
        Self::of(self.length, self.first.yesterday().ok()?)
    }
}

impl fmt::Display for ReportingPeriod {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        match self.length {
            PeriodLength::Week => {
                let week = ISOWeekDate::from(self.first);
                write!(out, "{:04}-W{:02}", week.year(), week.week())
            }
            PeriodLength::Month => write!(out, "{year:04}-{month:02}"),
            PeriodLength::Quarter => write!(out, "{year:04}-Q{}", (month - 1) / 3 + 1),
            PeriodLength::HalfYear => write!(out, "{year:04}-H{}", (month - 1) / 6 + 1),
            PeriodLength::Year => write!(out, "{year:04}"),
        }
    }
}

impl FromStr for ReportingPeriod {
    type Err = NoReportingPeriod;

    fn from_str(text: &str) -> Result<Self, NoReportingPeriod> {
        parse(text)
            .filter(|period| period.to_string() == text)
            .ok_or(NoReportingPeriod)
    }
}

/// Whatever is not written as [`ReportingPeriod`] writes it is sorted out by whoever calls.
fn parse(text: &str) -> Option<ReportingPeriod> {
    let (year, rest) = match text.split_once('-') {
        None => (text, ""),
        Some(parts) => parts,
    };
    let year: i16 = year.parse().ok()?;
    let nth = |prefix: char| rest.strip_prefix(prefix)?.parse::<i8>().ok();
    let month_of = |length: PeriodLength, nth: i8| {
        let months = length.months()?;
        let month = nth.checked_sub(1)?.checked_mul(months)?.checked_add(1)?;
        ReportingPeriod::of(length, Date::new(year, month, 1).ok()?)
    };
    if rest.is_empty() {
        return month_of(PeriodLength::Year, 1);
    }
    if let Some(week) = nth('W') {
        let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?;
        return ReportingPeriod::of(PeriodLength::Week, monday.date());
    }
    if let Some(quarter) = nth('Q') {
        return month_of(PeriodLength::Quarter, quarter);
    }
    if let Some(half) = nth('H') {
        return month_of(PeriodLength::HalfYear, half);
    }
    month_of(PeriodLength::Month, rest.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::{PeriodLength, ReportingPeriod};

    #[test]
    fn a_name_stands_for_its_days() {
        for (name, first, last) in [
            ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
            ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
            ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
            ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
            ("2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
            ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ] {
            let period: ReportingPeriod = name.parse().unwrap();
            assert_eq!((period.first(), period.last()), (first, last), "{name}");
        }
    }

    #[test]
    fn nothing_else_is_a_name() {
        for text in [
            "",
            "26",
            "2026-6",
            "2026-00",
            "2026-13",
            "2026-Q0",
            "2026-Q5",
            "2026-H3",
            "2025-W53",
            "2026-W1",
            "2026-06-01",
            "2026-q2",
            "June",
            "2026-",
            "02026",
            "-2026",
            "2026-Q127",
        ] {
            assert!(text.parse::<ReportingPeriod>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn periods_of_a_length_leave_no_day_out(year in 1_i16..9_999, day in 1_i16..=365, which in 0_usize..5) {
            let length = PeriodLength::ALL[which];
            let day = date(year, 1, 1).with().day_of_year(day).build().unwrap();
            let period = ReportingPeriod::of(length, day).unwrap();
            prop_assert!(period.first() <= day && day <= period.last());
            prop_assert_eq!(period.to_string().parse(), Ok(period));
            if let Some(before) = period.before() {
                prop_assert_eq!(before.last().tomorrow().unwrap(), period.first());
            }
        }
    }
}
