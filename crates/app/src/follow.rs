//! Several nodes on one database: what any of them puts on record is told to the desks of all.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use huiyin_case::id::CaseId;
use huiyin_store::Access;

use crate::app::App;
use crate::error::Error;
use crate::live::{Change, Scope, Told};
use crate::start::{StartError, open_directory, open_shelf};

/// Entries of the log, or of the outbox, read in one go.
const BATCH: u32 = 500;
/// After a failure following waits this long before it tries again.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// How far the log and the outbox have been told to this node's desks.
#[derive(Debug, Clone, Copy)]
struct Followed {
    position: i64,
    outbox: i64,
}

impl App {
    /// On a database that nodes share: tells this node's desks what any node has put on record, wakes its timers, and reads
    /// again what another node has published or changed in the organisation. On a database of its own there is nothing to
    /// follow, and it ends at once.
    pub async fn run_follower(self: Arc<Self>) {
        if !self.store().is_shared() {
            return;
        }
        let mut position = self.store().position();
        let mut revision = self.store().revision();
        let mut followed = loop {
            let reached = *position.borrow_and_update();
            match self.store().outbox_end().await {
                Ok(outbox) => {
                    break Followed {
                        position: reached,
                        outbox,
                    };
                }
                Err(error) => pause(&error).await,
            }
        };
        loop {
            let done = tokio::select! {
                changed = position.changed() => match changed {
                    Ok(()) => self.follow(&mut followed).await,
                    Err(_) => return,
                },
                changed = revision.changed() => match changed {
                    Ok(()) => self.read_again().await,
                    Err(_) => return,
                },
            };
            if let Err(error) = done {
                pause(&*error).await;
                position.mark_changed();
                revision.mark_changed();
            }
        }
    }

    async fn follow(&self, followed: &mut Followed) -> Result<(), Box<Failed>> {
        self.tell_changes(followed).await?;
        self.tell_notices(followed).await?;
        let next = self.store().next_timer().await.map_err(Error::from)?;
        self.wake_timers(next);
        // Whichever node comes first sends what is to be sent, also for one that has died.
        self.outbox_grew().notify_one();
        Ok(())
    }

    /// Tells the desks which cases have changed. A case that changed twice is told once, as it is now.
    async fn tell_changes(&self, followed: &mut Followed) -> Result<(), Error> {
        loop {
            let entries = self.store().entries_since(followed.position, BATCH).await?;
            let Some(last) = entries.last().map(|entry| entry.position) else {
                return Ok(());
            };
            let cases: BTreeSet<CaseId> = entries.iter().map(|entry| entry.case).collect();
            for case in cases {
                let Some(row) = self.store().case_row(&Access::All, case).await? else {
                    continue;
                };
                self.live().tell(Told::Changed(Arc::new(Change {
                    case,
                    seq: row.seq,
                    scope: Scope::of_row(&row),
                })));
            }
            followed.position = last;
        }
    }

    /// Tells the desks of those whom notices are for.
    async fn tell_notices(&self, followed: &mut Followed) -> Result<(), Error> {
        loop {
            let entries = self.store().outbox_since(followed.outbox, BATCH).await?;
            if entries.is_empty() {
                return Ok(());
            }
            for entry in entries {
                self.tell_notice(&entry).await?;
                followed.outbox = entry.id;
            }
        }
    }

    /// Reads again what this node keeps in memory.
    async fn read_again(&self) -> Result<(), Box<Failed>> {
        self.replace_shelf(open_shelf(self.store()).await?);
        self.replace_directory(open_directory(self.store()).await?);
        self.sessions.clear();
        Ok(())
    }
}

/// Why following has failed.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    App(#[from] Error),
    #[error(transparent)]
    Start(#[from] StartError),
}

impl From<Error> for Box<Failed> {
    fn from(error: Error) -> Self {
        Self::new(error.into())
    }
}

impl From<StartError> for Box<Failed> {
    fn from(error: StartError) -> Self {
        Self::new(error.into())
    }
}

async fn pause(error: &(dyn std::error::Error + Sync + 'static)) {
    tracing::error!(
        error = error as &dyn std::error::Error,
        "what other nodes do could not be followed"
    );
    tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
}
