//! What is wrong in a calendar file.

use std::fmt;

use crate::dayhours::HoursProblem;
use crate::table::{FIRST_YEAR, LAST_YEAR};

/// One thing that is wrong in a calendar file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The way to the value from the top of the file, such as `weekly.1[0]`; empty for the file itself.
    pub at: String,
    /// What is wrong and what is expected.
    pub fault: Fault,
}

/// What can be wrong in a calendar file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file has more bytes than this.
    #[error("the file is larger than {0} bytes")]
    TooLarge(usize),
    /// Something else than one object.
    #[error("the file must hold one object")]
    NotOneObject,
    /// No JSON, and why.
    #[error("not valid JSON: {0}")]
    NotJson(String),
    /// A key that means nothing there; those that are known, separated by commas.
    #[error("unknown key; known are {0}")]
    UnknownKey(String),
    /// No object.
    #[error("must be an object")]
    NotAnObject,
    /// No list.
    #[error("must be a list")]
    NotAList,
    /// No text.
    #[error("must be a text")]
    NotAText,
    /// No date.
    #[error("`{0}` is not a date; write `YYYY-MM-DD`")]
    NotADate(String),
    /// A date outside the years of calendars.
    #[error("`{0}` lies outside the years {FIRST_YEAR} to {LAST_YEAR}")]
    DateOutside(String),
    /// No year of calendars.
    #[error("must be a year, {FIRST_YEAR} to {LAST_YEAR}")]
    NotAYear,
    /// No pair of times.
    #[error("must be a pair of times")]
    NotAPair,
    /// No hours of a day.
    #[error("{0}")]
    Hours(#[from] HoursProblem),
    /// The zone is missing.
    #[error("missing; name a zone such as `Asia/Shanghai`")]
    NoZone,
    /// No zone is called that.
    #[error("`{0}` is not a known zone")]
    UnknownZone(String),
    /// The weekly hours are missing.
    #[error("missing; give the hours of weekdays `1` (Monday) to `7`")]
    NoWeekly,
    /// A key that is no weekday.
    #[error("must be a weekday from `1` (Monday) to `7` (Sunday)")]
    NotAWeekdayKey,
    /// A number that is no weekday.
    #[error("must be a weekday from 1 (Monday) to 7 (Sunday)")]
    NotAWeekday,
    /// No pair of years.
    #[error("must be a pair: the first and the last published year")]
    NotYears,
    /// The first year comes after the last.
    #[error("the first year {0} is after the last one {1}")]
    YearsReversed(i16, i16),
    /// No date and no run of dates.
    #[error("must be a date, or an object with `date`, or `from` and `to`")]
    NotDays,
    /// Neither one date nor a run of dates.
    #[error("needs either `date`, or `from` and `to`")]
    NeitherDateNorRun,
    /// A run that ends before it begins.
    #[error("`to` is before `from`")]
    RunReversed,
    /// A run of this many days, and how many are the most.
    #[error("is {0} days long; {1} are the most")]
    RunTooLong(i64, i64),
}

impl Fault {
    /// Its stable name, by which it is put into words elsewhere.
    pub fn name(&self) -> &'static str {
        match self {
            Fault::TooLarge(_) => "too_large",
            Fault::NotOneObject => "not_one_object",
            Fault::NotJson(_) => "not_json",
            Fault::UnknownKey(_) => "unknown_key",
            Fault::NotAnObject => "not_an_object",
            Fault::NotAList => "not_a_list",
            Fault::NotAText => "not_a_text",
            Fault::NotADate(_) => "not_a_date",
            Fault::DateOutside(_) => "date_outside",
            Fault::NotAYear => "not_a_year",
            Fault::NotAPair => "not_a_pair",
            Fault::Hours(HoursProblem::NotATime(_)) => "not_a_time",
            Fault::Hours(HoursProblem::Empty(_)) => "interval_empty",
            Fault::Hours(HoursProblem::Unordered(_)) => "intervals_disordered",
            Fault::NoZone => "no_zone",
            Fault::UnknownZone(_) => "unknown_zone",
            Fault::NoWeekly => "no_weekly",
            Fault::NotAWeekdayKey | Fault::NotAWeekday => "not_a_weekday",
            Fault::NotYears => "not_years",
            Fault::YearsReversed(..) => "years_reversed",
            Fault::NotDays => "not_days",
            Fault::NeitherDateNorRun => "neither_date_nor_run",
            Fault::RunReversed => "run_reversed",
            Fault::RunTooLong(..) => "run_too_long",
        }
    }

    /// What was written there, or what may be; empty where there is nothing to tell.
    pub fn value(&self) -> String {
        match self {
            Fault::TooLarge(max) => max.to_string(),
            Fault::NotJson(text)
            | Fault::UnknownKey(text)
            | Fault::NotADate(text)
            | Fault::DateOutside(text)
            | Fault::UnknownZone(text)
            | Fault::Hours(HoursProblem::NotATime(text)) => text.clone(),
            Fault::Hours(HoursProblem::Empty(at) | HoursProblem::Unordered(at)) => {
                format!("{}–{}", at.open, at.close)
            }
            Fault::RunTooLong(_, max) => max.to_string(),
            _ => String::new(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at.as_str() {
            "" => write!(f, "{}", self.fault),
            at => write!(f, "{at}: {}", self.fault),
        }
    }
}

impl std::error::Error for Problem {}
