//! Following up closed cases: which, by whom, within what time, and what they count for.

use huiyin_case::command::Act;
use huiyin_case::measure::measurements;
use huiyin_case::state::{FollowUpStanding, Stage, Standing};
use huiyin_policy::model::Policy;
use huiyin_testkit::{Story, calendar, fields, organisation, policy_of, record};

const POLICY: &str = include_str!("../../../docs/findings/example.yaml");

/// The example with orders that are followed up: those that are urgent, or this share of them.
fn policy(take: &str) -> Policy {
    let kinds = format!(
        "
  order:
    title: {{zh-CN: 订单, en: Order}}
    clause: A.1
    open: {{by: anyone, channels: [phone], part: form, series: number, clause: A.1}}
    steps:
      handling:
        title: {{zh-CN: 办理, en: Handling}}
        by: anyone
        acts: [answer, call]
        moves: [{{on: closed, then: closed}}]
    after_close:
      - {{on: reopened, by: anyone, reason: true, then: handling}}
      - {{on: archived, by: anyone, then: archived}}
    follow_up: {{act: call, by: clerk, when: form.urgent{take}, clause: A.1}}
    clocks:
      calling: {{title: {{zh-CN: 回访, en: Call}}, start: closed, when: \"case.follow_up == 'due'\", stop: call, length: 7 days, clause: A.1}}
statistics:
  calls: {{title: {{zh-CN: 回访, en: Calls}}, kinds: order, tally: {{by: case.follow_up, on: closed, which: last}}, clause: A.1}}
roles:
  clerk: {{title: {{zh-CN: 客服, en: Clerk}}, position: desk}}
"
    );
    let call =
        "  call: {title: {zh-CN: 回访, en: Call}, not_by: {did: answer}, clause: A.1}\nkinds:";
    policy_of(&(POLICY.replace("kinds:", call) + &kinds))
}

/// An order answered by dora and closed.
fn closed(take: &str, form: &str) -> Story {
    let mut story = Story::under(policy(take), organisation());
    story.registers("dora", "order", fields(form));
    story.records("dora", "answer", fields(""));
    story.does("dora", Act::Close { reason: None });
    story
}

const URGENT: &str = "subject: tap, urgent: yes";

#[test]
fn another_act_that_the_policy_names_makes_the_follow_up_superfluous() {
    let mut story = closed(", or: answer", URGENT);
    assert_eq!(story.state().follow_up, Some(FollowUpStanding::Done));
    assert_eq!(story.standing("calling"), None);
    story.does(
        "dora",
        Act::Reopen {
            reason: "又坏了".to_owned(),
        },
    );
    assert_eq!(story.state().follow_up, None);
    story.does("dora", Act::Close { reason: None });
    assert_eq!(story.state().follow_up, Some(FollowUpStanding::Due));
}

#[test]
fn a_closed_case_waits_on_the_list_of_those_who_follow_it_up_and_its_time_runs() {
    let mut story = closed("", URGENT);
    assert_eq!(story.state().follow_up, Some(FollowUpStanding::Due));
    assert_eq!(story.state().holder.roles.to_string(), "clerk");
    assert_eq!(story.standing("calling"), Some(Standing::Running));
    let own = story.is_refused("dora", record("call", fields("")));
    assert_eq!(own.rule.code(), "own_work");
    let other = story.is_refused("sam", record("call", fields("")));
    assert_eq!(other.rule.code(), "not_entitled");
    story.records("dick", "call", fields(""));
    assert_eq!(story.state().follow_up, Some(FollowUpStanding::Done));
    assert_eq!(
        (story.state().stage, story.state().holder.roles.is_empty()),
        (Stage::Closed, true)
    );
    assert_eq!(story.standing("calling"), Some(Standing::Met));
    let twice = story.is_refused("dick", record("call", fields("")));
    assert_eq!(twice.rule.code(), "case_ended");
}

#[test]
fn only_those_are_followed_up_that_the_policy_wants() {
    let none = |story: &Story| {
        assert_eq!(story.state().follow_up, None);
        assert_eq!(story.standing("calling"), None);
        assert!(story.state().holder.roles.is_empty());
    };
    none(&closed("", "subject: tap, urgent: no"));
    none(&closed("", "subject: tap"));
    none(&closed(", take: 0%", URGENT));
    let all = closed(", take: 100%", URGENT);
    assert_eq!(all.state().follow_up, Some(FollowUpStanding::Due));
}

#[test]
fn what_was_asked_for_before_a_case_was_opened_again_counts_no_more() {
    let mut story = closed("", URGENT);
    let reason = "again".to_owned();
    story.records("dick", "call", fields(""));
    story.does("max", Act::Reopen { reason });
    assert_eq!(story.state().follow_up, None);
    story.records("dick", "call", fields(""));
    story.does("max", Act::Close { reason: None });
    assert_eq!(story.state().follow_up, Some(FollowUpStanding::Done));
    assert!(story.state().holder.roles.is_empty());
}

#[test]
fn an_archived_case_waits_for_nothing_but_still_counts_as_not_followed_up() {
    let mut story = closed("", URGENT);
    let class = |story: &Story| {
        let all = measurements(&policy(""), &calendar(), story.state());
        let found = all.into_iter().find(|one| one.measure.as_str() == "calls");
        found
            .and_then(|one| one.class)
            .map(|class| class.to_string())
    };
    assert_eq!(class(&story).as_deref(), Some("due"));
    story.does("max", Act::Archive);
    assert!(story.state().holder.roles.is_empty());
    assert_eq!(class(&story).as_deref(), Some("due"));
    let refused = story.is_refused("dick", record("call", fields("")));
    assert_eq!(refused.rule.code(), "case_ended");
    let mut done = closed("", URGENT);
    done.records("dick", "call", fields(""));
    assert_eq!(class(&done).as_deref(), Some("done"));
}
