//! A copy of a database that others go on using.

use std::fs::File;
use std::io;
use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::dialect::{self, Meaning, meaning};

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The disk or quota is full.
    #[error("there is no room for the copy")]
    Full,
    /// The database can't be read, or the copy can't be written.
    #[error("the database can't be copied")]
    Database(#[source] sqlx::Error),
    /// The copy can't be brought to the disk.
    #[error("the copy can't be synced")]
    Sync(#[source] io::Error),
}

/// Writes the database at `from`, as it is at one moment, into a new file at `to`, and returns once that is on disk.
/// Whatever was committed before the call is in it. Writers go on meanwhile: they neither wait nor make it begin anew.
/// What was deleted is not in the copy, not even in unused parts of it.
///
/// # Errors
///
/// See [`CopyError`]; what stands at `to` then is of no use.
pub async fn copy_database(from: &Path, to: &Path) -> Result<(), CopyError> {
    let mut connection = SqliteConnectOptions::new()
        .filename(from)
        .read_only(true)
        .pragma("temp_store", "MEMORY")
        .disable_statement_logging()
        .connect()
        .await
        .map_err(fault)?;
    let copied = sqlx::query(dialect::COPY_INTO)
        .bind(to.to_string_lossy().into_owned())
        .execute(&mut connection)
        .await
        .map_err(fault);
    // A reader has nothing to write when it goes.
    let _ = connection.close().await;
    copied?;
    let synced = File::open(to).and_then(|file| file.sync_all());
    synced.map_err(CopyError::Sync)
}

fn fault(error: sqlx::Error) -> CopyError {
    match &error {
        sqlx::Error::Database(database) if meaning(&**database) == Meaning::Full => CopyError::Full,
        _ => CopyError::Database(error),
    }
}
