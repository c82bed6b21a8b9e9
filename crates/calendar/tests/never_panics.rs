//! Whatever is asked, there is an answer.

use huiyin_calendar::{Calendar, Hours, Length, Limit, Overlay, answer_line};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::Value;

/// Values that a request may hold, good and bad.
fn values() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(
            &[
                "null",
                "true",
                "{}",
                "[]",
                "-1",
                "0",
                "0.5",
                "2.5",
                "7",
                "1e308",
                "99999999999999999999",
                r#""""#,
                r#""day""#,
                r#""next_working""#,
                r#""2026-02-13T16:20""#,
                r#""1970-01-01T00:00""#,
                r#""2199-12-31T23:59:59""#,
                r#""9999-12-31T23:59""#,
                r#""-009999-01-01T00:00""#,
                r#""2026-02-13T16:20:60Z""#,
                r#"[["2026-02-13T16:20", null]]"#,
                r#"[["1970-01-01T00:00", "2199-12-31T23:59"]]"#,
                r#""working_days""#,
                r#""calendar_days""#,
                r#""working_hours""#,
                r#""calendar_hours""#,
                r#""working_halves""#,
                r#""calendar_weeks""#,
                r#""calendar_months""#,
                r#""working_days_between""#,
                r#""working_minutes_between""#,
            ][..]
        )
        .prop_map(str::to_owned),
        any::<f64>().prop_map(|number| Value::from(number).to_string()),
        ".*".prop_map(|text| Value::from(text).to_string()),
    ]
}

fn requests() -> impl Strategy<Value = String> {
    let keys =
        prop::sample::select(&["id", "op", "start", "n", "pauses", "end", "roll", "to", "x"][..]);
    prop::collection::vec((keys, values()), 0..9).prop_map(|pairs| {
        let pairs: Vec<String> = pairs
            .into_iter()
            .map(|(key, value)| format!(r#""{key}": {value}"#))
            .collect();
        format!("{{{}}}", pairs.join(", "))
    })
}

fn answers(line: &str) -> Value {
    let answer = answer_line(&Calendar::china(), line);
    assert!(!answer.contains('\n'), "one line: {answer}");
    serde_json::from_str(&answer).expect("an answer is JSON")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_line_is_answered(line in "[^\n\r]*") {
        prop_assert!(answers(&line).get("error").is_some());
    }

    #[test]
    fn any_request_is_answered(line in requests()) {
        answers(&line);
    }

    #[test]
    fn any_text_is_a_calendar_or_has_problems(text in ".*") {
        prop_assert!(Calendar::from_json(&text).is_err());
        let says_nothing = text.trim() == "{}";
        prop_assert!(Overlay::from_json(&text).is_err() || says_nothing);
    }

    /// Starting later never ends earlier, and more never ends before less.
    #[test]
    fn limits_are_monotonic(second in 1_000_000_000_i64..2_000_000_000, later in 0_i64..1_000_000, n in 0_u32..200, more in 0_u32..20) {
        let calendar = Calendar::china();
        let start = Timestamp::from_second(second).expect("an instant");
        let later = Timestamp::from_second(second + later).expect("an instant");
        let units: [fn(u32) -> Length; 6] = [
            |n| Length::WorkingDays(huiyin_calendar::Halves(n)),
            Length::CalendarDays,
            |n| Length::WorkingHours(Hours::whole(n)),
            |n| Length::CalendarHours(Hours::whole(n)),
            Length::WorkingHalves,
            Length::Months,
        ];
        for unit in units {
            let due = |n, start| calendar.due(&Limit::new(unit(n)), start, &[]).expect("in range").due_at;
            prop_assert!(due(n, start) <= due(n, later) || n == 0);
            prop_assert!(due(n, start) <= due(n + more, start));
        }
    }
}
