//! Rows of a table by amount: up to so much, up to so much, above.

use crate::money::Money;

/// An exact partition of all amounts from zero on; each row ends with, and includes, its upper end.
///
/// ```
/// use huiyin_settlement::{Bands, Money};
///
/// let decides = Bands::new(vec![
///     (Some(Money::yuan(100_000)), "business manager"),
///     (Some(Money::yuan(150_000)), "deputy general manager"),
///     (None, "general manager"),
/// ])?;
/// assert_eq!(decides.of(Money::yuan(100_000)), Some(&"business manager"));
/// assert_eq!(decides.of("100000.01".parse()?), Some(&"deputy general manager"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands<T> {
    // INVARIANT: upper ends strictly ascend from zero or above; only the last row has none.
    rows: Vec<(Option<Money>, T)>,
}

/// Why rows are not a partition. Rows are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BandsProblem {
    /// There is no row.
    #[error("bands need at least one row")]
    Empty,
    /// Amounts above the last row have no row.
    #[error("the last row must have no upper end; amounts above `{0}` would belong to no row")]
    Gap(Money),
    /// A row without upper end has rows after it.
    #[error("row {row} has no upper end, so no amount reaches the rows after it")]
    Overlap {
        /// The row without upper end.
        row: usize,
    },
    /// A row's upper end is not above that of the row before, or below zero.
    #[error("the upper end of row {row} must be above that of the row before it")]
    Descending {
        /// The row that descends.
        row: usize,
    },
}

impl<T> Bands<T> {
    /// Rows in order, each with the largest amount that belongs to it; the last has none.
    ///
    /// # Errors
    ///
    /// When an amount would belong to no row, or a row to no amount.
    pub fn new(rows: Vec<(Option<Money>, T)>) -> Result<Bands<T>, BandsProblem> {
        let Some(last) = rows.len().checked_sub(1) else {
            return Err(BandsProblem::Empty);
        };
        let mut below: Option<Money> = None;
        for (row, (upper, _)) in rows.iter().enumerate() {
            match upper {
                None if row < last => return Err(BandsProblem::Overlap { row }),
                None => {}
                Some(upper)
                    if upper.is_negative() || below.is_some_and(|below| *upper <= below) =>
                {
                    return Err(BandsProblem::Descending { row });
                }
                Some(upper) if row == last => return Err(BandsProblem::Gap(*upper)),
                Some(upper) => below = Some(*upper),
            }
        }
        Ok(Bands { rows })
    }

    /// What the row of an amount says; `None` for an amount below zero.
    pub fn of(&self, amount: Money) -> Option<&T> {
        self.row_of(amount).map(|row| &self.rows[row].1)
    }

    /// Which row an amount belongs to, counted from 0; `None` for an amount below zero.
    pub fn row_of(&self, amount: Money) -> Option<usize> {
        (!amount.is_negative()).then(|| {
            self.rows
                .partition_point(|(upper, _)| upper.is_some_and(|upper| upper < amount))
        })
    }

    /// The rows in order.
    pub fn rows(&self) -> &[(Option<Money>, T)] {
        &self.rows
    }
}
