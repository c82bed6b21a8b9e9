//! Read-only mode: what is there can be seen by those who may, and nothing changes.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use huiyin_case::id::CaseId;
use huiyin_store::{Access, AccountId, ReadError, Session, Store};
use jiff::Timestamp;

use crate::secret::hash;
use crate::start::StartError;

/// Sessions opened in read-only mode at most; beyond that the oldest ends.
const SESSIONS_MAX: usize = 10_000;

/// Why the application only reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadOnly {
    /// It was started so.
    Asked,
    /// The upgrade of the database did not succeed.
    UpgradeFailed,
}

impl ReadOnly {
    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::UpgradeFailed => "upgrade_failed",
        }
    }
}

/// Reads what every desk asks for: a database that an older program left behind may not have it.
///
/// # Errors
/// [`StartError::Unreadable`].
pub(crate) async fn require_readable(store: &Store, now: Timestamp) -> Result<(), StartError> {
    let nobodys = CaseId::new(uuid::Uuid::nil());
    let read = async {
        store.organisation().await?;
        store.policies().await?;
        store.accounts().await?;
        store.session(b"", now).await?;
        store.case_row(&Access::All, nobodys).await?;
        store.clocks(nobodys).await?;
        store.load(nobodys).await?;
        store.next_timer().await?;
        Ok::<_, ReadError>(())
    };
    read.await
        .map_err(|failed| StartError::Unreadable(failed.into()))
}

/// Sessions that begin or end while nothing can be written. They live as long as the process.
#[derive(Debug, Default)]
pub(crate) struct PassingSessions {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// By hash of the token.
    open: HashMap<String, Session>,
    /// Hashes of tokens whose sessions stand in the database and were ended here.
    ended: HashSet<String>,
}

impl PassingSessions {
    pub(crate) fn open(&self, token: &str, account: AccountId, now: Timestamp, ends: Timestamp) {
        let mut kept = self.kept.lock().expect("no holder of the lock panics");
        if kept.open.len() >= SESSIONS_MAX {
            let oldest = kept.open.iter().min_by_key(|(_, session)| session.seen_at);
            if let Some(oldest) = oldest.map(|(token, _)| token.clone()) {
                kept.open.remove(&oldest);
            }
        }
        let session = Session {
            account,
            created_at: now,
            seen_at: now,
            expires_at: ends,
        };
        kept.open.insert(hash(token), session);
    }

    /// The session under a token, unless it has expired.
    pub(crate) fn find(&self, token: &str, now: Timestamp) -> Option<Session> {
        let kept = self.kept.lock().expect("no holder of the lock panics");
        let session = kept.open.get(&hash(token))?;
        (session.expires_at > now).then(|| session.clone())
    }

    /// Notes that a session was used.
    pub(crate) fn touch(&self, token: &str, now: Timestamp) {
        let mut kept = self.kept.lock().expect("no holder of the lock panics");
        if let Some(session) = kept.open.get_mut(&hash(token)) {
            session.seen_at = now;
        }
    }

    pub(crate) fn end(&self, token: &str) {
        let mut kept = self.kept.lock().expect("no holder of the lock panics");
        let token = hash(token);
        if kept.open.remove(&token).is_none() {
            kept.ended.insert(token);
        }
    }

    pub(crate) fn is_ended(&self, token: &str) -> bool {
        let kept = self.kept.lock().expect("no holder of the lock panics");
        kept.ended.contains(&hash(token))
    }
}
