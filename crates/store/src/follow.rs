//! Following what other nodes commit to a database they share: each commit is heard of, and asked for now and then in case
//! it was not.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::AbortHandle;

use crate::crypto::KeyRing;
use crate::dialect::{CHANNEL, READ_HEAD};
use crate::engine::Readers;
use crate::statement::Statement;
use crate::writer::publish;

/// The log's head is read at least this often: what another node did is seen within this time even if nothing was heard.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// After a failure it waits this long before it tries again.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// The task that follows; it ends with its last use.
pub(crate) struct Follower {
    task: AbortHandle,
    revision: watch::Receiver<i64>,
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Task {
    readers: Readers,
    position: Arc<watch::Sender<i64>>,
    revision: watch::Sender<i64>,
    keys: Arc<KeyRing>,
}

impl Follower {
    /// Starts to follow; `position` tells how far the log has come, `keys` are forgotten when one was erased elsewhere.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub(crate) async fn start(
        readers: &Readers,
        position: Arc<watch::Sender<i64>>,
        keys: Arc<KeyRing>,
    ) -> Result<Follower, sqlx::Error> {
        let (_, revision) = head(readers).await?;
        let revision = watch::Sender::new(revision);
        let changes = revision.subscribe();
        let task = Task {
            readers: readers.clone(),
            position,
            revision,
            keys,
        };
        Ok(Follower {
            task: tokio::spawn(task.run()).abort_handle(),
            revision: changes,
        })
    }

    /// How often something that nodes keep in memory was changed.
    pub(crate) fn revision(&self) -> watch::Receiver<i64> {
        self.revision.clone()
    }
}

impl Task {
    async fn run(self) {
        while let Err(error) = self.listen().await {
            if matches!(error, sqlx::Error::PoolClosed) {
                return;
            }
            tracing::warn!(%error, "the log can't be followed; trying again");
            tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
        }
    }

    async fn listen(&self) -> Result<(), sqlx::Error> {
        let mut listener = self.readers.listener().await?;
        listener.listen(CHANNEL).await?;
        loop {
            self.look().await?;
            // A connection that was lost is a reason to look as well.
            if let Ok(heard) = tokio::time::timeout(LOOK_EVERY, listener.try_recv()).await {
                heard?;
            }
            // All that has come meanwhile is seen by one look.
            while listener.next_buffered().is_some() {}
        }
    }

    async fn look(&self) -> Result<(), sqlx::Error> {
        let (position, revision) = head(&self.readers).await?;
        publish(&self.position, position);
        let mut is_news = false;
        self.revision.send_if_modified(|known| {
            is_news = *known != revision;
            *known = revision;
            is_news
        });
        if is_news {
            self.keys.forget_all();
        }
        Ok(())
    }
}

async fn head(readers: &Readers) -> Result<(i64, i64), sqlx::Error> {
    let found = readers.all(Statement::new(READ_HEAD, [])).await?;
    let row = found.one()?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}
