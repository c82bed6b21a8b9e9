//! Emergency stops of published policies: under a stopped version no new case is taken in.

use huiyin_case::id::PersonId;
use huiyin_policy::model::PolicyId;
use jiff::Timestamp;

use crate::engine::Row;
use crate::read::{ReadError, count, instant, parsed};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const STOP: &str = "INSERT INTO policy_stops (policy, version, number, stopped_by, stopped_at_us, reason) VALUES ($1, $2, $3, $4, $5, $6)";
const RESUME: &str = "UPDATE policy_stops SET resumed_by = $4, resumed_at_us = $5, resume_reason = $6 \
                      WHERE policy = $1 AND version = $2 AND number = $3 AND resumed_at_us IS NULL";
const ALL: &str = "SELECT policy, version, number, stopped_by, stopped_at_us, reason, resumed_by, resumed_at_us, resume_reason \
                   FROM policy_stops ORDER BY policy, version, number";
/// The versions that are stopped now, and the adoptions of such; asked inside the transaction that takes a case in.
pub(crate) const HOLDING: &str = "SELECT policy, version FROM policy_stops WHERE resumed_at_us IS NULL \
                                  UNION SELECT a.policy, a.version FROM policy_adoptions AS a JOIN policy_stops AS s \
                                  ON s.policy = a.policy AND s.version = a.base WHERE s.resumed_at_us IS NULL";

/// A stop of a version of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyStop {
    /// Policy.
    pub policy: PolicyId,
    /// Version.
    pub version: u32,
    /// Which stop of this version it is, from 1.
    pub number: u32,
    /// Who stopped it, when and why.
    pub stopped: Ordered,
    /// Who lifted that; `None` while it holds.
    pub resumed: Option<Ordered>,
}

/// Who gave an order, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordered {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

impl Store {
    /// Stops a version: from the commit on no node takes a case in under it.
    ///
    /// # Errors
    ///
    /// [`WriteError::Duplicate`] when there is a stop of this number already.
    pub async fn stop_policy(
        &self,
        (policy, version, number): (&PolicyId, u32, u32),
        order: &Ordered,
    ) -> Result<(), WriteError> {
        let stop = statement(STOP, (policy, version, number), order);
        self.write_told(vec![stop]).await.map(drop)
    }

    /// Lifts the stop of this number.
    ///
    /// # Errors
    ///
    /// [`WriteError::Unmet`] when it does not hold.
    pub async fn resume_policy(
        &self,
        (policy, version, number): (&PolicyId, u32, u32),
        order: &Ordered,
    ) -> Result<(), WriteError> {
        let resume = statement(RESUME, (policy, version, number), order).changing_one();
        self.write_told(vec![resume]).await.map(drop)
    }

    /// All stops, also those lifted, by policy, version and number.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn policy_stops(&self) -> Result<Vec<PolicyStop>, ReadError> {
        let rows = self.read(ALL, []).await?;
        rows.iter().map(policy_stop).collect()
    }
}

fn statement(
    sql: &'static str,
    (policy, version, number): (&PolicyId, u32, u32),
    order: &Ordered,
) -> Statement {
    Statement::new(
        sql,
        [
            policy.as_str().into(),
            version.into(),
            number.into(),
            order.by.to_string().into(),
            order.at.as_microsecond().into(),
            order.reason.as_str().into(),
        ],
    )
}

fn policy_stop(row: Row<'_>) -> Result<PolicyStop, ReadError> {
    let resumed = match row.try_get::<Option<i64>>(7)? {
        None => None,
        Some(at) => Some(Ordered {
            by: parsed("resumed_by", row.try_get(6)?)?,
            at: instant("resumed_at_us", at)?,
            reason: row.try_get(8)?,
        }),
    };
    Ok(PolicyStop {
        policy: PolicyId::new(row.try_get::<&str>(0)?),
        version: count("version", row.try_get(1)?)?,
        number: count("number", row.try_get(2)?)?,
        stopped: Ordered {
            by: parsed("stopped_by", row.try_get(3)?)?,
            at: instant("stopped_at_us", row.try_get(4)?)?,
            reason: row.try_get(5)?,
        },
        resumed,
    })
}
