//! Live updates: which case changed, told to whoever may see it; and notices, told to whom they are for.

use std::sync::Arc;

use huiyin_case::entitled::Entitled;
use huiyin_case::event::Holder;
use huiyin_case::exclusion::Hidden;
use huiyin_case::id::{CaseId, PersonId, UnitId};
use huiyin_case::sight::Sight;
use huiyin_case::state::CaseState;
use huiyin_policy::model::{ClockId, KindId, NoticeId, Policy};
use huiyin_store::CaseRow;
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
    /// Who registered it; nobody yet if the customer brought it in himself.
    pub taker: Option<PersonId>,
    /// Who heard of it first, on the same terms.
    pub first_contact: Option<PersonId>,
    /// For whom there is no such case.
    pub hidden_from: Hidden,
    /// Who alone sees it, if it is such a case.
    pub sight: Option<Sight>,
    /// The unit whose people read it.
    pub read_by: Option<UnitId>,
    /// Who may do something with it.
    pub entitled: Entitled,
}

impl Scope {
    /// The scope of a case in `state`, under the policy that it keeps.
    pub fn of(policy: &Policy, state: &CaseState) -> Self {
        Self {
            hidden_from: state.hidden_from(policy),
            sight: state.sight(policy),
            read_by: state.read_by(policy),
            entitled: state.entitled(policy),
            holder: state.holder.clone(),
            lead_unit: state.lead_unit,
            taker: state.opening.taker,
            first_contact: state.opening.first_contact,
        }
    }

    /// The scope of a case as the work list has it.
    pub fn of_row(row: &CaseRow) -> Self {
        Self {
            hidden_from: row.standing.hidden_from.clone(),
            sight: row.standing.sight.clone(),
            read_by: row.standing.read_by,
            entitled: row.standing.entitled.clone(),
            holder: row.holder.clone(),
            lead_unit: row.lead_unit,
            taker: row.taker,
            first_contact: row.first_contact,
        }
    }
}

/// People inside the organisation are told something about a case.
#[derive(Debug, Clone)]
pub struct Noticed {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its kind.
    pub kind: KindId,
    /// The policy version it keeps, which has the notice's words.
    pub policy: Arc<Policy>,
    /// Which notice.
    pub notice: NoticeId,
    /// The clock it is about.
    pub clock: Option<ClockId>,
    /// Who is told.
    pub to: Vec<PersonId>,
}

/// What listeners hear.
#[derive(Debug, Clone)]
pub enum Told {
    /// A case changed.
    Changed(Arc<Change>),
    /// A notice was sent.
    Noticed(Arc<Noticed>),
}

/// The bus on which it is told.
#[derive(Debug)]
pub struct Live {
    told: broadcast::Sender<Told>,
}

impl Live {
    /// A bus without listeners.
    pub fn new() -> Self {
        Self {
            told: broadcast::Sender::new(BACKLOG_MAX),
        }
    }

    /// Tells all listeners. Nobody listening is no error.
    pub fn tell(&self, told: Told) {
        let _ = self.told.send(told);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Told> {
        self.told.subscribe()
    }
}

impl Default for Live {
    fn default() -> Self {
        Self::new()
    }
}
