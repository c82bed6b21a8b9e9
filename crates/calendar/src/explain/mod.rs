//! How a limit was counted, line by line.

mod days;
mod halves;
mod hours;
mod lines;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::calendar::{Calendar, timestamp};
use crate::due::{Due, Outcome};
use crate::error::OutOfRange;
use crate::limit::{Halves, Length, Limit};
use crate::pause::{Pause, Stretch, union};
use crate::rules::{DayOff, Working};
use crate::table::date_of;

use lines::Lines;

/// An answer and how it was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The answer.
    pub due: Due,
    /// The count in order of time, like days drawn together.
    pub lines: Vec<Line>,
}

/// A half of a working day (T6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Half {
    /// Up to the split.
    First,
    /// From the split on.
    Second,
}

/// A day, or one of its halves where halves are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// The date.
    pub date: Date,
    /// Its half; `None` for the whole day.
    pub half: Option<Half>,
}

/// What happens to the day of the starting event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Receipt {
    /// Its day is not counted (T2).
    DayNotCounted,
    /// Its half-day is not counted (T6).
    HalfNotCounted,
    /// The count begins at once (T5), or there is nothing to count.
    CountedFromHere,
}

/// What a counted day is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayReason {
    /// A working day.
    Working(Working),
    /// Any day: calendar days are counted.
    Calendar,
}

/// Why a day is not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skipped {
    /// It is a day off.
    Off(DayOff),
    /// The clock is paused (T7).
    Paused,
}

/// One line of an explanation. Dates and times are local; runs include both ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The starting event.
    Receipt {
        /// When it occurred.
        at: DateTime,
        /// What happens to its day.
        receipt: Receipt,
    },
    /// Days or half-days that count.
    Counted {
        /// The first of them.
        from: Point,
        /// The last of them.
        to: Point,
        /// What they are.
        reason: DayReason,
        /// The number that the first gets.
        first: u32,
        /// The number that the last gets.
        last: u32,
    },
    /// The half of a working day that is left over after whole ones.
    HalfLeft {
        /// The day whose first half counts.
        date: Date,
        /// What it is.
        reason: DayReason,
        /// The whole count.
        total: Halves,
    },
    /// Days or half-days that don't count.
    Skipped {
        /// The first of them.
        from: Point,
        /// The last of them.
        to: Point,
        /// Why.
        why: Skipped,
    },
    /// Working time of one day.
    Worked {
        /// The day.
        date: Date,
        /// The stretches that count, in order.
        spans: Vec<(DateTime, DateTime)>,
        /// How long they are together.
        seconds: i64,
        /// How much has been counted by the end of the day.
        total: i64,
    },
    /// A stretch of elapsed time.
    Elapsed {
        /// From.
        from: DateTime,
        /// To.
        to: DateTime,
        /// How long it is, in UTC.
        seconds: i64,
        /// How much has been counted by its end.
        total: i64,
    },
    /// A stretch in which the clock stands still.
    PausedFor {
        /// From.
        from: DateTime,
        /// To.
        to: DateTime,
    },
    /// Months later (T8).
    MonthsLater {
        /// How many.
        months: u32,
        /// The date reached.
        date: Date,
        /// Whether that month has no such day, so that its last day is taken.
        last_of_month: bool,
    },
    /// The last day is off, so that the limit ends on the next working day (T4).
    Rolled {
        /// The day that is off.
        from: Date,
        /// Why it is.
        why: DayOff,
        /// The next working day.
        to: Date,
    },
    /// An open pause keeps the clock from ending (T7).
    Suspended {
        /// When the pause began.
        since: DateTime,
    },
    /// The end.
    Due {
        /// The day that counts as due.
        date: Date,
        /// The instant as local time; 00:00 of the next day where `date` ends at 24:00.
        at: DateTime,
    },
    /// An arrangement that is not published yet may change the answer (T9).
    Provisional {
        /// The first year that is not published.
        year: i16,
    },
}

impl Calendar {
    /// When a limit ends, and how it was counted.
    ///
    /// # Errors
    ///
    /// As [`Calendar::due`].
    pub fn explain(
        &self,
        limit: &Limit,
        start: Timestamp,
        pauses: &[Pause],
    ) -> Result<Explanation, OutOfRange> {
        let due = self.due(limit, start, pauses)?;
        let outcome = self.outcome(limit, start, pauses)?;
        let telling = Telling {
            calendar: self,
            start: start.as_second(),
            pauses: union(pauses, start.as_second()),
            suspended: match outcome {
                Outcome::Suspended(pause) => Some(pause),
                Outcome::Due(_) => None,
            },
        };
        let mut lines = Lines::default();
        telling.count(limit, &mut lines);
        match (&outcome, due.due_date) {
            (Outcome::Due(ending), Some(date)) => lines.push(Line::Due {
                date,
                at: self.local(timestamp(ending.at)),
            }),
            _ => lines.extend(telling.suspended.map(|pause| Line::Suspended {
                since: telling.local(pause.from),
            })),
        }
        if due.provisional {
            let starts = self.date_of(start).year();
            lines.push(Line::Provisional {
                year: self.first_unpublished(starts),
            });
        }
        Ok(Explanation {
            due,
            lines: lines.into_vec(),
        })
    }

    fn first_unpublished(&self, starts: i16) -> i16 {
        match self.rules.published {
            Some((first, last)) if starts >= first => starts.max(last + 1),
            _ => starts,
        }
    }
}

/// A limit being told.
struct Telling<'a> {
    calendar: &'a Calendar,
    start: i64,
    pauses: Vec<Stretch>,
    /// The open pause that suspends the clock.
    suspended: Option<Stretch>,
}

impl Telling<'_> {
    fn count(&self, limit: &Limit, lines: &mut Lines) {
        let receipt = |receipt| Line::Receipt {
            at: self.local(self.start),
            receipt,
        };
        match limit.length {
            Length::WorkingDays(Halves(0)) | Length::CalendarDays(0) | Length::Weeks(0) => {
                lines.push(receipt(Receipt::CountedFromHere));
            }
            Length::WorkingDays(_) | Length::CalendarDays(_) | Length::Weeks(_) => {
                lines.push(receipt(Receipt::DayNotCounted));
            }
            Length::WorkingHalves(halves) if halves > 0 => {
                lines.push(receipt(Receipt::HalfNotCounted));
            }
            _ => lines.push(receipt(Receipt::CountedFromHere)),
        }
        match limit.length {
            Length::WorkingDays(halves) => self.working_days(halves, lines),
            Length::CalendarDays(days) => self.calendar_days(days, limit, lines),
            Length::Weeks(weeks) => self.calendar_days(weeks.saturating_mul(7), limit, lines),
            Length::Months(months) => self.months(months, limit, lines),
            Length::WorkingHalves(halves) => self.working_halves(halves, lines),
            Length::WorkingHours(hours) => self.working_seconds(hours.seconds().into(), lines),
            Length::CalendarHours(hours) => self.elapsed(hours.seconds().into(), lines),
        }
    }

    fn day(&self, instant: i64) -> i64 {
        self.calendar.table.day_at(instant)
    }

    fn local(&self, instant: i64) -> DateTime {
        self.calendar.local(timestamp(instant))
    }

    /// The last day that can be told of a suspended clock.
    fn last_day(&self) -> i64 {
        self.suspended
            .map_or(i64::MAX, |pause| self.day(pause.from))
    }
}

fn whole(day: i64) -> Point {
    Point {
        date: date_of(day),
        half: None,
    }
}
