//! `huiyin policy simulate`: what whoever revises a policy sees.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't set up its world has failed"
)]

mod support;

use support::{GENERAL, MAPPING, Place};

/// Answered after one working day, after two and a half, and after eight.
const TABLE: &str = "id,opened,subject,content,replied,reply
A-1,2024-03-04 10:00,a,b,2024-03-05 10:00,c
A-2,2024-03-04 10:00,a,b,2024-03-06 16:00,c
A-3,2024-03-04 10:00,a,b,2024-03-14 11:00,c
";

/// A data directory with three historical cases under the general policy.
async fn with_history() -> Place {
    let place = Place::new().await;
    place.write("m.yaml", MAPPING);
    place.write("old.csv", TABLE);
    let imported = place.run(&["import", "cases", "old.csv", "--mapping", "m.yaml"]);
    assert!(imported.status.success(), "{imported:?}");
    place
}

/// Another version of the policy, in a folder of this name.
fn revise(place: &Place, folder: &str, from: &str, to: &str) {
    assert!(GENERAL.contains(from), "`{from}` is not there");
    std::fs::create_dir(place.path().join(folder)).unwrap();
    place.write(&format!("{folder}/policy.yaml"), &GENERAL.replace(from, to));
}

fn simulate(place: &Place, more: &[&str]) -> (bool, String) {
    place.said(&[&["policy", "simulate", "general"], more].concat())
}

#[tokio::test]
async fn historical_cases_are_measured_by_the_other_limit() {
    let place = with_history().await;
    revise(
        &place,
        "shorter",
        "length: 3 working days",
        "length: 1 working days",
    );
    let (done, said) = simulate(&place, &["--to", "shorter"]);
    assert!(done, "{said}");
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        lines[0].starts_with("An estimate") && lines.last() == lines.first(),
        "{said}"
    );
    assert_eq!(
        lines[1],
        "Policy general, version 1 under “shorter”: 3 cases, 3 of them fit"
    );
    assert!(
        said.contains("3 cases, late 1 → 2 (1 more, 0 no longer)"),
        "{said}"
    );
    assert!(
        said.contains("due earlier in 3, by 2 d in the middle"),
        "{said}"
    );
    assert!(said.contains("A-2  "), "{said}");

    let (done, said) = simulate(&place, &["--to", "shorter", "--since", "2024-03-05"]);
    assert!(
        done && said.contains(": 0 cases taken in from 2024-03-05 on"),
        "{said}"
    );
    let (_, json) = simulate(
        &place,
        &[
            "--from",
            "1",
            "--to",
            "shorter",
            "--until",
            "2024-03-04",
            "--format",
            "json",
        ],
    );
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let clock = &json["kinds"][0]["clocks"][0];
    assert_eq!(
        (&clock["late_before"], &clock["late_after"]),
        (&1.into(), &2.into()),
        "{json}"
    );
    assert_eq!(clock["earlier"]["median_minutes"], 2 * 24 * 60);
}

#[tokio::test]
async fn what_does_not_fit_is_named_and_a_version_that_is_not_there_refused() {
    let place = with_history().await;
    revise(&place, "renamed", "inquiry", "query");
    let (done, said) = simulate(&place, &["--to", "renamed"]);
    assert!(done, "{said}");
    assert!(said.contains("3 cases do not fit"), "{said}");
    assert!(
        said.contains("there is no such kind of case: 3 cases (A-"),
        "{said}"
    );
    for (more, why) in [
        (["--to", "7"].as_slice(), "has no version 7"),
        (&["--to", "it-service"], "holds policy `it_service`"),
        (&["--to", "nowhere"], "neither a folder"),
        (&["--from", "renamed", "--to", "1"], "no published version"),
    ] {
        let (done, said) = simulate(&place, more);
        assert!(!done && said.contains(why), "{said}");
    }
}
