//! Facts in words.

use huiyin_app::mask;
use huiyin_case::value::{Fields, Value};
use huiyin_policy::model::{ChoiceId, DataClass, Field, FieldId, FieldType, Meaning, Part, Text};
use huiyin_texts::{Args, render};
use indexmap::IndexMap;

use super::View;
use super::{link, names, rows};
use crate::dto::case::FactView;
use crate::dto::form::{MeaningKind, pick};
use crate::dto::value;

/// The filled fields in the order of the form, without what is sealed. Personal ones are masked.
pub(crate) fn list(view: &View<'_>, part: Option<&Part>, fields: &Fields) -> Vec<FactView> {
    let Some(part) = part else { return Vec::new() };
    part.fields
        .iter()
        .filter_map(|(id, field)| Some(fact(view, id, field, fields.get(id)?)))
        .collect()
}

/// The filled fields of a part in full, for whoever asked to see them and is on record for it; what is sealed stays so.
pub(crate) fn in_full(view: &View<'_>, part: Option<&Part>, fields: &Fields) -> Vec<FactView> {
    let Some(part) = part else { return Vec::new() };
    let filled = part.fields.iter();
    let filled = filled.filter_map(|(id, field)| Some((id, field, fields.get(id)?)));
    let shown = filled.map(|(id, field, value)| match field.sealed {
        Some(_) => fact(view, id, field, value),
        None => FactView {
            id: id.to_string(),
            title: pick(&field.title, view.lang),
            meaning: field.meaning.map(MeaningKind::of),
            value: Some(value::write(value)),
            text: in_words(view, &field.ty, value),
            sealed: false,
        },
    });
    shown.collect()
}

fn fact(view: &View<'_>, id: &FieldId, field: &Field, value: &Value) -> FactView {
    let personal = field.class == DataClass::Personal;
    let sealed = field.sealed.is_some();
    let text = view.written(&in_words(view, &field.ty, value));
    FactView {
        id: id.to_string(),
        title: pick(&field.title, view.lang),
        meaning: field.meaning.map(MeaningKind::of),
        value: (!personal && !sealed).then(|| match value {
            Value::Text(_) => text.clone().into(),
            Value::Rows(raw) => value::write(&Value::Rows(rows::written(view, raw))),
            _ => value::write(value),
        }),
        text: if sealed {
            render(view.lang, "value-sealed", &Args::new())
        } else if personal {
            masked(field, &text)
        } else {
            text
        },
        sealed,
    }
}

fn masked(field: &Field, text: &str) -> String {
    match field.meaning {
        Some(Meaning::CustomerName | Meaning::PartyName) => mask::name(text),
        _ => mask::contact(text),
    }
}

/// A value as it is read by people.
pub(crate) fn in_words(view: &View<'_>, ty: &FieldType, value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Bool(yes) => render(
            view.lang,
            if *yes { "value-yes" } else { "value-no" },
            &Args::new(),
        ),
        Value::Integer(number) => number.to_string(),
        Value::Money(amount) => amount.to_string(),
        Value::Percent(share) => share.to_string(),
        Value::Quantity(quantity) => quantity.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Instant(at) => names::instant(view.calendar, *at),
        Value::OneOf(choice) => choice_title(view, ty, choice),
        Value::ManyOf(choices) => {
            let titles: Vec<String> = choices
                .iter()
                .map(|choice| choice_title(view, ty, choice))
                .collect();
            titles.join(&render(view.lang, "list-separator", &Args::new()))
        }
        Value::Unit(unit) => names::unit_name(view.directory, *unit),
        Value::Case(case) => link::name(view, *case),
        Value::Person(person) => names::person_name(view.directory, *person),
        Value::Rows(raw) => rows::in_words(view, ty, raw),
    }
}

fn choice_title(view: &View<'_>, ty: &FieldType, choice: &ChoiceId) -> String {
    if let FieldType::Category { tree, .. } = ty {
        let title = view.policy.category_title(tree, choice);
        return title.map_or_else(|| choice.to_string(), |text| pick(text, view.lang));
    }
    let choices: Option<&IndexMap<ChoiceId, Text>> = match ty {
        FieldType::OneOf(choices) | FieldType::ManyOf(choices) => Some(choices),
        _ => None,
    };
    choices
        .and_then(|choices| choices.get(choice))
        .map_or_else(|| choice.to_string(), |text| pick(text, view.lang))
}
