//! The versions of a policy, and how each stands.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::adoption::AdoptedBy;
use super::people::PersonName;
use super::process::Process;

/// A published version of a policy.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PolicyVersionView {
    /// Policy.
    pub policy: String,
    /// Its title in this version.
    pub title: String,
    /// Version, from 1.
    pub version: u32,
    /// How it stands now.
    pub standing: VersionStanding,
    /// The first day on which cases can be taken in under it, ISO.
    pub effective_on: String,
    /// When it came into force, or will, RFC 3339.
    pub effective_at: String,
    /// Its emergency stops, the newest first; only the first may hold.
    pub stops: Vec<PolicyStopView>,
    /// The unit that has adopted another version by this one, if it is an adoption.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopted_by: Option<AdoptedBy>,
}

/// A version with what it says and how its cases go.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PolicyVersionDetail {
    /// The version.
    #[serde(flatten)]
    pub version: PolicyVersionView,
    /// Its clauses, in their order.
    pub clauses: Vec<ClauseShownView>,
    /// The kinds of case, each with the map of its steps.
    pub kinds: Vec<KindMap>,
}

/// A clause with what carries it out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClauseShownView {
    /// The clause.
    pub id: String,
    /// As what it counts, in words.
    pub marks: String,
    /// What it says.
    pub text: String,
    /// What the policy does about it, a sentence each.
    pub carried_out: Vec<String>,
}

/// A kind of case with the map of its steps.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KindMap {
    /// The kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The map.
    pub process: Process,
}

/// How a version stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum VersionStanding {
    /// New cases are taken in under it.
    InForce,
    /// Its day has not come.
    ToCome,
    /// It is stopped: no new case is taken in under it.
    Stopped,
    /// A newer one has taken its place.
    Earlier,
}

/// An emergency stop of a version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PolicyStopView {
    /// Which version.
    pub version: u32,
    /// Who stopped it, when and why.
    pub stopped: OrderView,
    /// Who lifted that; absent while it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resumed: Option<OrderView>,
}

/// Who gave an order, when and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrderView {
    /// Who.
    pub by: PersonName,
    /// When, RFC 3339.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// Why a version is stopped, or its stop lifted.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct PolicyOrder {
    /// The reason; it is shown to everybody who registers cases.
    pub reason: String,
}
