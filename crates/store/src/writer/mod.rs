//! The one task that writes. It takes whatever waits, writes it in one transaction and syncs once for all.

mod batch;
mod fault;
#[cfg(test)]
mod full;
mod link;
mod mover;
mod none;
mod rows;
mod single;
mod task;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use sqlx::SqliteConnection;
use tokio::sync::{mpsc, oneshot, watch};

use crate::append::{AppendError, Appended};
use crate::prepare::Prepared;
use crate::statement::Statement;
use batch::Outcome;
use mover::Mover;
use task::Task;

pub(crate) use link::Link;
#[cfg(test)]
pub(crate) use rows::NO_DUE_US;
pub(crate) use rows::{CASES, CLOCKS, case_values, clock_values, merge_statements};
pub use single::{AuditEntry, WriteError};
pub(crate) use task::publish;

/// Commands that may wait before callers wait themselves.
const WAITING_MAX: usize = 1024;

/// Something to write.
pub(crate) enum Job {
    /// A command's events with what is derived from them.
    Append(Box<Prepared>, oneshot::Sender<Outcome>),
    /// Fixed statements, in one piece; answers how many rows each changed.
    Write(
        Vec<Statement>,
        oneshot::Sender<Result<Vec<u64>, WriteError>>,
    ),
    /// An entry of the audit log; answers its position.
    Audit(AuditEntry, oneshot::Sender<Result<i64, WriteError>>),
    /// A statement that can't stand in a transaction.
    Alone(&'static str, oneshot::Sender<Result<(), WriteError>>),
    /// Ends the task once everything before it is written.
    Close(oneshot::Sender<()>),
}

/// What the writer has done since it was started.
#[derive(Debug, Default)]
struct Counts {
    commits: AtomicU64,
    appends: AtomicU64,
    /// Appends between their beginning and their way to the writer.
    preparing: AtomicU64,
    /// Of how many derivations of the statistics this node knows.
    statistics: AtomicI64,
}

/// What the writer has done since it was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriterStats {
    /// Transactions committed, each with one sync.
    pub commits: u64,
    /// Appends acknowledged.
    pub appends: u64,
}

/// The sending end of the writer.
pub(crate) struct Writer {
    jobs: mpsc::Sender<Job>,
    counts: Arc<Counts>,
    stopped: Arc<OnceLock<Arc<str>>>,
    published: Arc<watch::Sender<i64>>,
    none: bool,
}

impl Writer {
    /// Starts the task on a connection of its own, and beside it, on another to the same file, what moves the write-ahead log.
    pub(crate) async fn start(
        mut link: Link,
        beside: Option<SqliteConnection>,
    ) -> Result<Writer, sqlx::Error> {
        let head = single::log_head(&mut link.connection).await?;
        let (jobs, waiting) = mpsc::channel(WAITING_MAX);
        let published = Arc::new(watch::Sender::new(head.position));
        let counts = Arc::<Counts>::default();
        counts.statistics.store(head.statistics, Ordering::Relaxed);
        let stopped = Arc::<OnceLock<Arc<str>>>::default();
        let task = Task {
            link,
            mover: beside.map(|beside| Mover::start(beside, published.subscribe())),
            head,
            begun: head,
            published: Arc::clone(&published),
            counts: Arc::clone(&counts),
            stopped: Arc::clone(&stopped),
        };
        tokio::spawn(task.run(waiting));
        Ok(Writer {
            jobs,
            counts,
            stopped,
            published,
            none: false,
        })
    }

    /// Sends a job and waits for its answer; `Err` is the reason why the writer has stopped.
    pub(crate) async fn ask<T>(
        &self,
        job: impl FnOnce(oneshot::Sender<T>) -> Job,
    ) -> Result<T, Arc<str>> {
        let (answer, answered) = oneshot::channel();
        if self.jobs.send(job(answer)).await.is_err() {
            return Err(self.why_stopped());
        }
        answered.await.map_err(|_| self.why_stopped())
    }

    /// Notes that an append is being prepared, until the answer is dropped.
    pub(crate) fn preparing(&self) -> Preparing {
        self.counts.preparing.fetch_add(1, Ordering::Relaxed);
        Preparing(Arc::clone(&self.counts))
    }

    /// Notes that this node is about to derive the statistics anew: it may go on writing then, and others may not.
    pub(crate) fn will_derive_statistics(&self) {
        self.counts.statistics.fetch_add(1, Ordering::Relaxed);
    }

    /// Notes of how many derivations of the statistics this node knows.
    pub(crate) fn knows_statistics(&self, derived: i64) {
        self.counts.statistics.store(derived, Ordering::Relaxed);
    }

    pub(crate) fn stats(&self) -> WriterStats {
        WriterStats {
            commits: self.counts.commits.load(Ordering::Relaxed),
            appends: self.counts.appends.load(Ordering::Relaxed),
        }
    }

    /// Position of the last committed event; changes with every commit.
    pub(crate) fn position(&self) -> watch::Receiver<i64> {
        self.published.subscribe()
    }

    /// By which others tell how far the log has come.
    pub(crate) fn published(&self) -> Arc<watch::Sender<i64>> {
        Arc::clone(&self.published)
    }

    /// Why nothing can be written any more, if that is so.
    pub(crate) fn failure(&self) -> Option<Arc<str>> {
        self.stopped.get().cloned()
    }

    fn why_stopped(&self) -> Arc<str> {
        self.failure().unwrap_or_else(|| "it was closed".into())
    }
}

/// An append that will reach the writer soon.
pub(crate) struct Preparing(Arc<Counts>);

impl Drop for Preparing {
    fn drop(&mut self) {
        self.0.preparing.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The answer to an append that never reached the writer.
pub(crate) fn not_taken(reason: Arc<str>) -> Result<Appended, AppendError> {
    Err(AppendError::Stopped(reason))
}
