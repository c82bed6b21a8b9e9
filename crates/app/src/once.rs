//! What makes a request that is sent twice take effect once.

use std::sync::Arc;

use huiyin_case::CaseState;
use huiyin_store::Idempotency;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::commands::{Done, Key};
use crate::error::Error;

/// How long the answer to a request is kept under its idempotency key.
const REPLY_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What makes a request take effect once.
#[derive(Debug, Clone)]
pub(crate) struct Once {
    pub(crate) principal: String,
    pub(crate) key: Key,
    pub(crate) hash: [u8; 32],
    /// Until when the answer is kept.
    pub(crate) kept_until: Timestamp,
}

impl Once {
    pub(crate) fn to_idempotency(&self, number_before: Option<String>) -> Idempotency {
        Idempotency {
            principal: self.principal.clone(),
            key: self.key.as_str().to_owned(),
            request_hash: self.hash,
            expires_at: self.kept_until,
            reply: Arc::new(move |appended| {
                Done::of(appended, number_before.as_deref()).to_reply()
            }),
        }
    }
}

impl App {
    /// What makes a request of this caller take effect once.
    pub(crate) fn once(&self, principal: String, key: Key, hash: [u8; 32]) -> Once {
        Once {
            principal,
            key,
            hash,
            kept_until: self.now() + REPLY_KEPT,
        }
    }

    /// What a caller is answered who saw the case as it no longer is: what the same request was answered before. `None` if he
    /// saw it as it is.
    ///
    /// # Errors
    /// [`Error::Conflict`] if the case has changed and this is another request.
    pub(crate) async fn moved_on(
        &self,
        state: &CaseState,
        seen_seq: u32,
        once: &Once,
    ) -> Result<Option<Done>, Error> {
        if state.seq == seen_seq {
            return Ok(None);
        }
        let done = self.replayed(once).await?;
        done.map(Some).ok_or(Error::Conflict {
            current_seq: state.seq,
        })
    }

    /// What the same request was answered before.
    ///
    /// # Errors
    /// [`Error::KeyReused`] if its key stands for another request.
    pub(crate) async fn replayed(&self, once: &Once) -> Result<Option<Done>, Error> {
        match self
            .store()
            .kept_reply(&once.principal, once.key.as_str())
            .await?
        {
            Some((hash, reply)) if hash == once.hash => Ok(Done::from_reply(&reply)),
            Some(_) => Err(Error::KeyReused),
            None => Ok(None),
        }
    }
}

/// A hash by which a request that comes twice is known. Debug output is stable within a version of the program, and a
/// key lives for days only.
pub(crate) fn request_hash(request: &impl std::fmt::Debug) -> [u8; 32] {
    Sha256::digest(format!("{request:?}").as_bytes()).into()
}
