//! Attempts to reach the customer.

use serde::Serialize;
use utoipa::ToSchema;

use super::offer::ClauseText;

/// How far the attempts to reach the customer are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContactsView {
    /// The rules, by their name in the policy.
    pub id: String,
    /// Their title.
    pub title: String,
    /// What they say, in a sentence.
    pub rules: String,
    /// The clause behind them.
    pub clause: ClauseText,
    /// The act that is put on record for each attempt.
    pub act: String,
    /// How many attempts count.
    pub counted: usize,
    /// How many don't.
    pub uncounted: usize,
    /// Whether the customer was reached.
    pub reached: bool,
    /// Whether every working day that needs an attempt has one: only then is the customer not reachable.
    pub complete: bool,
    /// The working days without an attempt that counts, those to come included, as dates.
    pub missing: Vec<String>,
    /// From when on an attempt counts, if the customer names no other time; absent when none is owed any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_possible: Option<String>,
    /// When the next attempt is to be made so that no working day is left without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_needed: Option<String>,
}

/// Whether an attempt counts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttemptView {
    /// Whether it does.
    pub counts: bool,
    /// Why not, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not: Option<String>,
    /// The clause that says so.
    pub clause: String,
}
