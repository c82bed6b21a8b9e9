//! Timers: due times and warnings take effect once, also after days of downtime
//! (ARCHITECTURE.md, "A deadline passes").

use std::sync::Arc;
use std::time::Duration;

use huiyin_case::command::Act;
use huiyin_case::refusal::Rule;
use huiyin_store::{ClockRow, DueTimer};
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
            let sleep = match self.do_what_is_due().await {
                Ok(0) => self.sleep_until_next().await,
                Ok(_) => PAUSE_AFTER_FAILURE,
                Err(error) => {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "timers could not be read"
                    );
                    PAUSE_AFTER_FAILURE
                }
            };
            tokio::select! {
                () = tokio::time::sleep(sleep) => {}
                changed = told.changed() => if changed.is_err() { return },
                changed = set.changed() => if changed.is_err() { return },
            }
        }
    }

    /// Hands on what people who left still hold, computes clocks again by calendars that were loaded, opens what duties ask for, then fires what is due: a case that is opened late is late at once. Gives the number of
    /// timers that could not be fired; a duty for which nobody is there is looked at again with the next timers.
    async fn do_what_is_due(&self) -> Result<usize, Error> {
        self.finish_leavings().await?;
        self.recompute_clocks().await?;
        self.open_owed().await?;
        self.fire_due().await
    }

    /// Fires every timer due by now, and gives the number of those that could not be fired: they stay due, and hold no
    /// other up. Each takes effect once: a timer whose clock has moved on is refused by the engine. In read-only mode none
    /// fires.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn fire_due(&self) -> Result<usize, Error> {
        if self.read_only().is_some() {
            return Ok(0);
        }
        let mut stuck: Vec<DueTimer> = Vec::new();
        loop {
            let rows_max = BATCH.saturating_add(u32::try_from(stuck.len()).unwrap_or(u32::MAX));
            let due = self.store().due_timers(self.now(), rows_max).await?;
            let fresh: Vec<DueTimer> = due
                .into_iter()
                .filter(|timer| !stuck.contains(timer))
                .collect();
            if fresh.is_empty() {
                return Ok(stuck.len());
            }
            for timer in fresh {
                if let Err(error) = self.fire(&timer).await {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        case = %timer.case,
                        clock = %timer.clock,
                        "a timer could not be fired"
                    );
                    stuck.push(timer);
                }
            }
        }
    }

    /// A timer that is outdated was taken back by whatever moved its clock, in the same transaction; one that is still
    /// there all the same is an error like any other.
    async fn fire(&self, timer: &DueTimer) -> Result<(), Error> {
        let act = Act::Fire {
            clock: timer.clock.clone(),
            generation: timer.generation,
            firing: timer.firing,
        };
        let fired = self.command_of_system(timer.case, &act).await;
        match fired {
            Err(Error::Refused(refused))
                if refused.refusal.rule == Rule::TimerOutdated && !self.is_due(timer).await? =>
            {
                Ok(())
            }
            fired => fired.map(drop),
        }
    }

    /// Whether the timer still waits in the tables.
    async fn is_due(&self, timer: &DueTimer) -> Result<bool, Error> {
        let clocks = self.store().clocks(timer.case).await?;
        let same = |clock: &ClockRow| {
            clock.clock == timer.clock
                && clock.generation == timer.generation
                && clock.next.is_some_and(|(firing, _)| firing == timer.firing)
        };
        Ok(clocks.iter().any(same))
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
        self.do_what_is_due().await?;
        Ok(true)
    }
}
