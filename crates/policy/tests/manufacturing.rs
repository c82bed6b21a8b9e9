//! The manufacturer's flow: it checks, what stands in it is exact, and breaking it is found.

mod support;

use huiyin_policy::check;
use huiyin_policy::model::{BandId, BandOutcome};
use support::{check_manufacturing, codes, listing, manufacturing_files, marked};

/// The findings that the policy has as it stands: half a day takes a date of its own, in both
/// columns.
const AS_IT_STANDS: [&str; 2] = ["HY-P052", "HY-P052"];

fn broken(file: &str, from: &str, to: &str) -> Vec<(String, String)> {
    let checked = check_manufacturing(file, |whole| {
        assert!(whole.contains(from), "`{from}` is not in the policy");
        whole.replacen(from, to, 1)
    });
    let mut findings = marked(&checked);
    findings.retain(|(code, _)| code != "HY-P052");
    findings
}

fn check_broken(from: &str, to: &str, expected: &[(&str, &str)]) {
    check_broken_in("policy.yaml", from, to, expected);
}

fn check_broken_in(file: &str, from: &str, to: &str, expected: &[(&str, &str)]) {
    let expected: Vec<(String, String)> = expected
        .iter()
        .map(|&(code, text)| (code.to_owned(), text.to_owned()))
        .collect();
    assert_eq!(broken(file, from, to), expected);
}

#[test]
fn the_policy_checks_with_a_warning_for_each_column() {
    let checked = check(&manufacturing_files());
    assert_eq!(codes(&checked), AS_IT_STANDS, "{}", listing(&checked));
    assert!(checked.findings.allow_publishing());
    let latest: Vec<&str> = checked
        .findings
        .iter()
        .flat_map(|finding| finding.message.args())
        .filter(|(name, _)| *name == "latest")
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(latest, ["14", "18"]);
}

#[test]
fn an_act_gives_its_reason_in_its_own_part() {
    check_broken(
        "{on: decide.sent_back, then: negotiation}",
        "{on: decide.sent_back, reason: true, then: negotiation}",
        &[("HY-P010", "true")],
    );
}

#[test]
fn shares_must_add_up_at_home_and_abroad() {
    check_broken("home: 3 days", "home: 4 days", &[("HY-P050", "of")]);
    check_broken("abroad: 7 days", "abroad: 6 days", &[("HY-P050", "of")]);
    check_broken(
        "length: 12 hours",
        "length: 1 day",
        &[("HY-P050", "of"), ("HY-P050", "of")],
    );
    check_broken(
        "home: 13 days, abroad: 17 days",
        "home: 13 days, abroad: 18 days",
        &[("HY-P050", "of")],
    );
    check_broken(
        "home: 13 days",
        "home: 13 working days",
        &[("HY-P050", "of")],
    );
}

#[test]
fn shares_of_working_time_are_not_added_to_days() {
    check_broken(
        "rnd_view, length: 1 day",
        "rnd_view, length: 1 working day",
        &[("HY-P050", "of")],
    );
    check_broken(
        "rnd_view, length: 1 day",
        "rnd_view, length: 1 month",
        &[("HY-P050", "of")],
    );
}

#[test]
fn shares_follow_the_flow() {
    check_broken(
        "steps: measure,",
        "steps: number,",
        &[("HY-P051", "production_share")],
    );
    check_broken(
        "steps: negotiation..opinion_review",
        "steps: opinion_review..negotiation",
        &[("HY-P051", "opinion_review..negotiation")],
    );
    check_broken(
        "steps: negotiation..opinion_review",
        "steps: negotiation..opinion_reveiw",
        &[("HY-P020", "negotiation..opinion_reveiw")],
    );
}

#[test]
fn bands_have_neither_gap_nor_overlap() {
    let row = "{above: 100000, up_to: 150000, decider: deputy_gm}";
    check_broken(
        row,
        "{above: 100001, up_to: 150000, decider: deputy_gm}",
        &[(
            "HY-P053",
            "{above: 100001, up_to: 150000, decider: deputy_gm}",
        )],
    );
    check_broken(
        row,
        "{above: 90000, up_to: 150000, decider: deputy_gm}",
        &[(
            "HY-P053",
            "{above: 90000, up_to: 150000, decider: deputy_gm}",
        )],
    );
    check_broken(
        "{above: 150000, decider: gm}",
        "{above: 150000, up_to: 9000000, decider: gm}",
        &[("HY-P053", "{above: 150000, up_to: 9000000, decider: gm}")],
    );
    check_broken(
        "of: opinion.amount",
        "of: opinion.quantity",
        &[("HY-P054", "opinion.quantity")],
    );
}

#[test]
fn the_band_decides_to_the_cent() {
    let policy = check(&manufacturing_files())
        .policy
        .expect("the policy checks");
    let authority = &policy.bands[&BandId::new("authority")];
    let decider = |amount: &str| match authority.rows.of(amount.parse().expect("an amount")) {
        Some(BandOutcome::Decider(role)) => role.to_string(),
        other => unreachable!("{other:?}"),
    };
    assert_eq!(decider("100000"), "business_manager");
    assert_eq!(decider("100000.01"), "deputy_gm");
    assert_eq!(decider("150000"), "deputy_gm");
    assert_eq!(decider("150000.01"), "gm");
}

#[test]
fn a_flow_that_is_cut_is_found_at_every_step() {
    let findings = broken(
        "policy.yaml",
        "{on: review_opinion, then: combination}",
        "{on: review_opinion, then: stay}",
    );
    let at = |code: &str| -> Vec<String> {
        let of_code = findings.iter().filter(|(found, _)| found == code);
        of_code.map(|(_, text)| text.clone()).collect()
    };
    let before = [
        "number",
        "cause",
        "with_others",
        "measure",
        "instruction",
        "rnd_view",
        "checking",
        "negotiation",
        "opinion_review",
    ];
    assert_eq!(at("HY-P041"), before);
    assert_eq!(at("HY-P040"), ["combination", "approval", "carrying_out"]);
}

#[test]
fn a_choice_that_does_not_exist_is_pointed_at_within_its_condition() {
    check_broken(
        "'return' in opinion.remedy",
        "'retrun' in opinion.remedy",
        &[("HY-P033", "retrun")],
    );
    check_broken(
        "'return' in opinion.remedy",
        "opinion.remedys",
        &[("HY-P032", "opinion.remedys")],
    );
    check_broken(
        "'return' in opinion.remedy",
        "opinion.amount",
        &[("HY-P034", "opinion.amount")],
    );
}

#[test]
fn only_amounts_and_whole_numbers_of_the_kind_are_added_up() {
    check_broken_in(
        "follow.yaml",
        "sum: {of: opinion.amount,",
        "sum: {of: opinion.quantity,",
        &[("HY-P034", "of")],
    );
    check_broken_in(
        "follow.yaml",
        "sum: {of: opinion.amount,",
        "sum: {of: loss_statement.total,",
        &[("HY-P044", "of")],
    );
    check_broken_in(
        "forms.yaml",
        "amount: {title: {zh-CN: 金额, en: Amount}, type: money, required: true}",
        "amount: {title: {zh-CN: 金额, en: Amount}, type: money, required: true, class: personal}",
        &[("HY-P061", "of")],
    );
}

#[test]
fn an_outcome_hidden_by_a_general_one_is_found() {
    check_broken(
        "          - {on: decide.sent_back, then: negotiation}\n          - {on: decide, then: carrying_out}",
        "          - {on: decide, then: carrying_out}\n          - {on: decide.sent_back, then: negotiation}",
        &[("HY-P043", "{on: decide.sent_back, then: negotiation}")],
    );
    check_broken(
        "decide.sent_back",
        "decide.send_back",
        &[("HY-P055", "decide.send_back")],
    );
}

#[test]
fn a_parameter_without_a_value_keeps_the_policy_from_going_live() {
    let checked = check_manufacturing("tests-adoption.yaml", |_| "set: {}".to_owned());
    assert!(checked.policy.is_some(), "{}", listing(&checked));
    assert!(!checked.findings.allow_publishing());
    assert!(codes(&checked).contains(&"HY-P060"));
}
