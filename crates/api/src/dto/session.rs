//! Signing in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::organisation::ActsFor;
use super::people::PersonName;

/// A login name and a password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    /// Login name.
    pub login: String,
    /// Password.
    pub password: String,
}

/// A one-time link turned into an account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptLink {
    /// The secret of the link.
    pub token: String,
    /// The login name wanted.
    pub login: String,
    /// The password wanted.
    pub password: String,
}

/// A change of the own password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangePassword {
    /// The present password.
    pub current: String,
    /// The new one.
    pub new: String,
}

/// Whether the product still waits for its first administrator.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetupState {
    /// True until the one-time link has been used.
    pub open: bool,
}

/// Who is signed in, and what the account opens.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    /// The person.
    pub person: PersonName,
    /// The account's roles.
    pub roles: Vec<String>,
    /// What the account may do: `register`, `handle`, `see_statistics`, `administer`, `audit`, `see_organisation`, `see_vouchers`,
    /// `see_deductions`.
    pub may: Vec<String>,
    /// For whom the caller may act today.
    pub acts_for: Vec<ActsFor>,
    /// Last day of the caller's present absence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent_until: Option<String>,
    /// The organisation's name.
    pub organisation: String,
    /// Why the server only reads for now, in words; absent while it takes writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_only: Option<String>,
    /// The server's time, RFC 3339, for countdowns.
    pub server_time: String,
}
