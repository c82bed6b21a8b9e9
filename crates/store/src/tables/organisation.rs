//! Units, persons and their positions.

use huiyin_case::id::{PersonId, UnitId};
use huiyin_case::organisation::{Organisation, Person, Unit};
use huiyin_policy::model::PositionId;

use crate::read::{ReadError, parsed};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const PUT_UNIT: &str = "INSERT INTO units (unit_id, name, parent, head) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (unit_id) DO UPDATE SET name = excluded.name, parent = excluded.parent, head = excluded.head";
const PUT_PERSON: &str = "INSERT INTO persons (person_id, name, unit, active) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (person_id) DO UPDATE SET name = excluded.name, unit = excluded.unit, active = excluded.active";
const CLEAR_POSITIONS: &str = "DELETE FROM positions WHERE person_id = $1";
const ADD_POSITION: &str = "INSERT INTO positions (person_id, position) VALUES ($1, $2)";
const UNITS: &str = "SELECT unit_id, name, parent, head FROM units";
const PERSONS: &str = "SELECT person_id, name, unit, active FROM persons";
const POSITIONS: &str = "SELECT person_id, position FROM positions";

impl Store {
    /// Puts a unit, new or changed.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn put_unit(&self, id: UnitId, unit: &Unit) -> Result<(), WriteError> {
        let parent = unit.parent.map(|parent| parent.to_string());
        let head = unit.head.map(|head| head.to_string());
        let put = Statement::new(
            PUT_UNIT,
            [
                id.to_string().into(),
                unit.name.as_str().into(),
                parent.into(),
                head.into(),
            ],
        );
        self.write_told(vec![put]).await.map(drop)
    }

    /// Puts a person with all positions, new or changed.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn put_person(&self, id: PersonId, person: &Person) -> Result<(), WriteError> {
        let text = id.to_string();
        let row = [
            text.as_str().into(),
            person.name.as_str().into(),
            person.unit.to_string().into(),
            person.active.into(),
        ];
        let mut statements = vec![
            Statement::new(PUT_PERSON, row),
            Statement::new(CLEAR_POSITIONS, [text.as_str().into()]),
        ];
        let add = |position: &PositionId| {
            Statement::new(
                ADD_POSITION,
                [text.as_str().into(), position.as_str().into()],
            )
        };
        statements.extend(person.positions.iter().map(add));
        self.write_told(statements).await.map(drop)
    }

    /// The whole organisation as it is now.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn organisation(&self) -> Result<Organisation, ReadError> {
        // One transaction, so that no one is seen in a unit that is not there yet.
        let mut reading = self.inner.readers.begin().await?;
        let units = reading.all(Statement::new(UNITS, [])).await?;
        let persons = reading.all(Statement::new(PERSONS, [])).await?;
        let positions = reading.all(Statement::new(POSITIONS, [])).await?;
        reading.end().await?;
        let mut organisation = Organisation::default();
        for row in units.iter() {
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
            };
            organisation
                .units
                .insert(parsed("unit_id", row.try_get(0)?)?, unit);
        }
        for row in persons.iter() {
            let person = Person {
                name: row.try_get(1)?,
                unit: parsed("unit", row.try_get(2)?)?,
                positions: Default::default(),
                active: row.try_get::<i64>(3)? != 0,
            };
            organisation
                .persons
                .insert(parsed("person_id", row.try_get(0)?)?, person);
        }
        for row in positions.iter() {
            if let Some(person) = organisation
                .persons
                .get_mut(&parsed("person_id", row.try_get(0)?)?)
            {
                person
                    .positions
                    .insert(PositionId::new(row.try_get::<&str>(1)?));
            }
        }
        Ok(organisation)
    }
}
