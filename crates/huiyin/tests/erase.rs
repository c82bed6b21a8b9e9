//! `huiyin erase`: nothing is erased by accident.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't set up its world has failed"
)]

use std::process::Command;

/// Runs it on a data directory that is not there, and gives what is printed.
fn run(arguments: &[&str]) -> (bool, String) {
    let data = std::env::temp_dir().join(format!("huiyin-erase-{}", std::process::id()));
    let output = Command::new(env!("CARGO_BIN_EXE_huiyin"))
        .args(["erase", "TS2026000001", "--data"])
        .arg(&data)
        .args(arguments)
        .env("HUIYIN_LANG", "en")
        .output()
        .unwrap();
    // A first opening makes the database.
    let _ = std::fs::remove_dir_all(&data);
    let text = String::from_utf8(output.stdout).unwrap();
    (output.status.success(), text)
}

#[test]
fn without_a_yes_nothing_is_done() {
    let (done, text) = run(&[]);
    assert!(!done);
    assert!(text.contains("never comes back"), "{text}");
}

#[test]
fn a_number_that_nobody_has_is_told() {
    let (done, text) = run(&["--yes"]);
    assert!(!done);
    assert!(text.contains("no case with this number"), "{text}");
}
