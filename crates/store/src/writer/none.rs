//! The writer of a store that only reads: there is none.

use super::{Arc, Counts, OnceLock, Writer, mpsc, watch};

impl Writer {
    /// A writer that takes nothing; the log ends at `position`.
    pub(crate) fn none(position: i64) -> Writer {
        Writer {
            jobs: mpsc::channel(1).0,
            counts: Arc::<Counts>::default(),
            stopped: Arc::<OnceLock<Arc<str>>>::default(),
            published: Arc::new(watch::Sender::new(position)),
            none: true,
        }
    }

    /// Whether nothing can be written because there never was a task that writes.
    pub(crate) const fn is_none(&self) -> bool {
        self.none
    }
}
