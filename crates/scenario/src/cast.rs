//! Who is there: the units and people of a test file.

use std::collections::BTreeMap;

use huiyin_case::Actor;
use huiyin_case::deputy::{Absence, Days, Deputy, Scope};
use huiyin_case::id::{AbsenceId, DeputyId, PersonId, RelationId, UnitId};
use huiyin_case::organisation::{Organisation, Person, Unit};
use huiyin_case::relation::{Relation, Subject};
use huiyin_policy::model::{PositionId, RelationKind};
use huiyin_policy::yaml::{Entry, Node};
use jiff::civil::Date;
use uuid::Uuid;

use crate::reading::{Read, bad, need, only, text, unknown_name, words, yes_no};

/// The name under which the customer acts; nobody else can be called so.
const CUSTOMER: &str = "customer";

/// The organisation of a test file, with its names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cast {
    pub(crate) organisation: Organisation,
    units: BTreeMap<String, UnitId>,
    persons: BTreeMap<String, PersonId>,
}

impl Cast {
    /// Reads `units:`, `people:` and `relations:`.
    pub(crate) fn read(root: Node<'_>) -> Read<Self> {
        let mut cast = Self::default();
        let units = root.get("units");
        for (unit, id) in units.into_iter().flat_map(Node::entries).zip(1..) {
            cast.units
                .insert(unit.key.to_owned(), UnitId::new(Uuid::from_u128(id)));
        }
        let people = root.get("people");
        for (person, id) in people.into_iter().flat_map(Node::entries).zip(1..) {
            if person.key == CUSTOMER {
                return Err(bad(person.value, "person"));
            }
            only(
                person.value,
                &["unit", "positions", "left", "absent", "deputies"],
            )?;
            let known = cast.person_from(person.key, person.value)?;
            let id = PersonId::new(Uuid::from_u128(id));
            cast.persons.insert(person.key.to_owned(), id);
            cast.organisation.persons.insert(id, known);
        }
        for unit in units.into_iter().flat_map(Node::entries) {
            only(unit.value, &["in", "head"])?;
            let parent = unit
                .value
                .get("in")
                .map(|node| cast.unit(node))
                .transpose()?;
            let head = unit
                .value
                .get("head")
                .map(|node| cast.person(node))
                .transpose()?;
            let id = cast.units[unit.key];
            cast.organisation.units.insert(
                id,
                Unit {
                    name: unit.key.to_owned(),
                    parent,
                    head,
                    closed: false,
                },
            );
        }
        for person in people.into_iter().flat_map(Node::entries) {
            cast.read_absences(person)?;
            cast.read_deputies(person)?;
        }
        let relations = root.get("relations").into_iter().flat_map(Node::items);
        for (node, id) in relations.zip(1..) {
            let relation = cast.relation(RelationId::new(Uuid::from_u128(id)), node)?;
            cast.organisation.relations.add(relation);
        }
        Ok(cast)
    }

    /// `{of: PERSON, to: PERSON, is: KIND, since: DAY, until: DAY}`, or `unit: UNIT` instead of `to`.
    fn relation(&self, id: RelationId, node: Node<'_>) -> Read<Relation> {
        only(node, &["of", "to", "unit", "is", "since", "until"])?;
        let is = need(node, "is")?;
        let kinds = RelationKind::ALL.map(RelationKind::as_str);
        let kind = RelationKind::named(text(is)?);
        let to = match node.get("unit") {
            Some(unit) => Subject::Unit(self.unit(unit)?),
            None => Subject::Person(self.person(need(node, "to")?)?),
        };
        Ok(Relation {
            id,
            of: self.person(need(node, "of")?)?,
            to,
            kind: kind.ok_or_else(|| {
                unknown_name(
                    is.place(),
                    "relation",
                    text(is).unwrap_or_default(),
                    kinds.into_iter(),
                )
            })?,
            since: node.get("since").map(day).transpose()?,
            until: node.get("until").map(day).transpose()?,
        })
    }

    /// `absent: [{from: DAY, to: DAY}]`.
    fn read_absences(&mut self, person: Entry<'_>) -> Read<()> {
        let person_id = self.persons[person.key];
        for node in person.value.get("absent").into_iter().flat_map(Node::items) {
            only(node, &["from", "to"])?;
            let id = AbsenceId::new(Uuid::from_u128(self.next_id()));
            self.organisation.absences.push(Absence {
                id,
                person: person_id,
                days: days(node)?,
            });
        }
        Ok(())
    }

    /// `deputies: [{name: PERSON, from: DAY, to: DAY, position: POSITION}]`; without a position it is for all.
    fn read_deputies(&mut self, person: Entry<'_>) -> Read<()> {
        let of = self.persons[person.key];
        for node in person
            .value
            .get("deputies")
            .into_iter()
            .flat_map(Node::items)
        {
            only(node, &["name", "from", "to", "position"])?;
            let id = DeputyId::new(Uuid::from_u128(self.next_id()));
            let position = node.get("position").map(text).transpose()?;
            let deputy = Deputy {
                id,
                of,
                by: self.person(need(node, "name")?)?,
                days: days(node)?,
                scope: position.map_or(Scope::All, |position| {
                    Scope::Positions([PositionId::new(position)].into())
                }),
            };
            self.organisation.deputies.push(deputy);
        }
        Ok(())
    }

    fn next_id(&self) -> u128 {
        let count = self.organisation.deputies.len() + self.organisation.absences.len();
        u128::try_from(count).unwrap_or(u128::MAX)
    }

    fn person_from(&self, name: &str, node: Node<'_>) -> Read<Person> {
        let unit = self.unit(need(node, "unit")?)?;
        let positions = node
            .get("positions")
            .map(words)
            .transpose()?
            .unwrap_or_default();
        let left = node.get("left").map(yes_no).transpose()?.unwrap_or(false);
        Ok(Person {
            name: name.to_owned(),
            unit,
            positions: positions.into_iter().map(PositionId::new).collect(),
            active: !left,
        })
    }

    /// The unit a node names.
    pub(crate) fn unit(&self, node: Node<'_>) -> Read<UnitId> {
        self.unit_named(text(node)?, node)
    }

    /// The unit with a name that is written at `node`.
    pub(crate) fn unit_named(&self, name: &str, node: Node<'_>) -> Read<UnitId> {
        let known = || {
            unknown_name(
                node.place(),
                "unit",
                name,
                self.units.keys().map(String::as_str),
            )
        };
        self.units.get(name).copied().ok_or_else(known)
    }

    /// The person a node names.
    pub(crate) fn person(&self, node: Node<'_>) -> Read<PersonId> {
        self.person_named(text(node)?, node)
    }

    /// The person with a name that is written at `node`.
    pub(crate) fn person_named(&self, name: &str, node: Node<'_>) -> Read<PersonId> {
        let known = || {
            unknown_name(
                node.place(),
                "person",
                name,
                self.persons.keys().map(String::as_str),
            )
        };
        self.find(name).ok_or_else(known)
    }

    /// The names of the people.
    pub(crate) fn people(&self) -> impl Iterator<Item = &str> {
        self.persons.keys().map(String::as_str)
    }

    /// The names of the units.
    pub(crate) fn units(&self) -> impl Iterator<Item = &str> {
        self.units.keys().map(String::as_str)
    }

    /// Who acts under this name, if anybody: a person, or the customer of the case.
    pub(crate) fn actor(&self, name: &str) -> Option<Actor> {
        match name {
            CUSTOMER => Some(Actor::Customer),
            person => self.find(person).map(Actor::Person),
        }
    }

    /// The person with this name, if there is one.
    pub(crate) fn find(&self, name: &str) -> Option<PersonId> {
        self.persons.get(name).copied()
    }

    /// How a person is called in the file.
    pub(crate) fn name(&self, person: PersonId) -> &str {
        self.organisation
            .persons
            .get(&person)
            .map_or("?", |person| &person.name)
    }

    /// How a unit is called in the file.
    pub(crate) fn unit_name(&self, unit: UnitId) -> &str {
        self.organisation
            .units
            .get(&unit)
            .map_or("?", |unit| &unit.name)
    }
}

/// The days from `from` to `to`, both inclusive.
fn days(node: Node<'_>) -> Read<Days> {
    Ok(Days {
        from: day(need(node, "from")?)?,
        to: day(need(node, "to")?)?,
    })
}

fn day(node: Node<'_>) -> Read<Date> {
    text(node)?.parse().map_err(|_| bad(node, "date"))
}
