//! The policies tests run under.

use huiyin_case::value::Value;
use huiyin_policy::model::Policy;
use huiyin_policy::settle::Raw;
use huiyin_policy::{SourceFile, check};

/// A small policy with pauses, warnings, restarts, decision bands and acceptance.
pub fn workshop() -> Policy {
    policy_of(workshop_text())
}

/// The text of [`workshop`], to be damaged by tests.
pub fn workshop_text() -> &'static str {
    include_str!("policies/workshop.yaml")
}

/// A small policy that asks for attempts to reach the customer.
pub fn calls() -> Policy {
    policy_of(calls_text())
}

/// The text of [`calls`].
pub fn calls_text() -> &'static str {
    include_str!("policies/calls/policy.yaml")
}

/// A small policy whose forms are settled by sheets.
pub fn damages() -> Policy {
    policy_of(damages_text())
}

/// The text of [`damages`].
pub fn damages_text() -> &'static str {
    include_str!("policies/damages/policy.yaml")
}

/// Rows of a sheet from lines such as `item: A, remedy: claim, paid: 12.50`; `yes` and `no` are yes and no.
pub fn rows(lines: &[&str]) -> Value {
    let row = |line: &&str| {
        let pairs = line.split(", ").map(|pair| {
            let (column, cell) = pair
                .split_once(": ")
                .expect("a test writes cells as `column: cell`");
            let cell = match cell {
                "yes" => Raw::Bool(true),
                "no" => Raw::Bool(false),
                cell => Raw::Text(cell.to_owned()),
            };
            (column.to_owned(), cell)
        });
        Raw::Map(pairs.collect())
    };
    Value::Rows(Raw::List(lines.iter().map(row).collect()))
}

/// The general policy as it ships.
pub fn general() -> Policy {
    policy_of_files(&general_files())
}

/// The files of [`general`], to be damaged by tests.
pub fn general_files() -> Vec<SourceFile> {
    let file = |name, text: &str| SourceFile::new(name, text);
    vec![
        file(
            "policy.yaml",
            include_str!("../../../policies/general/policy.yaml"),
        ),
        file(
            "cases.yaml",
            include_str!("../../../policies/general/cases.yaml"),
        ),
        file(
            "supervision.yaml",
            include_str!("../../../policies/general/supervision.yaml"),
        ),
        file(
            "upkeep.yaml",
            include_str!("../../../policies/general/upkeep.yaml"),
        ),
    ]
}

/// The policy of a manufacturer as it ships, adopted as its own tests adopt it: shares of a clock, bands, sheets.
pub fn manufacturing() -> Policy {
    policy_of_files(&manufacturing_files())
}

/// The files of [`manufacturing`], to be damaged by tests.
pub fn manufacturing_files() -> Vec<SourceFile> {
    let file = |name, text: &str| SourceFile::new(name, text);
    vec![
        file(
            "policy.yaml",
            include_str!("../../../policies/manufacturing/policy.yaml"),
        ),
        file(
            "forms.yaml",
            include_str!("../../../policies/manufacturing/forms.yaml"),
        ),
        file(
            "before.yaml",
            include_str!("../../../policies/manufacturing/before.yaml"),
        ),
        file(
            "follow.yaml",
            include_str!("../../../policies/manufacturing/follow.yaml"),
        ),
        file(
            "sanctions.yaml",
            include_str!("../../../policies/manufacturing/sanctions.yaml"),
        ),
        file(
            "returns.yaml",
            include_str!("../../../policies/manufacturing/returns.yaml"),
        ),
        file(
            "settlement.yaml",
            include_str!("../../../policies/manufacturing/settlement.yaml"),
        ),
        file(
            "clauses.yaml",
            include_str!("../../../policies/manufacturing/clauses.yaml"),
        ),
        file(
            "adoption.yaml",
            include_str!("../../../policies/manufacturing/tests/adoption.yaml"),
        ),
    ]
}

/// The policy a text stands for; a test with a wrong policy fails with the findings.
pub fn policy_of(text: &str) -> Policy {
    policy_of_files(&[SourceFile::new("policy.yaml", text)])
}

/// The policy that files stand for; a test with a wrong policy fails with the findings.
pub fn policy_of_files(files: &[SourceFile]) -> Policy {
    let checked = check(files);
    let findings: Vec<_> = checked
        .findings
        .iter()
        .map(|finding| (finding.code, checked.sources.excerpt(finding.place)))
        .collect();
    assert!(checked.policy.is_some(), "{findings:#?}");
    checked.policy.expect("asserted above")
}
