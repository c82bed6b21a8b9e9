//! Totals and what each case counts for, as rows: written with the commands of a batch, and derived anew.

use std::collections::BTreeMap;

use huiyin_case::measure::{Increments, Measurement};
use huiyin_policy::model::{KindId, MeasureId, PolicyId};

use crate::bulk::Column::{Int, Text};
use crate::bulk::{Begin, Insert};
use crate::statement::{Arg, Statement};

/// Adds to totals.
pub(crate) const COUNTERS: Insert = Insert {
    begin: Begin::Add,
    table: "counters",
    columns: &[
        Text("day_on"),
        Text("policy"),
        Text("kind"),
        Text("unit"),
        Text("measure"),
        Text("class"),
        Int("value"),
        Int("total"),
    ],
    then: " ON CONFLICT (day_on, policy, kind, unit, measure, class, value) \
           DO UPDATE SET total = counters.total + excluded.total",
};
/// Puts what cases count for.
pub(crate) const MEASUREMENTS: Insert = Insert {
    begin: Begin::Add,
    table: "measurements",
    columns: &[
        Int("ordinal"),
        Text("measure"),
        Text("day_on"),
        Text("class"),
        Int("value"),
    ],
    then: " ON CONFLICT (ordinal, measure) DO UPDATE SET day_on = excluded.day_on, class = excluded.class, value = excluded.value",
};
const REMOVE_MEASUREMENT: &str = "DELETE FROM measurements WHERE ordinal = $1 AND measure = $2";

/// What a total is kept under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TotalKey {
    pub(crate) day: String,
    pub(crate) policy: String,
    pub(crate) kind: String,
    pub(crate) unit: String,
    pub(crate) measure: String,
    pub(crate) class: String,
    pub(crate) value: i64,
}

/// Changes of totals, added up.
#[derive(Debug, Default)]
pub(crate) struct Totals(BTreeMap<TotalKey, i64>);

impl Totals {
    /// Totals known already.
    pub(crate) fn of(totals: BTreeMap<TotalKey, i64>) -> Totals {
        Totals(totals)
    }

    /// Adds what a case of this policy and kind changes.
    pub(crate) fn add(&mut self, policy: &PolicyId, kind: &KindId, changes: &Increments) {
        for change in &changes.totals {
            let key = TotalKey {
                day: change.of.on.to_string(),
                policy: policy.to_string(),
                kind: kind.to_string(),
                unit: change
                    .unit
                    .map_or_else(String::new, |unit| unit.to_string()),
                measure: change.of.measure.to_string(),
                class: class_text(&change.of).to_owned(),
                value: change.of.value,
            };
            *self.0.entry(key).or_default() += change.add;
        }
    }

    /// The totals that are not zero.
    pub(crate) fn into_map(mut self) -> BTreeMap<TotalKey, i64> {
        self.0.retain(|_, total| *total != 0);
        self.0
    }

    /// The values of rows of [`COUNTERS`]; what adds up to nothing is left out.
    pub(crate) fn into_values(self) -> Vec<Arg> {
        let row = |(key, total): (TotalKey, i64)| -> [Arg; 8] {
            [
                key.day.into(),
                key.policy.into(),
                key.kind.into(),
                key.unit.into(),
                key.measure.into(),
                key.class.into(),
                key.value.into(),
                total.into(),
            ]
        };
        self.into_map().into_iter().flat_map(row).collect()
    }
}

/// Changes of what cases count for, of which a later one replaces an earlier one of the same case and measure.
#[derive(Debug, Default)]
pub(crate) struct MeasurementRows {
    put: BTreeMap<(i64, MeasureId), Measurement>,
    removed: Vec<(i64, MeasureId)>,
}

impl MeasurementRows {
    /// Adds what the case at `ordinal` changes.
    pub(crate) fn change(&mut self, ordinal: i64, changes: &Increments) {
        for measure in &changes.removed {
            self.put.remove(&(ordinal, measure.clone()));
            self.removed.push((ordinal, measure.clone()));
        }
        for of in &changes.put {
            self.put.insert((ordinal, of.measure.clone()), of.clone());
        }
    }

    /// What is to be removed before the rest is put, and the values of rows of [`MEASUREMENTS`].
    pub(crate) fn into_parts(self) -> (Vec<Statement>, Vec<Arg>) {
        let removed = self.removed.into_iter().map(|(ordinal, measure)| {
            Statement::new(
                REMOVE_MEASUREMENT,
                [ordinal.into(), measure.as_str().into()],
            )
        });
        let put = self.put.into_iter();
        let put = put.flat_map(|((ordinal, _), of)| measurement_values(ordinal, &of));
        (removed.collect(), put.collect())
    }
}

/// The values of a row of [`MEASUREMENTS`].
pub(crate) fn measurement_values(ordinal: i64, of: &Measurement) -> [Arg; 5] {
    [
        ordinal.into(),
        of.measure.as_str().into(),
        of.on.to_string().into(),
        class_text(of).into(),
        of.value.into(),
    ]
}

/// The class as stored; empty where there is none.
fn class_text(of: &Measurement) -> &str {
    of.class.as_ref().map_or("", |class| class.as_str())
}
