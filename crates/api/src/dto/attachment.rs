//! Attachments over the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::case::CommandDone;

/// The attachments of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttachmentList {
    /// Those that were not removed, oldest first.
    pub items: Vec<AttachmentView>,
    /// Whether the caller may add one.
    pub may_add: bool,
    /// Bytes that one may have at most.
    pub bytes_max: u64,
    /// Extensions of the files that are taken, in lower case, without dot.
    pub extensions: Vec<String>,
    /// The seals under which one can be put.
    pub seals: Vec<SealChoice>,
}

/// A seal under which a file can be put.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SealChoice {
    /// The seal.
    pub seal: String,
    /// What is sealed.
    pub title: String,
}

/// An attachment.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttachmentView {
    /// The event that added it; its name in addresses.
    pub entry: u32,
    /// Its name; empty once the case was erased, and for one under a seal.
    pub name: String,
    /// Under which seal it is, by its title. Its name, what it shows and its type are told to whoever opens that; to everybody else
    /// they are absent or empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed: Option<String>,
    /// What it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What sort of file it is.
    pub sort: AttachmentSort,
    /// Its media type.
    pub media: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Who added it; absent where it comes from the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// When it was added.
    pub at: String,
    /// Whether it comes from the customer.
    pub from_customer: bool,
    /// Whether it can be asked for with `inline=true`, to be shown in the page.
    pub previewed: bool,
    /// Whether the caller may remove it.
    pub removable: bool,
}

/// Sorts of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AttachmentSort {
    /// A picture.
    Image,
    /// A document.
    Document,
    /// A recording.
    Audio,
    /// A film.
    Video,
    /// Plain text.
    Text,
}

/// What attaching has led to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttachmentAdded {
    /// The event that added it.
    pub entry: u32,
    /// Where the case stands now.
    #[serde(flatten)]
    pub case: CommandDone,
}

/// Why an attachment is removed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Removal {
    /// Why.
    pub reason: String,
}
