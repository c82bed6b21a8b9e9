//! The task itself: gathers what waits, commits it, and stops for good when what is on disk is in doubt.

use std::fs::File;
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot, watch};

use super::batch::{self, LogHead, Outcome};
use super::fault::Fault;
use super::mover::Mover;
use super::single::{self, WriteError};
use super::{Counts, Job};
use crate::dialect;
use crate::prepare::Prepared;

/// Commands written by one transaction at most.
const BATCH_MAX: usize = 128;
/// How long a batch waits for a command that is being prepared.
const GATHERING_MAX: Duration = Duration::from_millis(1);

/// What the task holds, on a connection of its own.
pub(super) struct Task {
    pub(super) connection: SqliteConnection,
    pub(super) mover: Mover,
    pub(super) _lock: File,
    pub(super) head: LogHead,
    pub(super) published: watch::Sender<i64>,
    pub(super) counts: Arc<Counts>,
    pub(super) stopped: Arc<OnceLock<Arc<str>>>,
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
    pub(super) async fn run(mut self, mut waiting: mpsc::Receiver<Job>) {
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
                        let done = self.run_plain(sql).await;
                        let _ = answer.send(
                            done.map_err(|error| WriteError::from_fault(&self.fault(&error))),
                        );
                    }
                    Job::Close(answer) => close = Some(answer),
                }
            }
            if !batch.is_empty() && self.stopped.get().is_none() {
                self.commit(batch).await;
            }
            if self.stopped.get().is_some() {
                return;
            }
            if let Some(answer) = close {
                self.mover.stop().await;
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

    /// Writes a batch and answers it.
    async fn commit(&mut self, batch: Batch) {
        let before = self.head;
        match self.write(&batch).await {
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
            }
            Err(error) => {
                self.head = before;
                self.run_plain("ROLLBACK").await.ok();
                batch.refuse(&self.fault(&error));
            }
        }
    }

    /// What follows from an error; if it is fatal, writing has stopped.
    fn fault(&self, error: &sqlx::Error) -> Fault {
        let fault = Fault::of(error);
        if let Fault::Fatal(reason) = &fault {
            tracing::error!(%reason, "writing has stopped; the database must be looked at before the next start");
            let _ = self.stopped.set(Arc::clone(reason));
        }
        fault
    }

    async fn write(&mut self, batch: &Batch) -> Result<Answered, sqlx::Error> {
        let before = self.head;
        self.run_plain(dialect::BEGIN_WRITE).await?;
        let appends: Vec<&Prepared> = batch
            .appends
            .iter()
            .map(|(prepared, _)| prepared.as_ref())
            .collect();
        let appends = match batch::write(&mut self.connection, &mut self.head, &appends).await {
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
            match batch::write(&mut self.connection, &mut self.head, &[append]).await {
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
