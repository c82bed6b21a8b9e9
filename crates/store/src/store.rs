//! The store: one writer, a few readers, the keys.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::{Row, Sqlite, SqlitePool};
use tokio::sync::{Mutex, watch};

use crate::append::{Append, AppendError, Appended};
use crate::crypto::{DataKey, KeyOwner, KeyRing, Subkeys, Unreadable};
use crate::prepare::{Keys, NewKey, check, holds_personal, prepare};
use crate::proof::Signer;
use crate::read::{Contacts, ReadError};
use crate::segment::Segmenter;
use crate::statement::Statement;
use crate::writer::{Job, WriteError, Writer, WriterStats, not_taken};

const READ_KEY: &str = "SELECT wrapped FROM keys WHERE owner_kind = $1 AND owner_id = $2";

/// The log and its tables. Cheap to clone; all clones share one writer.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

/// What all clones of a store share.
pub(crate) struct Inner {
    pub(crate) writer: Writer,
    pub(crate) readers: SqlitePool,
    pub(crate) keys: KeyRing,
    pub(crate) subkeys: Subkeys,
    pub(crate) segmenter: Segmenter,
    pub(crate) contacts: Contacts,
    pub(crate) signer: Signer,
    /// Held while the Merkle tree grows.
    pub(crate) sealing: Mutex<()>,
    stale_search: AtomicBool,
}

impl Inner {
    pub(crate) fn new(
        writer: Writer,
        readers: SqlitePool,
        keys: KeyRing,
        subkeys: Subkeys,
        segmenter: Segmenter,
        stale_search: bool,
    ) -> Inner {
        let signer = Signer::new(&subkeys);
        let stale_search = AtomicBool::new(stale_search);
        Inner {
            writer,
            readers,
            keys,
            subkeys,
            segmenter,
            contacts: Contacts::default(),
            signer,
            sealing: Mutex::default(),
            stale_search,
        }
    }

    pub(crate) fn search_is_fresh(&self) {
        self.stale_search.store(false, Ordering::Relaxed);
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Store {
    /// Appends a command's events with everything derived from them, and returns once they are on disk.
    ///
    /// # Errors
    ///
    /// See [`AppendError`]; nothing was written then, except that after [`AppendError::Stopped`] it is unknown until the
    /// next start, when the same idempotency key tells.
    pub async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        self.writable()?;
        check(&append)?;
        let inner = &self.inner;
        let preparing = inner.writer.preparing();
        let keys = self.keys_for(&append).await?;
        let contact = append
            .party
            .as_ref()
            .and_then(|party| party.contact.as_deref());
        let contact_index = contact.map(|contact| inner.subkeys.blind_index(contact));
        let new_keys: Vec<(KeyOwner, DataKey)> = keys
            .new
            .iter()
            .map(|new| (new.owner, new.key.clone()))
            .collect();
        let prepared = Box::new(prepare(append, keys, contact_index, &inner.segmenter));
        drop(preparing);
        let appended = match inner
            .writer
            .ask(|answer| Job::Append(prepared, answer))
            .await
        {
            Ok(outcome) => outcome,
            Err(reason) => not_taken(reason),
        }?;
        for (owner, key) in new_keys {
            inner.keys.remember(owner, key);
        }
        Ok(appended)
    }

    /// Transactions and appends since the store was opened.
    pub fn writer_stats(&self) -> WriterStats {
        self.inner.writer.stats()
    }

    /// Why nothing can be written any more, if that is so.
    pub fn failure(&self) -> Option<Arc<str>> {
        self.inner.writer.failure()
    }

    /// Position of the last event in the log, 0 while there is none; changes with every commit.
    pub fn position(&self) -> watch::Receiver<i64> {
        self.inner.writer.position()
    }

    /// Whether the search index was built by other rules than those in use, so that it must be built anew.
    pub fn search_is_stale(&self) -> bool {
        self.inner.stale_search.load(Ordering::Relaxed)
    }

    /// Writes what waits, then closes the database.
    pub async fn close(&self) {
        self.inner.readers.close().await;
        // A writer that has stopped has nothing left to close.
        let _ = self.inner.writer.ask(Job::Close).await;
    }

    /// Carries out statements in one piece.
    pub(crate) async fn write(&self, statements: Vec<Statement>) -> Result<Vec<u64>, WriteError> {
        self.writable()?;
        match self
            .inner
            .writer
            .ask(|answer| Job::Write(statements, answer))
            .await
        {
            Ok(outcome) => outcome,
            Err(reason) => Err(WriteError::Stopped(reason)),
        }
    }

    /// Carries out a statement that can't stand in a transaction.
    pub(crate) async fn write_alone(&self, sql: &'static str) -> Result<(), WriteError> {
        self.writable()?;
        match self
            .inner
            .writer
            .ask(|answer| Job::Alone(sql, answer))
            .await
        {
            Ok(outcome) => outcome,
            Err(reason) => Err(WriteError::Stopped(reason)),
        }
    }

    /// A data key; `None` when it never was.
    pub(crate) async fn data_key(&self, owner: KeyOwner) -> Result<Option<DataKey>, ReadError> {
        if let Some(key) = self.inner.keys.remembered(owner) {
            return Ok(Some(key));
        }
        let row = sqlx::query::<Sqlite>(READ_KEY)
            .bind(owner.kind())
            .bind(owner.id())
            .fetch_optional(&self.inner.readers)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let wrapped: Option<Vec<u8>> = row.try_get(0)?;
        let wrapped = wrapped.ok_or(Unreadable::Erased)?;
        Ok(Some(self.inner.keys.unwrap(owner, &wrapped)?))
    }

    async fn keys_for(&self, append: &Append) -> Result<Keys, AppendError> {
        let mut new = Vec::new();
        let mut create = |owner| {
            let (key, wrapped) = self.inner.keys.create(owner);
            new.push(NewKey {
                owner,
                key: key.clone(),
                wrapped,
            });
            key
        };
        let case = KeyOwner::Case(append.case);
        let case_key = if append.expected_seq == 0 {
            create(case)
        } else {
            self.data_key(case)
                .await
                .map_err(key_refusal)?
                .ok_or(AppendError::Conflict)?
        };
        let party = KeyOwner::Party(append.customer);
        let party_is_new = append
            .party
            .as_ref()
            .is_some_and(|row| row.is_new && row.party == append.customer);
        let party_key = if party_is_new {
            Some(create(party))
        } else if holds_personal(append) {
            Some(
                self.data_key(party)
                    .await
                    .map_err(key_refusal)?
                    .ok_or(AppendError::Invalid("the customer has no key"))?,
            )
        } else {
            None
        };
        Ok(Keys {
            case: case_key,
            party: party_key,
            new,
        })
    }
}

fn key_refusal(error: ReadError) -> AppendError {
    match error {
        ReadError::Unreadable(Unreadable::Erased) => AppendError::Erased,
        other => AppendError::Database(other.to_string().into()),
    }
}
