//! Kinds of case that only some people see: nothing lets anybody else in.

use huiyin_case::command::Act;
use huiyin_case::deputy::Right;
use huiyin_case::sight::Sight;
use huiyin_policy::model::{ClauseId, Policy};
use huiyin_testkit::{Story, calls, fields, organisation, person_id, policy_of};

/// Reports go to the manager and the director; with `taker`, who registered one sees it as well.
fn policy(also: &str) -> Policy {
    policy_of(&format!(
        "
policy: {{id: reports, title: {{zh-CN: 举报, en: Reports}}}}
clauses: {{A.1: {{mark: rule, zh-CN: 举报保密。, en: Reports are confidential.}}}}
channels: {{phone: {{title: {{zh-CN: 电话, en: Phone}}}}}}
roles:
  manager: {{title: {{zh-CN: 经理, en: Manager}}, position: manager}}
series: {{number: {{prefix: JB, restart: year, digits: 4, clause: A.1}}}}
parts:
  form: {{title: {{zh-CN: 登记表, en: Form}}, fields: {{subject: {{title: {{zh-CN: 事由, en: Subject}}, type: text}}}}}}
notices:
  late: {{title: {{zh-CN: 超时, en: Late}}, text: {{zh-CN: 超时, en: Late}}}}
kinds:
  report:
    title: {{zh-CN: 举报, en: Report}}
    clause: A.1
    sees: {{by: [manager, {{position: director}}{also}], clause: A.1}}
    open: {{by: anyone, channels: [phone], part: form, series: number, clause: A.1}}
    steps:
      looking: {{title: {{zh-CN: 核查, en: Looking}}, by: [manager, taker], moves: [{{on: closed, then: closed}}]}}
    clocks:
      due: {{title: {{zh-CN: 时限, en: Limit}}, start: opened, stop: closed, length: 1 days, late: [{{notice: late, to: [manager, taker, {{position: desk}}]}}], clause: A.1}}
"
    ))
}

/// A report registered by dora on Monday 2 March 2026.
fn story(also: &str) -> Story {
    let mut story = Story::under(policy(also), organisation());
    story.registers("dora", "report", fields("subject: money"));
    story
}

fn note() -> Act {
    Act::Note {
        text: "more of it".to_owned(),
    }
}

fn refused(story: &mut Story, who: &str) {
    let refusal = story.is_refused(who, note());
    assert_eq!(refusal.rule.code(), "out_of_sight");
    assert_eq!(refusal.clause, Some(ClauseId::new("A.1")));
    assert_eq!(story.offers(who), Vec::new());
}

#[test]
fn whoever_is_not_named_is_refused_all_and_offered_nothing() {
    let mut story = story("");
    for who in ["dora", "dick", "mia", "hana"] {
        refused(&mut story, who);
    }
    story.does("max", note());
    story.does("dana", note());
    story.does("max", Act::Close { reason: None });
}

#[test]
fn who_took_it_in_sees_it_if_the_policy_says_so() {
    let mut story = story(", taker");
    story.does("dora", note());
    refused(&mut story, "dick");
}

#[test]
fn nobody_else_is_told_of_it() {
    let mut story = story("");
    story.at("2026-03-06 09:00");
    let told: Vec<_> = story.notices().into_iter().flat_map(|(_, to)| to).collect();
    assert_eq!(told, [&person_id("max")]);
}

#[test]
fn a_deputy_sees_by_the_right_he_acts_in_and_not_by_his_own() {
    let days = ["2026-03-02", "2026-03-06"];
    let org = organisation()
        .deputy("dick", "max", days, "manager")
        .deputy("sue", "max", days, "desk");
    let mut story = Story::under(policy(""), org);
    story.registers("dora", "report", fields("subject: money"));
    let refusal = story.is_refused("dick", note());
    assert_eq!(refusal.rule.code(), "out_of_sight");
    story.acting_for("max").does("dick", note());
    let refusal = story.acting_for("max").is_refused("sue", note());
    assert_eq!(refusal.rule.code(), "out_of_sight");
}

#[test]
fn a_sight_is_written_and_read_back() {
    let story = story(", taker");
    let sight = story.state().sight(&story.policy).unwrap();
    assert_eq!(sight.to_string(), "+taker director manager");
    assert_eq!(Sight::parse(&sight.to_string()), sight);
    let open = |who| {
        let right = Right::own(person_id(who));
        sight.is_open_to(&right, &story.organisation)
    };
    assert!(open("max") && open("dana") && !open("dora"));
    let ordinary = Story::under(calls(), organisation());
    assert!(
        ordinary
            .policy
            .kinds
            .values()
            .all(|kind| Sight::of(&ordinary.policy, kind).is_none())
    );
}
