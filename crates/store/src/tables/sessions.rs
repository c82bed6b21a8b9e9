//! Sessions. Tokens themselves are never kept, only their keyed hashes.

use jiff::Timestamp;

use super::accounts::AccountId;
use crate::read::{ReadError, instant, parsed};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const OPEN: &str = "INSERT INTO sessions (token_hash, account_id, created_at_us, seen_at_us, expires_at_us) VALUES ($1, $2, $3, $3, $4)";
const FIND: &str = "SELECT account_id, created_at_us, seen_at_us, expires_at_us FROM sessions WHERE token_hash = $1 AND expires_at_us > $2";
const SEEN: &str = "UPDATE sessions SET seen_at_us = $2 WHERE token_hash = $1";
const END: &str = "DELETE FROM sessions WHERE token_hash = $1";
const END_ALL: &str = "DELETE FROM sessions WHERE account_id = $1";
const PURGE_SESSIONS: &str = "DELETE FROM sessions WHERE expires_at_us <= $1";
const PURGE_PORTAL: &str = "DELETE FROM portal_sessions WHERE expires_at_us <= $1";
const PURGE_ANSWERS: &str = "DELETE FROM idempotency WHERE expires_at_us <= $1";

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose.
    pub account: AccountId,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// When it ends at the latest (exclusive).
    pub expires_at: Timestamp,
}

impl Store {
    /// Opens a session under a secret token.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn open_session(
        &self,
        token: &[u8],
        account: AccountId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), WriteError> {
        let hash = self.inner.subkeys.token_hash(token);
        let args = [
            hash.into(),
            account.to_string().into(),
            now.as_microsecond().into(),
            expires_at.as_microsecond().into(),
        ];
        self.write(vec![Statement::new(OPEN, args)]).await.map(drop)
    }

    /// The session under a token, unless it has expired at `now`.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn session(
        &self,
        token: &[u8],
        now: Timestamp,
    ) -> Result<Option<Session>, ReadError> {
        let hash = self.inner.subkeys.token_hash(token);
        let args = [hash.into(), now.as_microsecond().into()];
        let found = self.read(FIND, args).await?;
        let Some(row) = found.first() else {
            return Ok(None);
        };
        Ok(Some(Session {
            account: parsed("account_id", row.try_get(0)?)?,
            created_at: instant("created_at_us", row.try_get(1)?)?,
            seen_at: instant("seen_at_us", row.try_get(2)?)?,
            expires_at: instant("expires_at_us", row.try_get(3)?)?,
        }))
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn touch_session(&self, token: &[u8], now: Timestamp) -> Result<(), WriteError> {
        let hash = self.inner.subkeys.token_hash(token);
        self.write(vec![Statement::new(
            SEEN,
            [hash.into(), now.as_microsecond().into()],
        )])
        .await
        .map(drop)
    }

    /// Ends a session; one that is not there is ended already.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn end_session(&self, token: &[u8]) -> Result<(), WriteError> {
        let hash = self.inner.subkeys.token_hash(token);
        self.write(vec![Statement::new(END, [hash.into()])])
            .await
            .map(drop)
    }

    /// Ends all sessions of an account.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn end_sessions(&self, account: AccountId) -> Result<(), WriteError> {
        self.write(vec![Statement::new(END_ALL, [account.to_string().into()])])
            .await
            .map(drop)
    }

    /// Deletes sessions and kept answers that have expired at `now`.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn purge_expired(&self, now: Timestamp) -> Result<(), WriteError> {
        let purge = |sql| Statement::new(sql, [now.as_microsecond().into()]);
        self.write(
            [PURGE_SESSIONS, PURGE_PORTAL, PURGE_ANSWERS]
                .map(purge)
                .into(),
        )
        .await
        .map(drop)
    }
}
