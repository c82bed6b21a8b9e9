//! Today, for commands that only read a database.

use huiyin_app::Clock;
use huiyin_calendar::Calendar;
use jiff::civil::Date;

/// The day it is by the machine's clock, in the calendar's zone.
pub(crate) fn today() -> Date {
    Calendar::china().date_of(Clock::system().now())
}
