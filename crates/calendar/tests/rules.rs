//! Each rule of time by examples that were computed by hand, on the built-in calendar: Monday to
//! Friday, 09:00 to 12:00 and 13:30 to 18:00.

use huiyin_calendar::{Calendar, answer_line};
use serde_json::{Value, json};

/// `request` is the inside of a JSON object; `expected` is the due instant without its offset.
fn check(request: &str, expected: &str) {
    check_on(&Calendar::china(), request, expected);
}

fn check_on(calendar: &Calendar, request: &str, expected: &str) {
    let answer: Value =
        serde_json::from_str(&answer_line(calendar, &format!("{{{request}}}"))).expect("JSON");
    let due_at = answer["due_at"]
        .as_str()
        .unwrap_or_else(|| answer["error"].as_str().unwrap_or("suspended"));
    assert_eq!(due_at.trim_end_matches("+08:00"), expected, "{request}");
}

fn answer(request: &str) -> Value {
    serde_json::from_str(&answer_line(&Calendar::china(), &format!("{{{request}}}"))).expect("JSON")
}

#[test]
fn t1_an_exception_beats_a_makeup_day_beats_a_holiday() {
    let calendar = Calendar::from_json(
        &json!({
            "tz": "Asia/Shanghai",
            "weekly": {"1": [["09:00", "17:00"]], "2": [["10:00", "16:00"]]},
            "makeup_as": 2,
            "holidays": ["2026-05-04", "2026-05-05", "2026-05-11"],
            "makeup": ["2026-05-05", "2026-05-06", "2026-05-11"],
            "exceptions": {"2026-05-11": [["08:00", "09:30"]], "2026-05-12": []},
            "published_years": [2026, 2026],
        })
        .to_string(),
    )
    .expect("a calendar");
    let due = |n: u32, expected: &str| {
        check_on(
            &calendar,
            &format!(r#""op": "working_days", "start": "2026-05-03T08:00", "n": {n}"#),
            expected,
        );
    };
    due(1, "2026-05-05T16:00:00"); // The holiday of the 4th is off; the 5th is made up with its own hours.
    due(2, "2026-05-06T16:00:00"); // A Wednesday has no hours of its own: those of Tuesday.
    due(3, "2026-05-11T09:30:00"); // The exception.
    due(4, "2026-05-18T17:00:00"); // The 12th is off by exception.
}

#[test]
fn t2_the_day_of_receipt_never_counts() {
    for start in [
        "2026-05-06T00:00",
        "2026-05-06T12:30",
        "2026-05-06T23:59:59",
    ] {
        check(
            &format!(r#""op": "working_days", "start": "{start}", "n": 1"#),
            "2026-05-07T18:00:00",
        );
    }
    check(
        r#""op": "working_days", "start": "2026-02-17T10:00", "n": 1"#,
        "2026-02-24T18:00:00",
    );
}

#[test]
fn t3_working_days() {
    let due = |n: &str, rest: &str, expected: &str| {
        check(
            &format!(r#""op": "working_days", "start": "2026-02-13T16:20", "n": {n}{rest}"#),
            expected,
        );
    };
    due("1", "", "2026-02-14T18:00:00");
    due("2", "", "2026-02-24T18:00:00");
    due("5", "", "2026-02-27T18:00:00");
    due("6", "", "2026-02-28T18:00:00");
    due("5.0", r#", "end": "day""#, "2026-02-28T00:00:00");
    due("0.5", "", "2026-02-14T12:00:00");
    due("1.5", r#", "end": "day""#, "2026-02-24T12:00:00");
    due("0", "", "2026-02-13T18:00:00");
    due("0", r#", "end": "day""#, "2026-02-14T00:00:00");
    check(
        r#""op": "working_days", "start": "2026-02-17T10:00", "n": 0"#,
        "2026-02-18T00:00:00",
    );
}

#[test]
fn t3_the_due_date_stays_where_the_day_ends_at_midnight() {
    let due = answer(r#""op": "working_days", "start": "2026-02-13T16:20", "n": 5, "end": "day""#);
    assert_eq!(due["due_date"], "2026-02-27");
    assert_eq!(due["due_at"], "2026-02-28T00:00:00+08:00");
}

#[test]
fn t4_calendar_days() {
    let due = |n: u32, rest: &str, expected: &str| {
        check(
            &format!(r#""op": "calendar_days", "start": "2026-02-13T16:20", "n": {n}{rest}"#),
            expected,
        );
    };
    due(1, "", "2026-02-14T18:00:00");
    due(5, "", "2026-02-19T00:00:00");
    due(5, r#", "roll": "next_working""#, "2026-02-24T18:00:00");
    due(
        5,
        r#", "roll": "next_working", "end": "day""#,
        "2026-02-25T00:00:00",
    );
    due(11, r#", "roll": "next_working""#, "2026-02-24T18:00:00");
    due(0, "", "2026-02-13T18:00:00");
}

#[test]
fn t5_hours() {
    let due = |op: &str, start: &str, n: f64, expected: &str| {
        check(
            &format!(r#""op": "{op}", "start": "{start}", "n": {n}"#),
            expected,
        );
    };
    due(
        "calendar_hours",
        "2026-02-13T16:20:30",
        48.0,
        "2026-02-15T16:20:30",
    );
    due(
        "calendar_hours",
        "2026-02-13T16:20",
        0.0,
        "2026-02-13T16:20:00",
    );
    due(
        "working_hours",
        "2026-02-13T16:00",
        2.0,
        "2026-02-13T18:00:00",
    ); // Reached at closing.
    due(
        "working_hours",
        "2026-02-13T16:00",
        2.5,
        "2026-02-14T09:30:00",
    );
    due(
        "working_hours",
        "2026-02-13T11:00",
        1.0,
        "2026-02-13T12:00:00",
    ); // Not 13:30.
    due(
        "working_hours",
        "2026-02-13T20:00",
        1.0,
        "2026-02-14T10:00:00",
    );
    due(
        "working_hours",
        "2026-02-14T17:59:59",
        1.0 / 3600.0,
        "2026-02-14T18:00:00",
    );
    due(
        "working_hours",
        "2026-02-14T18:00",
        7.5,
        "2026-02-24T18:00:00",
    );
    due(
        "working_hours",
        "2026-02-15T10:00",
        0.0,
        "2026-02-15T10:00:00",
    );
}

#[test]
fn t6_working_halves() {
    let due = |start: &str, n: u32, expected: &str| {
        check(
            &format!(r#""op": "working_halves", "start": "{start}", "n": {n}"#),
            expected,
        );
    };
    due("2026-05-07T10:00", 1, "2026-05-07T18:00:00");
    due("2026-05-07T11:59", 2, "2026-05-08T12:00:00");
    due("2026-05-07T12:00", 1, "2026-05-08T12:00:00");
    due("2026-05-07T22:00", 2, "2026-05-08T18:00:00");
    due("2026-05-10T10:00", 1, "2026-05-11T12:00:00"); // A day off has no halves.
    due("2026-05-07T10:00", 0, "2026-05-07T12:00:00");
    due("2026-05-10T10:00", 0, "2026-05-11T00:00:00");
}

#[test]
fn t7_pauses() {
    let days = |pauses: &str, expected: &str| {
        check(
            &format!(
                r#""op": "working_days", "start": "2026-05-11T10:00", "n": 3, "pauses": {pauses}"#
            ),
            expected,
        );
    };
    days("[]", "2026-05-14T18:00:00");
    days(
        r#"[["2026-05-12T09:00", "2026-05-12T17:00"]]"#,
        "2026-05-14T18:00:00",
    ); // Within a day: nothing.
    days(
        r#"[["2026-05-12T23:59", "2026-05-13T00:00"]]"#,
        "2026-05-15T18:00:00",
    ); // The 13th is not counted.
    days(
        r#"[["2026-05-12T09:00", "2026-05-14T09:00"], ["2026-05-13T09:00", "2026-05-15T09:00"]]"#,
        "2026-05-19T18:00:00",
    );
    days(
        r#"[["2026-05-01T09:00", "2026-05-12T09:00"]]"#,
        "2026-05-15T18:00:00",
    ); // Clipped to receipt.
    days(r#"[["2026-05-14T00:00", null]]"#, "2026-05-14T18:00:00"); // On the due day.
    days(r#"[["2026-05-13T23:59", null]]"#, "suspended");
    days(
        r#"[["2026-05-12T09:00", "2026-05-13T09:00"], ["2026-05-14T09:00", null]]"#,
        "suspended",
    );

    let hours = |pauses: &str, expected: &str| {
        check(
            &format!(
                r#""op": "calendar_hours", "start": "2026-05-11T10:00", "n": 4, "pauses": {pauses}"#
            ),
            expected,
        );
    };
    hours(
        r#"[["2026-05-11T11:00", "2026-05-11T11:30"]]"#,
        "2026-05-11T14:30:00",
    );
    hours(r#"[["2026-05-11T14:00", null]]"#, "2026-05-11T14:00:00");
    hours(r#"[["2026-05-11T13:59:59", null]]"#, "suspended");
    hours(
        r#"[["2026-05-01T00:00", "2026-05-11T12:00"], ["2026-05-11T11:00", "2026-05-11T13:00"]]"#,
        "2026-05-11T17:00:00",
    );

    let halves = |pauses: &str, expected: &str| {
        check(
            &format!(
                r#""op": "working_halves", "start": "2026-05-11T10:00", "n": 2, "pauses": {pauses}"#
            ),
            expected,
        );
    };
    halves("[]", "2026-05-12T12:00:00");
    halves(
        r#"[["2026-05-11T10:30", "2026-05-11T13:00"]]"#,
        "2026-05-12T18:00:00",
    );
    halves(r#"[["2026-05-12T08:00", null]]"#, "2026-05-12T12:00:00");
    halves(r#"[["2026-05-11T20:00", null]]"#, "suspended");

    // Rolling comes last: the pause moves the sixth day to a Sunday.
    check(
        r#""op": "calendar_days", "start": "2026-05-11T10:00", "n": 5, "roll": "next_working", "pauses": [["2026-05-12T09:00", "2026-05-13T09:00"]]"#,
        "2026-05-18T18:00:00",
    );
    check(
        r#""op": "calendar_months", "start": "2026-05-11T10:00", "n": 1, "pauses": [["2026-05-12T09:00", null]]"#,
        "2026-06-11T18:00:00",
    );
}

#[test]
fn t8_weeks_and_months() {
    check(
        r#""op": "calendar_weeks", "start": "2026-05-11T10:00", "n": 2"#,
        "2026-05-25T18:00:00",
    );
    let month = |start: &str, n: u32, rest: &str, expected: &str| {
        check(
            &format!(r#""op": "calendar_months", "start": "{start}", "n": {n}{rest}"#),
            expected,
        );
    };
    month("2026-01-31T10:00", 1, "", "2026-02-28T18:00:00");
    month(
        "2024-01-31T10:00",
        1,
        r#", "end": "day""#,
        "2024-03-01T00:00:00",
    );
    month("2026-01-31T10:00", 2, "", "2026-03-31T18:00:00");
    month(
        "2025-08-31T10:00",
        13,
        r#", "roll": "next_working""#,
        "2026-09-30T18:00:00",
    );
    month(
        "2025-09-15T10:00",
        5,
        r#", "roll": "next_working""#,
        "2026-02-24T18:00:00",
    );
}

#[test]
fn t9_provisional_answers() {
    let check = |expected: bool, request: &str| {
        assert_eq!(answer(request)["provisional"], expected, "{request}");
    };
    check(
        false,
        r#""op": "working_days", "start": "2026-12-24T10:00", "n": 1"#,
    );
    check(
        false,
        r#""op": "calendar_days", "start": "2026-12-24T10:00", "n": 3"#,
    );
    check(
        true,
        r#""op": "calendar_days", "start": "2026-12-24T10:00", "n": 4"#,
    ); // 28 December.
    check(
        true,
        r#""op": "working_days", "start": "2026-12-31T10:00", "n": 1"#,
    );
    check(
        false,
        r#""op": "working_days", "start": "2025-12-29T10:00", "n": 1"#,
    );
    check(
        true,
        r#""op": "working_days", "start": "2012-12-27T10:00", "n": 30"#,
    );
    check(
        true,
        r#""op": "calendar_weeks", "start": "2026-12-24T10:00", "n": 1"#,
    );
    check(
        false,
        r#""op": "calendar_weeks", "start": "2026-12-24T10:00", "n": 1, "end": "day""#,
    );
    check(
        true,
        r#""op": "calendar_months", "start": "2026-12-24T10:00", "n": 1, "end": "day", "roll": "next_working""#,
    );
    check(
        false,
        r#""op": "calendar_months", "start": "2026-12-24T10:00", "n": 1, "end": "day""#,
    );
    check(
        false,
        r#""op": "calendar_hours", "start": "2026-12-31T10:00", "n": 48"#,
    );
    check(
        true,
        r#""op": "working_hours", "start": "2026-12-31T10:00", "n": 1"#,
    );
    check(
        false,
        r#""op": "working_days", "start": "2026-12-21T10:00", "n": 9, "pauses": [["2026-12-24T10:00", null]]"#,
    );
    check(
        true,
        r#""op": "working_days", "start": "2026-12-21T10:00", "n": 9, "pauses": [["2026-12-28T10:00", null]]"#,
    );
    check(
        true,
        r#""op": "working_days_between", "start": "2026-12-21T10:00", "to": "2026-12-28T00:00""#,
    );
    check(
        false,
        r#""op": "working_minutes_between", "start": "2026-12-21T10:00", "to": "2026-12-27T23:59""#,
    );
}

#[test]
fn t10_working_time_between() {
    let value = |request: &str| answer(request)["value"].as_i64().expect("a number");
    let days = |start: &str, to: &str| {
        value(&format!(
            r#""op": "working_days_between", "start": "{start}", "to": "{to}""#
        ))
    };
    assert_eq!(days("2026-02-13T16:20", "2026-02-27T00:00"), 5);
    assert_eq!(days("2026-02-13T00:00", "2026-02-13T23:59"), 0);
    let minutes = |pauses: &str| {
        value(&format!(
            r#""op": "working_minutes_between", "start": "2026-02-13T16:20", "to": "2026-02-24T09:10:59", "pauses": {pauses}"#
        ))
    };
    assert_eq!(minutes("[]"), 100 + 450 + 10);
    assert_eq!(
        minutes(r#"[["2026-02-14T11:30", "2026-02-14T14:00"]]"#),
        100 + 450 - 60 + 10
    );
    assert_eq!(
        minutes(r#"[["2026-02-14T11:30", null], ["2026-02-14T08:00", "2026-02-14T10:00"]]"#),
        100 + 90
    );
}

/// New York goes from 02:00 to 03:00 on 8 March 2026, and from 02:00 back to 01:00 on 1 November.
#[test]
fn t11_daylight_saving() {
    let calendar = Calendar::from_json(
        r#"{"tz": "America/New_York", "weekly": {"7": [["00:00", "24:00"]]}, "published_years": [2026, 2026]}"#,
    )
    .expect("a calendar");
    let due = |op: &str, start: &str, n: u32, expected: &str| {
        check_on(
            &calendar,
            &format!(r#""op": "{op}", "start": "{start}", "n": {n}"#),
            expected,
        );
    };
    due(
        "calendar_hours",
        "2026-03-07T20:00",
        12,
        "2026-03-08T09:00:00-04:00",
    );
    due(
        "calendar_hours",
        "2026-10-31T20:00",
        12,
        "2026-11-01T07:00:00-05:00",
    );
    due(
        "working_hours",
        "2026-03-07T20:00",
        4,
        "2026-03-08T05:00:00-04:00",
    );
    due(
        "working_hours",
        "2026-03-07T20:00",
        23,
        "2026-03-09T00:00:00-04:00",
    );
    due(
        "working_hours",
        "2026-10-31T20:00",
        25,
        "2026-11-02T00:00:00-05:00",
    );
    // A time that was skipped, and one that came twice, is read with the offset before the change.
    due(
        "calendar_hours",
        "2026-03-08T02:30",
        0,
        "2026-03-08T03:30:00-04:00",
    );
    due(
        "calendar_hours",
        "2026-11-01T01:30",
        0,
        "2026-11-01T01:30:00-04:00",
    );
}

#[test]
fn t11_a_closing_time_that_is_skipped_or_repeated() {
    let on_sundays = |zone: &str, close: &str| {
        let file = format!(r#"{{"tz": "{zone}", "weekly": {{"7": [["00:00", "{close}"]]}}}}"#);
        Calendar::from_json(&file).expect("a calendar")
    };
    let next_day = |calendar: &Calendar, start: &str, end: &str, expected: &str| {
        let request =
            format!(r#""op": "calendar_days", "start": "{start}", "n": 1, "end": "{end}""#);
        check_on(calendar, &request, expected);
    };
    let skipped = on_sundays("America/New_York", "02:30");
    next_day(
        &skipped,
        "2026-03-07T20:00",
        "business",
        "2026-03-08T03:30:00-04:00",
    );
    let repeated = on_sundays("America/New_York", "01:30");
    next_day(
        &repeated,
        "2026-10-31T20:00",
        "business",
        "2026-11-01T01:30:00-04:00",
    );
    // Cairo skips the first hour of 24 April 2026 and repeats the last one of 29 October.
    let cairo = on_sundays("Africa/Cairo", "12:00");
    next_day(
        &cairo,
        "2026-04-22T20:00",
        "day",
        "2026-04-24T01:00:00+03:00",
    );
    next_day(
        &cairo,
        "2026-10-28T20:00",
        "day",
        "2026-10-30T00:00:00+02:00",
    );
}
