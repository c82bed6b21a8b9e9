//! Evaluation: total, bounded by the size of the condition.

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::expression::{Comparison, Expression, Operand};
use crate::model::FactPath;

/// A value on record, as conditions see it.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// Yes or no.
    Bool(bool),
    /// A whole number, an amount, a percentage or a quantity: always exact.
    Number(Decimal),
    /// A text, a choice, or the id of a unit or person.
    Word(String),
    /// The choices taken.
    Words(Vec<String>),
    /// A calendar date.
    Date(Date),
    /// A moment in time.
    Instant(Timestamp),
}

/// An answer that may have to wait for a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// A fact it depends on is not on record.
    Unknown,
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::True } else { Self::False }
    }
}

type Lookup<'a> = &'a dyn Fn(&FactPath) -> Option<Fact>;

impl Expression {
    pub(super) fn truth(&self, fact: Lookup<'_>) -> Truth {
        match self {
            Self::Always(known) => Truth::from(*known),
            Self::Is(path) => match fact(path) {
                Some(Fact::Bool(known)) => Truth::from(known),
                _ => Truth::Unknown,
            },
            Self::Has(path) => Truth::from(fact(path).is_some()),
            Self::Within(path, _, branch) => match fact(path) {
                Some(Fact::Word(category)) => Truth::from(branch.contains(&category)),
                _ => Truth::Unknown,
            },
            Self::Not(inner) => match inner.truth(fact) {
                Truth::True => Truth::False,
                Truth::False => Truth::True,
                Truth::Unknown => Truth::Unknown,
            },
            Self::Both(left, right) => match (left.truth(fact), right.truth(fact)) {
                (Truth::False, _) | (_, Truth::False) => Truth::False,
                (Truth::True, Truth::True) => Truth::True,
                _ => Truth::Unknown,
            },
            Self::Either(left, right) => match (left.truth(fact), right.truth(fact)) {
                (Truth::True, _) | (_, Truth::True) => Truth::True,
                (Truth::False, Truth::False) => Truth::False,
                _ => Truth::Unknown,
            },
            Self::Compare(left, comparison, right) => match (left.value(fact), right.value(fact)) {
                (Some(left), Some(right)) => compare(&left, *comparison, &right),
                _ => Truth::Unknown,
            },
            Self::Among(one, many) => match (one.value(fact), many.value(fact)) {
                (Some(Fact::Word(one)), Some(Fact::Words(many))) => {
                    Truth::from(many.contains(&one))
                }
                _ => Truth::Unknown,
            },
        }
    }
}

impl Operand {
    fn value(&self, fact: Lookup<'_>) -> Option<Fact> {
        match self {
            Self::Fact(path) => fact(path),
            Self::Size(path) => match fact(path) {
                Some(Fact::Words(words)) => Some(Fact::Number(Decimal::from(words.len()))),
                _ => None,
            },
            Self::Literal(fact) => Some(fact.clone()),
        }
    }
}

fn compare(left: &Fact, comparison: Comparison, right: &Fact) -> Truth {
    let order = match (left, right) {
        (Fact::Bool(left), Fact::Bool(right)) => left.cmp(right),
        (Fact::Number(left), Fact::Number(right)) => left.cmp(right),
        (Fact::Word(left), Fact::Word(right)) => left.cmp(right),
        (Fact::Date(left), Fact::Date(right)) => left.cmp(right),
        (Fact::Instant(left), Fact::Instant(right)) => left.cmp(right),
        _ => return Truth::Unknown,
    };
    Truth::from(match comparison {
        Comparison::Equal => order == Ordering::Equal,
        Comparison::NotEqual => order != Ordering::Equal,
        Comparison::Less => order == Ordering::Less,
        Comparison::LessOrEqual => order != Ordering::Greater,
        Comparison::Greater => order == Ordering::Greater,
        Comparison::GreaterOrEqual => order != Ordering::Less,
    })
}
