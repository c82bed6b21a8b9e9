//! The reference tables: organisation, accounts, sessions, policies, settings, audit.

mod accounts;
mod audits;
mod calendars;
mod changes;
mod idempotency;
mod invitations;
mod leavings;
mod organisation;
mod policies;
mod policy_drafts;
mod policy_stops;
mod portal;
mod relations;
mod sessions;
mod settings;
mod tries;

pub use accounts::{Account, AccountId};
pub use audits::AuditRecord;
pub(crate) use calendars::NEWEST as NEWEST_CALENDARS;
pub use calendars::{CalendarVersion, DecidedBy};
pub use changes::Change;
pub use invitations::Invitation;
pub use leavings::Leaving;
pub use organisation::Roster;
pub use policies::{PolicyAdoption, PolicyVersion};
pub use policy_drafts::{
    DraftAnswer, DraftChange, DraftComment, DraftConsent, DraftEnd, DraftId, PolicyDraft,
    policy_files_hash,
};
pub(crate) use policy_stops::HOLDING as STOPS_HOLDING;
pub use policy_stops::{Ordered, PolicyStop};
pub use portal::PortalSession;
pub use relations::KeptRelation;
pub use sessions::Session;
pub(crate) use settings::PUT as PUT_SETTING;
pub use tries::CountError;
