//! Clocks of a case.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};
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
    /// The limit in words, with what it was extended by.
    pub limit: String,
    /// The time granted beyond the limit of the policy, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<ExtensionView>,
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

/// More time that was granted to a clock.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ExtensionView {
    /// When it was granted.
    pub at: String,
    /// Who granted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// How much, in words.
    pub more: String,
    /// Why.
    pub reason: String,
    /// When the clock was due before.
    pub before_at: String,
    /// The date named to people before.
    pub before_date: String,
    /// When it was due then.
    pub due_at: String,
    /// The date named to people then.
    pub due_date: String,
}

/// How much more time may be granted to a clock.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ExtensionOffer {
    /// When it is due now.
    pub due_at: String,
    /// The date named to people now.
    pub due_date: String,
    /// At most so many units of its limit.
    pub most: u32,
    /// The same in words.
    pub most_in_words: String,
    /// The last moment that the cap allows.
    pub latest_at: String,
    /// The last day that the cap allows.
    pub latest_date: String,
    /// When it would be due, for 1, 2, 3, … units; the first of them only where there are many.
    pub choices: Vec<ExtensionChoice>,
}

/// What an extension by so many units comes to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ExtensionChoice {
    /// How much, in words.
    pub title: String,
    /// When the clock would be due.
    pub due_at: String,
    /// The date named to people.
    pub due_date: String,
}

/// More time for a clock.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtendClock {
    /// Which clock.
    pub clock: String,
    /// By how many of the units its limit is counted in: working days, hours, and so on.
    #[schema(value_type = u32, minimum = 1)]
    pub more: NonZeroU32,
    /// Why.
    pub reason: String,
}
