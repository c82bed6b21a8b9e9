//! The outbox: what a command leaves to be done once it is on record. Delivery may happen twice, never not at all.

use std::sync::Arc;
use std::time::Duration;

use huiyin_case::event::Event;
use huiyin_case::id::PersonId;
use huiyin_policy::model::{ClockId, NoticeId};
use huiyin_store::{Access, NewEvent, OutboxEntry, OutboxRow, WriteError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::Error;
use crate::live::{Noticed, Told};

/// The kind of outbox entry that is a notice to people inside.
const NOTICE: &str = "notice";
/// Entries delivered in one go.
const BATCH: u32 = 100;
/// After a failure delivery waits this long before it tries again.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(5);

/// A notice in the outbox: ids and names only.
#[derive(Debug, Serialize, Deserialize)]
struct NoticeEntry {
    notice: String,
    clock: Option<String>,
    to: Vec<String>,
}

/// What the notices among the events put into the outbox.
pub(crate) fn outbox(events: &[NewEvent], now: Timestamp) -> Vec<OutboxRow> {
    let notices = events.iter().filter_map(|new| match &new.event {
        Event::NoticeSent { notice, clock, to } => Some(NoticeEntry {
            notice: notice.to_string(),
            clock: clock.as_ref().map(ToString::to_string),
            to: to.iter().map(ToString::to_string).collect(),
        }),
        _ => None,
    });
    let written = notices.filter_map(|entry| serde_json::to_string(&entry).ok());
    written
        .map(|payload| OutboxRow {
            kind: NOTICE.to_owned(),
            payload,
            due_at: now,
        })
        .collect()
}

impl App {
    /// Delivers what commands leave in the outbox, for as long as the process lives.
    pub async fn run_deliveries(self: Arc<Self>) {
        loop {
            if let Err(error) = self.deliver_due().await {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the outbox could not be delivered"
                );
                tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
                continue;
            }
            self.outbox_grew().notified().await;
        }
    }

    /// Delivers everything that waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn deliver_due(&self) -> Result<(), Error> {
        loop {
            let now = self.now();
            let waiting = self.store().outbox_due(now, BATCH).await?;
            if waiting.is_empty() {
                return Ok(());
            }
            for entry in waiting {
                // On a shared database each node tells its own desks when it follows the outbox.
                if !self.store().is_shared() {
                    self.tell_notice(&entry).await?;
                }
                match self.store().outbox_done(entry.id, now).await {
                    // Another node was faster.
                    Ok(()) | Err(WriteError::Unmet) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }

    /// Tells the desks of those a notice is for. One whose words are gone with its policy has nothing to say.
    pub(crate) async fn tell_notice(&self, entry: &OutboxEntry) -> Result<(), Error> {
        if entry.row.kind != NOTICE {
            return Ok(());
        }
        let Ok(notice) = serde_json::from_str::<NoticeEntry>(&entry.row.payload) else {
            return Ok(());
        };
        let Some(row) = self.store().case_row(&Access::All, entry.case).await? else {
            return Ok(());
        };
        if let Some(version) = self.shelf().version(&row.policy, row.policy_version) {
            self.live().tell(Told::Noticed(Arc::new(Noticed {
                case: entry.case,
                number: row.number.unwrap_or_default(),
                kind: row.kind,
                policy: Arc::clone(&version.policy),
                notice: NoticeId::new(notice.notice),
                clock: notice.clock.map(ClockId::new),
                to: notice
                    .to
                    .iter()
                    .filter_map(|id| id.parse::<PersonId>().ok())
                    .collect(),
            })));
        }
        Ok(())
    }
}
