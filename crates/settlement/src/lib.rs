//! Exact money: decimals, splits to the cent, largest remainder.
//!
//! Amounts are decimals of Chinese yuan and never floating point. Nothing is rounded unless the caller
//! says so ([`Money::to_cent`]); a calculation over figures with units is exact or refused ([`Figure`]); a division among several people is a [`split()`], whose parts add up to
//! the whole; rows "up to an amount" are [`Bands`], grades in order a [`Ladder`]; what is taken month by
//! month up to a limit is carried over by [`carry_over`].

mod account;
mod bands;
mod decimal;
mod figure;
mod ladder;
mod money;
mod percent;
mod quantity;
mod split;

pub use account::{Taken, allot, carry_over, room};
pub use bands::{Bands, BandsProblem};
pub use decimal::{AmountProblem, OutOfBounds};
pub use figure::{Figure, FigureProblem, Unit};
pub use ladder::{Ladder, LadderProblem};
pub use money::Money;
pub use percent::Percent;
pub use quantity::Quantity;
pub use split::{Part, SplitProblem, split, split_in_parts};
