//! The organisation a first start begins with, as a file says it.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_case::deputy::{Absence, Days, Deputy, Scope};
use huiyin_case::id::{AbsenceId, DeputyId, PersonId, UnitId};
use huiyin_case::limits::has_control;
use huiyin_case::organisation::{Organisation, Person, Unit};
use huiyin_policy::SourceFile;
use huiyin_policy::model::PositionId;
use huiyin_policy::yaml::Node;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::ids;
use crate::source::{Source, Wrong};

/// Most units or people of one file.
const ENTRIES_MAX: usize = 2_000;
/// Longest name of a unit, a person or the organisation, in characters.
const NAME_CHARS_MAX: usize = 80;

/// The organisation of a file.
#[derive(Debug)]
pub(crate) struct Founding {
    /// The organisation's name.
    pub(crate) name: String,
    /// Units and people, with new ids.
    pub(crate) organisation: Organisation,
    /// The person the first administrator's account belongs to.
    pub(crate) first_administrator: PersonId,
}

/// Reads the file; the format is described in `trial/README.md`. Days of deputies and absences are counted from `today`.
///
/// # Errors
/// The first mistake, with its line.
pub(crate) fn read(file: &SourceFile, today: Date) -> Result<Founding, Wrong> {
    let source = Source::read(file)?;
    let root = source.root();
    source.only(root, &["name", "first_administrator", "units", "people"])?;
    let units = names(&source, source.need(root, "units")?, UnitId::new)?;
    let people = names(&source, source.need(root, "people")?, PersonId::new)?;
    let reading = Reading {
        source: &source,
        units: &units,
        people: &people,
        today,
    };
    let mut organisation = Organisation::default();
    for (name, (id, node)) in &units {
        organisation.units.insert(*id, reading.unit(name, *node)?);
    }
    for (name, (id, node)) in &people {
        let person = reading.person(name, *node)?;
        organisation.persons.insert(*id, person);
    }
    for (id, node) in people.values() {
        organisation.absences.extend(reading.absence(*id, *node)?);
        organisation.deputies.extend(reading.deputy(*id, *node)?);
    }
    for (id, node) in units.values() {
        if stands_above_itself(&organisation, *id) {
            return Err(source.wrong(node.place(), "the unit stands above itself"));
        }
    }
    let name = source.need(root, "name")?;
    Ok(Founding {
        name: limited(&source, name, source.text(name)?)?.to_owned(),
        first_administrator: reading.person_named(source.need(root, "first_administrator")?)?,
        organisation,
    })
}

fn stands_above_itself(organisation: &Organisation, id: UnitId) -> bool {
    let parent = organisation.units.get(&id).and_then(|unit| unit.parent);
    parent.is_some_and(|parent| organisation.is_within(parent, id))
}

/// By name: the new id and what the file says.
type Named<'s, Id> = BTreeMap<&'s str, (Id, Node<'s>)>;

fn names<'s, Id>(
    source: &'s Source,
    node: Node<'s>,
    new: impl Fn(uuid::Uuid) -> Id,
) -> Result<Named<'s, Id>, Wrong> {
    let mut named = Named::new();
    for entry in source.entries(node)? {
        if named.len() == ENTRIES_MAX {
            let what = format!("more than {ENTRIES_MAX} entries");
            return Err(source.wrong(entry.key_place, what));
        }
        limited(source, entry.value, entry.key)?;
        named.insert(entry.key, (new(ids::new()), entry.value));
    }
    Ok(named)
}

fn limited<'s>(source: &Source, node: Node<'_>, name: &'s str) -> Result<&'s str, Wrong> {
    let chars = name.chars().count();
    if chars == 0 || chars > NAME_CHARS_MAX {
        let what = format!("a name has 1 to {NAME_CHARS_MAX} characters");
        return Err(source.wrong(node.place(), what));
    }
    if has_control(name) {
        return Err(source.wrong(node.place(), "a name has no control characters"));
    }
    Ok(name)
}

struct Reading<'s> {
    source: &'s Source,
    units: &'s Named<'s, UnitId>,
    people: &'s Named<'s, PersonId>,
    today: Date,
}

impl Reading<'_> {
    fn unit(&self, name: &str, node: Node<'_>) -> Result<Unit, Wrong> {
        self.source.only(node, &["in", "head"])?;
        Ok(Unit {
            name: name.to_owned(),
            parent: node
                .get("in")
                .map(|node| self.unit_named(node))
                .transpose()?,
            head: node
                .get("head")
                .map(|node| self.person_named(node))
                .transpose()?,
            closed: false,
        })
    }

    fn person(&self, name: &str, node: Node<'_>) -> Result<Person, Wrong> {
        self.source
            .only(node, &["unit", "positions", "left", "absent", "deputy"])?;
        let unit = node.get("unit").ok_or_else(|| {
            self.source
                .wrong(node.place(), format!("`{name}` belongs to no unit"))
        })?;
        let positions: BTreeSet<PositionId> = self
            .source
            .words(node.get("positions"))?
            .into_iter()
            .map(PositionId::new)
            .collect();
        Ok(Person {
            name: name.to_owned(),
            unit: self.unit_named(unit)?,
            positions,
            active: node.get("left").and_then(Node::scalar) != Some("yes"),
        })
    }

    /// `absent: DAYS`.
    fn absence(&self, person: PersonId, node: Node<'_>) -> Result<Option<Absence>, Wrong> {
        let Some(days) = node.get("absent") else {
            return Ok(None);
        };
        Ok(Some(Absence {
            id: AbsenceId::new(ids::new()),
            person,
            days: self.days(days)?,
        }))
    }

    /// `deputy: {name: PERSON, days: DAYS, position: POSITION}`; without a position it is for all.
    fn deputy(&self, of: PersonId, node: Node<'_>) -> Result<Option<Deputy>, Wrong> {
        let Some(node) = node.get("deputy") else {
            return Ok(None);
        };
        self.source.only(node, &["name", "days", "position"])?;
        let position = node.get("position").and_then(Node::scalar);
        Ok(Some(Deputy {
            id: DeputyId::new(ids::new()),
            of,
            by: self.person_named(self.source.need(node, "name")?)?,
            days: self.days(self.source.need(node, "days")?)?,
            scope: position.map_or(Scope::All, |position| {
                Scope::Positions(BTreeSet::from([PositionId::new(position)]))
            }),
        }))
    }

    /// `-2..5`: from the second day before today to the fifth after it.
    fn days(&self, node: Node<'_>) -> Result<Days, Wrong> {
        let text = node.scalar().unwrap_or_default();
        let day = |text: &str| {
            let days: i64 = text.parse().ok()?;
            self.today.checked_add(days.days()).ok()
        };
        let span = text.split_once("..").and_then(|(from, to)| {
            let (from, to) = (day(from)?, day(to)?);
            (from <= to).then_some(Days { from, to })
        });
        span.ok_or_else(|| {
            let what = format!("`{text}` is no span of days such as `-2..5`");
            self.source.wrong(node.place(), what)
        })
    }

    fn unit_named(&self, node: Node<'_>) -> Result<UnitId, Wrong> {
        let name = node.scalar().unwrap_or_default();
        let unit = self.units.get(name).map(|(id, _)| *id);
        unit.ok_or_else(|| self.unknown(node, name))
    }

    fn person_named(&self, node: Node<'_>) -> Result<PersonId, Wrong> {
        let name = node.scalar().unwrap_or_default();
        let person = self.people.get(name).map(|(id, _)| *id);
        person.ok_or_else(|| self.unknown(node, name))
    }

    fn unknown(&self, node: Node<'_>, name: &str) -> Wrong {
        self.source
            .wrong(node.place(), format!("`{name}` is not in this file"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 3, 2);

    fn said(text: &str) -> Result<Founding, String> {
        read(&SourceFile::new("organisation.yaml", text), TODAY).map_err(|wrong| wrong.to_string())
    }

    #[test]
    fn the_units_make_a_tree_and_the_first_administrator_is_one_of_the_people() {
        let founding = said(
            "name: 某公司\nfirst_administrator: 甲\nunits:\n  总部: {}\n  客服部: {in: 总部, head: 甲}\n\
             people:\n  甲: {unit: 客服部, positions: [customer-service-head]}\n  乙: {unit: 总部, left: yes}\n",
        )
        .unwrap();
        let organisation = founding.organisation;
        let first = organisation.active(founding.first_administrator).unwrap();
        let unit = &organisation.units[&first.unit];
        assert_eq!(
            (first.name.as_str(), unit.name.as_str(), unit.head),
            ("甲", "客服部", Some(founding.first_administrator))
        );
        let root = &organisation.units[&unit.parent.unwrap()];
        assert_eq!((root.name.as_str(), root.parent), ("总部", None));
        assert_eq!(
            organisation
                .persons
                .values()
                .filter(|one| one.active)
                .count(),
            1
        );
    }

    #[test]
    fn days_of_deputies_and_absences_count_from_today() {
        let founding = said(
            "name: 某公司\nfirst_administrator: 甲\nunits:\n  总部: {}\npeople:\n  甲: {unit: 总部}\n  \
             乙: {unit: 总部, absent: -1..5, deputy: {name: 甲, days: 0..5, position: clerk}}\n",
        )
        .unwrap();
        let organisation = founding.organisation;
        let (absence, deputy) = (&organisation.absences[0], &organisation.deputies[0]);
        assert_eq!(
            (absence.days.from, absence.days.to, deputy.days.from),
            (
                TODAY.yesterday().unwrap(),
                jiff::civil::date(2026, 3, 7),
                TODAY
            )
        );
        assert_eq!(
            (deputy.by, deputy.of),
            (founding.first_administrator, absence.person)
        );
        let wrong = "name: 某公司\nfirst_administrator: 甲\nunits:\n  总部: {}\npeople:\n  甲: {unit: 总部, absent: 5..1}\n";
        assert_eq!(
            said(wrong).unwrap_err(),
            "organisation.yaml:6: `5..1` is no span of days such as `-2..5`"
        );
    }

    #[test]
    fn a_mistake_names_its_line() {
        let start = "name: 某公司\nfirst_administrator: 甲\n";
        let people = "people:\n  甲: {unit: 总部}\n";
        let check = |middle: &str, expected: &str| {
            assert_eq!(
                said(&format!("{start}{middle}{people}")).unwrap_err(),
                expected
            );
        };
        check(
            "units:\n  总部: {head: 乙}\n",
            "organisation.yaml:4: `乙` is not in this file",
        );
        check(
            "units:\n  总部: {}\n  客服部: {above: 总部}\n",
            "organisation.yaml:5: `above` is none of in, head",
        );
        check(
            "units:\n  总部: {in: 客服部}\n  客服部: {in: 总部}\n",
            "organisation.yaml:5: the unit stands above itself",
        );
        check("", "organisation.yaml:1: `units` is missing");
    }
}
