//! An open case goes on under a newer version of its policy, by decision (P1.16).

mod support;

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use huiyin_case::command::{Act, Command};
use huiyin_case::decide::migrate::{Migration, Unmigratable, migration};
use huiyin_case::measure::{Measured, increments, measurements};
use huiyin_case::misfit::Misfit;
use huiyin_case::state::clock::Standing;
use huiyin_case::value::Value;
use huiyin_case::{CaseState, Context, Event, Recorded, Refusal, decide};
use huiyin_policy::model::{ClockId, FactPath, FieldId, PartId, PauseReasonId, Policy, StepId};
use huiyin_testkit::{Story, calendar, fields, organisation, person_id, workshop};
use support::{BROKEN, TAP, other, story};

fn context<'a>(story: &'a Story, new: &'a Policy) -> Context<'a> {
    Context {
        policy: new,
        policy_version: 2,
        ..story.context()
    }
}

fn plan(story: &Story, new: &Policy) -> Result<Migration, Unmigratable> {
    let versions = |version| [&story.policy, new].get(version as usize - 1).copied();
    migration(&versions, &context(story, new), &story.events)
}

fn misfits(story: &Story, new: &Policy) -> BTreeSet<Misfit> {
    match plan(story, new) {
        Err(Unmigratable::Misfits(misfits)) => misfits,
        planned => unreachable!("it should not fit: {planned:?}"),
    }
}

fn migrate(story: &Story, new: &Policy, reason: &str) -> Result<Vec<Recorded>, Refusal> {
    let plan = Box::new(plan(story, new).expect("it fits"));
    let act = Act::Migrate {
        plan,
        reason: reason.to_owned(),
    };
    let command = Command {
        actor: person_id("max").into(),
        acting_for: None,
        occurred: None,
        act,
    };
    let decision = decide(Some(story.state()), &context(story, new), &command)?;
    Ok(decision.events)
}

/// The story goes on under the other version; what is on record adds up to the same from the beginning.
fn migrated(mut story: Story, new: Policy) -> Story {
    let before = story.state().clone();
    let events = migrate(&story, &new, "the new limits").expect("it is migrated");
    let mut history = story.events.clone();
    history.extend(events);
    let old = story.policy.clone();
    let versions = |version| [&old, &new].get(version as usize - 1).copied();
    let state = CaseState::replay_under(&versions, &history).expect("a history");
    assert_eq!((before.version, state.version), (1, 2));
    assert_eq!(state.opening.policy_version, 1, "that stays on record");
    let mut direct = before.clone();
    for event in &history[story.events.len()..] {
        direct.apply(event, &new);
    }
    assert_eq!(direct, state, "a history adds up to what was decided");
    // What is counted no more and what is counted now add up to what the case counts for.
    let working = calendar();
    let measured = |policy, state| Measured {
        policy,
        calendar: &working,
        state,
    };
    let changes = increments(Some(measured(&old, &before)), measured(&new, &state));
    let mut counted = measurements(&old, &calendar(), &before);
    counted.retain(|of| !changes.removed.contains(&of.measure));
    counted.retain(|of| !changes.put.iter().any(|put| put.measure == of.measure));
    counted.extend(changes.put);
    counted.sort();
    let mut expected = measurements(&new, &calendar(), &state);
    expected.sort();
    assert_eq!(counted, expected);
    story.goes_on(new, history, state);
    story
}

fn extend(story: &mut Story, days: u32) {
    let act = Act::Extend {
        clock: ClockId::new("whole"),
        more: NonZeroU32::new(days).expect("some"),
        reason: "a part is missing".to_owned(),
    };
    story.does("max", act);
}

fn told(story: &Story, notice: &str) -> usize {
    let told = story.notices().into_iter();
    told.filter(|(one, _)| *one == notice).count()
}

#[test]
fn running_clocks_are_due_by_the_new_limits_from_the_same_starts() {
    let mut story = story(TAP);
    story.at("2026-03-03 14:00");
    let was = story.due("whole");
    assert_eq!(was.as_deref(), Some("2026-03-09 18:00"));
    let story = migrated(
        story,
        other(&[("light: 5 working days", "light: 3 working days")]),
    );
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-05 18:00"));
    let on_record = story.events.iter().find_map(|one| match &one.event {
        Event::ClockRuledAnew {
            clock, before, due, ..
        } => Some((clock, before.is_some(), due.is_some())),
        _ => None,
    });
    assert_eq!(on_record, Some((&ClockId::new("whole"), true, true)));
    let moved = story.events.iter().filter(
        |one| matches!(&one.event, Event::ClockRuledAnew { clock, .. } if clock.as_str() == "word"),
    );
    assert_eq!(moved.count(), 0, "what counts alike stays as it is");
}

#[test]
fn warnings_and_lateness_follow_by_the_new_limit() {
    let mut story = story(TAP);
    story.records("moe", "tell", fields("text: we are on it"));
    story.at("2026-03-05 10:00");
    assert_eq!((told(&story, "soon"), told(&story, "late")), (0, 0));
    let mut story = migrated(
        story,
        other(&[("light: 5 working days", "light: 2 working days")]),
    );
    story.at("2026-03-05 10:01");
    assert_eq!(story.standing("whole"), Some(Standing::Overdue));
    assert_eq!(
        told(&story, "late"),
        1,
        "it is late by the new limit, and that is told"
    );
    assert_eq!(
        told(&story, "soon"),
        0,
        "what is late already is not announced"
    );
}

#[test]
fn who_heard_that_it_is_late_does_not_hear_it_again() {
    let mut story = story(TAP);
    story.records("moe", "tell", fields("text: we are on it"));
    story.at("2026-03-12 10:00");
    assert_eq!(told(&story, "late"), 1);
    let mut story = migrated(
        story,
        other(&[("light: 5 working days", "light: 2 working days")]),
    );
    story.at("2026-03-12 12:00");
    assert_eq!(told(&story, "late"), 1);
}

#[test]
fn more_time_lifts_lateness_and_is_late_anew() {
    let mut story = story(TAP);
    story.records("moe", "tell", fields("text: we are on it"));
    story.at("2026-03-12 10:00");
    let mut story = migrated(
        story,
        other(&[("light: 5 working days", "light: 20 working days")]),
    );
    assert_eq!(story.standing("whole"), Some(Standing::Running));
    story.at("2026-04-12 10:00");
    assert_eq!(told(&story, "late"), 2);
}

#[test]
fn pauses_and_extensions_count_as_they_were_granted() {
    let mut story = story(BROKEN);
    extend(&mut story, 5);
    story.at("2026-03-04 10:00").does(
        "moe",
        Act::Pause {
            clock: ClockId::new("whole"),
            reason: PauseReasonId::new("part"),
            note: "ordered".to_owned(),
        },
    );
    story.at("2026-03-06 10:00").does(
        "moe",
        Act::Resume {
            clock: ClockId::new("whole"),
        },
    );
    let was = story.due("whole");
    let longer = other(&[(
        "grave: {limit: 10 days, end: day}",
        "grave: {limit: 12 days, end: day}",
    )]);
    let mut story = migrated(story, longer);
    assert_eq!(was.as_deref(), Some("2026-03-20 00:00"));
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-22 00:00"));
    extend(&mut story, 3);
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-25 00:00"));
    let refusal = story.is_refused(
        "max",
        Act::Extend {
            clock: ClockId::new("whole"),
            more: NonZeroU32::new(1).expect("some"),
            reason: "more".to_owned(),
        },
    );
    assert_eq!(refusal.rule.code(), "extension_beyond_cap");
}

#[test]
fn what_does_not_fit_keeps_the_case_where_it_is_and_is_said_at_once() {
    let mut story = story(BROKEN);
    extend(&mut story, 5);
    let path = |field: &str| FactPath::new(PartId::new("intake"), FieldId::new(field));
    let cap = other(&[
        ("cap: 20 days", "cap: 14 days"),
        ("      damage: {", "      harm: {"),
    ]);
    assert_eq!(
        misfits(&story, &cap),
        [Misfit::Field(path("damage"))].into()
    );
    let cap = other(&[("cap: 20 days", "cap: 14 days")]);
    assert_eq!(
        misfits(&story, &cap),
        [Misfit::Extension(ClockId::new("whole"))].into()
    );
    let by = other(&[(
        "        by: lead_unit\n        accept_first: true",
        "        by: desk\n        accept_first: true",
    )]);
    assert_eq!(misfits(&story, &by), [Misfit::Holder].into());
    let renamed = other(&[(
        "      word:\n        title: {zh-CN: 首次",
        "      hello:\n        title: {zh-CN: 首次",
    )]);
    assert_eq!(
        misfits(&story, &renamed),
        [Misfit::Clock(ClockId::new("word"))].into()
    );
    let steps = other(&[
        ("      sorting:", "      intake:"),
        ("then: sorting", "then: intake"),
        ("[sorting, bench", "[intake, bench"),
    ]);
    assert_eq!(
        misfits(&story, &steps),
        [Misfit::Step(StepId::new("sorting"))].into()
    );
}

#[test]
fn a_clock_that_only_the_new_version_has_runs_from_its_moment() {
    let mut story = story(TAP);
    story.at("2026-03-03 14:00");
    let with = other(&[(
        "    clocks:\n      word:",
        "    clocks:\n      bench:\n        title: {zh-CN: 检查时限, en: Bench}\n        start: bench.entered\n        stop: inspect\n        length: 2 working days\n        clause: W.3\n      word:",
    )]);
    let mut story = migrated(story, with);
    assert_eq!(story.due("bench").as_deref(), Some("2026-03-04 18:00"));
    story
        .records("moe", "tell", fields("text: we are on it"))
        .records("moe", "inspect", fields("text: fine, amount: ¥0.00"));
    assert_eq!(story.standing("bench"), Some(Standing::Met));
}

#[test]
fn a_clock_that_the_new_version_would_have_stopped_stops_and_one_it_would_not_runs_on() {
    let mut story = story(TAP);
    story
        .at("2026-03-02 15:00")
        .records("moe", "tell", fields("text: we are on it"))
        .at("2026-03-03 14:00");
    let by_word = other(&[(
        "        stop: closed\n        length: {by: intake.weight",
        "        stop: [closed, tell]\n        length: {by: intake.weight",
    )]);
    let stopped = migrated(story.clone(), by_word);
    assert_eq!(stopped.standing("whole"), Some(Standing::Met));
    let by_inspection = other(&[(
        "        stop: tell\n",
        "        stop: {all: [tell, inspect]}\n",
    )]);
    let mut running = migrated(story, by_inspection);
    assert_eq!(running.due("word").as_deref(), Some("2026-03-03 09:00"));
    running.at("2026-03-03 14:01");
    assert_eq!(running.standing("word"), Some(Standing::Overdue));
    running.records("moe", "inspect", fields("text: fine, amount: ¥0.00"));
    assert_eq!(running.standing("word"), Some(Standing::Missed));
}

#[test]
fn a_reason_is_asked_for_and_only_what_is_open_goes_on() {
    let mut story = story(TAP);
    let shorter = other(&[("light: 5 working days", "light: 3 working days")]);
    let refusal = migrate(&story, &shorter, " ").expect_err("a reason is missing");
    assert_eq!(refusal.rule.code(), "reason_missing");
    let older = {
        let versions = |_| Some(&story.policy);
        migration(&versions, &story.context(), &story.events)
    };
    assert_eq!(older, Err(Unmigratable::NotNewer));
    story.does(
        "dora",
        Act::Withdraw {
            told_by: "the customer".to_owned(),
            reason: "settled".to_owned(),
        },
    );
    assert_eq!(plan(&story, &shorter), Err(Unmigratable::Ended));
}

#[test]
fn a_case_that_nobody_accepted_passes_to_those_who_are_meant_now() {
    let mut story = story(BROKEN);
    story
        .records("moe", "tell", fields("text: we are on it"))
        .records("moe", "inspect", fields("text: cracked, amount: ¥800.00"));
    assert_eq!(story.state().step.as_str(), "approval");
    let story = migrated(story, other(&[("by: [manager, director]", "by: director")]));
    assert_eq!(story.state().holder.roles.to_string(), "director");
}

#[test]
fn nobody_comes_to_see_what_he_must_not_by_a_migration() {
    let kept_out = other(&[(
        "kinds:\n  repair:",
        "exclusions:\n  maker: {kinds: repair, who: {person_in: intake.maker}, from: see, clause: W.1}\nkinds:\n  repair:",
    )]);
    let mut story = Story::under(kept_out.clone(), organisation());
    let mut form = fields(TAP);
    form.insert(FieldId::new("maker"), Value::Person(person_id("mia")));
    story.registers("dora", "repair", form);
    assert_eq!(misfits(&story, &workshop()), [Misfit::Sight].into());
    assert!(plan(&story, &kept_out).is_ok());

    let personal = other(&[(
        "type: long_text, required: intake.damaged}",
        "type: long_text, required: intake.damaged, class: personal}",
    )]);
    let mut story = Story::under(personal, organisation());
    story.registers("dora", "repair", fields(BROKEN));
    let path = FactPath::new(PartId::new("intake"), FieldId::new("damage"));
    assert_eq!(
        misfits(&story, &workshop()),
        [Misfit::Protection(path)].into()
    );
}
