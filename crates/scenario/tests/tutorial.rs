//! The page that writes a policy from nothing is a policy: it checks, passes its tests and shows its clauses.

use std::path::Path;

use huiyin_policy::{SourceFile, check};
use huiyin_scenario::{coverage, run};
use huiyin_testkit::calendar;

/// The blocks of the page that belong to the file `name`, one after the other.
fn file(page: &str, name: &str) -> SourceFile {
    let fence = format!("```yaml {name}\n");
    let blocks = page.split(&fence).skip(1);
    let blocks = blocks.filter_map(|after| after.split("```").next());
    SourceFile::new(name, blocks.collect::<String>())
}

#[test]
fn the_policy_of_the_page_checks_and_passes_its_tests() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/policy-tutorial.md");
    let page = std::fs::read_to_string(path).expect("the page is there");
    let files = ["policy.yaml", "tests/repairs.yaml"].map(|name| file(&page, name));
    let checked = check(&files);
    let findings: Vec<_> = checked.findings.iter().collect();
    assert!(findings.is_empty(), "{findings:?}");
    let policy = checked.policy.expect("nothing was found");
    let run = run(&policy, &calendar(), &files);
    let problems: Vec<_> = run.problems().collect();
    assert!(run.passed(), "{problems:?}");
    assert_eq!(run.outcomes.len(), 3);
    let bare = coverage(&policy, &run.outcomes)
        .into_iter()
        .filter(|covered| covered.bare().next().is_some());
    assert_eq!(bare.count(), 0);
}
