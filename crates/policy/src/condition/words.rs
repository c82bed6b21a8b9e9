//! Conditions as sentences.

use super::expression::{Comparison, Expression, Operand};
use super::{Condition, Fact};
use crate::model::FactPath;

struct Wording<'a> {
    chinese: bool,
    fact: &'a dyn Fn(&FactPath) -> String,
    choice: &'a dyn Fn(&FactPath, &str) -> String,
}

impl Condition {
    /// The condition as a sentence; `fact` names a field, `choice` a choice of it.
    pub(crate) fn in_words(
        &self,
        chinese: bool,
        fact: &dyn Fn(&FactPath) -> String,
        choice: &dyn Fn(&FactPath, &str) -> String,
    ) -> String {
        let wording = Wording {
            chinese,
            fact,
            choice,
        };
        wording.sentence(&self.root)
    }
}

impl Wording<'_> {
    fn pick<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        if self.chinese { zh } else { en }
    }

    fn sentence(&self, expression: &Expression) -> String {
        match expression {
            Expression::Always(true) => self.pick("总是", "always").to_owned(),
            Expression::Always(false) => self.pick("从不", "never").to_owned(),
            Expression::Is(path) => {
                format!("{}{}", (self.fact)(path), self.pick("为是", " is yes"))
            }
            Expression::Has(path) => {
                format!(
                    "{}{}",
                    (self.fact)(path),
                    self.pick("已填写", " is filled in")
                )
            }
            Expression::Within(path, category, _) => {
                let (fact, category) = ((self.fact)(path), (self.choice)(path, category));
                match self.chinese {
                    true => format!("{fact}属于{category}"),
                    false => format!("{fact} belongs to {category}"),
                }
            }
            Expression::Not(inner) => match &**inner {
                Expression::Is(path) => {
                    format!("{}{}", (self.fact)(path), self.pick("为否", " is no"))
                }
                Expression::Has(path) => {
                    format!("{}{}", (self.fact)(path), self.pick("未填写", " is empty"))
                }
                inner => format!("{}{}", self.pick("并非：", "not: "), self.grouped(inner)),
            },
            Expression::Both(left, right) => self.joined(left, self.pick("且", " and "), right),
            Expression::Either(left, right) => self.joined(left, self.pick("或", " or "), right),
            Expression::Compare(left, comparison, right) => {
                let of = fact_of(left).or(fact_of(right));
                let sign = self.comparison(*comparison);
                format!(
                    "{}{sign}{}",
                    self.operand(left, of),
                    self.operand(right, of)
                )
            }
            Expression::Among(one, many) => {
                let of = fact_of(one).or(fact_of(many));
                let (one_words, many_words) = (self.operand(one, of), self.operand(many, of));
                match (fact_of(one), self.chinese) {
                    (Some(_), true) => format!("{one_words}为{many_words}之一"),
                    (Some(_), false) => format!("{one_words} is one of {many_words}"),
                    (None, true) => format!("{many_words}包含{one_words}"),
                    (None, false) => format!("{many_words} has {one_words}"),
                }
            }
        }
    }

    fn joined(&self, left: &Expression, word: &str, right: &Expression) -> String {
        format!("{}{word}{}", self.grouped(left), self.grouped(right))
    }

    fn grouped(&self, expression: &Expression) -> String {
        let sentence = self.sentence(expression);
        match expression {
            Expression::Both(..) | Expression::Either(..) => {
                format!("{}{sentence}{}", self.pick("（", "("), self.pick("）", ")"))
            }
            _ => sentence,
        }
    }

    fn comparison(&self, comparison: Comparison) -> &'static str {
        let (zh, en) = match comparison {
            Comparison::Equal => ("为", " is "),
            Comparison::NotEqual => ("不是", " is not "),
            Comparison::Less => ("小于", " is less than "),
            Comparison::LessOrEqual => ("不超过", " is at most "),
            Comparison::Greater => ("超过", " is more than "),
            Comparison::GreaterOrEqual => ("达到", " is at least "),
        };
        if self.chinese { zh } else { en }
    }

    fn operand(&self, operand: &Operand, of: Option<&FactPath>) -> String {
        match operand {
            Operand::Fact(path) => (self.fact)(path),
            Operand::Size(path) => {
                let fact = (self.fact)(path);
                if self.chinese {
                    format!("{fact}的项数")
                } else {
                    format!("the number of {fact}")
                }
            }
            Operand::Literal(literal) => self.literal(literal, of),
        }
    }

    fn literal(&self, literal: &Fact, of: Option<&FactPath>) -> String {
        let word = |word: &String| match of {
            Some(path) => (self.choice)(path, word),
            None => word.clone(),
        };
        match literal {
            Fact::Bool(true) => self.pick("是", "yes").to_owned(),
            Fact::Bool(false) => self.pick("否", "no").to_owned(),
            Fact::Number(number) => number.to_string(),
            Fact::Word(text) => word(text),
            Fact::Words(words) => {
                let words: Vec<String> = words.iter().map(word).collect();
                words.join(self.pick("、", ", "))
            }
            Fact::Date(date) => date.to_string(),
            Fact::Instant(instant) => instant.to_string(),
        }
    }
}

fn fact_of(operand: &Operand) -> Option<&FactPath> {
    match operand {
        Operand::Fact(path) => Some(path),
        _ => None,
    }
}
