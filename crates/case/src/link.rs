//! What ties two cases together (关联), as each of the two sees it.

use huiyin_policy::model::{KindId, LinkKind, PolicyId};
use jiff::Timestamp;

use crate::id::CaseId;
use crate::state::Stage;

/// How a case is tied to another, seen from the case whose log holds the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// Both are about the same matter.
    SameMatter,
    /// This one is a re-complaint of the other.
    Repeats,
    /// The other is a re-complaint of this one.
    RepeatedBy,
    /// This one is part of the incident that the other is about.
    PartOf,
    /// This one is about an incident of which the other is part.
    Concerns,
    /// This one ended because it goes on in the other.
    MergedInto,
    /// The other goes on in this one.
    Absorbed,
}

impl Link {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Repeats,
        Self::RepeatedBy,
        Self::SameMatter,
        Self::PartOf,
        Self::Concerns,
        Self::MergedInto,
        Self::Absorbed,
    ];

    /// The link that a case gets by a decision of this kind.
    pub const fn decided(kind: LinkKind) -> Self {
        match kind {
            LinkKind::SameMatter => Self::SameMatter,
            LinkKind::Recomplaint => Self::Repeats,
            LinkKind::Incident => Self::PartOf,
            LinkKind::Merged => Self::MergedInto,
        }
    }

    /// The kind of decision by which a case gets it; `None` for what follows from a decision on the other case.
    pub const fn decision(self) -> Option<LinkKind> {
        match self {
            Self::SameMatter => Some(LinkKind::SameMatter),
            Self::Repeats => Some(LinkKind::Recomplaint),
            Self::PartOf => Some(LinkKind::Incident),
            Self::MergedInto => Some(LinkKind::Merged),
            Self::RepeatedBy | Self::Concerns | Self::Absorbed => None,
        }
    }

    /// The same as the other case sees it.
    pub const fn inverse(self) -> Self {
        match self {
            Self::SameMatter => Self::SameMatter,
            Self::Repeats => Self::RepeatedBy,
            Self::RepeatedBy => Self::Repeats,
            Self::PartOf => Self::Concerns,
            Self::Concerns => Self::PartOf,
            Self::MergedInto => Self::Absorbed,
            Self::Absorbed => Self::MergedInto,
        }
    }

    /// The name by which it is stored and published.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SameMatter => "same_matter",
            Self::Repeats => "repeats",
            Self::RepeatedBy => "repeated_by",
            Self::PartOf => "part_of",
            Self::Concerns => "concerns",
            Self::MergedInto => "merged_into",
            Self::Absorbed => "absorbed",
        }
    }

    /// The link with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|link| link.as_str() == name)
    }
}

/// A link of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// The other case.
    pub case: CaseId,
    /// How they belong together.
    pub link: Link,
}

/// What is to be known of the other case before two are linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherCase {
    /// The case.
    pub case: CaseId,
    /// The policy it is handled under.
    pub policy: PolicyId,
    /// Its kind.
    pub kind: KindId,
    /// How far it is.
    pub stage: Stage,
    /// When it was taken in.
    pub opened_at: Timestamp,
}
