//! Relations that the organisation knows of (已知关系): between people, and between a person and a unit (P6.20).
//!
//! Days are those of the calendar's zone, both ends inclusive. Between people a relation holds both ways; one to a unit
//! holds for the units below it too.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use huiyin_policy::model::RelationKind;
use jiff::civil::Date;
use uuid::Uuid;

use crate::id::{PersonId, RelationId, UnitId};
use crate::organisation::Organisation;

/// A relation. What was noted about it is kept elsewhere: whoever decides needs none of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Relation {
    /// Id.
    pub id: RelationId,
    /// Whose it is.
    pub of: PersonId,
    /// To whom, or to what.
    pub to: Subject,
    /// What it is.
    pub kind: RelationKind,
    /// The first day; `None` if it always was.
    pub since: Option<Date>,
    /// The last day; `None` while it lasts.
    pub until: Option<Date>,
}

/// Only the id: a relation is in no log.
impl fmt::Debug for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relation")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Relation {
    /// Whether it holds on a day.
    pub fn holds(&self, on: Date) -> bool {
        self.since.is_none_or(|since| since <= on) && self.until.is_none_or(|until| on <= until)
    }
}

/// Whom or what somebody is related to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A person.
    Person(PersonId),
    /// A unit.
    Unit(UnitId),
}

/// A relation as one side of it has it.
///
/// It is kept with a case as text, by which lists and counts leave it out for whoever has such a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bond {
    /// What it is.
    pub kind: RelationKind,
    /// To whom, or to what.
    pub to: Subject,
}

/// The id has no hyphens here, so that the text of a person's id is found in no bond.
impl fmt::Display for Bond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (subject, id) = match self.to {
            Subject::Person(person) => ("person", person.uuid()),
            Subject::Unit(unit) => ("unit", unit.uuid()),
        };
        write!(f, "{}/{subject}/{}", self.kind, id.simple())
    }
}

/// A text that is no bond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a bond")]
pub struct NotABond;

impl FromStr for Bond {
    type Err = NotABond;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut words = text.splitn(3, '/');
        let kind = words.next().and_then(RelationKind::named).ok_or(NotABond)?;
        let subject = words.next().ok_or(NotABond)?;
        let id = words.next().ok_or(NotABond)?;
        let id = Uuid::parse_str(id).map_err(|_| NotABond)?;
        let to = match subject {
            "person" => Subject::Person(PersonId::new(id)),
            "unit" => Subject::Unit(UnitId::new(id)),
            _ => return Err(NotABond),
        };
        Ok(Self { kind, to })
    }
}

/// All relations, found by either side.
#[derive(Debug, Clone, Default)]
pub struct Relations(BTreeMap<PersonId, Vec<Relation>>);

impl Relations {
    /// Adds one.
    pub fn add(&mut self, relation: Relation) {
        if let Subject::Person(other) = relation.to
            && other != relation.of
        {
            self.0.entry(other).or_default().push(relation.clone());
        }
        self.0.entry(relation.of).or_default().push(relation);
    }

    /// Those that a person has, whichever side he is.
    pub fn with(&self, person: PersonId) -> &[Relation] {
        self.0.get(&person).map_or(&[], Vec::as_slice)
    }

    /// Each once.
    pub fn all(&self) -> impl Iterator<Item = &Relation> {
        let sides = self.0.iter();
        sides.flat_map(|(person, with)| with.iter().filter(move |one| one.of == *person))
    }
}

impl Organisation {
    /// What a person is to others on a day. One to a unit holds for those below it too.
    pub fn bonds(&self, person: PersonId, on: Date) -> BTreeSet<Bond> {
        let mut bonds = BTreeSet::new();
        let with = self.relations.with(person).iter();
        for relation in with.filter(|one| one.holds(on)) {
            let kind = relation.kind;
            let mut add = |to| bonds.insert(Bond { kind, to });
            match relation.to {
                Subject::Person(other) if relation.of == person => {
                    add(Subject::Person(other));
                }
                Subject::Person(_) => {
                    add(Subject::Person(relation.of));
                }
                Subject::Unit(above) => {
                    let units = self.units.keys().copied();
                    for unit in units.filter(|&unit| self.is_within(unit, above)) {
                        add(Subject::Unit(unit));
                    }
                }
            }
        }
        bonds
    }
}
