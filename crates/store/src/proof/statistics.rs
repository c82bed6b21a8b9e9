//! Deriving statistics anew, beside the other tables or alone.

use std::collections::BTreeMap;

use super::derive::{Derive, Derived, Difference, RebuildError, Rebuilt};
use crate::dialect::{FENCE_STATISTICS, READ_STATISTICS};
use crate::engine::Row;
use crate::read::ReadError;
use crate::statement::{Arg, Statement};
use crate::statistics::{COUNTERS, MEASUREMENTS, TotalKey, Totals, measurement_values};
use crate::store::Store;
use crate::tables::PUT_SETTING;

const READ_TOTALS: &str = "SELECT day_on, policy, kind, unit, measure, class, value, total FROM counters WHERE total <> 0";
const CLEAR_TOTALS: &str = "DELETE FROM counters";
const CLEAR_MEASUREMENTS: &str = "DELETE FROM measurements";
const READ_MEASUREMENTS: &str =
    "SELECT measure, day_on, class, value FROM measurements WHERE ordinal = $1 ORDER BY measure";
pub(super) const DELETE_MEASUREMENTS: &str = "DELETE FROM measurements WHERE ordinal = $1";
/// Whether there are measurements of cases that are not there.
const STRAY_MEASUREMENTS: &str = "SELECT COUNT(*) FROM measurements WHERE ordinal NOT IN (SELECT position FROM events WHERE seq = 1)";
const DELETE_STRAYS: &str =
    "DELETE FROM measurements WHERE ordinal NOT IN (SELECT position FROM events WHERE seq = 1)";
/// What the statistics were derived with.
const BASIS: &str = "store.statistics_basis";

impl Store {
    /// Derives all statistics anew unless they rest on `basis` already: a name for the working days and the definitions
    /// they were made with. Gives the number of cases derived. This node must write nothing else meanwhile; other nodes that
    /// share the database are kept from writing until they are started anew.
    ///
    /// # Errors
    ///
    /// When the database can't be read or written, or a case can't be derived.
    pub async fn derive_statistics(
        &self,
        basis: &str,
        derive: Derive<'_>,
    ) -> Result<u64, RebuildError> {
        if self.setting(BASIS).await?.as_deref() == Some(basis) {
            self.join_statistics().await?;
            return Ok(0);
        }
        let mut statements = [CLEAR_TOTALS, CLEAR_MEASUREMENTS]
            .map(|sql| Statement::new(sql, []))
            .to_vec();
        if self.is_shared() {
            self.inner.writer.will_derive_statistics();
            statements.push(Statement::new(FENCE_STATISTICS, []));
        }
        self.write(statements).await?;
        let mut totals = Totals::default();
        let (mut cases, mut after) = (0, 0);
        loop {
            let openings = self.openings(after).await?;
            let Some((_, last)) = openings.last() else {
                break;
            };
            after = *last;
            let mut values: Vec<Arg> = Vec::new();
            for (case, ordinal) in openings {
                cases += 1;
                let derived = derive(case, &self.load(case).await?)
                    .map_err(|why| RebuildError::Underivable { case, why })?;
                derived.add_to(&mut totals);
                let rows = derived.statistics.put.iter();
                values.extend(rows.flat_map(|of| measurement_values(ordinal, of)));
            }
            self.write(vec![MEASUREMENTS.statement(self.engine(), values)])
                .await?;
        }
        let statements = vec![
            COUNTERS.statement(self.engine(), totals.into_values()),
            Statement::new(PUT_SETTING, [BASIS.into(), basis.into()]),
        ];
        self.write(statements).await?;
        Ok(cases)
    }

    /// Learns how often the statistics were derived anew, where another node may have done so since this one connected.
    async fn join_statistics(&self) -> Result<(), ReadError> {
        if self.is_shared() {
            let derived = self.read(READ_STATISTICS, []).await?.one()?.try_get(0)?;
            self.inner.writer.knows_statistics(derived);
        }
        Ok(())
    }

    /// In what the measurements of the case at `ordinal` are not the derived ones.
    pub(super) async fn measurement_differences(
        &self,
        derived: &Derived,
        ordinal: i64,
    ) -> Result<Option<String>, ReadError> {
        let rows = self.read(READ_MEASUREMENTS, [ordinal.into()]).await?;
        let found: Vec<MeasurementText> = rows.iter().map(text_of).collect::<Result<_, _>>()?;
        let mut expected: Vec<MeasurementText> = derived
            .statistics
            .put
            .iter()
            .map(|of| {
                let class = of.class.as_ref().map_or("", |class| class.as_str());
                (
                    of.measure.to_string(),
                    of.on.to_string(),
                    class.to_owned(),
                    of.value,
                )
            })
            .collect();
        expected.sort();
        let differs = found != expected;
        Ok(differs.then(|| format!("measurements: {found:?} instead of {expected:?}")))
    }

    pub(super) async fn rebuild_stray_measurements(
        &self,
        rebuilt: &mut Rebuilt,
        repair: bool,
    ) -> Result<(), RebuildError> {
        let strays = self.stray_measurements().await?;
        if strays > 0 {
            rebuilt.differences.push(Difference {
                case: None,
                what: format!("{strays} measurements without a case"),
            });
            if repair {
                self.write(vec![Statement::new(DELETE_STRAYS, [])]).await?;
            }
        }
        Ok(())
    }

    async fn stray_measurements(&self) -> Result<i64, ReadError> {
        Ok(self.read(STRAY_MEASUREMENTS, []).await?.one()?.try_get(0)?)
    }

    pub(super) async fn rebuild_totals(
        &self,
        rebuilt: &mut Rebuilt,
        derived: Totals,
        repair: bool,
    ) -> Result<(), RebuildError> {
        let live = self.live_totals().await?;
        let derived = derived.into_map();
        let keys = live.keys().chain(derived.keys());
        let mut differing: Vec<&TotalKey> = keys
            .filter(|key| live.get(*key) != derived.get(*key))
            .collect();
        differing.sort();
        differing.dedup();
        for key in &differing {
            let (found, expected) = (live.get(*key), derived.get(*key));
            let what = format!("total {key:?}: {found:?} instead of {expected:?}");
            rebuilt.differences.push(Difference { case: None, what });
        }
        if repair && !differing.is_empty() {
            let mut statements = vec![Statement::new(CLEAR_TOTALS, [])];
            let values = Totals::of(derived).into_values();
            statements.push(COUNTERS.statement(self.engine(), values));
            self.write(statements).await?;
        }
        Ok(())
    }

    async fn live_totals(&self) -> Result<BTreeMap<TotalKey, i64>, ReadError> {
        let rows = self.read(READ_TOTALS, []).await?;
        let total = |row: Row<'_>| {
            let key = TotalKey {
                day: row.try_get(0)?,
                policy: row.try_get(1)?,
                kind: row.try_get(2)?,
                unit: row.try_get(3)?,
                measure: row.try_get(4)?,
                class: row.try_get(5)?,
                value: row.try_get(6)?,
            };
            Ok((key, row.try_get(7)?))
        };
        rows.iter().map(total).collect()
    }
}

/// Measure, day, class and value, as stored.
type MeasurementText = (String, String, String, i64);

fn text_of(row: Row<'_>) -> Result<MeasurementText, ReadError> {
    Ok((
        row.try_get(0)?,
        row.try_get(1)?,
        row.try_get(2)?,
        row.try_get(3)?,
    ))
}
