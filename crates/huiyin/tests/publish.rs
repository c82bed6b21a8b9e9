//! `huiyin policy publish`: what an administrator sees.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't set up its world has failed"
)]

mod support;

use std::process::Command;

use support::{GENERAL, Place};

#[tokio::test]
async fn a_policy_goes_live_once_its_blanks_are_filled_in() {
    let place = Place::new().await;
    let (done, said) = place.said(&["policy", "publish", "it-service"]);
    assert!(
        !done && said.contains("HY-P060") && said.contains("report_period"),
        "{said}"
    );

    let own = place.path().join("own");
    std::fs::create_dir(&own).unwrap();
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/it-service");
    for file in ["policy.yaml", "learning.yaml"] {
        std::fs::copy(format!("{shipped}/{file}"), own.join(file)).unwrap();
    }
    std::fs::copy(
        format!("{shipped}/tests/adoption.yaml"),
        own.join("adoption.yaml"),
    )
    .unwrap();
    let own = own.to_string_lossy().into_owned();
    let (done, said) = place.said(&["policy", "publish", &own]);
    assert!(done && said.contains("version 1 is in force"), "{said}");
    let (done, said) = place.said(&["policy", "publish", &own]);
    assert!(done && said.contains("version 2 is in force"), "{said}");
    let (done, said) = place.said(&["policy", "publish", "general"]);
    assert!(done && said.contains("version 2 is in force"), "{said}");
}

#[tokio::test]
async fn a_version_is_published_ahead_stopped_and_let_go_on() {
    let place = Place::new().await;
    let (done, said) = place.said(&["policy", "publish", "general", "--from", "2020-01-01"]);
    assert!(
        !done && said.contains("can't take effect on this day"),
        "{said}"
    );
    let (done, said) = place.said(&["policy", "publish", "general"]);
    assert!(done, "{said}");
    let (done, said) = place.said(&["policy", "stop", "general", "--reason", "wrong limits"]);
    assert!(done && said.contains("version 2 is stopped"), "{said}");
    assert!(said.contains("taken in under version 1"), "{said}");
    let (done, said) = place.said(&["policy", "stop", "general", "--reason", "these too"]);
    assert!(done && said.contains("No new case is taken in"), "{said}");
    let (done, said) = place.said(&["policy", "stop", "general", "--reason", "once more"]);
    assert!(
        !done && said.contains("stopped it at") && said.contains("wrong limits"),
        "{said}"
    );
    let args = [
        "policy",
        "resume",
        "general",
        "--number",
        "1",
        "--reason",
        "correct after all",
    ];
    let (done, said) = place.said(&args);
    assert!(done && said.contains("taken in under version 1"), "{said}");
}

#[tokio::test]
async fn a_unit_adopts_a_policy_with_its_own_values_and_ends_that() {
    let place = Place::new().await;
    let own = place.path().join("own");
    std::fs::create_dir(&own).unwrap();
    let params = "params:
  first_word: {title: {zh-CN: 首次反馈, en: First word}, type: limit, default: 48 hours, units: at_most, clause: P1.8}
";
    let left = GENERAL.replace("length: 48 hours", "length: {param: first_word}");
    std::fs::write(own.join("policy.yaml"), left).unwrap();
    std::fs::write(own.join("units.yaml"), params).unwrap();
    let own = own.to_string_lossy().into_owned();
    let (done, said) = place.said(&["policy", "publish", &own]);
    assert!(done, "{said}");
    let adopt =
        |rest: &[&str]| place.said(&[&["policy", "adopt", "general", "--unit"], rest].concat());
    let (done, said) = adopt(&["华东门店", "--set", "first_word=12 hours"]);
    assert!(
        done && said.contains("version 3, 晴川家居 / 华东分公司 / 华东门店 adopts version 2"),
        "{said}"
    );
    let (done, said) = adopt(&["华东门店", "--set", "first_word=72 hours"]);
    assert!(
        !done && said.contains("no more than the organisation's 48 hours"),
        "{said}"
    );
    let (done, said) = adopt(&["华北分公司"]);
    assert!(!done && said.contains("there is no open unit"), "{said}");
    let (done, said) = adopt(&["晴川家居 / 华东分公司 / 华东门店", "--end"]);
    assert!(done && said.contains("ends on"), "{said}");
    let (done, said) = place.said(&["policy", "adoptions", "general"]);
    assert!(
        done && said.contains("first_word=12 hours") && said.contains("superseded"),
        "{said}"
    );
}

#[tokio::test]
async fn a_folder_becomes_a_draft_with_what_differs() {
    let place = Place::new().await;
    let own = place.path().join("own");
    std::fs::create_dir(&own).unwrap();
    let text = GENERAL;
    let revised = text.replace("length: 48 hours", "length: 24 hours");
    std::fs::write(own.join("policy.yaml"), &revised).unwrap();
    let own = own.to_string_lossy().into_owned();
    let (done, said) = place.said(&["policy", "draft", &own]);
    assert!(done && said.contains("nothing found"), "{said}");
    assert!(
        said.contains("24 hours") && said.contains("48 hours"),
        "{said}"
    );
    let id = said.rsplit_once("draft ").unwrap().1;
    let id = id.split(' ').next().unwrap();
    let (done, said) = place.said(&["policy", "draft", &own, "--replace", id]);
    assert!(done && said.contains(id), "{said}");
    let broken = revised.replace("policy:", "polcy:");
    std::fs::write(format!("{own}/policy.yaml"), broken).unwrap();
    let (done, said) = place.said(&["policy", "draft", &own]);
    assert!(!done, "nothing says of which policy: {said}");
    let (done, said) = place.said(&["policy", "draft", &own, "--policy", "general"]);
    assert!(done && said.contains("to be corrected"), "{said}");
}

#[tokio::test]
async fn a_policy_that_nobody_knows_is_refused_with_those_that_ship() {
    let place = Place::new().await;
    let (done, said) = place.said(&["policy", "publish", "genral"]);
    assert!(
        !done && said.contains("`genral`") && said.contains("general, it-service"),
        "{said}"
    );
}

#[test]
fn a_new_policy_checks_and_passes_its_tests_and_is_not_written_over() {
    let folder = std::env::temp_dir().join(format!("huiyin-new-policy-{}", std::process::id()));
    let policy = |command: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_huiyin"))
            .args(["--lang", "en", "policy", command])
            .arg(&folder)
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    };
    let (begun, said) = policy("new");
    assert!(begun, "{said}");
    let text = std::fs::read_to_string(folder.join("policy.yaml")).unwrap();
    let name = folder.file_name().unwrap().to_string_lossy();
    let name = name.replace('-', "_");
    assert!(text.contains(&format!("\n  id: {name}\n")), "{text}");
    let (clean, said) = policy("check");
    assert!(clean && said.contains("nothing found"), "{said}");
    let (passed, said) = policy("test");
    assert!(passed && said.contains("2 passed, 0 failed"), "{said}");
    let (again, said) = policy("new");
    assert!(!again && said.contains("is there already"), "{said}");
    std::fs::remove_dir_all(folder).unwrap();
}
