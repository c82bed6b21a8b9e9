//! Parties of a case.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::case::FactView;
use super::form::PartForm;

/// A role that people can have in a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PartyRoleForm {
    /// The role.
    pub role: String,
    /// Its title.
    pub title: String,
    /// The clause behind it.
    pub clause: String,
    /// How many a case may have.
    pub max: u32,
    /// Whether such a party is one of the organisation's own people.
    pub employee: EmployeeKind,
    /// What is filled in of each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<PartForm>,
}

/// Whether a party is one of the organisation's own people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EmployeeKind {
    /// Never.
    Never,
    /// It may be either.
    Allowed,
    /// Always.
    Always,
}

/// The parties of a case in one role.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartyGroup {
    /// The role.
    #[serde(flatten)]
    pub role: PartyRoleForm,
    /// Those who have it.
    pub parties: Vec<PartyView>,
}

/// A party of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartyView {
    /// Its id.
    pub id: String,
    /// Who it is: the name of one of the organisation's own people, or an outsider's, masked.
    pub name: String,
    /// Which of the organisation's own people it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// What is filled in of it, masked where it is personal.
    pub fields: Vec<FactView>,
}

/// Somebody to be a party.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewParty {
    /// In which role.
    pub role: String,
    /// Which of the organisation's own people it is; absent for an outsider.
    pub person: Option<String>,
    /// Values of the fields of the role's part.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Object>)]
    pub fields: BTreeMap<String, Json>,
}

/// A party in full.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartyInFull {
    /// What is filled in of it.
    pub fields: Vec<FactView>,
}
