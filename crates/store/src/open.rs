//! Opening the database: the checks that come before anything is read or written.

mod postgres;

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Sqlite, SqliteConnection};
use subtle::ConstantTimeEq;

use crate::crypto::{KeyRing, MasterKey, Subkeys};
use crate::engine::{Connection as Writing, Engine, Readers};
use crate::migration::migrator;
use crate::operate::{Schema, Step, note_lag, schema_of};
use crate::segment::Segmenter;
use crate::statement::Statement;
use crate::store::{Inner, Store};
use crate::writer::{Link, Writer};
pub use postgres::{MalformedUrl, PostgresUrl};

/// The oldest SQLite that is trusted with the log: earlier ones can lose a commit when a checkpoint races with it.
const SQLITE_MIN: [u32; 3] = [3, 51, 3];
/// How long a connection waits for another to let go of a lock.
pub(crate) const LOCK_WAIT: Duration = Duration::from_secs(10);
/// Pages of the write-ahead log after which a commit moves into the database what was not moved beside it.
const CHECKPOINT_PAGES: &str = "16000";
/// Memory for pages per connection, in KiB; negative by SQLite's own convention.
const PAGE_CACHE_KIB: &str = "-16384";
/// Statements kept prepared per connection.
const PREPARED_MAX: usize = 256;

const READ_SETTING: &str = "SELECT value FROM settings WHERE name = $1";
const ADD_SETTING: &str =
    "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
const LAST_POSITION: &str = "SELECT COALESCE(MAX(position), 0) FROM events";
const KEY_CHECK: &str = "store.key_check";
pub(crate) const SEGMENTER_VERSION: &str = "store.segmenter_version";

/// How a store is opened.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Segments text for the search index and queries alike.
    pub segmenter: Segmenter,
    /// Read-only connections.
    pub readers: u32,
    /// Steps of the schema after those that ship; none but in tests of upgrades.
    pub further_steps: &'static [Step],
}

impl Options {
    /// The usual number of connections.
    pub const fn new(segmenter: Segmenter) -> Options {
        Options {
            segmenter,
            readers: 4,
            further_steps: &[],
        }
    }
}

/// Why a store can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// SQLite is too old to be trusted with the log.
    #[error("SQLite {found} is too old; 3.51.3 or later is needed")]
    OldSqlite {
        /// The version in use.
        found: String,
    },
    /// PostgreSQL is too old.
    #[error("PostgreSQL {found} is too old; 15 or later is needed")]
    OldPostgres {
        /// The version in use.
        found: String,
    },
    /// The PostgreSQL database keeps texts in another encoding.
    #[error("the database keeps texts as {found}; make it with ENCODING 'UTF8'")]
    Encoding {
        /// The encoding in use.
        found: String,
    },
    /// The master key is not the one the database was made with.
    #[error(
        "the master key is not the one this database was made with; restore the right key file"
    )]
    WrongMasterKey,
    /// Another process works on the database; one at a time may, because the writer knows how far the log has come.
    #[error("another process has this database open; end it first, the server included")]
    InUse,
    /// The file that keeps other processes out can't be made.
    #[error("the database can't be locked against other processes")]
    Lock(#[source] std::io::Error),
    /// A newer program made or changed the database.
    #[error(
        "the database is at step {} of the schema, and this program knows {}; run the newer program that wrote it, or \
         restore a backup made before",
        .0.applied,
        .0.known
    )]
    Newer(Schema),
    /// There is no store at this place.
    #[error("there is no store yet")]
    Nothing,
    /// The schema is unknown or a step to it failed; the database is as it was.
    #[error("the database can't be brought to this version's schema")]
    Schema(#[source] MigrateError),
    /// The database can't be opened or read.
    #[error("the database can't be opened")]
    Database(#[source] sqlx::Error),
}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> OpenError {
        OpenError::Database(error)
    }
}

impl Store {
    /// Opens the database at `path`, making it if there is none, and starts its writer.
    ///
    /// # Errors
    ///
    /// When another process has the database open, SQLite is too old, the master key is not the right one, or the
    /// database can't be read.
    pub async fn open(
        path: &Path,
        master: &MasterKey,
        options: Options,
    ) -> Result<Store, OpenError> {
        let lock = Store::lock(path)?;
        Store::open_locked(path, lock, master, options).await
    }

    /// Keeps other processes from opening the database at `path`.
    ///
    /// # Errors
    ///
    /// When another process has it open, or the lock can't be taken.
    pub fn lock(path: &Path) -> Result<DatabaseLock, OpenError> {
        lock(path)
    }

    /// Opens the database at `path`, whose lock the caller has taken before.
    ///
    /// # Errors
    ///
    /// As [`Store::open`].
    pub async fn open_locked(
        path: &Path,
        lock: DatabaseLock,
        master: &MasterKey,
        options: Options,
    ) -> Result<Store, OpenError> {
        let connect = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(LOCK_WAIT)
            .statement_cache_capacity(PREPARED_MAX)
            // Deleted text is overwritten, not left in free pages.
            .pragma("secure_delete", "ON")
            .pragma("wal_autocheckpoint", CHECKPOINT_PAGES)
            .pragma("cache_size", PAGE_CACHE_KIB)
            // What a statement needs aside, to sort or to undo, is never written to a file.
            .pragma("temp_store", "MEMORY")
            .disable_statement_logging();
        let mut connection = connect.connect().await?;
        check_sqlite(&mut connection).await?;
        migrate(&mut connection, options).await?;
        let subkeys = Subkeys::derive(master);
        let mut connection = Writing::Sqlite(connection);
        let stale_search = check_settings(&mut connection, &subkeys, options).await?;
        let beside = connect.connect().await?;
        let link = Link::to_file(connection, lock.0);
        let writer = Writer::start(link, Some(beside)).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(options.readers)
            .test_before_acquire(false)
            .connect_with(connect.read_only(true))
            .await?;
        let readers = Readers::Sqlite(readers);
        let keys = Arc::new(KeyRing::new(&subkeys));
        let search = (options.segmenter, stale_search);
        Ok(Store {
            inner: Arc::new(Inner::new(writer, readers, keys, subkeys, search, None)),
        })
    }
}

/// Keeps other processes out of a database until it is dropped; a process that dies lets go of it too. The lock lies beside
/// the database, because SQLite has locks of its own on that.
#[derive(Debug)]
pub struct DatabaseLock(File);

fn lock(path: &Path) -> Result<DatabaseLock, OpenError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(name)
        .map_err(OpenError::Lock)?;
    match file.try_lock() {
        Ok(()) => Ok(DatabaseLock(file)),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse),
        Err(TryLockError::Error(error)) => Err(OpenError::Lock(error)),
    }
}

/// Takes all steps of the schema that are to go, or none of them.
async fn migrate(connection: &mut SqliteConnection, options: Options) -> Result<(), OpenError> {
    let mut whole = connection.begin_with(Engine::Sqlite.begin_write()).await?;
    let before = schema_of(&mut whole, options).await?;
    let migrated = migrator(Engine::Sqlite, options.further_steps)
        .run_direct(None, &mut *whole, false)
        .await;
    match migrated {
        Ok(()) => {
            if before.is_some_and(Schema::is_behind) {
                note_lag(&mut whole).await?;
            }
            Ok(whole.commit().await?)
        }
        Err(MigrateError::VersionMissing(applied)) => {
            Err(OpenError::Newer(Schema::of(applied, options)))
        }
        Err(failed) => Err(OpenError::Schema(failed)),
    }
}

pub(crate) async fn check_sqlite(connection: &mut SqliteConnection) -> Result<(), OpenError> {
    let found: String = sqlx::query_scalar::<Sqlite, _>("SELECT sqlite_version()")
        .fetch_one(connection)
        .await?;
    if is_old(&found) {
        Err(OpenError::OldSqlite { found })
    } else {
        Ok(())
    }
}

fn is_old(version: &str) -> bool {
    let numbers: Vec<u32> = version
        .split('.')
        .map(|number| number.parse().unwrap_or(0))
        .collect();
    numbers.as_slice() < SQLITE_MIN.as_slice()
}

/// Checks the master key, and tells whether the search index was built by other rules than those in use.
async fn check_settings(
    connection: &mut Writing,
    subkeys: &Subkeys,
    options: Options,
) -> Result<bool, OpenError> {
    let expected = subkeys.check_text();
    let kept = setting_or(connection, KEY_CHECK, &expected).await?;
    if !bool::from(kept.as_bytes().ct_eq(expected.as_bytes())) {
        return Err(OpenError::WrongMasterKey);
    }
    let version = options.segmenter.version.to_string();
    let indexed_by = setting_or(connection, SEGMENTER_VERSION, &version).await?;
    Ok(indexed_by != version)
}

/// What a store that only reads is told of the database.
pub(crate) struct Kept {
    /// Position of the last event.
    pub(crate) position: i64,
    /// Whether the search index was built by other rules than those in use.
    pub(crate) stale_search: bool,
}

/// Checks what [`check_settings`] does and that the schema is not a newer program's, and writes nothing.
pub(crate) async fn check_kept(
    connection: &mut Writing,
    schema: Option<Schema>,
    subkeys: &Subkeys,
    options: Options,
) -> Result<Kept, OpenError> {
    let schema = schema.ok_or(OpenError::Nothing)?;
    if schema.is_newer() {
        return Err(OpenError::Newer(schema));
    }
    let kept = setting(connection, KEY_CHECK).await?;
    let kept = kept.ok_or(OpenError::Nothing)?;
    if !bool::from(kept.as_bytes().ct_eq(subkeys.check_text().as_bytes())) {
        return Err(OpenError::WrongMasterKey);
    }
    let indexed_by = setting(connection, SEGMENTER_VERSION).await?;
    let last = connection.all(Statement::new(LAST_POSITION, [])).await?;
    Ok(Kept {
        position: last.one()?.try_get(0)?,
        stale_search: indexed_by != Some(options.segmenter.version.to_string()),
    })
}

/// A setting, put down with a first value if there is none. Another node may be first.
async fn setting_or(
    connection: &mut Writing,
    name: &str,
    first: &str,
) -> Result<String, sqlx::Error> {
    if let Some(kept) = setting(connection, name).await? {
        return Ok(kept);
    }
    let add = Statement::new(ADD_SETTING, [name.into(), first.into()]);
    connection.execute(add).await?;
    setting(connection, name)
        .await?
        .ok_or(sqlx::Error::RowNotFound)
}

async fn setting(connection: &mut Writing, name: &str) -> Result<Option<String>, sqlx::Error> {
    let found = connection
        .all(Statement::new(READ_SETTING, [name.into()]))
        .await?;
    found.first().map(|row| row.try_get(0)).transpose()
}

#[cfg(test)]
mod tests {
    use super::is_old;

    #[test]
    fn an_old_sqlite_is_told_from_a_new_one() {
        for old in ["3.51.2", "3.9.9", "3.50.12", "2.99.99", "3.51"] {
            assert!(is_old(old), "{old}");
        }
        for new in ["3.51.3", "3.52.0", "4.0.0", "3.51.10"] {
            assert!(!is_old(new), "{new}");
        }
    }
}
