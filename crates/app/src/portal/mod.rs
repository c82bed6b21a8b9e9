//! The portal (客户门户): customers bring cases in themselves and follow them with a receipt code (查询码).
//!
//! A code opens a short session on its one case. What a customer may do there the policy says; the engine decides it
//! with the customer as the actor.

mod act;
mod enter;
mod files;
mod limits;

use huiyin_case::Recorded;
use huiyin_case::offers::Offer;
use huiyin_case::receipt::ReceiptCode;
use huiyin_case::state::CaseState;
use huiyin_policy::model::{KindId, PolicyId};

use crate::app::App;
use crate::commands::Key;
use crate::error::Error;
use crate::secret::Secret;
use crate::shelf::Version;
use huiyin_case::value::Fields;

pub use files::{CustomersFile, CustomersUpload};
pub use limits::Address;
pub(crate) use limits::PortalLimits;

/// Why something on the portal failed.
#[derive(Debug, thiserror::Error)]
pub enum PortalError {
    /// No case has this receipt code; whether it was mistyped, replaced or never there is not told.
    #[error("no case has this receipt code")]
    NoSuchCode,
    /// There is no session, or it has ended.
    #[error("there is no session on the portal")]
    NotEntered,
    /// Too many tries.
    #[error("too many tries")]
    TooManyTries {
        /// Seconds to wait.
        retry_after_seconds: u64,
    },
    /// Something else failed.
    #[error(transparent)]
    App(#[from] Error),
}

/// A case that a customer brings in.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Policy.
    pub policy: PolicyId,
    /// Kind.
    pub kind: KindId,
    /// What he filled in.
    pub fields: Fields,
    /// Whether he agrees to what is done with his personal data.
    pub consents: bool,
    /// The key under which it takes effect once.
    pub key: Key,
}

/// What a customer gets for a case he brought in.
#[derive(Debug)]
pub struct Submitted {
    /// The number of the case.
    pub number: String,
    /// The receipt code, told this once.
    pub code: ReceiptCode,
    /// The token of a session on the case.
    pub session: Secret,
}

/// A case as its customer may see it, with what it takes to say so.
#[derive(Debug)]
pub struct CustomersCase {
    /// Its state.
    pub state: CaseState,
    /// The policy version it keeps.
    pub version: Version,
    /// How it was opened.
    pub opening: Option<Recorded>,
    /// What the customer may do now.
    pub offers: Vec<Offer>,
    /// Whether he may send a file now.
    pub may_send_file: bool,
}

impl App {
    /// The kinds of case that customers may bring in themselves, under the policies in force.
    pub fn portal_kinds(&self) -> Vec<(Version, KindId)> {
        let shelf = self.shelf();
        let kinds = shelf.all_in_force(self.today()).flat_map(|version| {
            let kinds = version.policy.kinds.iter();
            let open = kinds.filter(|(_, kind)| kind.portal.is_some());
            open.map(|(id, _)| (version.clone(), id.clone()))
        });
        kinds.collect()
    }
}
