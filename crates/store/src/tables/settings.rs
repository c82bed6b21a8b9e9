//! Settings by name.

use sqlx::Sqlite;

use crate::read::ReadError;
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const GET: &str = "SELECT value FROM settings WHERE name = $1";
pub(crate) const PUT: &str = "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

impl Store {
    /// A setting, if it was ever put. Names beginning with `store.` are the store's own.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, ReadError> {
        Ok(sqlx::query_scalar::<Sqlite, String>(GET)
            .bind(name.to_owned())
            .fetch_optional(&self.inner.readers)
            .await?)
    }

    /// Puts a setting.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn put_setting(&self, name: &str, value: &str) -> Result<(), WriteError> {
        self.write(vec![Statement::new(PUT, [name.into(), value.into()])])
            .await
            .map(drop)
    }
}
