//! Statistics: figures of a kind of case over some days, from counters, and the reports made of them.

mod figures;

use std::collections::BTreeMap;
use std::sync::Arc;

use huiyin_calendar::{Calendar, ReportingPeriod};
use huiyin_case::id::UnitId;
use huiyin_policy::model::{KindId, MeasureId, Policy, PolicyId, Report, ReportId};
use huiyin_store::{Access, RebuildError, Store, Total, TotalsRequest};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

pub use self::figures::{Added, Figures, Measured};
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
    /// The days of a period.
    pub const fn of(period: ReportingPeriod) -> Self {
        Self {
            first: period.first(),
            last: period.last(),
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

/// A report with its figures.
#[derive(Debug, Clone)]
pub struct ReportFigures {
    /// The policy in force and its version.
    pub version: Version,
    /// Which report.
    pub report: ReportId,
    /// What the policy says of it.
    pub definition: Report,
    /// The time it is about.
    pub period: ReportingPeriod,
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

/// The last period of a report's own length that was over on `today`; `None` at the beginning of time.
pub fn last_over(report: &Report, today: Date) -> Option<ReportingPeriod> {
    ReportingPeriod::of(report.every, today)?.before()
}

/// A report as a version of its policy asks for it, about a period of any length, or else the last one of its own that was over
/// on `today`.
///
/// # Errors
/// [`Error::NotFound`] without such a report; when the database can't be read.
pub async fn report(
    store: &Store,
    version: &Version,
    access: &Access,
    id: &ReportId,
    (period, today): (Option<ReportingPeriod>, Date),
) -> Result<ReportFigures, Error> {
    let definition = version.policy.reports.get(id).ok_or(Error::NotFound)?;
    let period = period.or_else(|| last_over(definition, today));
    let period = period.ok_or(Error::NotFound)?;
    let days = Days::of(period);
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
        period,
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
    /// As [`figures()`].
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
        period: Option<ReportingPeriod>,
    ) -> Result<ReportFigures, Error> {
        let access = self.access_of(principal);
        let version = self.current_version(policy).ok_or(Error::NotFound)?;
        let asked = (period, self.today());
        report(self.store(), &version, &access, id, asked).await
    }
}
