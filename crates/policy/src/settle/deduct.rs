//! What a month takes of everything that is owed to an account: the figures of one closing (P3.31).
//!
//! The same functions work it out for the rows of a file ([`super::settle`]): what is taken is limited by
//! [`huiyin_settlement::room`] and carried on by [`huiyin_settlement::Taken`].

use std::collections::BTreeMap;

use huiyin_settlement::{Money, OutOfBounds, Percent, Taken, allot, room};

use super::bonus::{Bonus, Bonuses};
use super::cell::Month;

/// A charge, with what earlier months took of it. What it stands for is the caller's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCharge<T> {
    /// Who owes it.
    pub who: String,
    /// The amount that is owed in all; zero if it was taken back.
    pub amount: Money,
    /// What earlier months took of it.
    pub before: Money,
    /// The month of the first taking.
    pub from: Month,
    /// What it stands for.
    pub of: T,
}

/// What a month takes of a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deducted<T> {
    /// The charge.
    pub charge: OpenCharge<T>,
    /// What is taken now; below zero if it is given back.
    pub taken: Money,
}

/// What a month takes of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduction<T> {
    /// Who.
    pub who: String,
    /// The bonus of the month; `None` if none was entered, and then nothing is taken.
    pub bonus: Option<Bonus>,
    /// What is owed, the most that may be taken, what is taken and what is carried on.
    pub month: Taken,
    /// Charge by charge, the oldest first.
    pub charges: Vec<Deducted<T>>,
}

impl<T> OpenCharge<T> {
    /// What is still owed of it; below zero if more was taken than it is now.
    ///
    /// # Errors
    ///
    /// When it is too large.
    pub fn left(&self) -> Result<Money, OutOfBounds> {
        self.amount.minus(self.before)
    }
}

impl<T> Deducted<T> {
    /// What is still owed of it afterwards.
    ///
    /// # Errors
    ///
    /// When it is too large.
    pub fn rest(&self) -> Result<Money, OutOfBounds> {
        self.charge.left()?.minus(self.taken)
    }
}

/// The month to be closed next: the one after the last that was closed, or a later one if nothing is owed before it; `None` while
/// nothing is owed.
pub fn next_month<T>(closed: Option<Month>, charges: &[OpenCharge<T>]) -> Option<Month> {
    let owed = charges
        .iter()
        .filter(|charge| charge.amount != charge.before);
    let first = owed.map(|charge| charge.from).min()?;
    Some(closed.map_or(first, |closed| closed.next().max(first)))
}

/// What a month takes of these charges. Of one person the oldest charge is taken first, among those of one month in the order
/// given. Charges of later months and those that nothing is owed of any more are left out; people come in the order of their names.
///
/// # Errors
///
/// When a sum is too large.
pub fn deduct<T>(
    at_most: Percent,
    month: Month,
    charges: Vec<OpenCharge<T>>,
    bonuses: &Bonuses,
) -> Result<Vec<Deduction<T>>, OutOfBounds> {
    let mut people: BTreeMap<String, Vec<OpenCharge<T>>> = BTreeMap::new();
    let due = charges.into_iter();
    for charge in due.filter(|charge| charge.from <= month && charge.amount != charge.before) {
        people.entry(charge.who.clone()).or_default().push(charge);
    }
    let mut deductions = Vec::with_capacity(people.len());
    for (who, mut charges) in people {
        charges.sort_by_key(|charge| charge.from);
        let bonus = bonuses.get(&who).copied();
        let room = match bonus {
            Some(bonus) => room(bonus.of, at_most, bonus.used)?,
            None => Money::ZERO,
        };
        let left = charges.iter().map(OpenCharge::left);
        let left: Vec<Money> = left.collect::<Result<_, _>>()?;
        let month = Taken::of(Money::sum(left.iter().copied())?, room);
        let parts = allot(&left, month.taken)?;
        let charges = charges.into_iter().zip(parts);
        let charges = charges.map(|(charge, taken)| Deducted { charge, taken });
        deductions.push(Deduction {
            who,
            bonus,
            month,
            charges: charges.collect(),
        });
    }
    Ok(deductions)
}
