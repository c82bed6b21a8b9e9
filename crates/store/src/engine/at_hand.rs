//! Connections to a server that stay at hand between queries. A pool asks the server after each use whether the connection
//! still works, a second way there and back for each query; here a connection whose query went well is used for the next
//! one as it is, and only those whose query did not go back to the pool, which looks into them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Postgres, Transaction};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::arguments::postgres_query;
use crate::dialect;
use crate::statement::Statement;

/// How often a query is asked again when its connection turns out to be lost: once for each that may have been lost at
/// the same time, as when the server was restarted.
const TRIES_MAX: u32 = 8;

/// Connections that only read.
#[derive(Debug)]
pub(crate) struct AtHand {
    pool: PgPool,
    /// How long a query waits for its turn.
    wait: Duration,
    // INVARIANT: whoever has a turn takes a connection from here, or from the pool when none is here. As there are fewer
    // turns than connections in the pool, it always has one then.
    turns: Arc<Semaphore>,
    idle: Mutex<Vec<PoolConnection<Postgres>>>,
}

/// A transaction with its turn.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(super) transaction: Transaction<'static, Postgres>,
    _turn: OwnedSemaphorePermit,
}

impl AtHand {
    /// At most `turns_max` queries at a time, fewer than the pool has connections.
    pub(crate) fn new(pool: PgPool, turns_max: u32, wait: Duration) -> AtHand {
        let turns = usize::try_from(turns_max).unwrap_or(Semaphore::MAX_PERMITS);
        AtHand {
            pool,
            wait,
            turns: Semaphore::new(turns).into(),
            idle: Mutex::default(),
        }
    }

    /// The pool, for what keeps its connection.
    pub(crate) const fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// All rows that a query answers with.
    pub(super) async fn all(&self, query: Statement) -> Result<Vec<PgRow>, sqlx::Error> {
        let _turn = self.turn().await?;
        for _ in 1..TRIES_MAX {
            match self.once(query.clone()).await {
                // Reading changes nothing, so it may be done again.
                Err(error) if dialect::is_lost(&error) => {}
                done => return done,
            }
        }
        self.once(query).await
    }

    async fn once(&self, query: Statement) -> Result<Vec<PgRow>, sqlx::Error> {
        let at_hand = self.idle().pop();
        let mut connection = match at_hand {
            Some(connection) => connection,
            None => self.pool.acquire().await?,
        };
        // On an error, and when nobody waits any more, it is dropped here: back into the pool.
        let rows = postgres_query(query).fetch_all(&mut *connection).await?;
        let mut idle = self.idle();
        // What is put down here after the pool was closed would keep it waiting for ever.
        if !self.pool.is_closed() {
            idle.push(connection);
        }
        Ok(rows)
    }

    /// Begins a transaction in which all queries see the same state.
    pub(super) async fn begin(&self) -> Result<Snapshot, sqlx::Error> {
        let turn = self.turn().await?;
        // Its connection goes back to the pool in the end, so it comes from there.
        drop(self.idle().pop());
        Ok(Snapshot {
            transaction: self.pool.begin_with(dialect::BEGIN_SNAPSHOT).await?,
            _turn: turn,
        })
    }

    pub(super) async fn close(&self) {
        // Closed from here on, before it is waited for.
        let closing = self.pool.close();
        self.idle().clear();
        closing.await;
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, sqlx::Error> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        let turn = tokio::time::timeout(self.wait, turn).await;
        turn.map_err(|_| sqlx::Error::PoolTimedOut)?
            .map_err(|_| sqlx::Error::PoolClosed)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<PoolConnection<Postgres>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
