//! Slips of the pen in the general policy: found at their place, with the name that was meant.

mod support;

use huiyin_policy::{Checked, SourceFile, check};
use support::{check_text, codes, general, listing};

/// The single finding after a change: code, marked text, and the name suggested.
fn finding(from: &str, to: &str) -> (String, String, Option<String>) {
    let whole = general();
    assert!(whole.contains(from), "`{from}` is not in the policy");
    let checked = check_text(whole.replacen(from, to, 1));
    assert_eq!(checked.findings.len(), 1, "{}", listing(&checked));
    let finding = checked.findings.iter().next().expect("there is one");
    let help = finding.help.as_ref();
    let suggestion = help.filter(|help| help.key() == "did-you-mean");
    let name = suggestion.and_then(|help| help.args().first());
    (
        finding.code.to_string(),
        checked.sources.excerpt(finding.place).to_owned(),
        name.map(|(_, name)| name.clone()),
    )
}

fn slip(from: &str, to: &str, code: &str, marked: &str, meant: &str) {
    let expected = (code.to_owned(), marked.to_owned(), Some(meant.to_owned()));
    assert_eq!(finding(from, to), expected);
}

#[test]
fn the_general_policy_has_no_finding() {
    let checked = check_text(general());
    assert!(checked.findings.is_empty(), "{}", listing(&checked));
}

#[test]
fn a_slip_is_marked_and_the_name_that_was_meant_is_suggested() {
    slip(
        "accept_first: true",
        "acept_first: true",
        "HY-P010",
        "acept_first",
        "accept_first",
    );
    slip("mark: rule", "mark: rul", "HY-P014", "rul", "rule");
    slip(
        "to: [taker, service_head]}",
        "to: [tacker, service_head]}",
        "HY-P020",
        "tacker",
        "taker",
    );
    slip(
        "start: opened",
        "start: opend",
        "HY-P020",
        "opend",
        "opened",
    );
    slip("stop: answer", "stop: anser", "HY-P020", "anser", "answer");
    slip(
        "then: concluding",
        "then: conclude",
        "HY-P020",
        "conclude",
        "concluding",
    );
    slip(
        "notice: due_soon",
        "notice: due_son",
        "HY-P020",
        "due_son",
        "due_soon",
    );
    slip("clause: P1.7", "clause: P17", "HY-P021", "P17", "P1.7");
    slip(
        "when: inquiry_form.other_unit || case.by_customer\n",
        "when: inquiry_form.other_uni || case.by_customer\n",
        "HY-P032",
        "inquiry_form.other_uni",
        "inquiry_form.other_unit",
    );
    slip(
        "ask_satisfaction.dissatisfied",
        "ask_satisfaction.disatisfied",
        "HY-P055",
        "ask_satisfaction.disatisfied",
        "dissatisfied",
    );
}

#[test]
fn a_role_called_like_a_word_of_the_language_is_refused() {
    let text = general().replace("roles:\n", "roles:\n  taker: {title: {zh-CN: 甲, en: A}}\n");
    let checked = check_text(text);
    assert!(codes(&checked).contains(&"HY-P013"));
    assert!(checked.policy.is_none());
}

#[test]
fn several_slips_are_all_reported() {
    let text = general()
        .replace("length: 24 hours", "length: 24 hrs")
        .replace("length: 48 hours", "length: two days")
        .replace(
            "by: specialist\n        skip",
            "by: specialst\n        skip",
        );
    assert_eq!(codes(&check_text(text)), ["HY-P015", "HY-P020", "HY-P015"]);
}

fn two_files(first: &str, second: &str) -> Checked {
    check(&[
        SourceFile::new("policy.yaml", first),
        SourceFile::new("clauses.yaml", second),
        SourceFile::new("tests/case.yaml", "this: is no policy"),
        SourceFile::new("README.md", "# neither is this"),
    ])
}

#[test]
fn a_policy_may_be_spread_over_files() {
    let whole = general();
    let at = whole.find("clauses:\n").expect("the policy has clauses");
    let (first, second) = whole.split_at(at);
    let checked = two_files(first, second);
    assert!(checked.findings.is_empty(), "{}", listing(&checked));
    assert!(checked.policy.is_some());
}

#[test]
fn an_element_in_two_files_is_found_with_both_places() {
    let second = "channels:\n  phone: {title: {zh-CN: 电话, en: Phone}}\n";
    let checked = two_files(&general(), second);
    assert_eq!(codes(&checked), ["HY-P004"]);
    let finding = checked.findings.iter().next().expect("there is one");
    assert_eq!(checked.sources.name(finding.place.file), "clauses.yaml");
    let label = finding.labels.first().expect("the first place is labelled");
    assert_eq!(checked.sources.name(label.place.file), "policy.yaml");
}

#[test]
fn no_files_are_no_policy() {
    assert_eq!(codes(&check(&[])), ["HY-P006"]);
}

#[test]
fn whoever_asks_customers_for_files_takes_at_least_one_and_a_bearable_number() {
    for (files, code, marked) in [
        ("files: {max: 0}", "HY-P081", "max"),
        ("files: {max: 51}", "HY-P015", "51"),
        ("files: {maximum: 3, max: 3}", "HY-P010", "maximum"),
    ] {
        let found = finding("files: {max: 10}", files);
        assert_eq!((found.0.as_str(), found.1.as_str()), (code, marked));
    }
}
