//! Relations that the organisation knows of, with what only those who keep them read.

use std::fmt;
use std::str::FromStr;

use huiyin_case::id::{PersonId, RelationId};
use huiyin_case::relation::{Relation, Subject};
use huiyin_policy::model::RelationKind;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::engine::Row;
use crate::read::{ReadError, instant, parsed};
use crate::statement::Statement;
use crate::store::Store;

/// What everybody who decides needs of relations.
pub(super) const RELATIONS: &str = "SELECT relation_id, person_id, other_person, other_unit, kind, since_on, until_on FROM relations";
const OF_PERSON: &str = "SELECT relation_id, person_id, other_person, other_unit, kind, since_on, until_on, note, recorded_by, recorded_at_us \
    FROM relations WHERE person_id = $1 OR other_person = $1 ORDER BY recorded_at_us, relation_id";
const ADD: &str = "INSERT INTO relations (relation_id, person_id, other_person, other_unit, kind, since_on, until_on, note, recorded_by, recorded_at_us) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const END: &str = "UPDATE relations SET until_on = $2 WHERE relation_id = $1";
const REMOVE: &str = "DELETE FROM relations WHERE relation_id = $1";

/// A relation with what was noted of it.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptRelation {
    /// The relation.
    pub relation: Relation,
    /// What was noted of it; may be empty.
    pub note: String,
    /// Who recorded it.
    pub recorded_by: PersonId,
    /// When.
    pub recorded_at: Timestamp,
}

/// Only the id: a relation is in no log.
impl fmt::Debug for KeptRelation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptRelation")
            .field("id", &self.relation.id)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// The relations of a person, whichever side he is, with their notes, those that have ended included; the first recorded first.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn relations_with(&self, person: PersonId) -> Result<Vec<KeptRelation>, ReadError> {
        let mut reading = self.inner.readers.begin().await?;
        let rows = reading
            .all(Statement::new(OF_PERSON, [person.to_string().into()]))
            .await?;
        reading.end().await?;
        rows.iter()
            .map(|row| {
                Ok(KeptRelation {
                    relation: relation(&row)?,
                    note: row.try_get(7)?,
                    recorded_by: parsed("recorded_by", row.try_get(8)?)?,
                    recorded_at: instant("recorded_at_us", row.try_get(9)?)?,
                })
            })
            .collect()
    }
}

/// A row of [`RELATIONS`].
pub(super) fn relation(row: &Row<'_>) -> Result<Relation, ReadError> {
    let unit = optional("other_unit", row.try_get::<Option<&str>>(3)?)?;
    let kind: &str = row.try_get(4)?;
    Ok(Relation {
        id: parsed("relation_id", row.try_get(0)?)?,
        of: parsed("person_id", row.try_get(1)?)?,
        to: match unit {
            Some(unit) => Subject::Unit(unit),
            None => {
                let person = row.try_get::<Option<&str>>(2)?.unwrap_or_default();
                Subject::Person(parsed("other_person", person)?)
            }
        },
        // A kind that only a later version knows still keeps somebody out.
        kind: RelationKind::named(kind).unwrap_or(RelationKind::Other),
        since: optional("since_on", row.try_get::<Option<&str>>(5)?)?,
        until: optional("until_on", row.try_get::<Option<&str>>(6)?)?,
    })
}

fn optional<T: FromStr>(column: &'static str, text: Option<&str>) -> Result<Option<T>, ReadError> {
    text.map(|text| parsed(column, text)).transpose()
}

pub(super) fn add(kept: &KeptRelation) -> Statement {
    let relation = &kept.relation;
    let (person, unit) = match relation.to {
        Subject::Person(person) => (Some(person.to_string()), None),
        Subject::Unit(unit) => (None, Some(unit.to_string())),
    };
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    Statement::new(
        ADD,
        [
            relation.id.to_string().into(),
            relation.of.to_string().into(),
            person.into(),
            unit.into(),
            relation.kind.as_str().into(),
            day(relation.since).into(),
            day(relation.until).into(),
            kept.note.as_str().into(),
            kept.recorded_by.to_string().into(),
            kept.recorded_at.as_microsecond().into(),
        ],
    )
}

pub(super) fn end(id: RelationId, until: Date) -> Statement {
    Statement::new(END, [id.to_string().into(), until.to_string().into()])
}

pub(super) fn remove(id: RelationId) -> Statement {
    Statement::new(REMOVE, [id.to_string().into()])
}
