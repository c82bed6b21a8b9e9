//! A clause that is broken in a shipped policy fails a test that shows it. Those of the manufacturer are in `manufacturing.rs`.

mod support;

use huiyin_policy::{SourceFile, adopted_in_tests, check};
use huiyin_scenario::run;
use huiyin_testkit::calendar;
use support::{files, policies};

/// The policy, the clause, and the words whose change breaks it.
const BROKEN: &[(&str, &str, &str, &str)] = &[
    (
        "general",
        "P1.3",
        "        length: 24 hours",
        "        length: 25 hours",
    ),
    (
        "general",
        "P1.4",
        "length: 3 working days",
        "length: 4 working days",
    ),
    (
        "general",
        "P1.5",
        "      - {act: answer, after: reopened, clause: P1.5}\n",
        "",
    ),
    (
        "general",
        "P1.6",
        "skip_if_actor: true",
        "skip_if_actor: false",
    ),
    (
        "general",
        "P1.7",
        "required: true, class: personal, meaning: customer_name}",
        "class: personal, meaning: customer_name}",
    ),
    (
        "general",
        "P1.8",
        "{all: [investigate, tell_progress]}",
        "[investigate, tell_progress]",
    ),
    (
        "general",
        "P1.9",
        "needs: [{act: investigate, clause: P1.9}], ",
        "",
    ),
    (
        "general",
        "P1.10",
        "length: 7 working days",
        "length: 8 working days",
    ),
    (
        "general",
        "P1.12",
        "      - {each: sample, act: score_case, field: which, clause: P1.12}\n",
        "",
    ),
    (
        "general",
        "P1.13",
        "not_by: {did: [answer, file_measures]}, ",
        "",
    ),
    (
        "retail",
        "P2.5",
        "        length: 15 days",
        "        length: 16 days",
    ),
    (
        "retail",
        "P2.6",
        "      - {act: take_sample_back, when: sample_kept.possible, clause: P2.6}\n",
        "",
    ),
    (
        "retail",
        "P2.8",
        "      - {copies: handling_form, after: decide, when: has(decision.outcome), clause: P2.8}\n",
        "",
    ),
    (
        "retail",
        "P2.11",
        "home: 15 days, abroad: 18 days",
        "home: 15 days, abroad: 19 days",
    ),
    (
        "retail",
        "P2.12",
        "steps: in_plant, length: 2 days",
        "steps: in_plant, length: 3 days",
    ),
    (
        "retail",
        "P2.14",
        "      - {holds: reconciliations.book.undecided == 0, text: {zh-CN: 簿上每一条都已认定, en: Every entry of the book is decided on}, clause: P2.14}\n",
        "",
    ),
    (
        "retail",
        "P2.14",
        "      - {holds: raised.complaint >= reconciliations.book.missing, text: {zh-CN: 系统里没有的每一条都已补立投诉, en: A complaint is opened for every entry that the system does not have}, clause: P2.14}\n",
        "",
    ),
    (
        "retail",
        "P2.14",
        "book_result.concealed || reconciliations.book.missing > 0, clause",
        "book_result.concealed, clause",
    ),
    (
        "it-service",
        "P4.5",
        "      - {act: inform_gm, clause: P4.5}\n",
        "",
    ),
    (
        "it-service",
        "P4.12",
        "default: 1 working hours, clause: P4.12",
        "default: 2 working hours, clause: P4.12",
    ),
    (
        "it-service",
        "P4.13",
        "default: 5 working days, clause: P4.13",
        "default: 6 working days, clause: P4.13",
    ),
    (
        "vehicle-group",
        "P5.4",
        "complaint_form.amount >= 50000",
        "complaint_form.amount > 50000",
    ),
    (
        "vehicle-group",
        "P5.10",
        "default: 3, clause: P5.10",
        "default: 4, clause: P5.10",
    ),
    (
        "vehicle-group",
        "P5.11",
        "    apart: 2 hours",
        "    apart: 1 hours",
    ),
    (
        "pledge",
        "P7.5",
        "      - {act: tell_progress, clause: P7.5}\n",
        "",
    ),
    ("pledge", "P7.13", "not_by: {handlers_of: which}, ", ""),
    (
        "service-standard",
        "P9.4",
        "      - {act: investigate, clause: P9.4}\n",
        "",
    ),
    (
        "service-standard",
        "P9.15",
        "      - {act: tell_superior, when: complaint_form.unusual, clause: P9.15}\n",
        "",
    ),
    (
        "power-supply",
        "P6.20",
        "  known: {kinds: [complaint, report], related_to: {party: accused}, from: see, clause: P6.20}\n",
        "",
    ),
    (
        "power-supply",
        "P6.20",
        "related_to: lead_unit, as: [financial_interest, other], from: handle",
        "related_to: lead_unit, as: [former_superior], from: handle",
    ),
];

/// The files of a policy in which the words, which stand there once, are others.
fn changed(mut files: Vec<SourceFile>, from: &str, to: &str) -> Vec<SourceFile> {
    let mut found = 0;
    for file in files.iter_mut().filter(|file| !file.name.contains('/')) {
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        found += text.matches(from).count();
        file.bytes = text.replace(from, to).into_bytes();
    }
    assert_eq!(found, 1, "`{from}` must stand in the policy once");
    files
}

/// Whether a test that shows the clause fails on these files.
fn is_noticed(files: &[SourceFile], clause: &str) -> Result<bool, String> {
    let policy = check(files).policy.ok_or("the checker refuses it")?;
    let run = run(&policy, &calendar(), files);
    Ok(run.outcomes.iter().any(|outcome| {
        outcome.failure.is_some() && outcome.clauses.iter().any(|one| one.as_str() == clause)
    }))
}

#[test]
fn a_broken_clause_fails_a_test_that_shows_it() {
    let mut unseen = Vec::new();
    for (folder, clause, from, to) in BROKEN {
        let whole = adopted_in_tests(&files(&policies().join(folder)));
        match is_noticed(&changed(whole, from, to), clause) {
            Ok(true) => {}
            Ok(false) => unseen.push(format!("{clause}: `{from}`")),
            Err(why) => unseen.push(format!("{clause}: `{from}`: {why}")),
        }
    }
    assert_eq!(unseen, Vec::<String>::new());
}
