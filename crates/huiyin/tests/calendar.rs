//! `huiyin calendar load` and `list`: what an administrator sees; and a policy that brings its calendar along.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't set up its world has failed"
)]

mod support;

use support::{GENERAL, Place};

const ENGLAND: &str = r#"{"tz": "Europe/London", "weekly": {"1": [["09:00", "17:00"]], "2": [["09:00", "17:00"]], "3": [["09:00", "17:00"]], "4": [["09:00", "17:00"]], "5": [["09:00", "17:00"]]}, "holidays": [{"date": "2026-04-03", "name": "Good Friday"}, {"date": "2026-04-06", "name": "Easter Monday"}], "published_years": [2026, 2026]}"#;

#[tokio::test]
async fn a_new_year_is_looked_at_and_loaded_and_a_wrong_file_changes_nothing() {
    let place = Place::new().await;
    place.write(
        "2027.json",
        r#"{"holidays": [{"date": "2027-01-01", "name": "元旦"}], "names_en": {"元旦": "New Year's Day"}, "published_years": [2027, 2027]}"#,
    );
    let (done, said) = place.said(&["calendar", "load", "2027.json", "--dry-run"]);
    assert!(
        done && said.contains("2027-01-01: working day, 09:00–12:00 13:30–18:00 → "),
        "{said}"
    );
    assert!(
        said.contains("New Year's Day") && said.contains("1 days change"),
        "{said}"
    );
    let (done, said) = place.said(&["calendar", "list"]);
    assert!(
        done && said.contains("own: version 0, Asia/Shanghai, years 2013–2026"),
        "{said}"
    );
    place.write(
        "wrong.json",
        r#"{"holidays": ["2027-02-30"], "published": 1}"#,
    );
    let (done, said) = place.said(&["calendar", "load", "wrong.json"]);
    assert!(
        !done && said.contains("holidays[0]") && said.contains("published: unknown"),
        "{said}"
    );
    let (done, said) = place.said(&["calendar", "load", "2027.json"]);
    assert!(done && said.contains("own: version 1 is loaded"), "{said}");
    let (done, said) = place.said(&["calendar", "load", "2027.json"]);
    assert!(!done && said.contains("The file changes nothing"), "{said}");
    let (done, said) = place.said(&["calendar", "list"]);
    assert!(
        done && said.contains("own: version 1, Asia/Shanghai, years 2013–2027"),
        "{said}"
    );
    assert!(said.contains("version 1: 沈佳"), "{said}");
    let (done, said) = place.said(&["verify"]);
    assert!(done, "{said}");
}

#[tokio::test]
async fn a_folder_with_its_calendar_checks_tests_and_publishes_by_itself() {
    let place = Place::new().await;
    let folder = place.path().join("abroad");
    std::fs::create_dir_all(folder.join("tests")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("policy.yaml", &format!("calendar: england\n{GENERAL}"));
    write(
        "tests/easter.yaml",
        "units:\n  service: {head: mei}\npeople:\n  mei: {unit: service, positions: [customer-service-specialist]}\ntests:\n  - test: three working days over Easter\n    clauses: [P1.4]\n    steps:\n      - {at: 2026-04-02T10:00, mei: register inquiry, channel: phone, with: {nature: question, subject: a, content: b, other_unit: no}}\n      - expect: {clocks: {reply: 2026-04-09T17:00}}\n",
    );
    let folder_name = folder.to_string_lossy().into_owned();
    let plain = |command: &str| place.plain(&["policy", command, &folder_name]);
    let (clean, said) = plain("check");
    assert!(clean && said.contains("HY-P096"), "{said}");
    let (passed, said) = plain("test");
    assert!(!passed && said.contains("HY-P096"), "{said}");
    let (done, said) = place.said(&["policy", "publish", &folder_name]);
    assert!(!done && said.contains("by the calendar england"), "{said}");

    std::fs::create_dir(folder.join("calendars")).unwrap();
    write(
        "calendars/england.json",
        &ENGLAND.replace("London", "Londn"),
    );
    let (clean, said) = plain("check");
    assert!(
        !clean && said.contains("HY-P095") && said.contains("Europe/Londn"),
        "{said}"
    );
    write("calendars/england.json", ENGLAND);
    let (clean, said) = plain("check");
    assert!(clean && said.contains("nothing found"), "{said}");
    let (passed, said) = plain("test");
    assert!(passed && said.contains("1 passed, 0 failed"), "{said}");
    let (done, said) = place.said(&["policy", "publish", &folder_name]);
    assert!(done && said.contains("version 2 is in force"), "{said}");
    let (done, said) = place.said(&["calendar", "list"]);
    assert!(
        done && said.contains("england: version 1, Europe/London, years 2026–2026"),
        "{said}"
    );
    assert!(said.contains("with the policy general"), "{said}");
}
