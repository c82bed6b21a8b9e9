//! The policies tests run under.

use huiyin_policy::model::Policy;
use huiyin_policy::{SourceFile, check};

/// A small policy with pauses, warnings, restarts, decision bands and acceptance.
pub fn workshop() -> Policy {
    policy_of(workshop_text())
}

/// The text of [`workshop`], to be damaged by tests.
pub fn workshop_text() -> &'static str {
    include_str!("policies/workshop.yaml")
}

/// The general policy as it ships.
pub fn general() -> Policy {
    policy_of(general_text())
}

/// The text of [`general`], to be damaged by tests.
pub fn general_text() -> &'static str {
    include_str!("../../../policies/general/policy.yaml")
}

/// The policy a text stands for; a test with a wrong policy fails with the findings.
pub fn policy_of(text: &str) -> Policy {
    let checked = check(&[SourceFile::new("policy.yaml", text)]);
    let findings: Vec<_> = checked
        .findings
        .iter()
        .map(|finding| (finding.code, checked.sources.excerpt(finding.place)))
        .collect();
    assert!(checked.policy.is_some(), "{findings:#?}");
    checked.policy.expect("asserted above")
}
