//! A parameter's value in the words of the policy language, as somebody would set it.

use huiyin_calendar::{Hours, Length, Per, Period};

use crate::model::ParamValue;

/// The value as a policy would set it: `3 working days`, `12.5%`, `once a month`. Of a limit it is how long it is; `None` for a period
/// of named months, which is no value of a parameter.
pub fn written(value: &ParamValue) -> Option<String> {
    Some(match value {
        ParamValue::Integer(number) => number.to_string(),
        ParamValue::Money(money) => money.to_string(),
        ParamValue::Percent(percent) => percent.to_string(),
        ParamValue::Limit(limit) => length(limit.length),
        ParamValue::Period(set) => period(set)?,
        ParamValue::Text(text) => text.clone(),
    })
}

fn length(length: Length) -> String {
    let elapsed = |time: Hours, working: &str| match time.as_minutes() {
        Some(minutes) => format!("{minutes} {working}minutes"),
        None => format!("{} {working}hours", time.seconds() / 3_600),
    };
    match length {
        Length::WorkingDays(days) => {
            let half = if days.has_half() { ".5" } else { "" };
            format!("{}{half} working days", days.0 / 2)
        }
        Length::CalendarDays(days) => format!("{days} days"),
        Length::WorkingHours(time) => elapsed(time, "working "),
        Length::CalendarHours(time) => elapsed(time, ""),
        Length::WorkingHalves(halves) => format!("{halves} half working days"),
        Length::Weeks(weeks) => format!("{weeks} weeks"),
        Length::Months(months) => format!("{months} months"),
    }
}

fn period(period: &Period) -> Option<String> {
    Some(match period {
        Period::EveryDays(days) => format!("every {days} days"),
        Period::EveryWeeks(weeks) => format!("every {weeks} weeks"),
        Period::EveryMonths(months) => format!("every {months} months"),
        Period::Times { times: 1, per } => format!("once a {}", stretch(*per)),
        Period::Times { times, per } => format!("{times} times a {}", stretch(*per)),
        Period::ByDay(day) => format!("by day {day}"),
        Period::ByWorkingDay(day) => format!("by working day {day}"),
        Period::Between { .. } => return None,
    })
}

const fn stretch(per: Per) -> &'static str {
    match per {
        Per::Day => "day",
        Per::WorkingDay => "working day",
        Per::Week => "week",
        Per::Month => "month",
        Per::Quarter => "quarter",
        Per::Year => "year",
    }
}
