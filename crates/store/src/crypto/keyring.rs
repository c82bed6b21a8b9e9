//! Data keys: one per case and one per party, wrapped by the master key.

use std::collections::HashMap;
use std::fmt;
use std::sync::Mutex;

use huiyin_case::id::{CaseId, PartyId};
use zeroize::Zeroizing;

use super::{Place, Subkeys, Unreadable, open, random, seal};

/// A data key, wiped from memory when dropped.
pub(crate) type DataKey = Zeroizing<[u8; 32]>;

/// Unwrapped keys kept in memory at most; then all are dropped and unwrapped again as needed.
const KEYS_IN_MEMORY_MAX: usize = 20_000;

/// Whose texts a data key seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum KeyOwner {
    /// Texts of a case.
    Case(CaseId),
    /// Personal data of a party.
    Party(PartyId),
}

impl KeyOwner {
    /// The owner's kind as kept in the table of keys.
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            KeyOwner::Case(_) => "case",
            KeyOwner::Party(_) => "party",
        }
    }

    /// The owner's id.
    pub(crate) fn id(self) -> String {
        match self {
            KeyOwner::Case(case) => case.to_string(),
            KeyOwner::Party(party) => party.to_string(),
        }
    }
}

impl fmt::Display for KeyOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.id())
    }
}

/// Wraps, unwraps and remembers data keys.
pub(crate) struct KeyRing {
    wrap: Zeroizing<[u8; 32]>,
    unwrapped: Mutex<HashMap<KeyOwner, DataKey>>,
}

impl KeyRing {
    pub(crate) fn new(subkeys: &Subkeys) -> KeyRing {
        KeyRing {
            wrap: subkeys.wrap.clone(),
            unwrapped: Mutex::default(),
        }
    }

    /// A new key and its wrapped form. It is not remembered before the transaction that stores it has committed.
    pub(crate) fn create(&self, owner: KeyOwner) -> (DataKey, Vec<u8>) {
        let key = Zeroizing::new(random());
        let wrapped = seal(
            &self.wrap,
            wrapping_place(owner, &owner.to_string()),
            key.as_slice(),
        );
        (key, wrapped)
    }

    /// The key in its unwrapped form.
    ///
    /// # Errors
    ///
    /// When the bytes are not a key wrapped for this owner by this master key.
    pub(crate) fn unwrap(&self, owner: KeyOwner, wrapped: &[u8]) -> Result<DataKey, Unreadable> {
        let bytes = Zeroizing::new(open(
            &self.wrap,
            wrapping_place(owner, &owner.to_string()),
            wrapped,
        )?);
        let key = Zeroizing::new(
            <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| Unreadable::Tampered)?,
        );
        self.remember(owner, key.clone());
        Ok(key)
    }

    pub(crate) fn remembered(&self, owner: KeyOwner) -> Option<DataKey> {
        self.keys().get(&owner).cloned()
    }

    pub(crate) fn remember(&self, owner: KeyOwner, key: DataKey) {
        let mut keys = self.keys();
        if keys.len() >= KEYS_IN_MEMORY_MAX {
            keys.clear();
        }
        keys.insert(owner, key);
    }

    pub(crate) fn forget(&self, owner: KeyOwner) {
        self.keys().remove(&owner);
    }

    /// Forgets all keys, because one that was destroyed elsewhere may be among them.
    pub(crate) fn forget_all(&self) {
        self.keys().clear();
    }

    fn keys(&self) -> std::sync::MutexGuard<'_, HashMap<KeyOwner, DataKey>> {
        self.unwrapped
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn wrapping_place(owner: KeyOwner, row: &str) -> Place<'_> {
    Place {
        table: "keys",
        column: "wrapped",
        row,
        seq: 0,
        key: match owner {
            KeyOwner::Case(_) => "master:case",
            KeyOwner::Party(_) => "master:party",
        },
    }
}

#[cfg(test)]
mod tests {
    use huiyin_case::id::CaseId;
    use uuid::Uuid;

    use super::*;
    use crate::crypto::MasterKey;

    #[test]
    fn a_wrapped_key_belongs_to_one_owner_and_one_master_key() {
        let ring = KeyRing::new(&Subkeys::derive(&MasterKey::new([1; 32])));
        let other = KeyRing::new(&Subkeys::derive(&MasterKey::new([2; 32])));
        let owner = KeyOwner::Case(CaseId::new(Uuid::from_u128(1)));
        let (key, wrapped) = ring.create(owner);
        assert_eq!(ring.remembered(owner), None);
        assert_eq!(ring.unwrap(owner, &wrapped).unwrap(), key);
        assert_eq!(ring.remembered(owner), Some(key));
        ring.forget(owner);
        assert_eq!(ring.remembered(owner), None);
        assert_eq!(
            ring.unwrap(KeyOwner::Case(CaseId::new(Uuid::from_u128(2))), &wrapped),
            Err(Unreadable::Tampered)
        );
        assert_eq!(other.unwrap(owner, &wrapped), Err(Unreadable::Tampered));
    }
}
