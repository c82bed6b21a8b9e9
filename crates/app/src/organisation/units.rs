//! Units (部门): added, renamed, moved, given a head, closed and opened again.

use huiyin_case::id::{PersonId, UnitId};
use huiyin_case::organisation::{Organisation, Unit};
use huiyin_case::state::Stage;
use huiyin_store::{Access, Arm, Change, Filter};

use super::{Planned, Told, UNITS_MAX, Unsuitable, name, require_seen};
use crate::app::App;
use crate::commands::Key;
use crate::error::Error;
use crate::ids;
use crate::principal::Principal;

/// A unit as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitWanted {
    /// Name.
    pub name: String,
    /// The unit above it; `None` for one at the top.
    pub parent: Option<UnitId>,
    /// Who heads it.
    pub head: Option<PersonId>,
    /// Whether it is closed.
    pub closed: bool,
}

/// An entry with how often it was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept<Id> {
    /// The entry.
    pub id: Id,
    /// How often it was changed, from 1; to be named by whoever changes it next.
    pub revision: u32,
}

impl App {
    /// Adds a unit. The same key adds it once.
    ///
    /// # Errors
    /// [`Error::Unsuitable`]; [`Error::KeyReused`].
    pub async fn add_unit(
        &self,
        principal: &Principal,
        wanted: UnitWanted,
        key: &Key,
    ) -> Result<Kept<UnitId>, Error> {
        self.require_administrator(principal)?;
        let id = UnitId::new(ids::of_key(principal.person, "unit", key));
        let unit = unit(&wanted)?;
        let told = Told {
            by: principal,
            action: "add_unit",
            detail: format!("unit={id}"),
        };
        self.change_organisation(told, |seen| {
            let organisation = &seen.roster.organisation;
            if let Some(known) = organisation.units.get(&id) {
                let revision = seen.roster.units.get(&id).copied().unwrap_or(1);
                return if *known == unit {
                    Ok(Planned::Nothing(Kept { id, revision }))
                } else {
                    Err(Error::KeyReused)
                };
            }
            if organisation.units.len() >= UNITS_MAX {
                return Err(Unsuitable::TooMany.into());
            }
            fits(organisation, id, &unit)?;
            let change = Change::Unit(id, unit.clone());
            Ok(Planned::Changes(vec![change], Kept { id, revision: 1 }))
        })
        .await
    }

    /// Changes a unit as the caller saw it.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Changed`] if somebody else has changed it since; [`Error::Unsuitable`].
    pub async fn change_unit(
        &self,
        principal: &Principal,
        id: UnitId,
        seen_revision: u32,
        wanted: UnitWanted,
    ) -> Result<Kept<UnitId>, Error> {
        self.require_administrator(principal)?;
        let unit = unit(&wanted)?;
        let cases = if unit.closed {
            self.open_cases_of(id).await?
        } else {
            0
        };
        let told = Told {
            by: principal,
            action: "change_unit",
            detail: format!("unit={id} closed={}", unit.closed),
        };
        self.change_organisation(told, |seen| {
            let organisation = &seen.roster.organisation;
            let current = seen.roster.units.get(&id);
            let known = organisation.units.get(&id).ok_or(Error::NotFound)?;
            if *known == unit {
                let revision = current.copied().unwrap_or(1);
                return Ok(Planned::Nothing(Kept { id, revision }));
            }
            require_seen(seen_revision, current)?;
            if unit.closed && !known.closed {
                is_empty(organisation, id, cases)?;
            }
            fits(organisation, id, &unit)?;
            let revision = seen_revision + 1;
            let change = Change::Unit(id, unit.clone());
            Ok(Planned::Changes(vec![change], Kept { id, revision }))
        })
        .await
    }

    /// How many open cases a unit answers for, or wait there.
    async fn open_cases_of(&self, unit: UnitId) -> Result<u64, Error> {
        let access = Access::Arms(vec![Arm::LeadUnit(vec![unit]), Arm::HolderUnit(vec![unit])]);
        let open = Filter {
            stage: Some(Stage::Open),
            ..Filter::default()
        };
        let counts = self.store().counts(&access, &[open]).await?;
        Ok(counts.first().copied().unwrap_or_default().into())
    }
}

fn unit(wanted: &UnitWanted) -> Result<Unit, Error> {
    Ok(Unit {
        name: name(&wanted.name)?,
        parent: wanted.parent,
        head: wanted.head.filter(|_| !wanted.closed),
        closed: wanted.closed,
    })
}

/// Whether a unit fits into the tree: below an open unit and not below itself, with a name of its own beside its sisters
/// and a head who works here.
fn fits(organisation: &Organisation, id: UnitId, unit: &Unit) -> Result<(), Error> {
    if let Some(parent) = unit.parent {
        if organisation.is_within(parent, id) {
            return Err(Unsuitable::BelowItself.into());
        }
        let usable = organisation.open(parent).is_some() || unit.closed;
        if !usable || !organisation.units.contains_key(&parent) {
            return Err(Unsuitable::Unit.into());
        }
    }
    if unit.closed {
        return Ok(());
    }
    let mut sisters = organisation
        .units
        .iter()
        .filter(|(other, known)| **other != id && known.parent == unit.parent && !known.closed);
    if sisters.any(|(_, known)| known.name == unit.name) {
        return Err(Unsuitable::NameTaken.into());
    }
    match unit.head {
        Some(head) if organisation.active(head).is_none() => Err(Unsuitable::Person.into()),
        _ => Ok(()),
    }
}

fn is_empty(organisation: &Organisation, id: UnitId, cases: u64) -> Result<(), Error> {
    let works_there =
        |person: &&huiyin_case::organisation::Person| person.active && person.unit == id;
    let people = organisation.persons.values().filter(works_there).count();
    let below = |unit: &&Unit| unit.parent == Some(id) && !unit.closed;
    let units = organisation.units.values().filter(below).count();
    if people > 0 || units > 0 || cases > 0 {
        return Err(Unsuitable::UnitInUse {
            people,
            units,
            cases,
        }
        .into());
    }
    Ok(())
}
