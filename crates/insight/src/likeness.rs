//! How alike two texts are.

use std::collections::HashSet;

use crate::segment::{Token, tokens};

/// How much two texts have in common, in percent from 0 to 100: twice the number of tokens that both hold, out of the numbers
/// that each holds (the coefficient of Dice), each token counted once. Nothing is like an empty text.
pub fn likeness(one: &str, other: &str) -> u8 {
    Cut::new(one).likeness(&Cut::new(other))
}

/// A text cut up to be compared with many others.
#[derive(Debug, Clone, Default)]
pub struct Cut(HashSet<String>);

impl Cut {
    /// Cuts a text.
    pub fn new(text: &str) -> Self {
        Self(held(text))
    }

    /// The same as [`likeness`] of the two texts.
    pub fn likeness(&self, other: &Self) -> u8 {
        let both = self.0.intersection(&other.0).count();
        let percent = (200 * both)
            .checked_div(self.0.len() + other.0.len())
            .unwrap_or_default();
        u8::try_from(percent).unwrap_or(100)
    }
}

/// The words and pairs of a text; the last character of a run says nothing that its pair does not say.
fn held(text: &str) -> HashSet<String> {
    let said = |token| match token {
        Token::Word(word) | Token::Pair(word) => Some(word),
        Token::Last(_) => None,
    };
    tokens(text).into_iter().filter_map(said).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_matter_in_other_words_is_alike() {
        let first = "沙发用了两个月，左边扶手的皮面开裂";
        let again = "还是那个沙发，左边扶手皮面开裂，一直没人来修";
        assert!(likeness(first, again) >= 40, "{}", likeness(first, again));
        assert!(likeness(first, "送货晚了三天，师傅态度生硬") < 10);
        assert!(
            likeness(
                "The sofa's armrest is torn",
                "the armrest of the sofa is torn again"
            ) >= 50
        );
    }

    #[test]
    fn nothing_is_like_an_empty_text() {
        assert_eq!(likeness("", ""), 0);
        assert_eq!(likeness("沙发开裂", "，。"), 0);
    }

    proptest! {
        #[test]
        fn it_is_the_same_from_both_sides_and_never_more_than_all(one in "[沙发开裂修 a-c]{0,20}", other in "[沙发开裂修 a-c]{0,20}") {
            prop_assert_eq!(likeness(&one, &other), likeness(&other, &one));
            prop_assert!(likeness(&one, &other) <= 100);
            let itself = likeness(&one, &one);
            prop_assert!(itself == 100 || itself == 0);
        }
    }
}
