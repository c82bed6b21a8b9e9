//! What is taken month by month up to a limit, and what is carried over.

use rust_decimal::RoundingStrategy;

use crate::decimal::OutOfBounds;
use crate::money::Money;
use crate::percent::Percent;

/// One month of an account. What was taken too much before is owed below zero, and given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What was owed at the beginning of the month.
    pub owed: Money,
    /// The most that could be taken in it.
    pub room: Money,
    /// What is taken.
    pub taken: Money,
    /// What is carried to the next month.
    pub rest: Money,
}

impl Taken {
    /// Takes what is owed, at most the room of the month. Below zero it is given back in full: no limit protects anybody from that.
    pub fn of(owed: Money, room: Money) -> Taken {
        let room = room.max(Money::ZERO);
        let taken = owed.min(room);
        let rest = owed
            .minus(taken)
            .expect("less than an amount that is in bounds");
        Taken {
            owed,
            room,
            taken,
            rest,
        }
    }
}

/// What becomes of each amount when so much of all of them is taken: what is below zero is given back in full, what is above is
/// taken in order, the first first. The parts add up to `taken`, if that is no more than all of them.
///
/// # Errors
///
/// When a sum is too large.
pub fn allot(amounts: &[Money], taken: Money) -> Result<Vec<Money>, OutOfBounds> {
    let given_back = Money::sum(amounts.iter().filter(|one| one.is_negative()).copied())?;
    let mut left = taken.minus(given_back)?;
    let mut parts = Vec::with_capacity(amounts.len());
    for &amount in amounts {
        if amount.is_negative() {
            parts.push(amount);
            continue;
        }
        let part = amount.min(left.max(Money::ZERO));
        left = left.minus(part)?;
        parts.push(part);
    }
    Ok(parts)
}

/// The most that may be taken of a bonus: a percentage of it in whole cents, never above, less what was taken already.
///
/// # Errors
///
/// When the percentage of it is too large.
pub fn room(bonus: Money, at_most: Percent, used: Money) -> Result<Money, OutOfBounds> {
    let most = at_most.of(bonus)?.to_decimal();
    let most = Money::from_decimal(most.round_dp_with_strategy(2, RoundingStrategy::ToZero))?;
    let left = most.minus(used)?;
    Ok(left.max(Money::ZERO))
}

/// Takes what is owed out of the room of each month in turn, until nothing is owed or no month is left.
///
/// A month in which nothing is owed any more is left out. What the last month leaves stays owed.
///
/// ```
/// use huiyin_settlement::{Money, carry_over};
///
/// let months = carry_over("100".parse()?, &["60".parse()?, "60".parse()?, "60".parse()?]);
/// let taken: Vec<String> = months.iter().map(|month| month.taken.to_string()).collect();
/// assert_eq!(taken, ["60.00", "40.00"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn carry_over(owed: Money, rooms: &[Money]) -> Vec<Taken> {
    let mut owed = owed;
    let mut months = Vec::new();
    for &room in rooms {
        if owed <= Money::ZERO {
            break;
        }
        let month = Taken::of(owed, room);
        owed = month.rest;
        months.push(month);
    }
    months
}
