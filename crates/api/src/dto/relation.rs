//! Relations that the organisation knows of, for those who keep them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::people::{PersonName, UnitName};

/// What somebody is to another person or to a unit.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RelationWord {
    /// Married.
    Spouse,
    /// Of one family.
    Relative,
    /// Worked together once.
    FormerColleague,
    /// One was the other's superior.
    FormerSuperior,
    /// Has money in it, or owes or lends some.
    FinancialInterest,
    /// Anything else that makes somebody partial.
    Other,
}

/// A relation of a person. Exactly one of `person` and `unit` is there.
#[derive(Serialize, ToSchema)]
pub(crate) struct RelationView {
    /// Id.
    pub id: String,
    /// What it is.
    pub kind: RelationWord,
    /// The person on the other side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonName>,
    /// The unit on the other side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitName>,
    /// First day, inclusive; absent if it always was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Last day, inclusive; absent while it lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Whether it holds today.
    pub now: bool,
    /// What was noted; may be empty.
    pub note: String,
    /// Name of who recorded it.
    pub recorded_by: String,
    /// When, RFC 3339.
    pub recorded_at: String,
}

/// A relation to record: to a person or to a unit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRelation {
    /// What it is.
    pub kind: RelationWord,
    /// Id of the person on the other side.
    pub person: Option<String>,
    /// Id of the unit on the other side.
    pub unit: Option<String>,
    /// First day, inclusive, `2026-03-02`; absent if it always was.
    pub since: Option<String>,
    /// Last day, inclusive; absent while it lasts.
    pub until: Option<String>,
    /// What only those who keep relations read.
    #[serde(default)]
    pub note: String,
}

/// The last day of a relation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RelationEnd {
    /// Last day, inclusive, `2026-03-02`.
    pub until: String,
}
