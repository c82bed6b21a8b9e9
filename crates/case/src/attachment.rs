//! Attachments (附件): files put on record about a case.
//!
//! The log says what was attached; the bytes are kept beside it. An attachment is told by the number of the event that
//! added it. Removing one takes its bytes away and leaves both events.

use huiyin_policy::model::SealId;
use jiff::Timestamp;

use crate::actor::Actor;
use crate::id::FileId;
use crate::limits::{ATTACHMENTS_BYTES_MAX, ATTACHMENTS_MAX};
use crate::refusal::Rule;
use crate::state::CaseState;

/// What is attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Where its bytes are.
    pub file: FileId,
    /// Its name, of one line.
    pub name: String,
    /// What it shows, in the words of whoever attached it.
    pub note: Option<String>,
    /// Its media type, such as `image/jpeg`.
    pub media: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// What commits to the bytes as they are kept, sealed.
    pub hash: [u8; 32],
    /// The seal it is under: until somebody entitled opens that, nobody sees more than that it is there.
    pub seal: Option<SealId>,
}

/// An attachment as it stands on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The event that added it.
    pub entry: u32,
    /// Who added it.
    pub actor: Actor,
    /// When it was added.
    pub at: Timestamp,
    /// What was attached.
    pub what: Attachment,
    /// Whether it was removed.
    pub removed: bool,
}

impl CaseState {
    /// The attachment that an event added, unless it was removed.
    pub fn attachment(&self, entry: u32) -> Option<&Attached> {
        self.attached().find(|one| one.entry == entry)
    }

    /// The attachments that were not removed, in the order in which they were added.
    pub fn attached(&self) -> impl Iterator<Item = &Attached> {
        self.attachments.iter().filter(|one| !one.removed)
    }

    /// What the customer sent himself and was not removed, in the order in which it came.
    pub fn attached_by_customer(&self) -> impl Iterator<Item = &Attached> {
        self.attached().filter(|one| one.actor == Actor::Customer)
    }

    /// Whether an attachment has its bytes in this file.
    pub fn keeps(&self, file: FileId) -> bool {
        self.attached().any(|one| one.what.file == file)
    }

    /// Whether there is room for so many bytes more.
    pub(crate) fn has_room_for(&self, bytes: u64) -> Result<(), Rule> {
        if self.attached().count() >= ATTACHMENTS_MAX {
            return Err(Rule::LimitReached("attachments"));
        }
        let kept: u64 = self.attached().map(|one| one.what.bytes).sum();
        if kept.saturating_add(bytes) > ATTACHMENTS_BYTES_MAX {
            return Err(Rule::LimitReached("attachments_bytes"));
        }
        Ok(())
    }
}
