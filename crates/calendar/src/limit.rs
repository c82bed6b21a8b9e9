//! How long something may take.

use std::cmp::Ordering;
use std::fmt;

/// Half working days: 5 is two and a half working days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Halves(pub u32);

impl Halves {
    /// Whole working days.
    pub const fn days(days: u32) -> Halves {
        Halves(days.saturating_mul(2))
    }

    /// Whether half a day is left over.
    pub const fn has_half(self) -> bool {
        self.0 % 2 == 1
    }
}

impl TryFrom<f64> for Halves {
    type Error = LengthProblem;

    /// Working days as a number: a multiple of 0.5.
    fn try_from(days: f64) -> Result<Halves, LengthProblem> {
        whole_number(days * 2.0)
            .map(Halves)
            .ok_or(LengthProblem::NotHalves)
    }
}

impl fmt::Display for Halves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}",
            self.0 / 2,
            if self.has_half() { ".5" } else { "" }
        )
    }
}

/// Hours or minutes, exact to the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours {
    seconds: u32,
}

impl Hours {
    /// Whole hours.
    pub const fn whole(hours: u32) -> Hours {
        Hours {
            seconds: hours.saturating_mul(3600),
        }
    }

    /// Minutes.
    pub const fn from_minutes(minutes: u32) -> Hours {
        Hours {
            seconds: minutes.saturating_mul(60),
        }
    }

    /// A number of seconds.
    pub const fn from_seconds(seconds: u32) -> Hours {
        Hours { seconds }
    }

    /// The same in seconds.
    pub const fn seconds(self) -> u32 {
        self.seconds
    }

    /// How many minutes they are, where they are whole minutes and no whole hours: such a length is told, and made longer, in minutes.
    pub const fn as_minutes(self) -> Option<u32> {
        let is_told_so = self.seconds.is_multiple_of(60) && !self.seconds.is_multiple_of(3600);
        if is_told_so {
            Some(self.seconds / 60)
        } else {
            None
        }
    }

    /// So many of the unit in which these are told: hours, or else minutes.
    const fn so_many(self, count: u32) -> Hours {
        match self.as_minutes() {
            Some(_) => Hours::from_minutes(count),
            None => Hours::whole(count),
        }
    }

    /// These and more, up to as many as fit.
    const fn and(self, more: Hours) -> Hours {
        Hours::from_seconds(self.seconds.saturating_add(more.seconds))
    }
}

impl TryFrom<f64> for Hours {
    type Error = LengthProblem;

    /// Hours as a number that comes to whole seconds, such as 1.5 or 0.25.
    fn try_from(hours: f64) -> Result<Hours, LengthProblem> {
        whole_number(hours * 3600.0)
            .map(Hours::from_seconds)
            .ok_or(LengthProblem::NotSeconds)
    }
}

/// How far a number may be from a whole one because its decimals were cut off, as in 0.333333333333.
const ROUNDING: f64 = 1e-6;

fn whole_number(number: f64) -> Option<u32> {
    let whole = number.round();
    let fits = (0.0..=f64::from(u32::MAX)).contains(&whole);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`fits` has checked that the whole number lies in the range of u32"
    )]
    (fits && (number - whole).abs() <= ROUNDING).then_some(whole as u32)
}

/// Why a number is not a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LengthProblem {
    /// Working days come in halves.
    #[error("working days must be 0 or more, in steps of 0.5")]
    NotHalves,
    /// Hours come to whole seconds.
    #[error("hours must be 0 or more and come to whole seconds")]
    NotSeconds,
}

/// A length of time in the unit in which it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Length {
    /// Working days after the day of receipt (T3).
    WorkingDays(Halves),
    /// Calendar days after the day of receipt (T4).
    CalendarDays(u32),
    /// Working time (T5).
    WorkingHours(Hours),
    /// Elapsed time, day and night (T5).
    CalendarHours(Hours),
    /// Half working days after the half of receipt (T6).
    WorkingHalves(u32),
    /// Seven calendar days each (T8).
    Weeks(u32),
    /// The same day of a later month, or that month's last day (T8). Takes no pauses.
    Months(u32),
}

impl Length {
    /// So many of the same unit, up to as many as fit: working days, days, hours, half-days, weeks or months; minutes of a length that is
    /// no whole hours.
    pub const fn of_same_unit(self, count: u32) -> Length {
        match self {
            Self::WorkingDays(_) => Self::WorkingDays(Halves::days(count)),
            Self::CalendarDays(_) => Self::CalendarDays(count),
            Self::WorkingHours(time) => Self::WorkingHours(time.so_many(count)),
            Self::CalendarHours(time) => Self::CalendarHours(time.so_many(count)),
            Self::WorkingHalves(_) => Self::WorkingHalves(count),
            Self::Weeks(_) => Self::Weeks(count),
            Self::Months(_) => Self::Months(count),
        }
    }

    /// How it compares with another length; `None` if they are counted in different units.
    pub fn compared(self, other: Length) -> Option<Ordering> {
        match (self, other) {
            (Self::WorkingDays(one), Self::WorkingDays(other)) => Some(one.cmp(&other)),
            (Self::WorkingHours(one), Self::WorkingHours(other))
            | (Self::CalendarHours(one), Self::CalendarHours(other)) => Some(one.cmp(&other)),
            (Self::CalendarDays(one), Self::CalendarDays(other))
            | (Self::WorkingHalves(one), Self::WorkingHalves(other))
            | (Self::Weeks(one), Self::Weeks(other))
            | (Self::Months(one), Self::Months(other)) => Some(one.cmp(&other)),
            _ => None,
        }
    }

    /// The same length and so many more of its unit, up to as many as fit.
    pub const fn longer_by(self, count: u32) -> Length {
        match (self, self.of_same_unit(count)) {
            (Self::WorkingDays(one), Self::WorkingDays(more)) => {
                Self::WorkingDays(Halves(one.0.saturating_add(more.0)))
            }
            (Self::CalendarDays(one), Self::CalendarDays(more)) => {
                Self::CalendarDays(one.saturating_add(more))
            }
            (Self::WorkingHours(one), Self::WorkingHours(more)) => {
                Self::WorkingHours(one.and(more))
            }
            (Self::CalendarHours(one), Self::CalendarHours(more)) => {
                Self::CalendarHours(one.and(more))
            }
            (Self::WorkingHalves(one), Self::WorkingHalves(more)) => {
                Self::WorkingHalves(one.saturating_add(more))
            }
            (Self::Weeks(one), Self::Weeks(more)) => Self::Weeks(one.saturating_add(more)),
            (Self::Months(one), Self::Months(more)) => Self::Months(one.saturating_add(more)),
            (length, _) => length,
        }
    }
}

/// When on its last day a limit in days, weeks or months ends (T3, T4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum End {
    /// At the day's last closing time; at 24:00 on a day without hours.
    #[default]
    Business,
    /// At 24:00.
    Day,
}

/// What happens when the last day of calendar days, weeks or months is a day off (T4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Roll {
    /// Nothing.
    #[default]
    None,
    /// The limit ends on the next working day.
    NextWorking,
}

/// A limit: how long, and how it ends. `end` and `roll` mean nothing to hours and half-days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    /// How long.
    pub length: Length,
    /// When on the last day.
    pub end: End,
    /// Whether the last day moves to a working day.
    pub roll: Roll,
}

impl Limit {
    /// A limit that ends with business on its last day and does not roll.
    pub const fn new(length: Length) -> Limit {
        Limit {
            length,
            end: End::Business,
            roll: Roll::None,
        }
    }

    /// The same limit, ending as given.
    pub const fn ending(self, end: End) -> Limit {
        Limit { end, ..self }
    }

    /// The same limit, rolling as given.
    pub const fn rolling(self, roll: Roll) -> Limit {
        Limit { roll, ..self }
    }

    /// The same limit with so many more of its unit, ending and rolling as it does.
    pub const fn longer_by(self, count: u32) -> Limit {
        Limit {
            length: self.length.longer_by(count),
            ..self
        }
    }

    /// Whole working days, for the commonest limit of all.
    pub const fn working_days(days: u32) -> Limit {
        Limit::new(Length::WorkingDays(Halves::days(days)))
    }
}
