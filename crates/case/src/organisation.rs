//! A snapshot of the organisation, passed in with every command.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_policy::model::PositionId;

use crate::deputy::{Absence, Deputy};
use crate::id::{PersonId, UnitId};
use crate::relation::Relations;

/// Units, persons and their positions at one moment.
#[derive(Debug, Clone, Default)]
pub struct Organisation {
    /// All units.
    pub units: BTreeMap<UnitId, Unit>,
    /// All persons, also those who have left.
    pub persons: BTreeMap<PersonId, Person>,
    /// Who may act for whom; spans that have passed may be among them.
    pub deputies: Vec<Deputy>,
    /// Who is away when; spans that have passed may be among them.
    pub absences: Vec<Absence>,
    /// Who is known to be related to whom; those that have ended are among them.
    pub relations: Relations,
}

/// A unit (部门).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Name.
    pub name: String,
    /// The unit above it; `None` for the root.
    pub parent: Option<UnitId>,
    /// Who heads it.
    pub head: Option<PersonId>,
    /// Whether it was closed (撤销): nothing is given to it any more.
    pub closed: bool,
}

/// A person (人员).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: String,
    /// The unit the person belongs to.
    pub unit: UnitId,
    /// Positions held.
    pub positions: BTreeSet<PositionId>,
    /// Whether the person still works here; one who left can do nothing.
    pub active: bool,
}

impl Organisation {
    /// Whether `unit` is `above` or stands anywhere below it. A cycle in the tree ends the walk.
    pub fn is_within(&self, unit: UnitId, above: UnitId) -> bool {
        let mut at = Some(unit);
        for _ in 0..=self.units.len() {
            match at {
                Some(current) if current == above => return true,
                Some(current) => at = self.units.get(&current).and_then(|unit| unit.parent),
                None => return false,
            }
        }
        false
    }

    /// The names of the units above `unit`, the highest first, and its own; empty for one nobody knows. A cycle in the tree ends
    /// the walk.
    pub fn path(&self, unit: UnitId) -> Vec<&str> {
        let mut names = Vec::new();
        let mut at = self.units.get(&unit);
        while let Some(unit) = at.filter(|_| names.len() <= self.units.len()) {
            names.push(unit.name.as_str());
            at = unit.parent.and_then(|parent| self.units.get(&parent));
        }
        names.reverse();
        names
    }

    /// The unit, if known and not closed.
    pub fn open(&self, unit: UnitId) -> Option<&Unit> {
        self.units.get(&unit).filter(|unit| !unit.closed)
    }

    /// The person, if known and still active.
    pub fn active(&self, person: PersonId) -> Option<&Person> {
        self.persons.get(&person).filter(|person| person.active)
    }
}
