//! The task itself: gathers what waits, commits it, and stops for good when what is on disk is in doubt.

use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};

use super::batch::{self, LogHead, Outcome};
use super::fault::Fault;
use super::link::{Link, within};
use super::mover::Mover;
use super::single::{self, WriteError};
use super::{Counts, Job};
use crate::engine::Engine;
use crate::prepare::Prepared;

/// Commands written by one transaction at most.
const BATCH_MAX: usize = 128;
/// How long a batch waits for a command that is being prepared.
const GATHERING_MAX: Duration = Duration::from_millis(1);
/// How often it is asked what became of a commit to which no answer came, before it is left open.
const SETTLING_TRIES_MAX: u32 = 40;
/// How long to wait before it is asked again.
const SETTLING_PAUSE: Duration = Duration::from_millis(500);

/// Why a node stops writing after another has derived the statistics anew.
const DERIVED_ELSEWHERE: &str = "another node has derived the statistics anew, by other definitions or working days; \
                                 start this node anew, with the version that the other runs";

/// What the task holds, on a connection of its own.
pub(super) struct Task {
    pub(super) link: Link,
    /// Only for a file.
    pub(super) mover: Option<Mover>,
    /// Where the log stands, with what the transaction under way has written.
    pub(super) head: LogHead,
    /// Where it stood when that transaction began.
    pub(super) begun: LogHead,
    pub(super) published: Arc<watch::Sender<i64>>,
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
                        let done = self.run_alone(sql).await;
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
                if let Some(mover) = self.mover.take() {
                    mover.stop().await;
                }
                let _ = self.link.connection.close().await;
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
        match self.write_and_commit(&batch).await {
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
                publish(&self.published, self.head.position);
                batch.answer(answered);
            }
            Err(fault) => {
                self.head = before;
                if !self.link.is_lost() {
                    self.run_plain("ROLLBACK").await.ok();
                }
                batch.refuse(&fault);
            }
        }
    }

    async fn write_and_commit(&mut self, batch: &Batch) -> Result<Answered, Fault> {
        let engine = self.link.engine();
        let written = within(engine, self.write(batch)).await;
        let answered = written.map_err(|error| self.fault(&error))?;
        let committed = within(engine, self.run_plain("COMMIT")).await;
        match committed.map_err(|error| self.fault(&error)) {
            Ok(()) => Ok(answered),
            Err(Fault::Lost(reason)) => self.settle(reason).await.map(|()| answered),
            Err(fault) => Err(fault),
        }
    }

    /// Finds out whether a transaction was committed to whose commit no answer came. It is never written again: what it
    /// wrote to the log tells, once the write lock shows that it is over, one way or the other.
    async fn settle(&mut self, reason: Arc<str>) -> Result<(), Fault> {
        let reached = self.head;
        let audits = reached.audit_position > self.begun.audit_position;
        for _ in 0..SETTLING_TRIES_MAX {
            let asked = self.has_come_to(&reached, audits);
            match within(Engine::Postgres, asked).await {
                Ok(Some(true)) => {
                    self.head = reached;
                    return Ok(());
                }
                Ok(Some(false)) => return Err(Fault::Lost(reason)),
                Ok(None) => break,
                Err(error) => {
                    tracing::warn!(%error, "the outcome of a commit is not known yet");
                    self.link.lose();
                    tokio::time::sleep(SETTLING_PAUSE).await;
                }
            }
        }
        Err(Fault::Unknown(reason))
    }

    async fn has_come_to(
        &mut self,
        reached: &LogHead,
        audits: bool,
    ) -> Result<Option<bool>, sqlx::Error> {
        self.begin().await?;
        let outcome = single::has_come_to(&mut self.link.connection, reached, audits).await?;
        self.run_plain("ROLLBACK").await?;
        Ok(outcome)
    }

    /// What follows from an error; if it is fatal, writing has stopped.
    fn fault(&mut self, error: &sqlx::Error) -> Fault {
        let fault = Fault::of(self.link.engine(), error);
        match &fault {
            Fault::Fatal(reason) => {
                tracing::error!(%reason, "writing has stopped; the database must be looked at before the next start");
                let _ = self.stopped.set(Arc::clone(reason));
            }
            Fault::Lost(reason) => {
                tracing::warn!(%reason, "the database was lost; the next write connects again");
                self.link.lose();
            }
            _ => {}
        }
        fault
    }

    /// Begins the transaction of a batch. On PostgreSQL other nodes write as well, so the log's head is read again.
    async fn begin(&mut self) -> Result<(), sqlx::Error> {
        self.link.restore().await?;
        let engine = self.link.engine();
        self.run_plain(engine.begin_write()).await?;
        if engine == Engine::Postgres {
            self.head = single::log_head(&mut self.link.connection).await?;
            if self.head.statistics > self.counts.statistics.load(Ordering::Relaxed) {
                // Neither a loss of the database nor a command's fault: this node must not write until it is started anew.
                return Err(sqlx::Error::Configuration(DERIVED_ELSEWHERE.into()));
            }
        }
        self.begun = self.head;
        Ok(())
    }

    async fn write(&mut self, batch: &Batch) -> Result<Answered, sqlx::Error> {
        let before = self.head;
        self.begin().await?;
        let appends: Vec<&Prepared> = batch
            .appends
            .iter()
            .map(|(prepared, _)| prepared.as_ref())
            .collect();
        let written = batch::write(&mut self.link.connection, &mut self.head, &appends);
        let appends = match written.await {
            Ok(outcomes) => outcomes,
            Err(error) if self.is_of_one_command(&error) => {
                self.run_plain("ROLLBACK").await?;
                self.head = before;
                self.begin().await?;
                self.write_one_by_one(&appends).await?
            }
            Err(error) => return Err(error),
        };
        let mut others = Vec::with_capacity(batch.others.len());
        for other in &batch.others {
            others.push(self.write_other(other).await?);
        }
        if self.head != self.begun {
            single::move_head(&mut self.link.connection, &self.head).await?;
        }
        Ok(Answered { appends, others })
    }

    fn is_of_one_command(&self, error: &sqlx::Error) -> bool {
        Fault::of(self.link.engine(), error).is_of_one_command()
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
            let alone = [*append];
            let written = batch::write(&mut self.link.connection, &mut self.head, &alone);
            match written.await {
                Ok(outcome) => outcomes.extend(outcome),
                Err(error) => match Fault::of(self.link.engine(), &error) {
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
        let written = other.write(&mut self.link.connection, &mut self.head).await;
        let outcome = match written {
            Ok(outcome) => outcome,
            Err(WriteError::Sql(error)) if !self.is_of_one_command(&error) => return Err(error),
            Err(refusal) => {
                self.head = before;
                self.run_plain("ROLLBACK TO command").await?;
                other.refused(match refusal {
                    WriteError::Sql(error) => {
                        WriteError::from_fault(&Fault::of(self.link.engine(), &error))
                    }
                    refusal => refusal,
                })
            }
        };
        self.run_plain("RELEASE command").await?;
        Ok(outcome)
    }

    async fn run_alone(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        self.link.restore().await?;
        self.run_plain(sql).await
    }

    async fn run_plain(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        self.link.connection.run_plain(sql).await
    }
}

/// Tells how far the log has come, unless that is known already.
pub(crate) fn publish(position: &watch::Sender<i64>, reached: i64) {
    position.send_if_modified(|known| {
        let is_news = reached > *known;
        if is_news {
            *known = reached;
        }
        is_news
    });
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
