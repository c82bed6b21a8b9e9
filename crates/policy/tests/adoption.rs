//! What an organisation sets goes before the policy's defaults, and only what the policy declares can be set.

mod support;

use huiyin_policy::condition::{Fact, Truth};
use huiyin_policy::model::{ParamValue, Policy, Required};
use huiyin_policy::show::{Language, clause_view};
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

fn usable(checked: &Checked) -> &Policy {
    let policy = checked.policy.as_ref();
    assert!(policy.is_some(), "{}", listing(checked));
    policy.expect("it was just asked")
}

fn value(checked: &Checked, param: &str) -> Option<ParamValue> {
    let policy = usable(checked);
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

const ASKED: &str = "
params:
  visits: {title: {zh-CN: 次数, en: Visits}, type: integer, clause: A.1}
parts:
  sheet:
    title: {zh-CN: 表, en: Sheet}
    fields:
      count: {title: {zh-CN: 已去, en: Done}, type: integer}
      why: {title: {zh-CN: 原因, en: Why}, type: text, required: 'sheet.count < param.visits'}
acts:
  visit: {title: {zh-CN: 走访, en: Visit}, part: sheet}
";

/// Whether the reason must be given after two visits, with `set`.
fn reason_after_two(set: &str) -> Truth {
    let mut files = with("adoption.yaml", set);
    files[1] = SourceFile::new("asked.yaml", ASKED);
    let checked = check(&files);
    let policy = usable(&checked);
    let why = &policy.parts["sheet"].fields["why"].required;
    let Required::When(when) = why else {
        unreachable!("it depends on a condition");
    };
    when.truth(&|path| (path.to_string() == "sheet.count").then(|| Fact::Number(2.into())))
}

#[test]
fn conditions_compare_with_the_figure_that_was_set() {
    assert_eq!(reason_after_two("set: {visits: 3}"), Truth::True);
    assert_eq!(reason_after_two("set: {visits: 2}"), Truth::False);
    assert_eq!(reason_after_two("set: {}"), Truth::Unknown);
}

#[test]
fn texts_kept_with_the_policy_have_the_figures_filled_in() {
    let about = "
policy:
  id: example
  title: {zh-CN: 示例, en: Example}
  about:
    - title: {zh-CN: 承诺, en: Pledge}
      text: {zh-CN: '我们在 {patience} 内上门 {visits} 次。', en: 'We come {visits} times within {patience}.'}
      clause: A.1
";
    let mut files = with("adoption.yaml", "set: {patience: 7}");
    let example = read(&root().join("docs/findings/example.yaml"));
    let header = example.lines().find(|line| line.starts_with("policy:"));
    let example = example.replace(header.expect("there is one"), about);
    files[0] = SourceFile::new("policy.yaml", example.clone());
    let checked = check(&files);
    let policy = usable(&checked);
    let view = clause_view(policy, Language::En);
    assert!(view.contains("We come 3 times within 7."), "{view}");
    files[0] = SourceFile::new(
        "policy.yaml",
        example.replace("{visits} times", "{vists} times"),
    );
    assert_eq!(codes(&check(&files)), ["HY-P062"]);
}
