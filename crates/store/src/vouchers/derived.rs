//! The vouchers of a case as rows.

use huiyin_case::id::CaseId;
use huiyin_case::vouchers::CaseVoucher;
use huiyin_policy::model::VoucherId;

use crate::chain::Hash;
use crate::crypto::{DataKey, KeyOwner, Place, Subkeys, open, seal};
use crate::engine::{Row, Rows};
use crate::read::{ReadError, count, instant, money};
use crate::statement::{Arg, Statement};

const DELETE: &str = "DELETE FROM vouchers WHERE case_id = $1";
const INSERT: &str = "INSERT INTO vouchers (case_id, line, voucher, tag, amount_cents, held, settled_at_us, sealed) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
/// All vouchers of a case, in order.
pub(crate) const VOUCHERS_OF: &str = "SELECT line, voucher, amount_cents, held, settled_at_us, sealed, tag FROM vouchers WHERE case_id = $1 ORDER BY line";

/// A voucher, sealed.
pub(crate) struct PreparedVoucher {
    voucher: VoucherId,
    tag: Hash,
    amount_cents: i64,
    held: bool,
    settled_at_us: i64,
    sealed: Vec<u8>,
}

/// Where the identifier of a case's voucher is kept.
fn place<'a>(case: &'a str, line: u32, key: &'a str) -> Place<'a> {
    Place {
        table: "vouchers",
        column: "sealed",
        row: case,
        seq: line,
        key,
    }
}

/// Seals the vouchers of a case.
pub(crate) fn prepare_vouchers(
    case: CaseId,
    vouchers: Vec<CaseVoucher>,
    key: &DataKey,
    subkeys: &Subkeys,
) -> Vec<PreparedVoucher> {
    let (row, owner) = (case.to_string(), KeyOwner::Case(case).to_string());
    let prepared = (1..).zip(vouchers).map(|(line, voucher)| PreparedVoucher {
        tag: subkeys.voucher_index(&voucher.id),
        amount_cents: voucher.amount.cents(),
        held: voucher.held,
        settled_at_us: voucher.settled_at.as_microsecond(),
        sealed: seal(key, place(&row, line, &owner), voucher.id.as_bytes()),
        voucher: voucher.voucher,
    });
    prepared.collect()
}

/// The statement that takes a case's vouchers out.
pub(crate) fn delete_vouchers(case: impl Into<Arg>) -> Statement {
    Statement::new(DELETE, [case.into()])
}

/// The statements that put these vouchers in the place of those of a case.
pub(crate) fn voucher_statements(case: &str, vouchers: &[PreparedVoucher]) -> Vec<Statement> {
    let insert = (1_u32..).zip(vouchers).map(|(line, voucher)| {
        let args = [
            case.into(),
            line.into(),
            voucher.voucher.as_str().into(),
            voucher.tag.into(),
            voucher.amount_cents.into(),
            voucher.held.into(),
            voucher.settled_at_us.into(),
            voucher.sealed.clone().into(),
        ];
        Statement::new(INSERT, args)
    });
    std::iter::once(delete_vouchers(case))
        .chain(insert)
        .collect()
}

/// Reads a row of [`VOUCHERS_OF`].
pub(super) fn voucher(row: Row<'_>, case: CaseId, key: &DataKey) -> Result<CaseVoucher, ReadError> {
    let line = count("line", row.try_get(0)?)?;
    let (of, owner) = (case.to_string(), KeyOwner::Case(case).to_string());
    let id = open(key, place(&of, line, &owner), row.try_get(5)?)?;
    Ok(CaseVoucher {
        id: text(id)?,
        voucher: VoucherId::new(row.try_get::<&str>(1)?),
        amount: money("amount_cents", row.try_get(2)?)?,
        held: row.try_get::<i64>(3)? != 0,
        settled_at: instant("settled_at_us", row.try_get(4)?)?,
    })
}

/// Reads the rows of [`VOUCHERS_OF`] with their keyed hashes.
pub(crate) fn kept_vouchers(
    rows: &Rows,
    case: CaseId,
    key: &DataKey,
    subkeys: &Subkeys,
) -> Result<Vec<CaseVoucher>, ReadError> {
    let mut vouchers = Vec::new();
    for row in rows.iter() {
        let voucher = voucher(row, case, key)?;
        let tag: &[u8] = row.try_get(6)?;
        if *tag != subkeys.voucher_index(&voucher.id) {
            return Err(ReadError::Corrupt {
                column: "tag",
                value: "another identifier's".to_owned(),
            });
        }
        vouchers.push(voucher);
    }
    Ok(vouchers)
}

/// An identifier that was sealed.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, ReadError> {
    String::from_utf8(bytes).map_err(|_| ReadError::Corrupt {
        column: "sealed",
        value: "no text".to_owned(),
    })
}
