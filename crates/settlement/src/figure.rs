//! Exact arithmetic over figures that have a unit.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::decimal::in_bounds;
use crate::money::Money;
use crate::percent::Percent;
use crate::quantity::Quantity;

/// The most decimal places of a result. With it and the largest amount, every sum is exact in 28 digits.
const PLACES_MAX: u32 = 12;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Yuan.
    Money,
    /// Pieces, hours, base points: a number without a unit of its own.
    Quantity,
    /// Hundredths of something.
    Percent,
}

/// An exact number with its unit, perhaps below zero.
///
/// ```
/// use huiyin_settlement::{Figure, Money, Quantity};
///
/// let quantity = Figure::from("1000".parse::<Quantity>()?);
/// let price = Figure::from("12.55".parse::<Money>()?);
/// let share = Figure::from("20%".parse::<huiyin_settlement::Percent>()?);
/// let loss = quantity.times(price)?.times(share)?;
/// assert_eq!(loss.money(), Some("2510".parse()?));
/// assert!(price.times(price).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    unit: Unit,
    // INVARIANT: within the largest amount either side of zero, with at most `PLACES_MAX` decimal places.
    number: Decimal,
}

/// Why a calculation has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FigureProblem {
    /// The result is larger than the largest amount, or finer than can be kept exactly.
    #[error("the result is larger than 1,000,000,000,000,000 or has too many decimal places")]
    OutOfBounds,
    /// The units don't go together.
    #[error("the units don't go together")]
    Units {
        /// The first one.
        left: Unit,
        /// The other one.
        right: Unit,
    },
}

impl Unit {
    /// What a product of two counts, if it can count anything: money times money can't.
    pub const fn times(self, other: Unit) -> Option<Unit> {
        match (self, other) {
            (Unit::Money, Unit::Money) => None,
            (Unit::Money, _) | (_, Unit::Money) => Some(Unit::Money),
            (Unit::Percent, Unit::Percent) => Some(Unit::Percent),
            _ => Some(Unit::Quantity),
        }
    }
}

impl Figure {
    /// Nothing of a unit.
    pub const fn zero(unit: Unit) -> Figure {
        Figure {
            unit,
            number: Decimal::ZERO,
        }
    }

    /// What it counts.
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// The number: yuan, pieces, or what stands before the percent sign.
    pub const fn to_decimal(self) -> Decimal {
        self.number
    }

    /// The amount, if it is one; it may be finer than a cent.
    pub fn money(self) -> Option<Money> {
        let amount = Money::from_decimal(self.number).ok();
        amount.filter(|_| self.unit == Unit::Money)
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.number < Decimal::ZERO
    }

    /// An amount rounded to the cent, half a cent away from zero; all else as it is.
    pub fn to_cent(self) -> Figure {
        let number = match self.unit {
            Unit::Money => self
                .number
                .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero),
            _ => self.number,
        };
        Figure { number, ..self }
    }

    /// The product; a percentage counts as so many hundredths.
    ///
    /// # Errors
    ///
    /// Two amounts of money, or a result that can't be kept exactly.
    pub fn times(self, other: Figure) -> Result<Figure, FigureProblem> {
        let units = FigureProblem::Units {
            left: self.unit,
            right: other.unit,
        };
        let unit = self.unit.times(other.unit).ok_or(units)?;
        // Of two percentages one stays before the percent sign.
        let hundredths = match (self.unit, other.unit) {
            (Unit::Percent, _) | (_, Unit::Percent) => 2,
            _ => 0,
        };
        let (left, right) = (self.number.normalize(), other.number.normalize());
        let digits = left.mantissa().checked_mul(right.mantissa());
        let places = left.scale() + right.scale() + hundredths;
        digits
            .and_then(|digits| exact(digits, places))
            .map(|number| Figure { unit, number })
            .ok_or(FigureProblem::OutOfBounds)
    }

    /// The sum of two figures of one unit.
    ///
    /// # Errors
    ///
    /// Different units, or a result that is too large.
    pub fn plus(self, other: Figure) -> Result<Figure, FigureProblem> {
        if self.unit != other.unit {
            return Err(FigureProblem::Units {
                left: self.unit,
                right: other.unit,
            });
        }
        let sum = self.number.checked_add(other.number);
        sum.and_then(|number| in_bounds(number).ok())
            .map(|number| Figure { number, ..self })
            .ok_or(FigureProblem::OutOfBounds)
    }

    /// The difference of two figures of one unit.
    ///
    /// # Errors
    ///
    /// Different units, or a result that is too large.
    pub fn minus(self, other: Figure) -> Result<Figure, FigureProblem> {
        self.plus(Figure {
            number: -other.number,
            ..other
        })
    }
}

/// `digits` with so many decimal places, if that is exact and within bounds.
fn exact(digits: i128, places: u32) -> Option<Decimal> {
    let (mut digits, mut places) = (digits, places);
    while places > 0 && digits % 10 == 0 {
        digits /= 10;
        places -= 1;
    }
    let number = Decimal::try_from_i128_with_scale(digits, places).ok()?;
    in_bounds(number).ok().filter(|_| places <= PLACES_MAX)
}

impl TryFrom<i64> for Figure {
    type Error = FigureProblem;

    /// A whole number, a quantity.
    fn try_from(number: i64) -> Result<Figure, FigureProblem> {
        in_bounds(Decimal::from(number))
            .map(|number| Figure {
                unit: Unit::Quantity,
                number,
            })
            .map_err(|_| FigureProblem::OutOfBounds)
    }
}

impl From<Money> for Figure {
    fn from(amount: Money) -> Figure {
        Figure {
            unit: Unit::Money,
            number: amount.to_decimal(),
        }
    }
}

impl From<Quantity> for Figure {
    fn from(quantity: Quantity) -> Figure {
        Figure {
            unit: Unit::Quantity,
            number: quantity.to_decimal(),
        }
    }
}

impl From<Percent> for Figure {
    fn from(percent: Percent) -> Figure {
        Figure {
            unit: Unit::Percent,
            number: percent.to_decimal(),
        }
    }
}

impl fmt::Display for Figure {
    /// Money with at least two decimal places and as many as it takes, a percentage with its sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = match self.number.is_zero() {
            true => Decimal::ZERO,
            false => self.number.normalize(),
        };
        match self.unit {
            Unit::Money if number.scale() < 2 => f.pad(&format!("{number:.2}")),
            Unit::Percent => f.pad(&format!("{number}%")),
            _ => f.pad(&number.to_string()),
        }
    }
}
