//! Reading JSON values while collecting every problem on the way.

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::problem::{Fault, Problem};
use crate::dayhours::{DayHours, DayTime, Interval};
use crate::table::{FIRST_YEAR, LAST_YEAR};

/// Collects problems; each `read` gives `None` where it has noted one.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn note<T>(&mut self, at: &str, fault: Fault) -> Option<T> {
        self.problems.push(Problem {
            at: at.to_owned(),
            fault,
        });
        None
    }

    /// Notes every key that is not `known`.
    pub(super) fn only_keys(&mut self, at: &str, object: &Map<String, Value>, known: &[&str]) {
        for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
            let at = below(at, key);
            self.note::<()>(&at, Fault::UnknownKey(known.join(", ")));
        }
    }

    pub(super) fn object<'v>(
        &mut self,
        at: &str,
        value: &'v Value,
    ) -> Option<&'v Map<String, Value>> {
        match value {
            Value::Object(object) => Some(object),
            _ => self.note(at, Fault::NotAnObject),
        }
    }

    pub(super) fn list<'v>(&mut self, at: &str, value: &'v Value) -> Option<&'v [Value]> {
        match value {
            Value::Array(list) => Some(list),
            _ => self.note(at, Fault::NotAList),
        }
    }

    pub(super) fn text<'v>(&mut self, at: &str, value: &'v Value) -> Option<&'v str> {
        match value {
            Value::String(text) => Some(text),
            _ => self.note(at, Fault::NotAText),
        }
    }

    pub(super) fn date(&mut self, at: &str, value: &Value) -> Option<Date> {
        let text = self.text(at, value)?;
        self.date_from(at, text)
    }

    pub(super) fn date_from(&mut self, at: &str, text: &str) -> Option<Date> {
        let date = match text.len() == "YYYY-MM-DD".len() {
            true => text.parse::<Date>().ok(),
            false => None,
        };
        match date {
            Some(date) if (FIRST_YEAR..=LAST_YEAR).contains(&date.year()) => Some(date),
            Some(_) => self.note(at, Fault::DateOutside(text.to_owned())),
            None => self.note(at, Fault::NotADate(cut(text))),
        }
    }

    pub(super) fn year(&mut self, at: &str, value: &Value) -> Option<i16> {
        value
            .as_i64()
            .and_then(|year| i16::try_from(year).ok())
            .filter(|year| (FIRST_YEAR..=LAST_YEAR).contains(year))
            .or_else(|| self.note(at, Fault::NotAYear))
    }

    pub(super) fn time(&mut self, at: &str, value: &Value) -> Option<DayTime> {
        let text = self.text(at, value)?;
        match text.parse() {
            Ok(time) => Some(time),
            Err(problem) => self.note(at, problem.into()),
        }
    }

    /// A list of `["HH:MM", "HH:MM"]`.
    pub(super) fn hours(&mut self, at: &str, value: &Value) -> Option<DayHours> {
        let known = self.problems.len();
        let mut intervals = Vec::new();
        for (index, pair) in self.list(at, value)?.iter().enumerate() {
            let at = format!("{at}[{index}]");
            let Value::Array(pair) = pair else {
                self.note::<()>(&at, Fault::NotAPair);
                continue;
            };
            let [open, close] = pair.as_slice() else {
                self.note::<()>(&at, Fault::NotAPair);
                continue;
            };
            let (open, close) = (self.time(&at, open), self.time(&at, close));
            intervals.extend(
                open.zip(close)
                    .map(|(open, close)| Interval { open, close }),
            );
        }
        if self.problems.len() > known {
            return None;
        }
        match DayHours::new(intervals) {
            Ok(hours) => Some(hours),
            Err(problem) => self.note(at, problem.into()),
        }
    }
}

/// The place of `key` below `at`.
pub(super) fn below(at: &str, key: &str) -> String {
    let key = cut(key);
    match at {
        "" => key,
        at => format!("{at}.{key}"),
    }
}

/// User input short enough to be shown in a message.
pub(super) fn cut(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
