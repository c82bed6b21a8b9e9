//! What is still to be handed over.

use std::collections::BTreeMap;

use huiyin_case::id::CaseId;
use huiyin_case::vouchers::CaseVoucher;
use huiyin_policy::model::{PolicyId, VoucherId};
use huiyin_policy::settle::HandedOver;
use huiyin_settlement::Money;

use super::derived::{VOUCHERS_OF, voucher};
use super::runs::{LAST_RUN, identifier};
use crate::chain::Hash;
use crate::crypto::{DataKey, KeyOwner, Unreadable};
use crate::engine::Reading;
use crate::read::{Access, ReadError, count, instant, money, parsed};
use crate::statement::{Statement, Text};
use crate::store::Store;

/// The condition on `cases` that something other stands in the books than their vouchers say. What is held back moves nothing, and
/// neither does what was erased: nobody can tell any more what it was.
pub(crate) const STILL_TO_HAND_OVER: &str = "cases.case_id IN (SELECT made.case_id FROM vouchers AS made \
    LEFT JOIN (SELECT case_id, tag, CAST(SUM(amount_cents) AS BIGINT) AS stands FROM vouchers_handed_over GROUP BY case_id, tag) AS before \
    ON before.case_id = made.case_id AND before.tag = made.tag WHERE made.held = 0 AND made.amount_cents <> COALESCE(before.stands, 0) \
    UNION SELECT before.case_id FROM (SELECT case_id, tag, SUM(amount_cents) AS stands FROM vouchers_handed_over GROUP BY case_id, tag) AS before \
    JOIN keys ON keys.owner_kind = 'case' AND keys.owner_id = before.case_id AND keys.wrapped IS NOT NULL \
    LEFT JOIN vouchers AS made ON made.case_id = before.case_id AND made.tag = before.tag WHERE before.stands <> 0 AND made.case_id IS NULL)";
/// Cases with their keys.
const CASES: &str = "SELECT cases.case_id, cases.number, cases.policy, cases.policy_version, \
                     (SELECT keys.wrapped FROM keys WHERE keys.owner_kind = 'case' AND keys.owner_id = cases.case_id) FROM cases WHERE ";
/// What was handed over of a case, and under an identifier of it by another.
const BEFORE: &str = "SELECT tag, case_id, nth, amount_cents, voucher, settled_at_us, run, line, sealed FROM vouchers_handed_over \
                      WHERE tag IN (SELECT tag FROM vouchers WHERE case_id = $1 \
                      UNION SELECT tag FROM vouchers_handed_over WHERE case_id = $1) ORDER BY nth";

/// What is still to be handed over, as of a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingVouchers {
    /// Number of the last run; 0 while there is none.
    pub last_run: u32,
    /// The cases that something is to be handed over of, in the order in which they were taken in.
    pub cases: Vec<WaitingCase>,
    /// Whether there are further ones.
    pub more: bool,
}

/// A case that something may have to be handed over of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingCase {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The policy.
    pub policy: PolicyId,
    /// The version that it keeps.
    pub policy_version: u32,
    /// Its vouchers, and what was handed over and is none any more, by identifier.
    pub vouchers: Vec<WaitingVoucher>,
}

/// A voucher with what was handed over under its identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingVoucher {
    /// What is settled now; the amount is zero if it is no voucher any more.
    pub now: CaseVoucher,
    /// What was handed over.
    pub before: HandedOver,
    /// Whether it was handed over for another case: then the identifier is not this one's.
    pub is_anothers: bool,
}

impl Store {
    /// What is still to be handed over of the cases that `access` reaches; of so many cases at most.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn waiting_vouchers(
        &self,
        access: &Access,
        cases_max: u32,
    ) -> Result<WaitingVouchers, ReadError> {
        // A run that is made from here on takes the next number, and whoever wrote one on what is read here is refused.
        let mut reading = self.inner.readers.begin().await?;
        let last = reading.all(Statement::new(LAST_RUN, [])).await?;
        let last_run = count("number", last.one()?.try_get(0)?)?;
        let mut text = Text::default();
        text.push(CASES).push(STILL_TO_HAND_OVER);
        access.condition(&mut text);
        text.push(" ORDER BY cases.ordinal")
            .limit(cases_max.saturating_add(1));
        let found = reading.all(text.statement()).await?;
        let mut cases = Vec::new();
        for row in found
            .iter()
            .take(usize::try_from(cases_max).unwrap_or(usize::MAX))
        {
            let case = parsed("case_id", row.try_get(0)?)?;
            let key = self.key_of(case, row.try_get(4)?)?;
            cases.push(WaitingCase {
                case,
                number: row
                    .try_get::<Option<&str>>(1)?
                    .unwrap_or_default()
                    .to_owned(),
                policy: PolicyId::new(row.try_get::<&str>(2)?),
                policy_version: count("policy_version", row.try_get(3)?)?,
                vouchers: vouchers_of(&mut reading, case, &key).await?,
            });
        }
        let more = found.len() > cases.len();
        reading.end().await?;
        Ok(WaitingVouchers {
            last_run,
            cases,
            more,
        })
    }
}

impl Store {
    /// A case's key in its unwrapped form. Asking for it on another connection while one is held could wait for itself.
    fn key_of(&self, case: CaseId, wrapped: Option<&[u8]>) -> Result<DataKey, ReadError> {
        let owner = KeyOwner::Case(case);
        let wrapped = wrapped.ok_or(Unreadable::Erased)?;
        match self.inner.keys.remembered(owner) {
            Some(key) => Ok(key),
            None => Ok(self.inner.keys.unwrap(owner, wrapped)?),
        }
    }
}

async fn vouchers_of(
    reading: &mut Reading,
    case: CaseId,
    key: &DataKey,
) -> Result<Vec<WaitingVoucher>, ReadError> {
    let of = case.to_string();
    let made = reading
        .all(Statement::new(VOUCHERS_OF, [of.as_str().into()]))
        .await?;
    let mut vouchers = Vec::new();
    let mut known: BTreeMap<Hash, usize> = BTreeMap::new();
    for row in made.iter() {
        known.insert(tag(row.try_get(6)?)?, vouchers.len());
        vouchers.push(WaitingVoucher {
            now: voucher(row, case, key)?,
            before: HandedOver::default(),
            is_anothers: false,
        });
    }
    let before = reading
        .all(Statement::new(BEFORE, [of.as_str().into()]))
        .await?;
    for row in before.iter() {
        let tag = tag(row.try_get(0)?)?;
        let is_anothers = row.try_get::<&str>(1)? != of;
        let at = match known.get(&tag) {
            Some(at) => *at,
            None => {
                known.insert(tag, vouchers.len());
                vouchers.push(WaitingVoucher {
                    now: CaseVoucher {
                        id: identifier(&row, case, key)?,
                        voucher: VoucherId::new(row.try_get::<&str>(4)?),
                        amount: Money::ZERO,
                        held: false,
                        settled_at: instant("settled_at_us", row.try_get(5)?)?,
                    },
                    before: HandedOver::default(),
                    is_anothers: false,
                });
                vouchers.len() - 1
            }
        };
        let one = &mut vouchers[at];
        one.is_anothers |= is_anothers;
        let (nth, cents) = (count("nth", row.try_get(2)?)?, row.try_get(3)?);
        let after = one.before.and(money("amount_cents", cents)?, nth);
        one.before = after.map_err(|_| ReadError::Corrupt {
            column: "amount_cents",
            value: cents.to_string(),
        })?;
    }
    Ok(vouchers)
}

fn tag(bytes: &[u8]) -> Result<Hash, ReadError> {
    bytes.try_into().map_err(|_| ReadError::Corrupt {
        column: "tag",
        value: format!("{} bytes", bytes.len()),
    })
}
