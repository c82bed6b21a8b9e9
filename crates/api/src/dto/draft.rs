//! Drafts of a policy's next version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::form::Named;
use super::offer::WhyNot;
use super::people::{PersonName, UnitName};

/// A draft in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftRow {
    /// Id.
    pub id: String,
    /// Policy.
    pub policy: String,
    /// The policy's title in force; its name, where it is new.
    pub title: String,
    /// Where it stands.
    pub standing: DraftStanding,
    /// The version it was published as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// Who drafted it.
    pub drafted_by: PersonName,
    /// When, RFC 3339.
    pub drafted_at: String,
    /// When its files were changed last, RFC 3339.
    pub changed_at: String,
}

/// Where a draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DraftStanding {
    /// It can be changed, and published.
    Open,
    /// It was published.
    Published,
    /// It was given up.
    Withdrawn,
}

/// A draft with all there is to say of it now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftView {
    /// As in a list.
    #[serde(flatten)]
    pub row: DraftRow,
    /// Counts what was done with it; for `If-Match`.
    pub revision: u32,
    /// Which state of the files it is; an answer names it.
    pub files_hash: String,
    /// Its files.
    pub files: Vec<DraftFile>,
    /// Who changed the files last.
    pub changed_by: PersonName,
    /// What the check found, in the order of the files.
    pub findings: Vec<FindingView>,
    /// The version it is compared with; absent for a new policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared_with: Option<u32>,
    /// What differs from that, by clause; empty while the files have errors.
    pub clauses: Vec<ClauseChangeView>,
    /// The elements that were touched, also those that name no clause.
    pub touched: Vec<TouchedView>,
    /// The clauses that can be commented on.
    pub commentable: Vec<Named>,
    /// What was said, in order.
    pub comments: Vec<DraftCommentView>,
    /// Whose consent is asked for.
    pub consents: Vec<DraftConsentView>,
    /// What keeps it from being published.
    pub hindrances: Vec<WhyNot>,
    /// The units whose own values don't fit it, and what is wrong with them; it can be published if their adoption ends with it.
    pub not_fitting: Vec<NotFittingView>,
    /// Whether the caller may change, publish and withdraw it, and ask for consent.
    pub may_change: bool,
    /// Whether the caller may comment on it.
    pub may_comment: bool,
    /// Whether the caller was asked for consent and may answer.
    pub may_answer: bool,
}

/// A unit that has adopted the policy with values that don't fit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotFittingView {
    /// The unit.
    pub unit: UnitName,
    /// What is wrong.
    pub text: String,
}

/// A file of a draft.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftFile {
    /// Name in the folder.
    pub name: String,
    /// Size in bytes.
    pub bytes: usize,
}

/// What the check found at a place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingView {
    /// Code, such as `HY-P060`.
    pub code: String,
    /// How much it matters.
    pub severity: FindingSeverity,
    /// What is wrong.
    pub text: String,
    /// File.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// That line.
    pub excerpt: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FindingSeverity {
    /// The policy can't be used.
    Error,
    /// It can be tested, but not published.
    BeforePublishing,
    /// It holds nothing up.
    Warning,
}

/// What differs in a clause.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClauseChangeView {
    /// The clause.
    pub clause: String,
    /// What became of it.
    pub fate: ClauseFateView,
    /// What only the version before has: what the clause says, then what carries it out.
    pub before: Vec<String>,
    /// What only the draft has.
    pub after: Vec<String>,
}

/// What became of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClauseFateView {
    /// Only the draft has it.
    New,
    /// Only the version before has it.
    Removed,
    /// It says something else, or is carried out otherwise.
    Changed,
}

/// Elements of one sort that were touched, by their titles.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TouchedView {
    /// What sort they are.
    pub what: String,
    /// Gone.
    pub removed: Vec<String>,
    /// New.
    pub added: Vec<String>,
    /// Defined otherwise.
    pub changed: Vec<String>,
}

/// What somebody said of a draft.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftCommentView {
    /// Which one it is, from 1.
    pub number: u32,
    /// Who.
    pub by: PersonName,
    /// When, RFC 3339.
    pub at: String,
    /// Of which clause; absent for the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// What.
    pub text: String,
    /// Whether the files have changed since.
    pub on_earlier_files: bool,
}

/// Whose consent is asked for, and what was answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftConsentView {
    /// Who.
    pub person: PersonName,
    /// Who asked.
    pub asked_by: PersonName,
    /// When, RFC 3339.
    pub asked_at: String,
    /// How he stands to the draft as it is.
    pub standing: ConsentStanding,
    /// Why, or why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was answered last, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<String>,
}

/// How somebody who was asked stands to a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ConsentStanding {
    /// There is no answer yet.
    Asked,
    /// The files have changed since the answer.
    Lapsed,
    /// Given.
    Given,
    /// Refused.
    Refused,
}

/// A new draft.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewDraft {
    /// Of which policy; one that is not published yet begins it.
    pub policy: String,
    /// The files of its folder: name and content. Those that are no part of the policy, such as tests, are left out.
    pub files: BTreeMap<String, String>,
}

/// Other files for a draft.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DraftFiles {
    /// Name and content.
    pub files: BTreeMap<String, String>,
}

/// The files of a draft as they are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftContents {
    /// Name and content.
    pub files: BTreeMap<String, String>,
}

/// Something to say of a draft.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewDraftComment {
    /// Of which clause; the whole if absent.
    pub clause: Option<String>,
    /// What.
    pub text: String,
}

/// Whose consent to ask for.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AskForConsent {
    /// Their ids.
    pub people: Vec<String>,
}

/// The answer of somebody who was asked for consent.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DraftAnswerBody {
    /// Whether he consents.
    pub consents: bool,
    /// Why, or why not; a refusal needs one.
    #[serde(default)]
    pub reason: String,
    /// The state of the files that he has read.
    pub files_hash: String,
}

/// When a draft comes into force.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct PublishDraft {
    /// The first day, ISO; today if absent.
    pub from: Option<String>,
    /// The units whose adoption of the policy ends with it; those of all others follow it.
    #[serde(default)]
    pub ending: Vec<String>,
}
