//! Dividing an amount so that the parts add up to it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::money::Money;

/// The largest sum of weights, counted in the smallest decimal place that one of them uses.
///
/// With it, units of a cent times a weight stay within 128 bits, so that every share is exact.
const LARGEST_WEIGHT: u128 = 1_000_000_000_000_000_000;

/// Why an amount can't be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SplitProblem {
    /// The amount is below zero.
    #[error("an amount below zero can't be split")]
    NegativeTotal,
    /// The unit is zero, below zero or finer than a cent.
    #[error("the unit of a split must be a cent or more, in whole cents")]
    BadUnit,
    /// The amount is not a whole number of units.
    #[error("the amount is not a whole number of the unit in which it is split")]
    NotInUnits,
    /// A weight is below zero; counted from 0.
    #[error("weight {index} is below zero")]
    NegativeWeight {
        /// Which weight.
        index: usize,
    },
    /// All weights are zero, or there is none.
    #[error("the weights add up to zero")]
    NoWeight,
    /// The weights are too large or too fine to be counted exactly.
    #[error("the weights are too large or have too many decimal places")]
    WeightTooLarge,
}

/// One part of a split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What the part gets.
    pub amount: Money,
    /// Whether a unit of the rest is in it, because its remainder was among the largest.
    pub has_rest: bool,
}

/// Splits `total` by `weights` into as many parts, each a whole number of `unit`, by the largest
/// remainder; of equal remainders the first gets the unit.
///
/// The parts add up to `total`, each is less than one unit away from its exact share, and a weight of
/// zero gets nothing.
///
/// ```
/// use huiyin_settlement::{Money, split};
///
/// let parts = split("100".parse()?, &[1.into(), 1.into(), 1.into()], Money::CENT)?;
/// let written: Vec<String> = parts.iter().map(Money::to_string).collect();
/// assert_eq!(written, ["33.34", "33.33", "33.33"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When the amount is negative or not a whole number of units, or the weights have no exact sum above
/// zero.
pub fn split(total: Money, weights: &[Decimal], unit: Money) -> Result<Vec<Money>, SplitProblem> {
    let parts = split_in_parts(total, weights, unit)?;
    Ok(parts.into_iter().map(|part| part.amount).collect())
}

/// The same as [`split()`], telling which parts got a unit of the rest.
///
/// # Errors
///
/// As for [`split()`].
pub fn split_in_parts(
    total: Money,
    weights: &[Decimal],
    unit: Money,
) -> Result<Vec<Part>, SplitProblem> {
    let units = units_in(total, unit)?;
    let weights = whole_weights(weights)?;
    let whole = sum(&weights)?;

    let mut counts: Vec<(u128, bool)> = weights
        .iter()
        .map(|weight| (units * weight / whole, false))
        .collect();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|index| std::cmp::Reverse(units * weights[*index] % whole));
    let given: u128 = counts.iter().map(|(count, _)| count).sum();
    for index in by_remainder
        .into_iter()
        .zip(given..units)
        .map(|(index, _)| index)
    {
        counts[index].0 += 1;
        counts[index].1 = true;
    }
    let part = |(count, has_rest)| Part {
        amount: times(unit, count),
        has_rest,
    };
    Ok(counts.into_iter().map(part).collect())
}

fn units_in(total: Money, unit: Money) -> Result<u128, SplitProblem> {
    if total.is_negative() {
        return Err(SplitProblem::NegativeTotal);
    }
    let cents = |amount: Money| {
        let cents = amount.to_decimal().checked_mul(Decimal::ONE_HUNDRED)?;
        cents.is_integer().then(|| cents.to_u128()).flatten()
    };
    let unit = cents(unit)
        .filter(|unit| *unit > 0)
        .ok_or(SplitProblem::BadUnit)?;
    let total = cents(total).ok_or(SplitProblem::NotInUnits)?;
    match total % unit {
        0 => Ok(total / unit),
        _ => Err(SplitProblem::NotInUnits),
    }
}

/// The weights as whole numbers in the same proportion.
fn whole_weights(weights: &[Decimal]) -> Result<Vec<u128>, SplitProblem> {
    if let Some(index) = weights.iter().position(|weight| *weight < Decimal::ZERO) {
        return Err(SplitProblem::NegativeWeight { index });
    }
    let places = weights
        .iter()
        .map(|weight| weight.normalize().scale())
        .max();
    let places = places.unwrap_or_default();
    weights
        .iter()
        .map(|weight| {
            let weight = weight.normalize();
            let digits = weight.mantissa().unsigned_abs();
            10_u128
                .checked_pow(places - weight.scale())
                .and_then(|factor| digits.checked_mul(factor))
                .filter(|weight| *weight <= LARGEST_WEIGHT)
                .ok_or(SplitProblem::WeightTooLarge)
        })
        .collect()
}

fn sum(weights: &[u128]) -> Result<u128, SplitProblem> {
    match weights
        .iter()
        .try_fold(0_u128, |sum, weight| sum.checked_add(*weight))
    {
        Some(0) => Err(SplitProblem::NoWeight),
        Some(sum) if sum <= LARGEST_WEIGHT => Ok(sum),
        _ => Err(SplitProblem::WeightTooLarge),
    }
}

/// No more than the amount that was split, so it is in bounds.
fn times(unit: Money, count: u128) -> Money {
    i128::try_from(count)
        .ok()
        .and_then(|count| Decimal::try_from_i128_with_scale(count, 0).ok())
        .and_then(|count| count.checked_mul(unit.to_decimal()))
        .and_then(|amount| Money::from_decimal(amount).ok())
        .expect("a part is not larger than the whole")
}
