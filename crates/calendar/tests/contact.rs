//! Contact windows (T12), with the figures of a motor group: two hours apart, nothing from 22:00 to
//! 08:30 nor from 12:00 to 13:30 unless the customer named the time.

use huiyin_calendar::{
    Attempt, Calendar, ContactSeries, ContactWindow, DayPeriod, Hours, NotCounted, WindowProblem,
};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

fn at(local: &str) -> Timestamp {
    Calendar::china().instant(local.parse::<DateTime>().expect("a local time"))
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn period(from: &str, to: &str) -> DayPeriod {
    DayPeriod {
        from: from.parse().expect("a time"),
        to: to.parse().expect("a time"),
    }
}

fn window() -> ContactWindow {
    let closed = [period("22:00", "08:30"), period("12:00", "13:30")];
    ContactWindow::new(&[], &closed, Hours::whole(2)).expect("a window")
}

fn attempts(locals: &[&str]) -> Vec<Attempt> {
    locals
        .iter()
        .map(|local| Attempt {
            at: at(local),
            customer_named_time: false,
        })
        .collect()
}

/// Wednesday 6 May 2026, so that Saturday 9 May is a make-up day.
const START: &str = "2026-05-06T10:00";

fn with_series<T>(locals: &[&str], ask: impl FnOnce(&ContactSeries<'_>) -> T) -> T {
    let (calendar, window) = (Calendar::china(), window());
    ask(&ContactSeries::new(
        &calendar,
        &window,
        at(START),
        &attempts(locals),
    ))
}

#[test]
fn an_attempt_counts_inside_the_window_and_at_its_opening() {
    let verdict = |local: &str| with_series(&[local], |series| series.judged()[0].not_counted);
    for local in [
        "2026-05-07T08:30",
        "2026-05-07T11:59:59",
        "2026-05-07T13:30",
        "2026-05-07T21:59",
    ] {
        assert_eq!(verdict(local), None, "{local}");
    }
    for local in [
        "2026-05-07T08:29:59",
        "2026-05-07T12:00",
        "2026-05-07T13:29",
        "2026-05-07T22:00",
        "2026-05-08T00:00",
    ] {
        assert_eq!(verdict(local), Some(NotCounted::OutsideWindow), "{local}");
    }
    assert_eq!(verdict("2026-05-06T09:59"), Some(NotCounted::BeforeStart));
}

#[test]
fn a_time_that_the_customer_named_is_open() {
    let (calendar, window) = (Calendar::china(), window());
    let named = Attempt {
        at: at("2026-05-07T23:00"),
        customer_named_time: true,
    };
    let series = ContactSeries::new(&calendar, &window, at(START), &[named]);
    assert_eq!(series.judged()[0].not_counted, None);
}

#[test]
fn attempts_too_close_do_not_count_and_do_not_delay_the_next() {
    let verdicts = with_series(
        &["2026-05-07T11:00", "2026-05-07T09:00", "2026-05-07T10:00"],
        |series| {
            series
                .judged()
                .iter()
                .map(|judged| judged.not_counted)
                .collect::<Vec<_>>()
        },
    );
    let too_soon = NotCounted::TooSoon {
        earliest: at("2026-05-07T11:00"),
    };
    assert_eq!(verdicts, [None, Some(too_soon), None]);
}

#[test]
fn each_working_day_between_start_and_due_day_needs_an_attempt() {
    let missing = |locals: &[&str], due: &str, now: &str| {
        with_series(locals, |series| {
            let missing = series.missing(date(due), at(now));
            assert_eq!(series.is_complete(date(due), at(now)), missing.is_empty());
            missing.iter().map(Date::to_string).collect::<Vec<_>>()
        })
    };
    let now = "2026-05-07T09:00";
    assert_eq!(
        missing(&[], "2026-05-12", now),
        ["2026-05-07", "2026-05-08", "2026-05-09", "2026-05-11"]
    );
    let made = [
        "2026-05-07T09:00",
        "2026-05-08T12:30",
        "2026-05-09T09:00",
        "2026-05-11T09:00",
    ];
    assert_eq!(missing(&made, "2026-05-12", now), ["2026-05-08"]);
    assert_eq!(
        missing(&[], "2026-05-07", now),
        Vec::<String>::new(),
        "the due day has not passed"
    );
    assert_eq!(
        missing(&[], "2026-05-07", "2026-05-08T00:00"),
        ["2026-05-07"],
        "the due day has passed"
    );
    assert_eq!(
        missing(&[], "2026-05-10", "2026-05-12T00:00").len(),
        3,
        "a due day off needs none"
    );
}

#[test]
fn the_next_attempt_waits_for_spacing_and_window() {
    let next = |locals: &[&str], now: &str| {
        with_series(locals, |series| series.next_possible(at(now))).expect("some time")
    };
    assert_eq!(next(&[], "2026-05-06T09:00"), at(START));
    assert_eq!(next(&[], "2026-05-07T09:10:30"), at("2026-05-07T09:10:30"));
    assert_eq!(next(&[], "2026-05-07T12:00"), at("2026-05-07T13:30"));
    assert_eq!(next(&[], "2026-05-07T22:30"), at("2026-05-08T08:30"));
    assert_eq!(
        next(&["2026-05-07T10:30"], "2026-05-07T10:31"),
        at("2026-05-07T13:30")
    );
    assert_eq!(
        next(&["2026-05-07T20:30"], "2026-05-07T21:00"),
        at("2026-05-08T08:30")
    );
}

#[test]
fn the_attempt_that_is_needed_falls_on_a_day_without_one() {
    let needed = |locals: &[&str], now: &str| {
        with_series(locals, |series| {
            series.next_needed(date("2026-05-12"), at(now))
        })
    };
    assert_eq!(
        needed(&[], "2026-05-06T11:00"),
        Some(at("2026-05-07T08:30"))
    );
    assert_eq!(
        needed(&["2026-05-07T09:00"], "2026-05-07T09:01"),
        Some(at("2026-05-08T08:30"))
    );
    assert_eq!(
        needed(&["2026-05-08T09:00"], "2026-05-08T15:00"),
        Some(at("2026-05-09T08:30"))
    );
    assert_eq!(needed(&["2026-05-11T09:00"], "2026-05-11T15:00"), None);
}

#[test]
fn a_window_that_never_opens_is_refused() {
    let whole = period("00:00", "24:00");
    let none = Hours::default();
    assert_eq!(
        ContactWindow::new(&[], &[whole], none),
        Err(WindowProblem::AlwaysClosed)
    );
    assert_eq!(
        ContactWindow::new(
            &[period("09:00", "10:00")],
            &[period("09:00", "12:00")],
            none
        ),
        Err(WindowProblem::AlwaysClosed)
    );
    let empty = period("09:00", "09:00");
    assert_eq!(
        ContactWindow::new(&[empty], &[], none),
        Err(WindowProblem::Empty(empty))
    );
}
