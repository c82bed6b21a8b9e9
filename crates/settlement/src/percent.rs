//! Percentages.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::decimal::{AmountProblem, OutOfBounds, parse_not_negative};
use crate::money::Money;

/// A percentage, not below zero, with four decimal places at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(Decimal);

impl Percent {
    /// The whole.
    pub const HUNDRED: Percent = Percent(Decimal::ONE_HUNDRED);

    /// The number before the percent sign.
    pub const fn to_decimal(self) -> Decimal {
        self.0
    }

    /// The exact percentage of an amount, which may be finer than a cent.
    ///
    /// # Errors
    ///
    /// When it is too large.
    pub fn of(self, amount: Money) -> Result<Money, OutOfBounds> {
        let fraction = self.0.checked_mul(Decimal::new(1, 2)).ok_or(OutOfBounds)?;
        amount
            .to_decimal()
            .checked_mul(fraction)
            .ok_or(OutOfBounds)
            .and_then(Money::from_decimal)
    }

    /// Whether the percentages make up exactly the whole.
    pub fn are_whole(shares: &[Percent]) -> bool {
        shares
            .iter()
            .try_fold(Decimal::ZERO, |sum, share| sum.checked_add(share.0))
            .is_some_and(|sum| sum == Decimal::ONE_HUNDRED)
    }
}

impl FromStr for Percent {
    type Err = AmountProblem;

    /// Reads a number, with or without a percent sign.
    fn from_str(text: &str) -> Result<Percent, AmountProblem> {
        let number = text.strip_suffix('%').unwrap_or(text);
        parse_not_negative(number.trim_end(), 4).map(Percent)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}%", self.0.normalize()))
    }
}
