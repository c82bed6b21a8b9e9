//! A clock that starts anew on any of several moments, any number of times; and the clause of the row that gave its length.

use huiyin_case::event::Event;
use huiyin_policy::model::{ClauseId, ClockId};
use huiyin_testkit::{Story, fields, instant, organisation, policy_of};

const POLICY: &str = "
policy: {id: bank, title: {zh-CN: 投诉, en: Complaints}}
clauses:
  A.1: {mark: clock, zh-CN: 四周。, en: Four weeks.}
  A.2: {mark: clock, zh-CN: 紧急的两天。, en: Two days for what is urgent.}
channels: {phone: {title: {zh-CN: 电话, en: Phone}}}
series: {number: {prefix: C, restart: year, digits: 4, clause: A.1}}
parts:
  form: {title: {zh-CN: 表, en: Form}, fields: {urgent: {title: {zh-CN: 紧急, en: Urgent}, type: bool, required: true}}}
acts:
  update: {title: {zh-CN: 告知进展, en: Update}}
  hold: {title: {zh-CN: 延期函, en: Holding letter}}
kinds:
  complaint:
    title: {zh-CN: 投诉, en: Complaint}
    clause: A.1
    open: {by: anyone, channels: [phone], part: form, series: number, clause: A.1}
    steps:
      looking: {title: {zh-CN: 调查, en: Looking}, by: taker, acts: [update, hold], moves: [{on: closed, then: closed}]}
    clocks:
      progress:
        title: {zh-CN: 说明进展, en: Progress}
        start: opened
        restart: {on: [update, hold], times: any}
        stop: closed
        length:
          - {when: form.urgent, limit: 2 days, clause: A.2}
          - {limit: 4 weeks}
        clause: A.1
";

/// A complaint registered by dora on Monday 2 March 2026.
fn complaint(urgent: &str) -> Story {
    let mut story = Story::under(policy_of(POLICY), organisation());
    story.registers("dora", "complaint", fields(&format!("urgent: {urgent}")));
    story
}

#[test]
fn any_of_several_moments_starts_it_anew_as_often_as_it_happens() {
    let mut story = complaint("no");
    let clock = ClockId::new("progress");
    for (day, act) in [(5, "update"), (9, "hold"), (12, "update"), (20, "update")] {
        let at = format!("2026-03-{day:02} 10:00");
        story.at(&at).records("dora", act, fields(""));
        let state = story.state().clock(&clock).unwrap();
        assert_eq!(state.started_at, instant(&at));
    }
}

#[test]
fn the_clause_on_record_is_that_of_the_row() {
    for (urgent, clause) in [("yes", "A.2"), ("no", "A.1")] {
        let story = complaint(urgent);
        let started = story.events.iter().find_map(|one| match &one.event {
            Event::ClockStarted { clause, .. } => Some(clause.clone()),
            _ => None,
        });
        assert_eq!(started, Some(ClauseId::new(clause)));
    }
}
