//! Calendar files and overlays: what they may say, and everything that is wrong in one.

use huiyin_calendar::{Calendar, CalendarFile, DayKind, DayOff, Name, Overlay, Working};
use jiff::civil::{Date, date};

fn problems(text: &str) -> String {
    let problems = Calendar::from_json(text).expect_err("a bad calendar");
    problems
        .iter()
        .map(|problem| format!("{problem}\n"))
        .collect()
}

#[test]
fn every_problem_is_named_with_its_place() {
    insta::assert_snapshot!(problems(
        r#"{
            "tz": "Asia/Nowhere",
            "weekly": {"1": [["09:00", "12:00"], ["11:00", "18:00"]], "2": [["18:00", "09:00"]], "8": [], "3": [["9:00", "24:30"]], "4": ["09:00"], "5": {}},
            "makeup_as": 0,
            "half_split": "noon",
            "holidays": ["2026-02-30", "2026-1-1", 5, {"from": "2026-03-02", "to": "2026-03-01"}, {"name": "x"}, {"date": "1900-01-01", "day": 1}],
            "makeup": "2026-01-04",
            "exceptions": {"2026-02-14": [["09:00"]], "tomorrow": []},
            "published_years": [2026, 2013],
            "notices": {"26": []},
            "comment": ""
        }"#
    ));
}

#[test]
fn what_a_calendar_can_not_do_without_is_missed() {
    insta::assert_snapshot!(problems("{}"));
}

#[test]
fn a_text_that_is_no_object_is_refused() {
    assert_eq!(problems("[]"), "the file must hold one object\n");
    assert!(problems("{").starts_with("not valid JSON"));
    assert!(problems(&" ".repeat(5_000_000)).starts_with("the file is larger than"));
}

#[test]
fn the_built_in_calendar_is_that_of_the_notices() {
    let calendar = Calendar::china();
    assert_eq!(calendar.rules().holidays.len(), 380);
    assert_eq!(calendar.rules().makeup.len(), 93);
    assert_eq!(calendar.rules().published, Some((2013, 2026)));
    assert_eq!(calendar.rules().notices[&2026], ["国办发明电〔2025〕7号"]);
    let festival = Name {
        zh: "春节".to_owned(),
        en: "Spring Festival".to_owned(),
    };
    assert_eq!(
        calendar.day_kind(date(2026, 2, 14)),
        DayKind::Working(Working::Makeup(festival.clone()))
    );
    assert_eq!(
        calendar.day_kind(date(2026, 2, 15)),
        DayKind::Off(DayOff::Holiday(festival))
    );
    assert_eq!(
        calendar.day_kind(date(2026, 3, 7)),
        DayKind::Off(DayOff::Weekly)
    );
    assert_eq!(
        calendar.day_kind(date(2026, 3, 9)),
        DayKind::Working(Working::Weekly)
    );
    // Working days of a year as the notices leave them; in 2020 a second one took two away.
    for (year, days) in [(2020, 249), (2023, 249), (2025, 248), (2026, 248)] {
        let mut day = date(year, 1, 1);
        let mut worked = 0;
        while day.year() == year {
            worked += i32::from(calendar.is_working_day(day));
            day = day.tomorrow().expect("a date");
        }
        assert_eq!(worked, days, "{year}");
    }
}

#[test]
fn an_overlay_adds_regional_days_and_shows_what_changes() {
    let overlay = Overlay::from_json(
        r#"{
            "holidays": [{"from": "2026-04-18", "to": "2026-04-21", "name": "三月三"}],
            "makeup": [{"date": "2026-04-25", "name": "三月三"}],
            "exceptions": {"2026-04-30": {"hours": [["09:00", "12:00"]], "name": "节前"}},
            "names_en": {"三月三": "San Yue San"},
            "published_years": [2027, 2027]
        }"#,
    )
    .expect("an overlay");
    let china = Calendar::china();
    let guangxi = china.with_overlay(&overlay);
    let changed: Vec<Date> = china
        .changes(&guangxi)
        .iter()
        .map(|change| change.date)
        .collect();
    assert_eq!(
        changed,
        [
            date(2026, 4, 20),
            date(2026, 4, 21),
            date(2026, 4, 25),
            date(2026, 4, 30)
        ]
    );
    assert_eq!(guangxi.rules().published, Some((2013, 2027)));
    assert!(guangxi.changes(&guangxi).is_empty());
}

#[test]
fn a_year_is_published_only_next_to_those_that_are() {
    let with = |years: &str| {
        let overlay =
            Overlay::from_json(&format!(r#"{{"published_years": {years}}}"#)).expect("an overlay");
        Calendar::china().with_overlay(&overlay).rules().published
    };
    assert_eq!(with("[2027, 2027]"), Some((2013, 2027)));
    assert_eq!(with("[2010, 2012]"), Some((2010, 2026)));
    assert_eq!(with("[2020, 2028]"), Some((2013, 2028)));
    assert_eq!(with("[2028, 2028]"), Some((2013, 2026)));
}

#[test]
fn days_before_another_calendar_takes_over_stay_as_they_were() {
    let short = r#"{"tz": "Asia/Shanghai", "weekly": {"1": [["09:00", "12:00"]]}, "holidays": [{"date": "2026-03-02", "name": "厂庆"}], "published_years": [2026, 2027]}"#;
    let short = Calendar::from_json(short).expect("a calendar");
    let china = Calendar::china();
    let both = china.until(date(2026, 3, 1), &short);
    let worked = |calendar: &Calendar, day| calendar.is_working_day(day);
    assert!(worked(&both, date(2026, 2, 14)), "the make-up day stays");
    assert!(!worked(&both, date(2026, 2, 16)), "the festival stays");
    assert!(worked(&both, date(2026, 2, 27)), "a Friday before");
    assert!(
        !worked(&both, date(2026, 3, 2)),
        "a holiday of the later one"
    );
    assert!(!worked(&both, date(2026, 3, 6)), "a Friday after");
    let first = date(2026, 3, 1);
    let differ = |one: &Calendar, at: fn(&Date, &Date) -> bool| {
        one.changes(&both)
            .iter()
            .any(|change| at(&change.date, &first))
    };
    assert!(!differ(&china, |day, first| day < first));
    assert!(!differ(&short, |day, first| day >= first));
    assert_eq!(both.rules().published, Some((2013, 2027)));
    let festival = both.day_kind(date(2026, 2, 16));
    assert_eq!(
        festival.name().map(|name| name.en.as_str()),
        Some("Spring Festival")
    );
}

#[test]
fn a_file_is_a_calendar_if_it_names_a_zone_or_weekly_hours_and_an_overlay_otherwise() {
    let whole = r#"{"tz": "Europe/London", "weekly": {"1": [["09:00", "17:00"]]}}"#;
    assert!(matches!(
        CalendarFile::from_json(whole),
        Ok(CalendarFile::Whole(_))
    ));
    let overlay = r#"{"holidays": ["2027-01-01"]}"#;
    assert!(matches!(
        CalendarFile::from_json(overlay),
        Ok(CalendarFile::Overlay(_))
    ));
    let half = CalendarFile::from_json(r#"{"tz": "Europe/London"}"#).expect_err("no hours");
    assert!(
        half.iter().any(|problem| problem.at == "weekly"),
        "{half:?}"
    );
    assert!(CalendarFile::from_json("{").is_err());
}
