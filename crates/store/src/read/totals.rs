//! Totals for reports.

use huiyin_case::id::UnitId;
use huiyin_policy::model::{ChoiceId, KindId, MeasureId, PolicyId};
use jiff::civil::Date;

use super::access::{Access, Arm};
use super::{ReadError, parsed};
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
    /// A duration, in its unit, or what each case adds to a sum.
    pub value: i64,
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
    /// The part of it by which totals are counted: the cases that one of its units answers for, and those that one of its units
    /// reads. Everything else that one may see, such as what one registered, is in no total and so in no list behind a total.
    pub fn counted(&self) -> Access {
        match self {
            Access::All => Access::All,
            Access::Except(from, inner) => Access::Except(from.clone(), Box::new(inner.counted())),
            Access::Confined(sights, inner) => {
                Access::Confined(sights.clone(), Box::new(inner.counted()))
            }
            Access::Arms(arms) => {
                let counts = |arm: &&Arm| matches!(arm, Arm::LeadUnit(_) | Arm::Reader(_));
                Access::Arms(arms.iter().filter(counts).cloned().collect())
            }
        }
    }

    /// The units it reaches as lead units, and those it reaches as readers; `None` for all.
    fn counted_units(&self) -> Option<(Vec<String>, Vec<String>)> {
        let Access::Arms(arms) = self.reach() else {
            return None;
        };
        let (mut lead, mut readers) = (Vec::new(), Vec::new());
        for arm in arms {
            match arm {
                Arm::LeadUnit(_) => lead.extend(arm.column_and_values().1),
                Arm::Reader(_) => readers.extend(arm.column_and_values().1),
                _ => {}
            }
        }
        Some((lead, readers))
    }
}

/// What a total is added up from, up to its condition on policy, kind and days.
const COUNTED: &str = "SELECT unit, measure, class, value, total FROM counters WHERE policy = ";
/// A row for each measurement of a case, up to how often it counts.
const MEASURED: &str = "SELECT COALESCE(cases.lead_unit, '') AS unit, measurements.measure, measurements.class, measurements.value, ";
/// The cases with their measurements, up to their condition.
const OF_CASES: &str =
    " FROM cases JOIN measurements ON measurements.ordinal = cases.ordinal WHERE ";

impl Store {
    /// Totals of the units that `access` reaches as lead units, and of the cases that its units read; what no unit answers for only
    /// with access to all or among what is read.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn totals(
        &self,
        access: &Access,
        request: &TotalsRequest,
    ) -> Result<Vec<Total>, ReadError> {
        let units = access.counted_units();
        if units
            .as_ref()
            .is_some_and(|(lead, readers)| lead.is_empty() && readers.is_empty())
        {
            return Ok(Vec::new());
        }
        let mut text = Text::default();
        text.push("SELECT unit, measure, class, value, CAST(SUM(total) AS BIGINT) FROM (");
        let lead = units.as_ref().map(|(lead, _)| lead);
        if lead.is_none_or(|lead| !lead.is_empty()) {
            request.of_lead_units(access, lead, &mut text);
        }
        if let Some((lead, readers)) = units.as_ref().filter(|(_, readers)| !readers.is_empty()) {
            if !lead.is_empty() {
                text.push(" UNION ALL ");
            }
            request.of_readers(access, lead, readers, &mut text);
        }
        text.push(") AS counted WHERE 1 = 1");
        if let Some(unit) = request.unit {
            text.push(" AND unit = ")
                .value(unit.map_or_else(String::new, |unit| unit.to_string()));
        }
        text.push(" GROUP BY unit, measure, class, value HAVING SUM(total) <> 0 ORDER BY unit, measure, class, value");
        let rows = self.inner.readers.all(text.statement()).await?;
        rows.iter().map(total).collect()
    }
}

impl TotalsRequest {
    /// From the counters, so that no case is looked at but the few that are hidden from the reader.
    fn of_lead_units(&self, access: &Access, lead: Option<&Vec<String>>, text: &mut Text) {
        text.push(COUNTED).value(self.policy.as_str());
        text.push(" AND kind = ").value(self.kind.as_str());
        self.days(text);
        if let Some(lead) = lead {
            text.push(" AND unit IN ").list(lead.clone());
        }
        if access.hiding().is_none() {
            return;
        }
        // What is hidden from someone is in no total that he is shown.
        text.push(" UNION ALL ")
            .push(MEASURED)
            .push("-1")
            .push(OF_CASES);
        text.push("cases.ordinal IN (");
        access.hidden(text);
        text.push(")");
        self.of_cases(text);
        if let Some(lead) = lead {
            text.push(" AND cases.lead_unit IN ").list(lead.clone());
        }
    }

    /// From the cases that a unit reads: there is no counter for those, and they are only its own.
    fn of_readers(&self, access: &Access, lead: &[String], readers: &[String], text: &mut Text) {
        text.push(MEASURED).push("1 AS total").push(OF_CASES);
        text.push("cases.read_by IN ").list(readers.to_vec());
        self.of_cases(text);
        if !lead.is_empty() {
            text.push(" AND (cases.lead_unit IS NULL OR cases.lead_unit NOT IN ")
                .list(lead.to_vec())
                .push(")");
        }
        access.leave_out_hidden(text);
    }

    fn of_cases(&self, text: &mut Text) {
        text.push(" AND cases.policy = ")
            .value(self.policy.as_str());
        text.push(" AND cases.kind = ").value(self.kind.as_str());
        self.days(text);
    }
}

fn total(row: Row<'_>) -> Result<Total, ReadError> {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let unit = some(row.try_get::<&str>(0)?);
    Ok(Total {
        unit: unit.map(|unit| parsed("unit", &unit)).transpose()?,
        measure: MeasureId::new(row.try_get::<&str>(1)?),
        class: some(row.try_get::<&str>(2)?).map(ChoiceId::new),
        value: row.try_get(3)?,
        total: row.try_get(4)?,
    })
}
