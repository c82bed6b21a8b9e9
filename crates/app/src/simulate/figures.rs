//! What is kept of many cases: counts, distributions, and the few that change most.

use huiyin_case::event::DueTime;
use huiyin_insight::Histogram;
use huiyin_policy::model::{ClockId, KindId};
use jiff::{SignedDuration, Timestamp};

/// Cases listed by number for how much they change.
pub const LARGEST_MAX: usize = 20;

/// Figures of one clock of one kind. Every figure counts cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClockFigures {
    /// Cases in which it ran under either version.
    pub cases: u64,
    /// Those of them in which it does not run any more.
    pub only_before: u64,
    /// Those in which it did not run before.
    pub only_after: u64,
    /// In which it was late.
    pub late_before: u64,
    /// In which it would be late.
    pub late_after: u64,
    /// Late only under the other version.
    pub newly_late: u64,
    /// Late only as it is on record.
    pub no_longer_late: u64,
    /// Due earlier, and by how much.
    pub earlier: Shifts,
    /// Due later, and by how much.
    pub later: Shifts,
}

/// How much earlier or later, in full minutes: that keeps the number of different values small.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shifts(Histogram);

impl Shifts {
    /// How many cases.
    pub fn cases(&self) -> u64 {
        self.0.len()
    }

    /// The median; `None` if there is none.
    pub fn median(&self) -> Option<SignedDuration> {
        let minutes = self.0.median_doubled()? / 2;
        Some(SignedDuration::from_mins(i64::try_from(minutes).ok()?))
    }

    fn add(&mut self, by: SignedDuration) {
        self.0
            .add(u32::try_from(by.as_mins()).unwrap_or(u32::MAX), 1);
    }
}

impl ClockFigures {
    /// Adds a case: whether the clock was late and would be, `None` where it does not run.
    pub(super) fn add(&mut self, before: Option<bool>, after: Option<bool>) {
        let (was, is) = (before == Some(true), after == Some(true));
        self.cases += 1;
        self.only_before += u64::from(after.is_none());
        self.only_after += u64::from(before.is_none());
        self.late_before += u64::from(was);
        self.late_after += u64::from(is);
        self.newly_late += u64::from(is && !was);
        self.no_longer_late += u64::from(was && !is);
    }

    /// Adds how its last due time moves; one that stays is not counted.
    pub(super) fn shift(&mut self, was: Timestamp, is: Timestamp) {
        let by = is.duration_since(was);
        if by.is_negative() {
            self.earlier.add(by.abs());
        } else if by.is_positive() {
            self.later.add(by);
        }
    }
}

/// How a clock's due time moves in one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// The case's number.
    pub number: String,
    /// Its kind.
    pub kind: KindId,
    /// The clock.
    pub clock: ClockId,
    /// When it is due as it is on record.
    pub before: DueTime,
    /// When it would be.
    pub after: DueTime,
}

impl Shift {
    /// By how much, later if positive.
    pub fn by(&self) -> SignedDuration {
        self.after.at.duration_since(self.before.at)
    }
}

/// Keeps it if it is among the largest; of equal ones the first.
pub(super) fn keep_largest(largest: &mut Vec<Shift>, shift: Shift) {
    let by = shift.by().abs();
    if by.is_zero() {
        return;
    }
    let at = largest.partition_point(|one| one.by().abs() >= by);
    if at < LARGEST_MAX {
        largest.insert(at, shift);
        largest.truncate(LARGEST_MAX);
    }
}

#[cfg(test)]
mod tests {
    use huiyin_case::event::DueTime;
    use huiyin_policy::model::{ClockId, KindId};
    use jiff::{SignedDuration, Timestamp};

    use super::{ClockFigures, LARGEST_MAX, Shift, keep_largest};

    fn due(minutes: i64) -> DueTime {
        DueTime {
            at: Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes),
            date: jiff::civil::date(1970, 1, 1),
            provisional: false,
        }
    }

    #[test]
    fn the_largest_changes_stay_in_order_whichever_way_they_go() {
        let mut largest = Vec::new();
        for number in 0..100_i64 {
            let shift = Shift {
                number: number.to_string(),
                kind: KindId::new("complaint"),
                clock: ClockId::new("reply"),
                before: due(1_000),
                after: due(1_000 + if number % 2 == 0 { number } else { -number }),
            };
            keep_largest(&mut largest, shift);
        }
        assert_eq!(largest.len(), LARGEST_MAX);
        let numbers: Vec<&str> = largest.iter().map(|one| one.number.as_str()).collect();
        assert_eq!(numbers[..3], ["99", "98", "97"]);
        assert_eq!(largest.last().map(|one| one.number.as_str()), Some("80"));
    }

    #[test]
    fn a_clock_is_counted_where_it_runs_and_a_case_once() {
        let mut figures = ClockFigures::default();
        figures.add(Some(true), Some(false));
        figures.add(Some(false), Some(true));
        figures.add(Some(true), None);
        figures.add(None, Some(false));
        assert_eq!(
            (figures.cases, figures.only_before, figures.only_after),
            (4, 1, 1)
        );
        assert_eq!((figures.late_before, figures.late_after), (2, 1));
        assert_eq!((figures.newly_late, figures.no_longer_late), (1, 2));
        for (was, is) in [(0, 30), (0, 50), (0, 10), (60, 0), (5, 5)] {
            figures.shift(due(was).at, due(is).at);
        }
        let minutes = |minutes| Some(SignedDuration::from_mins(minutes));
        assert_eq!(
            (figures.later.cases(), figures.later.median()),
            (3, minutes(30))
        );
        assert_eq!(
            (figures.earlier.cases(), figures.earlier.median()),
            (1, minutes(60))
        );
    }
}
