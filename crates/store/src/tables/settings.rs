//! Settings by name.

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
        let found = self.read(GET, [name.into()]).await?;
        let value = found.first().map(|row| row.try_get(0)).transpose()?;
        Ok(value)
    }

    /// Puts a setting.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn put_setting(&self, name: &str, value: &str) -> Result<(), WriteError> {
        self.write_told(vec![Statement::new(PUT, [name.into(), value.into()])])
            .await
            .map(drop)
    }
}
