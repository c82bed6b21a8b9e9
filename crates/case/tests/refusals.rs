//! The document lists every code that a refusal can have.
#![allow(clippy::panic, reason = "a test that can't read its files has failed")]

use std::collections::BTreeSet;
use std::path::Path;

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = std::fs::read_to_string(root.join(path));
    text.unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn every_code_of_a_refusal_is_documented_and_no_other() {
    // `Self::OwnWork => "own_work",` gives a variant its code.
    let source = read("crates/case/src/refusal.rs");
    let arms = source
        .lines()
        .filter(|line| line.trim().starts_with("Self::"));
    let codes: BTreeSet<&str> = arms.filter_map(|arm| arm.split('"').nth(1)).collect();
    assert!(codes.contains("own_work") && codes.len() > 50);
    let document = read("docs/refusals.md");
    let rows = document.lines().filter(|line| line.starts_with("| `"));
    let documented: Vec<&str> = rows.filter_map(|row| row.split('`').nth(1)).collect();
    assert!(documented.is_sorted());
    assert_eq!(documented.into_iter().collect::<BTreeSet<_>>(), codes);
}
