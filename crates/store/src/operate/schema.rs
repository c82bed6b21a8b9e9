//! Where a database stands among the steps of the schema.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection, Postgres, Sqlite, SqliteConnection};

use crate::dialect::has_steps;
use crate::engine::Engine;
use crate::migration::migrator;
use crate::open::{OpenError, Options};
use crate::store::Store;

const APPLIED: &str = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations";

/// A step of the schema beyond those that ship; tests of upgrades bring theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What it is for.
    pub name: &'static str,
    /// Its statements.
    pub sql: &'static str,
}

/// Where a database stands among the steps of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// The last step it has gone, from 1.
    pub applied: i64,
    /// The last step this program knows.
    pub known: i64,
}

impl Schema {
    /// A database at this step, as seen by this program.
    pub fn of(applied: i64, options: Options) -> Schema {
        let known = last_known(options);
        Schema { applied, known }
    }

    /// Whether a newer program made or changed the database.
    pub const fn is_newer(self) -> bool {
        self.applied > self.known
    }

    /// Whether there are steps to go.
    pub const fn is_behind(self) -> bool {
        self.applied < self.known
    }
}

impl Store {
    /// Where the database at `path` stands; `None` while there is none or nothing in it. Nothing is written.
    ///
    /// # Errors
    ///
    /// When it can't be read.
    pub async fn schema(path: &Path, options: Options) -> Result<Option<Schema>, OpenError> {
        if !path.exists() {
            return Ok(None);
        }
        let connect = SqliteConnectOptions::new().filename(path).read_only(true);
        let mut connection = connect.disable_statement_logging().connect().await?;
        let schema = schema_of(&mut connection, options).await;
        let _ = connection.close().await;
        schema
    }
}

/// The same on an open connection.
pub(crate) async fn schema_of(
    connection: &mut SqliteConnection,
    options: Options,
) -> Result<Option<Schema>, OpenError> {
    let kept = sqlx::query_scalar::<Sqlite, i64>(has_steps(Engine::Sqlite))
        .fetch_one(&mut *connection)
        .await?;
    if kept == 0 {
        return Ok(None);
    }
    let applied = sqlx::query_scalar::<Sqlite, i64>(APPLIED)
        .fetch_one(connection)
        .await?;
    Ok((applied > 0).then(|| Schema::of(applied, options)))
}

/// The same of a database on a server.
pub(crate) async fn schema_on_server(
    connection: &mut PgConnection,
    options: Options,
) -> Result<Option<Schema>, OpenError> {
    let kept = sqlx::query_scalar::<Postgres, i64>(has_steps(Engine::Postgres))
        .fetch_one(&mut *connection)
        .await?;
    if kept == 0 {
        return Ok(None);
    }
    let applied = sqlx::query_scalar::<Postgres, i64>(APPLIED)
        .fetch_one(connection)
        .await?;
    Ok((applied > 0).then(|| Schema::of(applied, options)))
}

/// The last step this program knows.
fn last_known(options: Options) -> i64 {
    let steps = migrator(Engine::Sqlite, options.further_steps);
    steps.iter().map(|step| step.version).max().unwrap_or(0)
}
