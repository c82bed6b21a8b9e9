//! Amounts of money.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::decimal::{AmountProblem, OutOfBounds, in_bounds, parse};

/// An exact amount in Chinese yuan, at most a thousand million million either side of zero.
///
/// A product such as a price times a percentage may be finer than a cent; it stays exact until
/// [`Money::to_cent`]. Written, an amount always has two decimal places.
///
/// ```
/// use huiyin_settlement::Money;
///
/// let loss: Money = "100000.01".parse()?;
/// assert_eq!(loss.to_string(), "100000.01");
/// assert!("0.001".parse::<Money>().is_err());
/// # Ok::<(), huiyin_settlement::AmountProblem>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(Decimal);

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(Decimal::ZERO);
    /// The smallest amount that is paid, 0.01 yuan.
    pub const CENT: Money = Money(Decimal::from_parts(1, 0, 0, false, 2));

    /// Whole yuan.
    pub fn yuan(yuan: i32) -> Money {
        Money(Decimal::from(yuan))
    }

    /// An exact decimal of yuan.
    ///
    /// # Errors
    ///
    /// When it is too large.
    pub fn from_decimal(yuan: Decimal) -> Result<Money, OutOfBounds> {
        in_bounds(yuan).map(Money)
    }

    /// The amount as a decimal of yuan.
    pub const fn to_decimal(self) -> Decimal {
        self.0
    }

    /// So many cents.
    ///
    /// # Errors
    ///
    /// When it is too large.
    pub fn from_cents(cents: i64) -> Result<Money, OutOfBounds> {
        Money::from_decimal(Decimal::new(cents, 2))
    }

    /// The amount in cents, rounded as [`Money::to_cent`] does.
    pub fn cents(self) -> i64 {
        let cents = self.to_cent().0 * Decimal::ONE_HUNDRED;
        i64::try_from(cents).expect("an amount in bounds has few cents")
    }

    /// The amount rounded to the cent; half a cent goes away from zero (四舍五入).
    pub fn to_cent(self) -> Money {
        Money(
            self.0
                .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero),
        )
    }

    /// Whether the amount is below zero.
    pub fn is_negative(self) -> bool {
        self.0 < Decimal::ZERO
    }

    /// The same amount on the other side of zero.
    #[must_use]
    pub fn reversed(self) -> Money {
        Money(-self.0)
    }

    /// The sum of two amounts.
    ///
    /// # Errors
    ///
    /// When it is too large.
    pub fn plus(self, other: Money) -> Result<Money, OutOfBounds> {
        self.0
            .checked_add(other.0)
            .ok_or(OutOfBounds)
            .and_then(Money::from_decimal)
    }

    /// The difference of two amounts.
    ///
    /// # Errors
    ///
    /// When it is too large.
    pub fn minus(self, other: Money) -> Result<Money, OutOfBounds> {
        self.plus(other.reversed())
    }

    /// The sum of all amounts; zero of none.
    ///
    /// # Errors
    ///
    /// When it is too large.
    pub fn sum(amounts: impl IntoIterator<Item = Money>) -> Result<Money, OutOfBounds> {
        amounts.into_iter().try_fold(Money::ZERO, Money::plus)
    }
}

impl FromStr for Money {
    type Err = AmountProblem;

    /// Reads yuan with two decimal places at most, without separators or a currency sign.
    fn from_str(text: &str) -> Result<Money, AmountProblem> {
        parse(text, 2).map(Money)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cents = self.to_cent().0;
        let cents = if cents.is_zero() {
            Decimal::ZERO
        } else {
            cents
        };
        f.pad(&format!("{cents:.2}"))
    }
}
