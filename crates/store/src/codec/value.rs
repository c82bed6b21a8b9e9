//! Values, limits and other parts of events, as JSON.

use std::str::FromStr;

use huiyin_calendar::{End, Halves, Hours, Length, Limit, Roll};
use huiyin_case::command::Firing;
use huiyin_case::duty::Sampled;
use huiyin_case::event::{DueTime, Holder, Moved, Roles};
use huiyin_case::state::clock::Start;
use huiyin_case::value::Value;
use huiyin_policy::model::{ChoiceId, FactPath, FieldId, PartId, RoleId};
use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};

use super::settled::{json_rows, rows_json};

/// Writes a value with its type, so that it can be read without the policy.
pub(super) fn value_json(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!({ "text": text }),
        Value::Bool(yes) => json!({ "bool": yes }),
        Value::Integer(number) => json!({ "integer": number }),
        Value::Money(amount) => json!({ "money": amount.to_string() }),
        Value::Percent(share) => json!({ "percent": share.to_string() }),
        Value::Quantity(quantity) => json!({ "quantity": quantity.to_string() }),
        Value::Date(date) => json!({ "date": date.to_string() }),
        Value::Instant(instant) => json!({ "instant_us": instant.as_microsecond() }),
        Value::OneOf(choice) => json!({ "one_of": choice.as_str() }),
        Value::ManyOf(choices) => {
            json!({ "many_of": choices.iter().map(ChoiceId::as_str).collect::<Vec<_>>() })
        }
        Value::Unit(unit) => json!({ "unit": unit.to_string() }),
        Value::Person(person) => json!({ "person": person.to_string() }),
        Value::Case(case) => json!({ "case": case.to_string() }),
        Value::Rows(rows) => json!({ "rows": rows_json(rows) }),
    }
}

/// Reads what [`value_json`] wrote.
pub(super) fn json_value(json: &Json) -> Option<Value> {
    let (kind, content) = json.as_object()?.iter().next()?;
    Some(match kind.as_str() {
        "text" => Value::Text(content.as_str()?.to_owned()),
        "bool" => Value::Bool(content.as_bool()?),
        "integer" => Value::Integer(content.as_i64()?),
        "money" => Value::Money(content.as_str()?.parse().ok()?),
        "percent" => Value::Percent(content.as_str()?.parse().ok()?),
        "quantity" => Value::Quantity(content.as_str()?.parse().ok()?),
        "date" => Value::Date(content.as_str()?.parse().ok()?),
        "instant_us" => Value::Instant(json_instant(content)?),
        "one_of" => Value::OneOf(ChoiceId::new(content.as_str()?)),
        "many_of" => Value::ManyOf(
            content
                .as_array()?
                .iter()
                .map(|choice| choice.as_str().map(ChoiceId::new))
                .collect::<Option<_>>()?,
        ),
        "unit" => Value::Unit(content.as_str()?.parse().ok()?),
        "person" => Value::Person(content.as_str()?.parse().ok()?),
        "case" => Value::Case(content.as_str()?.parse().ok()?),
        "rows" => Value::Rows(json_rows(content)?),
        _ => return None,
    })
}

/// Writes the path of a fact, part before field.
pub(super) fn path_json(path: &FactPath) -> Json {
    json!([path.part().as_str(), path.field().as_str()])
}

/// Reads what [`path_json`] wrote.
pub(super) fn json_path(json: &Json) -> Option<FactPath> {
    let [part, field] = json.as_array()?.as_slice() else {
        return None;
    };
    Some(FactPath::new(
        PartId::new(part.as_str()?),
        FieldId::new(field.as_str()?),
    ))
}

/// Reads an instant in microseconds since 1970.
pub(super) fn json_instant(json: &Json) -> Option<Timestamp> {
    Timestamp::from_microsecond(json.as_i64()?).ok()
}

/// Writes a limit: its length in the smallest whole unit, and how it ends.
pub(super) fn limit_json(limit: &Limit) -> Json {
    let (unit, count) = match limit.length {
        Length::WorkingDays(halves) => ("working_day_halves", halves.0),
        Length::CalendarDays(days) => ("calendar_days", days),
        Length::WorkingHours(hours) => ("working_seconds", hours.seconds()),
        Length::CalendarHours(hours) => ("calendar_seconds", hours.seconds()),
        Length::WorkingHalves(halves) => ("working_halves", halves),
        Length::Weeks(weeks) => ("weeks", weeks),
        Length::Months(months) => ("months", months),
    };
    let end = match limit.end {
        End::Business => "business",
        End::Day => "day",
    };
    let roll = match limit.roll {
        Roll::None => "none",
        Roll::NextWorking => "next_working",
    };
    json!({ "unit": unit, "count": count, "end": end, "roll": roll })
}

/// Reads what [`limit_json`] wrote.
pub(super) fn json_limit(json: &Json) -> Option<Limit> {
    let count = u32::try_from(json.get("count")?.as_u64()?).ok()?;
    let length = match json.get("unit")?.as_str()? {
        "working_day_halves" => Length::WorkingDays(Halves(count)),
        "calendar_days" => Length::CalendarDays(count),
        "working_seconds" => Length::WorkingHours(Hours::from_seconds(count)),
        "calendar_seconds" => Length::CalendarHours(Hours::from_seconds(count)),
        "working_halves" => Length::WorkingHalves(count),
        "weeks" => Length::Weeks(count),
        "months" => Length::Months(count),
        _ => return None,
    };
    let end = match json.get("end")?.as_str()? {
        "business" => End::Business,
        "day" => End::Day,
        _ => return None,
    };
    let roll = match json.get("roll")?.as_str()? {
        "none" => Roll::None,
        "next_working" => Roll::NextWorking,
        _ => return None,
    };
    Some(Limit::new(length).ending(end).rolling(roll))
}

pub(super) fn due_json(due: Option<&DueTime>) -> Json {
    due.map_or(Json::Null, |due| {
        json!({ "at_us": due.at.as_microsecond(), "on": due.date.to_string(), "provisional": due.provisional })
    })
}

/// Reads what [`due_json`] wrote; the outer `None` is a malformed one.
pub(super) fn json_due(json: &Json) -> Option<Option<DueTime>> {
    if json.is_null() {
        return Some(None);
    }
    Some(Some(DueTime {
        at: json_instant(json.get("at_us")?)?,
        date: json.get("on")?.as_str()?.parse().ok()?,
        provisional: json.get("provisional")?.as_bool()?,
    }))
}

pub(super) fn holder_json(holder: &Holder) -> Json {
    let mut parts = Map::new();
    if let Some(unit) = holder.unit {
        parts.insert("unit".into(), unit.to_string().into());
    }
    if !holder.roles.is_empty() {
        let roles: Vec<&str> = holder.roles.iter().map(RoleId::as_str).collect();
        parts.insert("roles".into(), roles.into());
    }
    if let Some(person) = holder.person {
        parts.insert("person".into(), person.to_string().into());
    }
    Json::Object(parts)
}

pub(super) fn json_holder(json: &Json) -> Option<Holder> {
    let parts = json.as_object()?;
    Some(Holder {
        unit: optional_id(parts.get("unit"))?,
        roles: match parts.get("roles") {
            Some(roles) => Roles::new(
                roles
                    .as_array()?
                    .iter()
                    .map(|role| role.as_str().map(RoleId::new))
                    .collect::<Option<Vec<_>>>()?,
            ),
            None => Roles::default(),
        },
        person: optional_id(parts.get("person"))?,
    })
}

/// Reads an id that may be absent; the outer `None` is a malformed one.
fn optional_id<T: FromStr>(json: Option<&Json>) -> Option<Option<T>> {
    match json {
        Some(json) => json.as_str()?.parse().ok().map(Some),
        None => Some(None),
    }
}

/// Writes the sample of a duty: each case with those who handled it.
pub(super) fn sample_json(sample: &[Sampled]) -> Json {
    let one = |sampled: &Sampled| {
        let handlers: Vec<String> = sampled.handlers.iter().map(ToString::to_string).collect();
        json!({ "case": sampled.case.to_string(), "handlers": handlers })
    };
    sample.iter().map(one).collect()
}

/// Reads what [`sample_json`] wrote.
pub(super) fn json_sample(json: &Json) -> Option<Vec<Sampled>> {
    let one = |json: &Json| {
        let handlers = json.get("handlers")?.as_array()?.iter();
        Some(Sampled {
            case: json.get("case")?.as_str()?.parse().ok()?,
            handlers: handlers
                .map(|person| person.as_str()?.parse().ok())
                .collect::<Option<_>>()?,
        })
    };
    json.as_array()?.iter().map(one).collect()
}

/// Writes the moments that set a clock's start: when each happened, and which event put it on record.
pub(super) fn starts_json(starts: &[Start]) -> Json {
    let one = |start: &Start| json!({ "at_us": start.at.as_microsecond(), "seq": start.seq });
    starts.iter().map(one).collect()
}

/// Reads what [`starts_json`] wrote.
pub(super) fn json_starts(json: &Json) -> Option<Vec<Start>> {
    let one = |json: &Json| {
        Some(Start {
            at: json_instant(json.get("at_us")?)?,
            seq: u32::try_from(json.get("seq")?.as_u64()?).ok()?,
        })
    };
    json.as_array()?.iter().map(one).collect()
}

pub(super) const fn moved_name(why: Moved) -> &'static str {
    match why {
        Moved::Restarted => "restarted",
        Moved::Resumed => "resumed",
        Moved::CalendarChanged => "calendar_changed",
        Moved::Corrected => "corrected",
    }
}

pub(super) fn named_moved(name: &str) -> Option<Moved> {
    [
        Moved::Restarted,
        Moved::Resumed,
        Moved::CalendarChanged,
        Moved::Corrected,
    ]
    .into_iter()
    .find(|why| moved_name(*why) == name)
}

/// Reads a hash of hexadecimal digits.
pub(crate) fn hex_hash(text: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    hex::decode_to_slice(text, &mut hash).ok()?;
    Some(hash)
}

/// Writes a firing as text: `warning.0`, `due`, `attempt.0.2026-03-02`.
pub(crate) fn firing_name(firing: Firing) -> String {
    match firing {
        Firing::Warning(which) => format!("warning.{which}"),
        Firing::Due => "due".to_owned(),
        Firing::Attempt { contacts, on } => format!("attempt.{contacts}.{on}"),
    }
}

/// Reads what [`firing_name`] wrote.
pub(crate) fn named_firing(name: &str) -> Option<Firing> {
    match name.split_once('.') {
        Some(("warning", which)) => which.parse().ok().map(Firing::Warning),
        Some(("attempt", rest)) => {
            let (contacts, on) = rest.split_once('.')?;
            let (contacts, on) = (contacts.parse().ok()?, on.parse().ok()?);
            Some(Firing::Attempt { contacts, on })
        }
        None if name == "due" => Some(Firing::Due),
        _ => None,
    }
}
