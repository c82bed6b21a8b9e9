//! The scenario tests that ship with the general policy pass, and fail where a clause is broken.

use std::fs;
use std::path::Path;

use huiyin_policy::SourceFile;
use huiyin_policy::model::{Mark, Policy};
use huiyin_scenario::{Run, coverage, run};
use huiyin_testkit::{calendar, general, general_files, policy_of_files};

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

#[test]
fn every_clause_of_the_general_policy_is_shown() {
    let policy = general();
    let run = run_all(&policy);
    let bare: Vec<String> = coverage(&policy, &run.outcomes)
        .into_iter()
        .filter(|covered| covered.bare().next().is_some())
        .map(|covered| covered.clause.to_string())
        .collect();
    assert_eq!(bare, Vec::<String>::new());
}

#[test]
fn a_rule_without_a_test_and_data_without_an_element_are_bare() {
    let policy = general();
    let bare: Vec<(String, Vec<Mark>)> = coverage(&policy, &[])
        .into_iter()
        .map(|covered| (covered.clause.to_string(), covered.bare().collect()))
        .filter(|(_, bare): &(String, Vec<Mark>)| !bare.is_empty())
        .collect();
    assert!(
        bare.contains(&("P1.5".to_owned(), vec![Mark::Rule])),
        "{bare:?}"
    );
    assert!(
        bare.contains(&("P1.4".to_owned(), vec![Mark::Clock])),
        "{bare:?}"
    );
    assert!(
        !bare
            .iter()
            .any(|(clause, _)| ["P1.12", "P1.15"].contains(&clause.as_str())),
        "{bare:?}"
    );
}

/// Breaks the policy and asks for a failing test that names the clause.
fn check_broken(clause: &str, from: &str, to: &str) {
    let mut files = general_files();
    let mut found = false;
    for file in &mut files {
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        found |= text.contains(from);
        file.bytes = text.replace(from, to).into_bytes();
    }
    assert!(found, "{clause}: `{from}` is not in the policy");
    let run = run_all(&policy_of_files(&files));
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
        "- {act: tell_transfer, when: inquiry_form.other_unit || case.by_customer && case.transfers > 0, clause: P1.3}",
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
fn a_broken_clause_of_supervision_fails_a_test_that_names_it() {
    check_broken(
        "P1.12",
        "every: {param: inspection_period}",
        "every: once a year",
    );
    check_broken(
        "P1.12",
        "- {each: sample, act: score_case, field: which, clause: P1.12}",
        "",
    );
    check_broken("P1.12", ", each_unit: true}", ", each_unit: false}");
    check_broken(
        "P1.12",
        "not_by: {handlers_of: which}, clause: P1.12",
        "clause: P1.12",
    );
    check_broken(
        "P1.12",
        "length: {until: period_form.due_on}",
        "length: 31 days",
    );
    check_broken(
        "P1.14",
        "- {raised: improvement, when: inspection_result.has_findings, clause: P1.14}",
        "",
    );
    check_broken(
        "P1.14",
        "owner: {title: {zh-CN: 责任人, en: Owner}, type: person, required: true",
        "owner: {title: {zh-CN: 责任人, en: Owner}, type: person, required: false",
    );
    check_broken(
        "P1.14",
        "due_on: {title: {zh-CN: 完成期限, en: To be done by}, type: date, required: true",
        "due_on: {title: {zh-CN: 完成期限, en: To be done by}, type: date, required: false",
    );
    check_broken(
        "P1.14",
        "not_by: [{did: take_measures}, {person_in: improvement_form.owner}]",
        "",
    );
    check_broken(
        "P1.14",
        "length: {until: improvement_form.due_on}",
        "length: 90 days",
    );
    check_broken(
        "P1.14",
        "- {on: check_improvement.insufficient, then: doing, clause: P1.14}",
        "",
    );
    check_broken(
        "P1.14",
        "inspection: {by: [service_head, specialist], clause: P1.14}",
        "inspection: {by: anyone, clause: P1.14}",
    );
    check_broken(
        "P1.20",
        "inquiry: {by: anyone, clause: P1.20}",
        "inquiry: {by: service_head, clause: P1.20}",
    );
}

#[test]
fn a_broken_clause_of_the_upkeep_fails_a_test_that_names_it() {
    check_broken(
        "P1.16",
        "- {each: ask_department.unit, act: hear_department, field: unit, clause: P1.16}",
        "",
    );
    check_broken("P1.16", "default: once a year", "default: every 24 months");
    check_broken("P1.17", "default: once a quarter", "default: once a year");
    check_broken("P1.18", "- {act: publish_policy, clause: P1.18}", "");
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
