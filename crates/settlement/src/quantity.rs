//! Quantities of goods, hours, base points.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::decimal::{AmountProblem, OutOfBounds, parse_not_negative};
use crate::money::Money;

/// How many of something: not below zero, with six decimal places at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(Decimal);

impl Quantity {
    /// The number.
    pub const fn to_decimal(self) -> Decimal {
        self.0
    }

    /// So many times a unit price, exactly; it may be finer than a cent.
    ///
    /// # Errors
    ///
    /// When it is too large.
    pub fn at(self, unit_price: Money) -> Result<Money, OutOfBounds> {
        self.0
            .checked_mul(unit_price.to_decimal())
            .ok_or(OutOfBounds)
            .and_then(Money::from_decimal)
    }
}

impl From<u32> for Quantity {
    fn from(number: u32) -> Quantity {
        Quantity(Decimal::from(number))
    }
}

impl FromStr for Quantity {
    type Err = AmountProblem;

    fn from_str(text: &str) -> Result<Quantity, AmountProblem> {
        parse_not_negative(text, 6).map(Quantity)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.normalize().to_string())
    }
}
