//! A calendar that answers.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use crate::dayhours::{DayHours, DayTime};
use crate::rules::{DayKind, Rules};
use crate::table::{Table, date_of, day_of};

/// A calendar: working time in one zone. Cheap to clone.
///
/// ```
/// use huiyin_calendar::{Calendar, Limit};
///
/// let calendar = Calendar::china();
/// let start = calendar.instant(jiff::civil::date(2026, 2, 13).at(16, 20, 0, 0));
/// let due = calendar.due(&Limit::working_days(5), start, &[])?;
/// assert_eq!(due.due_date, Some(jiff::civil::date(2026, 2, 27)));
/// # Ok::<(), huiyin_calendar::OutOfRange>(())
/// ```
#[derive(Clone, Debug)]
pub struct Calendar {
    pub(crate) rules: Arc<Rules>,
    pub(crate) table: Arc<Table>,
}

impl Calendar {
    /// Prepares a calendar to answer; takes a few milliseconds.
    pub fn new(rules: Rules) -> Calendar {
        Calendar {
            table: Arc::new(Table::new(&rules)),
            rules: Arc::new(rules),
        }
    }

    /// What the calendar is made of.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Whether a date has any working time (T1).
    pub fn is_working_day(&self, date: Date) -> bool {
        !self.hours(date).is_off()
    }

    /// The working intervals of a date; none outside the years of the calendar.
    pub fn hours(&self, date: Date) -> &DayHours {
        self.table.hours(day_of(date))
    }

    /// What kind of day a date is, and by which rule (T1).
    pub fn day_kind(&self, date: Date) -> DayKind {
        self.rules.kind(date)
    }

    /// The first working day on or after a date, if the calendar has one.
    pub fn working_day_from(&self, date: Date) -> Option<Date> {
        self.next_working_day(day_of(date)).map(date_of)
    }

    /// The working day `number` places after the first one on or after a date; `None` after the years of
    /// the calendar.
    pub fn nth_working_day_from(&self, date: Date, number: u32) -> Option<Date> {
        let before = self.table.working_days_through(day_of(date) - 1);
        self.table
            .nth_working_day(before + 1 + i64::from(number))
            .map(date_of)
    }

    /// The local date and time of an instant.
    pub fn local(&self, instant: Timestamp) -> DateTime {
        self.offset(instant).to_datetime(instant)
    }

    /// The local date of an instant.
    pub fn date_of(&self, instant: Timestamp) -> Date {
        self.local(instant).date()
    }

    /// The instant of a local time. One that daylight saving skips or repeats is read with the offset
    /// that was valid before the change (T11).
    pub fn instant(&self, local: DateTime) -> Timestamp {
        self.rules
            .zone
            .to_ambiguous_timestamp(local)
            .compatible()
            .unwrap_or(Timestamp::MAX)
    }

    /// The instant of a local time of day, 24:00 included.
    pub fn instant_at(&self, date: Date, time: DayTime) -> Timestamp {
        timestamp(self.table.instant(day_of(date), time))
    }

    /// An instant as local time with its offset, as in `2026-02-26T18:00:00+08:00`.
    pub fn written(&self, instant: Timestamp) -> String {
        instant
            .display_with_offset(self.offset(instant))
            .to_string()
    }

    pub(crate) fn offset(&self, instant: Timestamp) -> Offset {
        self.rules.zone.to_offset(instant)
    }

    pub(crate) fn next_working_day(&self, day: i64) -> Option<i64> {
        self.table
            .nth_working_day(self.table.working_days_through(day - 1) + 1)
    }
}

/// The instant of a second that the table has computed.
pub(crate) fn timestamp(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
}
