//! The engine under a policy with pauses, warnings, restarts, decision bands and acceptance.

use huiyin_case::command::{Act, Command};
use huiyin_case::event::{Event, Moved};
use huiyin_case::state::{Stage, Standing};
use huiyin_case::{Actor, Refusal, Rule};
use huiyin_policy::model::{ClockId, PauseReasonId};
use huiyin_testkit::{Story, fields, instant, organisation, person_id, record, workshop};

const TAP: &str = "subject: tap, damaged: no, weight: #light";
const BROKEN: &str = "subject: tap, damaged: yes, damage: cracked, weight: #grave";

/// A repair registered by dora on Monday 2 March 2026 at 09:00.
fn story(form: &str) -> Story {
    let mut story = Story::under(workshop(), organisation());
    story.registers("dora", "repair", fields(form));
    story
}

/// The same, dispatched to the north and accepted by moe.
fn accepted(form: &str) -> Story {
    let mut story = story(form);
    story.dispatches("dora", "north").does("moe", Act::Accept);
    story
}

fn pause(reason: &str) -> Act {
    let note = "which part?".to_owned();
    Act::Pause {
        clock: ClockId::new("whole"),
        reason: PauseReasonId::new(reason),
        note,
    }
}

fn resume() -> Act {
    Act::Resume {
        clock: ClockId::new("whole"),
    }
}

fn check(refusal: &Refusal, code: &str, clause: Option<&str>) {
    assert_eq!(refusal.rule.code(), code, "{refusal:?}");
    assert_eq!(
        refusal.clause.as_ref().map(|clause| clause.as_str()),
        clause,
        "{refusal:?}"
    );
}

#[test]
fn all_problems_of_a_form_are_named_in_its_order() {
    let mut story = Story::under(workshop(), organisation());
    let form = fields(
        "subject: a subject that is far too long, damaged: yes, weight: #heavy, colour: red",
    );
    let refusal = story.is_refused("dora", huiyin_testkit::register("repair", "phone", form));
    check(&refusal, "field_invalid", Some("W.1"));
    let further: Vec<&str> = refusal
        .also
        .iter()
        .map(|problem| problem.rule.code())
        .collect();
    assert_eq!(further, ["field_missing", "field_invalid", "field_unknown"]);
}

#[test]
fn the_length_of_a_clock_depends_on_the_facts_at_its_start() {
    assert_eq!(story(TAP).due("whole").as_deref(), Some("2026-03-09 18:00"));
    assert_eq!(
        story(BROKEN).due("whole").as_deref(),
        Some("2026-03-13 00:00")
    );
    assert_eq!(story(TAP).due("word").as_deref(), Some("2026-03-03 09:00"));
}

#[test]
fn days_in_a_pause_do_not_count() {
    let mut story = accepted(TAP);
    story.at("2026-03-03 10:00").does("moe", pause("part"));
    assert_eq!(
        (story.standing("whole"), story.due("whole")),
        (Some(Standing::Suspended), None)
    );
    story.at("2026-03-05 10:00").does("moe", resume());
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-11 18:00"));
    check(
        &story.is_refused("moe", resume()),
        "clock_not_in_that_state",
        Some("W.7"),
    );
}

#[test]
fn a_pause_needs_a_right_a_reason_and_a_note() {
    let mut story = accepted(TAP);
    check(
        &story.is_refused("max", pause("part")),
        "not_entitled",
        Some("W.7"),
    );
    check(
        &story.is_refused("moe", pause("holiday")),
        "pause_reason_unknown",
        Some("W.7"),
    );
    let word = Act::Pause {
        clock: ClockId::new("word"),
        reason: PauseReasonId::new("part"),
        note: "-".to_owned(),
    };
    check(
        &story.is_refused("moe", word),
        "pause_not_allowed",
        Some("W.4"),
    );
    let bare = Act::Pause {
        clock: ClockId::new("whole"),
        reason: PauseReasonId::new("part"),
        note: " ".to_owned(),
    };
    check(&story.is_refused("moe", bare), "reason_missing", None);
}

#[test]
fn a_pause_on_the_due_day_is_too_late() {
    let mut story = accepted(TAP);
    story.at("2026-03-09 09:00");
    check(
        &story.is_refused("moe", pause("part")),
        "clock_not_in_that_state",
        Some("W.7"),
    );
}

#[test]
fn warnings_and_lateness_are_told_once_and_to_the_right_people() {
    let mut story = accepted(TAP);
    story
        .records("moe", "tell", fields("text: soon"))
        .at("2026-03-20 09:00");
    let told: Vec<_> = story.notices();
    let mut north = ["mia", "moe", "ben"].map(person_id).to_vec();
    north.sort();
    let mut with_manager = ["mia", "moe", "ben", "max"].map(person_id).to_vec();
    with_manager.sort();
    assert_eq!(
        told,
        [
            ("soon", north.as_slice()),
            ("soon", with_manager.as_slice()),
            ("late", north.as_slice())
        ]
    );
}

#[test]
fn after_a_long_silence_only_lateness_is_told() {
    let mut story = accepted(TAP);
    story.records("moe", "tell", fields("text: soon"));
    story.now = instant("2026-03-20 09:00");
    story.until(instant("2026-03-20 09:00"));
    let notices: Vec<&str> = story
        .notices()
        .into_iter()
        .map(|(notice, _)| notice)
        .collect();
    assert_eq!(notices, ["late"]);
    let fired = story
        .events
        .iter()
        .filter(|one| matches!(one.event, Event::ClockFired { .. }))
        .count();
    assert_eq!(fired, 3);
}

#[test]
fn a_timer_of_an_earlier_run_does_nothing() {
    let mut story = accepted(TAP);
    let timer = story
        .state()
        .timers(&story.policy)
        .into_iter()
        .find(|timer| timer.clock.as_str() == "whole")
        .expect("it runs");
    story
        .at("2026-03-03 10:00")
        .does("moe", pause("part"))
        .at("2026-03-05 10:00")
        .does("moe", resume());
    story.now = instant("2026-04-01 09:00");
    let act = Act::Fire {
        clock: timer.clock,
        generation: timer.generation,
        firing: timer.firing,
    };
    let refusal = story
        .carry_out(&Command {
            actor: Actor::System,
            acting_for: None,
            occurred: None,
            act,
        })
        .expect_err("its run is over");
    assert_eq!(refusal.rule, Rule::TimerOutdated);
}

#[test]
fn the_first_transfer_restarts_the_clock_and_the_second_does_not() {
    let mut story = accepted(TAP);
    story.at("2026-03-04 09:00").transfers("moe", "south");
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-11 18:00"));
    story.at("2026-03-05 09:00").transfers("sue", "north");
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-11 18:00"));
}

#[test]
fn another_person_of_the_unit_takes_over_on_record() {
    let mut story = accepted(TAP);
    story.records("moe", "tell", fields("text: soon"));
    let inspect = || record("inspect", fields("text: worn, amount: ¥10.00"));
    check(
        &story.is_refused("ben", inspect()),
        "held_by_another",
        Some("W.3"),
    );
    check(
        &story.is_refused("moe", Act::Accept),
        "move_not_allowed",
        Some("W.3"),
    );
    story.does("ben", Act::Accept).does("ben", inspect());
    assert_eq!(story.state().step.as_str(), "closing");
}

#[test]
fn who_has_left_holds_nothing() {
    let mut story = accepted(TAP);
    story.organisation = organisation().without("moe").build();
    check(
        &story.is_refused("moe", record("tell", fields("text: soon"))),
        "not_entitled",
        None,
    );
    check(
        &story.is_refused("ben", record("tell", fields("text: soon"))),
        "not_accepted",
        Some("W.4"),
    );
    story
        .does("ben", Act::Accept)
        .records("ben", "tell", fields("text: soon"));
}

#[test]
fn the_head_of_the_unit_stands_in_for_a_taker_who_left() {
    let mut story = accepted(TAP);
    story.records("moe", "tell", fields("text: soon")).records(
        "moe",
        "inspect",
        fields("text: worn, amount: ¥10.00"),
    );
    story.organisation = organisation().head("desk", "dick").without("dora").build();
    let close = || Act::Close {
        reason: Some("done".to_owned()),
    };
    check(
        &story.is_refused("mia", close()),
        "not_entitled",
        Some("W.6"),
    );
    story.does("dick", close());
    assert_eq!(story.state().stage, Stage::Closed);
}

#[test]
fn an_amount_above_the_band_goes_to_whoever_may_decide_it() {
    let mut story = accepted(BROKEN);
    story.records("moe", "tell", fields("text: soon")).records(
        "moe",
        "inspect",
        fields("text: cracked, amount: ¥1000.01"),
    );
    let approve = || record("decide", fields("result: #approved"));
    check(
        &story.is_refused("max", approve()),
        "above_band",
        Some("W.5"),
    );
    story.does("dana", approve());
    assert_eq!(story.state().step.as_str(), "closing");
}

#[test]
fn the_end_of_a_band_belongs_to_it_and_a_higher_authority_may_decide_too() {
    for decider in ["max", "dana"] {
        let mut story = accepted(BROKEN);
        story.records("moe", "tell", fields("text: soon")).records(
            "moe",
            "inspect",
            fields("text: cracked, amount: ¥1000.00"),
        );
        story.does(decider, record("decide", fields("result: #approved")));
        assert_eq!(story.state().step.as_str(), "closing");
    }
}

#[test]
fn a_move_waits_for_its_needs() {
    let mut story = accepted(TAP);
    check(
        &story.is_refused(
            "moe",
            record("inspect", fields("text: worn, amount: ¥10.00")),
        ),
        "needs_act",
        Some("W.4"),
    );
}

#[test]
fn opening_again_starts_the_time_anew() {
    let mut story = accepted(TAP);
    story.records("moe", "tell", fields("text: soon")).records(
        "moe",
        "inspect",
        fields("text: worn, amount: ¥10.00"),
    );
    story.at("2026-03-04 09:00").does(
        "dora",
        Act::Close {
            reason: Some("done".to_owned()),
        },
    );
    assert_eq!(story.standing("whole"), Some(Standing::Met));
    story.at("2026-03-16 09:00").does(
        "max",
        Act::Reopen {
            reason: "again".to_owned(),
        },
    );
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-23 18:00"));
    assert_eq!(
        story.state().lead_unit,
        Some(huiyin_testkit::unit_id("north"))
    );
}

#[test]
fn a_new_calendar_moves_running_clocks_on_record() {
    let mut story = accepted(TAP);
    let recompute = Command {
        actor: Actor::System,
        acting_for: None,
        occurred: None,
        act: Act::Recompute,
    };
    let before = story.events.len();
    story.carry_out(&recompute).expect("nothing to do");
    assert_eq!(story.events.len(), before);
    let mut rules = story.calendar.rules().clone();
    let day = jiff::civil::date(2026, 3, 6);
    rules
        .holidays
        .insert(day, huiyin_calendar::Name::same("outing"));
    story.calendar = huiyin_calendar::Calendar::new(rules);
    story.carry_out(&recompute).expect("the clock moves");
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-10 18:00"));
    let moved = |one: &Event| {
        matches!(
            one,
            Event::ClockMoved {
                why: Moved::CalendarChanged,
                generation: 2,
                ..
            }
        )
    };
    assert!(moved(&story.events.last().expect("an event").event));
}

#[test]
fn a_late_entry_can_show_that_it_was_in_time() {
    let mut story = accepted(TAP);
    story
        .at("2026-03-03 12:00")
        .records("moe", "tell", fields("text: soon"));
    assert_eq!(story.standing("word"), Some(Standing::Missed));
    story
        .late("2026-03-02 15:00")
        .records("moe", "tell", fields("text: by phone"));
    assert_eq!(story.standing("word"), Some(Standing::Met));
}

#[test]
fn a_case_is_not_closed_before_what_it_rests_on_happened() {
    let mut story = accepted(TAP);
    story
        .at("2026-03-03 08:00")
        .records("moe", "tell", fields("text: soon"));
    story
        .at("2026-03-03 10:00")
        .records("moe", "inspect", fields("text: worn, amount: ¥10.00"));
    story
        .at("2026-03-03 11:00")
        .records("dora", "tell", fields("text: done"));
    let close = || Act::Close {
        reason: Some("done".to_owned()),
    };
    check(
        &story.late("2026-03-03 10:30").is_refused("dora", close()),
        "occurs_too_early",
        None,
    );
    check(
        &story.late("2026-03-03 09:30").is_refused("dora", close()),
        "occurs_too_early",
        None,
    );
    story.late("2026-03-03 11:00").does("dora", close());
    assert_eq!(story.state().stage, Stage::Closed);
}
