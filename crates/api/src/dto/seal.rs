//! Seals: what nobody sees of a case, and what whoever opens one is told.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::attachment::AttachmentView;
use super::case::{CommandDone, FactView};
use super::offer::ClauseText;

/// A seal under which something is on record in a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SealView {
    /// The seal.
    pub seal: String,
    /// What is sealed.
    pub title: String,
    /// The clause behind it.
    pub clause: ClauseText,
    /// Titles of the fields that are filled in.
    pub fields: Vec<String>,
    /// How many files are under it.
    pub files: usize,
    /// Who may open it, in words.
    pub opened_by: String,
    /// When it was opened, the last time first.
    pub openings: Vec<OpeningView>,
}

/// One opening of a seal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpeningView {
    /// Who opened it, and for whom if not in the own right.
    pub who: String,
    /// When.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// Why a seal is to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenSeal {
    /// Why; it is put on record and told to those whom the policy names.
    #[serde(default)]
    pub reason: String,
}

/// What is under a seal, told once to whoever opened it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SealOpened {
    /// What is on record under it.
    pub values: Vec<SealedFact>,
    /// The files under it. For a quarter of an hour whoever opened it is given their bytes.
    pub files: Vec<AttachmentView>,
    /// Where the case stands now.
    #[serde(flatten)]
    pub done: CommandDone,
}

/// A sealed value.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SealedFact {
    /// Of whom, if not of the customer: the role of the party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// The field and its value.
    #[serde(flatten)]
    pub fact: FactView,
}
