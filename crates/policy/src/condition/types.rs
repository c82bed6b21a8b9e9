//! What conditions know about the type of a fact.

use std::collections::BTreeSet;

use crate::model::FieldType;

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
            Self::Party(name) => name,
        }
    }
}

impl From<&FieldType> for FactType {
    fn from(ty: &FieldType) -> Self {
        let names = |choices: &indexmap::IndexMap<crate::model::ChoiceId, crate::model::Text>| {
            choices.keys().map(|id| id.as_str().to_owned()).collect()
        };
        match ty {
            FieldType::Text { .. } => Self::Text,
            FieldType::Bool => Self::Bool,
            FieldType::Integer | FieldType::Money | FieldType::Percent | FieldType::Quantity => {
                Self::Number
            }
            FieldType::Date => Self::Date,
            FieldType::Instant => Self::Instant,
            FieldType::OneOf(choices) => Self::Choice(names(choices)),
            FieldType::ManyOf(choices) => Self::Choices(names(choices)),
            FieldType::Unit => Self::Party("unit"),
            FieldType::Person => Self::Party("person"),
            FieldType::Case => Self::Party("case"),
        }
    }
}
