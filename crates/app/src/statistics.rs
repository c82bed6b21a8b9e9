//! Statistics: figures of a kind of case over some days, from counters, and the reports made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use huiyin_calendar::Calendar;
use huiyin_case::id::UnitId;
use huiyin_case::measure::{MET, MISSED};
use huiyin_insight::Histogram;
use huiyin_policy::model::{
    ChoiceId, Count, Figure, KindId, MeasureId, Policy, PolicyId, Rate, Report, ReportId, Tally,
};
use huiyin_store::{Access, RebuildError, Store, Total, TotalsRequest};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::error::Error;
use crate::maintain;
use crate::principal::Principal;
use crate::shelf::{Shelf, Version};

/// The way in which this version measures; a new one has all statistics derived anew.
const DEFINITIONS_VERSION: u32 = 1;

/// The days that figures are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// First day, inclusive.
    pub first: Date,
    /// Last day, inclusive.
    pub last: Date,
}

impl Days {
    /// The days of the month that `day` lies in.
    pub fn month_of(day: Date) -> Self {
        Self {
            first: day.first_of_month(),
            last: day.last_of_month(),
        }
    }
}

/// Whose cases are counted: `None` all that one may see, `Some(None)` those that no unit answers for.
pub type OfUnit = Option<Option<UnitId>>;

/// The figures of one kind of case.
#[derive(Debug, Clone)]
pub struct KindFigures {
    /// The policy in force, whose words name them.
    pub policy: Arc<Policy>,
    /// The kind.
    pub kind: KindId,
    /// Figures of all units together.
    pub all: Figures,
    /// The same by unit.
    pub units: Vec<(Option<UnitId>, Figures)>,
}

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
    /// Cases counted, among so many.
    Rate {
        /// Those counted.
        count: u64,
        /// Those among whom.
        among: u64,
    },
}

/// A report with its figures.
#[derive(Debug, Clone)]
pub struct ReportFigures {
    /// The policy in force and its version.
    pub version: Version,
    /// Which report.
    pub report: ReportId,
    /// What the policy says of it.
    pub definition: Report,
    /// The days it is about.
    pub days: Days,
    /// Its figures, kind by kind.
    pub kinds: Vec<KindFigures>,
}

/// The figures of a kind as a version of its policy measures them.
///
/// # Errors
/// [`Error::NotFound`] without such a kind; when the database can't be read.
pub async fn figures(
    store: &Store,
    version: &Version,
    access: &Access,
    kind: &KindId,
    days: Days,
    unit: OfUnit,
) -> Result<KindFigures, Error> {
    if !version.policy.kinds.contains_key(kind) {
        return Err(Error::NotFound);
    }
    let measures = version.policy.measures_of(kind);
    let measures: Vec<MeasureId> = measures.map(|(id, _)| id.clone()).collect();
    measured(store, version, access, kind, (days, unit), &measures).await
}

/// A report as a version of its policy asks for it.
///
/// # Errors
/// [`Error::NotFound`] without such a report; when the database can't be read.
pub async fn report(
    store: &Store,
    version: &Version,
    access: &Access,
    id: &ReportId,
    days: Days,
) -> Result<ReportFigures, Error> {
    let definition = version.policy.reports.get(id).ok_or(Error::NotFound)?;
    let mut kinds = Vec::new();
    for kind in &definition.kinds {
        let of_kind = |measure: &&MeasureId| {
            let measure = version.policy.statistics.get(*measure);
            measure.is_some_and(|measure| measure.kinds.contains(kind))
        };
        let measures: Vec<MeasureId> = definition
            .measures
            .iter()
            .filter(of_kind)
            .cloned()
            .collect();
        kinds.push(measured(store, version, access, kind, (days, None), &measures).await?);
    }
    Ok(ReportFigures {
        version: version.clone(),
        report: id.clone(),
        definition: definition.clone(),
        days,
        kinds,
    })
}

async fn measured(
    store: &Store,
    version: &Version,
    access: &Access,
    kind: &KindId,
    (days, unit): (Days, OfUnit),
    measures: &[MeasureId],
) -> Result<KindFigures, Error> {
    let request = TotalsRequest {
        policy: version.policy.id.clone(),
        kind: kind.clone(),
        first: days.first,
        last: days.last,
        unit,
    };
    let totals = store.totals(access, &request).await?;
    let mut by_unit: BTreeMap<Option<UnitId>, Vec<&Total>> = BTreeMap::new();
    for total in &totals {
        by_unit.entry(total.unit).or_default().push(total);
    }
    let policy = &version.policy;
    let all: Vec<&Total> = totals.iter().collect();
    Ok(KindFigures {
        policy: Arc::clone(policy),
        kind: kind.clone(),
        all: Figures::of(policy, measures, &all),
        units: by_unit
            .into_iter()
            .map(|(unit, totals)| (unit, Figures::of(policy, measures, &totals)))
            .collect(),
    })
}

impl Figures {
    fn of(policy: &Policy, measures: &[MeasureId], totals: &[&Total]) -> Self {
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
            Figure::Tally(tally) => Self::Tally(found.by_choice(policy, tally)),
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

    fn histogram(&self) -> Histogram {
        let mut histogram = Histogram::default();
        for total in &self.0 {
            histogram.add(total.value, cases(total));
        }
        histogram
    }

    /// Choices of earlier versions that the policy no longer knows come after its own.
    fn by_choice(&self, policy: &Policy, tally: &Tally) -> Vec<(Option<ChoiceId>, u64)> {
        let known = policy.choices(&tally.by);
        let mut counts: Vec<(Option<ChoiceId>, u64)> = known
            .keys()
            .map(|choice| {
                let within = policy.choices_within(&tally.by, choice);
                let cases = within.iter().map(|one| self.of_class(one.as_str())).sum();
                (Some(choice.clone()), cases)
            })
            .collect();
        let mut others: BTreeMap<&ChoiceId, u64> = BTreeMap::new();
        let mut none = 0;
        for total in &self.0 {
            match &total.class {
                Some(class) if known.contains_key(class) => {}
                Some(class) => *others.entry(class).or_default() += cases(total),
                None => none += cases(total),
            }
        }
        counts.extend(
            others
                .into_iter()
                .map(|(choice, count)| (Some(choice.clone()), count)),
        );
        counts.extend((none > 0).then_some((None, none)));
        counts
    }
}

/// No total is negative unless the tables were tampered with.
fn cases(total: &Total) -> u64 {
    u64::try_from(total.total).unwrap_or(0)
}

/// Derives all statistics anew if they were made by another version's definitions or with another built-in calendar. Calendars that
/// are loaded change no figure of the past ([`crate::calendars`]).
///
/// # Errors
/// When the log can't be read, or a case's events are no history.
pub async fn derive_if_outdated(store: &Store, shelf: &Shelf) -> Result<u64, RebuildError> {
    let days = Sha256::digest(format!("{:?}", Calendar::china().rules()).as_bytes());
    let basis = format!("{DEFINITIONS_VERSION} {}", hex::encode(days));
    store
        .derive_statistics(&basis, &|case, history| {
            maintain::derived(shelf, case, history)
        })
        .await
}

impl App {
    /// The figures of a kind, of the cases that the caller may see by the units that answer for them.
    ///
    /// # Errors
    /// As [`figures`].
    pub async fn figures(
        &self,
        principal: &Principal,
        (policy, kind): (&PolicyId, &KindId),
        days: Days,
        unit: OfUnit,
    ) -> Result<KindFigures, Error> {
        let access = self.access_of(principal);
        let version = self.current_version(policy).ok_or(Error::NotFound)?;
        figures(self.store(), &version, &access, kind, days, unit).await
    }

    /// A report, on the same terms.
    ///
    /// # Errors
    /// As [`report`].
    pub async fn report(
        &self,
        principal: &Principal,
        (policy, id): (&PolicyId, &ReportId),
        days: Days,
    ) -> Result<ReportFigures, Error> {
        let access = self.access_of(principal);
        let version = self.current_version(policy).ok_or(Error::NotFound)?;
        report(self.store(), &version, &access, id, days).await
    }
}
