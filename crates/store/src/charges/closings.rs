//! Months that were closed: what each took of whom, so that it can be fetched again as it was.

use huiyin_case::id::{CaseId, PersonId};
use huiyin_policy::model::{ClauseId, SheetId};
use huiyin_policy::settle::{Bonus, Deducted, Deduction, Month, OpenCharge};
use huiyin_settlement::{Money, Taken};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::bonuses::INSERT_ACT;
use super::derived::month;
use super::open::tag;
use super::{AccountKey, ChargeOf, Named, owner};
use crate::bulk::Column::{Bytes, Int, Text};
use crate::bulk::{Begin, Insert};
use crate::chain::Hash;
use crate::crypto::{DataKey, KeyOwner, Place, Unreadable};
use crate::engine::Row;
use crate::read::{Access, ReadError, count, instant, money, parsed};
use crate::statement::{Arg, Statement, Text as SqlText};
use crate::store::Store;
use crate::writer::WriteError;

const PEOPLE: Insert = Insert {
    begin: Begin::Add,
    table: "account_people",
    columns: &[
        Text("policy"),
        Text("account"),
        Int("number"),
        Int("person"),
        Int("bonus_cents"),
        Int("used_cents"),
        Int("room_cents"),
    ],
    then: "",
};
const TAKINGS: Insert = Insert {
    begin: Begin::Add,
    table: "account_takings",
    columns: &[
        Text("policy"),
        Text("account"),
        Int("number"),
        Int("line"),
        Int("person"),
        Text("case_id"),
        Int("policy_version"),
        Text("sheet"),
        Bytes("tag"),
        Int("amount_cents"),
        Int("before_cents"),
        Int("taken_cents"),
        Text("from_month"),
        Text("clause"),
        Int("charged_at_us"),
        Bytes("sealed"),
    ],
    then: "",
};
/// Closed months of an account, with conditions to follow.
const CLOSINGS: &str = "SELECT acts.number, acts.month, acts.policy_version, acts.made_by, acts.made_at_us, acts.format, acts.language, acts.people, \
    acts.content_hash, (SELECT CAST(COALESCE(SUM(takings.taken_cents), 0) AS BIGINT) FROM account_takings AS takings WHERE takings.policy = acts.policy \
    AND takings.account = acts.account AND takings.number = acts.number) FROM account_acts AS acts WHERE acts.closes = 1 AND acts.policy = ";
const OF_CLOSING: &str = "SELECT takings.line, takings.person, takings.case_id, takings.policy_version, takings.sheet, takings.tag, takings.amount_cents, \
    takings.before_cents, takings.taken_cents, takings.from_month, takings.clause, takings.charged_at_us, takings.sealed, cases.number, \
    people.bonus_cents, people.used_cents, people.room_cents FROM account_takings AS takings JOIN cases ON cases.case_id = takings.case_id \
    JOIN account_people AS people ON people.policy = takings.policy AND people.account = takings.account AND people.number = takings.number \
    AND people.person = takings.person WHERE takings.policy = $1 AND takings.account = $2 AND takings.number = $3 ORDER BY takings.line";
/// Where what a closing took is kept, without its row.
pub(super) const PLACE: Place<'static> = Place {
    table: "account_takings",
    column: "sealed",
    row: "",
    seq: 0,
    key: "",
};

/// A month to be closed: what it takes of whom, and in which form its table is given out.
#[derive(Debug, Clone)]
pub struct NewClosing {
    /// The account.
    pub of: AccountKey,
    /// Number of the act: the one after the last that was seen.
    pub number: u32,
    /// The month.
    pub month: Month,
    /// The version of the policy whose limit counts.
    pub policy_version: u32,
    /// Who closes it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Form of the table, such as `csv`.
    pub format: String,
    /// Language of its headings.
    pub language: String,
    /// What is taken of whom.
    pub people: Vec<Deduction<ChargeOf>>,
}

/// A month that was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Number of the act.
    pub number: u32,
    /// The month.
    pub month: Month,
    /// The version of the policy whose limit counted.
    pub policy_version: u32,
    /// Who closed it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Form of the table that was given out.
    pub format: String,
    /// Language of its headings.
    pub language: String,
    /// Of how many people something was owed.
    pub people: u32,
    /// What was taken of them all.
    pub taken: Money,
    /// What it holds: SHA-256 over people, amounts and charges.
    pub content_hash: [u8; 32],
}

impl NewClosing {
    /// What it holds: SHA-256 over people, amounts and charges, in order.
    pub fn content_hash(&self) -> [u8; 32] {
        content_hash(&self.people)
    }

    /// What is taken of them all.
    ///
    /// # Errors
    ///
    /// When it is too large.
    pub fn taken(&self) -> Result<Money, ReadError> {
        let taken = Money::sum(self.people.iter().map(|person| person.month.taken));
        taken.map_err(|_| too_large())
    }
}

fn content_hash(people: &[Deduction<ChargeOf>]) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(b"huiyin/closing/v1\n");
    for person in people {
        let Taken {
            owed,
            room,
            taken,
            rest,
        } = person.month;
        // Names have no tabs and no line breaks.
        let line = format!("{}\t{owed}\t{room}\t{taken}\t{rest}\n", person.who);
        hash.update(line.as_bytes());
        for one in &person.charges {
            let OpenCharge {
                amount, before, of, ..
            } = &one.charge;
            let line = format!(
                "\t{}\t{}\t{}\t{amount}\t{before}\t{}\n",
                of.case, of.sheet, of.row, one.taken
            );
            hash.update(line.as_bytes());
        }
    }
    hash.finalize().into()
}

impl Store {
    /// Puts a closed month on record. Of two acts that were thought of at the same time only one is, and no month is closed twice.
    ///
    /// # Errors
    ///
    /// [`WriteError::Duplicate`] when something was entered or closed since; nothing is written then.
    pub async fn close_month(&self, new: &NewClosing) -> Result<Closing, CloseError> {
        let mut people: Vec<Arg> = Vec::new();
        let mut takings: Vec<Arg> = Vec::new();
        let mut line = 0;
        for (person, deduction) in (1_u32..).zip(&new.people) {
            let bonus = deduction.bonus;
            people.extend([
                new.of.policy.as_str().into(),
                new.of.account.as_str().into(),
                new.number.into(),
                person.into(),
                bonus.map(|bonus| bonus.of.cents()).into(),
                bonus.map(|bonus| bonus.used.cents()).into(),
                deduction.month.room.cents().into(),
            ]);
            for taking in &deduction.charges {
                line += 1;
                let key = self.data_key(KeyOwner::Case(taking.charge.of.case)).await?;
                let key = key.ok_or(ReadError::Unreadable(Unreadable::Erased))?;
                takings.extend(values(new, line, person, taking, &key));
            }
        }
        let count = u32::try_from(new.people.len()).unwrap_or(u32::MAX);
        let act = [
            new.of.policy.as_str().into(),
            new.of.account.as_str().into(),
            new.number.into(),
            true.into(),
            new.month.to_string().into(),
            new.policy_version.into(),
            new.by.to_string().into(),
            new.at.as_microsecond().into(),
            new.format.as_str().into(),
            new.language.as_str().into(),
            count.into(),
            Some(new.content_hash()).into(),
            None::<Vec<u8>>.into(),
        ];
        let statements = vec![
            Statement::new(INSERT_ACT, act),
            PEOPLE.statement(self.engine(), people),
            TAKINGS.statement(self.engine(), takings),
        ];
        self.write(statements).await?;
        Ok(Closing {
            number: new.number,
            month: new.month,
            policy_version: new.policy_version,
            by: new.by,
            at: new.at,
            format: new.format.clone(),
            language: new.language.clone(),
            people: count,
            taken: new.taken()?,
            content_hash: new.content_hash(),
        })
    }

    /// The closed months of an account of which `access` reaches every case, the last first.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn closings(
        &self,
        access: &Access,
        of: &AccountKey,
        closings_max: u32,
    ) -> Result<Vec<Closing>, ReadError> {
        let mut text = closings_of(access, of);
        text.push(" ORDER BY acts.number DESC").limit(closings_max);
        let rows = self.inner.readers.all(text.statement()).await?;
        rows.iter().map(closing).collect()
    }

    /// A closed month with what it took, if `access` reaches every case of it.
    ///
    /// # Errors
    ///
    /// When the database can't be read, a case of the month was erased, or it is not as it was closed.
    pub async fn closing(
        &self,
        access: &Access,
        of: &AccountKey,
        month: Month,
    ) -> Result<Option<(Closing, Vec<Deduction<ChargeOf>>)>, ReadError> {
        let mut text = closings_of(access, of);
        text.push(" AND acts.month = ").value(month.to_string());
        let rows = self.inner.readers.all(text.statement()).await?;
        let Some(found) = rows.first() else {
            return Ok(None);
        };
        let closing = closing(found)?;
        let args = [
            of.policy.as_str().into(),
            of.account.as_str().into(),
            closing.number.into(),
        ];
        let at = taking_place(of, closing.number);
        let mut people: Vec<(u32, Deduction<ChargeOf>)> = Vec::new();
        for row in self.read(OF_CLOSING, args).await?.iter() {
            let case = parsed("case_id", row.try_get(2)?)?;
            let key = self.data_key(KeyOwner::Case(case)).await?;
            let key = key.ok_or(Unreadable::Erased)?;
            let taking = taking(&row, &at, case, &key)?;
            let person = count("person", row.try_get(1)?)?;
            if people.last().is_none_or(|(last, _)| *last != person) {
                people.push((person, nobody_yet(&row, &taking.charge.who)?));
            }
            if let Some((_, last)) = people.last_mut() {
                last.charges.push(taking);
            }
        }
        let people = people.into_iter().map(|(_, person)| summed(person));
        let people: Vec<Deduction<ChargeOf>> = people.collect::<Result<_, _>>()?;
        if content_hash(&people) != closing.content_hash {
            return Err(ReadError::Corrupt {
                column: "content_hash",
                value: month.to_string(),
            });
        }
        Ok(Some((closing, people)))
    }
}

/// Leaves out the closed months that have a case which `access` doesn't reach.
fn closings_of(access: &Access, of: &AccountKey) -> SqlText {
    let mut text = SqlText::default();
    text.push(CLOSINGS)
        .value(of.policy.as_str())
        .push(" AND acts.account = ")
        .value(of.account.as_str())
        .push(
            " AND NOT EXISTS (SELECT 1 FROM account_takings AS takings WHERE takings.policy = acts.policy AND takings.account = acts.account \
             AND takings.number = acts.number AND takings.case_id NOT IN (SELECT cases.case_id FROM cases WHERE 1 = 1",
        );
    access.condition(&mut text);
    text.push("))");
    text
}

/// In which row of its table a seal says that it is: the act.
pub(super) fn taking_place(of: &AccountKey, number: u32) -> String {
    format!("{}/{}/{number}", of.policy, of.account)
}

fn values(
    new: &NewClosing,
    line: u32,
    person: u32,
    taking: &Deducted<ChargeOf>,
    key: &DataKey,
) -> [Arg; 16] {
    let charge = &taking.charge;
    let (row, owner) = (taking_place(&new.of, new.number), owner(charge.of.case));
    let place = Place {
        row: &row,
        seq: line,
        key: &owner,
        ..PLACE
    };
    let named = Named {
        who: charge.who.clone(),
        row: charge.of.row.clone(),
        working: charge.of.working.clone(),
    };
    [
        new.of.policy.as_str().into(),
        new.of.account.as_str().into(),
        new.number.into(),
        line.into(),
        person.into(),
        charge.of.case.to_string().into(),
        charge.of.policy_version.into(),
        charge.of.sheet.as_str().into(),
        charge.of.tag.into(),
        charge.amount.cents().into(),
        charge.before.cents().into(),
        taking.taken.cents().into(),
        charge.from.to_string().into(),
        charge.of.clause.as_str().into(),
        charge.of.charged_at.as_microsecond().into(),
        named.seal(key, place).into(),
    ]
}

fn taking(
    row: &Row<'_>,
    at: &str,
    case: CaseId,
    key: &DataKey,
) -> Result<Deducted<ChargeOf>, ReadError> {
    let owner = owner(case);
    let place = Place {
        row: at,
        seq: count("line", row.try_get(0)?)?,
        key: &owner,
        ..PLACE
    };
    let named = Named::open(key, place, row.try_get(12)?)?;
    let number = row.try_get::<Option<&str>>(13)?;
    let charge = OpenCharge {
        who: named.who,
        amount: money("amount_cents", row.try_get(6)?)?,
        before: money("before_cents", row.try_get(7)?)?,
        from: month(row.try_get(9)?)?,
        of: ChargeOf {
            case,
            number: number.unwrap_or_default().to_owned(),
            policy_version: count("policy_version", row.try_get(3)?)?,
            tag: tag(row.try_get(5)?)?,
            sheet: SheetId::new(row.try_get::<&str>(4)?),
            row: named.row,
            working: named.working,
            clause: ClauseId::new(row.try_get::<&str>(10)?),
            charged_at: instant("charged_at_us", row.try_get(11)?)?,
        },
    };
    let taken = money("taken_cents", row.try_get(8)?)?;
    Ok(Deducted { charge, taken })
}

/// A person of a closed month before his charges are added up.
fn nobody_yet(row: &Row<'_>, who: &str) -> Result<Deduction<ChargeOf>, ReadError> {
    let bonus = row.try_get::<Option<i64>>(14)?;
    let bonus = bonus.map(|of| {
        let used = row.try_get::<Option<i64>>(15)?.unwrap_or_default();
        Ok::<_, ReadError>(Bonus {
            of: money("bonus_cents", of)?,
            used: money("used_cents", used)?,
        })
    });
    Ok(Deduction {
        who: who.to_owned(),
        bonus: bonus.transpose()?,
        month: Taken {
            owed: Money::ZERO,
            room: money("room_cents", row.try_get(16)?)?,
            taken: Money::ZERO,
            rest: Money::ZERO,
        },
        charges: Vec::new(),
    })
}

fn summed(mut person: Deduction<ChargeOf>) -> Result<Deduction<ChargeOf>, ReadError> {
    for one in &person.charges {
        let left = one.charge.left().map_err(|_| too_large())?;
        let month = &mut person.month;
        month.owed = month.owed.plus(left).map_err(|_| too_large())?;
        month.taken = month.taken.plus(one.taken).map_err(|_| too_large())?;
    }
    let rest = person.month.owed.minus(person.month.taken);
    person.month.rest = rest.map_err(|_| too_large())?;
    Ok(person)
}

fn closing(row: Row<'_>) -> Result<Closing, ReadError> {
    let hash: &[u8] = row.try_get::<Option<&[u8]>>(8)?.unwrap_or_default();
    Ok(Closing {
        number: count("number", row.try_get(0)?)?,
        month: month(row.try_get(1)?)?,
        policy_version: count("policy_version", row.try_get(2)?)?,
        by: parsed("made_by", row.try_get(3)?)?,
        at: instant("made_at_us", row.try_get(4)?)?,
        format: row.try_get(5)?,
        language: row.try_get(6)?,
        people: count("people", row.try_get(7)?)?,
        taken: money("taken_cents", row.try_get(9)?)?,
        content_hash: Hash::try_from(hash).map_err(|_| ReadError::Corrupt {
            column: "content_hash",
            value: format!("{} bytes", hash.len()),
        })?,
    })
}

fn too_large() -> ReadError {
    ReadError::Corrupt {
        column: "taken_cents",
        value: "a sum that is too large".to_owned(),
    }
}

/// Why a month was not closed.
#[derive(Debug, thiserror::Error)]
pub enum CloseError {
    /// What seals the names can't be read.
    #[error("the keys can't be read")]
    Read(#[from] ReadError),
    /// It can't be written, or somebody was faster.
    #[error("the month can't be closed")]
    Write(#[from] WriteError),
}
