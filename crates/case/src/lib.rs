//! The engine: (state, policy, calendar, organisation, command, now) → events, or a refusal.
//!
//! [`decide`](decide::decide) and [`apply`](state::CaseState::apply) are pure and total. A command is an imperative, an event a past-tense fact, a
//! refusal the rule that was broken. No code here knows which policy it runs.

pub mod command;
pub mod event;
pub mod id;
pub mod limits;
pub mod organisation;
pub mod refusal;
pub mod value;

pub use command::{Act, Command};
pub use event::{Event, Recorded};
pub use refusal::Refusal;
