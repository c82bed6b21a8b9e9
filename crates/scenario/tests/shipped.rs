//! Every policy that ships passes its own tests, and shows each of its clauses.

use std::path::{Path, PathBuf};

use huiyin_policy::{SourceFile, adopted_in_tests, check};
use huiyin_scenario::{coverage, run};
use huiyin_testkit::calendar;

/// The folders under `policies`, in the order of their names.
fn folders() -> Vec<PathBuf> {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let entries = std::fs::read_dir(policies).expect("the policies are there");
    let mut folders: Vec<_> = entries
        .map(|entry| entry.expect("a folder").path())
        .collect();
    folders.sort();
    folders
}

/// The YAML files of a folder, those of its tests among them.
fn files(folder: &Path) -> Vec<SourceFile> {
    let mut files = Vec::new();
    for (prefix, folder) in [("", folder.to_owned()), ("tests/", folder.join("tests"))] {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy();
            if name.ends_with(".yaml") {
                let bytes = std::fs::read(&path).expect("a readable file");
                files.push(SourceFile::new(format!("{prefix}{name}"), bytes));
            }
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
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
