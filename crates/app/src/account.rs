//! Accounts: signing in and out, one-time links, passwords.

use std::collections::BTreeSet;

use huiyin_case::id::PersonId;
use huiyin_store::{Account, AccountId, CountError, Session, WriteError};
use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::error::Error;
use crate::ids;
use crate::password::Unusable;
use crate::principal::{AccountRole, Principal};
use crate::secret::Secret;
use crate::session::{AGE_MAX, IDLE_MAX, TRIES_PER_MINUTE};

/// How long a one-time link works (ASVS 6.4.1).
pub(crate) const INVITATION_LASTS: SignedDuration = SignedDuration::from_hours(72);
/// Fewest and most characters of a login name, both inclusive.
const LOGIN_CHARS: std::ops::RangeInclusive<usize> = 2..=64;
/// A session's last use is put down at most this often.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Why someone could not sign in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Login name or password is wrong, or the account is closed: which of them is not told.
    #[error("login name or password is wrong")]
    Failed,
    /// Too many tries.
    #[error("too many tries")]
    TooManyTries {
        /// Seconds to wait.
        retry_after_seconds: u64,
    },
    /// Something else failed.
    #[error(transparent)]
    App(#[from] Error),
}

/// Why a link made no account.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// Used, expired or never there.
    #[error("the link can't be used")]
    Unusable,
    /// The login name is taken, too short or too long, or has spaces.
    #[error("the login name can't be used")]
    LoginUnusable,
    /// The password can't be used.
    #[error(transparent)]
    Password(#[from] Unusable),
    /// Something else failed.
    #[error(transparent)]
    App(#[from] Error),
}

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The present password is wrong.
    #[error("the current password is wrong")]
    Wrong,
    /// The new one can't be used.
    #[error(transparent)]
    Unusable(#[from] Unusable),
    /// Something else failed.
    #[error(transparent)]
    App(#[from] Error),
}

/// A one-time link for a person.
#[derive(Debug)]
pub struct Invited {
    /// The secret of the link.
    pub secret: Secret,
    /// Until when it works (exclusive).
    pub expires_at: Timestamp,
}

/// An account as an administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLine {
    /// The person.
    pub person: PersonId,
    /// Login name.
    pub login: String,
    /// Roles.
    pub roles: BTreeSet<AccountRole>,
    /// Whether it may be used: that of somebody who left is closed.
    pub open: bool,
}

impl App {
    /// Opens a session.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn sign_in(
        &self,
        login: &str,
        password: &str,
    ) -> Result<(Secret, Principal), SignInError> {
        self.limit_tries(login).await?;
        let account = self
            .store()
            .account_by_login(&tidy(login))
            .await
            .map_err(Error::from)?
            .filter(|account| account.active);
        let fits = self
            .passwords
            .verify(
                account
                    .as_ref()
                    .map(|account| account.password_hash.as_str()),
                password,
            )
            .await;
        match account.filter(|_| fits) {
            Some(account) => {
                self.record_sign_in(&account, true).await?;
                Ok(self.open_session(&account).await?)
            }
            None => {
                self.record_failed_sign_in().await?;
                Err(SignInError::Failed)
            }
        }
    }

    /// Counts a try: on this node, and by all nodes on a database they share.
    async fn limit_tries(&self, login: &str) -> Result<(), SignInError> {
        let too_many = |retry_after_seconds| SignInError::TooManyTries {
            retry_after_seconds,
        };
        self.sign_in_limits.count(login).map_err(too_many)?;
        if !self.store().is_shared() {
            return Ok(());
        }
        let now = self.now();
        let tries = self.store().count_sign_in(&tidy(login), now).await;
        let tries = tries.map_err(|failed| match failed {
            CountError::Write(failed) => Error::from(failed),
            CountError::Read(failed) => Error::from(failed),
        })?;
        if tries > TRIES_PER_MINUTE.get() {
            let into_minute = now.as_second().rem_euclid(60);
            return Err(too_many(60 - into_minute.unsigned_abs()));
        }
        Ok(())
    }

    /// Ends a session.
    pub async fn sign_out(&self, token: &str) {
        self.sessions.clear();
        if self.read_only().is_some() {
            return self.end_passing(token).await;
        }
        if let Err(error) = self.store().end_session(token.as_bytes()).await {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "a session could not be ended"
            );
        }
    }

    /// Who holds this token, unless the session has ended.
    pub async fn principal(&self, token: &str) -> Option<Principal> {
        let now = self.now();
        let cached = crate::secret::hash(token);
        if let Some(principal) = self.sessions.get(&cached, now) {
            return Some(principal);
        }
        let session = self.session(token, now).await?;
        if now.duration_since(session.seen_at) > IDLE_MAX {
            return None;
        }
        let account = self
            .store()
            .account(session.account)
            .await
            .ok()?
            .filter(|account| account.active)?;
        if now.duration_since(session.seen_at) > SEEN_EVERY {
            self.touch(token, now).await?;
        }
        let principal = principal_of(&account)?;
        self.sessions.put(cached, principal.clone(), now);
        Some(principal)
    }

    /// Who works on the data directory itself: the account with this login, or without one the first administrator.
    ///
    /// # Errors
    /// [`Error::NotFound`] if no such account is in use.
    pub async fn operator(&self, login: Option<&str>) -> Result<Principal, Error> {
        let Some(login) = login else {
            return Ok(Principal {
                person: self.first_administrator().await?,
                roles: BTreeSet::from([AccountRole::Administrator]),
            });
        };
        let account = self.store().account_by_login(&tidy(login)).await?;
        account
            .filter(|account| account.active)
            .and_then(|account| principal_of(&account))
            .ok_or(Error::NotFound)
    }

    /// Whether nobody has made an account yet.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn setup_is_open(&self) -> Result<bool, Error> {
        Ok(self.store().accounts().await?.is_empty())
    }

    /// Makes an account with a one-time link, or opens the one there is with a new login name and password, and opens a
    /// session.
    ///
    /// # Errors
    /// [`AcceptError`].
    pub async fn accept_link(
        &self,
        token: &str,
        login: &str,
        password: &str,
    ) -> Result<(Secret, Principal), AcceptError> {
        let now = self.now();
        let login = tidy(login);
        if !LOGIN_CHARS.contains(&login.chars().count()) || login.contains(char::is_whitespace) {
            return Err(AcceptError::LoginUnusable);
        }
        let invitation = self
            .store()
            .invitation(token.as_bytes(), now)
            .await
            .map_err(Error::from)?;
        let invitation = invitation.ok_or(AcceptError::Unusable)?;
        let directory = self.directory();
        if directory.organisation.active(invitation.person).is_none() {
            return Err(AcceptError::Unusable);
        }
        let accounts = self.store().accounts().await.map_err(Error::from)?;
        let known = accounts
            .into_iter()
            .find(|account| account.person == Some(invitation.person));
        let changes = known.is_some();
        // An account in use keeps its roles: a new password gives no further right, and takes none.
        let roles = match &known {
            Some(known) if known.active => known.roles.clone(),
            _ => invitation.roles,
        };
        let account = Account {
            id: known
                .as_ref()
                .map_or_else(|| AccountId::new(ids::new()), |known| known.id),
            password_hash: self.passwords.hash(&login, password).await?,
            login,
            person: Some(invitation.person),
            roles,
            active: true,
            created_at: known.map_or(now, |known| known.created_at),
        };
        let accepted = self
            .store()
            .accept_invitation(token.as_bytes(), &account, changes, now)
            .await;
        match accepted {
            Ok(()) => {}
            Err(WriteError::Unmet) => return Err(AcceptError::Unusable),
            Err(WriteError::Duplicate) => return Err(AcceptError::LoginUnusable),
            Err(failed) => return Err(Error::from(failed).into()),
        }
        self.sessions.clear();
        self.record_sign_in(&account, true).await?;
        Ok(self.open_session(&account).await?)
    }

    /// All accounts that belong to a person.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn accounts(&self) -> Result<Vec<AccountLine>, Error> {
        let accounts = self.store().accounts().await?;
        let lines = accounts.into_iter().filter_map(|account| {
            let principal = principal_of(&account)?;
            Some(AccountLine {
                person: principal.person,
                open: account.active,
                login: account.login,
                roles: principal.roles,
            })
        });
        Ok(lines.collect())
    }

    /// Changes the own password. All other sessions of the account end.
    ///
    /// # Errors
    /// [`PasswordError`].
    pub async fn change_password(
        &self,
        principal: &Principal,
        kept: &str,
        current: &str,
        new: &str,
    ) -> Result<(), PasswordError> {
        let accounts = self.store().accounts().await.map_err(Error::from)?;
        let account = accounts
            .into_iter()
            .find(|account| account.person == Some(principal.person));
        let mut account = account.ok_or(Error::NotFound)?;
        if !self
            .passwords
            .verify(Some(&account.password_hash), current)
            .await
        {
            return Err(PasswordError::Wrong);
        }
        account.password_hash = self.passwords.hash(&account.login, new).await?;
        self.sessions.clear();
        self.store()
            .update_account(&account)
            .await
            .map_err(Error::from)?;
        let now = self.now();
        self.store()
            .open_session(kept.as_bytes(), account.id, now, now + AGE_MAX)
            .await
            .map_err(Error::from)?;
        Ok(())
    }

    async fn open_session(&self, account: &Account) -> Result<(Secret, Principal), Error> {
        let principal = principal_of(account).ok_or(Error::Forbidden)?;
        let token = Secret::generate();
        let now = self.now();
        let ends = now + AGE_MAX;
        if self.read_only().is_some() {
            self.passing.open(token.reveal(), account.id, now, ends);
        } else {
            let bytes = token.reveal().as_bytes();
            self.store()
                .open_session(bytes, account.id, now, ends)
                .await?;
        }
        Ok((token, principal))
    }

    /// The session under a token: one that began in read-only mode, or one in the database that did not end in it.
    async fn session(&self, token: &str, now: Timestamp) -> Option<Session> {
        if let Some(session) = self.passing.find(token, now) {
            return Some(session);
        }
        if self.passing.is_ended(token) {
            return None;
        }
        self.store().session(token.as_bytes(), now).await.ok()?
    }

    async fn touch(&self, token: &str, now: Timestamp) -> Option<()> {
        if self.read_only().is_some() {
            self.passing.touch(token, now);
            return Some(());
        }
        self.store().touch_session(token.as_bytes(), now).await.ok()
    }

    /// Ends a session where nothing can be written. A token that no session has is not remembered.
    async fn end_passing(&self, token: &str) {
        if self.session(token, self.now()).await.is_some() {
            self.passing.end(token);
        }
    }
}

/// Login names are compared in lower case, without spaces around them.
fn tidy(login: &str) -> String {
    login.trim().to_lowercase()
}

/// An account without a person, or with a role of a later version, opens nothing.
fn principal_of(account: &Account) -> Option<Principal> {
    let roles = account
        .roles
        .iter()
        .filter_map(|role| role.parse().ok())
        .collect();
    Some(Principal {
        person: account.person?,
        roles,
    })
}
