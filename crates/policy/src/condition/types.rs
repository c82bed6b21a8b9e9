//! What conditions know about the type of a fact.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Categories, ChoiceId, FieldType, Text};

/// The type of a fact or of a value in a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FactType {
    Bool,
    Number,
    Text,
    Date,
    Instant,
    Choice(BTreeSet<String>),
    Choices(BTreeSet<String>),
    /// Each category of a tree with itself and everything below it.
    Category(BTreeMap<String, BTreeSet<String>>),
    /// A unit, person or case: known by id, so it can only be compared with another fact of its kind.
    Party(&'static str),
}

impl FactType {
    /// The type's name in findings.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Number => "number",
            Self::Text => "text",
            Self::Date => "date",
            Self::Instant => "instant",
            Self::Choice(_) => "one_of",
            Self::Choices(_) => "many_of",
            Self::Category(_) => "category",
            Self::Party(name) => name,
        }
    }
}

impl FactType {
    /// The type of a field; `None` for a category, which its tree says more of.
    pub(crate) fn of(ty: &FieldType) -> Option<Self> {
        let names = |choices: &indexmap::IndexMap<ChoiceId, Text>| {
            choices.keys().map(|id| id.as_str().to_owned()).collect()
        };
        Some(match ty {
            FieldType::Text { .. } => Self::Text,
            FieldType::Bool => Self::Bool,
            FieldType::Integer | FieldType::Money | FieldType::Percent | FieldType::Quantity => {
                Self::Number
            }
            FieldType::Date => Self::Date,
            FieldType::Instant => Self::Instant,
            FieldType::OneOf(choices) => Self::Choice(names(choices)),
            FieldType::ManyOf(choices) => Self::Choices(names(choices)),
            FieldType::Category { .. } => return None,
            FieldType::Unit => Self::Party("unit"),
            FieldType::Person => Self::Party("person"),
            FieldType::Case => Self::Party("case"),
            FieldType::Rows(_) => Self::Party("rows"),
        })
    }

    /// The type of a field whose values are categories of a tree.
    pub(crate) fn of_tree(tree: &Categories) -> Self {
        let word = |id: &ChoiceId| id.as_str().to_owned();
        let branch = |id: &ChoiceId| (word(id), tree.within(id).map(word).collect());
        Self::Category(tree.nodes.keys().map(branch).collect())
    }

    /// The words that a value of this type can be, if they are known.
    pub(crate) fn words(&self) -> Option<BTreeSet<String>> {
        match self {
            Self::Choice(words) | Self::Choices(words) => Some(words.clone()),
            Self::Category(branches) => Some(branches.keys().cloned().collect()),
            _ => None,
        }
    }
}
