use huiyin_case::id::PersonId;
use jiff::Timestamp;
use uuid::Uuid;

use super::*;

/// England as a file of this year says it.
const ENGLAND: &str = r#"{"tz": "Europe/London", "weekly": {"1": [["09:00", "17:00"]], "2": [["09:00", "17:00"]]}, "published_years": [2026, 2026]}"#;

fn version(name: &str, number: u32, file: &str, from: Option<Date>) -> CalendarVersion {
    let at: Timestamp = "2026-11-05T09:00:00+08:00".parse().unwrap();
    CalendarVersion {
        name: CalendarId::new(name),
        version: number,
        file: file.to_owned(),
        from,
        by: Some(PersonId::new(Uuid::nil())),
        policy: None,
        at,
        recomputed_at: None,
    }
}

fn own(file: &str, from: Option<Date>) -> Result<Kept, CalendarUnfit> {
    Kept::next(Some(&Kept::built_in()), version("own", 1, file, from))
}

#[test]
fn a_new_year_touches_what_the_year_before_left_open() {
    let year = own(
        r#"{"holidays": ["2027-02-08"], "published_years": [2027, 2027]}"#,
        None,
    )
    .unwrap();
    assert_eq!(year.published(), Some((2013, 2027)));
    assert_eq!(year.versions[0].touches, Some(date(2026, 12, 28)));
    let day = own(r#"{"holidays": ["2026-12-04"]}"#, None).unwrap();
    assert_eq!(day.versions[0].touches, Some(date(2026, 12, 4)));
    let hours = own(
        r#"{"half_split": "12:00", "tz": "Asia/Shanghai", "weekly": {}}"#,
        None,
    );
    assert_eq!(hours.unwrap().versions[0].touches, Some(FIRST_DAY));
}

#[test]
fn the_next_year_is_missed_from_october_on() {
    let built_in = Kept::built_in();
    assert_eq!(built_in.year_missed(date(2026, 9, 30)), None);
    assert_eq!(built_in.year_missed(date(2026, 10, 1)), Some(2027));
    assert_eq!(built_in.year_missed(date(2028, 1, 1)), Some(2027));
    let untold = own(r#"{"tz": "Asia/Shanghai", "weekly": {}}"#, None).unwrap();
    assert_eq!(untold.year_missed(date(2028, 1, 1)), None);
}

#[test]
fn statistics_take_each_day_as_it_was_when_it_began() {
    // Two days are taken off after the fact, one ahead.
    let file = r#"{"holidays": [{"from": "2026-11-03", "to": "2026-11-06"}]}"#;
    let kept = own(file, None).unwrap();
    let worked = |calendar: &Calendar, day: i8| calendar.is_working_day(date(2026, 11, day));
    assert!((3..=6).all(|day| !worked(&kept.calendar, day)));
    assert!((3..=5).all(|day| worked(kept.counted(), day)));
    assert!(!worked(kept.counted(), 6));
}

#[test]
fn a_first_day_leaves_the_days_before_it_alone() {
    let file = r#"{"tz": "Asia/Shanghai", "weekly": {"6": [["10:00", "12:00"]]}}"#;
    let kept = own(file, Some(date(2027, 1, 1))).unwrap();
    assert_eq!(kept.versions[0].touches, Some(date(2027, 1, 1)));
    assert!(kept.calendar.is_working_day(date(2026, 12, 31)));
    assert!(!kept.calendar.is_working_day(date(2027, 1, 4)));
    assert!(kept.calendar.is_working_day(date(2027, 1, 9)));
}

#[test]
fn an_overlay_or_a_first_day_needs_a_calendar_before_it() {
    let first = |file: &str, from| Kept::next(None, version("england", 1, file, from));
    let day = Some(date(2026, 1, 1));
    assert_eq!(
        first(r#"{"holidays": []}"#, None).unwrap_err(),
        CalendarUnfit::NothingBefore
    );
    assert_eq!(
        first(ENGLAND, day).unwrap_err(),
        CalendarUnfit::NothingBefore
    );
    let kept = first(ENGLAND, None).unwrap();
    assert_eq!((kept.number(), kept.zone().as_str()), (1, "Europe/London"));
    assert!(matches!(
        first("{", None),
        Err(CalendarUnfit::Problems(found)) if found.len() == 1
    ));
}

#[test]
fn calendars_are_made_of_their_versions_in_order() {
    let more = r#"{"holidays": ["2026-05-05"]}"#;
    let versions = vec![
        version("england", 1, ENGLAND, None),
        version("england", 2, more, None),
    ];
    let calendars = Calendars::of_versions(versions).unwrap();
    let england = calendars.get(&CalendarId::new("england")).unwrap();
    assert_eq!(england.number(), 2);
    assert!(!england.calendar.is_working_day(date(2026, 5, 5)));
    assert!(england.calendar.is_working_day(date(2026, 5, 4)));
    assert_eq!(calendars.own().number(), 0);
    let wrong = Calendars::of_versions(vec![version("england", 1, more, None)]);
    assert_eq!(wrong.unwrap_err(), (CalendarId::new("england"), 1));
}
