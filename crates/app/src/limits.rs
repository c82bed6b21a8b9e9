//! How often something may be tried, by who tries and by all together. Counts live in memory, on each node for itself.

use std::hash::Hash;
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{
    DefaultDirectRateLimiter, DefaultKeyedRateLimiter, InsufficientCapacity, NotUntil, Quota,
    RateLimiter,
};

/// Keys remembered before those that could try freely again are forgotten.
const KEYS_SWEPT_AT: usize = 10_000;
/// What is told for a wait that has no end: an hour, after which nothing else holds either.
const NEVER_SECONDS: u64 = 3_600;

/// A limit for each key, and perhaps one for all keys together.
#[derive(Debug)]
pub(crate) struct Limit<K: Hash + Eq + Clone> {
    by_key: DefaultKeyedRateLimiter<K>,
    all: Option<DefaultDirectRateLimiter>,
}

impl<K: Hash + Eq + Clone> Limit<K> {
    /// So many tries a minute for each key.
    pub(crate) fn per_minute(each: NonZeroU32) -> Self {
        Self {
            by_key: RateLimiter::keyed(Quota::per_minute(each)),
            all: None,
        }
    }

    /// So many tries an hour for each key.
    pub(crate) fn per_hour(each: NonZeroU32) -> Self {
        Self {
            by_key: RateLimiter::keyed(Quota::per_hour(each)),
            all: None,
        }
    }

    /// And so many a minute for all together.
    pub(crate) fn with_all_per_minute(self, all: NonZeroU32) -> Self {
        Self {
            all: Some(RateLimiter::direct(Quota::per_minute(all))),
            ..self
        }
    }

    /// Counts a try.
    ///
    /// # Errors
    /// Seconds to wait when there were too many.
    pub(crate) fn count(&self, key: &K) -> Result<(), u64> {
        self.count_many(key, NonZeroU32::MIN)
    }

    /// Counts so many tries at once; more than the limit itself never pass.
    ///
    /// # Errors
    /// Seconds to wait when there were too many.
    pub(crate) fn count_many(&self, key: &K, tries: NonZeroU32) -> Result<(), u64> {
        if self.by_key.len() > KEYS_SWEPT_AT {
            self.by_key.retain_recent();
        }
        waits(self.by_key.check_key_n(key, tries))?;
        self.all
            .as_ref()
            .map_or(Ok(()), |all| waits(all.check_n(tries)))
    }
}

/// Seconds to wait, if so many can't pass now.
fn waits(
    passed: Result<Result<(), NotUntil<<DefaultClock as Clock>::Instant>>, InsufficientCapacity>,
) -> Result<(), u64> {
    match passed {
        Ok(now) => now.map_err(|until| seconds(&until)),
        Err(InsufficientCapacity(_)) => Err(NEVER_SECONDS),
    }
}

fn seconds(until: &NotUntil<<DefaultClock as Clock>::Instant>) -> u64 {
    until
        .wait_time_from(DefaultClock::default().now())
        .as_secs()
        + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn times(times: u32) -> NonZeroU32 {
        NonZeroU32::new(times).unwrap()
    }

    #[test]
    fn each_key_has_tries_of_its_own() {
        let limit = Limit::per_hour(times(3));
        let refused = (0..5).filter(|_| limit.count(&"a").is_err()).count();
        assert_eq!(refused, 2);
        assert!(limit.count(&"b").is_ok());
        assert!(limit.count(&"a").unwrap_err() > 60);
    }

    #[test]
    fn many_at_once_count_as_many() {
        let limit = Limit::per_hour(times(10)).with_all_per_minute(times(12));
        assert!(limit.count_many(&"a", times(8)).is_ok());
        assert!(limit.count_many(&"a", times(3)).is_err());
        assert!(limit.count_many(&"b", times(8)).is_err());
        assert_eq!(limit.count_many(&"c", times(11)), Err(NEVER_SECONDS));
    }

    #[test]
    fn many_keys_together_meet_the_limit_for_all() {
        let limit = Limit::per_minute(times(10)).with_all_per_minute(times(20));
        let refused = (0..50).filter(|key| limit.count(key).is_err()).count();
        assert_eq!(refused, 30);
    }
}
