//! What an organisation sets goes before the policy's defaults, and only what the policy declares can be set.

mod support;

use huiyin_calendar::{End, Length, Limit};
use huiyin_policy::condition::{Fact, Truth};
use huiyin_policy::model::{ParamValue, Policy, Required};
use huiyin_policy::show::{Language, clause_view};
use huiyin_policy::{Checked, SourceFile, adopted_in_tests, check, check_adopted};
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

const LEFT_TO_UNITS: &str = "
params:
  patience: {title: {zh-CN: 期限, en: Patience}, type: limit, units: at_most, clause: A.1}
  visits: {title: {zh-CN: 次数, en: Visits}, type: integer, default: 3, units: at_least, clause: A.1}
  phone: {title: {zh-CN: 电话, en: Phone}, type: text, default: '12315', units: any, clause: A.1}
  budget: {title: {zh-CN: 限额, en: Budget}, type: money, default: '100', clause: A.1}
set:
  patience: {limit: 3 days, end: day}
";

/// Checks the policy as a unit adopts it with these values.
fn adopted(own: &[(&str, &str)]) -> Checked {
    let mut files = with("set.yaml", "{}");
    files[1] = SourceFile::new("params.yaml", LEFT_TO_UNITS);
    files.pop();
    let own = own
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    check_adopted(&files, &own.collect())
}

#[test]
fn what_a_unit_sets_goes_before_what_the_organisation_sets() {
    let checked = adopted(&[("patience", "2 days"), ("phone", "say \"8\" \\ 9")]);
    assert!(checked.findings.is_empty(), "{}", listing(&checked));
    let limit = Limit::new(Length::CalendarDays(2)).ending(End::Day);
    assert_eq!(value(&checked, "patience"), Some(ParamValue::Limit(limit)));
    let phone = ParamValue::Text("say \"8\" \\ 9".to_owned());
    assert_eq!(value(&checked, "phone"), Some(phone));
    assert_eq!(value(&checked, "visits"), Some(ParamValue::Integer(3)));
    let view = clause_view(usable(&checked), Language::En);
    assert!(view.contains("Parameter “Patience”: 2 days"), "{view}");
    assert!(view.contains("may set its own, but no more"), "{view}");
}

#[test]
fn a_unit_keeps_within_what_the_policy_leaves_to_units() {
    let refused = |own: &[(&str, &str)]| -> Vec<String> {
        let checked = adopted(own);
        assert!(checked.policy.is_none());
        codes(&checked).into_iter().map(str::to_owned).collect()
    };
    for own in [
        [("patience", "4 days")],
        [("patience", "2 working days")],
        [("visits", "2")],
        [("budget", "50")],
    ] {
        assert_eq!(refused(&own), ["HY-P064"], "{own:?}");
    }
    for own in [[("patience", "soon")], [("visits", "many")]] {
        assert_eq!(refused(&own), ["HY-P015"], "{own:?}");
    }
    assert_eq!(refused(&[("patienc", "2 days")]), ["HY-P020"]);
    let all_at_once = refused(&[("budget", "50"), ("patience", "4 days"), ("visits", "2")]);
    assert_eq!(all_at_once, ["HY-P064"; 3]);
    let same = adopted(&[("patience", "3 days"), ("visits", "3")]);
    assert!(same.findings.is_empty(), "{}", listing(&same));
}

#[test]
fn the_policy_is_proved_with_what_a_unit_sets() {
    let extended = "
params:
  cap: {title: {zh-CN: 上限, en: Cap}, type: limit, default: 9 working days, units: any, clause: A.1}
";
    let mut files = with("params.yaml", extended);
    files.remove(1);
    let example = String::from_utf8(files[0].bytes.clone()).expect("UTF-8");
    let example = example.replace(
        "        length: 3 working days\n",
        "        length: 3 working days\n        extend: {by: taker, cap: {param: cap}, counted_from: start, times: any, clause: A.1}\n",
    );
    files[0] = SourceFile::new("policy.yaml", example);
    let checked = check(&files);
    assert!(checked.findings.is_empty(), "{}", listing(&checked));
    let own = [("cap".to_owned(), "2 working days".to_owned())];
    assert_eq!(codes(&check_adopted(&files, &own.into())), ["HY-P048"]);
}

#[test]
fn only_what_has_an_order_is_kept_below_or_above() {
    let text = "
params:
  phone: {title: {zh-CN: 电话, en: Phone}, type: text, default: '12315', units: at_most, clause: A.1}
";
    let mut files = with("params.yaml", text);
    files.remove(1);
    assert_eq!(codes(&check(&files)), ["HY-P014"]);
}
