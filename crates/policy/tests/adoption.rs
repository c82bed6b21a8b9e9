//! What an organisation sets goes before the policy's defaults, and only what the policy declares can be set.

mod support;

use huiyin_policy::model::ParamValue;
use huiyin_policy::{Checked, SourceFile, adopted_in_tests, check};
use support::{codes, listing, marked, read, root};

const PARAMS: &str = "
params:
  patience: {title: {zh-CN: 期限, en: Patience}, type: integer, clause: A.1}
  visits: {title: {zh-CN: 次数, en: Visits}, type: integer, default: 3, clause: A.1}
";

fn with(name: &str, set: &str) -> Vec<SourceFile> {
    let example = read(&root().join("docs/findings/example.yaml"));
    vec![
        SourceFile::new("policy.yaml", example),
        SourceFile::new("params.yaml", PARAMS),
        SourceFile::new(name, set),
    ]
}

fn value(checked: &Checked, param: &str) -> Option<ParamValue> {
    let policy = checked.policy.as_ref();
    let policy = policy.unwrap_or_else(|| panic!("{}", listing(checked)));
    policy
        .params
        .get(param)
        .and_then(|param| param.value.clone())
}

#[test]
fn what_is_set_goes_before_the_default_and_fills_a_blank() {
    let checked = check(&with("adoption.yaml", "set: {patience: 7, visits: 5}"));
    assert!(checked.findings.is_empty(), "{}", listing(&checked));
    assert_eq!(value(&checked, "patience"), Some(ParamValue::Integer(7)));
    assert_eq!(value(&checked, "visits"), Some(ParamValue::Integer(5)));
}

#[test]
fn a_blank_that_is_not_set_keeps_the_policy_from_going_live() {
    let checked = check(&with("adoption.yaml", "set: {visits: 5}"));
    assert_eq!(codes(&checked), ["HY-P060"]);
    assert_eq!(value(&checked, "patience"), None);
}

#[test]
fn only_parameters_can_be_set_and_only_to_what_they_take() {
    let unknown = check(&with("adoption.yaml", "set: {patience: 7, patienc: 8}"));
    assert_eq!(
        marked(&unknown),
        [("HY-P020".to_owned(), "patienc".to_owned())]
    );
    let wrong = check(&with("adoption.yaml", "set: {patience: soon}"));
    assert!(codes(&wrong).contains(&"HY-P015"), "{}", listing(&wrong));
    assert!(wrong.policy.is_none());
}

#[test]
fn the_tests_have_an_adoption_of_their_own() {
    let files = with("tests/adoption.yaml", "set: {patience: 7}");
    assert_eq!(value(&check(&files), "patience"), None);
    let adopted = check(&adopted_in_tests(&files));
    assert_eq!(value(&adopted, "patience"), Some(ParamValue::Integer(7)));
}
