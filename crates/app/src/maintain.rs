//! Keeping the store: prove the log, derive the tables anew, rebuild the search index, seal.

use std::sync::Arc;
use std::time::Duration;

use huiyin_case::charges::charges;
use huiyin_case::id::CaseId;
use huiyin_case::measure::{Measured, increments};
use huiyin_case::vouchers::vouchers;
use huiyin_case::{CaseState, Recorded};
use huiyin_store::{Derived, RebuildError, Rebuilt, Store};

use crate::app::App;
use crate::prepare;
use crate::shelf::{Shelf, Version};

/// New events are sealed at least this often.
const SEAL_EVERY: Duration = Duration::from_secs(60);
/// Broken uploads are looked for at least this often.
const SWEEP_EVERY: Duration = Duration::from_secs(600);

/// Derives the tables from the log and compares them with the live ones; corrects these if `repair`.
///
/// # Errors
/// When the log can't be read, or a case's events are no history.
pub async fn rebuild(store: &Store, shelf: &Shelf, repair: bool) -> Result<Rebuilt, RebuildError> {
    let rebuilt = store
        .rebuild(&|case, history| derived(shelf, case, history), repair)
        .await?;
    if repair && store.tables_may_lag().await? {
        store.tables_agree().await?;
    }
    Ok(rebuilt)
}

/// Segments all texts again and fills the search index anew; gives the number of cases.
///
/// # Errors
/// As [`rebuild`].
pub async fn reindex(store: &Store, shelf: &Shelf) -> Result<u64, RebuildError> {
    store
        .reindex(&|case, history| derived(shelf, case, history))
        .await
}

/// The rows of a case, from its history alone.
pub(crate) fn derived(
    shelf: &Shelf,
    case: CaseId,
    history: &[Recorded],
) -> Result<Derived, String> {
    let last = history.last().ok_or("the case has no events")?;
    let (state, version) = shelf.replay(history).map_err(|error| error.to_string())?;
    let rows = prepare::derive(&version.policy, case, &state, last.recorded_at);
    Ok(Derived {
        row: rows.row,
        clocks: rows.clocks,
        search: Some(rows.search),
        merges: prepare::merges(&state),
        vouchers: vouchers(&version.policy, &state),
        charges: charges(&version.policy, &state),
        customer_full_name: rows.party.name,
        statistics: increments(None, measured(version, &state)),
        files: state.attached().map(|one| one.what.file).collect(),
    })
}

/// A case as statistics measure it.
pub(crate) fn measured<'a>(version: &'a Version, state: &'a CaseState) -> Measured<'a> {
    Measured {
        policy: &version.policy,
        calendar: version.working.counted(),
        state,
    }
}

impl App {
    /// Deletes what was left of broken uploads, at intervals, for as long as the process lives. A failure is told and tried again.
    pub async fn run_sweeper(self: Arc<Self>) {
        loop {
            if let Err(error) = self.sweep_uploads().await {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "broken uploads could not be swept"
                );
            }
            tokio::time::sleep(SWEEP_EVERY).await;
        }
    }

    /// Seals what is new in the log at intervals, for as long as the process lives. A failure is told and tried again:
    /// what is not sealed yet is still chained.
    pub async fn run_sealer(self: Arc<Self>) {
        loop {
            tokio::time::sleep(SEAL_EVERY).await;
            if let Err(error) = self.store().seal(self.now()).await {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the log could not be sealed"
                );
            }
        }
    }
}
