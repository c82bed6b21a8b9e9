//! Accounts: who may sign in, and as what.

use std::fmt;
use std::str::FromStr;

use huiyin_case::id::PersonId;
use jiff::Timestamp;
use uuid::Uuid;

use crate::engine::Row;
use crate::read::{ReadError, instant, parsed};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const ADD: &str = "INSERT INTO accounts (account_id, login, person_id, roles, password_hash, active, created_at_us) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
const UPDATE: &str = "UPDATE accounts SET login = $2, person_id = $3, roles = $4, password_hash = $5, active = $6 WHERE account_id = $1";
const END_SESSIONS: &str = "DELETE FROM sessions WHERE account_id = $1";
const ALL: &str = "SELECT account_id, login, person_id, roles, password_hash, active, created_at_us FROM accounts ORDER BY login";
const BY_ID: &str = "SELECT account_id, login, person_id, roles, password_hash, active, created_at_us FROM accounts WHERE account_id = $1";
const BY_LOGIN: &str = "SELECT account_id, login, person_id, roles, password_hash, active, created_at_us FROM accounts WHERE login = $1";

/// An account, which is neither a person nor a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(Uuid);

impl AccountId {
    /// Takes a UUID as the id of an account.
    pub const fn new(uuid: Uuid) -> AccountId {
        AccountId(uuid)
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for AccountId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<AccountId, uuid::Error> {
        text.parse().map(AccountId)
    }
}

/// Who may sign in, and as what.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Id.
    pub id: AccountId,
    /// Name to sign in with, unique.
    pub login: String,
    /// The person behind it; an administrator's account may have none.
    pub person: Option<PersonId>,
    /// Names of its roles.
    pub roles: Vec<String>,
    /// Hash of the password, opaque to the store.
    pub password_hash: String,
    /// Whether it may sign in.
    pub active: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .field("roles", &self.roles)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Makes an account.
    ///
    /// # Errors
    ///
    /// [`WriteError::Duplicate`] when the login is taken.
    pub async fn add_account(&self, account: &Account) -> Result<(), WriteError> {
        self.write(vec![add(account)]).await.map(drop)
    }

    /// Changes everything about an account but its id. All its sessions end, so that no right outlives the change.
    ///
    /// # Errors
    ///
    /// [`WriteError::Unmet`] when there is no such account; [`WriteError::Duplicate`] when the login is taken.
    pub async fn update_account(&self, account: &Account) -> Result<(), WriteError> {
        self.write(update(account)).await.map(drop)
    }

    /// All accounts, by login.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn accounts(&self) -> Result<Vec<Account>, ReadError> {
        self.read(ALL, []).await?.iter().map(account).collect()
    }

    /// An account.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>, ReadError> {
        let found = self.read(BY_ID, [id.to_string().into()]).await?;
        found.first().map(account).transpose()
    }

    /// The account with this login.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>, ReadError> {
        let found = self.read(BY_LOGIN, [login.into()]).await?;
        found.first().map(account).transpose()
    }
}

pub(super) fn add(account: &Account) -> Statement {
    let args = [
        account.id.to_string().into(),
        account.login.as_str().into(),
        account.person.map(|person| person.to_string()).into(),
        account.roles.join(" ").into(),
        account.password_hash.as_str().into(),
        account.active.into(),
        account.created_at.as_microsecond().into(),
    ];
    Statement::new(ADD, args)
}

/// The statements that change everything about an account but its id, and end all its sessions.
pub(super) fn update(account: &Account) -> Vec<Statement> {
    let id = account.id.to_string();
    let args = [
        id.as_str().into(),
        account.login.as_str().into(),
        account.person.map(|person| person.to_string()).into(),
        account.roles.join(" ").into(),
        account.password_hash.as_str().into(),
        account.active.into(),
    ];
    vec![
        Statement::new(UPDATE, args).changing_one(),
        Statement::new(END_SESSIONS, [id.into()]),
    ]
}

fn account(row: Row<'_>) -> Result<Account, ReadError> {
    Ok(Account {
        id: parsed("account_id", row.try_get(0)?)?,
        login: row.try_get(1)?,
        person: row
            .try_get::<Option<&str>>(2)?
            .map(|id| parsed("person_id", id))
            .transpose()?,
        roles: row
            .try_get::<&str>(3)?
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        password_hash: row.try_get(4)?,
        active: row.try_get::<i64>(5)? != 0,
        created_at: instant("created_at_us", row.try_get(6)?)?,
    })
}
