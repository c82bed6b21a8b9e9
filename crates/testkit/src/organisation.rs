//! An organisation built from names.

use huiyin_case::deputy::{Absence, Days, Deputy, Scope};
use huiyin_case::id::{AbsenceId, DeputyId, RelationId};
use huiyin_case::organisation::{Organisation, Person, Unit};
use huiyin_case::relation::{Relation, Subject};
use huiyin_policy::model::{PositionId, RelationKind};
use jiff::civil::Date;

use crate::names::{person_id, unit_id};

/// Builds an [`Organisation`]; ids follow from the names.
#[derive(Debug, Clone, Default)]
pub struct Org(Organisation);

impl Org {
    /// Nobody and nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a unit below `parent`; an empty parent makes it a root.
    #[must_use]
    pub fn unit(mut self, name: &str, parent: &str) -> Self {
        let parent = Some(parent)
            .filter(|parent| !parent.is_empty())
            .map(unit_id);
        self.0.units.insert(
            unit_id(name),
            Unit {
                name: name.to_owned(),
                parent,
                head: None,
                closed: false,
            },
        );
        self
    }

    /// Adds a person to a unit, with positions.
    #[must_use]
    pub fn person(mut self, name: &str, unit: &str, positions: &[&str]) -> Self {
        let positions = positions.iter().map(PositionId::new).collect();
        self.0.persons.insert(
            person_id(name),
            Person {
                name: name.to_owned(),
                unit: unit_id(unit),
                positions,
                active: true,
            },
        );
        self
    }

    /// Makes a person the head of a unit.
    #[must_use]
    pub fn head(mut self, unit: &str, person: &str) -> Self {
        if let Some(unit) = self.0.units.get_mut(&unit_id(unit)) {
            unit.head = Some(person_id(person));
        }
        self
    }

    /// Lets a person leave.
    #[must_use]
    pub fn without(mut self, person: &str) -> Self {
        if let Some(person) = self.0.persons.get_mut(&person_id(person)) {
            person.active = false;
        }
        self
    }

    /// Lets one person act for another from a day on until another, both inclusive; for one position only, or for `all`.
    #[must_use]
    pub fn deputy(mut self, by: &str, of: &str, days: [&str; 2], scope: &str) -> Self {
        let id = DeputyId::new(person_id(&format!("{by} for {of} {scope}")).uuid());
        let scope = match scope {
            "all" => Scope::All,
            position => Scope::Positions([PositionId::new(position)].into()),
        };
        self.0.deputies.push(Deputy {
            id,
            of: person_id(of),
            by: person_id(by),
            days: span(days),
            scope,
        });
        self
    }

    /// Lets a person be away from a day on until another, both inclusive.
    #[must_use]
    pub fn absent(mut self, person: &str, days: [&str; 2]) -> Self {
        self.0.absences.push(Absence {
            id: AbsenceId::new(person_id(person).uuid()),
            person: person_id(person),
            days: span(days),
        });
        self
    }

    /// Lets a person be known to be related to another, or to a unit, from one day until another; an empty day is none.
    #[must_use]
    pub fn relation(mut self, of: &str, kind: RelationKind, to: Subject, days: [&str; 2]) -> Self {
        let day = |text: &str| (!text.is_empty()).then(|| date(text));
        self.0.relations.add(Relation {
            id: RelationId::new(person_id(&format!("{of} {kind} {to:?}")).uuid()),
            of: person_id(of),
            to,
            kind,
            since: day(days[0]),
            until: day(days[1]),
        });
        self
    }

    /// The organisation.
    pub fn build(self) -> Organisation {
        self.0
    }
}

fn span([from, to]: [&str; 2]) -> Days {
    Days {
        from: date(from),
        to: date(to),
    }
}

fn date(text: &str) -> Date {
    text.parse().expect("a test writes days as `2026-03-02`")
}

/// A company for the policies of this crate: `desk` with dora and dick, `north` (mia, moe; headed by mia) with `bench`
/// (ben) below it, `south` (sam, sue; headed by sam), and `office` with max (manager), dana (director) and sol, sid
/// (customer service specialists; headed by hana).
pub fn organisation() -> Org {
    Org::new()
        .unit("company", "")
        .unit("desk", "company")
        .unit("north", "company")
        .unit("bench", "north")
        .unit("south", "company")
        .unit("office", "company")
        .person("dora", "desk", &["desk"])
        .person("dick", "desk", &["desk"])
        .person("mia", "north", &[])
        .person("moe", "north", &[])
        .person("ben", "bench", &[])
        .person("sam", "south", &[])
        .person("sue", "south", &[])
        .person("max", "office", &["manager"])
        .person("dana", "office", &["director"])
        .person("sol", "office", &["customer-service-specialist"])
        .person("sid", "office", &["customer-service-specialist"])
        .person("hana", "office", &["customer-service-head"])
        .head("north", "mia")
        .head("south", "sam")
        .head("office", "hana")
}
