//! A store that only reads.

use std::path::Path;
use std::sync::Arc;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{ConnectOptions, Sqlite};
use subtle::ConstantTimeEq;

use super::schema::schema_of;
use crate::append::AppendError;
use crate::crypto::{KeyRing, MasterKey, Subkeys};
use crate::dialect;
use crate::engine::Readers;
use crate::open::{
    KEY_CHECK, LOCK_WAIT, OpenError, Options, READ_SETTING, SEGMENTER_VERSION, check_sqlite,
};
use crate::read::ReadError;
use crate::store::{Inner, Store};
use crate::writer::{WriteError, Writer};

const LAST_POSITION: &str = "SELECT COALESCE(MAX(position), 0) FROM events";

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
        let readers = SqlitePoolOptions::new()
            .max_connections(options.readers)
            .test_before_acquire(false)
            .connect_with(connect)
            .await?;
        let mut reading = readers.acquire().await?;
        check_sqlite(&mut reading).await?;
        let schema = schema_of(&mut reading, options)
            .await?
            .ok_or(OpenError::Nothing)?;
        if schema.is_newer() {
            return Err(OpenError::Newer(schema));
        }
        let subkeys = Subkeys::derive(master);
        let setting = sqlx::query_scalar::<Sqlite, String>(READ_SETTING);
        let kept = setting
            .bind(KEY_CHECK)
            .fetch_optional(&mut *reading)
            .await?;
        let kept = kept.ok_or(OpenError::Nothing)?;
        if !bool::from(kept.as_bytes().ct_eq(master.check().as_bytes())) {
            return Err(OpenError::WrongMasterKey);
        }
        let setting = sqlx::query_scalar::<Sqlite, String>(READ_SETTING);
        let indexed_by = setting
            .bind(SEGMENTER_VERSION)
            .fetch_optional(&mut *reading)
            .await?;
        let position = sqlx::query_scalar::<Sqlite, i64>(LAST_POSITION)
            .fetch_one(&mut *reading)
            .await?;
        drop(reading);
        let stale_search = indexed_by != Some(options.segmenter.version.to_string());
        Ok(Store {
            inner: Arc::new(Inner::new(
                Writer::none(position),
                Readers::Sqlite(readers),
                Arc::new(KeyRing::new(&subkeys)),
                subkeys,
                (options.segmenter, stale_search),
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
