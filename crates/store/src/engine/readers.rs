//! Connections that only read.

use std::sync::Arc;

use sqlx::postgres::PgListener;
use sqlx::{Sqlite, SqlitePool, Transaction};

use super::arguments::{postgres_query, sqlite_query};
use super::at_hand::{AtHand, Snapshot};
use super::{Engine, Rows};
use crate::statement::Statement;

/// The connections.
#[derive(Debug, Clone)]
pub(crate) enum Readers {
    Sqlite(SqlitePool),
    Postgres {
        /// Plan a statement once, for any values.
        any: Arc<AtHand>,
        /// Plan a statement each time, for its values.
        these: Arc<AtHand>,
    },
}

/// A transaction that sees the database as it was when it began.
#[derive(Debug)]
pub(crate) enum Reading {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Snapshot),
}

impl Readers {
    pub(crate) const fn engine(&self) -> Engine {
        match self {
            Readers::Sqlite(_) => Engine::Sqlite,
            Readers::Postgres { .. } => Engine::Postgres,
        }
    }

    /// All rows that a query answers with.
    pub(crate) async fn all(&self, query: Statement) -> Result<Rows, sqlx::Error> {
        match self {
            Readers::Sqlite(pool) => sqlite_query(query).fetch_all(pool).await.map(Rows::Sqlite),
            Readers::Postgres { any, these } => {
                let at_hand = if query.plans_anew { these } else { any };
                at_hand.all(query).await.map(Rows::Postgres)
            }
        }
    }

    /// Begins a transaction in which all queries see the same state.
    pub(crate) async fn begin(&self) -> Result<Reading, sqlx::Error> {
        match self {
            Readers::Sqlite(pool) => pool.begin().await.map(Reading::Sqlite),
            Readers::Postgres { any, .. } => any.begin().await.map(Reading::Postgres),
        }
    }

    /// Hears what the server tells; a file tells nothing.
    pub(crate) async fn listener(&self) -> Result<PgListener, sqlx::Error> {
        match self {
            Readers::Sqlite(_) => Err(sqlx::Error::PoolClosed),
            Readers::Postgres { any, .. } => PgListener::connect_with(any.pool()).await,
        }
    }

    pub(crate) async fn close(&self) {
        match self {
            Readers::Sqlite(pool) => pool.close().await,
            Readers::Postgres { any, these } => {
                any.close().await;
                these.close().await;
            }
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
                .fetch_all(&mut *reading.transaction)
                .await
                .map(Rows::Postgres),
        }
    }

    pub(crate) async fn end(self) -> Result<(), sqlx::Error> {
        match self {
            Reading::Sqlite(reading) => reading.rollback().await,
            Reading::Postgres(reading) => reading.transaction.rollback().await,
        }
    }
}
