//! Rows of the work list on their way out of the database: from SQLite a whole page in one JSON text, from PostgreSQL row
//! by row.

use std::borrow::Cow;

use huiyin_case::entitled::{Entitled, Positions};
use huiyin_case::event::{DueTime, Holder, Roles};
use huiyin_case::id::PersonId;
use huiyin_case::sight::Sight;
use huiyin_policy::model::{ChannelId, ChoiceId, ClockId, KindId, PolicyId, StepId};
use serde::Deserialize;

use super::{ReadError, count, instant, parsed};
use crate::engine::{Engine, Row, Rows, Value};
use crate::row::{CaseRow, Level, Standing, Tightest, named_category, named_ending, named_stage};
use crate::statement::Text;
use crate::store::Store;

/// The columns of a row, in the order of the fields of [`Listed`].
pub(crate) const CASE_COLUMNS: &str = "cases.ordinal, cases.case_id, cases.seq, cases.policy, cases.policy_version, cases.kind, \
    cases.channel, cases.step, cases.status, cases.number, cases.subject, cases.customer, cases.taker, cases.first_contact, \
    cases.lead_unit, cases.holder_unit, cases.holder_role, cases.holder_person, cases.opened_at_us, cases.recorded_at_us, \
    cases.sort_due_at_us, cases.excerpt, cases.customer_name, cases.due_clock, cases.due_since_us, cases.due_on, cases.provisional, \
    cases.receipt, cases.ending, cases.held, \
    cases.severity, cases.severity_order, cases.urgency, cases.urgency_order, cases.category, cases.hidden_from, cases.sight, cases.read_by, \
    cases.entitled, cases.entitled_unit, cases.entitled_person";

/// Ends the rows.
pub(crate) const ROWS_END: &str = ") AS cases";

/// A row as it is kept. Ids and names are read in place.
#[derive(Debug, Deserialize)]
pub(crate) struct Listed<'a> {
    pub(crate) ordinal: i64,
    #[serde(borrow)]
    case: Cow<'a, str>,
    seq: i64,
    #[serde(borrow)]
    policy: Cow<'a, str>,
    policy_version: i64,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    channel: Cow<'a, str>,
    step: Option<String>,
    #[serde(borrow)]
    stage: Cow<'a, str>,
    number: Option<String>,
    subject: String,
    #[serde(borrow)]
    customer: Cow<'a, str>,
    #[serde(borrow)]
    taker: Cow<'a, str>,
    #[serde(borrow)]
    first_contact: Cow<'a, str>,
    lead_unit: Option<String>,
    holder_unit: Option<String>,
    holder_role: Option<String>,
    holder_person: Option<String>,
    opened_at_us: i64,
    recorded_at_us: i64,
    pub(crate) sort_due_at_us: i64,
    excerpt: String,
    customer_name: String,
    due_clock: Option<String>,
    due_since_us: Option<i64>,
    due_on: Option<String>,
    provisional: Option<i64>,
    receipt: Option<String>,
    ending: Option<String>,
    held: i64,
    severity: Option<String>,
    pub(crate) severity_order: i64,
    urgency: Option<String>,
    pub(crate) urgency_order: i64,
    category: Option<String>,
    hidden_from: Option<String>,
    sight: Option<String>,
    read_by: Option<String>,
    entitled: Option<String>,
    entitled_unit: Option<String>,
    entitled_person: Option<String>,
}

impl Store {
    /// Runs a query for rows of [`CASE_COLUMNS`], begun with [`Engine::rows_begin`], and reads them.
    pub(crate) async fn listed<T>(
        &self,
        query: Text,
        read: impl FnOnce(Vec<Listed<'_>>) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        let rows = self.inner.readers.all(query.statement()).await?;
        read(match self.engine() {
            Engine::Sqlite => gathered(&rows)?,
            Engine::Postgres => rows.iter().map(Listed::of).collect::<Result<_, _>>()?,
        })
    }
}

/// Reads rows gathered into one JSON text.
fn gathered(rows: &Rows) -> Result<Vec<Listed<'_>>, ReadError> {
    let json: &str = rows.one()?.try_get(0)?;
    serde_json::from_str(json).map_err(|error| ReadError::Corrupt {
        column: "cases",
        value: error.to_string(),
    })
}

impl<'a> Listed<'a> {
    /// Reads a row of [`CASE_COLUMNS`].
    fn of(row: Row<'a>) -> Result<Listed<'a>, sqlx::Error> {
        let mut columns = InOrder { row, at: 0 };
        Ok(Listed {
            ordinal: columns.next()?,
            case: Cow::Borrowed(columns.next()?),
            seq: columns.next()?,
            policy: Cow::Borrowed(columns.next()?),
            policy_version: columns.next()?,
            kind: Cow::Borrowed(columns.next()?),
            channel: Cow::Borrowed(columns.next()?),
            step: columns.next()?,
            stage: Cow::Borrowed(columns.next()?),
            number: columns.next()?,
            subject: columns.next()?,
            customer: Cow::Borrowed(columns.next()?),
            taker: Cow::Borrowed(columns.next()?),
            first_contact: Cow::Borrowed(columns.next()?),
            lead_unit: columns.next()?,
            holder_unit: columns.next()?,
            holder_role: columns.next()?,
            holder_person: columns.next()?,
            opened_at_us: columns.next()?,
            recorded_at_us: columns.next()?,
            sort_due_at_us: columns.next()?,
            excerpt: columns.next()?,
            customer_name: columns.next()?,
            due_clock: columns.next()?,
            due_since_us: columns.next()?,
            due_on: columns.next()?,
            provisional: columns.next()?,
            receipt: columns.next()?,
            ending: columns.next()?,
            held: columns.next()?,
            severity: columns.next()?,
            severity_order: columns.next()?,
            urgency: columns.next()?,
            urgency_order: columns.next()?,
            category: columns.next()?,
            hidden_from: columns.next()?,
            sight: columns.next()?,
            read_by: columns.next()?,
            entitled: columns.next()?,
            entitled_unit: columns.next()?,
            entitled_person: columns.next()?,
        })
    }

    /// Makes the row for callers.
    pub(crate) fn case_row(self) -> Result<CaseRow, ReadError> {
        let tightest = self.tightest()?;
        let standing = self.standing()?;
        Ok(CaseRow {
            case: parsed("case_id", &self.case)?,
            seq: count("seq", self.seq)?,
            policy: PolicyId::new(self.policy),
            policy_version: count("policy_version", self.policy_version)?,
            kind: KindId::new(self.kind),
            channel: ChannelId::new(self.channel),
            step: self.step.map(StepId::new),
            stage: named_stage(&self.stage).ok_or_else(|| ReadError::Corrupt {
                column: "status",
                value: self.stage.to_string(),
            })?,
            ending: match self.ending.as_deref() {
                Some(name) => Some(named_ending(name).ok_or_else(|| ReadError::Corrupt {
                    column: "ending",
                    value: name.to_owned(),
                })?),
                None => None,
            },
            held: self.held != 0,
            number: self.number,
            subject: self.subject,
            customer: parsed("customer", &self.customer)?,
            taker: somebody("taker", &self.taker)?,
            first_contact: somebody("first_contact", &self.first_contact)?,
            lead_unit: optional("lead_unit", self.lead_unit.as_deref())?,
            holder: Holder {
                unit: optional("holder_unit", self.holder_unit.as_deref())?,
                roles: self
                    .holder_role
                    .as_deref()
                    .map(Roles::parse)
                    .unwrap_or_default(),
                person: optional("holder_person", self.holder_person.as_deref())?,
            },
            opened_at: instant("opened_at_us", self.opened_at_us)?,
            recorded_at: instant("recorded_at_us", self.recorded_at_us)?,
            excerpt: self.excerpt,
            customer_name: self.customer_name,
            tightest,
            receipt: optional("receipt", self.receipt.as_deref())?,
            standing,
        })
    }

    fn standing(&self) -> Result<Standing, ReadError> {
        let level = |name: &Option<String>, order| match name {
            Some(name) => Ok(Some(Level {
                level: ChoiceId::new(name),
                below_top: count("severity_order", order)?,
            })),
            None => Ok::<_, ReadError>(None),
        };
        let hidden = self.hidden_from.as_deref().unwrap_or_default();
        Ok(Standing {
            severity: level(&self.severity, self.severity_order)?,
            urgency: level(&self.urgency, self.urgency_order)?,
            category: named_category(self.category.as_deref()),
            hidden_from: parsed("hidden_from", hidden)?,
            sight: self.sight.as_deref().map(Sight::parse),
            read_by: optional("read_by", self.read_by.as_deref())?,
            entitled: Entitled {
                positions: self
                    .entitled
                    .as_deref()
                    .map(Positions::parse)
                    .unwrap_or_default(),
                unit: optional("entitled_unit", self.entitled_unit.as_deref())?,
                person: optional("entitled_person", self.entitled_person.as_deref())?,
            },
        })
    }

    fn tightest(&self) -> Result<Option<Tightest>, ReadError> {
        let Some(clock) = &self.due_clock else {
            return Ok(None);
        };
        Ok(Some(Tightest {
            clock: ClockId::new(clock),
            started_at: instant("due_since_us", self.due_since_us.unwrap_or_default())?,
            due: DueTime {
                at: instant("sort_due_at_us", self.sort_due_at_us)?,
                date: parsed("due_on", self.due_on.as_deref().unwrap_or_default())?,
                provisional: self.provisional.unwrap_or_default() != 0,
            },
        }))
    }
}

/// A person in a column that is never null; empty is nobody.
fn somebody(column: &'static str, text: &str) -> Result<Option<PersonId>, ReadError> {
    optional(column, Some(text).filter(|text| !text.is_empty()))
}

fn optional<T: std::str::FromStr>(
    column: &'static str,
    text: Option<&str>,
) -> Result<Option<T>, ReadError> {
    text.map(|text| parsed(column, text)).transpose()
}

/// The columns of a row, one after the other.
struct InOrder<'r> {
    row: Row<'r>,
    at: usize,
}

impl<'r> InOrder<'r> {
    fn next<T: Value<'r>>(&mut self) -> Result<T, sqlx::Error> {
        let value = self.row.try_get(self.at);
        self.at += 1;
        value
    }
}
