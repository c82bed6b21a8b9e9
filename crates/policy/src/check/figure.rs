//! Figures: whole numbers, exact amounts and limits.

use huiyin_calendar::{Duty, End, FIRST_YEAR, Halves, Hours, Length, Limit, Per, Period, Roll};
use huiyin_settlement::{Money, Percent};
use jiff::civil::date;

use super::lines::{Lines, one_of, scalar};
use super::log::Log;
use crate::codes;
use crate::yaml::{Node, Shape};

/// The greatest number in a limit: ten years in hours, so that no sum of limits overflows.
const LIMIT_NUMBER_MAX: u32 = 87_600;

/// Reports a text that isn't the figure asked for.
pub(super) fn bad_figure<T>(node: Node<'_>, expected: &'static str, log: &Log) -> Option<T> {
    let found = node.scalar().unwrap_or_default();
    let finding = codes::BAD_FIGURE.at(node.place()).with("found", found);
    log.push(finding.with("expected", expected).done());
    None
}

/// A whole number from 0 to `max`.
pub(super) fn whole(node: Node<'_>, max: u32, log: &Log) -> Option<u32> {
    let text = scalar(node, log)?;
    match text.parse::<u32>() {
        Ok(number) if number <= max && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(number)
        }
        _ => bad_figure(node, "whole", log),
    }
}

/// A whole number of any sign.
pub(super) fn integer(node: Node<'_>, log: &Log) -> Option<i64> {
    match scalar(node, log)?.parse() {
        Ok(number) => Some(number),
        Err(_) => bad_figure(node, "whole", log),
    }
}

/// An amount of money: not negative, at most two decimals, no separators.
pub(super) fn money(node: Node<'_>, log: &Log) -> Option<Money> {
    match scalar(node, log)?.parse::<Money>() {
        Ok(amount) if !amount.is_negative() => Some(amount),
        _ => bad_figure(node, "money", log),
    }
}

/// A percentage: a number and `%`.
pub(super) fn percent(node: Node<'_>, log: &Log) -> Option<Percent> {
    let text = scalar(node, log)?;
    let percent = text.parse().ok().filter(|_| text.ends_with('%'));
    percent.or_else(|| bad_figure(node, "percent", log))
}

/// A limit: `3 working days`, or `{limit: 3 working days, end: day, roll: next_working}`.
pub(super) fn limit(node: Node<'_>, log: &Log) -> Option<Limit> {
    if node.shape() != Shape::Map {
        return length(node, log).map(Limit::new);
    }
    let lines = Lines::of(node, node.place(), &["limit", "end", "roll"], log)?;
    limit_of(&lines, log)
}

/// The words of a limit among the lines of a larger map.
pub(super) fn limit_of(lines: &Lines<'_>, log: &Log) -> Option<Limit> {
    let length = lines.need("limit", log).and_then(|node| length(node, log));
    let end = end_of(lines, log);
    let roll = lines.get("roll").map_or(Some(Roll::None), |node| {
        let words = [("none", Roll::None), ("next_working", Roll::NextWorking)];
        one_of(node, &words, log)
    });
    Some(Limit::new(length?).ending(end?).rolling(roll?))
}

/// When the last day ends: with its working hours, unless it says `day`.
pub(super) fn end_of(lines: &Lines<'_>, log: &Log) -> Option<End> {
    lines.get("end").map_or(Some(End::Business), |node| {
        one_of(node, &[("business", End::Business), ("day", End::Day)], log)
    })
}

/// How long, without how it ends: `30 working days`.
pub(super) fn length(node: Node<'_>, log: &Log) -> Option<Length> {
    let text = scalar(node, log)?;
    parse_length(text).or_else(|| bad_figure(node, "limit", log))
}

fn parse_length(text: &str) -> Option<Length> {
    let (number, unit) = text.split_once(' ')?;
    let halves = |days: &str| {
        let (whole, half) = match days.strip_suffix(".5") {
            Some(whole) => (whole, 1),
            None => (days, 0),
        };
        Some(Halves(count(whole)? * 2 + half))
    };
    Some(match unit.trim() {
        "working day" | "working days" => Length::WorkingDays(halves(number)?),
        "day" | "days" => Length::CalendarDays(count(number)?),
        "working hour" | "working hours" => Length::WorkingHours(Hours::whole(count(number)?)),
        "hour" | "hours" => Length::CalendarHours(Hours::whole(count(number)?)),
        "working minute" | "working minutes" => {
            Length::WorkingHours(Hours::from_minutes(count(number)?))
        }
        "minute" | "minutes" => Length::CalendarHours(Hours::from_minutes(count(number)?)),
        "half working day" | "half working days" => Length::WorkingHalves(count(number)?),
        "week" | "weeks" => Length::Weeks(count(number)?),
        "month" | "months" => Length::Months(count(number)?),
        _ => return None,
    })
}

fn count(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok()?;
    (digits && number <= LIMIT_NUMBER_MAX).then_some(number)
}

/// How often a duty is due: `once a month`, `2 times a quarter`, `every 7 days`, `by day 10`, `by working day 5`.
pub(super) fn period(node: Node<'_>, log: &Log) -> Option<Period> {
    let text = scalar(node, log)?;
    let period = parse_period(text).filter(exists);
    period.or_else(|| bad_figure(node, "period", log))
}

/// Whether a period has the days and numbers of a calendar.
pub(super) fn exists(period: &Period) -> bool {
    Duty::new(period.clone(), date(FIRST_YEAR, 1, 1)).is_ok()
}

fn parse_period(text: &str) -> Option<Period> {
    let day = |day: &str| day.trim().parse::<u8>().ok();
    if let Some(nth) = text.strip_prefix("by working day ") {
        return day(nth).map(Period::ByWorkingDay);
    }
    if let Some(nth) = text.strip_prefix("by day ") {
        return day(nth).map(Period::ByDay);
    }
    if let Some(rest) = text.strip_prefix("every ") {
        let (number, unit) = rest.split_once(' ')?;
        let number = count(number)?;
        return Some(match unit.trim() {
            "day" | "days" => Period::EveryDays(number),
            "week" | "weeks" => Period::EveryWeeks(number),
            "month" | "months" => Period::EveryMonths(number),
            _ => return None,
        });
    }
    let (times, per) = match text.strip_prefix("once a ") {
        Some(per) => (1, per),
        None => {
            let (times, per) = text.split_once(" times a ")?;
            (count(times)?, per)
        }
    };
    let per = PER.iter().find(|(word, _)| *word == per.trim())?.1;
    Some(Period::Times { times, per })
}

/// The words for stretches of the calendar.
pub(super) const PER: [(&str, Per); 6] = [
    ("day", Per::Day),
    ("working day", Per::WorkingDay),
    ("week", Per::Week),
    ("month", Per::Month),
    ("quarter", Per::Quarter),
    ("year", Per::Year),
];

/// A span of elapsed time in seconds: `30 minutes`, `4 hours`, `2 days`.
pub(super) fn elapsed_seconds(node: Node<'_>, log: &Log) -> Option<i64> {
    let text = scalar(node, log)?;
    let parsed = text.split_once(' ').and_then(|(number, unit)| {
        let unit_seconds = match unit.trim() {
            "minute" | "minutes" => 60,
            "hour" | "hours" => 3_600,
            "day" | "days" => 86_400,
            _ => return None,
        };
        Some(i64::from(count(number)?) * unit_seconds)
    });
    parsed.or_else(|| bad_figure(node, "elapsed", log))
}
