//! Opening a database on a PostgreSQL server.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::MigrateError;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection as _, PgConnection, Postgres};

use super::{KEY_CHECK, OpenError, Options, PREPARED_MAX, check_settings, setting};
use crate::crypto::{KeyRing, MasterKey, Subkeys};
use crate::engine::{AtHand, Connection, Engine, Readers};
use crate::follow::Follower;
use crate::migration::{NEWEST, migrator};
use crate::operate::Schema;
use crate::store::{Inner, Store};
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
/// takes longer than the page.
const PLAN_ONCE: (&str, &str) = ("plan_cache_mode", "force_generic_plan");
/// Statements are planned for the values they come with.
const PLAN_ANEW: (&str, &str) = ("plan_cache_mode", "force_custom_plan");

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
    /// When the server can't be reached or is too old, the master key is not the one the database was made with, or the
    /// schema is that of a newer version.
    pub async fn connect(
        url: &PostgresUrl,
        master: &MasterKey,
        options: Options,
    ) -> Result<Store, OpenError> {
        let mut connection = Connection::Postgres(prepare_database(url).await?);
        let subkeys = Subkeys::derive(master);
        let stale_search = check_settings(&mut connection, &subkeys, options).await?;
        connection.close().await?;
        let writer = Writer::start(Link::to_server(&url.0).await?, None).await?;
        let any = at_hand(url, options.readers + TURNS_APART, PLAN_ONCE).await?;
        let these = at_hand(url, TURNS_PLANNED, PLAN_ANEW).await?;
        let keys = Arc::new(KeyRing::new(&subkeys));
        let readers = Readers::Postgres { any, these };
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

    /// Brings the database on a PostgreSQL server to this version's schema and gives the schema's number. Nodes that do so
    /// together take turns.
    ///
    /// # Errors
    ///
    /// When the server can't be reached or is too old, or the database was made by a newer version or can't be changed.
    pub async fn migrate_postgres(url: &PostgresUrl) -> Result<i64, OpenError> {
        prepare_database(url).await?.close().await?;
        Ok(NEWEST)
    }

    /// Whether the database on a PostgreSQL server was ever opened with a master key: then it can be opened with no other.
    ///
    /// # Errors
    ///
    /// As [`Store::migrate_postgres`].
    pub async fn has_master_key(url: &PostgresUrl) -> Result<bool, OpenError> {
        let mut connection = Connection::Postgres(prepare_database(url).await?);
        let kept = setting(&mut connection, KEY_CHECK).await?;
        connection.close().await?;
        Ok(kept.is_some())
    }
}

/// Connections that only read, with a setting.
async fn at_hand(
    url: &PostgresUrl,
    turns_max: u32,
    setting: (&'static str, &'static str),
) -> Result<Arc<AtHand>, sqlx::Error> {
    let options = url.0.clone();
    let pool = PgPoolOptions::new()
        .max_connections(turns_max + CONNECTIONS_APART)
        .acquire_timeout(CONNECTION_WAIT)
        .test_before_acquire(false)
        .connect_with(options.options([("default_transaction_read_only", "on"), setting]))
        .await?;
    Ok(Arc::new(AtHand::new(pool, turns_max, CONNECTION_WAIT)))
}

/// Connects and brings the database to the newest schema.
async fn prepare_database(url: &PostgresUrl) -> Result<PgConnection, OpenError> {
    let mut connection = url.0.connect().await?;
    check_server(&mut connection).await?;
    let migrated = migrator(Engine::Postgres, &[]).run(&mut connection).await;
    migrated.map_err(|error| match error {
        MigrateError::VersionMissing(applied) => OpenError::Newer(Schema {
            applied,
            known: NEWEST,
        }),
        failed => OpenError::Schema(failed),
    })?;
    Ok(connection)
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
