//! `huiyin policy simulate`: what whoever revises a policy sees.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't set up its world has failed"
)]

use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use huiyin_app::start::{Config, FirstStart, start};
use huiyin_policy::SourceFile;

const POLICY: &str = include_str!("../../../policies/general/policy.yaml");
const MAPPING: &str = "
source: old-desk
policy: general
id: id
cases:
  - kind: inquiry
    channel: {fixed: phone}
    number: id
    opened: opened
    fields: {nature: {fixed: question}, subject: subject, content: content, other_unit: {fixed: 'false'}}
    acts: [{act: answer, at: replied, fields: {text: reply}}]
";
/// Answered after one working day, after two and a half, and after eight.
const TABLE: &str = "id,opened,subject,content,replied,reply
A-1,2024-03-04 10:00,a,b,2024-03-05 10:00,c
A-2,2024-03-04 10:00,a,b,2024-03-06 16:00,c
A-3,2024-03-04 10:00,a,b,2024-03-14 11:00,c
";

/// A data directory with three historical cases under the general policy.
struct Place(PathBuf);

impl Place {
    async fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("huiyin-simulate-{}-{count}", std::process::id());
        let place = Self(std::env::temp_dir().join(name));
        let organisation = include_str!("../../testkit/organisation.yaml");
        let config = Config {
            first_start: Some(FirstStart {
                organisation: SourceFile::new("organisation.yaml", organisation),
                cases: Vec::new(),
            }),
            ..Config::new(
                place.0.clone(),
                vec![vec![SourceFile::new("policy.yaml", POLICY)]],
            )
        };
        start(config).await.unwrap().app.store().close().await;
        std::fs::write(place.0.join("m.yaml"), MAPPING).unwrap();
        std::fs::write(place.0.join("old.csv"), TABLE).unwrap();
        let imported = place.run(&["import", "cases", "old.csv", "--mapping", "m.yaml"]);
        assert!(imported.status.success(), "{imported:?}");
        place
    }

    /// Another version of the policy, in a folder of this name.
    fn revise(&self, folder: &str, from: &str, to: &str) {
        assert!(POLICY.contains(from), "`{from}` is not there");
        std::fs::create_dir(self.0.join(folder)).unwrap();
        let revised = POLICY.replace(from, to);
        std::fs::write(self.0.join(folder).join("policy.yaml"), revised).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_huiyin"))
            .current_dir(&self.0)
            .args(arguments)
            .args(["--lang", "en", "--data", "."])
            .output()
            .unwrap()
    }

    fn simulate(&self, more: &[&str]) -> (bool, String) {
        let output = self.run(&[&["policy", "simulate", "general"], more].concat());
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn historical_cases_are_measured_by_the_other_limit() {
    let place = Place::new().await;
    place.revise(
        "shorter",
        "length: 3 working days",
        "length: 1 working days",
    );
    let (done, said) = place.simulate(&["--to", "shorter"]);
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

    let (done, said) = place.simulate(&["--to", "shorter", "--since", "2024-03-05"]);
    assert!(
        done && said.contains(": 0 cases taken in from 2024-03-05 on"),
        "{said}"
    );
    let (_, json) = place.simulate(&[
        "--from",
        "1",
        "--to",
        "shorter",
        "--until",
        "2024-03-04",
        "--format",
        "json",
    ]);
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
    let place = Place::new().await;
    place.revise("renamed", "inquiry", "query");
    let (done, said) = place.simulate(&["--to", "renamed"]);
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
        let (done, said) = place.simulate(more);
        assert!(!done && said.contains(why), "{said}");
    }
}
