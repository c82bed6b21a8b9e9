//! Invitations: one-time links by which a person makes an account. Tokens themselves are never kept.

use huiyin_case::id::PersonId;
use jiff::Timestamp;

use super::accounts::{Account, add, update};
use crate::read::{ReadError, instant, parsed};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const ADD: &str =
    "INSERT INTO invitations (token_hash, person_id, roles, expires_at_us) VALUES ($1, $2, $3, $4)";
const FIND: &str = "SELECT person_id, roles, expires_at_us FROM invitations WHERE token_hash = $1 AND used_at_us IS NULL AND expires_at_us > $2";
const USE: &str = "UPDATE invitations SET used_at_us = $2 WHERE token_hash = $1 AND used_at_us IS NULL AND expires_at_us > $2";

/// Whom a one-time link is for, and which roles the account will have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The person.
    pub person: PersonId,
    /// Names of the roles.
    pub roles: Vec<String>,
    /// Until when it can be used (exclusive).
    pub expires_at: Timestamp,
}

impl Store {
    /// Keeps an invitation under its secret token.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn add_invitation(
        &self,
        token: &[u8],
        invitation: &Invitation,
    ) -> Result<(), WriteError> {
        let hash = self.inner.subkeys.token_hash(token);
        let values = [
            hash.into(),
            invitation.person.to_string().into(),
            invitation.roles.join(" ").into(),
            invitation.expires_at.as_microsecond().into(),
        ];
        self.write(vec![Statement::new(ADD, values)])
            .await
            .map(drop)
    }

    /// The invitation under a token, unless it was used or has expired at `now`.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn invitation(
        &self,
        token: &[u8],
        now: Timestamp,
    ) -> Result<Option<Invitation>, ReadError> {
        let hash = self.inner.subkeys.token_hash(token);
        let args = [hash.into(), now.as_microsecond().into()];
        let found = self.read(FIND, args).await?;
        let Some(row) = found.first() else {
            return Ok(None);
        };
        let roles: String = row.try_get(1)?;
        Ok(Some(Invitation {
            person: parsed("person_id", row.try_get(0)?)?,
            roles: roles.split_whitespace().map(str::to_owned).collect(),
            expires_at: instant("expires_at_us", row.try_get(2)?)?,
        }))
    }

    /// Makes an account with an invitation, or with `changes` changes one that is there; all its sessions end. The
    /// invitation is used up by it.
    ///
    /// # Errors
    ///
    /// [`WriteError::Unmet`] when there is no such invitation, or it was used or has expired;
    /// [`WriteError::Duplicate`] when the login is taken.
    pub async fn accept_invitation(
        &self,
        token: &[u8],
        account: &Account,
        changes: bool,
        now: Timestamp,
    ) -> Result<(), WriteError> {
        let hash = self.inner.subkeys.token_hash(token);
        let use_up = Statement::new(USE, [hash.into(), now.as_microsecond().into()]).changing_one();
        let put = if changes {
            update(account)
        } else {
            vec![add(account)]
        };
        let statements = std::iter::once(use_up).chain(put).collect();
        self.write(statements).await.map(drop)
    }
}
