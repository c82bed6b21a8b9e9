//! Historical cases (历史案件): handled and finished elsewhere, and brought in to be measured, not run.

use std::collections::BTreeSet;

use huiyin_policy::model::{ActId, ChannelId, FactPath, KindId};
use jiff::Timestamp;

use crate::id::UnitId;
use crate::value::Fields;

/// A finished case as another system tells it.
///
/// It comes in whole or not at all, and is read-only from then on. What the source doesn't tell is left out: it is
/// never made up.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoricalCase {
    /// Kind.
    pub kind: KindId,
    /// Channel, any that the policy declares: which ones were open then is not today's policy to say.
    pub channel: ChannelId,
    /// Where it comes from.
    pub origin: Origin,
    /// The number it had there; historical cases draw none of their own.
    pub number: Option<String>,
    /// The unit that answered for it.
    pub unit: Option<UnitId>,
    /// When the matter was taken in.
    pub opened_at: Timestamp,
    /// The fields of the kind's opening part.
    pub fields: Fields,
    /// What is known to have been done.
    pub acts: Vec<HistoricalAct>,
    /// When it was closed; `None` where the source doesn't tell: it then counts as closed with its last act.
    pub closed_at: Option<Timestamp>,
    /// Fields that the policy asks for and old data may lack.
    pub may_lack: BTreeSet<FactPath>,
    /// Acts the source would tell of: that one of them isn't among [`Self::acts`] means it was not done. Of all other
    /// acts nothing is known.
    pub told: BTreeSet<ActId>,
}

/// Where a historical case comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Name of the source, the same for all its cases.
    pub source: String,
    /// What the source calls the case; no two of its cases share it.
    pub key: String,
}

/// Something done about a historical case.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoricalAct {
    /// Which act of the policy.
    pub act: ActId,
    /// When it was done.
    pub at: Timestamp,
    /// The fields of its part.
    pub fields: Fields,
}

/// What an imported case says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Where it comes from.
    pub origin: Origin,
    /// What the policy asks for and the source doesn't have, in the order of the forms.
    pub missing: Vec<FactPath>,
    /// Whether the source told when it was closed.
    pub closing_told: bool,
}
