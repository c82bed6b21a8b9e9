//! What is on record, in the words of a test.

use huiyin_case::value::Value;
use huiyin_policy::settle::Raw;
use huiyin_policy::yaml::Entry;

use super::Checking;
use crate::reading::Read;

impl Checking<'_> {
    /// `part.field: value`; `none` if it is not on record.
    pub(super) fn field(&self, entry: Entry<'_>) -> Read<()> {
        let found = self
            .state
            .facts
            .iter()
            .find(|(path, _)| path.to_string() == entry.key)
            .map(|(_, value)| value);
        let found = found.map_or_else(|| "none".to_owned(), |value| self.written(value));
        self.same(entry, &found)
    }

    fn written(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => text.clone(),
            Value::Bool(known) => if *known { "yes" } else { "no" }.to_owned(),
            Value::Integer(number) => number.to_string(),
            Value::Money(money) => money.to_string(),
            Value::Percent(percent) => percent.to_string(),
            Value::Quantity(quantity) => quantity.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Instant(instant) => self.local(*instant),
            Value::OneOf(choice) => choice.to_string(),
            Value::ManyOf(choices) => choices
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", "),
            Value::Unit(unit) => self.cast.unit_name(*unit).to_owned(),
            Value::Case(case) => {
                let called = self.called(std::iter::once(*case));
                called.into_iter().collect()
            }
            Value::Person(person) => self.cast.name(*person).to_owned(),
            Value::Rows(Raw::List(rows)) => rows.len().to_string(),
            Value::Rows(_) => String::new(),
        }
    }
}
