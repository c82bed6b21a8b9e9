//! Tries to sign in, counted by all nodes that share a database.

use jiff::Timestamp;

use crate::read::{ReadError, count};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const COUNT: &str = "INSERT INTO sign_in_tries (login_hash, minute, tries) VALUES ($1, $2, 1) \
    ON CONFLICT (login_hash, minute) DO UPDATE SET tries = sign_in_tries.tries + 1";
const FORGET: &str = "DELETE FROM sign_in_tries WHERE minute < $1";
const TRIES: &str = "SELECT tries FROM sign_in_tries WHERE login_hash = $1 AND minute = $2";

/// Why tries were not counted.
#[derive(Debug, thiserror::Error)]
pub enum CountError {
    /// The try can't be put down.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The tries can't be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl Store {
    /// Counts a try to sign in with a login name, and gives how many there were in this minute, this one included.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn count_sign_in(&self, login: &str, now: Timestamp) -> Result<u32, CountError> {
        let hash = self.inner.subkeys.token_hash(login.as_bytes());
        let minute = now.as_second().div_euclid(60);
        let tried = Statement::new(COUNT, [hash.into(), minute.into()]);
        let before = Statement::new(FORGET, [minute.into()]);
        self.write(vec![before, tried]).await?;
        let found = self
            .read(TRIES, [hash.into(), minute.into()])
            .await
            .map_err(ReadError::from)?;
        let tries = found.first().map(|row| row.try_get(0)).transpose();
        let tries = tries.map_err(ReadError::from)?.unwrap_or_default();
        Ok(count("tries", tries)?)
    }
}
