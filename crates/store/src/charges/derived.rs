//! The charges of a case as rows.

use huiyin_case::charges::CaseCharge;
use huiyin_case::id::CaseId;
use huiyin_policy::model::{AccountId, ClauseId, SheetId};

use super::{Named, owner};
use crate::chain::Hash;
use crate::crypto::{DataKey, Place, Subkeys};
use crate::engine::{Row, Rows};
use crate::read::{ReadError, count, instant, money, parsed};
use crate::statement::{Arg, Statement};

const DELETE: &str = "DELETE FROM charges WHERE case_id = $1";
const INSERT: &str = "INSERT INTO charges (case_id, line, account, sheet, tag, amount_cents, from_month, clause, held, charged_at_us, sealed) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
/// All charges of a case, in order.
pub(crate) const CHARGES_OF: &str = "SELECT line, account, sheet, tag, amount_cents, from_month, clause, held, charged_at_us, sealed \
                                     FROM charges WHERE case_id = $1 ORDER BY line";

/// A charge, sealed.
pub(crate) struct PreparedCharge {
    charge: CaseCharge,
    tag: Hash,
    sealed: Vec<u8>,
}

/// Where the names of a case's charge are kept.
pub(super) fn place<'a>(case: &'a str, line: u32, key: &'a str) -> Place<'a> {
    Place {
        table: "charges",
        column: "sealed",
        row: case,
        seq: line,
        key,
    }
}

/// Seals the charges of a case.
pub(crate) fn prepare_charges(
    case: CaseId,
    charges: Vec<CaseCharge>,
    key: &DataKey,
    subkeys: &Subkeys,
) -> Vec<PreparedCharge> {
    let (row, owner) = (case.to_string(), owner(case));
    let prepared = (1..).zip(charges).map(|(line, charge)| {
        let named = Named {
            who: charge.who.clone(),
            row: charge.row.clone(),
            working: charge.working.clone(),
        };
        PreparedCharge {
            tag: tag(&charge, subkeys),
            sealed: named.seal(key, place(&row, line, &owner)),
            charge,
        }
    });
    prepared.collect()
}

fn tag(charge: &CaseCharge, subkeys: &Subkeys) -> Hash {
    let (account, sheet) = (charge.account.as_str(), charge.sheet.as_str());
    subkeys.charge_index([account, sheet, &charge.row, &charge.who])
}

/// The statement that takes a case's charges out.
pub(crate) fn delete_charges(case: impl Into<Arg>) -> Statement {
    Statement::new(DELETE, [case.into()])
}

/// The statements that put these charges in the place of those of a case.
pub(crate) fn charge_statements(case: &str, charges: &[PreparedCharge]) -> Vec<Statement> {
    let insert = (1_u32..).zip(charges).map(|(line, prepared)| {
        let charge = &prepared.charge;
        let args = [
            case.into(),
            line.into(),
            charge.account.as_str().into(),
            charge.sheet.as_str().into(),
            prepared.tag.into(),
            charge.amount.cents().into(),
            charge.from.to_string().into(),
            charge.clause.as_str().into(),
            charge.held.into(),
            charge.charged_at.as_microsecond().into(),
            prepared.sealed.clone().into(),
        ];
        Statement::new(INSERT, args)
    });
    std::iter::once(delete_charges(case))
        .chain(insert)
        .collect()
}

/// Reads the rows of [`CHARGES_OF`].
pub(crate) fn kept_charges(
    rows: &Rows,
    case: CaseId,
    key: &DataKey,
    subkeys: &Subkeys,
) -> Result<Vec<CaseCharge>, ReadError> {
    let mut charges = Vec::new();
    for row in rows.iter() {
        let charge = charge(&row, case, key)?;
        let kept: &[u8] = row.try_get(3)?;
        if *kept != tag(&charge, subkeys) {
            return Err(ReadError::Corrupt {
                column: "tag",
                value: "another charge's".to_owned(),
            });
        }
        charges.push(charge);
    }
    Ok(charges)
}

fn charge(row: &Row<'_>, case: CaseId, key: &DataKey) -> Result<CaseCharge, ReadError> {
    let line = count("line", row.try_get(0)?)?;
    let (of, owner) = (case.to_string(), owner(case));
    let named = Named::open(key, place(&of, line, &owner), row.try_get(9)?)?;
    Ok(CaseCharge {
        account: AccountId::new(row.try_get::<&str>(1)?),
        sheet: SheetId::new(row.try_get::<&str>(2)?),
        row: named.row,
        who: named.who,
        amount: money("amount_cents", row.try_get(4)?)?,
        from: month(row.try_get(5)?)?,
        working: named.working,
        clause: ClauseId::new(row.try_get::<&str>(6)?),
        held: row.try_get::<i64>(7)? != 0,
        charged_at: instant("charged_at_us", row.try_get(8)?)?,
    })
}

/// A month as it is kept.
pub(super) fn month(text: &str) -> Result<huiyin_policy::settle::Month, ReadError> {
    parsed("month", text)
}
