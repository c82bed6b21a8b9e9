//! The scenario tests that ship with the general policy pass, and fail where a clause is broken.

use std::fs;
use std::path::Path;

use huiyin_policy::SourceFile;
use huiyin_policy::model::{Mark, Policy};
use huiyin_scenario::{Run, coverage, run};
use huiyin_testkit::{calendar, general, general_text, policy_of};

fn folder() -> Vec<SourceFile> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/general/tests");
    let mut files: Vec<SourceFile> = fs::read_dir(tests)
        .expect("the policy has a folder of tests")
        .map(|entry| entry.expect("a file").path())
        .map(|path| {
            SourceFile::new(
                format!("tests/{}", path.file_name().expect("a name").display()),
                fs::read(&path).expect("a readable file"),
            )
        })
        .collect();
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}

fn run_all(policy: &Policy) -> Run {
    run(policy, &calendar(), &folder())
}

fn listing(run: &Run) -> String {
    let problems = run.problems().map(|finding| {
        let line = run
            .sources
            .position(finding.place.file, finding.place.span.start)
            .line;
        let file = run.sources.name(finding.place.file);
        format!(
            "{file}:{line} {} {:?}\n",
            finding.code,
            finding.message.args()
        )
    });
    problems.collect()
}

#[test]
fn the_shipped_tests_pass() {
    let run = run_all(&general());
    assert!(run.passed(), "{}", listing(&run));
    assert!(run.outcomes.len() >= 35, "{}", run.outcomes.len());
}

/// Clauses about reports, duties and keeping the policy are shown elsewhere: they need the app.
const SHOWN_ELSEWHERE: [&str; 3] = ["P1.12", "P1.14", "P1.20"];

#[test]
fn every_rule_clock_and_form_of_the_general_policy_is_shown_by_a_test() {
    let policy = general();
    let run = run_all(&policy);
    let is_engines = |mark: &Mark| matches!(mark, Mark::Rule | Mark::Clock | Mark::Form);
    let bare: Vec<String> = coverage(&policy, &run.outcomes)
        .into_iter()
        .filter(|covered| covered.marks.iter().any(is_engines) && covered.tests.is_empty())
        .map(|covered| covered.clause.to_string())
        .collect();
    assert_eq!(bare, SHOWN_ELSEWHERE);
}

/// Breaks the policy and asks for a failing test that names the clause.
fn check_broken(clause: &str, from: &str, to: &str) {
    let text = general_text();
    assert!(
        text.contains(from),
        "{clause}: `{from}` is not in the policy"
    );
    let run = run_all(&policy_of(&text.replace(from, to)));
    let failed = |clause: &str| {
        run.outcomes.iter().any(|outcome| {
            outcome.failure.is_some() && outcome.clauses.iter().any(|one| one.as_str() == clause)
        })
    };
    assert!(
        failed(clause),
        "{clause} can be broken unseen\n{}",
        listing(&run)
    );
}

#[test]
fn a_broken_clause_fails_a_test_that_names_it() {
    check_broken(
        "P1.1",
        "content: {title: {zh-CN: 内容, en: Content}, type: long_text, required: true",
        "content: {title: {zh-CN: 内容, en: Content}, type: long_text, required: false",
    );
    check_broken(
        "P1.2",
        "series: inquiry_number\n      acts: [acknowledge]",
        "series: complaint_number\n      acts: [acknowledge]",
    );
    check_broken("P1.3", "length: 24 hours", "length: 25 hours");
    check_broken(
        "P1.3",
        "- {act: tell_transfer, when: inquiry_form.other_unit, clause: P1.3}",
        "",
    );
    check_broken("P1.4", "length: 3 working days", "length: 3 days");
    check_broken("P1.4", "times: 1}", "times: 2}");
    check_broken(
        "P1.5",
        "- {act: answer, after: reopened, clause: P1.5}",
        "- {act: answer, clause: P1.5}",
    );
    check_broken("P1.6", "skip_if_actor: true", "skip_if_actor: false");
    check_broken(
        "P1.7",
        "contact: {title: {zh-CN: 联系方式, en: Contact details}, type: text, required: true",
        "contact: {title: {zh-CN: 联系方式, en: Contact details}, type: text, required: false",
    );
    check_broken(
        "P1.8",
        "stop: {all: [investigate, tell_progress]}",
        "stop: [investigate, tell_progress]",
    );
    check_broken("P1.8", "length: 48 hours", "length: 2 days");
    check_broken("P1.9", ", needs: [{act: investigate, clause: P1.9}]", "");
    check_broken(
        "P1.9",
        "when: case.refusals == 2, ",
        "when: case.refusals == 3, ",
    );
    check_broken("P1.10", "length: 7 working days", "length: 8 working days");
    check_broken(
        "P1.11",
        ", needs: [{act: file_measures, clause: P1.11}]",
        "",
    );
    check_broken(
        "P1.19",
        "channels: {phone: P1.19, email: P1.19, visit: P1.19, web: P1.19}",
        "channels: {phone: P1.19, email: P1.19, visit: P1.19, web: P1.19, other: P1.19}",
    );
}

#[test]
fn the_example_of_the_documentation_passes() {
    let page = include_str!("../../../docs/scenario-tests.md");
    let (_, rest) = page.split_once("```yaml\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("an end of the example");
    let run = run(
        &general(),
        &calendar(),
        &[SourceFile::new("tests/example.yaml", example)],
    );
    assert!(run.passed(), "{}", listing(&run));
    assert_eq!(run.outcomes.len(), 1);
}
