//! The checked form of a condition.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::Fact;
use crate::model::FactPath;

/// A yes-or-no question.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    Always(bool),
    /// A yes-or-no fact.
    Is(FactPath),
    /// Whether a fact is on record.
    Has(FactPath),
    Not(Box<Expression>),
    Both(Box<Expression>, Box<Expression>),
    Either(Box<Expression>, Box<Expression>),
    Compare(Operand, Comparison, Operand),
    /// Whether a category is the one named or below it; with all that are.
    Within(FactPath, String, BTreeSet<String>),
    /// Whether the first is one of the second.
    Among(Operand, Operand),
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Fact(FactPath),
    /// How many choices of a fact are taken.
    Size(FactPath),
    Literal(Fact),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// Whether it asks for an order, not only for sameness.
    pub(super) fn is_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

impl Expression {
    /// Puts figures in place of the facts at their paths.
    pub(super) fn fill_in(&mut self, figures: &IndexMap<FactPath, Decimal>) {
        match self {
            Self::Always(_) | Self::Is(_) | Self::Has(_) | Self::Within(..) => {}
            Self::Not(inner) => inner.fill_in(figures),
            Self::Both(left, right) | Self::Either(left, right) => {
                left.fill_in(figures);
                right.fill_in(figures);
            }
            Self::Compare(left, _, right) | Self::Among(left, right) => {
                for operand in [left, right] {
                    if let Operand::Fact(path) = operand
                        && let Some(figure) = figures.get(path)
                    {
                        *operand = Operand::Literal(Fact::Number(*figure));
                    }
                }
            }
        }
    }

    pub(super) fn visit_facts<'a>(&'a self, visit: &mut dyn FnMut(&'a FactPath)) {
        match self {
            Self::Always(_) => {}
            Self::Is(path) | Self::Has(path) | Self::Within(path, ..) => visit(path),
            Self::Not(inner) => inner.visit_facts(visit),
            Self::Both(left, right) | Self::Either(left, right) => {
                left.visit_facts(visit);
                right.visit_facts(visit);
            }
            Self::Compare(left, _, right) | Self::Among(left, right) => {
                for operand in [left, right] {
                    if let Operand::Fact(path) | Operand::Size(path) = operand {
                        visit(path);
                    }
                }
            }
        }
    }
}
