//! When a calendar cannot answer.

use crate::table::{FIRST_YEAR, LAST_YEAR};

/// A calendar answers for the years [`FIRST_YEAR`] to [`LAST_YEAR`] only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutOfRange {
    /// The starting instant lies outside.
    #[error("the start lies outside the years {FIRST_YEAR} to {LAST_YEAR}")]
    Start,
    /// The limit ends after the last year, perhaps because the calendar has no working time left.
    #[error(
        "the limit does not end by {LAST_YEAR}; it is too long, or the calendar has too little working time"
    )]
    End,
}
