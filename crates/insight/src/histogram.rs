//! Exact distributions of whole numbers: how often each value occurs.

use std::collections::BTreeMap;

/// How often each value occurs. Everything asked of it is exact, because nothing is put into classes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Histogram {
    counts: BTreeMap<u32, u64>,
}

impl Histogram {
    /// Adds so many occurrences of a value.
    pub fn add(&mut self, value: u32, count: u64) {
        if count > 0 {
            *self.counts.entry(value).or_default() += count;
        }
    }

    /// How many values there are.
    pub fn len(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The values that occur, in order, with how often each does.
    pub fn counts(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        self.counts.iter().map(|(value, count)| (*value, *count))
    }

    /// How many are no greater than `limit`.
    pub fn within(&self, limit: u32) -> u64 {
        self.counts.range(..=limit).map(|(_, count)| count).sum()
    }

    /// Twice the median, so that it is whole: the value in the middle, or the sum of the two there. `None` without values.
    pub fn median_doubled(&self) -> Option<u64> {
        let len = self.len();
        let lower = self.at(len.checked_sub(1)? / 2)?;
        let upper = self.at(len / 2)?;
        Some(u64::from(lower) + u64::from(upper))
    }

    /// The smallest value than which at least `percent` of a hundred are no greater. `None` without values.
    pub fn percentile(&self, percent: u64) -> Option<u32> {
        let rank = (self.len() * percent.min(100)).div_ceil(100);
        self.at(rank.saturating_sub(1))
    }

    /// The value at a place in their order, from 0.
    fn at(&self, place: u64) -> Option<u32> {
        let mut seen = 0;
        let found = self.counts.iter().find(|(_, count)| {
            seen += **count;
            seen > place
        });
        found.map(|(value, _)| *value)
    }
}
