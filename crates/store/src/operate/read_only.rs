//! A store that only reads.

use std::path::Path;
use std::sync::Arc;

use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use super::schema::schema_of;
use crate::append::AppendError;
use crate::crypto::{KeyRing, MasterKey, Subkeys};
use crate::dialect;
use crate::engine::{Connection, Readers};
use crate::open::{LOCK_WAIT, OpenError, Options, check_kept, check_sqlite};
use crate::read::ReadError;
use crate::store::{Inner, Store};
use crate::writer::{WriteError, Writer};

/// Nothing may be written here.
#[derive(Debug)]
pub(crate) struct ReadOnly;

impl From<ReadOnly> for AppendError {
    fn from(_: ReadOnly) -> AppendError {
        AppendError::ReadOnly
    }
}

impl From<ReadOnly> for WriteError {
    fn from(_: ReadOnly) -> WriteError {
        WriteError::ReadOnly
    }
}

impl Store {
    /// Opens the database at `path` without ever writing to it: neither does it take the steps of the schema that are
    /// still to go. What was made by an older program may hold less than some reads ask for; these fail then. Others may
    /// write to it meanwhile.
    ///
    /// # Errors
    ///
    /// When there is no store, it is a newer program's, the master key is not the right one, or it can't be read.
    pub async fn open_read_only(
        path: &Path,
        master: &MasterKey,
        options: Options,
    ) -> Result<Store, OpenError> {
        let connect = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            .busy_timeout(LOCK_WAIT)
            .pragma("temp_store", "MEMORY")
            .disable_statement_logging();
        let mut reading = connect.connect().await?;
        check_sqlite(&mut reading).await?;
        let schema = schema_of(&mut reading, options).await?;
        let mut reading = Connection::Sqlite(reading);
        let subkeys = Subkeys::derive(master);
        let kept = check_kept(&mut reading, schema, &subkeys, options).await?;
        reading.close().await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(options.readers)
            .test_before_acquire(false)
            .connect_with(connect)
            .await?;
        Ok(Store {
            inner: Arc::new(Inner::new(
                Writer::none(kept.position),
                Readers::Sqlite(readers),
                Arc::new(KeyRing::new(&subkeys)),
                subkeys,
                (options.segmenter, kept.stale_search),
                None,
            )),
        })
    }

    /// Whether nothing can be written because the store was opened so.
    pub fn is_read_only(&self) -> bool {
        self.inner.writer.is_none()
    }

    /// Refuses a write at once where nothing may be written.
    pub(crate) fn writable(&self) -> Result<(), ReadOnly> {
        if self.is_read_only() {
            Err(ReadOnly)
        } else {
            Ok(())
        }
    }

    /// What the database's own check of its files finds; nothing if they are whole. It reads everything.
    ///
    /// # Errors
    ///
    /// When the check can't be run.
    pub async fn integrity(&self) -> Result<Vec<String>, ReadError> {
        let rows = self.read(dialect::CHECK_FILES, []).await?;
        let lines = rows.iter().map(|row| row.try_get(0));
        let mut found: Vec<String> = lines.collect::<Result<_, _>>()?;
        found.retain(|line| line != "ok");
        Ok(found)
    }
}
