//! Fixed times.

use huiyin_calendar::Calendar;
use jiff::Timestamp;
use jiff::civil::DateTime;

/// The calendar of China with its usual working hours, 09:00–12:00 and 13:30–18:00.
pub fn calendar() -> Calendar {
    Calendar::china()
}

/// A local time of that calendar, as in `2026-03-02 09:00`.
pub fn instant(local: &str) -> Timestamp {
    let local: DateTime = local
        .parse()
        .expect("a test writes times as `2026-03-02 09:00`");
    calendar().instant(local)
}
