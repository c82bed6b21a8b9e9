//! Conditions: yes-or-no questions about the facts of a case, written in a small part of CEL.
//!
//! Only the parser of the `cel` crate is used. Its tree is checked against the declared facts and
//! turned into a form of our own that has no loops, no functions with side effects and no
//! floating-point numbers: an evaluation always ends, costs less than one comparison for every
//! byte of a source that is bounded by [`SOURCE_BYTES_MAX`](limits::SOURCE_BYTES_MAX), and can't
//! fail.

mod compile;
mod evaluate;
mod expression;
pub mod limits;
mod parse;
#[cfg(test)]
mod tests;
mod types;
mod words;

use std::fmt;
use std::sync::Arc;

use expression::Expression;
use indexmap::IndexMap;
use rust_decimal::Decimal;

pub(crate) use compile::{Problem, compile};
pub use evaluate::{Fact, Truth};
pub(crate) use types::FactType;

use crate::model::FactPath;

/// A checked condition: every fact in it is declared and every comparison makes sense.
#[derive(Debug, Clone)]
pub struct Condition {
    source: Arc<str>,
    root: Arc<Expression>,
}

impl Condition {
    /// The condition with these figures in place of what it reads at their paths.
    pub(crate) fn with_figures(self, figures: &IndexMap<FactPath, Decimal>) -> Self {
        let mut root = Expression::clone(&self.root);
        root.fill_in(figures);
        Self {
            root: Arc::new(root),
            ..self
        }
    }

    /// The condition as written in the policy file.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The facts it reads, in the order of writing, each once.
    pub fn facts(&self) -> Vec<&FactPath> {
        let mut paths = Vec::new();
        self.root.visit_facts(&mut |path| {
            if !paths.contains(&path) {
                paths.push(path);
            }
        });
        paths
    }

    /// Whether it holds, as far as that is known. `fact` answers what is on record; a fact that
    /// is not on record makes what depends on it [`Truth::Unknown`], and so does its opposite.
    pub fn truth(&self, fact: &dyn Fn(&FactPath) -> Option<Fact>) -> Truth {
        self.root.truth(fact)
    }

    /// Whether it is known to hold. While a fact is missing, neither a condition on it nor the
    /// opposite condition holds; `has(part.field)` asks whether it is there.
    pub fn holds(&self, fact: &dyn Fn(&FactPath) -> Option<Fact>) -> bool {
        self.truth(fact) == Truth::True
    }
}

impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Condition {}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}
