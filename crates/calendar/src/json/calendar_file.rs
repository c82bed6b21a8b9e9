//! A calendar, or an overlay, from its file.

use std::collections::BTreeMap;

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::days::English;
use super::problem::{Fault, Problem};
use super::reader::{Reader, below, cut};
use crate::calendar::Calendar;
use crate::dayhours::{DayHours, DayTime};
use crate::overlay::Overlay;
use crate::rules::Rules;

/// The largest calendar file that is read, in bytes.
const MAX_FILE: usize = 4 * 1024 * 1024;

const OVERLAY_KEYS: [&str; 6] = [
    "holidays",
    "makeup",
    "exceptions",
    "published_years",
    "notices",
    "names_en",
];
const CALENDAR_KEYS: [&str; 10] = [
    "tz",
    "weekly",
    "makeup_as",
    "half_split",
    "holidays",
    "makeup",
    "exceptions",
    "published_years",
    "notices",
    "names_en",
];

impl Calendar {
    /// Reads a calendar file (`docs/calendar.md`).
    ///
    /// # Errors
    ///
    /// All problems of the file.
    pub fn from_json(text: &str) -> Result<Calendar, Vec<Problem>> {
        read(text, &CALENDAR_KEYS, |reader, top| {
            let zone = reader.zone(top);
            let weekly = reader.weekly(top);
            let makeup_as = reader.makeup_as(top);
            let half_split = reader.half_split(top);
            let days = reader.overlay(top);
            Some(Rules {
                zone: zone?,
                weekly: weekly?,
                makeup_as,
                half_split,
                holidays: days.holidays,
                makeup: days.makeup,
                exceptions: days.exceptions,
                published: days.published,
                notices: days.notices,
            })
        })
        .map(Calendar::new)
    }
}

impl Overlay {
    /// Reads an overlay: a calendar file without `tz`, `weekly`, `makeup_as` and `half_split`.
    ///
    /// # Errors
    ///
    /// All problems of the file.
    pub fn from_json(text: &str) -> Result<Overlay, Vec<Problem>> {
        read(text, &OVERLAY_KEYS, |reader, top| Some(reader.overlay(top)))
    }
}

/// What a file that an administrator loads is: a calendar of its own, or additions to one.
#[derive(Clone, Debug)]
pub enum CalendarFile {
    /// A calendar.
    Whole(Calendar),
    /// An overlay.
    Overlay(Overlay),
}

impl CalendarFile {
    /// Reads a file of either kind: one that names a zone or weekly hours is a calendar.
    ///
    /// # Errors
    ///
    /// All problems of the file.
    pub fn from_json(text: &str) -> Result<CalendarFile, Vec<Problem>> {
        let top: Option<Map<String, Value>> = match text.len() {
            ..=MAX_FILE => serde_json::from_str(text.trim_start_matches('\u{feff}')).ok(),
            _ => None,
        };
        let is_whole = |top: &Map<String, Value>| {
            let of_a_calendar = CALENDAR_KEYS
                .iter()
                .filter(|key| !OVERLAY_KEYS.contains(key));
            of_a_calendar.into_iter().any(|key| top.contains_key(*key))
        };
        match top.as_ref().is_some_and(is_whole) {
            true => Calendar::from_json(text).map(CalendarFile::Whole),
            false => Overlay::from_json(text).map(CalendarFile::Overlay),
        }
    }
}

fn read<T>(
    text: &str,
    keys: &[&str],
    build: impl FnOnce(&mut Reader, &Map<String, Value>) -> Option<T>,
) -> Result<T, Vec<Problem>> {
    let mut reader = Reader::default();
    let built = reader.parse(text).and_then(|top| {
        reader.only_keys("", &top, keys);
        build(&mut reader, &top)
    });
    match built {
        Some(built) if reader.problems.is_empty() => Ok(built),
        _ => Err(reader.problems),
    }
}

impl Reader {
    fn parse(&mut self, text: &str) -> Option<Map<String, Value>> {
        if text.len() > MAX_FILE {
            return self.note("", Fault::TooLarge(MAX_FILE));
        }
        match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
            Ok(Value::Object(top)) => Some(top),
            Ok(_) => self.note("", Fault::NotOneObject),
            Err(problem) => self.note("", Fault::NotJson(problem.to_string())),
        }
    }

    fn overlay(&mut self, top: &Map<String, Value>) -> Overlay {
        let english = self.english(top);
        Overlay {
            holidays: self.days(top, "holidays", &english),
            makeup: self.days(top, "makeup", &english),
            exceptions: self.exceptions(top, &english),
            published: self.published(top),
            notices: self.notices(top),
        }
    }

    fn zone(&mut self, top: &Map<String, Value>) -> Option<TimeZone> {
        let name = match top.get("tz") {
            Some(value) => self.text("tz", value)?,
            None => return self.note("tz", Fault::NoZone),
        };
        match TimeZone::get(name) {
            Ok(zone) => Some(zone),
            Err(_) => self.note("tz", Fault::UnknownZone(cut(name))),
        }
    }

    fn weekly(&mut self, top: &Map<String, Value>) -> Option<[DayHours; 7]> {
        let entries = match top.get("weekly") {
            Some(value) => self.object("weekly", value)?,
            None => {
                return self.note("weekly", Fault::NoWeekly);
            }
        };
        let mut weekly: [DayHours; 7] = Default::default();
        for (key, value) in entries {
            let at = below("weekly", key);
            let hours = self.hours(&at, value);
            match weekday(key).map(|weekday| &mut weekly[weekday]) {
                Some(slot) => *slot = hours.unwrap_or_default(),
                None => self.note(&at, Fault::NotAWeekdayKey).unwrap_or_default(),
            }
        }
        Some(weekly)
    }

    fn makeup_as(&mut self, top: &Map<String, Value>) -> Weekday {
        let weekday = match top.get("makeup_as") {
            None | Some(Value::Null) => Some(Weekday::Monday),
            Some(value) => value
                .as_i64()
                .and_then(|number| i8::try_from(number).ok())
                .and_then(|number| Weekday::from_monday_one_offset(number).ok()),
        };
        weekday
            .or_else(|| self.note("makeup_as", Fault::NotAWeekday))
            .unwrap_or(Weekday::Monday)
    }

    fn half_split(&mut self, top: &Map<String, Value>) -> Option<DayTime> {
        match top.get("half_split") {
            None | Some(Value::Null) => None,
            Some(value) => self.time("half_split", value),
        }
    }

    fn published(&mut self, top: &Map<String, Value>) -> Option<(i16, i16)> {
        let value = match top.get("published_years") {
            None | Some(Value::Null) => return None,
            Some(value) => value,
        };
        let at = "published_years";
        let Some([first, last]) = value.as_array().map(Vec::as_slice) else {
            return self.note(at, Fault::NotYears);
        };
        let (first, last) = self.year(at, first).zip(self.year(at, last))?;
        match first <= last {
            true => Some((first, last)),
            false => self.note(at, Fault::YearsReversed(first, last)),
        }
    }

    fn notices(&mut self, top: &Map<String, Value>) -> BTreeMap<i16, Vec<String>> {
        let entries = match top.get("notices") {
            None | Some(Value::Null) => None,
            Some(value) => self.object("notices", value),
        };
        let mut notices = BTreeMap::new();
        for (year, value) in entries.into_iter().flatten() {
            let at = below("notices", year);
            let number = year.parse::<i64>().map_or(Value::Null, Value::from);
            let documents: Vec<String> = self
                .list(&at, value)
                .unwrap_or_default()
                .iter()
                .filter_map(|document| self.text(&at, document).map(str::to_owned))
                .collect();
            notices.extend(self.year(&at, &number).map(|year| (year, documents)));
        }
        notices
    }

    fn english(&mut self, top: &Map<String, Value>) -> English {
        let entries = match top.get("names_en") {
            None | Some(Value::Null) => None,
            Some(value) => self.object("names_en", value),
        };
        entries
            .into_iter()
            .flatten()
            .filter_map(|(zh, en)| {
                let en = self.text(&below("names_en", zh), en)?;
                Some((zh.clone(), en.to_owned()))
            })
            .collect()
    }
}

fn weekday(key: &str) -> Option<usize> {
    ["1", "2", "3", "4", "5", "6", "7"]
        .iter()
        .position(|known| *known == key)
}
