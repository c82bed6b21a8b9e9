//! Steps of the schema may leave tables behind what the log says, until they are derived anew.

use sqlx::{PgConnection, SqliteConnection};

use crate::read::ReadError;
use crate::store::Store;
use crate::tables::PUT_SETTING;
use crate::writer::WriteError;

const MAY_LAG: &str = "store.tables_may_lag";
const YES: &str = "yes";
const NO: &str = "no";

/// Puts down, together with the steps, that they were taken: whoever is killed after that finds it at the next start.
pub(crate) async fn note_lag(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query(PUT_SETTING)
        .bind(MAY_LAG)
        .bind(YES)
        .execute(connection)
        .await
        .map(drop)
}

/// The same of a database on a server.
pub(crate) async fn note_lag_on_server(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query(PUT_SETTING)
        .bind(MAY_LAG)
        .bind(YES)
        .execute(connection)
        .await
        .map(drop)
}

impl Store {
    /// Whether steps of the schema were taken since the tables were last known to be what the log says.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn tables_may_lag(&self) -> Result<bool, ReadError> {
        Ok(self.setting(MAY_LAG).await?.as_deref() == Some(YES))
    }

    /// Puts down that the tables are what the log says.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn tables_agree(&self) -> Result<(), WriteError> {
        self.put_setting(MAY_LAG, NO).await
    }
}
