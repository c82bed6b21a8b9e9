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

/// The files with examples, all but what an adopter sets.
fn run_all(policy: &Policy) -> Run {
    let entries = fs::read_dir(folder()).expect("the policy has tests");
    let mut tests: Vec<SourceFile> = entries
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.file_stem().is_some_and(|stem| stem != "adoption"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            let bytes = fs::read(&path).expect("a readable file");
            SourceFile::new(format!("tests/{name}"), bytes)
        })
        .collect();
    tests.sort_by(|one, other| one.name.cmp(&other.name));
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
    assert!(run.outcomes.len() >= 55, "{}", run.outcomes.len());
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

/// The example of a settlement within a case.
const SANCTIONS_IN_THE_CASE: &str = "shares add up to the loss, and sanctions, the supervisor's and the deductions follow from them";

/// Of the flow: the clause, what stands in the policy, what it is changed to, and the example that fails then.
const FLOW_BROKEN: [(&str, &str, &str, &str); 40] = [
    (
        "P3.1",
        "{holds: facts.loss, ",
        "{holds: 'has(facts.loss)', ",
        "without a loss an abnormality note is filled in instead, and goes to the units concerned for improvement",
    ),
    (
        "P3.5",
        "by: gm\n        acts: [name_substitute]",
        "by: [gm, gm_desk]\n        acts: [name_substitute]",
        "if quality management cannot come in time the general manager names someone, who goes and reports",
    ),
    (
        "P3.6",
        "length: 3 days\n        late: [{notice: expedite, to: holder, clause: P3.6}]",
        "length: 4 days",
        "three days after the visit the report is due",
    ),
    (
        "P3.8",
        "by: {head_of: taker}",
        "by: taker",
        "the form passes the stations in order, and who decides follows from the amount",
    ),
    (
        "P3.12",
        "holds: links.repeated >= 1",
        "holds: links.repeated >= 0",
        "a customer who doesn't accept the conclusion gets a new form that repeats the old one",
    ),
    (
        "P3.15",
        "by: gm_desk\n        acts: [handle_with_others,",
        "by: [gm_desk, quality]\n        acts: [handle_with_others,",
        "a supplier's fault is handled by the GM office with those concerned",
    ),
    (
        "P3.16",
        "- {raised: petition, closed: true, when: \"decision.result == 'not_upheld' && !told.accepts\", clause: P3.16}",
        "",
        "pure negligence is not tracked, and a complaint that is not upheld is paid on its date",
    ),
    (
        "P3.18",
        "execution: {steps: carrying_out,",
        "execution: {steps: approval..carrying_out,",
        "thirteen days at home, each station its share, and an expedite notice when it is late",
    ),
    (
        "P3.20",
        "&& 'rnd' in table_result.heads",
        "",
        "by the tenth each case closed last month is in the table, and its heads confirm it",
    ),
    (
        "P3.21",
        "when: loss_statement.again == 'again'",
        "when: loss_statement.again == 'stands'",
        "a loss beyond the band goes to whoever decides on it",
    ),
    (
        "P3.22",
        "return: [quantity, price, 20%]",
        "return: [quantity, price, 20.01%]",
        "the loss of several remedies is worked out on the form and goes back to whoever decides on it",
    ),
    (
        "P3.23",
        "move: -1, of: sanctions.grade",
        "move: 0, of: sanctions.grade",
        SANCTIONS_IN_THE_CASE,
    ),
    ("P3.25", "sum: 100%", "sum: 99.99%", SANCTIONS_IN_THE_CASE),
    (
        "P3.26",
        "holds: has(blame.ground)",
        "holds: has(blame.who)",
        SANCTIONS_IN_THE_CASE,
    ),
    (
        "P3.27",
        "minor_demerit: 800 yuan",
        "minor_demerit: 801 yuan",
        SANCTIONS_IN_THE_CASE,
    ),
    (
        "P3.32",
        "when: sanction_proposal.charged > 0, clause: P3.32",
        "when: sanction_proposal.charged > 1000, clause: P3.32",
        "a deduction has a reward and penalty notice, which the general manager approves",
    ),
    (
        "P3.35",
        "when: comparison.outcome == 'decide', then: excess",
        "when: comparison.outcome == 'book', then: excess",
        "more within the tolerance, or fewer, is booked as returned",
    ),
    (
        "P3.37",
        "          stamped: return_proof.stamped\n",
        "",
        "a return has a note with reason, handling and basis, approved by the manager",
    ),
    (
        "P3.38",
        "when: \"loss.remedy in ['claim', 'allowance']\"",
        "when: loss.remedy == 'claim'",
        "an allowance has a certificate, approved by manager and general manager or their deputies, and stamped",
    ),
    (
        "P3.28",
        "{each: sample, act: hand_over_sanctions, field: which, clause: P3.28}",
        "{act: hand_over_sanctions, clause: P3.28}",
        "by the tenth the sanctions of each case closed last month are handed over",
    ),
    (
        "P3.32",
        "- {raised: penalty_notice, closed: true, when: sanction_proposal.charged > 0, clause: P3.32}",
        "- {act: publish_sanctions, clause: P3.32}",
        "a deduction has a reward and penalty notice, which the general manager approves",
    ),
    (
        "P3.33",
        "by: gm\n        acts: [approve_by_gm]",
        "by: [gm, business_manager]\n        acts: [approve_by_gm]",
        "an allowance has a certificate, approved by manager and general manager or their deputies, and stamped",
    ),
    (
        "P3.34",
        "by: business_manager\n        acts: [approve_return]",
        "by: [business_manager, sales]\n        acts: [approve_return]",
        "a return has a note with reason, handling and basis, approved by the manager",
    ),
    (
        "P3.35",
        "by: [deputy_gm, gm]\n        acts: [decide_excess",
        "by: [deputy_gm, gm, accounting]\n        acts: [decide_excess",
        "where the quantity differs the warehouse asks first, and beyond the tolerance a superior decides",
    ),
    (
        "P3.36",
        "{less: [amount, concerned]}",
        "concerned",
        "a receivable that the complaint holds up is left out of the collection bonus",
    ),
    (
        "P3.39",
        "{holds: reasons.confirmed, ",
        "{holds: has(reasons.text), ",
        "business records the customer's reasons, helps him, and passes the result on",
    ),
    (
        "P3.40",
        "- {on: report_prevention, by: quality,",
        "- {on: report_prevention, by: anyone,",
        "quality management inspects, names who is responsible, and reports on prevention",
    ),
    (
        "P3.41",
        "- {act: check_execution, when: has(measure.text), clause: P3.41}",
        "",
        "manufacturing states who made the goods and when, and sees that the countermeasure is carried out",
    ),
    (
        "P3.42",
        "needs: [{act: inspect_together, when: verification.joint, clause: P3.42}]",
        "",
        "the GM office reviews, drafts, judges, inspects with the customer, helps and passes views on",
    ),
    (
        "P3.43",
        "{on: confirm_effect.none, then: doing}",
        "{on: confirm_effect.none, then: closed}",
        "an improvement is arranged, pushed, and open until its effect is confirmed",
    ),
    (
        "P3.45",
        "by: gm\n        acts: [approve_revision]",
        "by: [gm, gm_desk]\n        acts: [approve_revision]",
        "a revision is in force once the general manager has approved it",
    ),
    (
        "P3.11",
        "{copies: facts, after: decide, clause: P3.11}",
        "{copies: facts, copy: business, after: decide, clause: P3.11}",
        "the decided form has five copies, business acts on the third, and it is closed when all are handed out",
    ),
    (
        "P3.14",
        "above: decide, clause: P3.14}}",
        "above: decide_again, clause: P3.14}}",
        "a petition goes to the decider above whoever decided, and holds the carrying out until it is decided",
    ),
    (
        "P3.14",
        "{raised: petition, closed: true, when: raised.petition >= 1, clause: P3.14}",
        "{raised: petition, when: raised.petition >= 1, clause: P3.14}",
        "a petition goes to the decider above whoever decided, and holds the carrying out until it is decided",
    ),
    (
        "P3.19",
        "when: late.whole || late.gm_first || late.quality_share",
        "when: late.whole || late.gm_first",
        "a late station gets an expedite notice, and is asked for its reason before the case is archived",
    ),
    (
        "P3.19",
        "late: [{notice: expedite, to: holder, clause: P3.19}]\n      clause: P3.18",
        "clause: P3.18",
        "a late station gets an expedite notice, and is asked for its reason before the case is archived",
    ),
    (
        "P3.24",
        "- {raised: settlement, closed: true,",
        "- {raised: settlement,",
        "the loss has a month, outlives the closing, and the sanctions are approved and published",
    ),
    (
        "P3.32",
        "needs: [{copies: notice_form, clause: P3.32}]",
        "needs: [{copies: notice_form, copy: accounting, clause: P3.32}]",
        "a deduction has a reward and penalty notice, which the general manager approves",
    ),
    (
        "P3.33",
        "{copies: certificate_form, clause: P3.33}",
        "{copies: certificate_form, copy: business, clause: P3.33}",
        "an allowance has a certificate, approved by manager and general manager or their deputies, and stamped",
    ),
    (
        "P3.34",
        "{copies: return_form, clause: P3.34}",
        "{copies: return_form, copy: warehouse, clause: P3.34}",
        "a return has a note with reason, handling and basis, approved by the manager",
    ),
];

#[test]
fn a_broken_station_or_side_flow_fails_its_example() {
    for (clause, from, to, example) in FLOW_BROKEN {
        check_broken(clause, from, to, example);
    }
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
