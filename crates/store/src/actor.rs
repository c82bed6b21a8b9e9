//! The stored form of who did something: nothing for the system, an id for a person, a word for the customer.

use huiyin_case::Actor;

use crate::read::{ReadError, parsed};

/// What stands for the customer of the case.
const CUSTOMER: &str = "customer";

/// An actor as its column holds it.
pub(crate) fn stored(actor: Actor) -> Option<String> {
    match actor {
        Actor::System => None,
        Actor::Person(person) => Some(person.to_string()),
        Actor::Customer => Some(CUSTOMER.to_owned()),
    }
}

/// The actor that a column tells.
///
/// # Errors
///
/// When it is none of these.
pub(crate) fn told(column: Option<&str>) -> Result<Actor, ReadError> {
    Ok(match column {
        None => Actor::System,
        Some(CUSTOMER) => Actor::Customer,
        Some(id) => Actor::Person(parsed("actor", id)?),
    })
}

#[cfg(test)]
mod tests {
    use huiyin_case::id::PersonId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn each_actor_is_read_as_it_was_stored() {
        let person = Actor::Person(PersonId::new(Uuid::from_u128(7)));
        for actor in [Actor::System, person, Actor::Customer] {
            assert_eq!(told(stored(actor).as_deref()).unwrap(), actor);
        }
        assert!(told(Some("somebody")).is_err());
    }
}
