//! Attempts to reach a customer, judged.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

use super::window::ContactWindow;
use crate::calendar::Calendar;
use crate::dayhours::DayTime;

/// One try to reach the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When it occurred.
    pub at: Timestamp,
    /// Whether the customer had named this time himself; then any time of day will do.
    pub customer_named_time: bool,
}

/// Why an attempt doesn't count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCounted {
    /// It came before the starting event.
    BeforeStart,
    /// No attempt counts at this time of day.
    OutsideWindow,
    /// It came too soon after the last one that counts.
    TooSoon {
        /// When it would have counted.
        earliest: Timestamp,
    },
}

/// An attempt, and whether it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The attempt.
    pub attempt: Attempt,
    /// Why it doesn't count, if it doesn't.
    pub not_counted: Option<NotCounted>,
}

/// The attempts since a starting event, in order of time.
///
/// The spacing is measured from the last attempt that counts: one that doesn't can't spoil the next.
#[derive(Clone, Debug)]
pub struct ContactSeries<'a> {
    calendar: &'a Calendar,
    window: &'a ContactWindow,
    start: Timestamp,
    judged: Vec<Judged>,
}

impl<'a> ContactSeries<'a> {
    /// Judges attempts, given in any order, since `start`.
    pub fn new(
        calendar: &'a Calendar,
        window: &'a ContactWindow,
        start: Timestamp,
        attempts: &[Attempt],
    ) -> ContactSeries<'a> {
        let mut series = ContactSeries {
            calendar,
            window,
            start,
            judged: Vec::with_capacity(attempts.len()),
        };
        let mut attempts = attempts.to_vec();
        attempts.sort_by_key(|attempt| attempt.at);
        for attempt in attempts {
            let not_counted = series.judge(attempt).err();
            series.judged.push(Judged {
                attempt,
                not_counted,
            });
        }
        series
    }

    /// The attempts in order of time, judged.
    pub fn judged(&self) -> &[Judged] {
        &self.judged
    }

    /// Whether a further attempt, after all others, counts.
    ///
    /// # Errors
    ///
    /// Why it doesn't.
    pub fn judge(&self, attempt: Attempt) -> Result<(), NotCounted> {
        if attempt.at < self.start {
            return Err(NotCounted::BeforeStart);
        }
        let time = self.calendar.local(attempt.at).time();
        if !attempt.customer_named_time && self.window.opens_from(minute(time)) != day_time(time) {
            return Err(NotCounted::OutsideWindow);
        }
        match self.spaced() {
            Some(earliest) if attempt.at < earliest => Err(NotCounted::TooSoon { earliest }),
            _ => Ok(()),
        }
    }

    /// The working days that need an attempt that counts and have none: each after the starting day and
    /// before the due day, and the due day itself once it has passed. The series is complete when none
    /// is missing; days to come are missing too.
    pub fn missing(&self, due_date: Date, now: Timestamp) -> Vec<Date> {
        let last = match self.calendar.date_of(now) > due_date {
            true => Some(due_date),
            false => due_date.yesterday().ok(),
        };
        let mut missing = Vec::new();
        let mut day = self.next_working_day(self.calendar.date_of(self.start));
        while let Some(date) = day.filter(|date| last.is_some_and(|last| *date <= last)) {
            if !self.has_attempt_on(date) {
                missing.push(date);
            }
            day = self.next_working_day(date);
        }
        missing
    }

    /// Whether no attempt is missing any more.
    pub fn is_complete(&self, due_date: Date, now: Timestamp) -> bool {
        self.missing(due_date, now).is_empty()
    }

    /// The earliest time from `now` on at which an attempt counts, if the customer names no other.
    pub fn next_possible(&self, now: Timestamp) -> Option<Timestamp> {
        let from = self.start.max(now).max(self.spaced().unwrap_or(now));
        self.open_from(from)
    }

    /// The earliest time from `now` on at which an attempt counts towards a day that still misses one.
    pub fn next_needed(&self, due_date: Date, now: Timestamp) -> Option<Timestamp> {
        self.next_needed_after(due_date, now, None)
    }

    /// The same for a day after `day`, if one is given.
    pub fn next_needed_after(
        &self,
        due_date: Date,
        now: Timestamp,
        day: Option<Date>,
    ) -> Option<Timestamp> {
        let possible = self.next_possible(now)?;
        let missing = self.missing(due_date, now).into_iter();
        let mut later = missing.filter(|date| day.is_none_or(|day| *date > day));
        later.find_map(|date| {
            let midnight = self.calendar.instant_at(date, DayTime::MIDNIGHT);
            self.open_from(possible.max(midnight))
                .filter(|at| self.calendar.date_of(*at) == date)
        })
    }

    /// When the spacing after the last attempt that counts has passed.
    fn spaced(&self) -> Option<Timestamp> {
        let spacing = SignedDuration::from_secs(self.window.spacing().seconds().into());
        self.counted()
            .last()
            .and_then(|attempt| attempt.at.checked_add(spacing).ok())
    }

    fn counted(&self) -> impl Iterator<Item = Attempt> {
        self.judged
            .iter()
            .filter(|judged| judged.not_counted.is_none())
            .map(|judged| judged.attempt)
    }

    fn has_attempt_on(&self, date: Date) -> bool {
        self.counted()
            .any(|attempt| self.calendar.date_of(attempt.at) == date)
    }

    fn next_working_day(&self, date: Date) -> Option<Date> {
        self.calendar.working_day_from(date.tomorrow().ok()?)
    }

    /// The first instant at or after `from` whose time of day is open.
    fn open_from(&self, from: Timestamp) -> Option<Timestamp> {
        let local = self.calendar.local(from);
        let opens = self.window.opens_from(minute(local.time()));
        match opens {
            Some(time) if Some(time) == day_time(local.time()) => Some(from),
            Some(time) => Some(self.calendar.instant_at(local.date(), time)),
            None => {
                let tomorrow = local.date().tomorrow().ok()?;
                Some(
                    self.calendar
                        .instant_at(tomorrow, self.window.opens_from(0)?),
                )
            }
        }
    }
}

fn minute(time: Time) -> usize {
    usize::from(time.hour().unsigned_abs()) * 60 + usize::from(time.minute().unsigned_abs())
}

fn day_time(time: Time) -> Option<DayTime> {
    DayTime::new(
        time.hour().unsigned_abs().into(),
        time.minute().unsigned_abs().into(),
    )
}
