//! Sealing: XChaCha20-Poly1305, bound to the place where the sealed text is kept.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use super::{Unreadable, random};

/// First byte of everything sealed: which method was used.
const XCHACHA20_POLY1305: u8 = 1;
const NONCE_BYTES: usize = 24;

/// Where a sealed text is kept. Moved to any other place it can't be opened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// Table.
    pub(crate) table: &'a str,
    /// Column.
    pub(crate) column: &'a str,
    /// Row: the case and the sequence number, or the owner of a key.
    pub(crate) row: &'a str,
    /// Sequence number within the row's case; 0 where there is none.
    pub(crate) seq: u32,
    /// Which key: the owner's kind and id.
    pub(crate) key: &'a str,
}

impl Place<'_> {
    /// The associated data: every part with its length before it, so that no two places read alike.
    fn bytes(&self) -> Vec<u8> {
        let seq = self.seq.to_string();
        let parts = [
            "huiyin/place/v1",
            self.table,
            self.column,
            self.row,
            &seq,
            self.key,
        ];
        let mut bytes = Vec::with_capacity(160);
        for part in parts {
            let length = u32::try_from(part.len()).expect("names of places are short");
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        bytes
    }
}

/// Seals `text`: method byte, nonce, ciphertext with tag.
pub(crate) fn seal(key: &[u8; 32], place: Place<'_>, text: &[u8]) -> Vec<u8> {
    seal_with(key, random::<NONCE_BYTES>(), place, text)
}

/// Seals with a nonce that no other text was ever sealed with under this key.
pub(crate) fn seal_with(
    key: &[u8; 32],
    nonce: [u8; NONCE_BYTES],
    place: Place<'_>,
    text: &[u8],
) -> Vec<u8> {
    let payload = Payload {
        msg: text,
        aad: &place.bytes(),
    };
    let ciphertext = XChaCha20Poly1305::new(&Key::from(*key))
        .encrypt(&XNonce::from(nonce), payload)
        .expect("texts are far shorter than the cipher's limit");
    let mut sealed = Vec::with_capacity(1 + NONCE_BYTES + ciphertext.len());
    sealed.push(XCHACHA20_POLY1305);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&ciphertext);
    sealed
}

/// Opens what [`seal`] made for the same place.
///
/// # Errors
///
/// When the bytes, the place or the key are not those it was sealed with.
pub(crate) fn open(key: &[u8; 32], place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let (&method, rest) = sealed.split_first().ok_or(Unreadable::Tampered)?;
    if method != XCHACHA20_POLY1305 {
        return Err(Unreadable::UnknownMethod(method));
    }
    let (nonce, ciphertext) = rest
        .split_first_chunk::<NONCE_BYTES>()
        .ok_or(Unreadable::Tampered)?;
    let payload = Payload {
        msg: ciphertext,
        aad: &place.bytes(),
    };
    XChaCha20Poly1305::new(&Key::from(*key))
        .decrypt(&XNonce::from(*nonce), payload)
        .map_err(|_| Unreadable::Tampered)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place<'static> = Place {
        table: "events",
        column: "sealed",
        row: "a-case",
        seq: 3,
        key: "case:a-case",
    };

    #[test]
    fn a_sealed_text_opens_at_its_own_place_only() {
        let key = [7; 32];
        let sealed = seal(&key, PLACE, "张三".as_bytes());
        assert_eq!(open(&key, PLACE, &sealed), Ok("张三".as_bytes().to_vec()));
        let elsewhere = [
            Place {
                table: "parties",
                ..PLACE
            },
            Place {
                column: "sealed_party",
                ..PLACE
            },
            Place {
                row: "b-case",
                ..PLACE
            },
            Place { seq: 4, ..PLACE },
            Place {
                key: "case:b-case",
                ..PLACE
            },
        ];
        for place in elsewhere {
            assert_eq!(
                open(&key, place, &sealed),
                Err(Unreadable::Tampered),
                "{place:?}"
            );
        }
        assert_eq!(open(&[8; 32], PLACE, &sealed), Err(Unreadable::Tampered));
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let key = [7; 32];
        let sealed = seal(&key, PLACE, b"text");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(open(&key, PLACE, &changed).is_err(), "byte {at}");
        }
        assert_eq!(open(&key, PLACE, &[]), Err(Unreadable::Tampered));
        assert_eq!(
            open(&key, PLACE, &[9, 1]),
            Err(Unreadable::UnknownMethod(9))
        );
    }
}
