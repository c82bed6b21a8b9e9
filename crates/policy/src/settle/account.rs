//! What is owed, month by month.

use std::collections::BTreeMap;

use huiyin_settlement::{Money, carry_over, room};
use indexmap::IndexMap;

use super::cell::{Cell, Month};
use super::evaluate::Evaluation;
use super::problem::{Problem, Wrong};
use super::result::{Charge, Row, Settled, SettledAccount, SettledCharge, SettledMonth};
use super::scope::Scope;
use crate::model::{Account, AccountId, Cap, ColumnId, ColumnPath, Owed, Policy};

/// Works out all accounts, or what a form charges to them.
pub(super) fn accounts(
    policy: &Policy,
    settled: Settled,
    scope: Scope<'_>,
) -> Result<Settled, Vec<Problem>> {
    let evaluation = Evaluation {
        policy,
        done: settled.sheets,
        open: settled.open,
    };
    let mut accounts = IndexMap::new();
    let accounts_asked = policy.settlement.accounts.iter();
    for (id, account) in accounts_asked.filter(|_| scope.accounts()) {
        let people = evaluation
            .account(account)
            .map_err(|problem| vec![problem])?;
        accounts.insert(id.clone(), people);
    }
    let mut charges = Vec::new();
    for id in scope.charged() {
        let charged = policy.settlement.accounts.get(id);
        let charged = charged.map(|account| evaluation.charged(id, account));
        let charged = charged.transpose().map_err(|problem| vec![problem])?;
        charges.extend(charged.into_iter().flatten());
    }
    Ok(Settled {
        sheets: evaluation.done,
        accounts,
        charges,
        vouchers: settled.vouchers,
        open: evaluation.open,
    })
}

impl Evaluation<'_> {
    fn account(&self, account: &Account) -> Result<Vec<SettledAccount>, Problem> {
        let mut charges: BTreeMap<String, Vec<Charge>> = BTreeMap::new();
        for owed in &account.of {
            for row in &self.table(&owed.sheet).rows {
                let (who, charge) = self.charge(owed, row)?;
                charges.entry(who).or_default().push(charge);
            }
        }
        charges.retain(|_, charges| charges.iter().any(|charge| charge.amount > Money::ZERO));
        if charges.is_empty() {
            return Ok(Vec::new());
        }
        let from = self.first_month(account)?;
        let known = self.rows_by_person(&account.cap)?;
        let person = |(who, charges): (String, Vec<Charge>)| {
            let rows = known.get(&who).map_or(&[][..], Vec::as_slice);
            self.person(&account.cap, who, charges, (from, rows))
        };
        charges.into_iter().map(person).collect()
    }

    /// What a form charges: the rows of those of its sheets that the account is of. An amount of zero is none.
    fn charged(&self, id: &AccountId, account: &Account) -> Result<Vec<SettledCharge>, Problem> {
        let open = self.open_rows();
        let mut charged = Vec::new();
        for owed in &account.of {
            let table = self.done.get(&owed.sheet).into_iter();
            for row in table.flat_map(|table| &table.rows) {
                let (who, charge) = self.charge(owed, row)?;
                if charge.amount == Money::ZERO {
                    continue;
                }
                let filled = self.filled(&owed.amount, &owed.sheet, row);
                let clause = filled.and_then(|filled| filled.clause.clone());
                charged.push(SettledCharge {
                    account: id.clone(),
                    who,
                    from: self.first_month(account)?,
                    charge,
                    working: filled.and_then(|filled| Some(filled.why.as_ref()?.to_string())),
                    clause: clause.unwrap_or_else(|| account.clause.clone()),
                    held: self.is_open(&owed.sheet, row, &open),
                });
            }
        }
        Ok(charged)
    }

    fn charge(&self, owed: &Owed, row: &Row) -> Result<(String, Charge), Problem> {
        let who = self.needed(&owed.who, &owed.sheet, row, owed.sheet.as_str())?;
        let amount = self.needed(&owed.amount, &owed.sheet, row, owed.sheet.as_str())?;
        let amount = amount.money().unwrap_or_default();
        if amount.is_negative() {
            return Err(super::evaluate::negative(amount, &owed.amount, row));
        }
        let charge = Charge {
            column: owed.amount.clone(),
            sheet: owed.sheet.clone(),
            row: row.name.clone(),
            amount,
        };
        Ok((who.to_string(), charge))
    }

    /// The month of the first taking.
    fn first_month(&self, account: &Account) -> Result<Month, Problem> {
        let single = &self.table(&account.from.sheet).rows;
        let nobody = single.first().expect("a single row is always there");
        let from = self.needed(
            &account.from,
            &account.from.sheet,
            nobody,
            account.cap.sheet.as_str(),
        )?;
        match from {
            Cell::Month(from) => Ok(*from),
            _ => Err(self.missing(&account.from, &account.from, nobody)),
        }
    }

    /// The rows that limit what is taken, by the person they are about.
    fn rows_by_person(&self, cap: &Cap) -> Result<BTreeMap<String, Vec<&Row>>, Problem> {
        let mut rows: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
        let path = ColumnPath::new(&cap.sheet, &cap.who);
        for row in &self.table(&cap.sheet).rows {
            let who = self.needed(&path, &cap.sheet, row, cap.sheet.as_str())?;
            rows.entry(who.to_string()).or_default().push(row);
        }
        Ok(rows)
    }

    fn person(
        &self,
        cap: &Cap,
        who: String,
        charges: Vec<Charge>,
        (from, rows): (Month, &[&Row]),
    ) -> Result<SettledAccount, Problem> {
        let too_large = || {
            let needed_for = who.clone();
            Problem::new(cap.sheet.as_str(), Wrong::OutOfBounds { needed_for })
        };
        let owed = Money::sum(charges.iter().map(|charge| charge.amount));
        let owed = owed.map_err(|_| too_large())?;
        let known = self.months(cap, rows, from)?;
        let mut rooms = Vec::with_capacity(known.len());
        for (_, of, used) in &known {
            rooms.push(room(*of, cap.at, *used).map_err(|_| too_large())?);
        }
        let months: Vec<SettledMonth> = carry_over(owed, &rooms)
            .into_iter()
            .zip(&known)
            .map(|(taken, (month, of, used))| SettledMonth {
                month: *month,
                of: *of,
                used: *used,
                room: taken.room,
                owed: taken.owed,
                taken: taken.taken,
                rest: taken.rest,
            })
            .collect();
        Ok(SettledAccount {
            owed,
            charges,
            left: months.last().map_or(owed, |month| month.rest),
            left_from: months.last().map_or(from, |month| month.month.next()),
            months,
            who,
        })
    }

    /// The months of one person from `from` on, in order and without a gap: amount and what was taken of it.
    fn months(
        &self,
        cap: &Cap,
        rows: &[&Row],
        from: Month,
    ) -> Result<Vec<(Month, Money, Money)>, Problem> {
        let needed = |row: &Row, column: &ColumnId| {
            let path = ColumnPath::new(&cap.sheet, column);
            let needed_for = cap.sheet.as_str();
            self.needed(&path, &cap.sheet, row, needed_for).cloned()
        };
        let mut months = BTreeMap::new();
        for row in rows {
            let Cell::Month(month) = needed(row, &cap.month)? else {
                continue;
            };
            if month < from {
                continue;
            }
            let of = needed(row, &cap.of)?.money().unwrap_or_default();
            let used = cap.used.as_ref().and_then(|used| row.cells.get(used));
            let used = used.and_then(|filled| filled.cell.money());
            months.insert(month, (of, used.unwrap_or_default(), row.path.clone()));
        }
        let mut expected = from;
        let mut in_order = Vec::with_capacity(months.len());
        for (month, (of, used, path)) in months {
            if month != expected {
                let month = expected.to_string();
                return Err(Problem::new(path, Wrong::MonthGap { month }));
            }
            in_order.push((month, of, used));
            expected = month.next();
        }
        Ok(in_order)
    }
}
