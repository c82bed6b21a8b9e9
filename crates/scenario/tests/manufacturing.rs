//! The manufacturer's examples pass, and fail where a clause is broken.

use std::fs;
use std::path::{Path, PathBuf};

use huiyin_policy::SourceFile;
use huiyin_policy::model::Policy;
use huiyin_scenario::{Run, run};
use huiyin_testkit::{calendar, manufacturing, manufacturing_files, policy_of_files};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/manufacturing/tests")
}

fn files(names: &[&str]) -> Vec<SourceFile> {
    let file = |name: &&str| {
        let bytes = fs::read(folder().join(name)).expect("the policy has this file");
        SourceFile::new(format!("tests/{name}"), bytes)
    };
    names.iter().map(file).collect()
}

fn run_all(policy: &Policy) -> Run {
    let tests = files(&["complaint.yaml", "follow.yaml", "settlement.yaml"]);
    run(policy, &calendar(), &tests)
}

fn failures(run: &Run) -> Vec<String> {
    let failed = run
        .outcomes
        .iter()
        .filter(|outcome| outcome.failure.is_some());
    failed.map(|outcome| outcome.name.clone()).collect()
}

#[test]
fn the_shipped_examples_pass() {
    let run = run_all(&manufacturing());
    assert!(run.findings.is_empty());
    assert_eq!(failures(&run), Vec::<String>::new());
    assert!(run.outcomes.len() >= 33, "{}", run.outcomes.len());
}

/// Breaks the policy and asks that the named example fails, and that it shows the clause.
fn check_broken(clause: &str, from: &str, to: &str, example: &str) {
    let mut files = manufacturing_files();
    let mut found = false;
    for file in &mut files {
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        found |= text.contains(from);
        file.bytes = text.replace(from, to).into_bytes();
    }
    assert!(found, "{clause}: `{from}` is not in the policy");
    let run = run_all(&policy_of_files(&files));
    let failed = run.outcomes.iter().any(|outcome| {
        outcome.failure.is_some()
            && outcome.name == example
            && outcome.clauses.iter().any(|one| one.as_str() == clause)
    });
    assert!(
        failed,
        "{clause} can be broken unseen; failed: {:?}",
        failures(&run)
    );
}

#[test]
fn a_broken_clause_fails_the_example_that_shows_it() {
    check_broken(
        "P3.21",
        "- {above: 100000, up_to: 150000, decider: deputy_gm}",
        "- {above: 100000, up_to: 150000, decider: business_manager}",
        "a loss beyond the band of the decision is decided again",
    );
    check_broken(
        "P3.22",
        "return: [quantity, price, 20%]",
        "return: [quantity, price, 20.01%]",
        "the loss of each remedy, and their sum",
    );
    check_broken(
        "P3.23",
        "- {up_to: 10000, grade: criticism}\n      - {above: 10000,",
        "- {up_to: 10000.01, grade: criticism}\n      - {above: 10000.01,",
        "a fraction of a yuan above a limit belongs to the next row",
    );
    check_broken(
        "P3.23",
        "move: -1, of: sanctions.grade",
        "move: 0, of: sanctions.grade",
        "from a minor demerit on the supervisor shares liability one grade lower",
    );
    check_broken(
        "P3.24",
        "{largest: [0 yuan, {less: [[quantity, grade_a_price], sold_for]}]}",
        "{less: [[quantity, grade_a_price], sold_for]}",
        "goods sold again within the month cost the shortfall against the grade-A price, never less than nothing",
    );
    check_broken(
        "P3.25",
        "sum: 100%",
        "sum: 99.99%",
        "shares that do not add up to the whole are refused",
    );
    check_broken(
        "P3.26",
        "holds: has(blame.ground)",
        "holds: has(blame.weight)",
        "an individual's sanction has its ground on record",
    );
    check_broken(
        "P3.27",
        "two_minor_demerits: [2, 800 yuan]",
        "two_minor_demerits: 800 yuan",
        "a major demerit costs the whole bonus of the month, and the supervisor two minor ones",
    );
    check_broken(
        "P3.30",
        "split: blame.share",
        "split: {total: loss.amount}",
        "two units in one case, each divided by itself",
    );
    check_broken(
        "P3.31",
        "at: 50%",
        "at: 51%",
        "at most half of a month's bonus is taken, and the rest month by month until it is used up",
    );
    check_broken(
        "P3.35",
        "- {when: returns.returned <= returns.limit, is: book}",
        "- {when: returns.returned <= returns.approved, is: book}",
        "goods returned are compared with the approved quantity",
    );
    check_broken(
        "P3.37",
        " || 'allowance_certificate' in loss.proof\"",
        " || 'allowance_certificate' in loss.proof || loss.stamped\"",
        "an allowance without one of its proofs, or without the stamp, is not booked",
    );
    check_broken(
        "P3.44",
        "section: {section: blame.who}",
        "section: {group: blame.who}",
        "in a whole section the rate applies to everybody's base points, to the cent",
    );
}

#[test]
fn the_settlement_example_of_the_documentation_passes() {
    let page = include_str!("../../../docs/scenario-tests.md");
    let (_, rest) = page
        .split_once("## Settlement examples")
        .expect("a chapter");
    let (_, rest) = rest.split_once("```yaml\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("an end of the example");
    let policy = manufacturing();
    let run = run(
        &policy,
        &calendar(),
        &[SourceFile::new("tests/example.yaml", example)],
    );
    assert!(run.findings.is_empty());
    assert_eq!(failures(&run), Vec::<String>::new());
    assert_eq!(run.outcomes.len(), 1);
}
