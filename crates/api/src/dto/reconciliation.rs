//! Books compared with the system.

use serde::Serialize;
use utoipa::ToSchema;

use super::case::{CaseRowView, FactView};

/// That a book is compared in a case, and by which acts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BookPin {
    /// Name of the rule.
    pub id: String,
    /// The act that puts an entry of the book on record.
    pub enter: String,
    /// The act that decides on one.
    pub decide: String,
}

/// A book of a case, compared with the system as far as the caller may see it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReconciliationView {
    /// Name of the rule.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The clause behind it.
    pub clause: String,
    /// The unit whose book it is.
    pub unit: String,
    /// The first day that the check is about.
    pub from: String,
    /// The last one, inclusive.
    pub to: String,
    /// How many days before and after an entry's date cases are looked for.
    pub within_days: u16,
    /// The act that puts an entry of the book on record.
    pub enter: String,
    /// The act that decides on one.
    pub decide: DecideView,
    /// What stands in it, in the order in which it was put on record.
    pub entries: Vec<BookEntryView>,
    /// Cases of the unit and these days that no entry is about, newest first.
    pub others: Vec<CaseRowView>,
    /// Whether there was more than is compared or listed.
    pub cut: bool,
}

/// How an entry is decided on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecideView {
    /// The act.
    pub act: String,
    /// Its field for the entry's number.
    pub entry: String,
    /// Its field for the case.
    pub case: String,
    /// Its field for the outcome.
    pub outcome: String,
    /// What can be decided.
    pub outcomes: Vec<DecideOutcomeView>,
}

/// A decision on an entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecideOutcomeView {
    /// The outcome.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it says: `found` (and then a case is named), `missing` or `settled`.
    pub standing: String,
}

/// An entry of a book.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BookEntryView {
    /// Its number in the book.
    pub number: u32,
    /// The entry of the case's history.
    pub entry: u32,
    /// Its date.
    pub on: String,
    /// What was written.
    pub text: String,
    /// What else is on record of it, personal fields masked.
    pub facts: Vec<FactView>,
    /// `undecided`, `found`, `missing` or `settled`.
    pub standing: String,
    /// The decision in words, once there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The case that was found; absent if none was, or the caller may not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<CaseRowView>,
    /// What it is likely to be about, likeliest first; people decide.
    pub likely: Vec<LikelyCaseView>,
}

/// A case that an entry may be about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LikelyCaseView {
    /// The case.
    pub case: CaseRowView,
    /// Titles of the entry's fields that are the same in it.
    pub same: Vec<String>,
    /// How much the texts have in common, in percent; left out if they are not alike.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_percent: Option<u8>,
    /// How many days after the entry's date it came in; before it, if negative.
    pub days_after: i32,
    /// Whether it was put on record only after the check had begun.
    pub since: bool,
}
