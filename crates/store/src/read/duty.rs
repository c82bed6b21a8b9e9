//! What duties ask of the log: which of their cases are there, and what was closed in a period.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_case::duty::Candidate;
use huiyin_case::id::CaseId;
use huiyin_policy::model::{Count, KindId, PolicyId};
use jiff::Timestamp;
use jiff::civil::Date;

use super::access::Access;
use super::listed::{CASE_COLUMNS, Listed, ROWS_END};
use super::{ReadError, parsed};
use crate::row::CaseRow;
use crate::statement::Text;
use crate::store::Store;

/// Ids asked for in one statement.
const ASKED_MAX: usize = 500;

impl Store {
    /// Which of these cases exist.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn existing(&self, cases: &[CaseId]) -> Result<BTreeSet<CaseId>, ReadError> {
        let mut found = BTreeSet::new();
        for asked in cases.chunks(ASKED_MAX) {
            let mut text = Text::default();
            text.push("SELECT case_id FROM cases WHERE case_id IN ")
                .list(asked.iter().map(ToString::to_string));
            let rows = self.inner.readers.all(text.statement()).await?;
            for row in rows.iter() {
                found.insert(parsed("case_id", &row.try_get::<String>(0)?)?);
            }
        }
        Ok(found)
    }

    /// The work list's rows of those of these cases that `access` reaches, in no order.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn case_rows(
        &self,
        access: &Access,
        cases: &[CaseId],
    ) -> Result<Vec<CaseRow>, ReadError> {
        let mut rows = Vec::new();
        for asked in cases.chunks(ASKED_MAX) {
            let mut text = Text::default();
            text.push(self.engine().rows_begin())
                .push(CASE_COLUMNS)
                .push(self.engine().rows_from())
                .push("cases WHERE case_id IN ")
                .list(asked.iter().map(ToString::to_string));
            access.condition(&mut text);
            text.push(ROWS_END);
            let found: Vec<CaseRow> = self
                .listed(text, |found| {
                    found.into_iter().map(Listed::case_row).collect()
                })
                .await?;
            rows.extend(found);
        }
        Ok(rows)
    }

    /// The days on which those of these cases that `access` reaches count in these measures, as far as they do.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn counted_on(
        &self,
        access: &Access,
        cases: &[CaseId],
        measures: &[Count],
    ) -> Result<BTreeMap<CaseId, BTreeMap<Count, Date>>, ReadError> {
        let mut days: BTreeMap<CaseId, BTreeMap<Count, Date>> = BTreeMap::new();
        for asked in cases.chunks(ASKED_MAX) {
            let mut text = Text::default();
            text.push("SELECT cases.case_id, measurements.measure, measurements.day_on FROM cases JOIN measurements ON measurements.ordinal = cases.ordinal WHERE cases.case_id IN ")
                .list(asked.iter().map(ToString::to_string))
                .push(" AND measurements.measure IN ")
                .list(measures.iter().map(|count| count.as_str()));
            access.condition(&mut text);
            let rows = self.inner.readers.all(text.statement()).await?;
            for row in rows.iter() {
                let case = parsed("case_id", &row.try_get::<String>(0)?)?;
                let name: String = row.try_get(1)?;
                let Some(count) = measures.iter().find(|count| count.as_str() == name) else {
                    continue;
                };
                let day = parsed("day_on", &row.try_get::<String>(2)?)?;
                days.entry(case).or_default().insert(*count, day);
            }
        }
        Ok(days)
    }

    /// The cases of these kinds that were closed from `from` on and before `before`, and are still closed, with the unit
    /// that answered for them. Historical cases are none of them: they were handled elsewhere.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn closed_between(
        &self,
        policy: &PolicyId,
        kinds: &[KindId],
        from: Timestamp,
        before: Timestamp,
    ) -> Result<Vec<Candidate>, ReadError> {
        let mut text = Text::default();
        text.push("SELECT cases.case_id, cases.lead_unit FROM cases WHERE cases.status <> ")
            .value("open")
            .push(" AND cases.step IS NOT NULL AND cases.policy = ")
            .value(policy.as_str())
            .push(" AND cases.kind IN ")
            .list(kinds.iter().map(KindId::as_str))
            // Whatever was closed in the period has changed since it began.
            .push(" AND cases.recorded_at_us >= ")
            .value(from.as_microsecond())
            .push(" AND (SELECT MAX(events.occurred_at_us) FROM events WHERE events.case_id = cases.case_id AND events.type = ")
            .value("case_closed.v1")
            .push(") BETWEEN ")
            .value(from.as_microsecond())
            .push(" AND ")
            .value(before.as_microsecond() - 1)
            .push(" ORDER BY cases.case_id");
        let rows = self.inner.readers.all(text.statement()).await?;
        rows.iter()
            .map(|row| {
                let unit: Option<String> = row.try_get(1)?;
                Ok(Candidate {
                    case: parsed("case_id", &row.try_get::<String>(0)?)?,
                    unit: unit.map(|unit| parsed("lead_unit", &unit)).transpose()?,
                })
            })
            .collect()
    }
}
