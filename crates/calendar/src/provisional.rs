//! Answers that an unpublished year may still change (T9).

use jiff::civil::{Date, date};

use crate::limit::{End, Length, Limit, Roll};
use crate::rules::Rules;

/// From this day on, December follows the arrangement of the next year as well: notices have moved
/// those days before.
const YEAR_END: (i8, i8) = (12, 28);

impl Limit {
    /// Whether no holiday arrangement can change when this limit ends (T9).
    pub(crate) fn ignores_arrangements(&self) -> bool {
        match self.length {
            Length::CalendarHours(_) => true,
            Length::CalendarDays(_) | Length::Weeks(_) | Length::Months(_) => {
                self.end == End::Day && self.roll == Roll::None
            }
            Length::WorkingDays(_) | Length::WorkingHours(_) | Length::WorkingHalves(_) => false,
        }
    }
}

impl Rules {
    /// Whether a date from `first` up to and including `last` may still change.
    pub(crate) fn is_provisional(&self, first: Date, last: Date) -> bool {
        let Some((first_year, last_year)) = self.published else {
            return true;
        };
        let (month, day) = YEAR_END;
        first < date(first_year, 1, 1) || last >= date(last_year, month, day)
    }
}
