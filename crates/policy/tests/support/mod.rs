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

/// The flow of a manufacturer, with shares, bands and a split.
pub fn manufacturing() -> String {
    let probes = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/probes");
    read(&probes.join("manufacturing/policy.yaml"))
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
