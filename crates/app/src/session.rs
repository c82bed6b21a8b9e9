//! Sessions: who holds which token, remembered for a few seconds so that not every request asks the database.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};

use crate::limits::Limit;
use crate::principal::Principal;

/// A session ends after this time without a request (ASVS 7.3.1).
pub(crate) const IDLE_MAX: SignedDuration = SignedDuration::from_mins(30);
/// A session ends after this time in any case (ASVS 7.3.2).
pub(crate) const AGE_MAX: SignedDuration = SignedDuration::from_hours(12);
/// How long a session is believed without asking the database: a session ended elsewhere ends here within it (ASVS 7.4.1).
const BELIEVED: SignedDuration = SignedDuration::from_secs(5);
/// Sessions remembered at most; beyond that all are forgotten and read again.
const REMEMBERED_MAX: usize = 10_000;
/// Tries to sign in with one login name, a minute.
pub(crate) const TRIES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");

/// Sessions seen lately.
#[derive(Debug, Default)]
pub(crate) struct SessionCache {
    seen: Mutex<HashMap<String, (Principal, Timestamp)>>,
}

impl SessionCache {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The principal behind a token's hash, if it was read from the database a moment ago.
    pub(crate) fn get(&self, token_hash: &str, now: Timestamp) -> Option<Principal> {
        let seen = self.seen.lock().expect("no holder of the lock panics");
        let (principal, read_at) = seen.get(token_hash)?;
        (now.duration_since(*read_at).abs() < BELIEVED).then(|| principal.clone())
    }

    /// Remembers what the database said.
    pub(crate) fn put(&self, token_hash: String, principal: Principal, now: Timestamp) {
        let mut seen = self.seen.lock().expect("no holder of the lock panics");
        if seen.len() >= REMEMBERED_MAX {
            seen.clear();
        }
        seen.insert(token_hash, (principal, now));
    }

    /// Forgets everything: some session ended.
    pub(crate) fn clear(&self) {
        self.seen
            .lock()
            .expect("no holder of the lock panics")
            .clear();
    }
}

/// How often one may try to sign in.
#[derive(Debug)]
pub(crate) struct SignInLimits {
    by_login: Limit<String>,
}

impl SignInLimits {
    pub(crate) fn new() -> Self {
        Self {
            by_login: Limit::per_minute(TRIES_PER_MINUTE),
        }
    }

    /// Counts a try.
    ///
    /// # Errors
    /// Seconds to wait when there were too many.
    pub(crate) fn count(&self, login: &str) -> Result<(), u64> {
        self.by_login.count(&login.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use huiyin_case::id::PersonId;

    use super::*;

    #[test]
    fn a_remembered_session_is_asked_for_again_after_a_moment() {
        let cache = SessionCache::new();
        let principal = Principal {
            person: PersonId::new(uuid::Uuid::nil()),
            roles: BTreeSet::new(),
        };
        let now = Timestamp::UNIX_EPOCH;
        cache.put("a".to_owned(), principal.clone(), now);
        assert_eq!(
            cache.get("a", now + SignedDuration::from_secs(4)),
            Some(principal)
        );
        assert_eq!(cache.get("a", now + SignedDuration::from_secs(5)), None);
        assert_eq!(cache.get("b", now), None);
    }

    #[test]
    fn guessing_a_password_is_slowed_down_per_login_name() {
        let limits = SignInLimits::new();
        let refused = (0..11).filter(|_| limits.count("Lin").is_err()).count();
        assert_eq!(refused, 1);
        assert!(limits.count("lin").is_err());
        assert!(limits.count("xu").is_ok());
    }
}
