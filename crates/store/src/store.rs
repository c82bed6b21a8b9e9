//! The store: one writer, a few readers, the keys.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::{Mutex, watch};

use crate::append::{Append, AppendError, Appended, NewEvent};
use crate::crypto::{DataKey, KeyOwner, KeyRing, Subkeys, Unreadable};
use crate::dialect::{LOCK_NODES, TELL_NODES};
use crate::engine::{Engine, Readers, Reading, Rows};
use crate::follow::Follower;
use crate::prepare::{Keys, NewKey, Prepared, check, holds_personal, prepare};
use crate::proof::Signer;
use crate::read::{Contacts, ReadError};
use crate::segment::Segmenter;
use crate::statement::{Arg, Statement};
use crate::writer::{Job, WriteError, Writer, WriterStats, not_taken};

const READ_KEY: &str = "SELECT wrapped FROM keys WHERE owner_kind = $1 AND owner_id = $2";

/// The log and its tables. Cheap to clone; all clones share one writer.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

/// Where only one node at a time may be. The numbers are those of PostgreSQL's advisory locks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    /// The growing end of the Merkle tree.
    Sealer = 0x6875_0001,
    /// The first start, when there is nothing yet.
    FirstStart = 0x6875_0002,
    /// The steps of the schema.
    Steps = 0x6875_0003,
}

/// What all clones of a store share.
pub(crate) struct Inner {
    pub(crate) writer: Writer,
    pub(crate) readers: Readers,
    pub(crate) keys: Arc<KeyRing>,
    pub(crate) subkeys: Subkeys,
    pub(crate) segmenter: Segmenter,
    pub(crate) contacts: Contacts,
    pub(crate) signer: Signer,
    /// Held while the Merkle tree grows.
    pub(crate) sealing: Mutex<()>,
    /// Where several nodes may share the database.
    follower: Option<Follower>,
    stale_search: AtomicBool,
}

impl Inner {
    pub(crate) fn new(
        writer: Writer,
        readers: Readers,
        keys: Arc<KeyRing>,
        subkeys: Subkeys,
        (segmenter, stale_search): (Segmenter, bool),
        follower: Option<Follower>,
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
            follower,
            stale_search,
        }
    }

    pub(crate) fn search_is_fresh(&self) {
        self.stale_search.store(false, Ordering::Relaxed);
    }
}

/// Other nodes are kept from setting up the same database while this lives.
#[derive(Debug)]
pub struct FirstStart(#[expect(dead_code, reason = "it works by being there")] Option<Reading>);

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
        let mut append = append;
        let beside = match append.beside.take() {
            Some(beside) => Some(Box::new(self.prepared(*beside).await?.0)),
            None => None,
        };
        let (prepared, new_keys) = self.prepared(append).await?;
        let prepared = Box::new(Prepared { beside, ..prepared });
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

    /// Encodes, seals and hashes an append, and gives the keys made for it.
    async fn prepared(
        &self,
        append: Append,
    ) -> Result<(Prepared, Vec<(KeyOwner, DataKey)>), AppendError> {
        let keys = self.keys_for(&append).await?;
        let new_keys = keys
            .new
            .iter()
            .map(|new| (new.owner, new.key.clone()))
            .collect();
        let prepared = prepare(append, keys, &self.inner.subkeys, &self.inner.segmenter);
        Ok((prepared, new_keys))
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

    /// Keeps other nodes from setting up the same new database, until the answer is dropped.
    ///
    /// # Errors
    ///
    /// When the database can't be reached.
    pub async fn first_start(&self) -> Result<FirstStart, ReadError> {
        Ok(FirstStart(self.alone(Place::FirstStart).await?))
    }

    /// Writes what waits, then closes the database.
    pub async fn close(&self) {
        self.inner.readers.close().await;
        // A writer that has stopped has nothing left to close.
        let _ = self.inner.writer.ask(Job::Close).await;
    }

    /// Whether other nodes may write to the same database.
    pub fn is_shared(&self) -> bool {
        self.engine() == Engine::Postgres
    }

    /// Changes whenever another node, or this one, has changed something that nodes keep in memory: the organisation, the
    /// policies, the settings. On a database of its own a node knows what it has changed, and this never changes.
    pub fn revision(&self) -> watch::Receiver<i64> {
        match &self.inner.follower {
            Some(follower) => follower.revision(),
            None => watch::Sender::new(0).subscribe(),
        }
    }

    /// Keeps other nodes out of what is marked by `place` until the answer is dropped; waits while another is in it.
    ///
    /// # Errors
    ///
    /// When the database can't be reached.
    pub(crate) async fn alone(&self, place: Place) -> Result<Option<Reading>, sqlx::Error> {
        if !self.is_shared() {
            return Ok(None);
        }
        let mut lock = self.inner.readers.begin().await?;
        lock.all(Statement::new(LOCK_NODES, [i64::from(place as u32).into()]))
            .await?;
        Ok(Some(lock))
    }

    /// Carries out statements in one piece, by which something is changed that nodes keep in memory.
    pub(crate) async fn write_told(
        &self,
        mut statements: Vec<Statement>,
    ) -> Result<Vec<u64>, WriteError> {
        if self.is_shared() {
            statements.push(Statement::new(TELL_NODES, []));
        }
        self.write(statements).await
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

    /// All rows that a fixed query answers with.
    pub(crate) async fn read(
        &self,
        sql: &'static str,
        args: impl Into<Vec<Arg>>,
    ) -> Result<Rows, sqlx::Error> {
        self.inner.readers.all(Statement::new(sql, args)).await
    }

    /// Which database this is.
    pub(crate) fn engine(&self) -> Engine {
        self.inner.readers.engine()
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
        let found = self
            .read(READ_KEY, [owner.kind().into(), owner.id().into()])
            .await?;
        let Some(row) = found.first() else {
            return Ok(None);
        };
        let wrapped: Option<Vec<u8>> = row.try_get(0)?;
        let wrapped = wrapped.ok_or(Unreadable::Erased)?;
        Ok(Some(self.inner.keys.unwrap(owner, &wrapped)?))
    }

    /// Whether there is a data key that was not destroyed.
    pub(crate) async fn has_key(&self, owner: KeyOwner) -> Result<bool, ReadError> {
        match self.data_key(owner).await {
            Ok(key) => Ok(key.is_some()),
            Err(ReadError::Unreadable(Unreadable::Erased)) => Ok(false),
            Err(failed) => Err(failed),
        }
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
        let mut parties = HashMap::new();
        for added in append.events.iter().filter_map(NewEvent::new_party) {
            parties.insert(added, create(KeyOwner::Party(added)));
        }
        if party_is_new {
            parties.insert(append.customer, create(party));
        } else if holds_personal(append) {
            let key = self.data_key(party).await.map_err(key_refusal)?;
            let key = key.ok_or(AppendError::Invalid("the customer has no key"))?;
            parties.insert(append.customer, key);
        }
        Ok(Keys {
            case: case_key,
            parties,
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
