//! Case numbers: what is known of one before its serial is drawn.

use huiyin_policy::model::{Series, SeriesId, SeriesRestart};
use jiff::civil::Date;

/// A number to draw: the next serial of a series in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberRequest {
    /// The series.
    pub series: SeriesId,
    /// The period within which the serial counts from 1, as printed: `2026`, `2611` or `261121`.
    pub period: String,
    /// Fixed text before the period.
    pub prefix: String,
    /// Least number of digits of the serial.
    pub serial_digits_min: u8,
}

impl NumberRequest {
    /// The number to draw on a local date.
    pub fn on(date: Date, id: &SeriesId, series: &Series) -> Self {
        let format = match series.restart {
            SeriesRestart::Year => "%Y",
            SeriesRestart::Month => "%y%m",
            SeriesRestart::Day => "%y%m%d",
        };
        Self {
            series: id.clone(),
            period: date.strftime(format).to_string(),
            prefix: series.prefix.clone(),
            serial_digits_min: series.serial_digits_min,
        }
    }

    /// The number as printed. A serial with more digits than the least is printed in full (P2.2).
    pub fn render(&self, serial: u64) -> String {
        let digits = usize::from(self.serial_digits_min);
        format!("{}{}{serial:0digits$}", self.prefix, self.period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(restart: SeriesRestart, serial: u64, expected: &str) {
        let series = Series {
            prefix: "TS".into(),
            restart,
            serial_digits_min: 2,
            clause: huiyin_policy::model::ClauseId::new("P3.3"),
        };
        let request = NumberRequest::on(
            jiff::civil::date(2026, 1, 5),
            &SeriesId::new("complaint"),
            &series,
        );
        assert_eq!(request.render(serial), expected);
    }

    #[test]
    fn a_number_prints_its_period_and_at_least_the_least_digits() {
        check(SeriesRestart::Year, 7, "TS202607");
        check(SeriesRestart::Month, 12, "TS260112");
        check(SeriesRestart::Day, 100, "TS260105100");
    }
}
