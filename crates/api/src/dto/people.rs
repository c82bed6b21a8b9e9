//! Units, people and accounts.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A unit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct UnitName {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Names from the root down, `总公司 / 客服部`.
    pub path: String,
}

/// A person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PersonName {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// The person's unit.
    pub unit: UnitName,
}

/// A person with the account, if there is one.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PersonAccount {
    /// The person.
    pub person: PersonName,
    /// Positions held.
    pub positions: Vec<String>,
    /// Login name, once there is an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// Roles of the account.
    pub roles: Vec<String>,
    /// Whether the person still works here.
    pub active: bool,
}

/// Which roles an invited person's account gets.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Invite {
    /// Roles: `administrator`, `staff`, `supervisor`, `auditor`, `reader`.
    pub roles: Vec<String>,
}

/// A one-time link for one person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Invitation {
    /// The link to hand over.
    pub link: String,
    /// Until when it works, RFC 3339, exclusive.
    pub expires_at: String,
}
