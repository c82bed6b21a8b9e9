//! What verifying finds.

use huiyin_case::id::CaseId;

use super::checkpoint::MalformedCheckpoint;

/// Findings listed at most; all are counted.
pub const FINDINGS_MAX: usize = 100;

/// What is wrong with the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// An event is not the one that was put on record.
    Changed {
        /// Its case.
        case: CaseId,
        /// Its sequence number.
        seq: u32,
    },
    /// Events are missing before this one, or it stands where it does not belong.
    Gap {
        /// Its case.
        case: CaseId,
        /// Its sequence number.
        seq: u32,
    },
    /// An event was put in among those sealed already.
    Added {
        /// Its case.
        case: CaseId,
        /// Its sequence number.
        seq: u32,
    },
    /// The position after the last intact one is missing or taken by another event.
    Position(i64),
    /// An event or audit entry that was sealed is gone or is another now.
    Sealed {
        /// The case, or `audit`.
        stream: String,
        /// Sequence number.
        seq: i64,
    },
    /// An audit entry was changed, removed or put in.
    Audit(i64),
    /// The sealed heads are not those that were signed.
    Tree {
        /// Size of the tree at the checkpoint that does not fit.
        size: u64,
    },
    /// A stored checkpoint is not one of this log.
    Checkpoint(MalformedCheckpoint),
    /// The bytes of an attachment are not there.
    AttachmentMissing {
        /// Its case.
        case: CaseId,
        /// The event that added it.
        seq: u32,
    },
    /// The bytes of an attachment are not those that were kept.
    AttachmentChanged {
        /// Its case.
        case: CaseId,
        /// The event that added it.
        seq: u32,
    },
    /// The log ends before the checkpoint that was kept elsewhere.
    CutOff {
        /// Leaves the tree must have.
        expected: u64,
        /// Leaves it has.
        found: u64,
    },
}

/// The result of verifying.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Events looked at.
    pub events: u64,
    /// Cases they belong to.
    pub cases: u64,
    /// Sealed heads looked at.
    pub leaves: u64,
    /// Audit entries looked at.
    pub audits: u64,
    /// Attachments whose bytes were looked at.
    pub attachments: u64,
    /// Everything that is wrong, or its first [`FINDINGS_MAX`].
    pub findings: Vec<Finding>,
    /// How much is wrong.
    pub findings_total: u64,
}

impl Verified {
    /// Whether nothing is wrong.
    pub const fn is_intact(&self) -> bool {
        self.findings_total == 0
    }

    pub(super) fn find(&mut self, finding: Finding) {
        self.findings_total += 1;
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(finding);
        }
    }
}
