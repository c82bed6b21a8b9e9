//! Every policy that ships passes its own tests, and shows each of its clauses.

mod support;

use std::path::PathBuf;

use huiyin_policy::{adopted_in_tests, check};
use huiyin_scenario::{coverage, run};
use huiyin_testkit::calendar;
use support::{files, policies};

/// The folders under `policies`, in the order of their names.
fn folders() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(policies()).expect("the policies are there");
    let mut folders: Vec<_> = entries
        .map(|entry| entry.expect("a folder").path())
        .collect();
    folders.sort();
    folders
}

#[test]
fn every_shipped_policy_passes_its_tests_and_shows_its_clauses() {
    assert!(folders().len() >= 2);
    for folder in folders() {
        let files = adopted_in_tests(&files(&folder));
        let checked = check(&files);
        let policy = checked.policy.expect("the policy has no error");
        // A written policy may cut its time into shares that add up but can end a day late; that stays to be read.
        let findings = checked.findings.iter();
        let findings: Vec<_> = findings
            .filter(|finding| finding.code.as_str() != "HY-P052")
            .collect();
        assert!(findings.is_empty(), "{}: {findings:?}", folder.display());
        let run = run(&policy, &calendar(), &files);
        let problems: Vec<_> = run.problems().collect();
        assert!(run.passed(), "{}: {problems:?}", folder.display());
        let covered = coverage(&policy, &run.outcomes).into_iter();
        let bare = covered.filter(|covered| covered.bare().next().is_some());
        let bare: Vec<_> = bare.map(|covered| covered.clause.to_string()).collect();
        assert!(bare.is_empty(), "{}: {bare:?}", folder.display());
    }
}
