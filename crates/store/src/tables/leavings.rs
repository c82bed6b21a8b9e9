//! People who left, and to whom their open cases go.

use std::collections::BTreeMap;

use huiyin_case::id::{CaseId, PersonId};
use jiff::Timestamp;

use crate::engine::Row;
use crate::read::{ReadError, instant, parsed};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const PUT: &str = "INSERT INTO leavings (person_id, successor, reason, asked_by, asked_at_us) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (person_id) DO UPDATE SET successor = excluded.successor, reason = excluded.reason, \
    asked_by = excluded.asked_by, asked_at_us = excluded.asked_at_us, done_at_us = NULL";
const PUT_CASE: &str =
    "INSERT INTO leaving_cases (person_id, case_id, successor) VALUES ($1, $2, $3)";
const TAKE: &str = "DELETE FROM leavings WHERE person_id = $1";
const TAKE_CASES: &str = "DELETE FROM leaving_cases WHERE person_id = $1";
const OPEN: &str = "SELECT person_id, successor, reason, asked_by, asked_at_us FROM leavings WHERE done_at_us IS NULL";
const CASES: &str = "SELECT leaving_cases.person_id, leaving_cases.case_id, leaving_cases.successor FROM leaving_cases \
    JOIN leavings ON leavings.person_id = leaving_cases.person_id WHERE leavings.done_at_us IS NULL";
const DONE: &str = "UPDATE leavings SET done_at_us = $2, reason = '' WHERE person_id = $1";

/// Somebody who left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// Who.
    pub person: PersonId,
    /// Who gets the cases that no other is named for; `None`: the lists they came from.
    pub successor: Option<PersonId>,
    /// Who gets which case.
    pub cases: BTreeMap<CaseId, Option<PersonId>>,
    /// Why.
    pub reason: String,
    /// Who asked for it.
    pub asked_by: PersonId,
    /// When.
    pub asked_at: Timestamp,
}

impl Store {
    /// Those whose cases may not all be handed on yet.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn leavings(&self) -> Result<Vec<Leaving>, ReadError> {
        let mut leavings: Vec<Leaving> = self
            .read(OPEN, [])
            .await?
            .iter()
            .map(|row| leaving(&row))
            .collect::<Result<_, _>>()?;
        if leavings.is_empty() {
            return Ok(leavings);
        }
        for row in self.read(CASES, []).await?.iter() {
            let person: PersonId = parsed("person_id", row.try_get(0)?)?;
            let case = parsed("case_id", row.try_get(1)?)?;
            let to = optional("successor", row.try_get(2)?)?;
            if let Some(leaving) = leavings.iter_mut().find(|one| one.person == person) {
                leaving.cases.insert(case, to);
            }
        }
        Ok(leavings)
    }

    /// Notes that nothing is left with a person who left.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn leaving_done(&self, person: PersonId, now: Timestamp) -> Result<(), WriteError> {
        let id = person.to_string();
        let done = Statement::new(DONE, [id.as_str().into(), now.as_microsecond().into()]);
        let cases = Statement::new(TAKE_CASES, [id.into()]);
        self.write(vec![done, cases]).await.map(drop)
    }
}

/// The statements that put down that somebody leaves.
pub(super) fn put_leaving(leaving: &Leaving) -> Vec<Statement> {
    let person = leaving.person.to_string();
    let put = Statement::new(
        PUT,
        [
            person.as_str().into(),
            leaving.successor.map(|to| to.to_string()).into(),
            leaving.reason.as_str().into(),
            leaving.asked_by.to_string().into(),
            leaving.asked_at.as_microsecond().into(),
        ],
    );
    let clear = Statement::new(TAKE_CASES, [person.as_str().into()]);
    let cases = leaving.cases.iter().map(|(case, to)| {
        Statement::new(
            PUT_CASE,
            [
                person.as_str().into(),
                case.to_string().into(),
                to.map(|to| to.to_string()).into(),
            ],
        )
    });
    [put, clear].into_iter().chain(cases).collect()
}

/// The statements that forget that somebody left.
pub(super) fn take_leaving(person: PersonId) -> Vec<Statement> {
    [TAKE, TAKE_CASES]
        .map(|sql| Statement::new(sql, [person.to_string().into()]))
        .into()
}

fn leaving(row: &Row<'_>) -> Result<Leaving, ReadError> {
    Ok(Leaving {
        person: parsed("person_id", row.try_get(0)?)?,
        successor: optional("successor", row.try_get(1)?)?,
        cases: BTreeMap::new(),
        reason: row.try_get(2)?,
        asked_by: parsed("asked_by", row.try_get(3)?)?,
        asked_at: instant("asked_at_us", row.try_get(4)?)?,
    })
}

fn optional(column: &'static str, text: Option<&str>) -> Result<Option<PersonId>, ReadError> {
    text.map(|text| parsed(column, text)).transpose()
}
