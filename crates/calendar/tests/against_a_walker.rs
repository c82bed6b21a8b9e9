//! The calendar against a walker, over random calendars, zones, limits and pauses.

mod walker;

use huiyin_calendar::{
    Calendar, End, Halves, Hours, Length, Limit, Line, Pause, Roll, answer_line,
};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use serde_json::{Value, json};
use walker::{Intervals, Question, STEP_SECONDS, Unit, Walker};

/// Zones without daylight saving, with it, with half an hour of it, with it at midnight, and with a
/// day that was skipped.
const ZONES: [&str; 6] = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Pacific/Apia",
];

/// Where tests begin: turns of daylight saving, the turn of a year, spring in China, a skipped day.
const SEASONS: [Date; 6] = [
    date(2026, 3, 1),
    date(2026, 10, 10),
    date(2026, 12, 1),
    date(2026, 2, 1),
    date(2026, 4, 15),
    date(2011, 12, 1),
];

fn intervals() -> impl Strategy<Value = Intervals> {
    prop_oneof![
        3 => Just(vec![(540, 720), (810, 1080)]),
        2 => Just(vec![]),
        1 => Just(vec![(480, 1200)]),
        1 => Just(vec![(0, 1440)]),
        1 => Just(vec![(1200, 1440)]),
        1 => Just(vec![(60, 150), (155, 200), (200, 725)]),
        1 => Just(vec![(130, 160)]),
    ]
}

fn dates(season: Date) -> impl Strategy<Value = Date> {
    (-3_i64..75).prop_map(move |days| season + days.days())
}

fn walkers(season: Date) -> impl Strategy<Value = Walker> {
    let weekly = prop::array::uniform7(intervals()).prop_filter("some working day", |weekly| {
        weekly.iter().any(|hours| !hours.is_empty())
    });
    (
        prop::sample::select(&ZONES[..]),
        weekly,
        0_usize..7,
        prop::collection::btree_set(dates(season), 0..20),
        prop::collection::btree_set(dates(season), 0..8),
        prop::collection::btree_map(dates(season), intervals(), 0..6),
        prop_oneof![2 => Just(None), 1 => (0_i64..=288).prop_map(|steps| Some(steps * 5))],
        prop_oneof![3 => Just((2011, 2026)), 1 => Just((2011, 2030)), 1 => Just((2026, 2026))],
    )
        .prop_map(
            |(zone, weekly, makeup_as, holidays, makeup, exceptions, half_split, published)| {
                Walker {
                    zone: TimeZone::get(zone).expect("a zone of the tests"),
                    weekly,
                    makeup_as,
                    holidays,
                    makeup,
                    exceptions,
                    half_split,
                    published,
                }
            },
        )
}

fn instants(season: Date) -> impl Strategy<Value = Timestamp> {
    (0_i64..45 * 24 * 12).prop_map(move |steps| {
        let midnight = season
            .to_zoned(TimeZone::UTC)
            .expect("a season")
            .timestamp();
        midnight + (steps * STEP_SECONDS).seconds()
    })
}

fn pauses(season: Date) -> impl Strategy<Value = Vec<(Timestamp, Option<Timestamp>)>> {
    let pause = (
        instants(season),
        prop::option::weighted(0.8, 0_i64..6 * 24 * 12),
    )
        .prop_map(|(from, steps)| {
            (
                from,
                steps.map(|steps| from + (steps * STEP_SECONDS).seconds()),
            )
        });
    prop::collection::vec(pause, 0..4)
}

fn questions(season: Date) -> impl Strategy<Value = Question> {
    let unit = prop_oneof![
        Just((Unit::WorkingHalfDays, 30_i64)),
        Just((Unit::CalendarDays, 40_i64)),
        Just((Unit::WorkingSteps, 400_i64)),
        Just((Unit::CalendarSteps, 2000_i64)),
        Just((Unit::WorkingHalves, 20_i64)),
        Just((Unit::Weeks, 5_i64)),
        Just((Unit::Months, 3_i64)),
    ]
    .prop_flat_map(|(unit, most)| (Just(unit), 0..=most));
    (
        unit,
        any::<bool>(),
        any::<bool>(),
        instants(season),
        pauses(season),
    )
        .prop_map(|((unit, n), end_of_day, roll, start, pauses)| Question {
            unit,
            n,
            end_of_day,
            roll,
            start,
            pauses,
        })
}

fn case() -> impl Strategy<Value = (Walker, Vec<Question>)> {
    prop::sample::select(&SEASONS[..])
        .prop_flat_map(|season| (walkers(season), prop::collection::vec(questions(season), 8)))
}

fn hours_json(hours: &[(i64, i64)]) -> Value {
    let time = |minutes: i64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    hours
        .iter()
        .map(|(open, close)| json!([time(*open), time(*close)]))
        .collect()
}

fn calendar(walker: &Walker) -> Calendar {
    let weekly: serde_json::Map<String, Value> = (1..=7)
        .zip(&walker.weekly)
        .map(|(weekday, hours)| (weekday.to_string(), hours_json(hours)))
        .collect();
    let exceptions: serde_json::Map<String, Value> = walker
        .exceptions
        .iter()
        .map(|(date, hours)| (date.to_string(), hours_json(hours)))
        .collect();
    let file = json!({
        "tz": walker.zone.iana_name(),
        "weekly": weekly,
        "makeup_as": walker.makeup_as + 1,
        "holidays": walker.holidays.iter().map(Date::to_string).collect::<Vec<_>>(),
        "makeup": walker.makeup.iter().map(Date::to_string).collect::<Vec<_>>(),
        "exceptions": exceptions,
        "half_split": walker.half_split.map(|minutes| format!("{:02}:{:02}", minutes / 60, minutes % 60)),
        "published_years": [walker.published.0, walker.published.1],
    });
    Calendar::from_json(&file.to_string()).expect("a calendar of the tests")
}

fn pauses_json(pauses: &[(Timestamp, Option<Timestamp>)]) -> Value {
    pauses
        .iter()
        .map(|(from, to)| json!([from.to_string(), to.map(|to| to.to_string())]))
        .collect()
}

fn request(question: &Question) -> String {
    let steps = question.n as f64 / 12.0;
    let (op, n) = match question.unit {
        Unit::WorkingHalfDays => ("working_days", question.n as f64 / 2.0),
        Unit::CalendarDays => ("calendar_days", question.n as f64),
        Unit::WorkingSteps => ("working_hours", steps),
        Unit::CalendarSteps => ("calendar_hours", steps),
        Unit::WorkingHalves => ("working_halves", question.n as f64),
        Unit::Weeks => ("calendar_weeks", question.n as f64),
        Unit::Months => ("calendar_months", question.n as f64),
    };
    json!({
        "id": 1,
        "op": op,
        "start": question.start.to_string(),
        "n": n,
        "pauses": pauses_json(&question.pauses),
        "end": if question.end_of_day { "day" } else { "business" },
        "roll": if question.roll { "next_working" } else { "none" },
    })
    .to_string()
}

fn limit(question: &Question) -> Limit {
    let n = u32::try_from(question.n).expect("not negative");
    let hours = Hours::from_seconds(n * STEP_SECONDS as u32);
    let limit = Limit::new(match question.unit {
        Unit::WorkingHalfDays => Length::WorkingDays(Halves(n)),
        Unit::CalendarDays => Length::CalendarDays(n),
        Unit::WorkingSteps => Length::WorkingHours(hours),
        Unit::CalendarSteps => Length::CalendarHours(hours),
        Unit::WorkingHalves => Length::WorkingHalves(n),
        Unit::Weeks => Length::Weeks(n),
        Unit::Months => Length::Months(n),
    });
    let end = if question.end_of_day {
        End::Day
    } else {
        End::Business
    };
    let roll = if question.roll {
        Roll::NextWorking
    } else {
        Roll::None
    };
    limit.ending(end).rolling(roll)
}

/// What the lines of an explanation have counted, in the unit of the question, and the last day they name.
fn told(unit: Unit, lines: &[Line]) -> (i64, Option<Date>) {
    let mut counted = 0;
    let mut day = None;
    for line in lines {
        match line {
            Line::Counted { to, last, .. } => {
                counted = i64::from(*last) * if unit == Unit::WorkingHalfDays { 2 } else { 1 };
                day = Some(to.date);
            }
            Line::HalfLeft { date, total, .. } => {
                counted = i64::from(total.0);
                day = Some(*date);
            }
            Line::Worked { total, .. } | Line::Elapsed { total, .. } => {
                counted = total / STEP_SECONDS;
            }
            Line::Rolled { to, .. } => day = Some(*to),
            _ => {}
        }
    }
    (counted, day)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_limit_ends_where_a_walk_ends((walker, questions) in case()) {
        let calendar = calendar(&walker);
        for question in questions {
            let (due, provisional) = walker.answer(&question);
            let written = |instant: Timestamp| {
                instant.to_zoned(walker.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
            };
            let expected = json!({
                "id": 1,
                "due_at": due.map(|(at, _)| written(at)),
                "due_date": due.map(|(_, date)| date.to_string()),
                "suspended": due.is_none(),
                "provisional": provisional,
            });
            let answer: Value = serde_json::from_str(&answer_line(&calendar, &request(&question))).expect("JSON");
            prop_assert_eq!(answer, expected, "{:?}", question);
        }
    }

    #[test]
    fn time_between_is_what_a_walk_counts(
        (walker, from, to, pauses) in prop::sample::select(&SEASONS[..])
            .prop_flat_map(|season| (walkers(season), instants(season), instants(season), pauses(season)))
    ) {
        let (from, to) = (from.min(to), from.max(to));
        let calendar = calendar(&walker);
        let provisional = walker.may_change(
            walker.zone.to_datetime(from).date(), walker.zone.to_datetime(to).date(),
        );
        for (op, value) in [
            ("working_days_between", walker.working_days_between(from, to)),
            ("working_minutes_between", walker.working_minutes_between(from, to, &pauses)),
        ] {
            let request = json!({
                "op": op, "start": from.to_string(), "to": to.to_string(), "pauses": pauses_json(&pauses),
            });
            let answer: Value = serde_json::from_str(&answer_line(&calendar, &request.to_string())).expect("JSON");
            prop_assert_eq!(answer, json!({"id": null, "value": value, "provisional": provisional}));
        }
    }

    #[test]
    fn an_explanation_counts_what_was_asked_up_to_the_due_day((walker, questions) in case()) {
        let calendar = calendar(&walker);
        for question in questions {
            let pauses: Vec<Pause> =
                question.pauses.iter().map(|(from, to)| Pause { from: *from, to: *to }).collect();
            let explanation = calendar.explain(&limit(&question), question.start, &pauses).expect("in range");
            let (due, _) = walker.answer(&question);
            let (counted, day) = told(question.unit, &explanation.lines);
            let asked = match question.unit {
                Unit::Weeks => question.n * 7,
                Unit::Months => 0,
                _ => question.n,
            };
            match due {
                Some((_, date)) => {
                    prop_assert_eq!(counted, asked, "{:?}", question);
                    prop_assert!(day.is_none_or(|day| day == date), "{:?} {:?}", question, explanation);
                }
                None => prop_assert!(counted < asked, "{:?} {:?}", question, explanation),
            }
        }
    }
}
