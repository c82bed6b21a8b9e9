//! Values of fields in JSON, both ways.

use std::collections::BTreeMap;
use std::str::FromStr;

use huiyin_case::value::{Fields, Value};
use huiyin_policy::model::{ChoiceId, FieldId, FieldType, Part};
use huiyin_policy::settle::Raw;
use huiyin_settlement::{Money, Percent, Quantity};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value as Json;

/// A field whose JSON does not fit its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// The field's name in its part.
    pub field: String,
    /// What is wrong, as the key of a text: `unknown` or `type`.
    pub problem: &'static str,
}

/// Reads the fields of `part`. Empty strings, `null` and empty lists count as not filled in.
///
/// # Errors
/// Every field that is unknown or of the wrong type.
pub(crate) fn read_fields(
    part: Option<&Part>,
    json: &BTreeMap<String, Json>,
) -> Result<Fields, Vec<Misfit>> {
    let mut fields = Fields::new();
    let mut misfits = Vec::new();
    for (name, json) in json {
        let Some(field) = part.and_then(|part| part.fields.get(name.as_str())) else {
            misfits.push(Misfit {
                field: name.clone(),
                problem: "unknown",
            });
            continue;
        };
        if is_empty(json) {
            continue;
        }
        match read(&field.ty, json) {
            Some(value) => {
                fields.insert(FieldId::new(name), value);
            }
            None => misfits.push(Misfit {
                field: name.clone(),
                problem: "type",
            }),
        }
    }
    if misfits.is_empty() {
        Ok(fields)
    } else {
        Err(misfits)
    }
}

fn is_empty(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty(),
        Json::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn read(ty: &FieldType, json: &Json) -> Option<Value> {
    match ty {
        FieldType::Text { .. } => json
            .as_str()
            .map(|text| Value::Text(text.trim().to_owned())),
        FieldType::Bool => json.as_bool().map(Value::Bool),
        FieldType::Integer => json.as_i64().map(Value::Integer),
        FieldType::Money => parse::<Money>(json).map(Value::Money),
        FieldType::Percent => parse::<Percent>(json).map(Value::Percent),
        FieldType::Quantity => parse::<Quantity>(json).map(Value::Quantity),
        FieldType::Date => parse::<Date>(json).map(Value::Date),
        FieldType::Instant => parse::<Timestamp>(json).map(Value::Instant),
        FieldType::OneOf(_) | FieldType::Category { .. } => json
            .as_str()
            .map(|choice| Value::OneOf(ChoiceId::new(choice))),
        FieldType::ManyOf(_) => json
            .as_array()?
            .iter()
            .map(|choice| choice.as_str().map(ChoiceId::new))
            .collect::<Option<Vec<_>>>()
            .map(Value::ManyOf),
        FieldType::Unit => parse(json).map(Value::Unit),
        FieldType::Person => parse(json).map(Value::Person),
        FieldType::Case => parse(json).map(Value::Case),
        FieldType::Rows(_) => json
            .as_array()
            .map(|rows| Value::Rows(Raw::List(rows.iter().map(raw).collect()))),
    }
}

/// Rows as they are sent. Numbers with a fraction may have lost digits, which is said where the rows are read.
fn raw(json: &Json) -> Raw {
    match json {
        Json::Null => Raw::Nothing,
        Json::Bool(known) => Raw::Bool(*known),
        Json::Number(number) if number.is_f64() => Raw::Fraction(number.to_string()),
        Json::Number(number) => Raw::Text(number.to_string()),
        Json::String(text) if text.trim().is_empty() => Raw::Nothing,
        Json::String(text) => Raw::Text(text.trim().to_owned()),
        Json::Array(items) => Raw::List(items.iter().map(raw).collect()),
        Json::Object(lines) => {
            let lines = lines.iter().map(|(name, json)| (name.clone(), raw(json)));
            Raw::Map(lines.collect())
        }
    }
}

/// Rows as they are shown.
fn rows_json(rows: &Raw) -> Json {
    match rows {
        Raw::Nothing => Json::Null,
        Raw::Text(text) | Raw::Fraction(text) => Json::from(text.as_str()),
        Raw::Bool(known) => Json::from(*known),
        Raw::List(items) => items.iter().map(rows_json).collect(),
        Raw::Map(lines) => {
            let lines = lines
                .iter()
                .map(|(name, raw)| (name.clone(), rows_json(raw)));
            Json::Object(lines.collect())
        }
    }
}

fn parse<T: FromStr>(json: &Json) -> Option<T> {
    json.as_str()?.trim().parse().ok()
}

/// A value as JSON.
pub(crate) fn write(value: &Value) -> Json {
    match value {
        Value::Text(text) => Json::from(text.as_str()),
        Value::Bool(yes) => Json::from(*yes),
        Value::Integer(number) => Json::from(*number),
        Value::Money(amount) => Json::from(amount.to_string()),
        Value::Percent(share) => Json::from(share.to_string()),
        Value::Quantity(quantity) => Json::from(quantity.to_string()),
        Value::Date(date) => Json::from(date.to_string()),
        Value::Instant(instant) => Json::from(instant.to_string()),
        Value::OneOf(choice) => Json::from(choice.as_str()),
        Value::ManyOf(choices) => choices
            .iter()
            .map(|choice| Json::from(choice.as_str()))
            .collect(),
        Value::Unit(unit) => Json::from(unit.to_string()),
        Value::Person(person) => Json::from(person.to_string()),
        Value::Case(case) => Json::from(case.to_string()),
        Value::Rows(rows) => rows_json(rows),
    }
}
