//! Local time and UTC.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

pub(crate) const DAY: i64 = 24 * 60 * 60;

/// A zone whose offsets are known for the seconds of a range.
#[derive(Clone, Debug)]
pub(crate) struct Zone {
    /// The offset before the first change, in seconds east of UTC.
    first_offset: i64,
    changes: Vec<OffsetChange>,
}

/// From `at` on, local time is `offset` seconds ahead of UTC.
#[derive(Clone, Copy, Debug)]
struct OffsetChange {
    at: i64,
    before: i64,
    offset: i64,
}

impl OffsetChange {
    /// The first local second that is read with the new offset. A local time that the change skips, or
    /// repeats, is read with the offset before it.
    fn local(self) -> i64 {
        self.at + self.before.max(self.offset)
    }
}

/// A stretch of time with one offset.
pub(crate) struct Piece {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) offset: i64,
}

impl Zone {
    /// The offsets of `zone` from `from` up to `to`, in seconds since 1970.
    pub(crate) fn new(zone: &TimeZone, from: i64, to: i64) -> Zone {
        let timestamp = |second: i64| {
            Timestamp::from_second(second).unwrap_or(if second < 0 {
                Timestamp::MIN
            } else {
                Timestamp::MAX
            })
        };
        let first_offset = seconds(zone.to_offset(timestamp(from)));
        let mut before = first_offset;
        let mut changes = Vec::new();
        for transition in zone.following(timestamp(from)) {
            let at = transition.timestamp().as_second();
            let offset = seconds(transition.offset());
            if at >= to {
                break;
            }
            if offset != before {
                changes.push(OffsetChange { at, before, offset });
                before = offset;
            }
        }
        Zone {
            first_offset,
            changes,
        }
    }

    /// Seconds that local time is ahead of UTC at an instant.
    pub(crate) fn offset_at(&self, instant: i64) -> i64 {
        let passed = self.changes.partition_point(|change| change.at <= instant);
        self.offset_after(passed)
    }

    /// The instant of a local time in seconds since 1970 as the clock on the wall counts them.
    pub(crate) fn to_utc(&self, local: i64) -> i64 {
        let passed = self
            .changes
            .partition_point(|change| change.local() <= local);
        local - self.offset_after(passed)
    }

    /// Local days that a change of offset touches, perhaps more than once, each with its neighbours.
    pub(crate) fn irregular_days(&self) -> impl Iterator<Item = i64> {
        self.changes.iter().flat_map(|change| {
            let first = (change.at + change.before.min(change.offset) - 1).div_euclid(DAY);
            first..=change.local().div_euclid(DAY)
        })
    }

    /// The stretches of one offset that may reach the local day `day`.
    pub(crate) fn pieces(&self, day: i64) -> impl Iterator<Item = Piece> {
        let (from, to) = ((day - 2) * DAY, (day + 3) * DAY);
        let begin = self.changes.partition_point(|change| change.at <= from);
        (begin..=self.changes.len())
            .map(move |passed| Piece {
                from: match passed > begin {
                    true => self.changes[passed - 1].at,
                    false => from,
                },
                to: self.changes.get(passed).map_or(to, |change| change.at),
                offset: self.offset_after(passed),
            })
            .take_while(move |piece| piece.from < to)
    }

    fn offset_after(&self, passed: usize) -> i64 {
        passed
            .checked_sub(1)
            .map_or(self.first_offset, |last| self.changes[last].offset)
    }
}

fn seconds(offset: Offset) -> i64 {
    i64::from(offset.seconds())
}
