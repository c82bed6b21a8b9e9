//! Signed checkpoints in the form of C2SP tlog-checkpoint: a note that fixes the whole log up to a moment.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::chain::Hash;
use crate::crypto::Subkeys;

/// The signature type of Ed25519 in signed notes.
const ED25519: u8 = 1;

/// What a checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// Leaves of the Merkle tree.
    pub size: u64,
    /// Root of the tree.
    pub root: [u8; 32],
    /// Position of the last event it covers.
    pub position: i64,
    /// Position of the last audit entry it covers.
    pub audit_position: i64,
}

/// A note is not a checkpoint of this log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MalformedCheckpoint {
    /// It has not the form of a checkpoint.
    #[error("the note has not the form of a checkpoint")]
    Form,
    /// It is about another log.
    #[error("the checkpoint is that of another log")]
    OtherLog,
    /// It was not signed by this log.
    #[error("the checkpoint is not signed with this log's key")]
    Signature,
}

impl Checkpoint {
    /// The text that is signed.
    fn text(&self) -> String {
        let root = STANDARD.encode(self.root);
        format!(
            "{}\n{}\n{root}\nposition {} audit {}\n",
            self.origin, self.size, self.position, self.audit_position
        )
    }

    fn parse(text: &str) -> Option<Checkpoint> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let origin = lines.next().filter(|origin| !origin.is_empty())?.to_owned();
        let size = lines.next()?.parse().ok()?;
        let root = Hash::try_from(STANDARD.decode(lines.next()?).ok()?).ok()?;
        let (position, audit_position) = lines
            .next()?
            .strip_prefix("position ")?
            .split_once(" audit ")?;
        let checkpoint = Checkpoint {
            origin,
            size,
            root,
            position: position.parse().ok()?,
            audit_position: audit_position.parse().ok()?,
        };
        // One text per checkpoint: what reads alike but is written otherwise was not made here.
        (lines.next().is_none() && checkpoint.text() == text).then_some(checkpoint)
    }
}

/// Signs checkpoints and knows its own signature.
pub(crate) struct Signer {
    key: SigningKey,
    origin: String,
    key_id: [u8; 4],
}

impl Signer {
    pub(crate) fn new(subkeys: &Subkeys) -> Signer {
        let key = SigningKey::from_bytes(&subkeys.checkpoint);
        let public = key.verifying_key().to_bytes();
        let name = hex::encode(&Sha256::digest(public)[..8]);
        let origin = format!("huiyin/log/{name}");
        let key_id = key_id(&origin, &public);
        Signer {
            key,
            origin,
            key_id,
        }
    }

    /// Which log this is.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The public key as C2SP writes it, for whoever checks notes elsewhere.
    pub(crate) fn verifier_key(&self) -> String {
        let id = hex::encode(self.key_id);
        let mut public = vec![ED25519];
        public.extend_from_slice(&self.key.verifying_key().to_bytes());
        format!("{}+{id}+{}", self.origin, STANDARD.encode(public))
    }

    /// The signed note.
    pub(crate) fn sign(&self, checkpoint: &Checkpoint) -> String {
        let text = checkpoint.text();
        let mut signature = self.key_id.to_vec();
        signature.extend_from_slice(&self.key.sign(text.as_bytes()).to_bytes());
        format!("{text}\n— {} {}\n", self.origin, STANDARD.encode(signature))
    }

    /// The checkpoint in a note that this log signed. Signatures of others, such as witnesses, are passed over.
    pub(crate) fn open(&self, note: &str) -> Result<Checkpoint, MalformedCheckpoint> {
        let (text, signatures) = note.split_once("\n\n").ok_or(MalformedCheckpoint::Form)?;
        let text = format!("{text}\n");
        let checkpoint = Checkpoint::parse(&text).ok_or(MalformedCheckpoint::Form)?;
        if checkpoint.origin != self.origin {
            return Err(MalformedCheckpoint::OtherLog);
        }
        let signed = signatures
            .lines()
            .filter_map(|line| line.strip_prefix("— ")?.split_once(' '))
            .any(|(name, signature)| name == self.origin && self.is_signature(&text, signature));
        if signed {
            Ok(checkpoint)
        } else {
            Err(MalformedCheckpoint::Signature)
        }
    }

    fn is_signature(&self, text: &str, signature: &str) -> bool {
        let Ok(bytes) = STANDARD.decode(signature) else {
            return false;
        };
        let Some((id, signature)) = bytes.split_first_chunk::<4>() else {
            return false;
        };
        let Ok(signature) = Signature::from_slice(signature) else {
            return false;
        };
        let key: VerifyingKey = self.key.verifying_key();
        *id == self.key_id && key.verify_strict(text.as_bytes(), &signature).is_ok()
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

fn key_id(name: &str, public: &[u8; 32]) -> [u8; 4] {
    let hash = Sha256::new_with_prefix(name)
        .chain_update(b"\n")
        .chain_update([ED25519])
        .chain_update(public)
        .finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::MasterKey;

    fn signer(byte: u8) -> Signer {
        Signer::new(&Subkeys::derive(&MasterKey::new([byte; 32])))
    }

    fn checkpoint(signer: &Signer) -> Checkpoint {
        Checkpoint {
            origin: signer.origin().to_owned(),
            size: 12,
            root: [7; 32],
            position: 99,
            audit_position: 3,
        }
    }

    #[test]
    fn a_note_is_opened_by_its_own_log_only() {
        let own = signer(1);
        let note = own.sign(&checkpoint(&own));
        assert_eq!(own.open(&note), Ok(checkpoint(&own)));
        assert_eq!(signer(2).open(&note), Err(MalformedCheckpoint::OtherLog));
        let witnessed = format!("{note}— witness.example/w1 AAAA\n");
        assert_eq!(own.open(&witnessed), Ok(checkpoint(&own)));
    }

    #[test]
    fn every_changed_character_of_a_note_is_noticed() {
        let own = signer(1);
        let note = own.sign(&checkpoint(&own));
        for (at, character) in note
            .char_indices()
            .filter(|(_, character)| !character.is_whitespace())
        {
            let other = if character == 'x' { "y" } else { "x" };
            let changed = format!(
                "{}{other}{}",
                &note[..at],
                &note[at + character.len_utf8()..]
            );
            assert!(own.open(&changed).is_err(), "{changed}");
        }
        assert_eq!(own.open(""), Err(MalformedCheckpoint::Form));
    }
}
