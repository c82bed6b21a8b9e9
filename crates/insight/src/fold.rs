//! Folding: what people take for the same letter becomes the same character.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a character is to the segmenter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// A character of a script without spaces: Han, kana, bopomofo.
    Ideograph,
    /// A letter of a script with spaces.
    Letter,
    /// A digit.
    Digit,
    /// Anything else: it stands between words.
    Gap,
}

/// The text in compatibility form (full width → half width, ligatures apart), without diacritics, in lower case.
pub(crate) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.nfkd()
        .filter(|character| !is_combining_mark(*character))
        .flat_map(char::to_lowercase)
}

/// The class of a folded character.
pub(crate) fn class(character: char) -> Class {
    match character {
        '0'..='9' => Class::Digit,
        'a'..='z' => Class::Letter,
        _ if character.is_ascii() => Class::Gap,
        '々'
        | '〇'
        | '\u{3041}'..='\u{30ff}'
        | '\u{3105}'..='\u{312f}'
        | '\u{31f0}'..='\u{31ff}' => Class::Ideograph,
        '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Class::Ideograph,
        _ if character.is_numeric() => Class::Digit,
        _ if character.is_alphabetic() => Class::Letter,
        _ => Class::Gap,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_becomes_the_same() {
        for (text, same) in [
            ("ＨＹ２６１１", "hy2611"),
            ("Café", "cafe"),
            ("ﬁ", "fi"),
            ("ÅNGSTRÖM", "angstrom"),
            ("１３８", "138"),
        ] {
            assert_eq!(folded(text).collect::<String>(), same);
        }
    }

    #[test]
    fn names_with_rare_characters_are_ideographs() {
        for character in "张𬱖𫘧〇々𠮷".chars() {
            assert_eq!(class(character), Class::Ideograph, "{character}");
        }
        for character in "，。！（）【】、\u{3000}-_'\"*".chars() {
            assert_eq!(class(character), Class::Gap, "{character}");
        }
    }
}
