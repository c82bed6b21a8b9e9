//! Published policies: every version there ever was, because cases keep theirs (P1.16).
//!
//! New cases are taken in under the version in force: the newest whose day has come and that is not stopped. Numbers are of one
//! series for each policy, but its versions stand on several lines: those of the organisation, and for each unit that has adopted
//! the policy those of its adoptions. A unit without one uses what the nearest unit above it uses.

mod adoption;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use adoption::Adoption;
use huiyin_calendar::Calendar;
use huiyin_case::entitled::Entitlements;
use huiyin_case::id::UnitId;
use huiyin_case::state::ReplayError;
use huiyin_case::{CaseState, Event, Recorded};
use huiyin_policy::SourceFile;
use huiyin_policy::model::{Policy, PolicyId};
use huiyin_store::{Ordered, PolicyStop};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendars::{Calendars, Kept};

/// A published version of a policy.
#[derive(Debug, Clone)]
pub struct Version {
    /// The checked policy.
    pub policy: Arc<Policy>,
    /// Its version, from 1.
    pub version: u32,
    /// The first day on which cases can be taken in under it.
    pub effective_on: Date,
    /// When it came into force, or will: when that day begins, or when it was published on the day itself.
    pub effective_at: Timestamp,
    /// The files it was checked from.
    pub files: Arc<[SourceFile]>,
    /// Its emergency stops, the oldest first; only the last may hold.
    pub stops: Vec<PolicyStop>,
    /// What makes it the adoption of another version by a unit, if it is one.
    pub adoption: Option<Adoption>,
    /// The calendar by which its cases count time, as it stands now.
    pub working: Arc<Kept>,
}

/// How a version stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// New cases are taken in under it.
    InForce,
    /// Its day has not come.
    ToCome,
    /// It is stopped: no new case is taken in under it.
    Stopped,
    /// A newer one has taken its place.
    Earlier,
}

impl Version {
    /// Working time in its cases.
    pub fn calendar(&self) -> &Calendar {
        &self.working.calendar
    }

    /// The stop that holds.
    pub fn stop(&self) -> Option<&PolicyStop> {
        self.stops.last().filter(|stop| stop.resumed.is_none())
    }

    fn has_come(&self, today: Date) -> bool {
        self.effective_on <= today
    }

    /// The unit on whose line it stands; `None` for that of the organisation.
    pub fn unit(&self) -> Option<UnitId> {
        self.adoption.as_ref().map(|adoption| adoption.unit)
    }

    /// The version of the organisation that says what it says: itself, unless it is an adoption.
    pub fn base(&self) -> u32 {
        let adoption = self.adoption.as_ref();
        adoption.map_or(self.version, |adoption| adoption.base)
    }

    /// Whether it was stopped when a day ended.
    fn was_stopped(&self, day: Date, calendar: &Calendar) -> bool {
        let before = |order: &Ordered| calendar.date_of(order.at) <= day;
        let holds =
            |stop: &PolicyStop| before(&stop.stopped) && !stop.resumed.as_ref().is_some_and(before);
        self.stops.iter().any(holds)
    }
}

/// All published versions.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    versions: BTreeMap<PolicyId, Vec<Version>>,
    entitlements: Entitlements,
    calendars: Calendars,
}

impl Shelf {
    /// Puts a version on the shelf, after those before it.
    pub fn put(&mut self, version: Version) {
        self.entitlements.add(&version.policy);
        let versions = self.versions.entry(version.policy.id.clone()).or_default();
        versions.retain(|one| one.version != version.version);
        let working = Arc::clone(self.calendars.of(&version.policy));
        versions.push(Version { working, ..version });
        versions.sort_by_key(|version| version.version);
    }

    /// Puts versions on the shelf that were published together.
    pub fn put_all(&mut self, versions: Vec<Version>) {
        for version in versions {
            self.put(version);
        }
    }

    /// The calendars that the organisation keeps.
    pub fn calendars(&self) -> &Calendars {
        &self.calendars
    }

    /// Takes these in place of the calendars known so far, for every version.
    pub fn put_calendars(&mut self, calendars: Calendars) {
        for version in self.versions.values_mut().flatten() {
            version.working = Arc::clone(calendars.of(&version.policy));
        }
        self.calendars = calendars;
    }

    /// Notes all stops there are, by version and number, in place of those known so far.
    pub fn put_stops(&mut self, stops: &[PolicyStop]) {
        for version in self.versions.values_mut().flatten() {
            let of = |stop: &&PolicyStop| {
                stop.policy == version.policy.id && stop.version == version.version
            };
            version.stops = stops.iter().filter(of).cloned().collect();
        }
    }

    /// Whom a case may let do something with it, in every version that it may keep.
    pub fn entitlements(&self) -> &Entitlements {
        &self.entitlements
    }

    /// Every version of every policy, by policy and number. What units adopt differs in figures alone.
    pub fn all(&self) -> impl Iterator<Item = &Version> {
        let all = self.versions.values().flatten();
        all.filter(|one| one.adoption.is_none())
    }

    /// The versions of one policy, the oldest first.
    pub fn versions(&self, policy: &PolicyId) -> impl DoubleEndedIterator<Item = &Version> + Clone {
        self.line(policy, None)
    }

    /// The versions on one line: that of the organisation, or the adoptions of a unit; the oldest first.
    pub fn line(
        &self,
        policy: &PolicyId,
        unit: Option<UnitId>,
    ) -> impl DoubleEndedIterator<Item = &Version> + Clone {
        let all = self.numbered(policy).iter();
        all.filter(move |one| one.unit() == unit)
    }

    /// Versions and adoptions of one policy, by number.
    pub fn numbered(&self, policy: &PolicyId) -> &[Version] {
        self.versions.get(policy).map_or(&[], Vec::as_slice)
    }

    /// The version published last of one policy, whether its day has come or not.
    pub fn newest(&self, policy: &PolicyId) -> Option<&Version> {
        self.versions(policy).next_back()
    }

    /// The number that nothing of this policy has yet.
    pub fn next_number(&self, policy: &PolicyId) -> u32 {
        self.numbered(policy).last().map_or(0, |one| one.version) + 1
    }

    /// The version a case keeps, which may be an adoption.
    pub fn version(&self, policy: &PolicyId, version: u32) -> Option<&Version> {
        let mut versions = self.numbered(policy).iter();
        versions.find(|one| one.version == version)
    }

    /// The policy of a version.
    pub fn policy(&self, policy: &PolicyId, version: u32) -> Option<&Policy> {
        self.version(policy, version).map(|one| &*one.policy)
    }

    /// What a history adds up to, with the version that the case keeps.
    ///
    /// # Errors
    /// When the events are no history, or a version that the case kept is missing.
    pub fn replay(&self, history: &[Recorded]) -> Result<(CaseState, &Version), ReplayError> {
        let first = history.first().ok_or(ReplayError::Empty)?;
        let Event::CaseOpened { policy, .. } = &first.event else {
            return Err(ReplayError::NotOpened);
        };
        let state = CaseState::replay_under(&|version| self.policy(policy, version), history)?;
        let version = self.version(policy, state.version);
        let version = version.ok_or(ReplayError::VersionMissing(state.version))?;
        Ok((state, version))
    }

    /// The version of one policy under which new cases are taken in.
    pub fn in_force(&self, policy: &PolicyId, today: Date) -> Option<&Version> {
        self.newest_that(policy, None, |one| {
            one.has_come(today) && !self.is_stopped(one)
        })
    }

    /// That of each policy that has one.
    pub fn all_in_force(&self, today: Date) -> impl Iterator<Item = &Version> {
        let all = self.versions.keys();
        all.filter_map(move |policy| self.in_force(policy, today))
    }

    fn newest_that(
        &self,
        policy: &PolicyId,
        unit: Option<UnitId>,
        asked: impl Fn(&Version) -> bool,
    ) -> Option<&Version> {
        let mut newest_first = self.line(policy, unit).rev();
        newest_first.find(|one| asked(one))
    }

    /// Whether it is stopped itself, or is an adoption of a version that is.
    pub fn is_stopped(&self, version: &Version) -> bool {
        let base = self.version(&version.policy.id, version.base());
        version.stop().is_some() || base.is_some_and(|base| base.stop().is_some())
    }

    /// The version by which lists and figures are named: the one in force, or else the last one whose day has come, as long
    /// as it is stopped.
    pub fn current(&self, policy: &PolicyId, today: Date) -> Option<&Version> {
        let last = || self.newest_that(policy, None, |one| one.has_come(today));
        self.in_force(policy, today).or_else(last)
    }

    /// That of each policy that has one.
    pub fn all_current(&self, today: Date) -> impl Iterator<Item = &Version> {
        let all = self.versions.keys();
        all.filter_map(move |policy| self.current(policy, today))
    }

    /// The version whose stop is to be told: the newest that would be in force if it were not stopped.
    pub fn held_up(&self, policy: &PolicyId, today: Date) -> Option<&Version> {
        let newest = self.newest_that(policy, None, |one| one.has_come(today));
        newest.filter(|one| one.stop().is_some())
    }

    /// How a version stands on its line.
    pub fn standing(&self, version: &Version, today: Date) -> Standing {
        let has_come = |one: &Version| one.has_come(today) && !self.is_stopped(one);
        let in_force = self.newest_that(&version.policy.id, version.unit(), has_come);
        if self.is_stopped(version) {
            Standing::Stopped
        } else if !version.has_come(today) {
            Standing::ToCome
        } else if in_force.is_some_and(|one| one.version == version.version) {
            Standing::InForce
        } else {
            Standing::Earlier
        }
    }

    /// What was current of one policy, from which day on, until today: a stop alone, which may be lifted, ends nothing. A day is
    /// what it was when it ended.
    pub fn history(
        &self,
        policy: &PolicyId,
        calendar: &Calendar,
        today: Date,
    ) -> Vec<(Date, &Version)> {
        let versions = self.versions(policy);
        let days: BTreeSet<Date> = versions
            .clone()
            .flat_map(|version| {
                let orders = version
                    .stops
                    .iter()
                    .flat_map(|stop| std::iter::once(&stop.stopped).chain(stop.resumed.as_ref()));
                let ordered = orders.map(|order| calendar.date_of(order.at));
                ordered.chain([calendar.date_of(version.effective_at)])
            })
            .filter(|day| *day <= today)
            .collect();
        let mut history: Vec<(Date, &Version)> = Vec::new();
        for day in days {
            let newest_first = versions.clone().rev();
            let begun = newest_first.filter(|one| calendar.date_of(one.effective_at) <= day);
            let mut going = begun.clone().filter(|one| !one.was_stopped(day, calendar));
            let Some(was) = going.next().or_else(|| begun.clone().next()) else {
                continue;
            };
            let last = history.last().map(|(_, last)| last.version);
            if last != Some(was.version) {
                history.push((day, was));
            }
        }
        history
    }
}
