//! Dates and moments as old files write them.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::strtime::BrokenDownTime;

use crate::sheet::Cell;

/// What is understood without a format. Day and month are never guessed: the year comes first.
const FORMATS: [&str; 12] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日%H时%M分",
    "%Y年%m月%d日",
];

/// A date, perhaps with a time of day, perhaps with an offset from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Date(Date),
    Local(DateTime),
    Instant(jiff::Timestamp),
}

impl Found {
    pub(super) fn date(self, zone: impl Fn(jiff::Timestamp) -> Date) -> Date {
        match self {
            Self::Date(date) => date,
            Self::Local(moment) => moment.date(),
            Self::Instant(instant) => zone(instant),
        }
    }
}

/// What a cell says, by the formats of the mapping, or by the usual ones if it names none.
pub(super) fn found(cell: &Cell, formats: &[String]) -> Option<Found> {
    match cell {
        Cell::Date(date) => Some(Found::Date(*date)),
        Cell::DateTime(moment) => Some(Found::Local(*moment)),
        Cell::Text(text) if formats.is_empty() => {
            let text = text.trim();
            // RFC 3339 with an offset names one instant, whatever the zone.
            if let Ok(instant) = text.parse::<jiff::Timestamp>() {
                return Some(Found::Instant(instant));
            }
            FORMATS.iter().find_map(|format| parsed(text, format))
        }
        Cell::Text(text) => formats
            .iter()
            .find_map(|format| parsed(text.trim(), format)),
    }
}

fn parsed(text: &str, format: &str) -> Option<Found> {
    let read = BrokenDownTime::parse(format, text).ok()?;
    if let Ok(instant) = read.to_timestamp() {
        return Some(Found::Instant(instant));
    }
    let date = read.to_date().ok()?;
    Some(match read.hour() {
        None => Found::Date(date),
        Some(_) => Found::Local(date.to_datetime(read.to_time().unwrap_or(Time::midnight()))),
    })
}

/// Whether a text is a format at all: whatever it writes it reads again.
pub(super) fn is_format(format: &str) -> bool {
    let sample = jiff::civil::date(2026, 11, 21).at(9, 30, 15, 0);
    let Ok(zoned) = sample.to_zoned(jiff::tz::TimeZone::UTC) else {
        return false;
    };
    let written = BrokenDownTime::from(&zoned).to_string(format);
    written.is_ok_and(|written| {
        parsed(&written, format).is_some_and(|found| found.date(zoned_date) == sample.date())
    })
}

fn zoned_date(instant: jiff::Timestamp) -> Date {
    jiff::tz::TimeZone::UTC.to_datetime(instant).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_ways_of_writing_are_understood_and_no_other() {
        let check = |text: &str, expected: &str| {
            let read = found(&Cell::Text(text.to_owned()), &[]);
            let read = match read {
                Some(Found::Date(date)) => date.to_string(),
                Some(Found::Local(moment)) => moment.to_string(),
                Some(Found::Instant(instant)) => instant.to_string(),
                None => "nothing".to_owned(),
            };
            assert_eq!(read, expected, "{text}");
        };
        check("2019-04-25T09:32:09", "2019-04-25T09:32:09");
        check("2019-04-25 09:32", "2019-04-25T09:32:00");
        check("2019/4/5", "2019-04-05");
        check("2020年9月3日", "2020-09-03");
        check("2019-04-25T09:32:09+08:00", "2019-04-25T01:32:09Z");
        check("2019-04-25T09:32:09Z", "2019-04-25T09:32:09Z");
        check("04/05/2019", "nothing");
        check("2019-02-29", "nothing");
        check("2019-04-25 25:00", "nothing");
        check("43585", "nothing");
    }

    #[test]
    fn a_format_reads_what_it_writes() {
        for good in [
            "%d.%m.%Y",
            "%d/%m/%Y %H:%M",
            "%Y%m%d",
            "%Y-%m-%dT%H:%M:%S%z",
        ] {
            assert!(is_format(good), "{good}");
        }
        for bad in ["", "dd.mm.yyyy", "%Q", "%H:%M", "%Y-%m"] {
            assert!(!is_format(bad), "{bad}");
        }
    }
}
