//! Having a case go on under a newer version of its policy.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::case::HolderView;

/// What migrating a case would come to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MigrationView {
    /// The version it keeps.
    pub from: u32,
    /// The version it would keep.
    pub to: u32,
    /// What does not fit; while there is anything the case stays where it is.
    pub misfits: Vec<String>,
    /// What would become of its clocks; one that is not named stays as it is.
    pub clocks: Vec<MigratedClock>,
    /// Who would have to act, if others than now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<HolderView>,
}

/// What would become of a clock.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MigratedClock {
    /// Name in the policy.
    pub clock: String,
    /// Title.
    pub title: String,
    /// What becomes of it.
    pub becomes: ClockBecomes,
    /// When it is due now, RFC 3339 in the calendar's zone; absent while suspended or not started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// When it would be due; absent while suspended, and where it would not run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Whether it would be late at once.
    pub late: bool,
}

/// What becomes of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClockBecomes {
    /// It runs by the new rules.
    Running,
    /// It begins to run.
    Started,
    /// It has stopped by the new rules.
    Stopped,
    /// It counts as never started.
    Withdrawn,
}

/// A migration.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMigration {
    /// The version that the case is to keep.
    pub to: u32,
    /// Why.
    pub reason: String,
}

/// Which version is asked about.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MigrationQuery {
    /// The version, from 1; the newest if it is left out.
    pub to: Option<u32>,
}
