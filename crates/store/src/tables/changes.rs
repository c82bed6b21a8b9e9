//! Changes of the organisation, with the accounts that go with it: several in one piece, on the state they were thought of.

use huiyin_case::deputy::{Absence, Deputy, Scope};
use huiyin_case::id::{AbsenceId, DeputyId, PersonId, RelationId, UnitId};
use huiyin_case::organisation::{Person, Unit};
use jiff::civil::Date;

use super::accounts::{Account, update};
use super::leavings::{Leaving, put_leaving, take_leaving};
use super::relations::{self, KeptRelation};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const COUNT: &str = "UPDATE settings SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE name = 'organisation.revision'";
const COUNT_IF: &str = "UPDATE settings SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE name = 'organisation.revision' AND value = $1";
const PUT_UNIT: &str = "INSERT INTO units (unit_id, name, parent, head, closed) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (unit_id) DO UPDATE SET name = excluded.name, parent = excluded.parent, head = excluded.head, \
    closed = excluded.closed, revision = units.revision + 1";
const PUT_PERSON: &str = "INSERT INTO persons (person_id, name, unit, active) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (person_id) DO UPDATE SET name = excluded.name, unit = excluded.unit, active = excluded.active, \
    revision = persons.revision + 1";
const CLEAR_POSITIONS: &str = "DELETE FROM positions WHERE person_id = $1";
const ADD_POSITION: &str = "INSERT INTO positions (person_id, position) VALUES ($1, $2)";
const ADD_DEPUTY: &str = "INSERT INTO deputies (deputy_id, person_id, deputy, from_on, to_on, position) VALUES ($1, $2, $3, $4, $5, $6)";
const END_DEPUTY: &str = "DELETE FROM deputies WHERE deputy_id = $1";
const END_DEPUTIES_WITH: &str = "DELETE FROM deputies WHERE person_id = $1 OR deputy = $1";
const ADD_ABSENCE: &str =
    "INSERT INTO absences (absence_id, person_id, from_on, to_on) VALUES ($1, $2, $3, $4)";
const END_ABSENCE: &str = "DELETE FROM absences WHERE absence_id = $1";
const END_ABSENCES_OF: &str = "DELETE FROM absences WHERE person_id = $1";
const REVOKE_INVITATIONS: &str =
    "DELETE FROM invitations WHERE person_id = $1 AND used_at_us IS NULL";

/// One change of the organisation.
#[derive(Debug, Clone)]
pub enum Change {
    /// Puts a unit, new or changed.
    Unit(UnitId, Unit),
    /// Puts a person with all positions, new or changed.
    Person(PersonId, Person),
    /// Lets somebody act for another.
    Deputy(Deputy),
    /// Takes that back; nothing if it is not there.
    EndDeputy(DeputyId),
    /// Notes that somebody is away.
    Absence(Absence),
    /// Takes that back; nothing if it is not there.
    EndAbsence(AbsenceId),
    /// Notes that somebody is related to somebody, or to a unit.
    Relation(KeptRelation),
    /// Says which was its last day; nothing if it is not there.
    EndRelation(RelationId, Date),
    /// Takes it off; nothing if it is not there.
    RemoveRelation(RelationId),
    /// Changes an account, whose sessions all end.
    Account(Account),
    /// Somebody leaves: deputies by him and for him, his absences and unused links end, and his cases are to be handed on.
    Leaving(Leaving),
    /// Somebody who left has come back: nothing more is handed on.
    Return(PersonId),
}

impl Store {
    /// Changes the organisation as it was when it had been changed `seen` times.
    ///
    /// # Errors
    ///
    /// [`WriteError::Unmet`] when it has been changed since: nothing was written, and what is to be changed has to be
    /// thought of anew. [`WriteError::Duplicate`] when a new entry is there already.
    pub async fn change_organisation(
        &self,
        seen: i64,
        changes: Vec<Change>,
    ) -> Result<(), WriteError> {
        let counted = Statement::new(COUNT_IF, [seen.to_string().into()]).changing_one();
        let mut statements = vec![counted];
        statements.extend(changes.into_iter().flat_map(statements_of));
        self.write_told(statements).await.map(drop)
    }
}

fn statements_of(change: Change) -> Vec<Statement> {
    match change {
        Change::Unit(id, unit) => vec![put_unit(id, &unit)],
        Change::Person(id, person) => put_person(id, &person),
        Change::Deputy(deputy) => vec![add_deputy(&deputy)],
        Change::EndDeputy(id) => vec![Statement::new(END_DEPUTY, [id.to_string().into()])],
        Change::Absence(absence) => vec![Statement::new(
            ADD_ABSENCE,
            [
                absence.id.to_string().into(),
                absence.person.to_string().into(),
                absence.days.from.to_string().into(),
                absence.days.to.to_string().into(),
            ],
        )],
        Change::EndAbsence(id) => vec![Statement::new(END_ABSENCE, [id.to_string().into()])],
        Change::Relation(kept) => vec![relations::add(&kept)],
        Change::EndRelation(id, until) => vec![relations::end(id, until)],
        Change::RemoveRelation(id) => vec![relations::remove(id)],
        Change::Account(account) => update(&account),
        Change::Leaving(leaving) => {
            let person = leaving.person.to_string();
            let ends = [END_DEPUTIES_WITH, END_ABSENCES_OF, REVOKE_INVITATIONS];
            let ends = ends.map(|sql| Statement::new(sql, [person.as_str().into()]));
            ends.into_iter().chain(put_leaving(&leaving)).collect()
        }
        Change::Return(person) => take_leaving(person),
    }
}

/// The statement that puts a unit.
pub(super) fn put_unit(id: UnitId, unit: &Unit) -> Statement {
    Statement::new(
        PUT_UNIT,
        [
            id.to_string().into(),
            unit.name.as_str().into(),
            unit.parent.map(|parent| parent.to_string()).into(),
            unit.head.map(|head| head.to_string()).into(),
            unit.closed.into(),
        ],
    )
}

/// The statements that put a person with all positions.
pub(super) fn put_person(id: PersonId, person: &Person) -> Vec<Statement> {
    let text = id.to_string();
    let row = [
        text.as_str().into(),
        person.name.as_str().into(),
        person.unit.to_string().into(),
        person.active.into(),
    ];
    let put = Statement::new(PUT_PERSON, row);
    let clear = Statement::new(CLEAR_POSITIONS, [text.as_str().into()]);
    let add = person.positions.iter().map(|position| {
        Statement::new(
            ADD_POSITION,
            [text.as_str().into(), position.as_str().into()],
        )
    });
    [put, clear].into_iter().chain(add).collect()
}

/// The statement that counts a change which is written whatever was there before.
pub(super) fn count_change() -> Statement {
    Statement::new(COUNT, [])
}

fn add_deputy(deputy: &Deputy) -> Statement {
    let position = match &deputy.scope {
        Scope::All => None,
        Scope::Positions(positions) => positions.first().map(|position| position.as_str()),
    };
    Statement::new(
        ADD_DEPUTY,
        [
            deputy.id.to_string().into(),
            deputy.of.to_string().into(),
            deputy.by.to_string().into(),
            deputy.days.from.to_string().into(),
            deputy.days.to.to_string().into(),
            position.into(),
        ],
    )
}
