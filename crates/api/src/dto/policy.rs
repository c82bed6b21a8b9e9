//! Policies in force, and the kinds of case they let one open.

use serde::Serialize;
use utoipa::ToSchema;

use super::form::{Named, PartForm};
use super::level::{ScaleView, TreeView};
use super::party::PartyRoleForm;
use super::policy_version::PolicyStopView;

/// A kind of case the caller may register.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KindForm {
    /// Policy.
    pub policy: String,
    /// Its title.
    pub policy_title: String,
    /// Kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The clause that asks for the registration.
    pub clause: String,
    /// Channels open for it.
    pub channels: Vec<Named>,
    /// What is filled in.
    pub part: PartForm,
    /// The kinds of earlier case that one of this kind may repeat.
    pub repeats: Vec<String>,
    /// The parties that can be named with it.
    pub parties: Vec<PartyRoleForm>,
    /// Who alone sees such a case once it is registered, in words; absent for ordinary kinds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_by: Option<String>,
}

/// A policy in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PolicyInForce {
    /// Name.
    pub id: String,
    /// Title.
    pub title: String,
    /// Version, from 1.
    pub version: u32,
    /// Since when it is in force, RFC 3339.
    pub effective_at: String,
    /// Whether new cases are taken in under it; otherwise it is stopped, and no other version can take over.
    pub takes_cases_in: bool,
    /// The stop of this version, or of a newer one for which this one stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<PolicyStopView>,
    /// Its kinds of case.
    pub kinds: Vec<Named>,
    /// The scales on which its cases stand.
    pub scales: Vec<ScaleView>,
    /// The trees of categories by which its cases can be listed.
    pub trees: Vec<TreeView>,
}

/// The clause view of a policy.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClauseView {
    /// Title of the policy.
    pub title: String,
    /// The view as Markdown, in the caller's language.
    pub markdown: String,
}
