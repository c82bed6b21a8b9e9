//! The one place where figures of a policy file become exact amounts.

use huiyin_settlement::{Bands, Money, Percent};
use rust_decimal::Decimal;

pub(crate) fn money(amount: Decimal) -> Option<Money> {
    Some(Money(amount))
}

pub(crate) fn percent(percent: Decimal) -> Option<Percent> {
    Some(Percent(percent))
}

/// Rows with inclusive upper ends; the last one has none.
pub(crate) fn bands<T>(rows: Vec<(Option<Decimal>, T)>) -> Option<Bands<T>> {
    let rows = rows.into_iter().map(|(end, value)| (end.map(Money), value));
    Some(Bands(rows.collect()))
}
