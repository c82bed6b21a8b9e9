//! Runs: what was handed over at one moment, so that it can be fetched again as it was.

use huiyin_case::id::{CaseId, PersonId};
use huiyin_policy::model::{PolicyId, VoucherId};
use huiyin_policy::settle::{HandOver, numbered};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::derived::text;
use crate::bulk::Column::{Bytes, Int, Text};
use crate::bulk::{Begin, Insert};
use crate::chain::Hash;
use crate::crypto::{DataKey, KeyOwner, Place, Unreadable, open, seal};
use crate::engine::Row;
use crate::read::{Access, ReadError, count, instant, money, parsed};
use crate::statement::{Arg, Statement, Text as SqlText};
use crate::store::Store;
use crate::writer::WriteError;

/// Number of the last run; 0 while there is none.
pub(super) const LAST_RUN: &str = "SELECT COALESCE(MAX(number), 0) FROM voucher_runs";
const INSERT_RUN: &str = "INSERT INTO voucher_runs (number, made_by, made_at_us, format, language, handed_over, content_hash) \
                          VALUES ($1, $2, $3, $4, $5, $6, $7)";
const VOUCHERS: Insert = Insert {
    begin: Begin::Add,
    table: "vouchers_handed_over",
    columns: &[
        Int("run"),
        Int("line"),
        Text("case_id"),
        Text("policy"),
        Int("policy_version"),
        Text("voucher"),
        Bytes("tag"),
        Int("nth"),
        Int("amount_cents"),
        Int("reverses"),
        Int("settled_at_us"),
        Bytes("sealed"),
    ],
    then: "",
};
/// Runs, with the condition on their number to follow.
const RUNS: &str = "SELECT number, made_by, made_at_us, format, language, handed_over, content_hash FROM voucher_runs AS runs WHERE number ";
const OF_RUN: &str = "SELECT handed.case_id, handed.nth, handed.amount_cents, handed.voucher, handed.settled_at_us, handed.run, handed.line, \
                      handed.sealed, handed.policy, handed.policy_version, handed.reverses, cases.number FROM vouchers_handed_over AS handed \
                      JOIN cases ON cases.case_id = handed.case_id WHERE handed.run = $1 ORDER BY handed.line";

/// A run to be made: the vouchers and in which form their table is given out.
#[derive(Debug, Clone)]
pub struct NewVoucherRun {
    /// Its number: the one after the last run that was seen.
    pub number: u32,
    /// Who makes it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Form of the table, such as `csv`.
    pub format: String,
    /// Language of its headings.
    pub language: String,
    /// What is handed over.
    pub vouchers: Vec<HandedOverVoucher>,
}

/// A run that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherRun {
    /// Number, from 1.
    pub number: u32,
    /// Who made it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Form of the table that was given out.
    pub format: String,
    /// Language of its headings.
    pub language: String,
    /// How many vouchers it has.
    pub count: u32,
    /// What it holds: SHA-256 over its identifiers and amounts.
    pub content_hash: [u8; 32],
}

/// A voucher of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOverVoucher {
    /// The case.
    pub case: CaseId,
    /// The case's number.
    pub number: String,
    /// The policy.
    pub policy: PolicyId,
    /// The version whose words name it.
    pub policy_version: u32,
    /// Which of the policy's vouchers it is.
    pub voucher: VoucherId,
    /// The identifier without a number.
    pub id: String,
    /// The number under the identifier, the amount, and what it reverses.
    pub handed: HandOver,
    /// When the form was given that it was made of.
    pub settled_at: Timestamp,
}

impl HandedOverVoucher {
    /// The identifier that the accounting system posts by.
    pub fn identifier(&self) -> String {
        numbered(&self.id, self.handed.nth)
    }

    /// The identifier that it reverses.
    pub fn reverses(&self) -> Option<String> {
        self.handed.reverses.map(|nth| numbered(&self.id, nth))
    }
}

impl NewVoucherRun {
    /// What it holds: SHA-256 over its identifiers and amounts, in order.
    pub fn content_hash(&self) -> [u8; 32] {
        content_hash(&self.vouchers)
    }
}

fn content_hash(vouchers: &[HandedOverVoucher]) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(b"huiyin/voucher-run/v1\n");
    for voucher in vouchers {
        let reverses = voucher.reverses().unwrap_or_default();
        let amount = voucher.handed.amount;
        // Names have no tabs and no line breaks.
        hash.update(format!("{}\t{amount}\t{reverses}\n", voucher.identifier()).as_bytes());
    }
    hash.finalize().into()
}

impl Store {
    /// Puts a run on record. Of two that were thought of at the same time only one is: they have the same number.
    ///
    /// # Errors
    ///
    /// [`WriteError::Duplicate`] when a run has been made since, or one of the vouchers was handed over; nothing is written then.
    pub async fn hand_over(&self, run: &NewVoucherRun) -> Result<VoucherRun, HandOverError> {
        let mut values: Vec<Arg> = Vec::new();
        for (line, voucher) in (1..).zip(&run.vouchers) {
            let owner = KeyOwner::Case(voucher.case);
            let key = self.data_key(owner).await?;
            let key = key.ok_or(ReadError::Unreadable(Unreadable::Erased))?;
            values.extend(self.values(run.number, line, voucher, &key));
        }
        let args = [
            run.number.into(),
            run.by.to_string().into(),
            run.at.as_microsecond().into(),
            run.format.as_str().into(),
            run.language.as_str().into(),
            i64::try_from(run.vouchers.len()).unwrap_or(i64::MAX).into(),
            run.content_hash().into(),
        ];
        let statements = vec![
            Statement::new(INSERT_RUN, args),
            VOUCHERS.statement(self.engine(), values),
        ];
        self.write(statements).await?;
        Ok(VoucherRun {
            number: run.number,
            by: run.by,
            at: run.at,
            format: run.format.clone(),
            language: run.language.clone(),
            count: u32::try_from(run.vouchers.len()).unwrap_or(u32::MAX),
            content_hash: run.content_hash(),
        })
    }

    /// The runs of which `access` reaches every case, the last first.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn voucher_runs(
        &self,
        access: &Access,
        runs_max: u32,
    ) -> Result<Vec<VoucherRun>, ReadError> {
        let mut text = SqlText::default();
        text.push(RUNS).push("> 0");
        reached(access, &mut text);
        text.push(" ORDER BY number DESC").limit(runs_max);
        let rows = self.inner.readers.all(text.statement()).await?;
        rows.iter().map(run).collect()
    }

    /// A run with its vouchers, if there is one of which `access` reaches every case.
    ///
    /// # Errors
    ///
    /// When the database can't be read, a case of the run was erased, or the run is not as it was made.
    pub async fn voucher_run(
        &self,
        access: &Access,
        number: u32,
    ) -> Result<Option<(VoucherRun, Vec<HandedOverVoucher>)>, ReadError> {
        let mut text = SqlText::default();
        text.push(RUNS).push("= ").value(number);
        reached(access, &mut text);
        let rows = self.inner.readers.all(text.statement()).await?;
        let Some(found) = rows.first() else {
            return Ok(None);
        };
        let run = run(found)?;
        let mut vouchers = Vec::new();
        let rows = self.read(OF_RUN, [number.into()]).await?;
        for row in rows.iter() {
            let case = parsed("case_id", row.try_get(0)?)?;
            let key = self.data_key(KeyOwner::Case(case)).await?;
            let key = key.ok_or(Unreadable::Erased)?;
            vouchers.push(handed_over(row, case, &key)?);
        }
        if content_hash(&vouchers) != run.content_hash {
            return Err(ReadError::Corrupt {
                column: "content_hash",
                value: number.to_string(),
            });
        }
        Ok(Some((run, vouchers)))
    }

    fn values(&self, run: u32, line: u32, voucher: &HandedOverVoucher, key: &DataKey) -> [Arg; 12] {
        let owner = KeyOwner::Case(voucher.case).to_string();
        let sealed = seal(
            key,
            place(&run.to_string(), line, &owner),
            voucher.id.as_bytes(),
        );
        [
            run.into(),
            line.into(),
            voucher.case.to_string().into(),
            voucher.policy.as_str().into(),
            voucher.policy_version.into(),
            voucher.voucher.as_str().into(),
            self.inner.subkeys.voucher_index(&voucher.id).into(),
            voucher.handed.nth.into(),
            voucher.handed.amount.cents().into(),
            voucher.handed.reverses.into(),
            voucher.settled_at.as_microsecond().into(),
            sealed.into(),
        ]
    }
}

/// Leaves out the runs that have a case which `access` doesn't reach.
fn reached(access: &Access, text: &mut SqlText) {
    text.push(" AND NOT EXISTS (SELECT 1 FROM vouchers_handed_over AS handed WHERE handed.run = runs.number \
               AND handed.case_id NOT IN (SELECT cases.case_id FROM cases WHERE 1 = 1");
    access.condition(text);
    text.push("))");
}

/// Where the identifier of a voucher of a run is kept.
fn place<'a>(run: &'a str, line: u32, key: &'a str) -> Place<'a> {
    Place {
        table: "vouchers_handed_over",
        column: "sealed",
        row: run,
        seq: line,
        key,
    }
}

/// The identifier in a row with run, line and sealed text in columns 6 to 8.
pub(super) fn identifier(row: &Row<'_>, case: CaseId, key: &DataKey) -> Result<String, ReadError> {
    identifier_at(row, (6, 7, 8), case, key)
}

fn identifier_at(
    row: &Row<'_>,
    (run, line, sealed): (usize, usize, usize),
    case: CaseId,
    key: &DataKey,
) -> Result<String, ReadError> {
    let run = row.try_get::<i64>(run)?.to_string();
    let line = count("line", row.try_get(line)?)?;
    let owner = KeyOwner::Case(case).to_string();
    text(open(key, place(&run, line, &owner), row.try_get(sealed)?)?)
}

fn run(row: Row<'_>) -> Result<VoucherRun, ReadError> {
    let hash: &[u8] = row.try_get(6)?;
    Ok(VoucherRun {
        number: count("number", row.try_get(0)?)?,
        by: parsed("made_by", row.try_get(1)?)?,
        at: instant("made_at_us", row.try_get(2)?)?,
        format: row.try_get(3)?,
        language: row.try_get(4)?,
        count: count("handed_over", row.try_get(5)?)?,
        content_hash: Hash::try_from(hash).map_err(|_| ReadError::Corrupt {
            column: "content_hash",
            value: format!("{} bytes", hash.len()),
        })?,
    })
}

fn handed_over(row: Row<'_>, case: CaseId, key: &DataKey) -> Result<HandedOverVoucher, ReadError> {
    let reverses = row.try_get::<Option<i64>>(10)?;
    let amount = money("amount_cents", row.try_get(2)?)?;
    Ok(HandedOverVoucher {
        case,
        id: identifier_at(&row, (5, 6, 7), case, key)?,
        handed: HandOver {
            nth: count("nth", row.try_get(1)?)?,
            amount,
            reverses: reverses.map(|nth| count("reverses", nth)).transpose()?,
        },
        voucher: VoucherId::new(row.try_get::<&str>(3)?),
        settled_at: instant("settled_at_us", row.try_get(4)?)?,
        policy: PolicyId::new(row.try_get::<&str>(8)?),
        policy_version: count("policy_version", row.try_get(9)?)?,
        number: row
            .try_get::<Option<&str>>(11)?
            .unwrap_or_default()
            .to_owned(),
    })
}

/// Why a run was not made.
#[derive(Debug, thiserror::Error)]
pub enum HandOverError {
    /// What seals the identifiers can't be read.
    #[error("the keys can't be read")]
    Read(#[from] ReadError),
    /// It can't be written, or another run was faster.
    #[error("the run can't be written")]
    Write(#[from] WriteError),
}
