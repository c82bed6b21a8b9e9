//! One case: its history, its clocks, its customer.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use huiyin_case::Recorded;
use huiyin_case::command::Firing;
use huiyin_case::event::DueTime;
use huiyin_case::id::{CaseId, PartyId, PersonId};
use huiyin_policy::model::{ClauseId, ClockId};
use jiff::Timestamp;
use serde_json::{Map, Value as Json};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, Sqlite};
use zeroize::Zeroizing;

use super::{ReadError, count, instant, parsed};
use crate::chain::LogRow;
use crate::codec::{Stored, decode, named_firing};
use crate::crypto::{DataKey, KeyOwner, Unreadable, open};
use crate::prepare::event_place;
use crate::row::{ClockRow, named_phase};
use crate::store::Store;

/// The columns of a row of the log, in the order in which [`OwnedLogRow`] is read.
pub(crate) const LOG_COLUMNS: &str = "case_id, seq, type, actor, occurred_at_us, recorded_at_us, body, party_id, sealed, sealed_party, leaf, chain, position";

const HISTORY: &str = "SELECT case_id, seq, type, actor, occurred_at_us, recorded_at_us, body, party_id, sealed, sealed_party, leaf, \
                       chain, position FROM events WHERE case_id = $1 ORDER BY seq";
const CLOCKS: &str = "SELECT clock, generation, state, started_at_us, due_at_us, due_on, provisional, clause, next_firing, \
                      next_fire_at_us FROM clocks WHERE case_id = $1 ORDER BY started_at_us, clock";
const DUE_TIMERS: &str = "SELECT case_id, clock, generation, next_firing, next_fire_at_us FROM clocks \
                          WHERE next_fire_at_us IS NOT NULL AND next_fire_at_us <= $1 ORDER BY next_fire_at_us LIMIT $2";
const NEXT_TIMER: &str =
    "SELECT MIN(next_fire_at_us) FROM clocks WHERE next_fire_at_us IS NOT NULL";
const PARTIES_BY_CONTACT: &str = "SELECT party_id FROM parties WHERE contact_index = $1 ORDER BY created_at_us DESC, party_id LIMIT $2";
const PARTY_DISPLAY: &str = "SELECT display FROM parties WHERE party_id = $1";
const CASE_BY_NUMBER: &str =
    "SELECT case_id FROM cases WHERE number = $1 ORDER BY ordinal DESC LIMIT 1";

/// Parties that share one contact and are offered as the returning customer, at most.
const PARTIES_MAX: i64 = 20;

/// Something that has to fire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueTimer {
    /// The case.
    pub case: CaseId,
    /// Which clock.
    pub clock: ClockId,
    /// Which of its runs.
    pub generation: u32,
    /// What fires.
    pub firing: Firing,
    /// When it was to fire.
    pub at: Timestamp,
}

impl Store {
    /// The history of a case in order, decrypted; empty if there is no such case. What was erased is left out of
    /// fields, and empty where a text must stand.
    ///
    /// # Errors
    ///
    /// When the database can't be read, or an event was tampered with or is of a newer version.
    pub async fn load(&self, case: CaseId) -> Result<Vec<Recorded>, ReadError> {
        let rows = sqlx::query::<Sqlite>(HISTORY)
            .bind(case.to_string())
            .fetch_all(&self.inner.readers)
            .await?;
        let mut keys = KeysOfHistory::default();
        let mut history = Vec::with_capacity(rows.len());
        for row in &rows {
            history.push(keys.recorded(self, &OwnedLogRow::read(row)?).await?);
        }
        Ok(history)
    }

    /// All clocks of a case, in the order of their start.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn clocks(&self, case: CaseId) -> Result<Vec<ClockRow>, ReadError> {
        let rows = sqlx::query::<Sqlite>(CLOCKS)
            .bind(case.to_string())
            .fetch_all(&self.inner.readers)
            .await?;
        rows.iter().map(clock_row).collect()
    }

    /// What has to fire at `now` (inclusive), soonest first, at most `rows_max`.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn due_timers(
        &self,
        now: Timestamp,
        rows_max: u32,
    ) -> Result<Vec<DueTimer>, ReadError> {
        let due = sqlx::query::<Sqlite>(DUE_TIMERS)
            .bind(now.as_microsecond())
            .bind(rows_max);
        let rows = due.fetch_all(&self.inner.readers).await?;
        let timer = |row: &SqliteRow| {
            Ok(DueTimer {
                case: parsed("case_id", row.try_get(0)?)?,
                clock: ClockId::new(row.try_get::<&str, _>(1)?),
                generation: count("generation", row.try_get(2)?)?,
                firing: firing(row.try_get(3)?)?,
                at: instant("next_fire_at_us", row.try_get(4)?)?,
            })
        };
        rows.iter().map(timer).collect()
    }

    /// When the next timer fires, if any is set.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn next_timer(&self) -> Result<Option<Timestamp>, ReadError> {
        let next: Option<i64> = sqlx::query_scalar::<Sqlite, _>(NEXT_TIMER)
            .fetch_one(&self.inner.readers)
            .await?;
        next.map(|us| instant("next_fire_at_us", us)).transpose()
    }

    /// Parties known under a normalised contact, newest first.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn parties_by_contact(&self, contact: &str) -> Result<Vec<PartyId>, ReadError> {
        let index = self.inner.subkeys.blind_index(contact).to_vec();
        let found = sqlx::query_scalar::<Sqlite, String>(PARTIES_BY_CONTACT)
            .bind(index)
            .bind(PARTIES_MAX);
        let found = found.fetch_all(&self.inner.readers).await?;
        found.iter().map(|id| parsed("party_id", id)).collect()
    }

    /// The masked name of a party, if it is known and not erased.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn party_display(&self, party: PartyId) -> Result<Option<String>, ReadError> {
        let display = sqlx::query_scalar::<Sqlite, String>(PARTY_DISPLAY).bind(party.to_string());
        Ok(display.fetch_optional(&self.inner.readers).await?)
    }

    /// The case with a number as printed.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn case_by_number(&self, number: &str) -> Result<Option<CaseId>, ReadError> {
        let found = sqlx::query_scalar::<Sqlite, String>(CASE_BY_NUMBER)
            .bind(number)
            .fetch_optional(&self.inner.readers)
            .await?;
        found.map(|id| parsed("case_id", &id)).transpose()
    }
}

fn firing(name: &str) -> Result<Firing, ReadError> {
    named_firing(name).ok_or_else(|| ReadError::Corrupt {
        column: "next_firing",
        value: name.to_owned(),
    })
}

fn clock_row(row: &SqliteRow) -> Result<ClockRow, ReadError> {
    let state: &str = row.try_get(2)?;
    let due = match (
        row.try_get::<Option<i64>, _>(4)?,
        row.try_get::<Option<&str>, _>(5)?,
    ) {
        (Some(at), Some(on)) => Some(DueTime {
            at: instant("due_at_us", at)?,
            date: parsed("due_on", on)?,
            provisional: row.try_get::<i64, _>(6)? != 0,
        }),
        _ => None,
    };
    let next = match (
        row.try_get::<Option<&str>, _>(8)?,
        row.try_get::<Option<i64>, _>(9)?,
    ) {
        (Some(name), Some(at)) => Some((firing(name)?, instant("next_fire_at_us", at)?)),
        _ => None,
    };
    Ok(ClockRow {
        clock: ClockId::new(row.try_get::<&str, _>(0)?),
        generation: count("generation", row.try_get(1)?)?,
        phase: named_phase(state).ok_or_else(|| ReadError::Corrupt {
            column: "state",
            value: state.to_owned(),
        })?,
        started_at: instant("started_at_us", row.try_get(3)?)?,
        due,
        clause: ClauseId::new(row.try_get::<&str, _>(7)?),
        next,
    })
}

/// A row of the log.
#[derive(Debug, Clone)]
pub(crate) struct OwnedLogRow {
    pub(crate) case: CaseId,
    pub(crate) seq: u32,
    pub(crate) kind: String,
    pub(crate) actor: Option<PersonId>,
    pub(crate) occurred_at_us: i64,
    pub(crate) recorded_at_us: i64,
    pub(crate) body: String,
    pub(crate) party: Option<PartyId>,
    pub(crate) sealed: Option<Vec<u8>>,
    pub(crate) sealed_party: Option<Vec<u8>>,
    pub(crate) leaf: Vec<u8>,
    pub(crate) chain: Vec<u8>,
    pub(crate) position: i64,
}

impl OwnedLogRow {
    /// Reads a row of [`LOG_COLUMNS`].
    pub(crate) fn read(row: &SqliteRow) -> Result<OwnedLogRow, ReadError> {
        Ok(OwnedLogRow {
            case: parsed("case_id", row.try_get(0)?)?,
            seq: count("seq", row.try_get(1)?)?,
            kind: row.try_get(2)?,
            actor: row
                .try_get::<Option<&str>, _>(3)?
                .map(|id| parsed("actor", id))
                .transpose()?,
            occurred_at_us: row.try_get(4)?,
            recorded_at_us: row.try_get(5)?,
            body: row.try_get(6)?,
            party: row
                .try_get::<Option<&str>, _>(7)?
                .map(|id| parsed("party_id", id))
                .transpose()?,
            sealed: row.try_get(8)?,
            sealed_party: row.try_get(9)?,
            leaf: row.try_get(10)?,
            chain: row.try_get(11)?,
            position: row.try_get(12)?,
        })
    }

    /// What its leaf commits to.
    pub(crate) fn committed(&self) -> LogRow<'_> {
        LogRow {
            case: self.case,
            seq: self.seq,
            kind: &self.kind,
            actor: self.actor,
            occurred_at_us: self.occurred_at_us,
            recorded_at_us: self.recorded_at_us,
            party: self.party,
            body: &self.body,
            sealed: self.sealed.as_deref(),
            sealed_party: self.sealed_party.as_deref(),
        }
    }
}

/// The keys met in a history, each asked for once; `None` for an erased one.
#[derive(Default)]
pub(crate) struct KeysOfHistory(HashMap<KeyOwner, Option<DataKey>>);

impl KeysOfHistory {
    /// Opens and decodes a row of the log.
    pub(crate) async fn recorded(
        &mut self,
        store: &Store,
        row: &OwnedLogRow,
    ) -> Result<Recorded, ReadError> {
        let sealed = self
            .opened(
                store,
                row,
                "sealed",
                KeyOwner::Case(row.case),
                row.sealed.as_deref(),
            )
            .await?;
        let sealed_party = match row.party {
            Some(party) => {
                self.opened(
                    store,
                    row,
                    "sealed_party",
                    KeyOwner::Party(party),
                    row.sealed_party.as_deref(),
                )
                .await?
            }
            None => Map::new(),
        };
        let body = object(row.body.as_bytes())?;
        let (event, late_reason) = decode(Stored {
            kind: row.kind.clone(),
            body,
            sealed,
            sealed_party,
        })?;
        Ok(Recorded {
            seq: row.seq,
            actor: row.actor,
            occurred_at: instant("occurred_at_us", row.occurred_at_us)?,
            recorded_at: instant("recorded_at_us", row.recorded_at_us)?,
            late_reason,
            event,
        })
    }

    async fn opened(
        &mut self,
        store: &Store,
        row: &OwnedLogRow,
        column: &str,
        owner: KeyOwner,
        sealed: Option<&[u8]>,
    ) -> Result<Map<String, Json>, ReadError> {
        let Some(sealed) = sealed else {
            return Ok(Map::new());
        };
        let key = match self.0.entry(owner) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(match store.data_key(owner).await {
                Ok(Some(key)) => Some(key),
                Err(ReadError::Unreadable(Unreadable::Erased)) => None,
                Ok(None) => return Err(Unreadable::Tampered.into()),
                Err(error) => return Err(error),
            }),
        };
        let Some(key) = key else {
            return Ok(Map::new());
        };
        let (case, owner) = (row.case.to_string(), owner.to_string());
        let place = event_place(column, &case, row.seq, &owner);
        object(&Zeroizing::new(open(key, place, sealed)?))
    }
}

fn object(json: &[u8]) -> Result<Map<String, Json>, ReadError> {
    serde_json::from_slice(json).map_err(|error| ReadError::Corrupt {
        column: "events",
        value: error.to_string(),
    })
}
