//! The receipt code (查询码): the secret by which a customer follows his case, and what is kept of it.
//!
//! A code is 27 characters of randomness, 135 bits, and a check character, in groups of four so that it can be read out.
//! The characters are Crockford's base 32: no I, L, O or U, so that none is taken for another. The check is a polynomial
//! over GF(32): any one wrong character, and any two that changed places, are noticed before anything is looked up.

use std::fmt;
use std::str::FromStr;

/// The characters, by value.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of randomness, 5 bits each.
const RANDOM_CHARS: usize = 27;
/// All characters of a code, the check included.
const CHARS: usize = RANDOM_CHARS + 1;
/// Characters of a group.
const GROUP_CHARS: usize = 4;
/// Bytes that a code is made of: enough for its bits.
pub const RANDOM_BYTES: usize = 17;
/// The longest text that may be a code, with everything that people put between the characters.
const TYPED_CHARS_MAX: usize = 100;

/// A receipt code as it is handed out.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptCode([u8; CHARS]);

/// What is kept of a receipt code: a keyed hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReceiptHash([u8; 32]);

/// A text that can be no receipt code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is no receipt code")]
pub struct NoReceiptCode;

impl ReceiptCode {
    /// The code that is made of random bytes.
    pub fn new(random: &[u8; RANDOM_BYTES]) -> Self {
        let mut values = [0_u8; CHARS];
        let (mut bits, mut left) = (0_u32, 0_u32);
        let mut bytes = random.iter();
        for value in &mut values[..RANDOM_CHARS] {
            if left < 5
                && let Some(byte) = bytes.next()
            {
                bits = bits << 8 | u32::from(*byte);
                left += 8;
            }
            left -= 5;
            *value = u8::try_from(bits >> left & 31).unwrap_or_default();
        }
        values[RANDOM_CHARS] = times_alpha(remainder(&values[..RANDOM_CHARS]));
        Self(values)
    }

    /// The code without groups, from which its hash is made.
    pub fn plain(&self) -> String {
        self.chars().collect()
    }

    fn chars(&self) -> impl Iterator<Item = char> {
        self.0
            .iter()
            .map(|value| char::from(ALPHABET[usize::from(*value)]))
    }
}

/// The polynomial of the values at α, by Horner's rule.
fn remainder(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| times_alpha(sum) ^ value)
}

/// Multiplies by α in GF(32) with x⁵ + x² + 1.
fn times_alpha(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0b10_0000 == 0 {
        shifted
    } else {
        shifted ^ 0b10_0101
    }
}

/// As it is shown: in groups, with hyphens.
impl fmt::Display for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, character) in self.chars().enumerate() {
            if at > 0 && at % GROUP_CHARS == 0 {
                f.write_str("-")?;
            }
            write!(f, "{character}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptCode(…)")
    }
}

/// Reads a code as people type it: in either case, with spaces and hyphens, and with letters for the digits they look like.
impl FromStr for ReceiptCode {
    type Err = NoReceiptCode;

    fn from_str(typed: &str) -> Result<Self, NoReceiptCode> {
        if typed.len() > TYPED_CHARS_MAX {
            return Err(NoReceiptCode);
        }
        let mut values = [0_u8; CHARS];
        let mut at = 0;
        for typed in typed.chars().filter(|one| !is_between(*one)) {
            let slot = values.get_mut(at).ok_or(NoReceiptCode)?;
            *slot = value_of(typed).ok_or(NoReceiptCode)?;
            at += 1;
        }
        if at == CHARS && remainder(&values) == 0 {
            Ok(Self(values))
        } else {
            Err(NoReceiptCode)
        }
    }
}

/// What may stand between the characters of a code.
fn is_between(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '‐' | '–' | '—' | '－' | '·' | '.')
}

fn value_of(character: char) -> Option<u8> {
    let meant = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let found = ALPHABET.iter().position(|one| char::from(*one) == meant)?;
    u8::try_from(found).ok()
}

impl ReceiptHash {
    /// Takes 32 bytes as the hash of a code.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// Hexadecimal digits.
impl fmt::Display for ReceiptHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for ReceiptHash {
    type Err = NoReceiptCode;

    fn from_str(text: &str) -> Result<Self, NoReceiptCode> {
        let mut bytes = [0_u8; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(NoReceiptCode);
        }
        for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| NoReceiptCode)?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn typed(text: &str) -> Result<ReceiptCode, NoReceiptCode> {
        text.parse()
    }

    #[test]
    fn a_code_is_shown_in_groups_and_read_as_people_type_it() {
        let code = ReceiptCode::new(&[0xA5; RANDOM_BYTES]);
        let shown = code.to_string();
        assert_eq!(shown.split('-').map(str::len).collect::<Vec<_>>(), [4; 7]);
        for text in [
            shown.clone(),
            shown.to_lowercase(),
            format!("  {} ", shown.replace('-', " ")),
            code.plain(),
            shown.replace('1', "l").replace('0', "o"),
        ] {
            assert_eq!(typed(&text), Ok(code.clone()), "{text}");
        }
        assert_eq!(format!("{code:?}"), "ReceiptCode(…)");
    }

    #[test]
    fn every_bit_of_the_randomness_counts() {
        let of = |at: usize| {
            let mut bytes = [0; RANDOM_BYTES];
            bytes[at / 8] = 0x80 >> (at % 8);
            ReceiptCode::new(&bytes).plain()
        };
        let codes: std::collections::BTreeSet<String> = (0..135).map(of).collect();
        assert_eq!(codes.len(), 135);
    }

    #[test]
    fn hostile_texts_are_no_codes() {
        for text in ["", "0", &"0".repeat(29), &"-".repeat(101), "查询码", "\0"] {
            assert_eq!(typed(text), Err(NoReceiptCode), "{text:?}");
        }
        assert!(typed(&"0".repeat(28)).is_ok());
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_noticed(bytes: [u8; RANDOM_BYTES], at in 0..CHARS, by in 1_u8..32) {
            let mut code = ReceiptCode::new(&bytes);
            code.0[at] = (code.0[at] + by) % 32;
            prop_assert_eq!(typed(&code.to_string()), Err(NoReceiptCode));
        }

        #[test]
        fn two_characters_that_changed_places_are_noticed(bytes: [u8; RANDOM_BYTES], a in 0..CHARS, b in 0..CHARS) {
            let mut code = ReceiptCode::new(&bytes);
            prop_assume!(code.0[a] != code.0[b]);
            code.0.swap(a, b);
            prop_assert_eq!(typed(&code.to_string()), Err(NoReceiptCode));
        }
    }
}
