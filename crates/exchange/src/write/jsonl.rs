//! Tables as JSONL.

use serde_json::{Map, Value as Json};

use super::{Column, Value};

pub(super) struct Lines {
    columns: Vec<Column>,
    text: String,
}

impl Lines {
    pub(super) fn new(columns: Vec<Column>) -> Self {
        Self {
            columns,
            text: String::new(),
        }
    }

    pub(super) fn row(&mut self, values: &[Value]) {
        let object: Map<String, Json> = self
            .columns
            .iter()
            .zip(values)
            .map(|(column, value)| (column.name.clone().into_owned(), json(value)))
            .collect();
        self.text.push_str(&Json::Object(object).to_string());
        self.text.push('\n');
    }

    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.text).into_bytes()
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Text(text) | Value::Named { name: text, .. } => text.as_str().into(),
        Value::Amount(amount) => amount.to_string().into(),
        Value::Count(count) => (*count).into(),
        Value::Moment { written, .. } => written.as_str().into(),
    }
}
