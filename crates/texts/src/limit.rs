//! Limits in words.

use huiyin_calendar::{Length, Limit};

use crate::args::Args;
use crate::lang::Lang;
use crate::messages::render;

/// Seconds of an hour.
const HOUR_SECONDS: u32 = 3600;

/// A limit as it stands in a policy, `7 个工作日`.
///
/// ```
/// use huiyin_calendar::Limit;
/// use huiyin_texts::{Lang, limit_in_words};
///
/// assert_eq!(limit_in_words(Lang::ZhCn, &Limit::working_days(7)), "7 个工作日");
/// assert_eq!(limit_in_words(Lang::En, &Limit::working_days(1)), "1 working day");
/// ```
pub fn limit_in_words(lang: Lang, limit: &Limit) -> String {
    let (one, many, n) = match limit.length {
        Length::WorkingDays(halves) => (
            "limit-working-day",
            "limit-working-days",
            halves.to_string(),
        ),
        Length::CalendarDays(days) => (
            "limit-calendar-day",
            "limit-calendar-days",
            days.to_string(),
        ),
        Length::WorkingHours(time) => match time.as_minutes() {
            Some(minutes) => (
                "limit-working-minute",
                "limit-working-minutes",
                minutes.to_string(),
            ),
            None => (
                "limit-working-hour",
                "limit-working-hours",
                hours_in_words(time.seconds()),
            ),
        },
        Length::CalendarHours(time) => match time.as_minutes() {
            Some(minutes) => (
                "limit-calendar-minute",
                "limit-calendar-minutes",
                minutes.to_string(),
            ),
            None => (
                "limit-calendar-hour",
                "limit-calendar-hours",
                hours_in_words(time.seconds()),
            ),
        },
        Length::WorkingHalves(halves) => (
            "limit-working-half",
            "limit-working-halves",
            halves.to_string(),
        ),
        Length::Weeks(weeks) => ("limit-week", "limit-weeks", weeks.to_string()),
        Length::Months(months) => ("limit-month", "limit-months", months.to_string()),
    };
    if n == "1" {
        render(lang, one, &Args::new())
    } else {
        render(lang, many, &Args::new().with("n", n))
    }
}

/// Whole hours, `48`; what is no whole minutes to the second, `0:20:30`.
fn hours_in_words(seconds: u32) -> String {
    let (hours, rest) = (seconds / HOUR_SECONDS, seconds % HOUR_SECONDS);
    match rest {
        0 => hours.to_string(),
        _ => format!("{hours}:{:02}:{:02}", rest / 60, rest % 60),
    }
}
