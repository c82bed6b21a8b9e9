//! Today, for commands that only read a database.

use huiyin_app::Clock;
use huiyin_app::shelf::Shelf;
use jiff::civil::Date;

/// The day it is by the machine's clock, in the zone of the organisation's own calendar.
pub(crate) fn today(shelf: &Shelf) -> Date {
    let own = &shelf.calendars().own().calendar;
    own.date_of(Clock::system().now())
}
