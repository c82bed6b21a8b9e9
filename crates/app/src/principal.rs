//! Who is signed in.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use huiyin_case::id::PersonId;

/// A signed-in person with the roles of the account. What the *policy* lets the person do follows from positions and
/// units in the organisation; account roles only open doors of the product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The person.
    pub person: PersonId,
    /// The account's roles.
    pub roles: BTreeSet<AccountRole>,
}

impl Principal {
    /// Whether the account has the role.
    pub fn is(&self, role: AccountRole) -> bool {
        self.roles.contains(&role)
    }
}

/// Roles of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountRole {
    /// Keeps accounts, organisation and policies; sees no case.
    Administrator,
    /// Takes cases in and handles those of the own unit.
    Staff,
    /// Sees every case and what is late.
    Supervisor,
    /// Reads every case and every record of access; changes nothing.
    Auditor,
    /// Reads the cases that name his unit as their reader, and their figures; does what a policy names him for.
    Reader,
}

impl AccountRole {
    /// All roles.
    pub const ALL: [Self; 5] = [
        Self::Administrator,
        Self::Staff,
        Self::Supervisor,
        Self::Auditor,
        Self::Reader,
    ];

    /// The stored and published name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Staff => "staff",
            Self::Supervisor => "supervisor",
            Self::Auditor => "auditor",
            Self::Reader => "reader",
        }
    }
}

impl fmt::Display for AccountRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A role name nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no account role is called `{0}`")]
pub struct UnknownRole(pub String);

impl FromStr for AccountRole {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| UnknownRole(text.to_owned()))
    }
}
