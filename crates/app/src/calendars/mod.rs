//! The calendars that the organisation keeps (T1 to T13): its own, and others that policies name.
//!
//! A version never changes. What was put on record by one stays as it is; due times of running clocks are computed again by the
//! next one, on record (T9). Statistics take each day as it was when it began, so that no figure of the past ever moves.

mod load;
mod recompute;

use std::collections::BTreeMap;
use std::sync::Arc;

use huiyin_calendar::{Calendar, CalendarFile, FIRST_YEAR, Problem};
use huiyin_policy::model::{CalendarId, Policy};
use huiyin_policy::{OWN_CALENDAR, is_calendar_name};
use huiyin_store::{CalendarVersion, DecidedBy};
use jiff::civil::{Date, date};

pub(crate) use load::first_version;
pub use load::{CHANGES_SHOWN_MAX, Load, LoadPreview, Moved};

/// The month, from 1, from which on the arrangement of the next year is missed: limits begin to reach into that year.
const NEXT_YEAR_MISSED_FROM: i8 = 10;

/// The first day of every calendar.
const FIRST_DAY: Date = date(FIRST_YEAR, 1, 1);

/// A calendar that the organisation keeps.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its name.
    pub name: CalendarId,
    /// Its versions, the first one first; none while the built-in calendar is the organisation's own.
    pub versions: Vec<KeptVersion>,
    /// What counts now.
    pub calendar: Calendar,
    /// What statistics count by: each day as it was when it began.
    counted: Calendar,
}

/// A version with what it changed.
#[derive(Debug, Clone)]
pub struct KeptVersion {
    /// The version.
    pub version: CalendarVersion,
    /// The first day from which on limits may end otherwise than by the version before; `None` if none does.
    pub touches: Option<Date>,
}

/// Why a file is no version of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarUnfit {
    /// A calendar can't be called that.
    Name,
    /// What is wrong in the file.
    Problems(Vec<Problem>),
    /// An overlay, or a first day, for a calendar that is not there yet.
    NothingBefore,
    /// The zone is another, though cases are on record whose days were counted in it.
    Zone(String),
    /// Published years that do not lie next to those known.
    Years(i16, i16),
    /// Nothing would be otherwise than it is.
    NothingChanges,
    /// There are as many calendars, or versions of this one, as there can be.
    TooMany,
    /// Somebody else has loaded a version since; how many there are now.
    Outdated(u32),
}

impl Kept {
    /// The built-in calendar as the organisation's own.
    fn built_in() -> Self {
        Self {
            name: CalendarId::new(OWN_CALENDAR),
            versions: Vec::new(),
            calendar: Calendar::china(),
            counted: Calendar::china(),
        }
    }

    /// The newest version; 0 while none was loaded.
    pub fn number(&self) -> u32 {
        self.versions.last().map_or(0, |last| last.version.version)
    }

    /// By what something is decided now.
    pub(crate) fn decided_by(&self) -> DecidedBy {
        DecidedBy {
            name: self.name.clone(),
            version: self.number(),
        }
    }

    /// What statistics count by.
    pub fn counted(&self) -> &Calendar {
        &self.counted
    }

    /// The first and the last year whose arrangement is published.
    pub fn published(&self) -> Option<(i16, i16)> {
        self.calendar.rules().published
    }

    /// The first year whose arrangement ought to be loaded by today and is not: from October on the next one (T9). `None` also
    /// for a calendar that tells of no year.
    pub fn year_missed(&self, today: Date) -> Option<i16> {
        let (_, last) = self.published()?;
        let needed = today.year() + i16::from(today.month() >= NEXT_YEAR_MISSED_FROM);
        (last < needed).then_some(last + 1)
    }

    /// The next version on top of what there is; `before` is `None` for the first one of a calendar that is not built in.
    ///
    /// # Errors
    /// What is wrong with the file.
    fn next(before: Option<&Self>, version: CalendarVersion) -> Result<Self, CalendarUnfit> {
        let file = CalendarFile::from_json(&version.file).map_err(CalendarUnfit::Problems)?;
        let base = before.map(|before| &before.calendar);
        let loaded = match (file, base) {
            (CalendarFile::Whole(calendar), _) => calendar,
            (CalendarFile::Overlay(overlay), Some(base)) => base.with_overlay(&overlay),
            (CalendarFile::Overlay(_), None) => return Err(CalendarUnfit::NothingBefore),
        };
        let calendar = match (version.from, base) {
            (Some(from), Some(base)) => base.until(from, &loaded),
            (Some(_), None) => return Err(CalendarUnfit::NothingBefore),
            (None, _) => loaded,
        };
        let day_after = calendar.date_of(version.at).tomorrow().unwrap_or(Date::MAX);
        let counted = match before.filter(|before| before.zone() == zone(&calendar)) {
            Some(before) => before.counted.until(day_after, &calendar),
            None => calendar.clone(),
        };
        let touches = base.map_or(Some(FIRST_DAY), |base| touched(base, &calendar));
        let name = version.name.clone();
        let mut versions = before.map_or_else(Vec::new, |before| before.versions.clone());
        versions.push(KeptVersion { version, touches });
        Ok(Self {
            name,
            versions,
            calendar,
            counted,
        })
    }

    /// The zone in which its days are counted.
    pub fn zone(&self) -> String {
        zone(&self.calendar)
    }
}

fn zone(calendar: &Calendar) -> String {
    let zone = calendar.rules().zone.iana_name();
    zone.unwrap_or_default().to_owned()
}

/// The first day from which on a limit may end otherwise, or be provisional otherwise.
fn touched(before: &Calendar, after: &Calendar) -> Option<Date> {
    let (old, new) = (before.rules(), after.rules());
    if zone(before) != zone(after) || old.half_split != new.half_split {
        return Some(FIRST_DAY);
    }
    let day = before.changes(after).first().map(|change| change.date);
    let published =
        (old.published != new.published).then(|| match (old.published, new.published) {
            // A notice has moved the last days of December before (T9).
            (Some((first, last)), Some((from, to))) if first == from => date(last.min(to), 12, 28),
            _ => FIRST_DAY,
        });
    day.into_iter().chain(published).min()
}

/// All calendars of the organisation.
#[derive(Debug, Clone)]
pub struct Calendars {
    own: Arc<Kept>,
    named: BTreeMap<CalendarId, Arc<Kept>>,
}

impl Default for Calendars {
    fn default() -> Self {
        Self {
            own: Arc::new(Kept::built_in()),
            named: BTreeMap::new(),
        }
    }
}

impl Calendars {
    /// Makes the calendars of their versions, which come by name and number.
    ///
    /// # Errors
    /// The version that this program does not accept.
    pub(crate) fn of_versions(versions: Vec<CalendarVersion>) -> Result<Self, (CalendarId, u32)> {
        let mut calendars = Self::default();
        for version in versions {
            let (name, number) = (version.name.clone(), version.version);
            let before = calendars.get(&name).cloned();
            let kept = Kept::next(before.as_deref(), version).map_err(|_| (name, number))?;
            calendars.put(kept);
        }
        Ok(calendars)
    }

    fn put(&mut self, kept: Kept) {
        if kept.name.as_str() == OWN_CALENDAR {
            self.own = Arc::new(kept);
        } else {
            self.named.insert(kept.name.clone(), Arc::new(kept));
        }
    }

    /// The organisation's own.
    pub fn own(&self) -> &Arc<Kept> {
        &self.own
    }

    /// A calendar by its name.
    pub fn get(&self, name: &CalendarId) -> Option<&Arc<Kept>> {
        if name.as_str() == OWN_CALENDAR {
            return Some(&self.own);
        }
        self.named.get(name)
    }

    /// The calendar by which a policy counts time. No policy is published without it.
    pub fn of(&self, policy: &Policy) -> &Arc<Kept> {
        let named = policy.calendar.as_ref();
        named.and_then(|name| self.get(name)).unwrap_or(&self.own)
    }

    /// All of them, the organisation's own first.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Kept>> {
        std::iter::once(&self.own).chain(self.named.values())
    }
}

/// Whether a calendar can be called that.
fn can_be_called(name: &CalendarId) -> bool {
    name.as_str() == OWN_CALENDAR || is_calendar_name(name.as_str())
}

#[cfg(test)]
mod tests;
