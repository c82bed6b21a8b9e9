//! The one task that writes. It takes whatever waits, writes it in one transaction and syncs once for all.

mod batch;
mod fault;
mod rows;
mod single;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot, watch};

use crate::append::{AppendError, Appended};
use crate::bulk::Texts;
use crate::dialect;
use crate::prepare::Prepared;
use crate::statement::Statement;
use batch::{LogHead, Outcome};
use fault::Fault;

#[cfg(test)]
pub(crate) use rows::NO_DUE_US;
pub(crate) use rows::{CASES, CLOCKS, case_values, clock_values};
pub use single::{AuditEntry, WriteError};

/// Commands written by one transaction at most.
const BATCH_MAX: usize = 128;
/// How long a batch waits for a command that is being prepared.
const GATHERING_MAX: Duration = Duration::from_millis(1);
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
    position: watch::Receiver<i64>,
}

impl Writer {
    /// Starts the task on a connection of its own.
    pub(crate) async fn start(mut connection: SqliteConnection) -> Result<Writer, sqlx::Error> {
        let head = single::log_head(&mut connection).await?;
        let (jobs, waiting) = mpsc::channel(WAITING_MAX);
        let (published, position) = watch::channel(head.position);
        let counts = Arc::<Counts>::default();
        let stopped = Arc::<OnceLock<Arc<str>>>::default();
        let task = Task {
            connection,
            texts: Texts::default(),
            head,
            published,
            counts: Arc::clone(&counts),
            stopped: Arc::clone(&stopped),
        };
        tokio::spawn(task.run(waiting));
        Ok(Writer {
            jobs,
            counts,
            stopped,
            position,
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

    pub(crate) fn stats(&self) -> WriterStats {
        WriterStats {
            commits: self.counts.commits.load(Ordering::Relaxed),
            appends: self.counts.appends.load(Ordering::Relaxed),
        }
    }

    /// Position of the last committed event; changes with every commit.
    pub(crate) fn position(&self) -> watch::Receiver<i64> {
        self.position.clone()
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

struct Task {
    connection: SqliteConnection,
    texts: Texts,
    head: LogHead,
    published: watch::Sender<i64>,
    counts: Arc<Counts>,
    stopped: Arc<OnceLock<Arc<str>>>,
}

/// The jobs of one batch, by kind.
#[derive(Default)]
struct Batch {
    appends: Vec<(Box<Prepared>, oneshot::Sender<Outcome>)>,
    others: Vec<single::Other>,
}

/// Answers to give once the batch is committed.
struct Answered {
    appends: Vec<Outcome>,
    others: Vec<single::OtherOutcome>,
}

impl Task {
    async fn run(mut self, mut waiting: mpsc::Receiver<Job>) {
        let mut taken = Vec::with_capacity(BATCH_MAX);
        while waiting.recv_many(&mut taken, BATCH_MAX).await > 0 {
            self.gather(&mut waiting, &mut taken).await;
            let mut batch = Batch::default();
            let mut close = None;
            for job in taken.drain(..) {
                match job {
                    Job::Append(prepared, answer) => batch.appends.push((prepared, answer)),
                    Job::Write(statements, answer) => {
                        batch.others.push(single::Other::Write(statements, answer));
                    }
                    Job::Audit(entry, answer) => {
                        batch.others.push(single::Other::Audit(entry, answer));
                    }
                    Job::Alone(sql, answer) => {
                        let done = sqlx::query(sql).execute(&mut self.connection).await;
                        let _ = answer.send(
                            done.map(drop)
                                .map_err(|error| WriteError::from_fault(&Fault::of(&error))),
                        );
                    }
                    Job::Close(answer) => close = Some(answer),
                }
            }
            if !batch.is_empty() && !self.commit(batch).await {
                return;
            }
            if let Some(answer) = close {
                let _ = self.connection.close().await;
                let _ = answer.send(());
                return;
            }
        }
    }

    /// Takes what is about to arrive as well: those just answered who come back at once, and what is being prepared.
    /// Sharing a sync with them costs less than making them wait for the next.
    async fn gather(&self, waiting: &mut mpsc::Receiver<Job>, taken: &mut Vec<Job>) {
        tokio::task::yield_now().await;
        loop {
            while taken.len() < BATCH_MAX
                && let Ok(job) = waiting.try_recv()
            {
                taken.push(job);
            }
            if taken.len() >= BATCH_MAX || self.counts.preparing.load(Ordering::Relaxed) == 0 {
                return;
            }
            match tokio::time::timeout(GATHERING_MAX, waiting.recv()).await {
                Ok(Some(job)) => taken.push(job),
                Ok(None) | Err(_) => return,
            }
        }
    }

    /// Writes a batch and answers it; `false` means that writing has to stop.
    async fn commit(&mut self, batch: Batch) -> bool {
        let before = self.head;
        let written = self.write(&batch).await;
        let fault = match written {
            Ok(answered) => {
                self.counts.commits.fetch_add(1, Ordering::Relaxed);
                let appended = answered
                    .appends
                    .iter()
                    .filter(|outcome| outcome.is_ok())
                    .count();
                self.counts.appends.fetch_add(
                    u64::try_from(appended).unwrap_or_default(),
                    Ordering::Relaxed,
                );
                if self.head.position > before.position {
                    self.published.send_replace(self.head.position);
                }
                batch.answer(answered);
                return true;
            }
            Err(error) => Fault::of(&error),
        };
        self.head = before;
        self.run_plain("ROLLBACK").await.ok();
        if let Fault::Fatal(reason) = &fault {
            tracing::error!(%reason, "writing has stopped; the database must be looked at before the next start");
            let _ = self.stopped.set(Arc::clone(reason));
        }
        let go_on = !matches!(fault, Fault::Fatal(_));
        batch.refuse(&fault);
        go_on
    }

    async fn write(&mut self, batch: &Batch) -> Result<Answered, sqlx::Error> {
        let before = self.head;
        self.run_plain(dialect::BEGIN_WRITE).await?;
        let appends: Vec<&Prepared> = batch
            .appends
            .iter()
            .map(|(prepared, _)| prepared.as_ref())
            .collect();
        let appends = match batch::write(
            &mut self.connection,
            &mut self.texts,
            &mut self.head,
            &appends,
        )
        .await
        {
            Ok(outcomes) => outcomes,
            Err(error) if Fault::of(&error).is_of_one_command() => {
                self.run_plain("ROLLBACK").await?;
                self.run_plain(dialect::BEGIN_WRITE).await?;
                self.head = before;
                self.write_one_by_one(&appends).await?
            }
            Err(error) => return Err(error),
        };
        let mut others = Vec::with_capacity(batch.others.len());
        for other in &batch.others {
            others.push(self.write_other(other).await?);
        }
        self.run_plain("COMMIT").await?;
        Ok(Answered { appends, others })
    }

    /// After a batch was refused as a whole: each append under a savepoint, so that a bad one harms no other.
    async fn write_one_by_one(
        &mut self,
        appends: &[&Prepared],
    ) -> Result<Vec<Outcome>, sqlx::Error> {
        let mut outcomes = Vec::with_capacity(appends.len());
        for append in appends {
            let before = self.head;
            self.run_plain("SAVEPOINT command").await?;
            match batch::write(
                &mut self.connection,
                &mut self.texts,
                &mut self.head,
                &[append],
            )
            .await
            {
                Ok(outcome) => outcomes.extend(outcome),
                Err(error) => match Fault::of(&error) {
                    fault if fault.is_of_one_command() => {
                        self.head = before;
                        self.run_plain("ROLLBACK TO command").await?;
                        outcomes.push(Err(fault.refusal()));
                    }
                    _ => return Err(error),
                },
            }
            self.run_plain("RELEASE command").await?;
        }
        Ok(outcomes)
    }

    async fn write_other(
        &mut self,
        other: &single::Other,
    ) -> Result<single::OtherOutcome, sqlx::Error> {
        let before = self.head;
        self.run_plain("SAVEPOINT command").await?;
        let outcome = match other.write(&mut self.connection, &mut self.head).await {
            Ok(outcome) => outcome,
            Err(WriteError::Sql(error)) if !Fault::of(&error).is_of_one_command() => {
                return Err(error);
            }
            Err(refusal) => {
                self.head = before;
                self.run_plain("ROLLBACK TO command").await?;
                other.refused(refusal)
            }
        };
        self.run_plain("RELEASE command").await?;
        Ok(outcome)
    }

    async fn run_plain(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        sqlx::query(sql)
            .execute(&mut self.connection)
            .await
            .map(drop)
    }
}

impl Batch {
    fn is_empty(&self) -> bool {
        self.appends.is_empty() && self.others.is_empty()
    }

    fn answer(self, answered: Answered) {
        for ((_, answer), outcome) in self.appends.into_iter().zip(answered.appends) {
            // Whoever asked may have gone; the event stands all the same.
            let _ = answer.send(outcome);
        }
        for (other, outcome) in self.others.into_iter().zip(answered.others) {
            other.answer(outcome);
        }
    }

    fn refuse(self, fault: &Fault) {
        for (_, answer) in self.appends {
            let _ = answer.send(Err(fault.refusal()));
        }
        for other in self.others {
            let outcome = other.refused(WriteError::from_fault(fault));
            other.answer(outcome);
        }
    }
}

/// The answer to an append that never reached the writer.
pub(crate) fn not_taken(reason: Arc<str>) -> Result<Appended, AppendError> {
    Err(AppendError::Stopped(reason))
}
