//! `huiyin calendar due`, line by line.

use huiyin_calendar::{Calendar, answer_line};

fn ask(request: &str) -> String {
    answer_line(&Calendar::china(), request)
}

#[test]
fn an_open_pause_suspends_the_clock() {
    assert_eq!(
        ask(
            r#"{"id": 1, "op": "working_days", "start": "2026-02-13T16:20", "n": 5, "pauses": [["2026-02-14T09:00", null]], "end": "business"}"#
        ),
        r#"{"id": 1, "due_at": null, "due_date": null, "suspended": true, "provisional": false}"#
    );
}

#[test]
fn the_id_is_echoed_as_it_is_written() {
    for id in [
        "null",
        "7",
        "-1.50",
        "123456789012345678901234567890",
        r#""a\"b""#,
        r#"{"k": [1, 2]}"#,
        "true",
    ] {
        let rest = r#""op": "calendar_days", "start": "2026-05-06T08:00", "n": 0"#;
        assert_eq!(
            ask(&format!(r#"{{"id": {id}, {rest}}}"#)),
            format!(
                r#"{{"id": {id}, "due_at": "2026-05-06T18:00:00+08:00", "due_date": "2026-05-06", "suspended": false, "provisional": false}}"#
            )
        );
        assert!(
            ask(&format!(r#"{{"id": {id}, "op": "nothing"}}"#))
                .starts_with(&format!(r#"{{"id": {id}, "error": "#))
        );
    }
}

/// Every way to ask wrongly, with the words by which the answer names it.
#[test]
fn a_bad_request_is_answered_with_what_is_wrong() {
    let cases = [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[1, 2]", "must be a JSON object"),
        ("5", "must be a JSON object"),
        (
            r#"{"op": "sleep", "start": "2026-05-06T08:00", "n": 1}"#,
            "unknown `op` `sleep`",
        ),
        (r#"{"start": "2026-05-06T08:00", "n": 1}"#, "missing `op`"),
        (
            r#"{"op": 3, "start": "2026-05-06T08:00", "n": 1}"#,
            "`op` must be a text",
        ),
        (r#"{"op": "working_days", "n": 1}"#, "missing `start`"),
        (
            r#"{"op": "working_days", "start": 5, "n": 1}"#,
            "`start` must be a text",
        ),
        (
            r#"{"op": "working_days", "start": "2026-05-06", "n": 1}"#,
            "is not a date with a time",
        ),
        (
            r#"{"op": "working_days", "start": "2026-02-30T08:00", "n": 1}"#,
            "is not a date with a time",
        ),
        (
            r#"{"op": "working_days", "start": "2026-05-06T08:00+08:00[Asia/Shanghai]", "n": 1}"#,
            "write the offset",
        ),
        (
            r#"{"op": "working_days", "start": "1969-05-06T08:00", "n": 1}"#,
            "outside the years 1970 to 2199",
        ),
        (
            r#"{"op": "working_days", "start": "2026-05-06T08:00"}"#,
            "missing `n`",
        ),
        (
            r#"{"op": "working_days", "start": "2026-05-06T08:00", "n": "1"}"#,
            "`n` must be a number",
        ),
        (
            r#"{"op": "working_days", "start": "2026-05-06T08:00", "n": -1}"#,
            "`n` must be from 0",
        ),
        (
            r#"{"op": "working_days", "start": "2026-05-06T08:00", "n": 1e9}"#,
            "`n` must be from 0",
        ),
        (
            r#"{"op": "working_days", "start": "2026-05-06T08:00", "n": 0.3}"#,
            "in steps of 0.5",
        ),
        (
            r#"{"op": "calendar_days", "start": "2026-05-06T08:00", "n": 0.5}"#,
            "whole number",
        ),
        (
            r#"{"op": "working_halves", "start": "2026-05-06T08:00", "n": 0.5}"#,
            "whole number",
        ),
        (
            r#"{"op": "calendar_weeks", "start": "2026-05-06T08:00", "n": 1.5}"#,
            "whole number",
        ),
        (
            r#"{"op": "calendar_months", "start": "2026-05-06T08:00", "n": 1.5}"#,
            "whole number",
        ),
        (
            r#"{"op": "working_hours", "start": "2026-05-06T08:00", "n": 0.0001}"#,
            "whole seconds",
        ),
        (
            r#"{"op": "calendar_days", "start": "2150-05-06T08:00", "n": 36000}"#,
            "does not end by 2199",
        ),
        (
            r#"{"op": "working_days", "start": "2026-05-06T08:00", "n": 1, "end": "noon"}"#,
            "`end` must be",
        ),
        (
            r#"{"op": "working_days", "start": "2026-05-06T08:00", "n": 1, "roll": true}"#,
            "`roll` must be",
        ),
        (
            r#"{"op": "working_days", "start": "2026-05-06T08:00", "n": 1, "pauses": {}}"#,
            "`pauses` must be a list",
        ),
        (
            r#"{"op": "working_days", "start": "2026-05-06T08:00", "n": 1, "pauses": [["2026-05-06T08:00"]]}"#,
            "`pauses[0]` must be a pair",
        ),
        (
            r#"{"op": "working_days", "start": "2026-05-06T08:00", "n": 1, "pauses": [[null, null]]}"#,
            "missing `pauses[0]`",
        ),
        (
            r#"{"op": "working_days", "start": "2026-05-06T08:00", "n": 1, "pauses": [["2026-05-06T08:00", "2026-05-06T07:00"]]}"#,
            "`pauses[0]` ends before it begins",
        ),
        (
            r#"{"op": "working_days", "start": "2026-05-06T08:00", "n": 1, "paused": []}"#,
            "unknown key `paused`",
        ),
        (
            r#"{"op": "working_days", "op": "working_days", "start": "2026-05-06T08:00", "n": 1}"#,
            "duplicate field `op`",
        ),
        (
            r#"{"op": "working_days_between", "start": "2026-05-06T08:00"}"#,
            "missing `to`",
        ),
        (
            r#"{"op": "working_minutes_between", "start": "2026-05-06T08:00", "to": "2026-05-06T07:59"}"#,
            "`to` is before `start`",
        ),
    ];
    for (request, expected) in cases {
        let answer = ask(request);
        assert!(
            answer.starts_with(r#"{"id": null, "error": ""#),
            "{request}: {answer}"
        );
        assert!(answer.contains(expected), "{request}: {answer}");
    }
}

#[test]
fn an_instant_may_carry_its_offset() {
    let expected =
        ask(r#"{"id": 1, "op": "calendar_hours", "start": "2026-05-06T08:00", "n": 1.5}"#);
    assert!(expected.contains("2026-05-06T09:30:00+08:00"), "{expected}");
    for start in [
        "2026-05-06T08:00+08:00",
        "2026-05-06T00:00Z",
        "2026-05-05T20:00:00-04:00",
    ] {
        let request =
            format!(r#"{{"id": 1, "op": "calendar_hours", "start": "{start}", "n": 1.5}}"#);
        assert_eq!(ask(&request), expected);
    }
}

#[test]
fn keys_that_an_operation_does_not_use_change_nothing() {
    assert_eq!(
        ask(
            r#"{"id": 1, "op": "calendar_hours", "start": "2026-05-08T08:00", "n": 24, "pauses": null, "end": "day", "roll": "next_working", "to": null}"#
        ),
        ask(r#"{"id": 1, "op": "calendar_hours", "start": "2026-05-08T08:00", "n": 24}"#)
    );
}
