//! Explained deadlines as a person reads them.

use huiyin_calendar::{Calendar, End, Halves, Hours, Length, Limit, Pause, Roll};
use huiyin_texts::Lang;
use huiyin_texts::calendar::explained;
use jiff::Timestamp;
use jiff::civil::DateTime;

fn at(local: &str) -> Timestamp {
    let local: DateTime = local.parse().expect("a local time");
    Calendar::china().instant(local)
}

fn tell(limit: Limit, start: &str, pauses: &[(&str, Option<&str>)]) -> String {
    let pauses: Vec<Pause> = pauses
        .iter()
        .map(|(from, to)| Pause {
            from: at(from),
            to: to.map(at),
        })
        .collect();
    let explanation = Calendar::china()
        .explain(&limit, at(start), &pauses)
        .expect("an answer");
    Lang::ALL
        .map(|lang| explained(lang, &explanation.lines).join("\n"))
        .join("\n\n")
}

#[test]
fn working_days_over_spring_festival() {
    insta::assert_snapshot!(tell(Limit::working_days(5), "2026-02-13T16:20", &[]));
}

#[test]
fn a_suspended_clock() {
    insta::assert_snapshot!(tell(
        Limit::working_days(5),
        "2026-02-13T16:20",
        &[("2026-02-14T09:00", None)]
    ));
}

#[test]
fn working_days_with_a_pause_and_a_half_left() {
    let limit = Limit::new(Length::WorkingDays(Halves(5)));
    insta::assert_snapshot!(tell(
        limit,
        "2026-05-06T09:00",
        &[("2026-05-07T10:00", Some("2026-05-08T10:00"))]
    ));
}

#[test]
fn calendar_days_that_roll_into_an_unpublished_year() {
    let limit = Limit::new(Length::CalendarDays(10))
        .rolling(Roll::NextWorking)
        .ending(End::Day);
    insta::assert_snapshot!(tell(limit, "2026-12-23T10:00", &[]));
}

#[test]
fn working_halves() {
    insta::assert_snapshot!(tell(
        Limit::new(Length::WorkingHalves(4)),
        "2026-05-08T10:00",
        &[]
    ));
}

#[test]
fn working_hours_with_a_pause() {
    let limit = Limit::new(Length::WorkingHours(Hours::whole(12)));
    insta::assert_snapshot!(tell(
        limit,
        "2026-05-07T16:00",
        &[("2026-05-08T11:00", Some("2026-05-08T14:15"))]
    ));
}

#[test]
fn elapsed_hours_with_a_pause() {
    let limit = Limit::new(Length::CalendarHours(Hours::whole(48)));
    insta::assert_snapshot!(tell(
        limit,
        "2026-05-07T16:00",
        &[("2026-05-08T11:00", Some("2026-05-09T11:30"))]
    ));
}

#[test]
fn a_month_from_its_last_day() {
    insta::assert_snapshot!(tell(Limit::new(Length::Months(1)), "2026-01-31T16:00", &[]));
}
