//! The portal: what customers are asked for, send and see.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::case::FactView;
use super::form::FieldForm;

/// What customers find on the portal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PortalHome {
    /// Name of the organisation.
    pub organisation: String,
    /// Whether nothing can be brought in now.
    pub read_only: bool,
    /// The kinds of case that they may bring in.
    pub kinds: Vec<PortalKind>,
}

/// A kind of case that customers may bring in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PortalKind {
    /// Policy.
    pub policy: String,
    /// Kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub lead: String,
    /// What is asked, in this order.
    pub fields: Vec<FieldForm>,
    /// What files may be sent along, if any may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<PortalFilesTaken>,
    /// What to agree to about personal data, if any is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<String>,
}

/// What files a customer may send.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PortalFilesTaken {
    /// How many may stand on one case at a time.
    pub count_max: u32,
    /// Bytes that one may have at most.
    pub bytes_max: u64,
    /// Extensions of the files that are taken, in lower case, without dot.
    pub extensions: Vec<String>,
    /// Whether what is sent comes under a seal.
    pub sealed: bool,
}

/// A file that the customer sent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PortalFile {
    /// Its name; absent for one under a seal, also here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How many bytes it has.
    pub bytes: u64,
    /// When it came, RFC 3339.
    pub at: String,
}

/// A case that a customer brings in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PortalSubmission {
    /// Policy.
    pub policy: String,
    /// Kind.
    pub kind: String,
    /// What was filled in.
    #[schema(value_type = BTreeMap<String, Object>)]
    pub fields: BTreeMap<String, Json>,
    /// Whether the customer agrees to the text about personal data.
    #[serde(default)]
    pub consents: bool,
}

/// What a customer gets for a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PortalReceipt {
    /// Number of the case. Alone it opens nothing.
    pub number: String,
    /// The receipt code, told this once.
    pub code: String,
}

/// A receipt code as it was typed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PortalEntry {
    /// The code.
    pub code: String,
}

/// What a customer puts on record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PortalAct {
    /// The act.
    pub act: String,
    /// Values of its fields.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Object>)]
    pub fields: BTreeMap<String, Json>,
}

/// Why a customer wants his case taken up again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PortalReopening {
    /// Why.
    pub reason: String,
}

/// A case as its customer sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PortalCase {
    /// Number.
    pub number: String,
    /// Title of its kind.
    pub kind: String,
    /// The matter in one line; absent if somebody inside worded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// When it came in, RFC 3339.
    pub opened_at: String,
    /// How far it has come, in plain words.
    pub milestones: Vec<PortalMilestone>,
    /// The date by which something is promised, `yyyy-mm-dd`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promised_on: Option<String>,
    /// What the customer wrote when he brought it in, his name and contact masked; empty if somebody inside registered it.
    pub said: Vec<FactView>,
    /// What was said to him and by him since, oldest first.
    pub messages: Vec<PortalMessage>,
    /// What he may do now.
    pub offers: Vec<PortalOffer>,
    /// The files that he sent himself, oldest first, without those that were removed. They are not given out again.
    pub files: Vec<PortalFile>,
    /// What files he may send now; absent where he may send none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files_taken: Option<PortalFilesTaken>,
}

/// A station of the case's course.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PortalMilestone {
    /// Name.
    pub title: String,
    /// Where the case stands to it.
    pub standing: MilestoneStanding,
    /// What happens there; only where the case is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// When the case came there, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// Where a case stands to a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MilestoneStanding {
    /// It is past it.
    Past,
    /// It is there.
    Here,
    /// It has not come there.
    Ahead,
}

/// Something said to the customer, or by him.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PortalMessage {
    /// Whether he said it himself.
    pub mine: bool,
    /// What it is.
    pub title: String,
    /// Who it comes from; absent for his own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// When, RFC 3339.
    pub at: String,
    /// What it says.
    pub fields: Vec<FactView>,
}

/// Something the customer may do now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PortalOffer {
    /// What.
    pub command: PortalCommand,
    /// The act, for `act`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
    /// What to write on the button.
    pub title: String,
    /// What is filled in.
    pub fields: Vec<FieldForm>,
    /// The field that says how it went, shown as a scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// The last day on which it can be done, `yyyy-mm-dd`, where the policy sets one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// What customers can do to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PortalCommand {
    /// An act of the policy.
    Act,
    /// Have it taken up again.
    Reopen,
}

/// A new receipt code, told this once to whoever issues it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReceiptIssued {
    /// The case.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its last event now.
    pub seq: u32,
    /// The code.
    pub code: String,
}
