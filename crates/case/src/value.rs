//! Values of fields, and the entries that carry them.

use std::collections::BTreeMap;

use huiyin_policy::model::{ChoiceId, FieldId};
use huiyin_policy::settle::Raw;
use huiyin_settlement::{Money, Percent, Quantity};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::id::{CaseId, PersonId, UnitId};

/// A value of a field; its variants follow [`huiyin_policy::model::FieldType`].
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// An amount, exact to the cent.
    Money(Money),
    /// A share of 100.
    Percent(Percent),
    /// A quantity.
    Quantity(Quantity),
    /// A calendar date.
    Date(Date),
    /// A moment in time.
    Instant(Timestamp),
    /// One choice.
    OneOf(ChoiceId),
    /// Several choices.
    ManyOf(Vec<ChoiceId>),
    /// A unit.
    Unit(UnitId),
    /// A person.
    Person(PersonId),
    /// A case.
    Case(CaseId),
    /// Rows of a sheet, always a list.
    Rows(Raw),
}

/// Filled fields of one part.
pub type Fields = BTreeMap<FieldId, Value>;

impl Value {
    /// The choice, if it is one.
    pub fn choice(&self) -> Option<&ChoiceId> {
        match self {
            Self::OneOf(choice) => Some(choice),
            _ => None,
        }
    }
}
