//! The engine: (state, policy, calendar, organisation, command, now) → events, or a refusal.
//!
//! [`decide()`] and [`CaseState::apply`] are pure and total. A command is an imperative, an event a past-tense fact, a
//! refusal the rule that was broken. No code here knows which policy it runs.

pub mod actor;
pub mod attachment;
pub mod charges;
pub mod command;
pub mod contact;
pub mod decide;
mod declaration;
pub mod deputy;
pub mod duty;
pub mod entitled;
pub mod event;
pub mod exclusion;
pub mod extension;
pub mod facts;
mod fields;
pub mod historical;
pub mod id;
pub mod level;
pub mod limits;
pub mod link;
pub mod measure;
pub mod misfit;
pub mod moment;
pub mod numbering;
pub mod objection;
pub mod offers;
pub mod organisation;
pub mod party;
pub mod portal;
mod reading;
pub mod receipt;
pub mod reconciliation;
pub mod refusal;
pub mod relation;
pub mod seal;
mod selector;
pub mod settling;
pub mod sight;
pub mod state;
pub mod value;
pub mod vouchers;
mod watch;

pub use actor::Actor;
pub use command::{Act, Command};
pub use decide::{Context, Decision, decide};
pub use event::{Event, Recorded};
pub use numbering::NumberRequest;
pub use refusal::{Refusal, Rule};
pub use selector::role_lists;
pub use state::CaseState;
