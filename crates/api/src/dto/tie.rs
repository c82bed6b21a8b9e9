//! Links between cases, withdrawal, legal hold, and records of customers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::case::{CaseRowView, FactView};

/// A case that another is linked to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LinkView {
    /// How they belong together.
    pub link: LinkKind,
    /// Id of the other case.
    pub id: String,
    /// The other case; absent where the caller may not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseRowView>,
    /// For a case of the sample: whether it has been dealt with in this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    /// For a case of the sample: who dealt with it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// For a case of the sample: what was entered about it last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entered: Vec<FactView>,
    /// The decision that the caller may take back, if this is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo: Option<String>,
}

/// How cases belong together, seen from the case that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LinkKind {
    /// Drawn into the sample of this one.
    Sampled,
    /// Opened out of this one.
    Raised,
    /// This one was opened out of it.
    RaisedFrom,
    /// About the same matter.
    SameMatter,
    /// This one is a re-complaint of it (二次投诉).
    Repeats,
    /// It is a re-complaint of this one.
    RepeatedBy,
    /// This one is part of the incident that it is about.
    PartOf,
    /// It is part of the incident that this one is about.
    Concerns,
    /// This one ended because it goes on in it.
    MergedInto,
    /// It goes on in this one; its customer is told with this one's.
    Absorbed,
}

/// How handling ended, if not by being handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EndingView {
    /// The customer took it back.
    Withdrawn,
    /// It goes on in another case.
    Merged,
}

/// A case to link to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewLink {
    /// `recomplaint`, `same_matter`, `incident` or `merged`.
    pub link: String,
    /// Id of the other case: the earlier one, the incident, or the one that goes on.
    pub case: String,
}

/// A link to take back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OldLink {
    /// The decision: `undo` of the link.
    pub link: String,
    /// Id of the other case.
    pub case: String,
    /// Why.
    pub reason: String,
}

/// A withdrawal by the customer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWithdrawal {
    /// Who said so, and how.
    pub told_by: String,
    /// Why.
    pub reason: String,
    /// When it was said, if earlier than now; RFC 3339.
    pub occurred_at: Option<String>,
    /// Why it is entered only now; needed with `occurred_at`.
    pub late_reason: Option<String>,
}

/// A reason that must be given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NeedsReason {
    /// Why.
    pub reason: String,
}

/// The legal hold that a case is under.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HoldView {
    /// Since when; absent while there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Who placed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether the caller may place or lift it.
    pub may_decide: bool,
}

/// A contact to look for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactQuery {
    /// As the customer gave it.
    pub contact: String,
}

/// What is known of a customer beyond one case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CustomerFileView {
    /// All records of the customer, that which stands for all of them first.
    pub records: Vec<RecordView>,
    /// The customer's other cases that the caller may see, newest first.
    pub cases: Vec<CaseRowView>,
    /// Which of these the case is likely to repeat: people decide.
    pub likenesses: Vec<LikenessView>,
    /// Records that are likely to be the same person's.
    pub alike: Vec<AlikeView>,
    /// Whether the caller may decide on them.
    pub may_decide: bool,
}

/// What a case has in common with an earlier one of its customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LikenessView {
    /// Id of the earlier case.
    pub case: String,
    /// Names of the fields of the same value.
    pub same: Vec<String>,
    /// How much their texts have in common, in percent; left out if they are not alike.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_percent: Option<u8>,
}

/// One record of a customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordView {
    /// Id.
    pub id: String,
    /// The masked name.
    pub name: String,
    /// Whether the case is filed under it.
    pub own: bool,
    /// Whether it was found to be the same person's as another, which can be taken back.
    pub merged: bool,
}

/// A record that may be the same person's.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlikeView {
    /// Id of the record.
    pub id: String,
    /// Some of its cases.
    pub cases: Vec<CaseRowView>,
}

/// A decision about a record of a customer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordDecision {
    /// Id of the other record.
    pub record: String,
    /// Why.
    pub reason: String,
}
