//! The organisation as it stands: units, persons with their positions, deputies and absences.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_case::deputy::{Absence, Days, Deputy, Scope};
use huiyin_case::id::{PersonId, UnitId};
use huiyin_case::organisation::{Organisation, Person, Unit};
use huiyin_policy::model::PositionId;

use super::changes::{count_change, put_person, put_unit};
use super::relations::{RELATIONS, relation};
use crate::engine::Row;
use crate::read::{ReadError, count, parsed};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const UNITS: &str = "SELECT unit_id, name, parent, head, closed, revision FROM units";
const PERSONS: &str = "SELECT person_id, name, unit, active, revision FROM persons";
const POSITIONS: &str = "SELECT person_id, position FROM positions";
const DEPUTIES: &str = "SELECT deputy_id, person_id, deputy, from_on, to_on, position FROM deputies ORDER BY from_on, deputy_id";
const ABSENCES: &str =
    "SELECT absence_id, person_id, from_on, to_on FROM absences ORDER BY from_on, absence_id";
/// Setting: how often the organisation was changed.
const REVISION: &str = "SELECT value FROM settings WHERE name = 'organisation.revision'";

/// The organisation at one moment, with how often it and its entries were changed.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    /// The organisation.
    pub organisation: Organisation,
    /// How often anything in it was changed.
    pub revision: i64,
    /// How often each unit was changed, from 1.
    pub units: BTreeMap<UnitId, u32>,
    /// How often each person was changed, from 1.
    pub persons: BTreeMap<PersonId, u32>,
}

impl Store {
    /// Puts a unit, new or changed, whatever it was before.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn put_unit(&self, id: UnitId, unit: &Unit) -> Result<(), WriteError> {
        let statements = vec![count_change(), put_unit(id, unit)];
        self.write_told(statements).await.map(drop)
    }

    /// Puts a person with all positions, new or changed, whatever it was before.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn put_person(&self, id: PersonId, person: &Person) -> Result<(), WriteError> {
        let mut statements = vec![count_change()];
        statements.extend(put_person(id, person));
        self.write_told(statements).await.map(drop)
    }

    /// The whole organisation as it is now.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn organisation(&self) -> Result<Organisation, ReadError> {
        Ok(self.roster().await?.organisation)
    }

    /// The whole organisation with how often it was changed.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn roster(&self) -> Result<Roster, ReadError> {
        // One transaction, so that no one is seen in a unit that is not there yet.
        let mut reading = self.inner.readers.begin().await?;
        let units = reading.all(Statement::new(UNITS, [])).await?;
        let persons = reading.all(Statement::new(PERSONS, [])).await?;
        let positions = reading.all(Statement::new(POSITIONS, [])).await?;
        let deputies = reading.all(Statement::new(DEPUTIES, [])).await?;
        let absences = reading.all(Statement::new(ABSENCES, [])).await?;
        let relations = reading.all(Statement::new(RELATIONS, [])).await?;
        let revision = reading.all(Statement::new(REVISION, [])).await?;
        reading.end().await?;
        let mut roster = Roster::default();
        for row in revision.iter() {
            roster.revision = parsed("value", row.try_get(0)?)?;
        }
        for row in units.iter() {
            roster.read_unit(&row)?;
        }
        for row in persons.iter() {
            roster.read_person(&row)?;
        }
        for row in positions.iter() {
            let id = parsed("person_id", row.try_get(0)?)?;
            if let Some(person) = roster.organisation.persons.get_mut(&id) {
                let position = PositionId::new(row.try_get::<&str>(1)?);
                person.positions.insert(position);
            }
        }
        for row in deputies.iter() {
            roster.organisation.deputies.push(deputy(&row)?);
        }
        for row in relations.iter() {
            roster.organisation.relations.add(relation(&row)?);
        }
        for row in absences.iter() {
            roster.organisation.absences.push(Absence {
                id: parsed("absence_id", row.try_get(0)?)?,
                person: parsed("person_id", row.try_get(1)?)?,
                days: days(&row, 2)?,
            });
        }
        Ok(roster)
    }
}

impl Roster {
    fn read_unit(&mut self, row: &Row<'_>) -> Result<(), ReadError> {
        let id = parsed("unit_id", row.try_get(0)?)?;
        let unit = Unit {
            name: row.try_get(1)?,
            parent: row
                .try_get::<Option<&str>>(2)?
                .map(|id| parsed("parent", id))
                .transpose()?,
            head: row
                .try_get::<Option<&str>>(3)?
                .map(|id| parsed("head", id))
                .transpose()?,
            closed: row.try_get::<i64>(4)? != 0,
        };
        self.units.insert(id, count("revision", row.try_get(5)?)?);
        self.organisation.units.insert(id, unit);
        Ok(())
    }

    fn read_person(&mut self, row: &Row<'_>) -> Result<(), ReadError> {
        let id = parsed("person_id", row.try_get(0)?)?;
        let person = Person {
            name: row.try_get(1)?,
            unit: parsed("unit", row.try_get(2)?)?,
            positions: BTreeSet::new(),
            active: row.try_get::<i64>(3)? != 0,
        };
        self.persons.insert(id, count("revision", row.try_get(4)?)?);
        self.organisation.persons.insert(id, person);
        Ok(())
    }
}

fn deputy(row: &Row<'_>) -> Result<Deputy, ReadError> {
    let position = row.try_get::<Option<&str>>(5)?.map(PositionId::new);
    Ok(Deputy {
        id: parsed("deputy_id", row.try_get(0)?)?,
        of: parsed("person_id", row.try_get(1)?)?,
        by: parsed("deputy", row.try_get(2)?)?,
        days: days(row, 3)?,
        scope: position.map_or(Scope::All, |position| {
            Scope::Positions(BTreeSet::from([position]))
        }),
    })
}

/// The span of days whose first stands in this column and whose last in the next.
fn days(row: &Row<'_>, column: usize) -> Result<Days, ReadError> {
    Ok(Days {
        from: parsed("from_on", row.try_get(column)?)?,
        to: parsed("to_on", row.try_get(column + 1)?)?,
    })
}
