//! Reading decimals and keeping them in bounds.

use rust_decimal::Decimal;

/// The largest amount, quantity or percentage, either side of zero: a thousand million million.
pub(crate) const LARGEST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

/// The longest text that is read as a number.
const LONGEST_TEXT: usize = 32;

/// The result is larger than the largest amount, 1,000,000,000,000,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the result is larger than 1,000,000,000,000,000")]
pub struct OutOfBounds;

/// Why a text is not a number of the kind asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountProblem {
    /// It is not a plain decimal number.
    #[error("`{0}` is not a number; write digits and at most one point, such as `1234.50`")]
    NotANumber(String),
    /// It has more decimal places than the kind allows.
    #[error("`{text}` has more than {places} decimal places")]
    TooFine {
        /// What was written.
        text: String,
        /// The most places allowed.
        places: u32,
    },
    /// It is below zero where that makes no sense.
    #[error("`{0}` is below zero")]
    Negative(String),
    /// It is larger than the largest amount, 1,000,000,000,000,000.
    #[error("`{0}` is too large")]
    TooLarge(String),
}

/// Reads `digits[.digits]`, perhaps with a minus, with `places` decimal places at most.
pub(crate) fn parse(text: &str, places: u32) -> Result<Decimal, AmountProblem> {
    let shown = || text.chars().take(LONGEST_TEXT).collect::<String>();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() > LONGEST_TEXT || !is_digits(whole) || !is_digits(fraction) {
        return Err(AmountProblem::NotANumber(shown()));
    }
    let number = Decimal::from_str_exact(text).map_err(|_| AmountProblem::TooLarge(shown()))?;
    if number.normalize().scale() > places {
        return Err(AmountProblem::TooFine {
            text: shown(),
            places,
        });
    }
    in_bounds(number).map_err(|_| AmountProblem::TooLarge(shown()))
}

/// Like [`parse`], but not below zero.
pub(crate) fn parse_not_negative(text: &str, places: u32) -> Result<Decimal, AmountProblem> {
    let number = parse(text, places)?;
    match number < Decimal::ZERO {
        true => Err(AmountProblem::Negative(text.to_owned())),
        false => Ok(number),
    }
}

pub(crate) fn in_bounds(number: Decimal) -> Result<Decimal, OutOfBounds> {
    match number.abs() <= LARGEST {
        true => Ok(number),
        false => Err(OutOfBounds),
    }
}
