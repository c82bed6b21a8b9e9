//! `huiyin settle`: the example of the documentation, and a file with mistakes.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't set up its world has failed"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PAGE: &str = include_str!("../../../docs/settlement.md");

fn block(fence: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(fence).unwrap();
    rest.split_once("```").unwrap().0
}

/// A file of its own for each test, removed at the end.
struct Rows(PathBuf);

impl Rows {
    fn new(name: &str, text: &str) -> Self {
        let file = format!("huiyin-settle-{}-{name}.json", std::process::id());
        let path = std::env::temp_dir().join(file);
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn settle(&self, options: &[&str]) -> Output {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        Command::new(env!("CARGO_BIN_EXE_huiyin"))
            .env("HUIYIN_LANG", "en")
            .arg("settle")
            .arg(&self.0)
            .arg("--policy")
            .arg(root.join("policies/manufacturing"))
            .args(options)
            .output()
            .unwrap()
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn the_example_of_the_documentation_prints_what_it_says() {
    let output = Rows::new("example", block("```json\n")).settle(&[]);
    assert!(output.status.success());
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(printed.trim_end(), block("```text\n").trim_end());
}

#[test]
fn programs_get_the_same_as_json() {
    let output = Rows::new("json", block("```json\n")).settle(&["--json"]);
    assert!(output.status.success());
    let settled: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let cell = &settled["sheets"]["charges"][0]["cells"]["amount"];
    assert_eq!(cell["value"], "345.83");
    assert_eq!(cell["working"], "922.22 × 60 / 160");
    assert_eq!(cell["clause"], "P3.30");
    let months = &settled["accounts"]["bonus_deductions"][1]["months"];
    assert_eq!(months[1]["taken"], "126.39");
    assert_eq!(settled["vouchers"][1]["exported"], true);
    assert_eq!(settled["open"], serde_json::json!([]));
}

#[test]
fn mistakes_are_told_with_their_places_and_nothing_is_worked_out() {
    let wrong = block("```json\n")
        .replace("\"1000.01\"}", "1000.01, \"colour\": \"red\"}")
        .replace("\"proposed\":", "\"month\": \"2026-04\", \"proposed\":");
    let rows = Rows::new("wrong", &wrong);
    let output = rows.settle(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout, b"");
    let told = String::from_utf8(output.stderr).unwrap();
    for place in ["settlement.month:", "loss[0].paid:", "loss[0].colour:"] {
        assert!(told.contains(place), "{told}");
    }
    let output = rows.settle(&["--json"]);
    assert_eq!(output.status.code(), Some(1));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["problems"][1]["path"], "loss[0].paid");
    assert_eq!(told["problems"][1]["problem"], "bad-value");
}

#[test]
fn what_is_no_json_is_refused() {
    let output = Rows::new("text", "number,month").settle(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("is not JSON")
    );
}
