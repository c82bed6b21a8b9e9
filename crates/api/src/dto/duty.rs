//! Duties: what is owed at intervals, and what became of it.

use serde::Serialize;
use utoipa::ToSchema;

use super::case::CaseRowView;
use super::offer::ClauseText;
use super::people::PersonName;

/// The duties of the policies in force over some days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DutyCalendar {
    /// The present day.
    pub today: String,
    /// First day, inclusive.
    pub first: String,
    /// Last day, inclusive.
    pub last: String,
    /// The duties in the order of the policies.
    pub duties: Vec<DutyView>,
    /// The kinds of case about the organisation's own work, with how many of their cases the caller may see.
    pub matters: Vec<MatterView>,
}

/// Something the organisation owes at intervals.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DutyView {
    /// Its policy.
    pub policy: String,
    /// The policy's title.
    pub policy_title: String,
    /// Name in the policy.
    pub duty: String,
    /// Title.
    pub title: String,
    /// How often, in words.
    pub every: String,
    /// Who answers for it, in words.
    pub by: String,
    /// Who that is now; the first has its cases as taker.
    pub people: Vec<PersonName>,
    /// How many cases it draws, and of which, in words; absent if it draws none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<String>,
    /// What is gone through when it is done.
    pub agenda: Vec<String>,
    /// The clause that asks for it.
    pub clause: ClauseText,
    /// The kind of case that it opens.
    pub kind: String,
    /// Title of the kind.
    pub kind_title: String,
    /// Its periods in the days asked for, at least in part, the oldest first.
    pub periods: Vec<DutyPeriodView>,
}

/// One time that a duty is due.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DutyPeriodView {
    /// The first day on which it can be done.
    pub opens: String,
    /// The last day on which it is in time.
    pub due: String,
    /// First day of what it is about.
    pub from: String,
    /// Last day of what it is about, inclusive.
    pub to: String,
    /// Where it stands.
    pub standing: DutyStanding,
    /// The day on which it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_on: Option<String>,
    /// Its case, where there is one that the caller may see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseRowView>,
    /// How far its sample is; only where one duty is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<SampleProgress>,
}

/// Where a period of a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DutyStanding {
    /// Its time has not come.
    Planned,
    /// Its time has come, but its case could not be opened yet.
    Owed,
    /// Its time has come; the caller may not see what became of it.
    Hidden,
    /// Its case is being worked on.
    Open,
    /// The same, and a limit has run out.
    Late,
    /// Its case is closed, in time.
    Done,
    /// The same, too late.
    DoneLate,
}

/// How far a sample is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SampleProgress {
    /// Cases drawn.
    pub drawn: usize,
    /// Of these, cases that have been dealt with.
    pub done: usize,
}

/// A kind of case about the organisation's own work.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MatterView {
    /// Its policy.
    pub policy: String,
    /// Name of the kind.
    pub kind: String,
    /// Title.
    pub title: String,
    /// The clause that names it.
    pub clause: ClauseText,
    /// Cases being handled, up to 10,000.
    pub open: u32,
    /// Of these, cases past their tightest limit.
    pub late: u32,
    /// Cases closed or archived, up to 20,000.
    pub ended: u32,
}
