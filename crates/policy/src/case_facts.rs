//! What the engine itself knows of every case, for conditions: `case.refusals`, `case.kind`, `links.recomplaint`, …

use std::sync::LazyLock;

use crate::model::Text;

/// The name under which these facts stand; no part may be called so.
pub const CASE: &str = "case";
/// Facts that count something: how often the case was refused, transferred, opened again.
pub const COUNTS: [&str; 3] = ["refusals", "transfers", "reopens"];
/// Facts that are yes or no: whether a unit answers for it, whether a person accepted it, whether the customer brought it
/// in himself, whether he took it back.
pub const FLAGS: [&str; 4] = ["dispatched", "accepted", "by_customer", "withdrawn"];
/// The case's kind, one of the policy's.
pub const KIND: &str = "kind";
/// The channel it came in by, one of the policy's.
pub const CHANNEL: &str = "channel";
/// The name under which the policy's parameters stand in conditions; no part may be called so.
pub const PARAM: &str = "param";
/// The name under which stands what ties a case to others; no part may be called so.
pub const LINKS: &str = "links";
/// Whether it is about the same matter as another, repeats one, is part of an incident, was merged into another.
pub const LINK_FLAGS: [&str; 4] = ["same_matter", "recomplaint", "incident", "merged"];
/// How many cases repeat it, are part of it as an incident, were merged into it.
pub const LINK_COUNTS: [&str; 3] = ["repeated", "concerned", "absorbed"];
/// The name under which the levels of a case stand: `levels.severity`.
pub const LEVELS: &str = "levels";
/// The name under which the parties of a case are counted: `parties.joint`.
pub const PARTIES: &str = "parties";
/// The name under which the attempts to reach the customer stand: `contacts.calling.complete`; no part may be called so.
pub const CONTACTS: &str = "contacts";
/// Of contacts: whether there is an attempt that counts for every working day that needs one, whether the customer was reached.
pub const CONTACT_FLAGS: [&str; 2] = ["complete", "reached"];
/// Of contacts: how many attempts count, and how many don't.
pub const CONTACT_COUNTS: [&str; 2] = ["counted", "uncounted"];
/// The name under which the cases opened out of it are counted: `raised.improvement`.
pub const RAISED: &str = "raised";
/// The name under which stands whether a clock ran out, in any of its runs: `late.reply`.
pub const LATE: &str = "late";
/// The name under which stands how far a book is compared: `reconciliations.book.missing`; no part may be called so.
pub const RECONCILIATIONS: &str = "reconciliations";
/// Of a reconciliation: how many entries the book has, how many are not decided on, how many the system has and how many it
/// doesn't have.
pub const RECONCILIATION_COUNTS: [&str; 4] = ["entries", "undecided", "found", "missing"];
/// How its follow-up stands: it waits for one, or has had it; not on record where neither.
pub const FOLLOW_UP: &str = "follow_up";
/// It waits for its follow-up.
pub const DUE: &str = "due";
/// It has had its follow-up.
pub const DONE: &str = "done";

/// How a follow-up can stand, with titles.
pub(crate) static FOLLOW_UPS: LazyLock<[(&str, Text); 2]> = LazyLock::new(|| {
    let text = |zh: &str, en: &str| Text {
        zh: zh.to_owned(),
        en: en.to_owned(),
    };
    [
        (DUE, text("待回访", "To be followed up")),
        (DONE, text("已回访", "Followed up")),
    ]
});
