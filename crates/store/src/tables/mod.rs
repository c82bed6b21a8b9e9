//! The reference tables: organisation, accounts, sessions, policies, settings, audit.

mod accounts;
mod audits;
mod idempotency;
mod invitations;
mod organisation;
mod policies;
mod sessions;
mod settings;

pub use accounts::{Account, AccountId};
pub use audits::AuditRecord;
pub use invitations::Invitation;
pub use policies::PolicyVersion;
pub use sessions::Session;
pub(crate) use settings::PUT as PUT_SETTING;
