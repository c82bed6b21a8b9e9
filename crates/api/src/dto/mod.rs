//! What goes over the wire. These types belong to the API alone; the core types are not serialisable.

pub(crate) mod activity;
pub(crate) mod attachment;
pub(crate) mod case;
pub(crate) mod clock;
pub(crate) mod contact;
pub(crate) mod draft;
pub(crate) mod duty;
pub(crate) mod form;
pub(crate) mod level;
pub(crate) mod migration;
pub(crate) mod offer;
pub(crate) mod organisation;
pub(crate) mod party;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod policy_version;
pub(crate) mod portal;
pub(crate) mod preview;
pub(crate) mod process;
pub(crate) mod relation;
pub(crate) mod seal;
pub(crate) mod session;
pub(crate) mod settlement;
pub(crate) mod statistics;
pub(crate) mod tie;
pub(crate) mod value;
