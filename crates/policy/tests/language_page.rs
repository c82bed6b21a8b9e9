//! The page about the language says nothing that the checker would refuse.

mod support;

use huiyin_diagnostic::Severity;
use huiyin_policy::{Checked, SourceFile, check};
use support::{listing, read, root};

fn page() -> String {
    read(&root().join("docs/policy-language.md"))
}

fn blocks(fence: &str) -> Vec<String> {
    let page = page();
    let after_fences = page.split(fence).skip(1);
    let blocks = after_fences.filter_map(|after| after.split("\n```").next());
    blocks.map(str::to_owned).collect()
}

/// The block as a second file beside the example, whose names it uses.
fn beside_the_example(block: &str) -> Checked {
    let example = read(&root().join("docs/findings/example.yaml"));
    check(&[
        SourceFile::new("policy.yaml", example),
        SourceFile::new("block.yaml", block),
    ])
}

#[test]
fn every_runnable_block_checks() {
    let blocks = blocks("```yaml runnable\n");
    assert!(blocks.len() >= 4, "{}", blocks.len());
    for block in blocks {
        let checked = beside_the_example(&block);
        let errors = checked.findings.iter();
        let errors = errors.filter(|finding| finding.severity != Severity::Warning);
        assert_eq!(errors.count(), 0, "{block}\n{}", listing(&checked));
        let mut codes = checked.findings.iter().map(|finding| finding.code.as_str());
        let stuck = codes.find(|code| ["HY-P049", "HY-P066"].contains(code));
        assert_eq!(stuck, None, "{block}");
        assert!(checked.policy.is_some());
    }
}

#[test]
fn every_designed_block_is_refused() {
    let blocks = blocks("```yaml\n");
    assert!(!blocks.is_empty(), "nothing is on paper any more");
    for block in blocks {
        let checked = beside_the_example(&block);
        assert!(checked.findings.has_errors(), "{block}");
        let readable = checked
            .findings
            .iter()
            .all(|finding| finding.code.as_str() >= "HY-P010");
        assert!(readable, "{}", listing(&checked));
    }
}
