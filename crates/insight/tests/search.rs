//! The promise of the segmenter: a piece of a text finds the text.

#![allow(clippy::unwrap_used, reason = "a phrase always has a last token")]

use huiyin_insight::{Token, index_text, match_expression, tokens};
use proptest::prelude::*;

/// Whether an index over `text` answers `query`: every phrase of the expression stands among the neighbouring tokens.
fn finds(text: &str, query: &str) -> bool {
    let index = index_text(text);
    let index: Vec<&str> = index.split(' ').collect();
    let Some(expression) = match_expression(query) else {
        return false;
    };
    expression
        .split('"')
        .collect::<Vec<_>>()
        .chunks(2)
        .filter(|chunk| chunk.len() == 2)
        .zip(prefixes(&expression))
        .all(|(chunk, prefix)| {
            let phrase: Vec<&str> = chunk[1].split(' ').collect();
            index.windows(phrase.len()).any(|window| {
                let (last, before) = phrase.split_last().unwrap();
                let (window_last, window_before) = window.split_last().unwrap();
                before == window_before
                    && if prefix {
                        window_last.starts_with(last)
                    } else {
                        window_last == last
                    }
            })
        })
}

/// For each phrase of an expression, whether its last token may go on.
fn prefixes(expression: &str) -> Vec<bool> {
    expression
        .split('"')
        .skip(2)
        .step_by(2)
        .map(|after| after.starts_with(" *"))
        .collect()
}

proptest! {
    #[test]
    fn any_run_of_characters_of_a_chinese_text_finds_it(text in "[一-龥，。]{1,40}", from in 0_usize..40, length in 1_usize..8) {
        let piece: String = text.chars().skip(from).take(length).collect();
        prop_assume!(!tokens(&piece).is_empty());
        prop_assert!(finds(&text, &piece), "{piece} in {text}");
    }

    #[test]
    fn any_beginning_of_a_word_or_code_finds_it(text in "[a-zA-Z]{1,8}[0-9]{1,6}-[0-9]{1,4}", length in 1_usize..20) {
        let piece: String = text.chars().take(length).collect();
        prop_assert!(finds(&text, &piece), "{piece} in {text}");
    }

    #[test]
    fn what_does_not_stand_in_a_text_is_not_found(text in "[甲乙丙丁]{0,30}", query in "[甲乙丙丁]{2,6}") {
        prop_assert_eq!(finds(&text, &query), text.contains(&query));
    }

    #[test]
    fn tokens_never_hold_syntax(text in "\\PC{0,60}") {
        for token in tokens(&text) {
            let token = match token {
                Token::Word(word) | Token::Pair(word) => word,
                Token::Last(character) => character.to_string(),
            };
            prop_assert!(!token.is_empty() && token.chars().all(|c| c.is_alphanumeric() || !c.is_ascii()), "{token}");
            prop_assert!(!token.contains(char::is_whitespace));
        }
        if let Some(expression) = match_expression(&text) {
            prop_assert_eq!(expression.matches('"').count() % 2, 0);
        }
    }
}
