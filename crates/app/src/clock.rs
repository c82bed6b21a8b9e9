//! The one place that reads the machine's clock. A server started for tests is given a clock that is set from outside.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use tokio::sync::watch;

/// Where `now` comes from.
#[derive(Debug)]
pub struct Clock {
    /// `None`: the machine's clock.
    set_us: Option<AtomicI64>,
    changed: watch::Sender<u64>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self {
            set_us: None,
            changed: watch::Sender::new(0),
        }
    }

    /// A clock that stands at `start` until it is set.
    pub fn set_from_outside(start: Timestamp) -> Self {
        Self {
            set_us: Some(AtomicI64::new(start.as_microsecond())),
            changed: watch::Sender::new(0),
        }
    }

    /// The present moment, to the microsecond, as it is stored.
    #[expect(clippy::disallowed_methods, reason = "this is the one real clock")]
    pub fn now(&self) -> Timestamp {
        let us = match &self.set_us {
            Some(us) => us.load(Ordering::SeqCst),
            None => Timestamp::now().as_microsecond(),
        };
        Timestamp::from_microsecond(us).expect("a stored or read time lies in jiff's range")
    }

    /// Whether the clock can be set from outside.
    pub fn is_settable(&self) -> bool {
        self.set_us.is_some()
    }

    /// Sets the clock; returns false if it is the machine's.
    pub fn set(&self, now: Timestamp) -> bool {
        let Some(us) = &self.set_us else { return false };
        us.store(now.as_microsecond(), Ordering::SeqCst);
        self.changed.send_modify(|count| *count += 1);
        true
    }

    /// Tells whenever the clock was set.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_settable_clock_stands_still_until_set() {
        let start = Timestamp::from_microsecond(1_000_000).unwrap();
        let clock = Clock::set_from_outside(start);
        assert_eq!(clock.now(), start);
        let later = Timestamp::from_microsecond(2_000_000).unwrap();
        assert!(clock.set(later));
        assert_eq!(clock.now(), later);
    }

    #[test]
    fn the_machine_clock_cannot_be_set() {
        assert!(!Clock::system().set(Timestamp::UNIX_EPOCH));
    }
}
