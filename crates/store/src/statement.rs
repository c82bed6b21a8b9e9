//! Statements with their arguments as plain data, ready to be sent to the writer or built piece by piece.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

use crate::engine::Connection;

/// An argument of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Arg {
    /// Nothing.
    Null,
    /// A number, an instant in microseconds, or 0 and 1 for no and yes.
    Int(i64),
    /// Text.
    Text(Arc<str>),
    /// Bytes.
    Bytes(Vec<u8>),
    /// The values of one column in many rows, for a database that takes them together.
    Column(Values),
}

/// The values of one column in many rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Values {
    /// Numbers.
    Ints(Vec<Option<i64>>),
    /// Texts.
    Texts(Vec<Option<Arc<str>>>),
    /// Bytes.
    Bytes(Vec<Option<Vec<u8>>>),
}

impl From<i64> for Arg {
    fn from(number: i64) -> Arg {
        Arg::Int(number)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Arg {
        Arg::Int(number.into())
    }
}

impl From<bool> for Arg {
    fn from(yes: bool) -> Arg {
        Arg::Int(yes.into())
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Text(text.into())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Text(text.into())
    }
}

impl From<Arc<str>> for Arg {
    fn from(text: Arc<str>) -> Arg {
        Arg::Text(text)
    }
}

impl From<Vec<u8>> for Arg {
    fn from(bytes: Vec<u8>) -> Arg {
        Arg::Bytes(bytes)
    }
}

impl From<[u8; 32]> for Arg {
    fn from(hash: [u8; 32]) -> Arg {
        Arg::Bytes(hash.to_vec())
    }
}

impl<T: Into<Arg>> From<Option<T>> for Arg {
    fn from(optional: Option<T>) -> Arg {
        optional.map_or(Arg::Null, Into::into)
    }
}

/// A statement with its arguments.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(crate) sql: Cow<'static, str>,
    pub(crate) args: Vec<Arg>,
    /// How many rows it must change; anything else undoes the whole write.
    pub(crate) must_change: Option<u64>,
    /// Whether a database that plans by what it knows of the values plans it anew each time.
    pub(crate) plans_anew: bool,
}

impl Statement {
    pub(crate) fn new(sql: &'static str, args: impl Into<Vec<Arg>>) -> Statement {
        Statement {
            sql: Cow::Borrowed(sql),
            args: args.into(),
            must_change: None,
            plans_anew: false,
        }
    }

    /// A statement whose text was put together.
    pub(crate) fn built(sql: String, args: Vec<Arg>) -> Statement {
        Statement {
            sql: Cow::Owned(sql),
            args,
            must_change: None,
            plans_anew: false,
        }
    }

    /// The same statement, undoing the whole write unless it changes exactly one row.
    pub(crate) fn changing_one(self) -> Statement {
        Statement {
            must_change: Some(1),
            ..self
        }
    }

    /// Runs it and tells how many rows it changed.
    pub(crate) async fn run(self, connection: &mut Connection) -> Result<u64, sqlx::Error> {
        connection.execute(self).await
    }
}

/// A statement whose text depends on what is asked for. Values only ever become parameters.
#[derive(Debug, Default)]
pub(crate) struct Text {
    sql: String,
    args: Vec<Arg>,
    plans_anew: bool,
}

impl Text {
    /// Adds fixed text.
    pub(crate) fn push(&mut self, sql: &'static str) -> &mut Text {
        self.sql.push_str(sql);
        self
    }

    /// Adds a value as a parameter.
    pub(crate) fn value(&mut self, value: impl Into<Arg>) -> &mut Text {
        self.args.push(value.into());
        write!(self.sql, "${}", self.args.len()).expect("writing to a string never fails");
        self
    }

    /// Adds a number of rows at most. It stands in the text: SQLite prepares a statement anew whenever a parameter that
    /// limits it is bound. So it must be one of few.
    pub(crate) fn limit(&mut self, rows_max: u32) -> &mut Text {
        write!(self.sql, " LIMIT {rows_max}").expect("writing to a string never fails");
        self
    }

    /// Adds values as a parenthesised list of parameters.
    pub(crate) fn list<T: Into<Arg>>(&mut self, values: impl IntoIterator<Item = T>) -> &mut Text {
        self.push("(");
        for (at, value) in values.into_iter().enumerate() {
            if at > 0 {
                self.push(", ");
            }
            self.value(value);
        }
        self.push(")")
    }

    /// Has it planned anew each time where the best plan depends on the values.
    pub(crate) const fn plan_anew(&mut self) -> &mut Text {
        self.plans_anew = true;
        self
    }

    /// The statement with its arguments.
    pub(crate) fn statement(self) -> Statement {
        Statement {
            plans_anew: self.plans_anew,
            ..Statement::built(self.sql, self.args)
        }
    }
}
