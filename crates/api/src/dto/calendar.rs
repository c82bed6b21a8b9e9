//! Calendars that the organisation keeps.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::form::Named;
use super::people::PersonName;

/// A calendar.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarView {
    /// Its name; `own` is the organisation's own, by which everything is counted that names no other.
    pub name: String,
    /// How many versions were loaded; 0 for the built-in calendar.
    pub version: u32,
    /// The zone of its days.
    pub zone: String,
    /// The years whose arrangement it holds, such as `2013` and `2026`; absent if it tells of none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<[i16; 2]>,
    /// The year whose arrangement ought to be loaded by now: limits that reach into it are provisional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year_missed: Option<i16>,
    /// The policies that count by it.
    pub policies: Vec<Named>,
    /// Its versions, the newest first.
    pub versions: Vec<CalendarVersionView>,
}

/// A version of a calendar. It never changes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarVersionView {
    /// Version, from 1.
    pub version: u32,
    /// From which day on it counts, ISO; absent: for all days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Who loaded it; absent if it came with a policy that nobody in person published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonName>,
    /// The policy that it came with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// When it was loaded, RFC 3339.
    pub at: String,
    /// Whether the due times of running clocks have been computed again.
    pub recomputed: bool,
}

/// A calendar file, or an overlay, to be looked at or loaded.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CalendarFileBody {
    /// The text of the file.
    pub file: String,
    /// From which day on it counts, ISO, the days before staying as they are; all days without one.
    #[serde(default)]
    pub from: Option<String>,
}

/// The text of a calendar file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarContents {
    /// The text.
    pub file: String,
}

/// What loading a file would come to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarPreview {
    /// The version it would become.
    pub version: u32,
    /// The zone.
    pub zone: String,
    /// The years whose arrangement would be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<[i16; 2]>,
    /// The days that would be otherwise, in order; the first of them if there are very many.
    pub changes: Vec<DayChangeView>,
    /// How many there are.
    pub changes_count: usize,
    /// Running clocks that would be due earlier.
    pub earlier: usize,
    /// Running clocks that would be due later.
    pub later: usize,
    /// Running clocks that would be due when they are, but no longer provisionally.
    pub settled: usize,
    /// Whether there are more running clocks than were looked at.
    pub more: bool,
}

/// A day that would be otherwise.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DayChangeView {
    /// The day, ISO.
    pub date: String,
    /// What it is, in words.
    pub before: String,
    /// What it would be.
    pub after: String,
}
