//! A request of `huiyin calendar due`, checked.

use jiff::Timestamp;
use jiff::fmt::temporal::Pieces;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::reader::cut;
use crate::calendar::Calendar;
use crate::limit::{End, Halves, Hours, Length, Limit, Roll};
use crate::pause::Pause;
use crate::table::{FIRST_YEAR, LAST_YEAR};

/// The most pauses that a request may have.
const MAX_PAUSES: usize = 1_000;
/// The longest limit that a request may ask for, in years.
const MAX_YEARS: u32 = 100;
/// Days in a year at most, for bounds.
const YEAR_DAYS: u32 = 366;

/// A request as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written<'a> {
    #[serde(borrow, default)]
    pub(super) id: Option<&'a RawValue>,
    #[serde(default)]
    op: Value,
    #[serde(default)]
    start: Value,
    #[serde(default)]
    n: Value,
    #[serde(default)]
    pauses: Value,
    #[serde(default)]
    end: Value,
    #[serde(default)]
    roll: Value,
    #[serde(default)]
    to: Value,
}

/// The keys of a request.
pub(super) const KEYS: [&str; 8] = ["id", "op", "start", "n", "pauses", "end", "roll", "to"];

/// A request that can be answered.
pub(super) struct Request {
    pub(super) question: Question,
    pub(super) start: Timestamp,
    pub(super) pauses: Vec<Pause>,
}

pub(super) enum Question {
    Due(Limit),
    WorkingDaysUntil(Timestamp),
    WorkingMinutesUntil(Timestamp),
}

const OPS: &str = "working_days, calendar_days, working_hours, calendar_hours, working_minutes, calendar_minutes, working_halves, calendar_weeks, \
                   calendar_months, working_days_between, working_minutes_between";

impl Written<'_> {
    pub(super) fn check(&self, calendar: &Calendar) -> Result<Request, String> {
        let op = match &self.op {
            Value::String(op) => op.as_str(),
            Value::Null => return Err(format!("missing `op`; known are {OPS}")),
            _ => return Err(format!("`op` must be a text; known are {OPS}")),
        };
        let start = instant(calendar, "start", &self.start)?;
        let pauses = pauses(calendar, &self.pauses)?;
        let end = choice(
            "end",
            &self.end,
            [("business", End::Business), ("day", End::Day)],
        )?;
        let roll = choice(
            "roll",
            &self.roll,
            [("none", Roll::None), ("next_working", Roll::NextWorking)],
        )?;
        let question = match op {
            "working_days_between" => Question::WorkingDaysUntil(self.later(calendar, start)?),
            "working_minutes_between" => {
                Question::WorkingMinutesUntil(self.later(calendar, start)?)
            }
            _ => Question::Due(Limit {
                length: self.length(op)?,
                end,
                roll,
            }),
        };
        Ok(Request {
            question,
            start,
            pauses,
        })
    }

    fn later(&self, calendar: &Calendar, start: Timestamp) -> Result<Timestamp, String> {
        let to = instant(calendar, "to", &self.to)?;
        match to < start {
            true => Err("`to` is before `start`".to_owned()),
            false => Ok(to),
        }
    }

    fn length(&self, op: &str) -> Result<Length, String> {
        let days = MAX_YEARS * YEAR_DAYS;
        let number = || match &self.n {
            Value::Number(number) => number.as_f64().ok_or_else(|| "`n` is too large".to_owned()),
            Value::Null => Err("missing `n`".to_owned()),
            _ => Err("`n` must be a number".to_owned()),
        };
        let bounded = |max: u32| {
            number().and_then(|n| match (0.0..=f64::from(max)).contains(&n) {
                true => Ok(n),
                false => Err(format!("`n` must be from 0 to {max}")),
            })
        };
        let whole = |max: u32| {
            bounded(max).and_then(|n| {
                whole(n).ok_or_else(|| format!("`n` must be a whole number for `{op}`"))
            })
        };
        let hours =
            || Hours::try_from(bounded(days * 24)?).map_err(|problem| format!("`n`: {problem}"));
        let minutes = || whole(days * 24 * 60).map(Hours::from_minutes);
        Ok(match op {
            "working_days" => Length::WorkingDays(
                Halves::try_from(bounded(days)?).map_err(|problem| format!("`n`: {problem}"))?,
            ),
            "calendar_days" => Length::CalendarDays(whole(days)?),
            "working_hours" => Length::WorkingHours(hours()?),
            "calendar_hours" => Length::CalendarHours(hours()?),
            "working_minutes" => Length::WorkingHours(minutes()?),
            "calendar_minutes" => Length::CalendarHours(minutes()?),
            "working_halves" => Length::WorkingHalves(whole(2 * days)?),
            "calendar_weeks" => Length::Weeks(whole(MAX_YEARS * 53)?),
            "calendar_months" => Length::Months(whole(MAX_YEARS * 12)?),
            unknown => return Err(format!("unknown `op` `{}`; known are {OPS}", cut(unknown))),
        })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "callers have bounded the number to the range of u32"
)]
fn whole(n: f64) -> Option<u32> {
    (n.fract() == 0.0).then_some(n as u32)
}

fn choice<T: Copy + Default>(key: &str, value: &Value, known: [(&str, T); 2]) -> Result<T, String> {
    let names = || format!("`{key}` must be `{}` or `{}`", known[0].0, known[1].0);
    match value {
        Value::Null => Ok(T::default()),
        Value::String(text) => known
            .iter()
            .find(|(name, _)| name == text)
            .map(|(_, choice)| *choice)
            .ok_or_else(names),
        _ => Err(names()),
    }
}

fn pauses(calendar: &Calendar, value: &Value) -> Result<Vec<Pause>, String> {
    let list = match value {
        Value::Null => return Ok(Vec::new()),
        Value::Array(list) if list.len() <= MAX_PAUSES => list,
        Value::Array(_) => return Err(format!("`pauses` may have {MAX_PAUSES} entries at most")),
        _ => return Err("`pauses` must be a list of pairs".to_owned()),
    };
    list.iter()
        .enumerate()
        .map(|(index, pair)| pause(calendar, index, pair))
        .collect()
}

fn pause(calendar: &Calendar, index: usize, pair: &Value) -> Result<Pause, String> {
    let at = format!("pauses[{index}]");
    let Some([from, to]) = pair.as_array().map(Vec::as_slice) else {
        return Err(format!(
            "`{at}` must be a pair: when it begins, and when it ends or null"
        ));
    };
    let from = instant(calendar, &at, from)?;
    let to = match to {
        Value::Null => None,
        _ => Some(instant(calendar, &at, to)?),
    };
    match to {
        Some(to) if to < from => Err(format!("`{at}` ends before it begins")),
        _ => Ok(Pause { from, to }),
    }
}

/// A local time, or one with its offset.
fn instant(calendar: &Calendar, key: &str, value: &Value) -> Result<Timestamp, String> {
    let text = match value {
        Value::String(text) => text.as_str(),
        Value::Null => return Err(format!("missing `{key}`")),
        _ => return Err(format!("`{key}` must be a text such as `2026-02-13T16:20`")),
    };
    let not_a_time = || {
        format!(
            "`{key}`: `{}` is not a date with a time such as `2026-02-13T16:20`",
            cut(text)
        )
    };
    let pieces = Pieces::parse(text).map_err(|_| not_a_time())?;
    let time = pieces.time().ok_or_else(not_a_time)?;
    if pieces.time_zone_annotation().is_some() {
        return Err(format!(
            "`{key}`: write the offset, not the name, of a zone"
        ));
    }
    if !(FIRST_YEAR..=LAST_YEAR).contains(&pieces.date().year()) {
        return Err(format!(
            "`{key}` lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
        ));
    }
    let local = pieces.date().to_datetime(time);
    match pieces.to_numeric_offset() {
        Some(offset) => offset.to_timestamp(local).map_err(|_| not_a_time()),
        None => Ok(calendar.instant(local)),
    }
}
