//! What was counted and measured, made of totals.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::Sum;

use huiyin_case::measure::{MET, MISSED};
use huiyin_insight::Histogram;
use huiyin_policy::model::{
    ChoiceId, Count, DURATION_MAX, FactPath, Figure, MeasureId, Policy, Rate,
};
use huiyin_store::Total;

/// What was counted and measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The counts that are kept of every policy, in their order.
    pub counts: Vec<(Count, u64)>,
    /// The policy's measures, in the order of the policy or the report.
    pub measured: Vec<(MeasureId, Measured)>,
}

/// What one measure came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measured {
    /// Durations.
    Duration(Histogram),
    /// Cases that met a clock, and that missed it.
    InTime {
        /// In time.
        met: u64,
        /// Too late.
        missed: u64,
    },
    /// Cases by choice, in the order of the policy; last those without one, if any.
    Tally(Vec<(Option<ChoiceId>, u64)>),
    /// What cases come to together.
    Sum {
        /// All of them.
        all: Added,
        /// By choice, in the order of the policy; last those without one, if any. Empty if the sum is not split.
        by: Vec<(Option<ChoiceId>, Added)>,
    },
    /// Cases counted, among so many.
    Rate {
        /// Those counted.
        count: u64,
        /// Those among whom.
        among: u64,
    },
}

/// What some cases come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    /// How many have an amount on record.
    pub cases: u64,
    /// Their sum; of money in cents.
    pub sum: i128,
}

impl Figures {
    pub(super) fn of(policy: &Policy, measures: &[MeasureId], totals: &[&Total]) -> Self {
        let counts = Count::ALL.into_iter();
        let counts = counts.map(|count| (count, Found::new(count.as_str(), totals).cases()));
        let measured = measures.iter().filter_map(|id| {
            let figure = &policy.statistics.get(id)?.figure;
            Some((id.clone(), Measured::of(policy, id, figure, totals)))
        });
        Self {
            counts: counts.collect(),
            measured: measured.collect(),
        }
    }

    /// What a count came to.
    pub fn count(&self, count: Count) -> u64 {
        let found = self.counts.iter().find(|(one, _)| *one == count);
        found.map_or(0, |(_, cases)| *cases)
    }
}

impl Measured {
    fn of(policy: &Policy, id: &MeasureId, figure: &Figure, totals: &[&Total]) -> Self {
        let found = Found::new(id.as_str(), totals);
        match figure {
            Figure::Duration(_) => Self::Duration(found.histogram()),
            Figure::InTime(_) => Self::InTime {
                met: found.of_class(MET),
                missed: found.of_class(MISSED),
            },
            Figure::Tally(tally) => {
                let choices = found.by_choice(policy, &tally.by).into_iter();
                Self::Tally(choices.map(|(choice, of)| (choice, of.cases)).collect())
            }
            Figure::Sum(sum) => Self::Sum {
                all: found.added(),
                by: sum
                    .by
                    .as_ref()
                    .map_or_else(Vec::new, |by| found.by_choice(policy, by)),
            },
            Figure::Rate(rate) => Self::rate(policy, rate, totals),
        }
    }

    fn rate(policy: &Policy, rate: &Rate, totals: &[&Total]) -> Self {
        let found = Found::new(rate.of.as_str(), totals);
        let tally = policy.statistics.get(&rate.of).map(|of| &of.figure);
        let sum = |choices: &[ChoiceId]| {
            let within = choices.iter().flat_map(|choice| match tally {
                Some(Figure::Tally(tally)) => policy.choices_within(&tally.by, choice),
                _ => vec![choice.clone()],
            });
            // A category named beside one above it is counted once.
            let within: BTreeSet<ChoiceId> = within.collect();
            within
                .iter()
                .map(|choice| found.of_class(choice.as_str()))
                .sum()
        };
        Self::Rate {
            count: sum(&rate.count),
            among: rate.among.as_deref().map_or_else(|| found.cases(), sum),
        }
    }
}

/// The totals of one measure.
struct Found<'t>(Vec<&'t Total>);

impl<'t> Found<'t> {
    fn new(measure: &str, totals: &[&'t Total]) -> Self {
        let of_measure = |total: &&&Total| total.measure.as_str() == measure;
        Self(totals.iter().filter(of_measure).copied().collect())
    }

    fn cases(&self) -> u64 {
        self.0.iter().map(|total| cases(total)).sum()
    }

    fn of_class(&self, class: &str) -> u64 {
        let is_of = |total: &&&Total| {
            total
                .class
                .as_ref()
                .is_some_and(|one| one.as_str() == class)
        };
        self.0.iter().filter(is_of).map(|total| cases(total)).sum()
    }

    fn added(&self) -> Added {
        self.0.iter().copied().map(Added::of).sum()
    }

    fn histogram(&self) -> Histogram {
        let mut histogram = Histogram::default();
        for total in &self.0 {
            // No duration is kept that is longer than `DURATION_MAX`.
            let value = u32::try_from(total.value).unwrap_or(DURATION_MAX);
            histogram.add(value, cases(total));
        }
        histogram
    }

    /// Choices of earlier versions that the policy no longer knows come after its own.
    fn by_choice(&self, policy: &Policy, by: &FactPath) -> Vec<(Option<ChoiceId>, Added)> {
        let known = policy.choices(by);
        let mut by_class: BTreeMap<Option<&ChoiceId>, Added> = BTreeMap::new();
        for total in &self.0 {
            let of_class = by_class.entry(total.class.as_ref()).or_default();
            *of_class = [*of_class, Added::of(total)].into_iter().sum();
        }
        let found = |choice: &ChoiceId| by_class.get(&Some(choice)).copied().unwrap_or_default();
        let mut all: Vec<(Option<ChoiceId>, Added)> = known
            .keys()
            .map(|choice| {
                let within = policy.choices_within(by, choice);
                (Some(choice.clone()), within.iter().map(found).sum())
            })
            .collect();
        let none = by_class.remove(&None);
        let others = by_class.into_iter();
        let others =
            others.filter(|(choice, _)| !choice.is_some_and(|one| known.contains_key(one)));
        all.extend(others.map(|(choice, of)| (choice.cloned(), of)));
        all.extend(none.filter(|none| none.cases > 0).map(|none| (None, none)));
        all
    }
}

impl Added {
    fn of(total: &Total) -> Self {
        let cases = cases(total);
        Self {
            cases,
            sum: i128::from(total.value) * i128::from(cases),
        }
    }
}

impl Sum for Added {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |one, other| Self {
            cases: one.cases + other.cases,
            sum: one.sum + other.sum,
        })
    }
}

/// No total is negative unless the tables were tampered with.
fn cases(total: &Total) -> u64 {
    u64::try_from(total.total).unwrap_or(0)
}
