//! Charges to people's accounts: what cases say that people owe, derived from the log, the bonuses of a month as they were entered, and
//! the months that were closed.
//!
//! Whoever owes is named only under a seal: in charges and in what a month took of them under the key of their case, in bonuses under
//! a key for all of them. A charge is found again by a keyed hash.

mod bonuses;
mod closings;
mod derived;
mod open;

use huiyin_case::id::CaseId;
use huiyin_policy::model::{AccountId, ClauseId, PolicyId, SheetId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use bonuses::{EnteredBonuses, NewBonuses};
pub use closings::{CloseError, Closing, NewClosing};
pub(crate) use derived::{
    CHARGES_OF, PreparedCharge, charge_statements, delete_charges, kept_charges, prepare_charges,
};
pub use open::AccountStanding;
pub(crate) use open::STILL_OWED;

use crate::chain::Hash;
use crate::crypto::{DataKey, KeyOwner, Place, open, seal};
use crate::read::ReadError;

/// An account of a policy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountKey {
    /// The policy.
    pub policy: PolicyId,
    /// The account that it declares.
    pub account: AccountId,
}

/// What a charge to somebody's account stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeOf {
    /// The case.
    pub case: CaseId,
    /// The case's number.
    pub number: String,
    /// The version whose words name it.
    pub policy_version: u32,
    /// Tells it from the other charges of the case.
    pub tag: Hash,
    /// The sheet.
    pub sheet: SheetId,
    /// The name of the row.
    pub row: String,
    /// The figures that the amount was worked out of.
    pub working: Option<String>,
    /// The clause behind it.
    pub clause: ClauseId,
    /// When the form was given that charges it.
    pub charged_at: Timestamp,
}

/// What is sealed of a charge.
#[derive(Serialize, Deserialize)]
struct Named {
    who: String,
    row: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    working: Option<String>,
}

impl Named {
    fn seal(&self, key: &DataKey, place: Place<'_>) -> Vec<u8> {
        let json = serde_json::to_vec(self).expect("texts are always JSON");
        seal(key, place, &json)
    }

    fn open(key: &DataKey, place: Place<'_>, sealed: &[u8]) -> Result<Self, ReadError> {
        let json = open(key, place, sealed)?;
        serde_json::from_slice(&json).map_err(|_| ReadError::Corrupt {
            column: "sealed",
            value: "no names".to_owned(),
        })
    }
}

/// The key under which the names of a case are sealed, in the words of a place.
fn owner(case: CaseId) -> String {
    KeyOwner::Case(case).to_string()
}
