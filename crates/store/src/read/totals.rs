//! Totals for reports.

use huiyin_case::id::UnitId;
use huiyin_policy::model::{ChoiceId, KindId, MeasureId, PolicyId};
use jiff::civil::Date;

use super::access::{Access, Arm};
use super::{ReadError, count, parsed};
use crate::engine::Row;
use crate::statement::Text;
use crate::store::Store;

/// Which totals are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalsRequest {
    /// Policy.
    pub policy: PolicyId,
    /// Kind of case.
    pub kind: KindId,
    /// First day, inclusive.
    pub first: Date,
    /// Last day, inclusive.
    pub last: Date,
    /// Only this unit; `Some(None)`: only what no unit answers for.
    pub unit: Option<Option<UnitId>>,
}

/// A total over a span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// The unit that answers for the cases; `None` where none does.
    pub unit: Option<UnitId>,
    /// What was measured.
    pub measure: MeasureId,
    /// The choice of a tally, or how a clock ended.
    pub class: Option<ChoiceId>,
    /// A duration, in its unit.
    pub value: u32,
    /// How many cases.
    pub total: i64,
}

impl TotalsRequest {
    fn days(&self, text: &mut Text) {
        text.push(" AND day_on >= ").value(self.first.to_string());
        text.push(" AND day_on <= ").value(self.last.to_string());
    }
}

impl Access {
    /// The part of it by which totals are counted: the cases that one of its units answers for. Everything else that one may
    /// see, such as what one registered, is in no total and so in no list behind a total.
    pub fn by_lead_unit(&self) -> Access {
        match self {
            Access::All => Access::All,
            Access::Except(person, inner) => {
                Access::Except(*person, Box::new(inner.by_lead_unit()))
            }
            Access::Confined(sights, inner) => {
                Access::Confined(sights.clone(), Box::new(inner.by_lead_unit()))
            }
            Access::Arms(arms) => {
                let lead = arms.iter().filter(|arm| matches!(arm, Arm::LeadUnit(_)));
                Access::Arms(lead.cloned().collect())
            }
        }
    }
}

impl Store {
    /// Totals of the units that `access` reaches as lead units; what no unit answers for only with access to all.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn totals(
        &self,
        access: &Access,
        request: &TotalsRequest,
    ) -> Result<Vec<Total>, ReadError> {
        let access = access.by_lead_unit();
        let units = match access.reach() {
            Access::Arms(arms) => Some(
                arms.iter()
                    .flat_map(|arm| arm.column_and_values().1)
                    .collect::<Vec<String>>(),
            ),
            Access::All | Access::Except(..) | Access::Confined(..) => None,
        };
        if units.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Vec::new());
        }
        let mut text = Text::default();
        text.push("SELECT unit, measure, class, value, CAST(SUM(total) AS BIGINT) FROM (SELECT unit, measure, class, value, total FROM counters WHERE policy = ")
            .value(request.policy.as_str());
        text.push(" AND kind = ").value(request.kind.as_str());
        request.days(&mut text);
        if access.hiding().is_some() {
            // What is hidden from someone is in no total that he is shown.
            text.push(" UNION ALL SELECT COALESCE(cases.lead_unit, ''), measurements.measure, measurements.class, measurements.value, -1 FROM cases JOIN measurements ON measurements.ordinal = cases.ordinal WHERE cases.ordinal IN (");
            access.hidden(&mut text);
            text.push(") AND cases.policy = ")
                .value(request.policy.as_str());
            text.push(" AND cases.kind = ").value(request.kind.as_str());
            request.days(&mut text);
        }
        text.push(") AS counted WHERE 1 = 1");
        if let Some(unit) = request.unit {
            text.push(" AND unit = ")
                .value(unit.map_or_else(String::new, |unit| unit.to_string()));
        }
        if let Some(units) = units {
            text.push(" AND unit IN ").list(units);
        }
        text.push(" GROUP BY unit, measure, class, value HAVING SUM(total) <> 0 ORDER BY unit, measure, class, value");
        let rows = self.inner.readers.all(text.statement()).await?;
        rows.iter().map(total).collect()
    }
}

fn total(row: Row<'_>) -> Result<Total, ReadError> {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let unit = some(row.try_get::<&str>(0)?);
    Ok(Total {
        unit: unit.map(|unit| parsed("unit", &unit)).transpose()?,
        measure: MeasureId::new(row.try_get::<&str>(1)?),
        class: some(row.try_get::<&str>(2)?).map(ChoiceId::new),
        value: count("value", row.try_get(3)?)?,
        total: row.try_get(4)?,
    })
}
