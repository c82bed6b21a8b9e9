//! More time for a clock, under a policy that lets the manager grant ten days on ten, three times at most (W.10).

use std::num::NonZeroU32;

use huiyin_case::command::Act;
use huiyin_case::extension::allowance;
use huiyin_case::measure::measurements;
use huiyin_case::state::Standing;
use huiyin_case::{Refusal, Rule};
use huiyin_policy::model::{ClockId, Count};
use huiyin_testkit::{Story, fields, organisation, workshop};

const BROKEN: &str = "subject: tap, damaged: yes, damage: cracked, weight: #grave";
const TAP: &str = "subject: tap, damaged: no, weight: #light";

/// A repair registered by dora on Monday 2 March 2026 at 09:00, with the north; grave ones are due on the 12th at 24:00.
fn story(form: &str) -> Story {
    let mut story = Story::under(workshop(), organisation());
    story.registers("dora", "repair", fields(form));
    story.dispatches("dora", "north").does("moe", Act::Accept);
    story
}

fn extend(more: u32) -> Act {
    extend_because(more, "the maker has to send a part")
}

fn extend_because(more: u32, reason: &str) -> Act {
    Act::Extend {
        clock: ClockId::new("whole"),
        more: NonZeroU32::new(more).expect("some"),
        reason: reason.to_owned(),
    }
}

fn check(refusal: &Refusal, code: &str, clause: Option<&str>) {
    assert_eq!(refusal.rule.code(), code, "{refusal:?}");
    let found = refusal.clause.as_ref().map(|clause| clause.as_str());
    assert_eq!(found, clause, "{refusal:?}");
}

#[test]
fn an_extension_moves_what_is_due_with_warnings_and_lateness() {
    let mut story = story(BROKEN);
    story.does("max", extend(5));
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-18 00:00"));
    story.at("2026-03-13 09:00");
    assert_eq!(story.standing("whole"), Some(Standing::Running));
    let soon = |story: &Story| {
        let told = story.notices().into_iter();
        told.filter(|(notice, _)| *notice == "soon").count()
    };
    // Only the clock that says the first word to the customer has warned.
    assert_eq!(soon(&story), 1, "by the new time nothing is due soon");
    story.at("2026-03-17 09:00");
    assert_eq!(soon(&story), 2);
    story.at("2026-03-18 09:00");
    assert_eq!(story.standing("whole"), Some(Standing::Overdue));
}

#[test]
fn nothing_is_granted_beyond_the_cap_and_it_is_said_how_much_is_left() {
    let mut story = story(BROKEN);
    let before = story.state().clone();
    let refusal = story.is_refused("max", extend(11));
    check(&refusal, "extension_beyond_cap", Some("W.10"));
    let Rule::ExtensionBeyondCap { most, latest } = refusal.rule else {
        unreachable!("checked above")
    };
    assert_eq!(latest.to_string(), "2026-03-22");
    assert_eq!(most, Some(huiyin_calendar::Length::CalendarDays(10)));
    assert_eq!(*story.state(), before, "nothing has changed");
    story.does("max", extend(10));
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-23 00:00"));
    let refusal = story.is_refused("max", extend(1));
    assert!(
        matches!(refusal.rule, Rule::ExtensionBeyondCap { most: None, .. }),
        "{refusal:?}"
    );
}

#[test]
fn only_who_may_extends_and_only_with_a_reason_where_the_policy_allows_it() {
    let mut grave = story(BROKEN);
    check(
        &grave.is_refused("moe", extend(1)),
        "not_entitled",
        Some("W.10"),
    );
    check(
        &grave.is_refused("max", extend_because(1, " ")),
        "reason_missing",
        None,
    );
    let word = Act::Extend {
        clock: ClockId::new("word"),
        more: NonZeroU32::MIN,
        reason: "-".to_owned(),
    };
    check(
        &grave.is_refused("max", word),
        "extension_not_allowed",
        Some("W.4"),
    );
    let mut light = story(TAP);
    check(
        &light.is_refused("max", extend(1)),
        "extension_not_allowed",
        Some("W.10"),
    );
}

#[test]
fn an_extension_counts_as_often_as_the_policy_says() {
    let mut story = story(BROKEN);
    story
        .does("max", extend(1))
        .does("max", extend(1))
        .does("max", extend(1));
    check(
        &story.is_refused("max", extend(1)),
        "extensions_used_up",
        Some("W.10"),
    );
}

#[test]
fn what_has_run_out_is_not_extended() {
    let mut story = story(BROKEN);
    story.at("2026-03-13 00:00").does("max", extend(1));
    story.at("2026-03-14 09:00");
    check(
        &story.is_refused("max", extend(1)),
        "too_late",
        Some("W.10"),
    );
    assert_eq!(story.standing("whole"), Some(Standing::Overdue));
}

#[test]
fn a_decision_made_in_time_may_be_entered_late() {
    let mut story = story(BROKEN);
    story.at("2026-03-13 09:00");
    assert_eq!(story.standing("whole"), Some(Standing::Overdue));
    story.late("2026-03-12 16:00").does("max", extend(2));
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-15 00:00"));
    assert_eq!(story.standing("whole"), Some(Standing::Running));
}

#[test]
fn a_restart_begins_with_the_time_it_had_at_first_and_the_cap_goes_on() {
    let mut story = story(BROKEN);
    story.does("max", extend(5)).at("2026-03-06 09:00");
    story.transfers("moe", "south");
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-17 00:00"));
    let clock = story
        .state()
        .clock(&ClockId::new("whole"))
        .expect("it runs");
    assert_eq!(clock.extensions.len(), 1, "it stays on record");
    let left = allowance(
        &story.policy,
        &story.calendar,
        story.state(),
        &ClockId::new("whole"),
    );
    assert_eq!(
        left.map(|left| left.most),
        Some(6),
        "twenty days from the first start"
    );
}

#[test]
fn a_pause_carries_the_extension_along() {
    let mut story = story(BROKEN);
    let pause = Act::Pause {
        clock: ClockId::new("whole"),
        reason: huiyin_policy::model::PauseReasonId::new("part"),
        note: "which part?".to_owned(),
    };
    let resume = Act::Resume {
        clock: ClockId::new("whole"),
    };
    story.does("max", extend(5)).does("moe", pause);
    check(
        &story.is_refused("max", extend(1)),
        "clock_not_in_that_state",
        Some("W.10"),
    );
    story.at("2026-03-04 09:00").does("moe", resume);
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-20 00:00"));
}

#[test]
fn how_many_were_extended_can_be_told() {
    let mut story = story(BROKEN);
    let extended = |story: &Story| {
        let counted = measurements(&story.policy, &story.calendar, story.state());
        let mut counted = counted.into_iter();
        counted.find(|one| one.measure.as_str() == Count::Extended.as_str())
    };
    assert!(extended(&story).is_none());
    story.at("2026-03-04 09:00").does("max", extend(2));
    let counted = extended(&story).map(|one| one.on.to_string());
    assert_eq!(counted.as_deref(), Some("2026-03-04"));
}
