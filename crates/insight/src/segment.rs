//! Cutting text into tokens.

use crate::fold::{Class, class, folded};

/// A token of a text. Tokens hold letters, digits and ideographs only: never a quote, an operator or a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A word, or a run of digits.
    Word(String),
    /// Two neighbouring ideographs.
    Pair(String),
    /// The last ideograph of a run, alone.
    Last(char),
}

impl Token {
    /// Adds the token's text.
    pub(crate) fn push_to(&self, text: &mut String) {
        match self {
            Token::Word(word) | Token::Pair(word) => text.push_str(word),
            Token::Last(character) => text.push(*character),
        }
    }
}

/// The tokens of a text, in order. Letters and digits are cut apart, so that any part of a code such as `HY2611-0042`
/// can be asked for.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 3);
    let mut run = Vec::new();
    let mut run_class = Class::Gap;
    for character in folded(text) {
        let class = class(character);
        if class != run_class {
            cut(run_class, &run, &mut tokens);
            run.clear();
            run_class = class;
        }
        run.push(character);
    }
    cut(run_class, &run, &mut tokens);
    tokens
}

/// The tokens of a text, separated by spaces, as the index takes them.
pub fn index_text(text: &str) -> String {
    let mut joined = String::with_capacity(text.len() * 2);
    for token in tokens(text) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        token.push_to(&mut joined);
    }
    joined
}

fn cut(class: Class, run: &[char], tokens: &mut Vec<Token>) {
    match class {
        Class::Gap => {}
        Class::Letter | Class::Digit => tokens.push(Token::Word(run.iter().collect())),
        Class::Ideograph => {
            tokens.extend(
                run.windows(2)
                    .map(|pair| Token::Pair(pair.iter().collect())),
            );
            tokens.extend(run.last().map(|last| Token::Last(*last)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, tokens: &str) {
        assert_eq!(index_text(text), tokens, "{text}");
    }

    #[test]
    fn every_kind_of_text_is_cut_by_its_own_rule() {
        check("客服态度差", "客服 服态 态度 度差 差");
        check("差", "差");
        check("The Printer's broken", "the printer s broken");
        check("订单HY2611-0042未到", "订单 单 hy 2611 0042 未到 到");
        check("ＨＹ２６１１－００４２", "hy 2611 0042");
        check("138-1234-5678", "138 1234 5678");
        check("张三，李四。", "张三 三 李四 四");
        check("iPhone15手机壳", "iphone 15 手机 机壳 壳");
        check("Crème brûlée", "creme brulee");
        check("", "");
        check(" \t\n“”*\"'()", "");
    }
}
