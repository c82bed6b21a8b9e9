//! Binding arguments for either database.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{PgArgumentBuffer, PgArguments, PgTypeInfo};
use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, AssertSqlSafe, Encode, Postgres, Sqlite, Type};

use crate::statement::{Arg, Statement, Values};

const ALWAYS: &str = "numbers, text and bytes can always be bound";

/// Binds arguments in order.
fn for_sqlite(args: impl IntoIterator<Item = Arg>) -> SqliteArguments {
    let mut bound = SqliteArguments::default();
    for arg in args {
        let added = match arg {
            Arg::Null => bound.add(None::<i64>),
            Arg::Int(number) => bound.add(number),
            Arg::Text(text) => bound.add(text),
            Arg::Bytes(bytes) => bound.add(bytes),
            Arg::Column(_) => unreachable!("only PostgreSQL takes whole columns"),
        };
        added.expect(ALWAYS);
    }
    bound
}

/// Binds arguments in order.
fn for_postgres(args: impl IntoIterator<Item = Arg>) -> PgArguments {
    let mut bound = PgArguments::default();
    for arg in args {
        let added = match arg {
            Arg::Null => bound.add(Null),
            Arg::Int(number) => bound.add(number),
            Arg::Text(text) => bound.add(text),
            Arg::Bytes(bytes) => bound.add(bytes),
            Arg::Column(Values::Ints(numbers)) => bound.add(numbers),
            Arg::Column(Values::Texts(texts)) => {
                bound.add(texts.iter().map(Option::as_deref).collect::<Vec<_>>())
            }
            Arg::Column(Values::Bytes(bytes)) => bound.add(bytes),
        };
        added.expect(ALWAYS);
    }
    bound
}

pub(super) fn sqlite_query(statement: Statement) -> Query<'static, Sqlite, SqliteArguments> {
    sqlx::query_with(AssertSqlSafe(statement.sql), for_sqlite(statement.args))
}

pub(super) fn postgres_query(statement: Statement) -> Query<'static, Postgres, PgArguments> {
    sqlx::query_with(AssertSqlSafe(statement.sql), for_postgres(statement.args))
}

/// Nothing, of whatever type the statement asks for: PostgreSQL takes no number where a text belongs, not even none.
struct Null;

impl Type<Postgres> for Null {
    fn type_info() -> PgTypeInfo {
        // To leave a parameter's type open is to send 0 for it.
        PgTypeInfo::with_oid(Oid(0))
    }
}

impl Encode<'_, Postgres> for Null {
    fn encode_by_ref(&self, _: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Ok(IsNull::Yes)
    }
}
