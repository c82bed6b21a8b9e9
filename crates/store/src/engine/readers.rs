//! Connections that only read.

use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use super::arguments::{postgres_query, sqlite_query};
use super::{Engine, Rows};
use crate::dialect;
use crate::statement::Statement;

/// How often a query is asked again when its connection turns out to be lost: once for each that may have been lost at
/// the same time, as when the server was restarted.
const TRIES_MAX: u32 = 8;

/// The connections.
#[derive(Debug, Clone)]
pub(crate) enum Readers {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// A transaction that sees the database as it was when it began.
#[derive(Debug)]
pub(crate) enum Reading {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Readers {
    pub(crate) const fn engine(&self) -> Engine {
        match self {
            Readers::Sqlite(_) => Engine::Sqlite,
            Readers::Postgres(_) => Engine::Postgres,
        }
    }

    /// All rows that a query answers with.
    pub(crate) async fn all(&self, query: Statement) -> Result<Rows, sqlx::Error> {
        let pool = match self {
            Readers::Sqlite(pool) => {
                return sqlite_query(query).fetch_all(pool).await.map(Rows::Sqlite);
            }
            Readers::Postgres(pool) => pool,
        };
        for _ in 1..TRIES_MAX {
            match postgres_query(query.clone()).fetch_all(pool).await {
                // Reading changes nothing, so it may be done again.
                Err(error) if dialect::is_lost(&error) => {}
                done => return done.map(Rows::Postgres),
            }
        }
        postgres_query(query)
            .fetch_all(pool)
            .await
            .map(Rows::Postgres)
    }

    /// Begins a transaction in which all queries see the same state.
    pub(crate) async fn begin(&self) -> Result<Reading, sqlx::Error> {
        match self {
            Readers::Sqlite(pool) => pool.begin().await.map(Reading::Sqlite),
            Readers::Postgres(pool) => pool
                .begin_with(dialect::BEGIN_SNAPSHOT)
                .await
                .map(Reading::Postgres),
        }
    }

    pub(crate) async fn close(&self) {
        match self {
            Readers::Sqlite(pool) => pool.close().await,
            Readers::Postgres(pool) => pool.close().await,
        }
    }
}

impl Reading {
    /// All rows that a query answers with.
    pub(crate) async fn all(&mut self, query: Statement) -> Result<Rows, sqlx::Error> {
        match self {
            Reading::Sqlite(reading) => sqlite_query(query)
                .fetch_all(&mut **reading)
                .await
                .map(Rows::Sqlite),
            Reading::Postgres(reading) => postgres_query(query)
                .fetch_all(&mut **reading)
                .await
                .map(Rows::Postgres),
        }
    }

    pub(crate) async fn end(self) -> Result<(), sqlx::Error> {
        match self {
            Reading::Sqlite(reading) => reading.rollback().await,
            Reading::Postgres(reading) => reading.rollback().await,
        }
    }
}
