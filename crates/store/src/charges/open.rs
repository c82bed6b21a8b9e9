//! What is owed to an account, as of a moment.

use huiyin_case::id::CaseId;
use huiyin_policy::model::{ClauseId, SheetId};
use huiyin_policy::settle::{Month, OpenCharge};

use super::closings::taking_place;
use super::derived::{month, place};
use super::{AccountKey, ChargeOf, Named, owner};
use crate::chain::Hash;
use crate::crypto::{KeyOwner, Place, Unreadable};
use crate::engine::{Reading, Row};
use crate::read::{Access, ReadError, count, instant, money, parsed};
use crate::statement::{Statement, Text};
use crate::store::Store;

/// The condition on `cases` that something other was taken than their charges say. What is held back moves nothing, and neither does
/// what was erased: nobody can tell any more what it was.
pub(crate) const STILL_OWED: &str = "cases.case_id IN (SELECT made.case_id FROM charges AS made \
    LEFT JOIN (SELECT case_id, tag, CAST(SUM(taken_cents) AS BIGINT) AS taken FROM account_takings GROUP BY case_id, tag) AS before \
    ON before.case_id = made.case_id AND before.tag = made.tag WHERE made.held = 0 AND made.amount_cents <> COALESCE(before.taken, 0) \
    UNION SELECT before.case_id FROM (SELECT case_id, tag, SUM(taken_cents) AS taken FROM account_takings GROUP BY case_id, tag) AS before \
    JOIN keys ON keys.owner_kind = 'case' AND keys.owner_id = before.case_id AND keys.wrapped IS NOT NULL \
    LEFT JOIN charges AS made ON made.case_id = before.case_id AND made.tag = before.tag WHERE before.taken <> 0 AND made.case_id IS NULL)";
/// Number of the last act, and the last month that was closed.
const LAST: &str = "SELECT COALESCE(MAX(number), 0), MAX(CASE WHEN closes = 1 THEN month END) FROM account_acts WHERE policy = $1 AND account = $2";
/// What is taken of a case's charges, to be joined with them.
const TAKEN: &str = "(SELECT case_id, tag, CAST(SUM(taken_cents) AS BIGINT) AS taken, MAX(number) AS last FROM account_takings WHERE policy = ";
/// The charges that stand, with what was taken of them.
const STANDING: &str = "SELECT cases.case_id, cases.number, cases.policy_version, keys.wrapped, made.line, made.tag, made.sheet, made.clause, \
    made.from_month, made.charged_at_us, made.sealed, made.amount_cents, COALESCE(before.taken, 0), made.held FROM charges AS made \
    JOIN cases ON cases.case_id = made.case_id \
    JOIN keys ON keys.owner_kind = 'case' AND keys.owner_id = cases.case_id AND keys.wrapped IS NOT NULL LEFT JOIN ";
/// What was taken although it is no charge any more.
const GONE: &str = "SELECT cases.case_id, cases.number, cases.policy_version, keys.wrapped, was.line, was.tag, was.sheet, was.clause, \
    was.from_month, was.charged_at_us, was.sealed, was.number, before.taken FROM ";

/// An account, as of a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountStanding {
    /// Number of the last act, bonuses entered or a month closed; 0 while there is none.
    pub last_act: u32,
    /// The last month that was closed.
    pub closed: Option<Month>,
    /// The charges that something is owed of, or was taken too much of, in the order in which their cases were taken in.
    pub charges: Vec<OpenCharge<ChargeOf>>,
    /// The charges that something open holds back.
    pub held: Vec<OpenCharge<ChargeOf>>,
    /// Whether there are further ones: then nothing can be worked out.
    pub more: bool,
}

impl Store {
    /// What is owed to an account by the cases that `access` reaches; so many charges at most.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn account_standing(
        &self,
        access: &Access,
        of: &AccountKey,
        charges_max: u32,
    ) -> Result<AccountStanding, ReadError> {
        // Whoever enters or closes something from here on takes the next number, and whoever does so on what is read here is refused.
        let mut reading = self.inner.readers.begin().await?;
        let args = [of.policy.as_str().into(), of.account.as_str().into()];
        let last = reading.all(Statement::new(LAST, args)).await?;
        let last = last.one()?;
        let closed = last.try_get::<Option<&str>>(1)?.map(month).transpose()?;
        let mut standing = AccountStanding {
            last_act: count("number", last.try_get(0)?)?,
            closed,
            charges: Vec::new(),
            held: Vec::new(),
            more: false,
        };
        self.standing(&mut reading, access, of, charges_max, &mut standing)
            .await?;
        self.gone(&mut reading, access, of, charges_max, &mut standing)
            .await?;
        reading.end().await?;
        Ok(standing)
    }

    async fn standing(
        &self,
        reading: &mut Reading,
        access: &Access,
        of: &AccountKey,
        charges_max: u32,
        standing: &mut AccountStanding,
    ) -> Result<(), ReadError> {
        let mut text = Text::default();
        text.push(STANDING);
        taken(&mut text, of);
        text.push(
            " ON before.case_id = made.case_id AND before.tag = made.tag WHERE cases.policy = ",
        )
        .value(of.policy.as_str())
        .push(" AND made.account = ")
        .value(of.account.as_str())
        .push(" AND (made.held = 1 OR made.amount_cents <> COALESCE(before.taken, 0))");
        access.condition(&mut text);
        text.push(" ORDER BY cases.ordinal, made.line")
            .limit(charges_max.saturating_add(1));
        for row in reading.all(text.statement()).await?.iter() {
            let case: CaseId = parsed("case_id", row.try_get(0)?)?;
            let (at, owner) = (case.to_string(), owner(case));
            let line = count("line", row.try_get(4)?)?;
            let (amount, before) = (row.try_get(11)?, row.try_get(12)?);
            let charge = self.open_charge(&row, case, place(&at, line, &owner), amount, before)?;
            let list = match row.try_get::<i64>(13)? {
                0 => &mut standing.charges,
                _ => &mut standing.held,
            };
            list.push(charge);
        }
        standing.more = too_many(standing, charges_max);
        Ok(())
    }

    async fn gone(
        &self,
        reading: &mut Reading,
        access: &Access,
        of: &AccountKey,
        charges_max: u32,
        standing: &mut AccountStanding,
    ) -> Result<(), ReadError> {
        let mut text = Text::default();
        text.push(GONE);
        taken(&mut text, of);
        text.push(" JOIN account_takings AS was ON was.policy = ")
            .value(of.policy.as_str())
            .push(" AND was.account = ")
            .value(of.account.as_str())
            .push(
                " AND was.number = before.last AND was.case_id = before.case_id AND was.tag = before.tag \
                 JOIN cases ON cases.case_id = before.case_id \
                 JOIN keys ON keys.owner_kind = 'case' AND keys.owner_id = cases.case_id AND keys.wrapped IS NOT NULL \
                 LEFT JOIN charges AS made ON made.case_id = before.case_id AND made.tag = before.tag \
                 WHERE before.taken <> 0 AND made.case_id IS NULL",
            );
        access.condition(&mut text);
        text.push(" ORDER BY cases.ordinal, was.line")
            .limit(charges_max.saturating_add(1));
        for row in reading.all(text.statement()).await?.iter() {
            let case: CaseId = parsed("case_id", row.try_get(0)?)?;
            let (number, line) = (
                count("number", row.try_get(11)?)?,
                count("line", row.try_get(4)?)?,
            );
            let (at, owner) = (taking_place(of, number), owner(case));
            let place = Place {
                row: &at,
                seq: line,
                key: &owner,
                ..super::closings::PLACE
            };
            let charge = self.open_charge(&row, case, place, 0, row.try_get(12)?)?;
            standing.charges.push(charge);
        }
        standing.more |= too_many(standing, charges_max);
        Ok(())
    }

    /// A charge of a row with case, number, version, key, line, tag, sheet, clause, month, moment and sealed names in its first columns.
    fn open_charge(
        &self,
        row: &Row<'_>,
        case: CaseId,
        place: Place<'_>,
        amount: i64,
        before: i64,
    ) -> Result<OpenCharge<ChargeOf>, ReadError> {
        let wrapped: Option<&[u8]> = row.try_get(3)?;
        let wrapped = wrapped.ok_or(Unreadable::Erased)?;
        // Asking for it on another connection while one is held could wait for itself.
        let owner = KeyOwner::Case(case);
        let key = match self.inner.keys.remembered(owner) {
            Some(key) => key,
            None => self.inner.keys.unwrap(owner, wrapped)?,
        };
        let named = Named::open(&key, place, row.try_get(10)?)?;
        let number = row.try_get::<Option<&str>>(1)?;
        Ok(OpenCharge {
            who: named.who,
            amount: money("amount_cents", amount)?,
            before: money("taken_cents", before)?,
            from: month(row.try_get(8)?)?,
            of: ChargeOf {
                case,
                number: number.unwrap_or_default().to_owned(),
                policy_version: count("policy_version", row.try_get(2)?)?,
                tag: tag(row.try_get(5)?)?,
                sheet: SheetId::new(row.try_get::<&str>(6)?),
                row: named.row,
                working: named.working,
                clause: ClauseId::new(row.try_get::<&str>(7)?),
                charged_at: instant("charged_at_us", row.try_get(9)?)?,
            },
        })
    }
}

/// What was taken of the charges to an account, by case and tag.
fn taken(text: &mut Text, of: &AccountKey) {
    text.push(TAKEN)
        .value(of.policy.as_str())
        .push(" AND account = ")
        .value(of.account.as_str())
        .push(" GROUP BY case_id, tag) AS before");
}

fn too_many(standing: &AccountStanding, charges_max: u32) -> bool {
    let found = standing.charges.len() + standing.held.len();
    u32::try_from(found).map_or(true, |found| found > charges_max)
}

/// A keyed hash.
pub(super) fn tag(bytes: &[u8]) -> Result<Hash, ReadError> {
    bytes.try_into().map_err(|_| ReadError::Corrupt {
        column: "tag",
        value: format!("{} bytes", bytes.len()),
    })
}
