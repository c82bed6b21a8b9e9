//! Many rows by one statement, handed over as one JSON text. A statement costs far more on its way to the database than a
//! row in it, and a text that does not depend on the number of rows is prepared once and found again.

use std::fmt::Write;

use crate::dialect;
use crate::statement::{Arg, Statement};

/// A statement that inserts rows.
pub(crate) struct Insert {
    /// What stands before the table.
    pub(crate) begin: &'static str,
    /// The table.
    pub(crate) table: &'static str,
    /// The columns, in the order of the values of a row.
    pub(crate) columns: &'static [Column],
    /// What follows the rows.
    pub(crate) then: &'static str,
}

/// A column that rows are inserted into.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Column {
    /// Numbers or text.
    Plain(&'static str),
    /// Bytes, which JSON holds as hexadecimal digits.
    Bytes(&'static str),
}

impl Column {
    const fn name(self) -> &'static str {
        match self {
            Column::Plain(name) | Column::Bytes(name) => name,
        }
    }
}

impl Insert {
    /// The statement's text; its rows are the parameter with this number.
    pub(crate) fn text(&self, parameter: usize) -> String {
        let names: Vec<_> = self.columns.iter().map(|column| column.name()).collect();
        let values: Vec<_> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| match column {
                Column::Plain(_) => dialect::json_value(at),
                Column::Bytes(_) => dialect::json_bytes(at),
            })
            .collect();
        format!(
            "{}{} ({}) SELECT {} FROM {} WHERE true{}",
            self.begin,
            self.table,
            names.join(", "),
            values.join(", "),
            dialect::json_rows(parameter),
            self.then
        )
    }

    /// The parameter that holds all rows, whose values come one after the other.
    pub(crate) fn rows(&self, values: &[Arg]) -> Arg {
        debug_assert_eq!(values.len() % self.columns.len(), 0, "{}", self.table);
        json_rows(values, self.columns.len()).into()
    }

    /// The statement that inserts all rows, whose values come one after the other.
    pub(crate) fn statement(&self, values: &[Arg]) -> Statement {
        Statement {
            sql: self.text(1).into(),
            args: vec![self.rows(values)],
            must_change: None,
        }
    }
}

/// Values as a JSON array of rows, each an array of `columns` values.
pub(crate) fn json_rows(values: &[Arg], columns: usize) -> String {
    let mut json = String::with_capacity(2 + values.len() * 24);
    json.push('[');
    for (at, value) in values.iter().enumerate() {
        json.push_str(match (at, at % columns) {
            (0, _) => "[",
            (_, 0) => "],[",
            _ => ",",
        });
        push_json(&mut json, value);
    }
    json.push_str(if values.is_empty() { "]" } else { "]]" });
    json
}

fn push_json(json: &mut String, value: &Arg) {
    match value {
        Arg::Null => json.push_str("null"),
        Arg::Int(number) => write!(json, "{number}").expect("writing to a string never fails"),
        Arg::Text(text) => {
            json.push_str(&serde_json::to_string(&**text).expect("text is always JSON"));
        }
        Arg::Bytes(bytes) => {
            json.push('"');
            json.extend(bytes.iter().flat_map(|byte| {
                [byte >> 4, byte & 15]
                    .map(|digit| char::from_digit(digit.into(), 16).expect("four bits are a digit"))
            }));
            json.push('"');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_arrays_of_values() {
        assert_eq!(json_rows(&[], 3), "[]");
        let values = [
            Arg::Int(-7),
            Arg::from("引号\" 换行\n"),
            Arg::Bytes(vec![0, 0xa5, 0xff]),
            Arg::Null,
            Arg::from(""),
            Arg::Bytes(Vec::new()),
        ];
        assert_eq!(
            json_rows(&values, 3),
            r#"[[-7,"引号\" 换行\n","00a5ff"],[null,"",""]]"#
        );
    }
}
