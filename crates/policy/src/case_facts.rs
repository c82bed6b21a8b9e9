//! What the engine itself knows of every case, for conditions: `case.refusals`, `case.kind`, …

/// The name under which these facts stand; no part may be called so.
pub const CASE: &str = "case";
/// Facts that count something: how often the case was refused, transferred, opened again.
pub const COUNTS: [&str; 3] = ["refusals", "transfers", "reopens"];
/// Facts that are yes or no: whether a unit answers for it, whether a person accepted it.
pub const FLAGS: [&str; 2] = ["dispatched", "accepted"];
/// The case's kind, one of the policy's.
pub const KIND: &str = "kind";
/// The channel it came in by, one of the policy's.
pub const CHANNEL: &str = "channel";
/// The name under which the policy's parameters stand in conditions; no part may be called so.
pub const PARAM: &str = "param";
