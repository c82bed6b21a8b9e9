//! Adoptions of a policy by units, with values of their own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::people::{PersonName, UnitName};
use super::policy_version::PolicyVersionView;

/// The adoptions of a policy, and what units may set of their own.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AdoptionsView {
    /// The policy's title.
    pub title: String,
    /// The policy's parameters, in its order.
    pub parameters: Vec<ParameterView>,
    /// The adoptions by unit, of each unit the newest first.
    pub adoptions: Vec<AdoptionView>,
    /// Whether the caller may have units adopt the policy, and end that.
    pub may_change: bool,
}

/// A parameter of a policy.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ParameterView {
    /// Name in the policy.
    pub id: String,
    /// Title.
    pub title: String,
    /// The clause that leaves the blank.
    pub clause: String,
    /// What kind of value it takes.
    #[serde(rename = "type")]
    pub ty: ParameterType,
    /// What units may set it to.
    pub units: UnitRuleView,
    /// The organisation's value in words.
    pub value: String,
    /// The same as it is set, such as `3 working days`; absent where it can't be set in one word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
}

/// What kind of value a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ParameterType {
    /// A whole number.
    Integer,
    /// An amount.
    Money,
    /// A share of 100.
    Percent,
    /// A limit.
    Limit,
    /// How often a duty is due.
    Period,
    /// A text.
    Text,
}

/// What a unit may set a parameter to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum UnitRuleView {
    /// Nothing else than the organisation.
    Fixed,
    /// Anything that the policy can be run with.
    Any,
    /// As much as the organisation, or less.
    AtMost,
    /// As much as the organisation, or more.
    AtLeast,
}

/// The adoption of a version of a policy by a unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AdoptionView {
    /// The number that cases keep, from when, how it stands and its stops.
    #[serde(flatten)]
    pub version: PolicyVersionView,
    /// Whether from that day on the unit uses what is used above it.
    pub ends: bool,
    /// What the unit sets of its own, in the policy's order.
    pub own: Vec<OwnValueView>,
    /// Who decided it.
    pub decided_by: PersonName,
    /// When, RFC 3339.
    pub decided_at: String,
}

/// A value that a unit sets of its own.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnValueView {
    /// The parameter's name in the policy.
    pub parameter: String,
    /// Its title.
    pub title: String,
    /// The value in words.
    pub value: String,
    /// The same as it is set.
    pub written: String,
    /// The organisation's value in words.
    pub organisation: String,
}

/// A unit that is to adopt a policy.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAdoptionBody {
    /// The unit.
    pub unit: String,
    /// The first day, ISO; today if absent.
    pub from: Option<String>,
    /// What it sets of its own, by parameter, in the policy's words, such as `2 working days`; all else stays as the organisation has it.
    #[serde(default)]
    pub own: BTreeMap<String, String>,
}

/// A unit whose adoption is to end.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AdoptionEnd {
    /// The unit.
    pub unit: String,
    /// From which day on it uses what is used above it, ISO; today if absent.
    pub from: Option<String>,
}

/// The unit that has adopted a version, and what it adopted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AdoptedBy {
    /// The unit.
    pub unit: UnitName,
    /// The version of the organisation.
    pub base: u32,
}
