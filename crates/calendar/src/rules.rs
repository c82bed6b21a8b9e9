//! What a calendar is made of, and which rule decides a date (T1).

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use crate::dayhours::{DAY_OFF, DayHours, DayTime};

/// A name in both languages of the product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Name {
    /// The Chinese name.
    pub zh: String,
    /// The English name.
    pub en: String,
}

impl Name {
    /// A name that is the same in both languages; empty for "no name".
    pub fn same(name: &str) -> Name {
        Name {
            zh: name.to_owned(),
            en: name.to_owned(),
        }
    }
}

/// The hours of one date, whatever every other rule says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exception {
    /// The hours of that date; none makes it a day off.
    pub hours: DayHours,
    /// Why, for people; may be empty.
    pub name: Name,
}

/// A calendar as data: what an administrator maintains. [`crate::Calendar::new`] makes it answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// The zone of all local times.
    pub zone: TimeZone,
    /// The hours of Monday to Sunday, in that order.
    pub weekly: [DayHours; 7],
    /// Whose hours a make-up day takes when its own weekday has none.
    pub makeup_as: Weekday,
    /// Days off by arrangement.
    pub holidays: BTreeMap<Date, Name>,
    /// Days worked to make up for a holiday; the name is that of the holiday.
    pub makeup: BTreeMap<Date, Name>,
    /// Dates with hours of their own.
    pub exceptions: BTreeMap<Date, Exception>,
    /// Where a working day is split into halves, if not by its own intervals (T6).
    pub half_split: Option<DayTime>,
    /// First and last year, inclusive, whose official arrangement is in `holidays` and `makeup` (T9).
    pub published: Option<(i16, i16)>,
    /// The documents by which years were published.
    pub notices: BTreeMap<i16, Vec<String>>,
}

/// Why a date has its working time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Working {
    /// Its weekday is a working one.
    Weekly,
    /// It makes up for the named holiday.
    Makeup(Name),
    /// It has hours of its own.
    Exception(Name),
}

/// Why a date has no working time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayOff {
    /// Its weekday is not a working one.
    Weekly,
    /// It is part of the named holiday.
    Holiday(Name),
    /// It is off by an exception.
    Exception(Name),
}

/// What kind of day a date is, and by which rule (T1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// At least one working interval.
    Working(Working),
    /// No working interval.
    Off(DayOff),
}

impl DayKind {
    /// What the day is called, if a rule of its own decides it.
    pub fn name(&self) -> Option<&Name> {
        match self {
            DayKind::Working(Working::Weekly) | DayKind::Off(DayOff::Weekly) => None,
            DayKind::Working(Working::Makeup(name) | Working::Exception(name))
            | DayKind::Off(DayOff::Holiday(name) | DayOff::Exception(name)) => Some(name),
        }
    }
}

impl Rules {
    /// The hours of a date: the first that applies of exception, make-up day, holiday, weekly hours (T1).
    pub fn hours(&self, date: Date) -> &DayHours {
        if let Some(exception) = self.exceptions.get(&date) {
            &exception.hours
        } else if self.makeup.contains_key(&date) {
            self.makeup_hours(date.weekday())
        } else if self.holidays.contains_key(&date) {
            &DAY_OFF
        } else {
            self.weekday_hours(date.weekday())
        }
    }

    /// Why a date is a working day or a day off.
    pub fn kind(&self, date: Date) -> DayKind {
        let off = self.hours(date).is_off();
        if let Some(Exception { name, .. }) = self.exceptions.get(&date) {
            return match off {
                true => DayKind::Off(DayOff::Exception(name.clone())),
                false => DayKind::Working(Working::Exception(name.clone())),
            };
        }
        match (self.makeup.get(&date), self.holidays.get(&date)) {
            (Some(name), _) if !off => DayKind::Working(Working::Makeup(name.clone())),
            (None, Some(name)) => DayKind::Off(DayOff::Holiday(name.clone())),
            _ if off => DayKind::Off(DayOff::Weekly),
            _ => DayKind::Working(Working::Weekly),
        }
    }

    /// Every date that some rule singles out, in order and possibly more than once.
    pub(crate) fn special_dates(&self) -> impl Iterator<Item = Date> {
        self.holidays
            .keys()
            .chain(self.makeup.keys())
            .chain(self.exceptions.keys())
            .copied()
    }

    pub(crate) fn weekday_hours(&self, weekday: Weekday) -> &DayHours {
        &self.weekly[usize::from(weekday.to_monday_zero_offset().unsigned_abs())]
    }

    fn makeup_hours(&self, weekday: Weekday) -> &DayHours {
        let own = self.weekday_hours(weekday);
        match own.is_off() {
            true => self.weekday_hours(self.makeup_as),
            false => own,
        }
    }
}
