//! `huiyin calendar due`: one request, one answer.

use std::fmt::Write;

use serde_json::Value;
use serde_json::value::RawValue;

use super::reader::cut;
use super::request::{KEYS, Question, Request, Written};
use crate::calendar::Calendar;
use crate::due::Due;
use crate::explain::Explanation;

/// The longest request that is read, in bytes.
const MAX_LINE: usize = 1024 * 1024;

/// Answers one line of `huiyin calendar due`, which is JSON without a line break, by a line of the same
/// kind. A bad request is answered with `{"id": …, "error": "…"}`; no line makes this panic.
///
/// ```
/// use huiyin_calendar::{Calendar, answer_line};
///
/// let request = r#"{"id": 1, "op": "working_days", "start": "2026-02-13T16:20", "n": 5}"#;
/// assert_eq!(
///     answer_line(&Calendar::china(), request),
///     r#"{"id": 1, "due_at": "2026-02-27T18:00:00+08:00", "due_date": "2026-02-27", "suspended": false, "provisional": false}"#
/// );
/// ```
pub fn answer_line(calendar: &Calendar, line: &str) -> String {
    let line = line.trim_start_matches('\u{feff}');
    if line.len() > MAX_LINE {
        return error(
            "null",
            &format!("the request is longer than {MAX_LINE} bytes"),
        );
    }
    // Reading a list as a request would give its values to the keys in turn.
    if !line.trim_start().starts_with('{') {
        return not_an_object(line);
    }
    let written: Written<'_> = match serde_json::from_str(line) {
        Ok(written) => written,
        Err(problem) => return unreadable(line, &problem),
    };
    let id = written.id.map_or("null", RawValue::get);
    match written
        .check(calendar)
        .and_then(|request| answer(calendar, id, &request))
    {
        Ok(answer) => answer,
        Err(problem) => error(id, &problem),
    }
}

/// Explains the deadline that a line of `huiyin calendar due` asks for.
///
/// # Errors
///
/// What is wrong with the request, in a sentence; so are the two `between`, which have no deadline.
pub fn explain_line(calendar: &Calendar, line: &str) -> Result<Explanation, String> {
    let written: Written<'_> = serde_json::from_str(line).map_err(|problem| problem.to_string())?;
    let request = written.check(calendar)?;
    match request.question {
        Question::Due(limit) => calendar
            .explain(&limit, request.start, &request.pauses)
            .map_err(|problem| problem.to_string()),
        Question::WorkingDaysUntil(_) | Question::WorkingMinutesUntil(_) => {
            Err("only deadlines are explained, not the time between two moments".to_owned())
        }
    }
}

fn answer(calendar: &Calendar, id: &str, request: &Request) -> Result<String, String> {
    let Request {
        question,
        start,
        pauses,
    } = request;
    let value = |to, value: i64| {
        let provisional = calendar.is_provisional_between(*start, to);
        format!(r#"{{"id": {id}, "value": {value}, "provisional": {provisional}}}"#)
    };
    match question {
        Question::Due(limit) => {
            let due = calendar
                .due(limit, *start, pauses)
                .map_err(|problem| problem.to_string())?;
            Ok(due_answer(calendar, id, &due))
        }
        Question::WorkingDaysUntil(to) => {
            Ok(value(*to, calendar.working_days_between(*start, *to)))
        }
        Question::WorkingMinutesUntil(to) => Ok(value(
            *to,
            calendar.working_minutes_between(*start, *to, pauses),
        )),
    }
}

fn due_answer(calendar: &Calendar, id: &str, due: &Due) -> String {
    let mut answer = String::with_capacity(id.len() + 120);
    let Due {
        suspended,
        provisional,
        ..
    } = due;
    let written = match due.due_at.zip(due.due_date) {
        Some((at, date)) => write!(
            answer,
            r#"{{"id": {id}, "due_at": "{}", "due_date": "{date}", "suspended": {suspended}, "provisional": {provisional}}}"#,
            at.display_with_offset(calendar.offset(at)),
        ),
        None => write!(
            answer,
            r#"{{"id": {id}, "due_at": null, "due_date": null, "suspended": {suspended}, "provisional": {provisional}}}"#,
        ),
    };
    written.expect("writing to a string does not fail");
    answer
}

/// What to say of a line that is not a request; its `id` is kept if it can be found.
fn unreadable(line: &str, problem: &serde_json::Error) -> String {
    match serde_json::from_str(line) {
        Ok(Value::Object(object)) => {
            let id = object.get("id").map_or("null".to_owned(), Value::to_string);
            let unknown = object.keys().find(|key| !KEYS.contains(&key.as_str()));
            match unknown {
                Some(key) => error(
                    &id,
                    &format!("unknown key `{}`; known are {}", cut(key), KEYS.join(", ")),
                ),
                None => error(&id, &format!("not a request: {problem}")),
            }
        }
        _ => error("null", &format!("not valid JSON: {problem}")),
    }
}

fn not_an_object(line: &str) -> String {
    match serde_json::from_str::<serde::de::IgnoredAny>(line) {
        Ok(_) => error("null", "a request must be a JSON object"),
        Err(problem) => error("null", &format!("not valid JSON: {problem}")),
    }
}

fn error(id: &str, problem: &str) -> String {
    format!(r#"{{"id": {id}, "error": {}}}"#, Value::from(problem))
}
