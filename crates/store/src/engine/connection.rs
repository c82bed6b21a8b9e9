//! The connection that writes.

use sqlx::{Connection as _, Executor, PgConnection, SqliteConnection};

use super::arguments::{postgres_query, sqlite_query};
use super::{Engine, Rows};
use crate::statement::Statement;

/// A connection of its own, outside any pool.
#[derive(Debug)]
pub(crate) enum Connection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Connection {
    pub(crate) const fn engine(&self) -> Engine {
        match self {
            Connection::Sqlite(_) => Engine::Sqlite,
            Connection::Postgres(_) => Engine::Postgres,
        }
    }

    /// All rows that a query answers with.
    pub(crate) async fn all(&mut self, query: Statement) -> Result<Rows, sqlx::Error> {
        match self {
            Connection::Sqlite(connection) => sqlite_query(query)
                .fetch_all(connection)
                .await
                .map(Rows::Sqlite),
            Connection::Postgres(connection) => postgres_query(query)
                .fetch_all(connection)
                .await
                .map(Rows::Postgres),
        }
    }

    /// Carries out a statement and tells how many rows it changed.
    pub(crate) async fn execute(&mut self, statement: Statement) -> Result<u64, sqlx::Error> {
        match self {
            Connection::Sqlite(connection) => {
                let done = sqlite_query(statement).execute(connection).await?;
                Ok(done.rows_affected())
            }
            Connection::Postgres(connection) => {
                let done = postgres_query(statement).execute(connection).await?;
                Ok(done.rows_affected())
            }
        }
    }

    /// Carries out a statement without arguments.
    pub(crate) async fn run_plain(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        match self {
            Connection::Sqlite(connection) => sqlx::query(sql).execute(connection).await.map(drop),
            // Not prepared: that would be a second way to the server and back.
            Connection::Postgres(connection) => connection.execute(sql).await.map(drop),
        }
    }

    pub(crate) async fn close(self) -> Result<(), sqlx::Error> {
        match self {
            Connection::Sqlite(connection) => connection.close().await,
            Connection::Postgres(connection) => connection.close().await,
        }
    }
}
