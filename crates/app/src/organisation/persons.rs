//! Persons (人员): added, and changed in name, unit and positions.

use std::collections::BTreeSet;

use huiyin_case::id::{PersonId, UnitId};
use huiyin_case::organisation::{Organisation, Person};
use huiyin_policy::model::PositionId;
use huiyin_store::Change;

use super::units::Kept;
use super::{PERSONS_MAX, Planned, Told, Unsuitable, name, require_seen};
use crate::app::App;
use crate::commands::Key;
use crate::error::Error;
use crate::ids;
use crate::principal::Principal;

/// A person as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonWanted {
    /// Name.
    pub name: String,
    /// The unit the person belongs to.
    pub unit: UnitId,
    /// Positions held.
    pub positions: BTreeSet<PositionId>,
}

impl App {
    /// Adds a person. The same key adds it once.
    ///
    /// # Errors
    /// [`Error::Unsuitable`]; [`Error::KeyReused`].
    pub async fn add_person(
        &self,
        principal: &Principal,
        wanted: PersonWanted,
        key: &Key,
    ) -> Result<Kept<PersonId>, Error> {
        self.require_administrator(principal)?;
        let id = PersonId::new(ids::of_key(principal.person, "person", key));
        let person = self.person_wanted(&wanted, &BTreeSet::new(), true)?;
        let told = Told {
            by: principal,
            action: "add_person",
            detail: format!("person={id}"),
        };
        self.change_organisation(told, |seen| {
            let organisation = &seen.roster.organisation;
            if let Some(known) = organisation.persons.get(&id) {
                let revision = seen.roster.persons.get(&id).copied().unwrap_or(1);
                return if *known == person {
                    Ok(Planned::Nothing(Kept { id, revision }))
                } else {
                    Err(Error::KeyReused)
                };
            }
            if organisation.persons.len() >= PERSONS_MAX {
                return Err(Unsuitable::TooMany.into());
            }
            in_open_unit(organisation, &person)?;
            let change = Change::Person(id, person.clone());
            Ok(Planned::Changes(vec![change], Kept { id, revision: 1 }))
        })
        .await
    }

    /// Changes a person as the caller saw it.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Changed`] if somebody else has changed it since; [`Error::Unsuitable`].
    pub async fn change_person(
        &self,
        principal: &Principal,
        id: PersonId,
        seen_revision: u32,
        wanted: PersonWanted,
    ) -> Result<Kept<PersonId>, Error> {
        self.require_administrator(principal)?;
        let told = Told {
            by: principal,
            action: "change_person",
            detail: format!("person={id}"),
        };
        self.change_organisation(told, |seen| {
            let organisation = &seen.roster.organisation;
            let current = seen.roster.persons.get(&id);
            let known = organisation.persons.get(&id).ok_or(Error::NotFound)?;
            let person = self.person_wanted(&wanted, &known.positions, known.active)?;
            if *known == person {
                let revision = current.copied().unwrap_or(1);
                return Ok(Planned::Nothing(Kept { id, revision }));
            }
            require_seen(seen_revision, current)?;
            if person.unit != known.unit {
                in_open_unit(organisation, &person)?;
            }
            let revision = seen_revision + 1;
            let change = Change::Person(id, person);
            Ok(Planned::Changes(vec![change], Kept { id, revision }))
        })
        .await
    }

    /// A position somebody is given must be known; one that is held already may be kept.
    fn person_wanted(
        &self,
        wanted: &PersonWanted,
        held: &BTreeSet<PositionId>,
        active: bool,
    ) -> Result<Person, Error> {
        let known = self.positions();
        let is_known = |position: &PositionId| known.iter().any(|(one, _)| one == position);
        let all_known = |position: &PositionId| held.contains(position) || is_known(position);
        if !wanted.positions.iter().all(all_known) {
            return Err(Unsuitable::Position.into());
        }
        Ok(Person {
            name: name(&wanted.name)?,
            unit: wanted.unit,
            positions: wanted.positions.clone(),
            active,
        })
    }
}

fn in_open_unit(organisation: &Organisation, person: &Person) -> Result<(), Error> {
    match organisation.open(person.unit) {
        Some(_) => Ok(()),
        None => Err(Unsuitable::Unit.into()),
    }
}
