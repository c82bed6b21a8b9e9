//! Opening a database on a PostgreSQL server.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::MigrateError;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection as _, PgConnection, Postgres};

use super::{KEY_CHECK, OpenError, Options, PREPARED_MAX, check_kept, check_settings, setting};
use crate::crypto::{KeyRing, MasterKey, Subkeys};
use crate::dialect::LOCK_NODES;
use crate::engine::{AtHand, Connection, Engine, Readers};
use crate::follow::Follower;
use crate::migration::migrator;
use crate::operate::{Schema, note_lag_on_server, schema_on_server};
use crate::store::{Inner, Place, Store};
use crate::writer::{Link, Writer};

/// The oldest version that the tests have run on, as `server_version_num`.
const POSTGRES_MIN: i32 = 150_000;
/// How long a query waits for a connection.
const CONNECTION_WAIT: Duration = Duration::from_secs(5);
/// Turns to read beside the readers': one that keeps other nodes out.
const TURNS_APART: u32 = 1;
/// Turns of statements that are planned for their values.
const TURNS_PLANNED: u32 = 2;
/// Connections of a pool that nobody takes turns with: the one that listens.
const CONNECTIONS_APART: u32 = 1;
/// Statements are planned once for any values. By itself the server may plan a page of the work list anew each time, which
/// takes longer than the page. Such a plan may be made while the tables are small and is kept while they grow, so it goes by
/// indexes, whatever the server has counted: reading a whole table is never what these statements are for.
const PLAN_ONCE: &[(&str, &str)] = &[
    ("plan_cache_mode", "force_generic_plan"),
    ("enable_seqscan", "off"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
];
/// Statements are planned for the values they come with.
const PLAN_ANEW: &[(&str, &str)] = &[("plan_cache_mode", "force_custom_plan")];

/// Where a database on a PostgreSQL server is: `postgres://user:password@host:port/database`. The password is never shown.
#[derive(Clone)]
pub struct PostgresUrl(PgConnectOptions);

/// A text is no address of a PostgreSQL database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an address of the form `postgres://user:password@host:port/database`")]
pub struct MalformedUrl;

impl FromStr for PostgresUrl {
    type Err = MalformedUrl;

    fn from_str(text: &str) -> Result<PostgresUrl, MalformedUrl> {
        let is_ours = ["postgres://", "postgresql://"]
            .iter()
            .any(|scheme| text.starts_with(scheme));
        // The cause would repeat the address, and the password in it.
        let options: PgConnectOptions = text.parse().map_err(|_| MalformedUrl)?;
        if !is_ours || options.get_database().is_none() {
            return Err(MalformedUrl);
        }
        Ok(PostgresUrl(
            options
                .application_name("huiyin")
                .statement_cache_capacity(PREPARED_MAX)
                .disable_statement_logging(),
        ))
    }
}

impl fmt::Display for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let database = self.0.get_database().unwrap_or_default();
        match self.0.get_socket() {
            Some(socket) => write!(f, "postgres:///{database}?host={}", socket.display()),
            None => write!(
                f,
                "postgres://{}:{}/{database}",
                self.0.get_host(),
                self.0.get_port()
            ),
        }
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Store {
    /// Opens the database on a PostgreSQL server, which several nodes may share, and starts this node's writer.
    ///
    /// # Errors
    ///
    /// When the server can't be reached or is too old, the master key is not the one the database was made with, the
    /// schema is that of a newer version, or a step to this version's failed: then none was taken.
    pub async fn connect(
        url: &PostgresUrl,
        master: &MasterKey,
        options: Options,
    ) -> Result<Store, OpenError> {
        let mut connection = Connection::Postgres(prepare_database(url, options).await?);
        let subkeys = Subkeys::derive(master);
        let stale_search = check_settings(&mut connection, &subkeys, options).await?;
        connection.close().await?;
        let writer = Writer::start(Link::to_server(&url.0).await?, None).await?;
        with_readers(url, options, writer, subkeys, stale_search).await
    }

    /// Opens the database on a PostgreSQL server without ever writing to it, as [`Store::open_read_only`] does a file. What
    /// other nodes write meanwhile is seen.
    ///
    /// # Errors
    ///
    /// As [`Store::open_read_only`], and when the server can't be reached or is too old.
    pub async fn connect_read_only(
        url: &PostgresUrl,
        master: &MasterKey,
        options: Options,
    ) -> Result<Store, OpenError> {
        let mut connection = url.0.connect().await?;
        check_server(&mut connection).await?;
        let schema = schema_on_server(&mut connection, options).await?;
        let mut connection = Connection::Postgres(connection);
        let subkeys = Subkeys::derive(master);
        let kept = check_kept(&mut connection, schema, &subkeys, options).await?;
        connection.close().await?;
        let writer = Writer::none(kept.position);
        with_readers(url, options, writer, subkeys, kept.stale_search).await
    }

    /// Brings the database on a PostgreSQL server to this version's schema and gives the last step. Nodes that do so
    /// together take turns.
    ///
    /// # Errors
    ///
    /// When the server can't be reached or is too old, or the database was made by a newer version or can't be changed.
    pub async fn migrate_postgres(url: &PostgresUrl, options: Options) -> Result<i64, OpenError> {
        let mut connection = prepare_database(url, options).await?;
        let schema = schema_on_server(&mut connection, options).await?;
        connection.close().await?;
        Ok(schema.map_or(0, |schema| schema.applied))
    }

    /// Whether the database on a PostgreSQL server was ever opened with a master key: then it can be opened with no other.
    ///
    /// # Errors
    ///
    /// When the server can't be reached or is too old, or the database can't be read.
    pub async fn has_master_key(url: &PostgresUrl, options: Options) -> Result<bool, OpenError> {
        let mut connection = url.0.connect().await?;
        check_server(&mut connection).await?;
        if schema_on_server(&mut connection, options).await?.is_none() {
            return Ok(false);
        }
        let mut connection = Connection::Postgres(connection);
        let kept = setting(&mut connection, KEY_CHECK).await?;
        connection.close().await?;
        Ok(kept.is_some())
    }
}

/// A store with what reads beside the writer: the readers, and what follows other nodes.
async fn with_readers(
    url: &PostgresUrl,
    options: Options,
    writer: Writer,
    subkeys: Subkeys,
    stale_search: bool,
) -> Result<Store, OpenError> {
    let readers = Readers::Postgres {
        any: at_hand(url, options.readers + TURNS_APART, PLAN_ONCE).await?,
        these: at_hand(url, TURNS_PLANNED, PLAN_ANEW).await?,
    };
    let keys = Arc::new(KeyRing::new(&subkeys));
    let follower = Follower::start(&readers, writer.published(), Arc::clone(&keys)).await?;
    let search = (options.segmenter, stale_search);
    Ok(Store {
        inner: Arc::new(Inner::new(
            writer,
            readers,
            keys,
            subkeys,
            search,
            Some(follower),
        )),
    })
}

/// Connections that only read, with settings.
async fn at_hand(
    url: &PostgresUrl,
    turns_max: u32,
    settings: &[(&'static str, &'static str)],
) -> Result<Arc<AtHand>, sqlx::Error> {
    let options = url.0.clone();
    let pool = PgPoolOptions::new()
        .max_connections(turns_max + CONNECTIONS_APART)
        .acquire_timeout(CONNECTION_WAIT)
        .test_before_acquire(false)
        .connect_with(
            options
                .options([("default_transaction_read_only", "on")])
                .options(settings.iter().copied()),
        )
        .await?;
    Ok(Arc::new(AtHand::new(pool, turns_max, CONNECTION_WAIT)))
}

/// Connects and brings the database to the newest schema.
async fn prepare_database(url: &PostgresUrl, options: Options) -> Result<PgConnection, OpenError> {
    let mut connection = url.0.connect().await?;
    check_server(&mut connection).await?;
    migrate(&mut connection, options).await?;
    Ok(connection)
}

/// Takes all steps of the schema that are to go, or none of them. The lock lasts until they can be seen by others.
async fn migrate(connection: &mut PgConnection, options: Options) -> Result<(), OpenError> {
    let mut whole = connection.begin().await?;
    sqlx::query(LOCK_NODES)
        .bind(i64::from(Place::Steps as u32))
        .execute(&mut *whole)
        .await?;
    let before = schema_on_server(&mut whole, options).await?;
    let migrated = migrator(Engine::Postgres, options.further_steps)
        .run_direct(None, &mut *whole, false)
        .await;
    match migrated {
        Ok(()) => {
            if before.is_some_and(Schema::is_behind) {
                note_lag_on_server(&mut whole).await?;
            }
            Ok(whole.commit().await?)
        }
        Err(MigrateError::VersionMissing(applied)) => {
            Err(OpenError::Newer(Schema::of(applied, options)))
        }
        Err(failed) => Err(OpenError::Schema(failed)),
    }
}

async fn check_server(connection: &mut PgConnection) -> Result<(), OpenError> {
    let mut setting = async |name: &'static str| -> Result<String, sqlx::Error> {
        sqlx::query_scalar::<Postgres, String>("SELECT current_setting($1)")
            .bind(name)
            .fetch_one(&mut *connection)
            .await
    };
    let number: i32 = setting("server_version_num").await?.parse().unwrap_or(0);
    if number < POSTGRES_MIN {
        let found = setting("server_version").await?;
        return Err(OpenError::OldPostgres { found });
    }
    let encoding = setting("server_encoding").await?;
    if encoding != "UTF8" {
        return Err(OpenError::Encoding { found: encoding });
    }
    if setting("fsync").await? == "off" {
        tracing::warn!("the server does not sync to disk (fsync = off): a power cut loses data");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_shown_without_its_password() {
        let url: PostgresUrl = "postgres://hui:s3cret@db.example:5433/huiyin"
            .parse()
            .unwrap();
        assert_eq!(url.to_string(), "postgres://db.example:5433/huiyin");
        assert!(!format!("{url:?} {url}").contains("s3cret"));
        for wrong in [
            "",
            "huiyin",
            "mysql://hui:s3cret@host/huiyin",
            "postgres://hui:s3cret@host:port/huiyin",
            "postgres://hui:s3cret@host",
        ] {
            let refused = wrong.parse::<PostgresUrl>().unwrap_err();
            assert!(!refused.to_string().contains("s3cret"), "{wrong}");
        }
    }
}
