//! Reading the policies and examples of this repository, and looking at findings.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "shared by test files, each of which uses only a part"
)]

use std::path::{Path, PathBuf};

use huiyin_diagnostic::Report;
use huiyin_policy::{Checked, SourceFile, check};

/// The folder of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The general policy as it ships.
pub fn general() -> String {
    read(&root().join("policies/general/policy.yaml"))
}

/// The files of the manufacturer's policy as it ships, adopted as its own tests adopt it.
pub fn manufacturing_files() -> Vec<SourceFile> {
    let folder = root().join("policies/manufacturing");
    let names = [
        "policy.yaml",
        "forms.yaml",
        "before.yaml",
        "follow.yaml",
        "sanctions.yaml",
        "returns.yaml",
        "settlement.yaml",
        "clauses.yaml",
        "tests/adoption.yaml",
    ];
    let file = |name: &str| SourceFile::new(name.replace('/', "-"), read(&folder.join(name)));
    names.into_iter().map(file).collect()
}

/// Checks the manufacturer's policy with one of its files changed.
pub fn check_manufacturing(name: &str, change: impl Fn(String) -> String) -> Checked {
    let mut files = manufacturing_files();
    let changed = files.iter_mut().find(|file| file.name == name);
    let changed = changed.expect("the policy has this file");
    let text = String::from_utf8(changed.bytes.clone()).expect("UTF-8");
    changed.bytes = change(text).into_bytes();
    check(&files)
}

pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the repository has this file")
}

/// Checks one text as the policy's only file.
pub fn check_text(text: impl Into<Vec<u8>>) -> Checked {
    check(&[SourceFile::new("policy.yaml", text)])
}

/// The codes of all findings, in order.
pub fn codes(checked: &Checked) -> Vec<&'static str> {
    let findings = checked.findings.iter();
    findings.map(|finding| finding.code.as_str()).collect()
}

/// Code and marked text of all findings, in order.
pub fn marked(checked: &Checked) -> Vec<(String, String)> {
    let findings = checked.findings.iter().map(|finding| {
        let marked = checked.sources.excerpt(finding.place);
        (finding.code.to_string(), marked.to_owned())
    });
    findings.collect()
}

/// A text with some words changed that stand in it.
pub fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "`{from}` is not in the policy");
    text.replacen(from, to, 1)
}

/// The findings are these, each with its code and the words that it marks.
#[track_caller]
pub fn assert_marked(checked: &Checked, expected: &[(&str, &str)]) {
    let expected: Vec<(String, String)> = expected
        .iter()
        .map(|&(code, text)| (code.to_owned(), text.to_owned()))
        .collect();
    assert_eq!(marked(checked), expected, "{}", listing(checked));
}

/// All findings as one would read them without a text catalogue, for messages of failing tests.
pub fn listing(checked: &Checked) -> String {
    let reports = checked.findings.iter().map(|finding| {
        let report = Report::new(finding, &checked.sources, &|message| {
            format!("{} {:?}", message.key(), message.args())
        });
        format!(
            "{} {}: {}\n",
            report.place.start.line, report.code, report.text
        )
    });
    reports.collect()
}
