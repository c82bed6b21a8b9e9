//! The working intervals of one day.

use std::fmt;
use std::str::FromStr;

/// A time of day to the minute, from 00:00 up to and including 24:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayTime {
    // INVARIANT: at most 24 * 60.
    minute: u16,
}

impl DayTime {
    /// 00:00, the beginning of a day.
    pub const MIDNIGHT: DayTime = DayTime { minute: 0 };
    /// 12:00, where a day without a break is split into halves (T6).
    pub const NOON: DayTime = DayTime { minute: 12 * 60 };
    /// 24:00, the end of a day.
    pub const END: DayTime = DayTime { minute: 24 * 60 };

    /// The time `hour`:`minute`, or `None` if it is not on the clock; 24:00 is.
    pub const fn new(hour: u16, minute: u16) -> Option<DayTime> {
        if minute > 59 || hour > 24 || (hour == 24 && minute > 0) {
            return None;
        }
        Some(DayTime {
            minute: hour * 60 + minute,
        })
    }

    /// Minutes since 00:00, 1440 for 24:00.
    pub const fn minutes(self) -> u16 {
        self.minute
    }

    pub(crate) const fn seconds(self) -> i64 {
        self.minute as i64 * 60
    }
}

impl fmt::Display for DayTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minute / 60, self.minute % 60)
    }
}

impl FromStr for DayTime {
    type Err = HoursProblem;

    /// Reads `HH:MM`, two digits each.
    fn from_str(text: &str) -> Result<DayTime, HoursProblem> {
        let two_digits = |part: &str| {
            (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<u16>().ok())
                .flatten()
        };
        text.split_once(':')
            .and_then(|(hour, minute)| DayTime::new(two_digits(hour)?, two_digits(minute)?))
            .ok_or_else(|| HoursProblem::NotATime(text.chars().take(20).collect()))
    }
}

/// Working time from `open` up to but not including `close`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// When work begins.
    pub open: DayTime,
    /// When work ends, 24:00 at the latest.
    pub close: DayTime,
}

/// Why a list of times is not the hours of a day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursProblem {
    /// The text is not `HH:MM` between 00:00 and 24:00.
    #[error("`{0}` is not a time of day; write `HH:MM` from `00:00` to `24:00`")]
    NotATime(String),
    /// An interval ends when it begins, or before.
    #[error("the interval from `{open}` to `{close}` ends before it begins", open = .0.open, close = .0.close)]
    Empty(Interval),
    /// An interval begins before the one before it has ended.
    #[error(
        "the interval from `{open}` overlaps or precedes the one before it; list intervals in order",
        open = .0.open
    )]
    Unordered(Interval),
}

/// The working intervals of a day, in order and without overlap; none means a day off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DayHours {
    // INVARIANT: each interval ends after it begins, and not after the next begins.
    intervals: Vec<Interval>,
}

/// The hours of a day without working time.
pub(crate) static DAY_OFF: DayHours = DayHours {
    intervals: Vec::new(),
};

impl DayHours {
    /// Checks that the intervals are in order and don't overlap; two may touch.
    pub fn new(intervals: Vec<Interval>) -> Result<DayHours, HoursProblem> {
        let mut last_close = DayTime::MIDNIGHT;
        for interval in &intervals {
            if interval.close <= interval.open {
                return Err(HoursProblem::Empty(*interval));
            }
            if interval.open < last_close {
                return Err(HoursProblem::Unordered(*interval));
            }
            last_close = interval.close;
        }
        Ok(DayHours { intervals })
    }

    /// The intervals, in order.
    pub fn intervals(&self) -> &[Interval] {
        &self.intervals
    }

    /// Whether the day has no working time.
    pub fn is_off(&self) -> bool {
        self.intervals.is_empty()
    }

    /// When the day's last interval ends; `None` on a day off.
    pub fn closing(&self) -> Option<DayTime> {
        self.intervals.last().map(|interval| interval.close)
    }

    /// Where the day's two halves meet: at `half_split`, else at the end of the first interval of
    /// several, else at 12:00 (T6).
    pub fn split(&self, half_split: Option<DayTime>) -> DayTime {
        match (half_split, self.intervals.as_slice()) {
            (Some(split), _) => split,
            (None, [first, _, ..]) => first.close,
            (None, _) => DayTime::NOON,
        }
    }

    pub(crate) fn seconds(&self) -> i64 {
        self.intervals
            .iter()
            .map(|interval| interval.close.seconds() - interval.open.seconds())
            .sum()
    }
}
