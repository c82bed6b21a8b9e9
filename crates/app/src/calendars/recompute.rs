//! Due times of running clocks by a new version of their calendar, each on record (T9).

use futures_util::future::join_all;
use huiyin_case::command::Act;
use huiyin_case::id::CaseId;
use huiyin_store::AppendError;
use jiff::civil::Date;

use super::Kept;
use crate::app::App;
use crate::error::Error;

/// Cases that are computed again at a time.
const CASES_TOGETHER: usize = 32;

impl App {
    /// Computes the due times of running clocks again where a version of a calendar was loaded and that has not been done, also
    /// for a node that died over it, and gives the number of cases that changed. In read-only mode nothing is done.
    ///
    /// # Errors
    /// When the database can't be read or written; what is left is done with the next timers.
    pub async fn recompute_clocks(&self) -> Result<u64, Error> {
        if self.read_only().is_some() {
            return Ok(0);
        }
        let shelf = self.shelf();
        let mut changed = 0;
        for kept in shelf.calendars().all() {
            let pending = kept.versions.iter();
            let pending = pending.filter(|one| one.version.recomputed_at.is_none());
            let pending: Vec<_> = pending.collect();
            if pending.is_empty() {
                continue;
            }
            if let Some(touches) = pending.iter().filter_map(|one| one.touches).min() {
                changed += self.recompute_from(kept, touches).await?;
            }
            for one in pending {
                let (number, now) = (one.version.version, self.now());
                let store = self.store();
                store.calendar_recomputed(&kept.name, number, now).await?;
            }
        }
        self.read_calendars().await?;
        Ok(changed)
    }

    /// The same for the clocks of one calendar that are due on a day or later.
    async fn recompute_from(&self, kept: &Kept, day: Date) -> Result<u64, Error> {
        let from = kept.calendar.instant(day.at(0, 0, 0, 0));
        let (mut after, mut changed) = (None, 0);
        loop {
            let cases = self.store().running_from(from, after).await?;
            let Some(last) = cases.last() else {
                return Ok(changed);
            };
            after = Some(*last);
            // Those that wait together share a commit.
            for some in cases.chunks(CASES_TOGETHER) {
                let some = some.iter().map(|case| self.recompute_case(kept, *case));
                for done in join_all(some).await {
                    changed += u64::from(done?);
                }
            }
        }
    }

    /// Whether anything was otherwise. A case of another calendar, one that has ended meanwhile or whose texts were erased is
    /// passed over.
    async fn recompute_case(&self, kept: &Kept, case: CaseId) -> Result<bool, Error> {
        let (state, version) = self.load(case).await?;
        if version.working.name != kept.name {
            return Ok(false);
        }
        match self.command_of_system(case, &Act::Recompute).await {
            Ok(done) => Ok(done.seq > state.seq),
            Err(failed @ (Error::Refused(_) | Error::Append(AppendError::Erased))) => {
                tracing::info!(
                    error = &failed as &dyn std::error::Error,
                    %case,
                    "due times are not computed again by the new calendar"
                );
                Ok(false)
            }
            Err(failed) => Err(failed),
        }
    }
}
