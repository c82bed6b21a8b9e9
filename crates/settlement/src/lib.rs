//! Exact money: decimals, splits to the cent, largest remainder.
//!
//! Amounts are decimals of Chinese yuan and never floating point. Nothing is rounded unless the caller
//! says so ([`Money::to_cent`]); a division among several people is a [`split()`], whose parts add up to
//! the whole; rows "up to an amount" are [`Bands`], grades in order a [`Ladder`].

mod bands;
mod decimal;
mod ladder;
mod money;
mod percent;
mod quantity;
mod split;

pub use bands::{Bands, BandsProblem};
pub use decimal::{AmountProblem, OutOfBounds};
pub use ladder::{Ladder, LadderProblem};
pub use money::Money;
pub use percent::Percent;
pub use quantity::Quantity;
pub use split::{SplitProblem, split};
