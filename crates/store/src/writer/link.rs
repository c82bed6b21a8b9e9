//! The writer's connection. One to a server can be lost and found again: the server undoes what was under way, so that
//! nothing is in doubt but the one commit whose answer never came.

use std::fs::File;
use std::future::Future;
use std::io;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;

use crate::engine::{Connection, Engine};

/// How long a server may take to let a connection in.
const CONNECTING_MAX: Duration = Duration::from_secs(5);
/// How long a server may take for a batch, before its connection is given up.
const ANSWER_MAX: Duration = Duration::from_secs(30);
/// How long a batch waits for the write lock, which another node has for a few milliseconds at a time.
const LOCK_WAIT: &str = "10s";
/// After this time the server undoes the transaction of a node that has the write lock but says nothing, such as one that
/// was stopped or cut off; then the others can go on.
const SILENCE_MAX: &str = "30s";

/// The connection, and how to come by another.
pub(crate) struct Link {
    pub(super) connection: Connection,
    /// Keeps other processes away from a file.
    _lock: Option<File>,
    /// `None` where a lost connection leaves in doubt what is on disk.
    again: Option<PgConnectOptions>,
    is_lost: bool,
}

impl Link {
    /// The connection to a file. It holds `lock` for as long as it may write.
    pub(crate) const fn to_file(connection: Connection, lock: File) -> Link {
        Link {
            connection,
            _lock: Some(lock),
            again: None,
            is_lost: false,
        }
    }

    /// A connection to a server.
    ///
    /// # Errors
    ///
    /// When the server lets nobody in.
    pub(crate) async fn to_server(options: &PgConnectOptions) -> Result<Link, sqlx::Error> {
        let options = options.clone().options([
            ("lock_timeout", LOCK_WAIT),
            ("idle_in_transaction_session_timeout", SILENCE_MAX),
        ]);
        Ok(Link {
            connection: connect(&options).await?,
            _lock: None,
            again: Some(options),
            is_lost: false,
        })
    }

    pub(super) const fn engine(&self) -> Engine {
        self.connection.engine()
    }

    pub(super) const fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Notes that the connection is of no use any more.
    pub(super) const fn lose(&mut self) {
        self.is_lost = true;
    }

    /// Connects again if the connection was lost. The old one is closed by this, so that the server ends what it did for it.
    pub(super) async fn restore(&mut self) -> Result<(), sqlx::Error> {
        if let Some(options) = self.again.as_ref().filter(|_| self.is_lost) {
            self.connection = connect(options).await?;
            self.is_lost = false;
        }
        Ok(())
    }
}

async fn connect(options: &PgConnectOptions) -> Result<Connection, sqlx::Error> {
    let connecting = tokio::time::timeout(CONNECTING_MAX, options.connect());
    let mut connection = connecting.await.unwrap_or_else(|_| Err(too_slow()))?;
    // An acknowledgement promises that the commit is on disk, whatever the server's setting is.
    sqlx::query("SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'")
        .execute(&mut connection)
        .await?;
    Ok(Connection::Postgres(connection))
}

/// Waits for a server no longer than is sensible; a file is waited for as long as it takes.
pub(super) async fn within<T>(
    engine: Engine,
    answer: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    match engine {
        Engine::Sqlite => answer.await,
        Engine::Postgres => tokio::time::timeout(ANSWER_MAX, answer)
            .await
            .unwrap_or_else(|_| Err(too_slow())),
    }
}

fn too_slow() -> sqlx::Error {
    sqlx::Error::Io(io::ErrorKind::TimedOut.into())
}
