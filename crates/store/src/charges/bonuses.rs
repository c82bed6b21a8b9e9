//! The bonuses of a month, as they were entered.

use std::collections::BTreeMap;

use huiyin_case::id::PersonId;
use huiyin_policy::settle::{Bonus, Bonuses, Month};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::AccountKey;
use crate::crypto::{Place, open, seal};
use crate::read::{ReadError, count, instant, money, parsed};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

/// An act that enters bonuses or closes a month.
pub(super) const INSERT_ACT: &str = "INSERT INTO account_acts (policy, account, number, closes, month, policy_version, made_by, made_at_us, \
                                     format, language, people, content_hash, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
/// The bonuses of a month that were entered last, of the acts up to a number.
const ENTERED: &str = "SELECT number, made_by, made_at_us, people, sealed FROM account_acts \
                       WHERE policy = $1 AND account = $2 AND month = $3 AND closes = 0 AND number <= $4 ORDER BY number DESC LIMIT 1";

/// Bonuses to be entered. They take the place of those entered for the month before.
#[derive(Debug, Clone)]
pub struct NewBonuses {
    /// The account.
    pub of: AccountKey,
    /// Number of the act: the one after the last that was seen.
    pub number: u32,
    /// The month.
    pub month: Month,
    /// The version of the policy by which they were read.
    pub policy_version: u32,
    /// Who enters them.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// The bonuses.
    pub bonuses: Bonuses,
}

/// Bonuses that were entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnteredBonuses {
    /// Number of the act.
    pub number: u32,
    /// Who entered them.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Of how many people.
    pub people: u32,
}

/// A bonus as it is sealed, in cents.
#[derive(Serialize, Deserialize)]
struct Sealed {
    of: i64,
    used: i64,
}

impl Store {
    /// Puts the bonuses of a month on record. Of two acts that were thought of at the same time only one is: they have the same number.
    ///
    /// # Errors
    ///
    /// [`WriteError::Duplicate`] when something was entered or closed since; nothing is written then.
    pub async fn enter_bonuses(&self, new: &NewBonuses) -> Result<EnteredBonuses, WriteError> {
        let rows = new.bonuses.iter().map(|(who, bonus)| {
            let (of, used) = (bonus.of.cents(), bonus.used.cents());
            (who.as_str(), Sealed { of, used })
        });
        let rows: BTreeMap<&str, Sealed> = rows.collect();
        let json = serde_json::to_vec(&rows).expect("texts and numbers are always JSON");
        let row = row(&new.of);
        let sealed = seal(&self.inner.subkeys.bonuses, place(&row, new.number), &json);
        let people = u32::try_from(new.bonuses.len()).unwrap_or(u32::MAX);
        let args = [
            new.of.policy.as_str().into(),
            new.of.account.as_str().into(),
            new.number.into(),
            false.into(),
            new.month.to_string().into(),
            new.policy_version.into(),
            new.by.to_string().into(),
            new.at.as_microsecond().into(),
            "".into(),
            "".into(),
            people.into(),
            None::<Vec<u8>>.into(),
            Some(sealed).into(),
        ];
        self.write(vec![Statement::new(INSERT_ACT, args)]).await?;
        Ok(EnteredBonuses {
            number: new.number,
            by: new.by,
            at: new.at,
            people,
        })
    }

    /// The bonuses of a month that were entered last, of the acts up to a number.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn entered_bonuses(
        &self,
        of: &AccountKey,
        month: Month,
        act_max: u32,
    ) -> Result<Option<(EnteredBonuses, Bonuses)>, ReadError> {
        let args = [
            of.policy.as_str().into(),
            of.account.as_str().into(),
            month.to_string().into(),
            act_max.into(),
        ];
        let rows = self.read(ENTERED, args).await?;
        let Some(found) = rows.first() else {
            return Ok(None);
        };
        let entered = EnteredBonuses {
            number: count("number", found.try_get(0)?)?,
            by: parsed("made_by", found.try_get(1)?)?,
            at: instant("made_at_us", found.try_get(2)?)?,
            people: count("people", found.try_get(3)?)?,
        };
        let row = row(of);
        let key = &self.inner.subkeys.bonuses;
        let json = open(key, place(&row, entered.number), found.try_get(4)?)?;
        let sealed: BTreeMap<String, Sealed> =
            serde_json::from_slice(&json).map_err(|_| ReadError::Corrupt {
                column: "sealed",
                value: "no bonuses".to_owned(),
            })?;
        let mut bonuses = Bonuses::new();
        for (who, Sealed { of, used }) in sealed {
            let (of, used) = (money("sealed", of)?, money("sealed", used)?);
            bonuses.insert(who, Bonus { of, used });
        }
        Ok(Some((entered, bonuses)))
    }
}

fn row(of: &AccountKey) -> String {
    format!("{}/{}", of.policy, of.account)
}

/// Where the bonuses of an act are kept.
fn place(row: &str, number: u32) -> Place<'_> {
    Place {
        table: "account_acts",
        column: "sealed",
        row,
        seq: number,
        key: "bonuses",
    }
}
