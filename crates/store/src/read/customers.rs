//! Customers as several records may know them: which are the same person, and which are likely to be.

use huiyin_case::id::{CaseId, PartyId};

use super::{ReadError, parsed};
use crate::store::Store;

/// Up to the record that stands for all, then down to all that it stands for. Every record has a key, be it a destroyed one.
const GROUP: &str = "WITH RECURSIVE up (party_id, depth) AS ( \
    SELECT owner_id, 0 FROM keys WHERE owner_kind = 'party' AND owner_id = $1 UNION ALL \
    SELECT party_merges.into_id, up.depth + 1 FROM up JOIN party_merges ON party_merges.party_id = up.party_id WHERE up.depth < 50), \
    roots AS (SELECT party_id FROM up ORDER BY depth DESC LIMIT 1), \
    down (party_id) AS (SELECT party_id FROM roots UNION \
    SELECT party_merges.party_id FROM down JOIN party_merges ON party_merges.into_id = down.party_id) \
    SELECT down.party_id, party_merges.into_id, party_merges.case_id, parties.display FROM down \
    LEFT JOIN party_merges ON party_merges.party_id = down.party_id \
    LEFT JOIN parties ON parties.party_id = down.party_id ORDER BY down.party_id";
/// Other records with the same full name.
const ALIKE: &str = "SELECT DISTINCT others.party_id FROM parties AS own \
    JOIN parties AS others ON others.name_index = own.name_index \
    WHERE own.party_id = $1 AND others.party_id <> own.party_id ORDER BY others.party_id DESC LIMIT 20";
const CUSTOMER_OF: &str = "SELECT customer FROM cases WHERE case_id = $1";
const CASES_OF: &str = "SELECT case_id, CAST(CASE status WHEN 'open' THEN 1 ELSE 0 END AS BIGINT), held FROM cases WHERE customer = $1";

/// One record of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyRecord {
    /// The record.
    pub party: PartyId,
    /// The masked name; empty once erased.
    pub display: String,
    /// The record that stands for it, and the case in whose log that was decided.
    pub merged: Option<(PartyId, CaseId)>,
}

/// A case of a customer, as far as erasing must know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseOfParty {
    /// The case.
    pub case: CaseId,
    /// Whether it is still being handled.
    pub open: bool,
    /// Whether it is under legal hold.
    pub held: bool,
}

impl Store {
    /// All records that are the same person's as this one: that which stands for all of them first.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn records_of(&self, party: PartyId) -> Result<Vec<PartyRecord>, ReadError> {
        let rows = self.read(GROUP, [party.to_string().into()]).await?;
        let mut records = Vec::new();
        for row in rows.iter() {
            let into = row.try_get::<Option<&str>>(1)?;
            let case = row.try_get::<Option<&str>>(2)?;
            let merged = match into.zip(case) {
                Some((into, case)) => Some((parsed("into_id", into)?, parsed("case_id", case)?)),
                None => None,
            };
            records.push(PartyRecord {
                party: parsed("party_id", row.try_get(0)?)?,
                display: row.try_get::<Option<String>>(3)?.unwrap_or_default(),
                merged,
            });
        }
        records.sort_by_key(|record| record.merged.is_some());
        Ok(records)
    }

    /// Records with the same full name as this one, newest first, at most 20.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn parties_alike(&self, party: PartyId) -> Result<Vec<PartyId>, ReadError> {
        let rows = self.read(ALIKE, [party.to_string().into()]).await?;
        let party = |row: crate::engine::Row<'_>| parsed("party_id", row.try_get(0)?);
        rows.iter().map(party).collect()
    }

    /// The record that a case is filed under.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn customer_of(&self, case: CaseId) -> Result<Option<PartyId>, ReadError> {
        let rows = self.read(CUSTOMER_OF, [case.to_string().into()]).await?;
        let party = |row: crate::engine::Row<'_>| parsed("customer", row.try_get(0)?);
        rows.first().map(party).transpose()
    }

    /// All cases of a record, whoever may see them; for erasing alone, nothing of it is shown.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn cases_of(&self, party: PartyId) -> Result<Vec<CaseOfParty>, ReadError> {
        let rows = self.read(CASES_OF, [party.to_string().into()]).await?;
        let case = |row: crate::engine::Row<'_>| {
            Ok(CaseOfParty {
                case: parsed("case_id", row.try_get(0)?)?,
                open: row.try_get::<i64>(1)? != 0,
                held: row.try_get::<i64>(2)? != 0,
            })
        };
        rows.iter().map(case).collect()
    }
}
