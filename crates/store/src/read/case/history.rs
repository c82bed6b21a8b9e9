//! The history of a case: rows of the log, opened and decoded.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use huiyin_case::id::{CaseId, PartyId};
use huiyin_case::{Actor, Recorded};
use serde_json::{Map, Value as Json};
use zeroize::Zeroizing;

use crate::actor;
use crate::chain::LogRow;
use crate::codec::{Stored, acting_for, decode};
use crate::crypto::{DataKey, KeyOwner, Unreadable, open};
use crate::engine::Row;
use crate::prepare::event_place;
use crate::read::{ReadError, count, instant, parsed};
use crate::store::Store;

/// The columns of a row of the log, in the order in which [`OwnedLogRow`] is read.
pub(crate) const LOG_COLUMNS: &str = "case_id, seq, type, actor, occurred_at_us, recorded_at_us, body, party_id, sealed, sealed_party, leaf, chain, position";

const HISTORY: &str = "SELECT case_id, seq, type, actor, occurred_at_us, recorded_at_us, body, party_id, sealed, sealed_party, leaf, \
                       chain, position FROM events WHERE case_id = $1 ORDER BY seq";

impl Store {
    /// The history of a case in order, decrypted; empty if there is no such case. What was erased is left out of
    /// fields, and empty where a text must stand.
    ///
    /// # Errors
    ///
    /// When the database can't be read, or an event was tampered with or is of a newer version.
    pub async fn load(&self, case: CaseId) -> Result<Vec<Recorded>, ReadError> {
        let rows = self.read(HISTORY, [case.to_string().into()]).await?;
        let mut keys = KeysOfHistory::default();
        let mut history = Vec::with_capacity(rows.len());
        for row in rows.iter() {
            history.push(keys.recorded(self, &OwnedLogRow::read(row)?).await?);
        }
        Ok(history)
    }
}

/// A row of the log.
#[derive(Debug, Clone)]
pub(crate) struct OwnedLogRow {
    pub(crate) case: CaseId,
    pub(crate) seq: u32,
    pub(crate) kind: String,
    pub(crate) actor: Actor,
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
    pub(crate) fn read(row: Row<'_>) -> Result<OwnedLogRow, ReadError> {
        Ok(OwnedLogRow {
            case: parsed("case_id", row.try_get(0)?)?,
            seq: count("seq", row.try_get(1)?)?,
            kind: row.try_get(2)?,
            actor: actor::told(row.try_get(3)?)?,
            occurred_at_us: row.try_get(4)?,
            recorded_at_us: row.try_get(5)?,
            body: row.try_get(6)?,
            party: row
                .try_get::<Option<&str>>(7)?
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
        let stored = Stored {
            kind: row.kind.clone(),
            body,
            sealed,
            sealed_party,
        };
        let acting_for = acting_for(&stored)?;
        let (event, late_reason) = decode(stored)?;
        Ok(Recorded {
            seq: row.seq,
            actor: row.actor,
            acting_for,
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
