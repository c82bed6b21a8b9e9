//! Moves SQLite's write-ahead log into the database beside the writer, so that no commit waits for it. What is committed
//! meanwhile is left to the next time; the writer itself only has to move something when it is never at rest.

use sqlx::{Connection, SqliteConnection};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use crate::dialect;

/// Events after which the log is moved: some 500 registrations, or 16 MB of it.
const EVENTS_BETWEEN: i64 = 3_000;

/// The task, on a connection of its own.
pub(super) struct Mover {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Mover {
    /// Starts the task; `position` tells how far the log has come.
    pub(super) fn start(connection: SqliteConnection, position: watch::Receiver<i64>) -> Mover {
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(run(connection, position, stopped));
        Mover { stop, task }
    }

    /// Ends it and closes its connection, so that the writer's is the last and takes the rest of the log along.
    pub(super) async fn stop(self) {
        // It may have ended by itself.
        let _ = self.stop.send(());
        let _ = self.task.await;
    }
}

async fn run(
    mut connection: SqliteConnection,
    mut position: watch::Receiver<i64>,
    mut stopped: oneshot::Receiver<()>,
) {
    let mut moved = *position.borrow();
    loop {
        let grown = async {
            let reached = position.wait_for(|now| now - moved >= EVENTS_BETWEEN);
            reached.await.map(|now| *now)
        };
        moved = tokio::select! {
            _ = &mut stopped => break,
            grown = grown => match grown {
                Ok(position) => position,
                Err(_) => break,
            },
        };
        if let Err(error) = sqlx::query(dialect::MOVE_LOG)
            .execute(&mut connection)
            .await
        {
            tracing::warn!(%error, "the write-ahead log could not be moved beside the writer, who will have to do it");
        }
    }
    // Whatever it fails with, the writer's connection is still there.
    let _ = connection.close().await;
}

#[cfg(test)]
mod tests {
    use super::EVENTS_BETWEEN;
    use crate::support::{Folder, Matter, open};

    #[tokio::test]
    async fn the_log_is_moved_beside_the_writer_and_nothing_of_it_is_left_after_closing() {
        let folder = Folder::new();
        let store = open(&folder.database()).await;
        let registrations: Vec<_> = (1..=u64::try_from(EVENTS_BETWEEN / 5 + 50).unwrap())
            .map(|number| {
                let store = store.clone();
                tokio::spawn(async move { store.append(Matter::new(number).register()).await })
            })
            .collect();
        for registration in registrations {
            registration.await.unwrap().unwrap();
        }
        assert!(*store.position().borrow() > EVENTS_BETWEEN);
        store.close().await;
        let log = folder.path().join("huiyin.db-wal");
        assert!(!log.exists(), "{}", log.display());
    }
}
