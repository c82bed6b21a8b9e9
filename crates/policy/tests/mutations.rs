//! The shipped policy, damaged at random: checking never panics, and the damage is either harmless
//! or found.

mod support;

use huiyin_policy::yaml::{Node, Shape, Tree, decode, read};
use proptest::prelude::*;
use support::{check_manufacturing, check_text, general};

/// The byte ranges of all values of a policy, outermost first.
fn ranges(text: &str) -> Vec<(usize, usize)> {
    let mut sources = huiyin_diagnostic::Sources::new();
    let mut findings = huiyin_diagnostic::Findings::new();
    let file = decode("policy.yaml", text.as_bytes(), &mut sources, &mut findings)
        .expect("the policy is plain text");
    let tree: Tree = read(file, text, &mut findings).expect("the policy is YAML");
    let mut waiting: Vec<Node<'_>> = vec![tree.root()];
    let mut ranges = Vec::new();
    while let Some(node) = waiting.pop() {
        ranges.push((node.place().span.start, node.place().span.end));
        match node.shape() {
            Shape::List => waiting.extend(node.items()),
            Shape::Map => waiting.extend(node.entries().map(|entry| entry.value)),
            Shape::Scalar | Shape::Nothing => {}
        }
    }
    ranges
}

fn damage(text: &str, at: usize, kind: u8, other: usize) -> String {
    let ranges = ranges(text);
    let (start, end) = ranges[at % ranges.len()];
    let (from, to) = ranges[other % ranges.len()];
    let replacement = match kind % 6 {
        0 => "",
        1 => "[]",
        2 => "{}",
        3 => "'x'",
        4 => &text[from..to],
        _ => "-99999999999999999999",
    };
    format!("{}{replacement}{}", &text[..start], &text[end..])
}

fn cut(text: &str, from: usize, length: usize) -> String {
    let mut kept: Vec<char> = text.chars().collect();
    let from = from % kept.len();
    let to = (from + length).min(kept.len());
    kept.drain(from..to);
    kept.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_policy_exists_exactly_when_no_finding_is_an_error(
        at in any::<usize>(), kind in any::<u8>(), other in any::<usize>(),
        which in 0_usize..5,
    ) {
        let damaged = |whole: String| damage(&whole, at, kind, other);
        let checked = match ["policy.yaml", "forms.yaml", "follow.yaml", "settlement.yaml"].get(which) {
            Some(name) => check_manufacturing(name, damaged),
            None => check_text(damaged(general())),
        };
        prop_assert_eq!(checked.policy.is_none(), checked.findings.has_errors());
    }

    #[test]
    fn a_cut_anywhere_never_panics(from in any::<usize>(), length in 1usize..200) {
        let checked = check_text(cut(&general(), from, length));
        prop_assert_eq!(checked.policy.is_none(), checked.findings.has_errors());
    }

    #[test]
    fn any_text_is_a_policy_or_has_an_error(text in "(?s).{0,300}") {
        let checked = check_text(text);
        prop_assert_eq!(checked.policy.is_none(), checked.findings.has_errors());
    }
}
