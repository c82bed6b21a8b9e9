//! Days laid over a calendar: a region's own holidays, a new year's arrangement, exceptions.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::calendar::Calendar;
use crate::rules::{DayKind, Exception, Name};
use crate::table::{LAST_DAY, date_of, day_of};

/// Additions to a calendar; what it names replaces what the calendar has for that date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// Days off, such as 三月三 in Guangxi.
    pub holidays: BTreeMap<Date, Name>,
    /// Days worked to make up for them.
    pub makeup: BTreeMap<Date, Name>,
    /// Dates with hours of their own.
    pub exceptions: BTreeMap<Date, Exception>,
    /// Years, inclusive, that count as published with this overlay. They must follow, precede or
    /// overlap those of the calendar: years apart from them stay provisional.
    pub published: Option<(i16, i16)>,
    /// The documents by which years were published.
    pub notices: BTreeMap<i16, Vec<String>>,
}

/// A date that two calendars see differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayChange {
    /// The date.
    pub date: Date,
    /// What it was.
    pub before: DayKind,
    /// What it becomes; the same kind where only the hours differ.
    pub after: DayKind,
}

impl Calendar {
    /// This calendar with an overlay.
    ///
    /// A holiday laid over a make-up day, or the other way round, takes its place; an exception of the
    /// calendar still wins over both (T1).
    pub fn with_overlay(&self, overlay: &Overlay) -> Calendar {
        let mut rules = (*self.rules).clone();
        for (date, name) in &overlay.holidays {
            rules.makeup.remove(date);
            rules.holidays.insert(*date, name.clone());
        }
        for (date, name) in &overlay.makeup {
            rules.holidays.remove(date);
            rules.makeup.insert(*date, name.clone());
        }
        rules.exceptions.extend(overlay.exceptions.clone());
        rules.notices.extend(overlay.notices.clone());
        rules.published = joined(rules.published, overlay.published);
        Calendar::new(rules)
    }

    /// This calendar for the days before `first`, and `later` from that day on: what the later one has for earlier days is left
    /// out. The zone and the weekly hours are those of the later one.
    pub fn until(&self, first: Date, later: &Calendar) -> Calendar {
        let mut rules = (*later.rules).clone();
        for day in 0..day_of(first).min(day_of(LAST_DAY) + 1) {
            let (hours, date) = (self.table.hours(day), date_of(day));
            if hours != later.table.hours(day) {
                let hours = hours.clone();
                let name = self.rules.kind(date).name().cloned().unwrap_or_default();
                rules.exceptions.insert(date, Exception { hours, name });
            }
        }
        rules.published = joined(later.rules.published, self.rules.published);
        Calendar::new(rules)
    }

    /// The dates whose hours differ in `other`, in order: what an administrator sees before a change.
    pub fn changes(&self, other: &Calendar) -> Vec<DayChange> {
        (0..=day_of(LAST_DAY))
            .filter(|day| self.table.hours(*day) != other.table.hours(*day))
            .map(|day| DayChange {
                date: date_of(day),
                before: self.rules.kind(date_of(day)),
                after: other.rules.kind(date_of(day)),
            })
            .collect()
    }
}

/// Published years with further ones; those that lie apart from the known ones are left out.
fn joined(known: Option<(i16, i16)>, added: Option<(i16, i16)>) -> Option<(i16, i16)> {
    match (known, added) {
        (Some((first, last)), Some((from, to))) if from <= last + 1 && to >= first - 1 => {
            Some((first.min(from), last.max(to)))
        }
        (known, added) => known.or(added),
    }
}
