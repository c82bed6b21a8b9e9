//! Secrecy at rest: the master key and what is derived from it, data keys, sealed texts, blind indexes.

mod file;
mod keyring;
mod master;
mod seal;

pub use file::{FileSeal, FileSealError, Sealing};
pub(crate) use keyring::{DataKey, KeyOwner, KeyRing};
pub(crate) use master::Subkeys;
pub use master::{MasterKey, MasterKeyFile};
#[cfg(test)]
pub(crate) use seal::seal_with;
pub(crate) use seal::{Place, open, seal};

/// Why something sealed can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Its key was destroyed on purpose.
    #[error("the key of this text was erased")]
    Erased,
    /// Its bytes, its place or its key are not those it was sealed with.
    #[error("the sealed text does not fit its place or its key")]
    Tampered,
    /// It was sealed by a method this version does not know.
    #[error("the text is sealed by method {0}, which this version does not know")]
    UnknownMethod(u8),
}

/// Fills a new array from the operating system's random source.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("an operating system without randomness can keep no secret");
    bytes
}
