//! Attempts to reach the customer: which count, when the next is planned, and that people are told once (T12).

use huiyin_calendar::NotCounted;
use huiyin_case::command::{Act, Command, Firing};
use huiyin_case::contact::CaseContacts;
use huiyin_case::{Actor, Event, Rule};
use huiyin_policy::model::{ClockId, PauseReasonId};
use huiyin_testkit::{Story, calls, fields, organisation};

/// A question registered by dora on Monday 2 March 2026 at 09:00; due on Thursday.
fn story() -> Story {
    let mut story = Story::under(calls(), organisation());
    story.registers("dora", "question", fields("subject: hours"));
    story
}

fn tries(story: &mut Story, at: &str) {
    story.at(at).records("dora", "call", fields("how: #missed"));
}

fn contacts(story: &Story) -> CaseContacts {
    let all = story
        .state()
        .contacts(&story.policy, &story.calendar, story.now);
    all.into_iter().next().expect("the kind has contacts")
}

fn next(story: &Story) -> Option<String> {
    let next = contacts(story).next_needed?;
    let local = story.calendar.local(next);
    Some(local.strftime("%Y-%m-%d %H:%M").to_string())
}

fn reasons(story: &Story) -> Vec<&'static str> {
    let attempts = contacts(story).attempts.into_iter();
    attempts
        .map(|attempt| match attempt.not_counted {
            None => "counts",
            Some(NotCounted::BeforeStart) => "before",
            Some(NotCounted::OutsideWindow) => "outside",
            Some(NotCounted::TooSoon { .. }) => "soon",
        })
        .collect()
}

#[test]
fn an_attempt_that_does_not_count_stays_on_record_with_its_reason() {
    let mut story = story();
    for at in ["2026-03-03 07:59", "2026-03-03 08:00", "2026-03-03 09:29"] {
        tries(&mut story, at);
    }
    tries(&mut story, "2026-03-03 09:30");
    assert_eq!(reasons(&story), ["outside", "counts", "soon", "counts"]);
    story
        .at("2026-03-03 21:00")
        .records("dora", "call", fields("how: #missed, agreed: yes"));
    assert_eq!(contacts(&story).counted(), 3);
}

#[test]
fn a_late_entry_changes_what_counts() {
    let mut story = story();
    tries(&mut story, "2026-03-03 10:00");
    story
        .late("2026-03-03 09:00")
        .records("dora", "call", fields("how: #missed"));
    assert_eq!(reasons(&story), ["counts", "soon"]);
}

#[test]
fn only_a_complete_series_fulfils_the_need_and_the_time_of_the_command_decides() {
    let mut story = story();
    tries(&mut story, "2026-03-03 10:00");
    let refusal = story.is_refused("dora", Act::Close { reason: None });
    assert!(matches!(refusal.rule, Rule::NeedsCondition(_)));
    tries(&mut story, "2026-03-04 10:00");
    assert!(contacts(&story).complete);
    story.at("2026-03-06 09:00");
    assert!(
        !contacts(&story).complete,
        "the last day is over and has none"
    );
    story.is_refused("dora", Act::Close { reason: None });
    story.late("2026-03-05 11:00");
    story.does("dora", Act::Close { reason: None });
    assert!(contacts(&story).complete, "as of when the limit ended");
}

#[test]
fn the_holder_is_told_once_on_each_day_that_needs_an_attempt() {
    let mut story = story();
    assert_eq!(next(&story).as_deref(), Some("2026-03-03 08:00"));
    story.at("2026-03-03 07:00");
    assert_eq!(story.notices().len(), 0);
    story.at("2026-03-03 20:00");
    assert_eq!(story.notices().len(), 1);
    story.at("2026-03-04 07:00");
    tries(&mut story, "2026-03-04 08:30");
    story.at("2026-03-05 20:00");
    let told: Vec<&str> = story
        .notices()
        .into_iter()
        .map(|(notice, _)| notice)
        .collect();
    assert_eq!(told, ["again", "again"], "on Tuesday and Wednesday morning");
}

#[test]
fn a_timer_takes_effect_once_and_not_after_an_attempt() {
    let mut story = story();
    let timer = story
        .state()
        .timers(&story.policy)
        .into_iter()
        .find(|timer| matches!(timer.firing, Firing::Attempt { .. }))
        .unwrap();
    let fire = Command {
        actor: Actor::System,
        acting_for: None,
        occurred: None,
        act: Act::Fire {
            clock: timer.clock,
            generation: timer.generation,
            firing: timer.firing,
        },
    };
    assert!(story.carry_out(&fire).is_err(), "before its time");
    story.at("2026-03-03 09:00");
    assert!(story.carry_out(&fire).is_err(), "a second time");
    assert_eq!(story.notices().len(), 1);
}

#[test]
fn what_is_planned_for_a_day_stays() {
    let mut story = story();
    let planned = |story: &Story| {
        let events = story.events.iter();
        events
            .filter(|one| matches!(one.event, Event::AttemptPlanned { .. }))
            .count()
    };
    assert_eq!(planned(&story), 1);
    let note = || Act::Note {
        text: "asked the shop".to_owned(),
    };
    story.at("2026-03-02 15:00").does("dora", note());
    assert_eq!(planned(&story), 1);
    story
        .at("2026-03-02 16:00")
        .records("dora", "call", fields("how: #reached"));
    assert_eq!(planned(&story), 2, "nothing is owed any more");
    assert_eq!(next(&story), None);
    assert!(story.state().planned.is_empty());
}

#[test]
fn attempts_before_a_case_was_opened_again_count_no_more() {
    let mut story = story();
    tries(&mut story, "2026-03-03 10:00");
    tries(&mut story, "2026-03-04 10:00");
    story.does("dora", Act::Close { reason: None });
    let reason = "it came up again".to_owned();
    story
        .at("2026-03-06 09:00")
        .does("dora", Act::Reopen { reason });
    assert_eq!(reasons(&story), ["before", "before"]);
    assert_eq!(next(&story).as_deref(), Some("2026-03-09 08:00"));
}

#[test]
fn while_the_limit_stands_still_the_series_is_not_complete() {
    let mut story = story();
    tries(&mut story, "2026-03-03 10:00");
    tries(&mut story, "2026-03-04 10:00");
    story.does(
        "dora",
        Act::Pause {
            clock: ClockId::new("reply"),
            reason: PauseReasonId::new("waiting"),
            note: "on holiday".to_owned(),
        },
    );
    assert!(!contacts(&story).complete);
    assert_eq!(next(&story), None);
}
