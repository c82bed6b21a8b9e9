//! When a limit ends (T2 to T9).

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::calendar::{Calendar, timestamp};
use crate::dayhours::DayTime;
use crate::error::OutOfRange;
use crate::limit::{End, Halves, Length, Limit, Roll};
use crate::pause::{Pause, Stretch, advance, union};
use crate::table::{date_of, day_of};

/// When a limit ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The instant; `None` while suspended.
    pub due_at: Option<Timestamp>,
    /// The date on which it falls, which is that of the day counted even where the day ends at 24:00;
    /// `None` while suspended.
    pub due_date: Option<Date>,
    /// Whether an open pause keeps the clock from ending.
    pub suspended: bool,
    /// Whether a year whose arrangement is not published may still change the answer (T9).
    pub provisional: bool,
}

/// An end on a day of the table.
pub(crate) struct Ending {
    pub(crate) at: i64,
    pub(crate) day: i64,
}

/// How a count ended.
pub(crate) enum Outcome {
    Due(Ending),
    Suspended(Stretch),
}

impl Calendar {
    /// When a limit ends that starts with an event at `start`.
    ///
    /// Pauses may come in any order and overlap.
    ///
    /// # Errors
    ///
    /// When the start or the end lies outside the years of the calendar.
    pub fn due(
        &self,
        limit: &Limit,
        start: Timestamp,
        pauses: &[Pause],
    ) -> Result<Due, OutOfRange> {
        let start_day = self.table.day_at(start.as_second());
        let outcome = self.outcome(limit, start, pauses)?;
        let last_day = match &outcome {
            Outcome::Due(ending) => ending.day,
            Outcome::Suspended(pause) => self.table.day_at(pause.from),
        };
        let provisional = !limit.ignores_arrangements()
            && self
                .rules
                .is_provisional(date_of(start_day), date_of(last_day));
        Ok(match outcome {
            Outcome::Due(ending) => Due {
                due_at: Some(timestamp(ending.at)),
                due_date: Some(date_of(ending.day)),
                suspended: false,
                provisional,
            },
            Outcome::Suspended(_) => Due {
                due_at: None,
                due_date: None,
                suspended: true,
                provisional,
            },
        })
    }

    pub(crate) fn outcome(
        &self,
        limit: &Limit,
        start: Timestamp,
        pauses: &[Pause],
    ) -> Result<Outcome, OutOfRange> {
        let start = start.as_second();
        let start_day = self.table.day_at(start);
        if !self.table.contains(start_day) {
            return Err(OutOfRange::Start);
        }
        let count = Count {
            calendar: self,
            start,
            start_day,
            pauses: match pauses {
                [] => Vec::new(),
                _ => union(pauses, start),
            },
        };
        match count.end(limit) {
            Ok(Some(ending)) if self.table.contains(ending.day) => Ok(Outcome::Due(ending)),
            Ok(_) => Err(OutOfRange::End),
            Err(pause) => Ok(Outcome::Suspended(pause)),
        }
    }
}

/// A limit being counted. Ends are `Ok(None)` beyond the table, `Err` when an open pause suspends them.
struct Count<'a> {
    calendar: &'a Calendar,
    start: i64,
    start_day: i64,
    pauses: Vec<Stretch>,
}

type Counted<T> = Result<Option<T>, Stretch>;

impl Count<'_> {
    fn end(&self, limit: &Limit) -> Counted<Ending> {
        match limit.length {
            Length::WorkingDays(halves) => self.working_days(halves, limit.end),
            Length::WorkingHalves(halves) => self.working_halves(halves),
            Length::WorkingHours(hours) => self.working_seconds(i64::from(hours.seconds())),
            Length::CalendarHours(hours) => {
                let at = self.advance(self.start, i64::from(hours.seconds()), |instant| instant)?;
                Ok(Some(self.on_its_date(at)))
            }
            Length::CalendarDays(days) => {
                let day = self.calendar_day(i64::from(days))?;
                Ok(self.rolled(day, limit))
            }
            Length::Weeks(weeks) => {
                let day = self.calendar_day(7 * i64::from(weeks))?;
                Ok(self.rolled(day, limit))
            }
            Length::Months(months) => Ok(self
                .month_later(months)
                .and_then(|day| self.rolled(day, limit))),
        }
    }

    fn advance(
        &self,
        from: i64,
        length: i64,
        position: impl Fn(i64) -> i64,
    ) -> Result<i64, Stretch> {
        advance(from, length, &self.pauses, position)
    }

    fn working_days(&self, halves: Halves, end: End) -> Counted<Ending> {
        let table = &self.calendar.table;
        if halves == Halves::default() {
            return Ok(Some(self.end_of_day(self.start_day, end)));
        }
        let days = i64::from(halves.0.div_ceil(2));
        let reached = self.advance(
            table.working_days_through(self.start_day),
            days,
            |instant| table.working_days_through(table.day_at(instant)),
        )?;
        Ok(table
            .nth_working_day(reached)
            .map(|day| match halves.has_half() {
                true => Ending {
                    at: table.instant(day, table.split(day)),
                    day,
                },
                false => self.end_of_day(day, end),
            }))
    }

    fn working_halves(&self, halves: u32) -> Counted<Ending> {
        let table = &self.calendar.table;
        if halves == 0 && table.hours(self.start_day).is_off() {
            return Ok(Some(self.end_of_day(self.start_day, End::Business)));
        }
        let reached = self.advance(
            table.halves_through(self.start),
            i64::from(halves),
            |instant| table.halves_through(instant),
        )?;
        let day = table.nth_working_day((reached + 1) / 2);
        Ok(day.map(|day| Ending {
            at: match reached % 2 {
                1 => table.instant(day, table.split(day)),
                _ => table.closing(day),
            },
            day,
        }))
    }

    fn working_seconds(&self, seconds: i64) -> Counted<Ending> {
        let table = &self.calendar.table;
        if seconds == 0 {
            return Ok(Some(self.on_its_date(self.start)));
        }
        let reached = self.advance(table.worked_before(self.start), seconds, |instant| {
            table.worked_before(instant)
        })?;
        Ok(table.worked_at(reached).map(|at| self.on_its_date(at)))
    }

    fn calendar_day(&self, days: i64) -> Result<i64, Stretch> {
        self.advance(self.start_day, days, |instant| {
            self.calendar.table.day_at(instant)
        })
    }

    fn month_later(&self, months: u32) -> Option<i64> {
        let months = i64::from(months).months();
        date_of(self.start_day).checked_add(months).ok().map(day_of)
    }

    /// The end of a day that rolls if the limit does and the day is off.
    fn rolled(&self, day: i64, limit: &Limit) -> Option<Ending> {
        let table = &self.calendar.table;
        if !table.contains(day) {
            return None;
        }
        let day = match limit.roll {
            Roll::None => day,
            Roll::NextWorking => self.calendar.next_working_day(day)?,
        };
        Some(self.end_of_day(day, limit.end))
    }

    fn end_of_day(&self, day: i64, end: End) -> Ending {
        let table = &self.calendar.table;
        let at = match end {
            End::Business => table.closing(day),
            End::Day => table.instant(day, DayTime::END),
        };
        Ending { at, day }
    }

    fn on_its_date(&self, at: i64) -> Ending {
        Ending {
            at,
            day: self.calendar.table.day_at(at),
        }
    }
}
