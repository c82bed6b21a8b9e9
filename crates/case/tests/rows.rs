//! What becomes of an act that rows wait for: it takes the first that fits, and is refused where none does.

use huiyin_case::command::Act;
use huiyin_case::offers::Offered;
use huiyin_policy::model::ClauseId;
use huiyin_testkit::{Story, fields, organisation, policy_of, record};

const POLICY: &str = "
policy: {id: bank, title: {zh-CN: 投诉, en: Complaints}}
clauses:
  A.1: {mark: rule, zh-CN: 规则。, en: A rule.}
  A.2: {mark: rule, zh-CN: 三个工作日。, en: Three working days.}
  A.3: {mark: rule, zh-CN: 紧急的。, en: What is urgent.}
  A.4: {mark: rule, zh-CN: 六个月。, en: Six months.}
channels: {phone: {title: {zh-CN: 电话, en: Phone}}}
roles:
  manager: {title: {zh-CN: 经理, en: Manager}, position: manager}
series: {number: {prefix: C, restart: year, digits: 4, clause: A.1}}
parts:
  form: {title: {zh-CN: 表, en: Form}, fields: {urgent: {title: {zh-CN: 紧急, en: Urgent}, type: bool, required: true}}}
  notice_form: {title: {zh-CN: 来函, en: Notice}, fields: {consent: {title: {zh-CN: 同意, en: Consent}, type: bool, required: true}}}
acts:
  summary: {title: {zh-CN: 简易解决, en: Summary resolution}}
  hurry: {title: {zh-CN: 加急, en: Hurry}}
  tell: {title: {zh-CN: 告知, en: Tell}}
  notice: {title: {zh-CN: 来函, en: Notice}, part: notice_form}
kinds:
  complaint:
    title: {zh-CN: 投诉, en: Complaint}
    clause: A.1
    open: {by: anyone, channels: [phone], part: form, series: number, clause: A.1}
    steps:
      first_line:
        title: {zh-CN: 当场处理, en: First line}
        by: taker
        acts: [summary, hurry, tell]
        moves:
          - {on: summary, within: 3 working days, then: closed, clause: A.2}
          - {on: hurry, when: form.urgent, then: stay, clause: A.3}
          - {on: dispatched, then: looking}
      looking:
        title: {zh-CN: 调查, en: Looking into it}
        by: lead_unit
        clause: A.1
        moves: [{on: refused, reason: true, then: stay}, {on: closed, then: closed}]
    after_close:
      - {on: notice, by: manager, within: 6 months, when: \"!notice_form.consent\", then: stay, clause: A.4}
      - {on: notice, by: manager, when: notice_form.consent, then: stay, clause: A.4}
      - {on: reopened, by: manager, reason: true, then: looking, clause: A.4}
";

/// A complaint registered by dora on Monday 2 March 2026.
fn complaint(urgent: &str) -> Story {
    let mut story = Story::under(policy_of(POLICY), organisation());
    story.at("2026-03-02 09:00");
    story.registers("dora", "complaint", fields(&format!("urgent: {urgent}")));
    story
}

fn refused(story: &mut Story, who: &str, act: Act, code: &str, clause: &str) {
    let before = story.events.len();
    let refusal = story.is_refused(who, act);
    assert_eq!(refusal.rule.code(), code);
    assert_eq!(refusal.clause, Some(ClauseId::new(clause)));
    assert_eq!(story.events.len(), before);
}

fn reopen() -> Act {
    Act::Reopen {
        reason: "new evidence".to_owned(),
    }
}

#[test]
fn an_act_whose_time_is_over_is_not_put_on_record() {
    let mut story = complaint("no");
    story.at("2026-03-06 09:00");
    refused(
        &mut story,
        "dora",
        record("summary", fields("")),
        "too_late",
        "A.2",
    );
}

#[test]
fn what_happened_in_time_may_be_entered_late() {
    let mut story = complaint("no");
    story.at("2026-03-06 09:00").late("2026-03-04 16:00");
    story.records("dora", "summary", fields(""));
    assert!(story.state().ending.is_some());
}

#[test]
fn an_act_whose_condition_does_not_hold_is_not_put_on_record() {
    let mut story = complaint("no");
    refused(
        &mut story,
        "dora",
        record("hurry", fields("")),
        "no_row_fits",
        "A.3",
    );
    // No row waits for this one: it is put on record and leads nowhere.
    story.records("dora", "tell", fields(""));
    let mut story = complaint("yes");
    story.records("dora", "hurry", fields(""));
}

#[test]
fn after_closing_conditions_are_asked_after_what_is_told() {
    let mut story = complaint("no");
    story.records("dora", "summary", fields(""));
    story.records("max", "notice", fields("consent: no"));
    story.at("2026-10-12 09:00");
    refused(
        &mut story,
        "max",
        record("notice", fields("consent: no")),
        "too_late",
        "A.4",
    );
    story.records("max", "notice", fields("consent: yes"));
    let refusal = story.is_refused("dick", record("notice", fields("consent: yes")));
    assert_eq!(refusal.rule.code(), "not_entitled");
}

#[test]
fn an_act_that_several_rows_wait_for_is_offered_once() {
    let mut story = complaint("no");
    story.records("dora", "summary", fields(""));
    let offers = story.offers("max");
    let notices = offers
        .iter()
        .filter(|offer| matches!(&offer.what, Offered::Record(act) if act.as_str() == "notice"));
    let open: Vec<bool> = notices.map(|offer| offer.refusal.is_none()).collect();
    assert_eq!(open, [true]);
}

#[test]
fn no_case_comes_to_a_step_with_nobody_to_act_there() {
    let mut story = complaint("no");
    story.records("dora", "summary", fields(""));
    refused(&mut story, "max", reopen(), "nobody_to_act", "A.1");
    let mut story = complaint("no");
    story.dispatches("dora", "north");
    let refuse = Act::Refuse {
        reason: "not ours".to_owned(),
    };
    refused(&mut story, "mia", refuse, "nobody_to_act", "A.1");
    story.does("mia", Act::Close { reason: None });
    story.does("max", reopen());
    assert_eq!(story.state().step.as_str(), "looking");
}

#[test]
fn a_reopening_is_counted_by_the_row_that_lets_it() {
    let row = "{on: reopened, by: manager, reason: true, then: looking, clause: A.4}";
    let once = "{on: reopened, when: case.reopens == 1, by: manager, reason: true, then: first_line, clause: A.4}";
    assert!(POLICY.contains(row));
    let mut story = Story::under(policy_of(&POLICY.replace(row, once)), organisation());
    story.at("2026-03-02 09:00");
    story.registers("dora", "complaint", fields("urgent: no"));
    story.records("dora", "summary", fields(""));
    story.does("max", reopen());
    assert_eq!(story.state().reopens, 1);
    story.records("dora", "summary", fields(""));
    refused(&mut story, "max", reopen(), "move_does_not_fit", "A.4");
}
