//! What the caller may do to a case now.

use serde::Serialize;
use utoipa::ToSchema;

use super::clock::ExtensionOffer;
use super::form::{Named, PartForm};

/// Something that can be done to a case in its present step.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct OfferView {
    /// The command.
    pub command: CommandName,
    /// The act, for `act`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
    /// The kind of the new case, for `raise`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The clock, for `pause`, `resume` and `extend`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<String>,
    /// Id of whom the caller would act for, to be sent as `Acting-For`; absent in the own right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acting_for: Option<String>,
    /// The name of whom the caller would act for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acting_for_name: Option<String>,
    /// The kind of link, for `link`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The role, for `add_party` and `remove_party`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party_role: Option<String>,
    /// The scale, for `set_level`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
    /// The seal, for `open_seal`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seal: Option<String>,
    /// What to write on the button.
    pub title: String,
    /// The clause behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<ClauseText>,
    /// What is filled in with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<PartForm>,
    /// Whether a reason must be given.
    pub reason_required: bool,
    /// Reasons to choose from, for `pause`; levels, for `set_level`, the highest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Named>,
    /// How much more time may be granted, for `extend`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<ExtensionOffer>,
    /// Whether it takes the case out of its step.
    pub leads_on: bool,
    /// Whether it can be done now.
    pub enabled: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not: Option<WhyNot>,
}

/// Commands to an existing case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CommandName {
    /// An act of the policy.
    Act,
    /// 派单.
    Dispatch,
    /// 转办.
    Transfer,
    /// Accept the case for oneself.
    Accept,
    /// 退单.
    Refuse,
    /// Pause a clock.
    Pause,
    /// End a pause.
    Resume,
    /// 延期.
    Extend,
    /// 结案.
    Close,
    /// Open again.
    Reopen,
    /// 归档.
    Archive,
    /// 撤回.
    Withdraw,
    /// Tie it to another case.
    Link,
    /// An internal note.
    Note,
    /// Open a case of another kind out of it.
    Raise,
    /// Issue a new receipt code to the customer.
    IssueReceipt,
    /// Add a party.
    AddParty,
    /// Take a party off the case.
    RemoveParty,
    /// Set a level by hand.
    SetLevel,
    /// 启封.
    OpenSeal,
}

/// A clause and what it says.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClauseText {
    /// Number, e.g. `P1.8`.
    pub id: String,
    /// What it says, in the caller's language.
    pub text: String,
}

/// Why something can't be done now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct WhyNot {
    /// Stable code of the rule.
    pub code: String,
    /// The rule in words.
    pub text: String,
}
