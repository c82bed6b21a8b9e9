//! Clocks of a case.

use serde::Serialize;
use utoipa::ToSchema;

/// A clock.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ClockView {
    /// Name in the policy.
    pub clock: String,
    /// Title.
    pub title: String,
    /// The clause that sets the limit.
    pub clause: String,
    /// Where it stands.
    pub state: ClockStateKind,
    /// Which of its runs, from 1.
    pub generation: u32,
    /// From when it runs, RFC 3339 in the calendar's zone.
    pub started_at: String,
    /// When it is due; absent while suspended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<String>,
    /// The date named to people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_date: Option<String>,
    /// When it stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<String>,
    /// Whether the holiday arrangement it rests on is still unpublished.
    pub provisional: bool,
    /// The limit in words.
    pub limit: String,
    /// When warnings are sent.
    pub warn_at: Vec<String>,
    /// Why it is due then, line by line.
    pub explanation: Vec<String>,
}

/// Where a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClockStateKind {
    /// Running.
    Running,
    /// Paused: no due time.
    Suspended,
    /// Stopped in time.
    Met,
    /// Stopped too late.
    Missed,
}
