//! How much working time lies between two instants (T10).

use jiff::{SignedDuration, Timestamp};

use crate::calendar::Calendar;
use crate::pause::{Pause, union};
use crate::table::date_of;

impl Calendar {
    /// Working days after the date of `from`, up to and including the date of `to`; 0 if `to` is before
    /// `from`. Only the years of the calendar are counted.
    pub fn working_days_between(&self, from: Timestamp, to: Timestamp) -> i64 {
        let through = |instant: Timestamp| {
            let day = self.table.day_at(instant.as_second());
            self.table.working_days_through(day)
        };
        (through(to) - through(from)).max(0)
    }

    /// Working time from `from` up to `to` that is not paused; zero if `to` is before `from`. Only the
    /// years of the calendar are counted.
    pub fn working_time_between(
        &self,
        from: Timestamp,
        to: Timestamp,
        pauses: &[Pause],
    ) -> SignedDuration {
        let worked = |first: i64, last: i64| {
            (self.table.worked_before(last) - self.table.worked_before(first)).max(0)
        };
        let (from, to) = (from.as_second(), to.as_second());
        let paused: i64 = union(pauses, from)
            .iter()
            .take_while(|pause| pause.from < to)
            .map(|pause| worked(pause.from, pause.to.map_or(to, |end| end.min(to))))
            .sum();
        SignedDuration::from_secs(worked(from, to) - paused)
    }

    /// [`Calendar::working_time_between`] in whole minutes, rounded down.
    pub fn working_minutes_between(&self, from: Timestamp, to: Timestamp, pauses: &[Pause]) -> i64 {
        self.working_time_between(from, to, pauses).as_mins()
    }

    /// Whether an unpublished year may still change what lies between two instants (T9).
    pub fn is_provisional_between(&self, from: Timestamp, to: Timestamp) -> bool {
        let date = |instant: Timestamp| date_of(self.table.day_at(instant.as_second()));
        self.rules.is_provisional(date(from), date(to))
    }
}
