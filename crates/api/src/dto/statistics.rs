//! Totals.

use serde::Serialize;
use utoipa::ToSchema;

/// Totals of one month.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MonthlyTotals {
    /// The month, `yyyy-mm`.
    pub month: String,
    /// One row for each unit, kind and thing counted.
    pub rows: Vec<MonthlyTotal>,
}

/// One total.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MonthlyTotal {
    /// Name of the unit.
    pub unit: String,
    /// Kind of case.
    pub kind: String,
    /// What was counted: `opened`, `closed`, `reopened`, `archived`, `transferred`, `refused`, `met`, `missed`.
    pub what: String,
    /// How many.
    pub count: i64,
}
