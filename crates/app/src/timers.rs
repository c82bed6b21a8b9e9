//! Timers: due times and warnings take effect once, also after days of downtime
//! (ARCHITECTURE.md, "A deadline passes").

use std::sync::Arc;
use std::time::Duration;

use huiyin_case::command::Act;
use huiyin_case::refusal::Rule;
use huiyin_store::DueTimer;
use jiff::Timestamp;

use crate::app::App;
use crate::error::Error;

/// Timers fired in one go.
const BATCH: u32 = 100;
/// The loop looks at least this often, whatever it was told.
const SLEEP_MAX: Duration = Duration::from_secs(60);
/// After a failure the loop waits this long before it tries again.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(5);

impl App {
    /// Fires timers as they fall due, for as long as the process lives.
    pub async fn run_timers(self: Arc<Self>) {
        let mut told = self.next_timer().subscribe();
        let mut set = self.clock().changes();
        loop {
            if let Err(error) = self.fire_due().await {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "timers could not be fired"
                );
                tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
                continue;
            }
            let sleep = self.sleep_until_next().await;
            tokio::select! {
                () = tokio::time::sleep(sleep) => {}
                changed = told.changed() => if changed.is_err() { return },
                changed = set.changed() => if changed.is_err() { return },
            }
        }
    }

    /// Fires every timer due by now. Each takes effect once: a timer whose clock has moved on is refused by the engine.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fire_due(&self) -> Result<(), Error> {
        loop {
            let due = self.store().due_timers(self.now(), BATCH).await?;
            if due.is_empty() {
                return Ok(());
            }
            for timer in &due {
                self.fire(timer).await?;
            }
        }
    }

    async fn fire(&self, timer: &DueTimer) -> Result<(), Error> {
        let act = Act::Fire {
            clock: timer.clock.clone(),
            generation: timer.generation,
            firing: timer.firing,
        };
        match self.command_of_system(timer.case, &act).await {
            Ok(_) => Ok(()),
            Err(Error::Refused(refused)) if refused.refusal.rule == Rule::TimerOutdated => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn sleep_until_next(&self) -> Duration {
        let next: Option<Timestamp> = self.store().next_timer().await.ok().flatten();
        self.next_timer().send_if_modified(|told| {
            *told = next;
            false
        });
        let Some(next) = next.filter(|_| !self.clock().is_settable()) else {
            return SLEEP_MAX;
        };
        let ahead = next.duration_since(self.now());
        Duration::try_from(ahead)
            .unwrap_or(Duration::ZERO)
            .min(SLEEP_MAX)
    }

    /// Sets the clock of a server started for tests, and fires what is due by then. False if the clock can't be set.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_clock(&self, now: Timestamp) -> Result<bool, Error> {
        if !self.clock().set(now) {
            return Ok(false);
        }
        self.fire_due().await?;
        Ok(true)
    }
}
