//! Many rows by one statement. A statement costs far more on its way to the database than a row in it, and a text that does
//! not depend on the number of rows is prepared once and found again. SQLite takes the rows as one JSON text, PostgreSQL
//! each column as an array.

use std::fmt::Write;

use crate::engine::Engine;
use crate::statement::{Arg, Statement, Values};
use crate::tsearch;

/// A statement that inserts rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Insert {
    /// How it begins.
    pub(crate) begin: Begin,
    /// The table.
    pub(crate) table: &'static str,
    /// The columns, in the order of the values of a row.
    pub(crate) columns: &'static [Column],
    /// What follows the rows.
    pub(crate) then: &'static str,
}

/// How an insert begins.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Begin {
    /// Rows are added; what becomes of those that are there already is said at the end.
    Add,
    /// Rows are put in the place of those that are there already.
    Put,
}

/// A column that rows are inserted into.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Column {
    /// Numbers.
    Int(&'static str),
    /// Text.
    Text(&'static str),
    /// Bytes.
    Bytes(&'static str),
    /// Search tokens separated by spaces, of the case whose ordinal is the first value of the row.
    Tokens(&'static str),
}

impl Column {
    const fn name(self) -> &'static str {
        match self {
            Column::Int(name) | Column::Text(name) | Column::Bytes(name) | Column::Tokens(name) => {
                name
            }
        }
    }
}

impl Insert {
    /// The statement's text; its parameters begin with this number.
    pub(crate) fn text(&self, engine: Engine, parameter: usize) -> String {
        let names: Vec<_> = self.columns.iter().map(|column| column.name()).collect();
        format!(
            "{}{} ({}) {} WHERE true{}",
            engine.begin_insert(self.begin),
            self.table,
            names.join(", "),
            rows_query(engine, self.columns, parameter),
            self.then
        )
    }

    /// How many parameters it has.
    pub(crate) const fn parameters(&self, engine: Engine) -> usize {
        match engine {
            Engine::Sqlite => 1,
            Engine::Postgres => self.columns.len(),
        }
    }

    /// The arguments that hold all rows, whose values come one after the other.
    pub(crate) fn args(&self, engine: Engine, values: Vec<Arg>) -> Vec<Arg> {
        debug_assert_eq!(values.len() % self.columns.len(), 0, "{}", self.table);
        rows_of(engine, self.columns, values)
    }

    /// The statement that inserts all rows, whose values come one after the other.
    pub(crate) fn statement(&self, engine: Engine, values: Vec<Arg>) -> Statement {
        Statement::built(self.text(engine, 1), self.args(engine, values))
    }
}

/// A query that answers with the rows of [`rows_of`].
pub(crate) fn rows_query(engine: Engine, columns: &[Column], parameter: usize) -> String {
    let columns = columns.iter().enumerate();
    let columns = columns.map(|(at, column)| match engine {
        Engine::Sqlite => engine.column(*column, at),
        Engine::Postgres => engine.column(*column, parameter + at),
    });
    engine.rows(&columns.collect::<Vec<_>>().join(", "), parameter)
}

/// The arguments that hold rows, whose values come one after the other.
pub(crate) fn rows_of(engine: Engine, columns: &[Column], values: Vec<Arg>) -> Vec<Arg> {
    match engine {
        Engine::Sqlite => vec![json_rows(&values, columns.len()).into()],
        Engine::Postgres => by_column(columns, values),
    }
}

/// The values of rows, gathered column by column.
fn by_column(columns: &[Column], values: Vec<Arg>) -> Vec<Arg> {
    let mut gathered: Vec<Values> = columns.iter().map(|column| Values::of(*column)).collect();
    let places = (0..columns.len()).cycle();
    let mut ordinal = 0;
    for (at, value) in places.zip(values) {
        let value = match (columns[at], value) {
            (Column::Tokens(_), Arg::Text(tokens)) => tsearch::vector(ordinal, &tokens).into(),
            (_, value) => value,
        };
        if let (0, Arg::Int(number)) = (at, &value) {
            ordinal = *number;
        }
        gathered[at].push(columns[at], value);
    }
    gathered.into_iter().map(Arg::Column).collect()
}

impl Values {
    const fn of(column: Column) -> Values {
        match column {
            Column::Int(_) => Values::Ints(Vec::new()),
            Column::Text(_) | Column::Tokens(_) => Values::Texts(Vec::new()),
            Column::Bytes(_) => Values::Bytes(Vec::new()),
        }
    }

    fn push(&mut self, column: Column, value: Arg) {
        match (self, value) {
            (Values::Ints(values), Arg::Int(number)) => values.push(Some(number)),
            (Values::Ints(values), Arg::Null) => values.push(None),
            (Values::Texts(values), Arg::Text(text)) => values.push(Some(text)),
            (Values::Texts(values), Arg::Null) => values.push(None),
            (Values::Bytes(values), Arg::Bytes(bytes)) => values.push(Some(bytes)),
            (Values::Bytes(values), Arg::Null) => values.push(None),
            (_, value) => unreachable!("{value:?} does not belong into {column:?}"),
        }
    }
}

/// Values as a JSON array of rows, each an array of `columns` values.
fn json_rows(values: &[Arg], columns: usize) -> String {
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
        Arg::Column(_) => unreachable!("a column is no value of a row"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_the_same_for_any_number_of_rows() {
        const PAIRS: Insert = Insert {
            begin: Begin::Add,
            table: "pairs",
            columns: &[Column::Int("number"), Column::Bytes("hash")],
            then: " ON CONFLICT DO NOTHING",
        };
        let values = || vec![Arg::Int(1), Arg::Bytes(vec![7]), Arg::Int(2), Arg::Null];
        let sqlite = PAIRS.statement(Engine::Sqlite, values());
        assert_eq!(
            sqlite.sql,
            "INSERT OR FAIL INTO pairs (number, hash) SELECT value ->> 0, unhex(value ->> 1) FROM jsonb_each($1) WHERE true \
             ON CONFLICT DO NOTHING"
        );
        assert_eq!(sqlite.args, [Arg::from("[[1,\"07\"],[2,null]]")]);
        let postgres = PAIRS.statement(Engine::Postgres, values());
        assert_eq!(
            postgres.sql,
            "INSERT INTO pairs (number, hash) SELECT * FROM UNNEST(CAST($1 AS BIGINT[]), CAST($2 AS BYTEA[])) WHERE true \
             ON CONFLICT DO NOTHING"
        );
        assert_eq!(
            postgres.args,
            [
                Arg::Column(Values::Ints(vec![Some(1), Some(2)])),
                Arg::Column(Values::Bytes(vec![Some(vec![7]), None]))
            ]
        );
    }

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
