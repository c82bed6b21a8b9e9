//! Live updates: which case changed, told to whoever may see it.

use huiyin_case::event::Holder;
use huiyin_case::id::{CaseId, PersonId, UnitId};
use huiyin_case::state::CaseState;
use tokio::sync::broadcast;

/// Changes a slow listener may fall behind before it must reload.
const BACKLOG_MAX: usize = 1024;

/// A case changed.
#[derive(Debug, Clone)]
pub struct Change {
    /// The case.
    pub case: CaseId,
    /// Its last event.
    pub seq: u32,
    /// Who is concerned, for deciding who may hear of it.
    pub scope: Scope,
}

/// What access to a case depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Who must act.
    pub holder: Holder,
    /// The unit that answers for the case.
    pub lead_unit: Option<UnitId>,
    /// Who registered it.
    pub taker: PersonId,
    /// Who heard of it first.
    pub first_contact: PersonId,
}

impl Scope {
    /// The scope of a case in `state`.
    pub fn of(state: &CaseState) -> Self {
        Self {
            holder: state.holder.clone(),
            lead_unit: state.lead_unit,
            taker: state.opening.taker,
            first_contact: state.opening.first_contact,
        }
    }
}

/// The bus on which changes are told.
#[derive(Debug)]
pub struct Live {
    changes: broadcast::Sender<Change>,
}

impl Live {
    /// A bus without listeners.
    pub fn new() -> Self {
        Self {
            changes: broadcast::Sender::new(BACKLOG_MAX),
        }
    }

    /// Tells of a change. Nobody listening is no error.
    pub fn tell(&self, change: Change) {
        let _ = self.changes.send(change);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }
}

impl Default for Live {
    fn default() -> Self {
        Self::new()
    }
}
