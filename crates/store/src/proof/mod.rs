//! Proof that the log is what it was: sealing, verifying, and deriving the tables anew (docs/log-format.md).

mod attachments;
mod charges;
mod checkpoint;
mod derive;
mod difference;
mod erase;
mod finding;
mod parties;
mod reindex;
mod seal;
mod statistics;
mod tree;
#[cfg(test)]
mod vectors;
mod verify;
mod vouchers;

pub use checkpoint::{Checkpoint, MalformedCheckpoint};
pub use derive::{Derive, Derived, Difference, RebuildError, Rebuilt};
pub use erase::{EraseError, Erased};
pub use finding::{FINDINGS_MAX, Finding, Verified};
pub use seal::SealError;

pub(crate) use checkpoint::Signer;
