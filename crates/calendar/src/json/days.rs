//! Named days in a calendar file: holidays, make-up days and exceptions.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::problem::Fault;
use super::reader::{Reader, below};
use crate::rules::{Exception, Name};

/// The longest run of days that one entry may name.
const MAX_RUN_DAYS: i64 = 366;

/// English names by Chinese ones.
pub(super) type English = BTreeMap<String, String>;

impl Reader {
    /// A list of dates, `{"date", "name"}` and `{"from", "to", "name"}`; nothing if absent.
    pub(super) fn days(
        &mut self,
        top: &Map<String, Value>,
        key: &str,
        english: &English,
    ) -> BTreeMap<Date, Name> {
        let mut days = BTreeMap::new();
        let entries = match top.get(key) {
            None | Some(Value::Null) => return days,
            Some(value) => self.list(key, value).unwrap_or_default(),
        };
        for (index, entry) in entries.iter().enumerate() {
            let at = format!("{key}[{index}]");
            if let Some((from, to, name)) = self.run(&at, entry, english) {
                let mut date = from;
                while date <= to {
                    days.insert(date, name.clone());
                    date = date.saturating_add(SignedDuration::from_hours(24));
                }
            }
        }
        days
    }

    fn run(&mut self, at: &str, entry: &Value, english: &English) -> Option<(Date, Date, Name)> {
        let object = match entry {
            Value::String(text) => {
                let date = self.date_from(at, text)?;
                return Some((date, date, Name::default()));
            }
            Value::Object(object) => object,
            _ => {
                return self.note(at, Fault::NotDays);
            }
        };
        self.only_keys(at, object, &["date", "from", "to", "name"]);
        let name = self.name(at, object.get("name"), english);
        let (from, to) = match (object.get("date"), object.get("from"), object.get("to")) {
            (Some(date), None, None) => {
                let date = self.date(&below(at, "date"), date)?;
                (date, date)
            }
            (None, Some(from), Some(to)) => {
                let from = self.date(&below(at, "from"), from);
                let to = self.date(&below(at, "to"), to);
                from.zip(to)?
            }
            _ => return self.note(at, Fault::NeitherDateNorRun),
        };
        let days = to.duration_since(from).as_hours() / 24 + 1;
        match days {
            1..=MAX_RUN_DAYS => Some((from, to, name)),
            ..1 => self.note(at, Fault::RunReversed),
            _ => self.note(at, Fault::RunTooLong(days, MAX_RUN_DAYS)),
        }
    }

    /// An object of dates, each with its hours, or with `{"hours", "name"}`; nothing if absent.
    pub(super) fn exceptions(
        &mut self,
        top: &Map<String, Value>,
        english: &English,
    ) -> BTreeMap<Date, Exception> {
        let entries = match top.get("exceptions") {
            None | Some(Value::Null) => None,
            Some(value) => self.object("exceptions", value),
        };
        let mut exceptions = BTreeMap::new();
        for (date, value) in entries.into_iter().flatten() {
            let at = below("exceptions", date);
            let exception = match value {
                Value::Object(object) => {
                    self.only_keys(&at, object, &["hours", "name"]);
                    let name = self.name(&at, object.get("name"), english);
                    self.hours(
                        &below(&at, "hours"),
                        object.get("hours").unwrap_or(&Value::Null),
                    )
                    .map(|hours| Exception { hours, name })
                }
                _ => self.hours(&at, value).map(|hours| Exception {
                    hours,
                    name: Name::default(),
                }),
            };
            exceptions.extend(self.date_from(&at, date).zip(exception));
        }
        exceptions
    }

    fn name(&mut self, at: &str, value: Option<&Value>, english: &English) -> Name {
        let Some(zh) = value.and_then(|value| self.text(&below(at, "name"), value)) else {
            return Name::default();
        };
        Name {
            zh: zh.to_owned(),
            en: english.get(zh).map_or(zh, String::as_str).to_owned(),
        }
    }
}
