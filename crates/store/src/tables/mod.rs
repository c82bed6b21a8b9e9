//! The reference tables: organisation, accounts, sessions, policies, settings, audit.

mod accounts;
mod audits;
mod idempotency;
mod organisation;
mod policies;
mod sessions;
mod settings;

pub use accounts::{Account, AccountId};
pub use audits::AuditRecord;
pub use policies::PolicyVersion;
pub use sessions::Session;
