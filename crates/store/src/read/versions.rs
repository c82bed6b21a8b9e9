//! Which cases keep a version of a policy.

use huiyin_case::id::CaseId;
use huiyin_case::state::Stage;
use huiyin_policy::model::PolicyId;
use jiff::Timestamp;

use super::{ReadError, parsed};
use crate::row::stage_name;
use crate::statement::Text;
use crate::store::Store;

/// Cases that keep one version of a policy.
#[derive(Debug, Clone)]
pub struct KeptUnder {
    /// The policy.
    pub policy: PolicyId,
    /// The version, from 1.
    pub version: u32,
    /// Only those taken in from then on (inclusive).
    pub since: Option<Timestamp>,
    /// Only those taken in before then (exclusive).
    pub before: Option<Timestamp>,
    /// Only those at this stage.
    pub stage: Option<Stage>,
}

impl KeptUnder {
    fn condition(&self, text: &mut Text) {
        text.push(" FROM cases WHERE policy = ")
            .value(self.policy.as_str())
            .push(" AND policy_version = ")
            .value(self.version);
        if let Some(stage) = self.stage {
            text.push(" AND status = ").value(stage_name(stage));
        }
        if let Some(since) = self.since {
            text.push(" AND opened_at_us >= ")
                .value(since.as_microsecond());
        }
        if let Some(before) = self.before {
            text.push(" AND opened_at_us < ")
                .value(before.as_microsecond());
        }
    }
}

impl Store {
    /// How many cases keep a version.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn count_kept_under(&self, kept: &KeptUnder) -> Result<u64, ReadError> {
        let mut text = Text::default();
        text.push("SELECT COUNT(*)");
        kept.condition(&mut text);
        let rows = self.inner.readers.all(text.statement()).await?;
        let count: i64 = rows.one()?.try_get(0)?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// The next of these cases after a place in the order in which they were put on record, from 0, with their places;
    /// at most `rows_max`.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn kept_under(
        &self,
        kept: &KeptUnder,
        after: i64,
        rows_max: u32,
    ) -> Result<Vec<(CaseId, i64)>, ReadError> {
        let mut text = Text::default();
        text.push("SELECT case_id, ordinal");
        kept.condition(&mut text);
        text.push(" AND ordinal > ")
            .value(after)
            .push(" ORDER BY ordinal")
            .limit(rows_max);
        let rows = self.inner.readers.all(text.statement()).await?;
        rows.iter()
            .map(|row| {
                let case: String = row.try_get(0)?;
                Ok((parsed("case_id", &case)?, row.try_get(1)?))
            })
            .collect()
    }
}
