//! Totals for reports.

use huiyin_case::id::UnitId;
use huiyin_policy::model::KindId;
use jiff::civil::Date;
use sqlx::Row;

use super::access::{Access, Arm};
use super::{ReadError, parsed};
use crate::statement::Text;
use crate::store::Store;

/// A total over a span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// Unit.
    pub unit: UnitId,
    /// Kind of case.
    pub kind: KindId,
    /// What was counted.
    pub what: String,
    /// How many.
    pub total: i64,
}

impl Store {
    /// Totals from `first` to `last`, both inclusive, of the units that `access` reaches as holders or lead units.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn totals(
        &self,
        access: &Access,
        first: Date,
        last: Date,
    ) -> Result<Vec<Total>, ReadError> {
        let mut text = Text::default();
        text.push(
            "SELECT unit, kind, what, CAST(SUM(total) AS BIGINT) FROM counters WHERE day_on >= ",
        )
        .value(first.to_string());
        text.push(" AND day_on <= ").value(last.to_string());
        if let Access::Arms(arms) = access {
            let units = arms
                .iter()
                .filter(|arm| matches!(arm, Arm::HolderUnit(_) | Arm::LeadUnit(_)));
            let units: Vec<String> = units.flat_map(|arm| arm.column_and_values().1).collect();
            if units.is_empty() {
                return Ok(Vec::new());
            }
            text.push(" AND unit IN ").list(units);
        }
        text.push(" GROUP BY unit, kind, what ORDER BY unit, kind, what");
        let rows = text.query().fetch_all(&self.inner.readers).await?;
        let total = |row: &sqlx::sqlite::SqliteRow| {
            Ok(Total {
                unit: parsed("unit", row.try_get(0)?)?,
                kind: KindId::new(row.try_get::<&str, _>(1)?),
                what: row.try_get(2)?,
                total: row.try_get(3)?,
            })
        };
        rows.iter().map(total).collect()
    }
}
