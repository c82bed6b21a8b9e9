//! Who does something to a case.

use crate::id::PersonId;

/// Who asks for something, or did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// The system itself: timers, duties, and everything that follows from what others did.
    System,
    /// A person of the organisation.
    Person(PersonId),
    /// The case's customer himself.
    Customer,
}

impl Actor {
    /// The person of the organisation, if it is one.
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(person),
            Self::System | Self::Customer => None,
        }
    }
}

impl From<PersonId> for Actor {
    fn from(person: PersonId) -> Self {
        Self::Person(person)
    }
}
