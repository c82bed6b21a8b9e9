//! A case told under another version of its policy: the same record, other rules.

mod support;

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use huiyin_case::Context;
use huiyin_case::command::Act;
use huiyin_case::decide::retell::{Retold, Untellable, retell};
use huiyin_case::misfit::Misfit;
use huiyin_case::state::Standing;
use huiyin_policy::model::{
    ActId, ClockId, FactPath, FieldId, KindId, PartId, PauseReasonId, Policy, RoleId, StepId,
};
use huiyin_testkit::{Story, calendar, fields, instant, organisation, workshop};
use support::{BROKEN, TAP, other, story};

fn told(story: &Story, other: &Policy) -> Result<Retold, Untellable> {
    let context = Context {
        policy: other,
        policy_version: 2,
        ..story.context()
    };
    retell(&|_| Some(&story.policy), &context, &story.events)
}

fn fits(story: &Story, other: &Policy) -> Retold {
    told(story, other).expect("it fits")
}

fn misfits(story: &Story, other: &Policy) -> BTreeSet<Misfit> {
    match told(story, other) {
        Err(Untellable::Misfits(misfits)) => misfits,
        told => unreachable!("it should not fit: {told:?}"),
    }
}

fn due(told: &Retold, clock: &str) -> Option<String> {
    let clock = told.after.clock(&ClockId::new(clock))?;
    let due = clock.due?;
    Some(
        calendar()
            .local(due.at)
            .strftime("%Y-%m-%d %H:%M")
            .to_string(),
    )
}

fn standing(told: &Retold, story: &Story, clock: &str) -> Option<Standing> {
    let clock = told.after.clock(&ClockId::new(clock))?;
    Some(clock.standing(story.now))
}

fn pause(clock: &str, reason: &str) -> Act {
    Act::Pause {
        clock: ClockId::new(clock),
        reason: PauseReasonId::new(reason),
        note: "waiting".to_owned(),
    }
}

#[test]
fn a_shorter_limit_counts_from_the_same_start_and_is_missed_by_the_same_stop() {
    let mut story = story(TAP);
    story
        .at("2026-03-03 08:00")
        .records("moe", "tell", fields("text: we are on it"));
    assert_eq!(story.standing("word"), Some(Standing::Met));
    let told = fits(
        &story,
        &other(&[("default: 24 hours", "default: 12 hours")]),
    );
    assert_eq!(due(&told, "word").as_deref(), Some("2026-03-02 21:00"));
    assert_eq!(standing(&told, &story, "word"), Some(Standing::Missed));
    assert_eq!(
        due(&told, "whole"),
        story.due("whole"),
        "nothing else moves"
    );
    assert!(told.deciders.is_empty());
}

#[test]
fn a_clock_that_the_other_version_starts_later_runs_from_there() {
    let mut story = Story::under(workshop(), organisation());
    story.registers("dora", "repair", fields(TAP));
    story.at("2026-03-03 14:00").dispatches("dora", "north");
    let later = other(&[("start: [opened, reopened]", "start: [dispatched, reopened]")]);
    let told = fits(&story, &later);
    let whole = told.after.clock(&ClockId::new("whole"));
    assert_eq!(
        whole.map(|clock| clock.started_at),
        Some(instant("2026-03-03 14:00"))
    );
    assert_eq!(due(&told, "whole").as_deref(), Some("2026-03-10 18:00"));
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-09 18:00"));
}

#[test]
fn a_pause_stays_where_the_reason_is_known_and_falls_away_where_it_is_not() {
    let mut story = story(TAP);
    story
        .at("2026-03-03 10:00")
        .does("moe", pause("whole", "part"))
        .at("2026-03-05 10:00")
        .does(
            "moe",
            Act::Resume {
                clock: ClockId::new("whole"),
            },
        );
    let paused = story.due("whole");
    let same = fits(&story, &workshop());
    assert_eq!(due(&same, "whole"), paused);
    let without = other(&[(
        "            part: {zh-CN: 等配件, en: Waiting for a part}\n",
        "",
    )]);
    let told = fits(&story, &without);
    assert_eq!(due(&told, "whole").as_deref(), Some("2026-03-09 18:00"));
    assert_ne!(due(&told, "whole"), paused);
}

#[test]
fn an_extension_stays_within_the_other_cap_and_falls_away_beyond_it() {
    let mut story = story(BROKEN);
    story.does(
        "max",
        Act::Extend {
            clock: ClockId::new("whole"),
            more: NonZeroU32::new(5).expect("some"),
            reason: "a part is missing".to_owned(),
        },
    );
    let within = fits(&story, &other(&[("cap: 20 days", "cap: 15 days")]));
    assert_eq!(due(&within, "whole"), story.due("whole"));
    let beyond = fits(&story, &other(&[("cap: 20 days", "cap: 14 days")]));
    assert_eq!(due(&beyond, "whole").as_deref(), Some("2026-03-13 00:00"));
    let hours = fits(
        &story,
        &other(&[
            ("grave: {limit: 10 days, end: day}", "grave: 240 hours"),
            ("cap: 20 days", "cap: 480 hours"),
        ]),
    );
    assert_eq!(
        due(&hours, "whole").as_deref(),
        Some("2026-03-12 09:00"),
        "five days are not five hours"
    );
}

#[test]
fn who_would_have_decided_follows_the_bands_and_selectors() {
    let mut story = story(BROKEN);
    story
        .records("moe", "tell", fields("text: we are on it"))
        .records("moe", "inspect", fields("text: cracked, amount: ¥800.00"))
        .records("max", "decide", fields("result: #approved"));
    let lower = other(&[
        (
            "{up_to: 1000, decider: manager}",
            "{up_to: 500, decider: manager}",
        ),
        (
            "{above: 1000, decider: director}",
            "{above: 500, decider: director}",
        ),
    ]);
    let told = fits(&story, &lower);
    let [changed] = told.deciders.as_slice() else {
        unreachable!("{:?}", told.deciders);
    };
    assert_eq!(changed.step, StepId::new("approval"));
    assert_eq!(changed.act, Some(ActId::new("decide")));
    assert_eq!(changed.before.role, Some(RoleId::new("manager")));
    assert_eq!(changed.after.role, Some(RoleId::new("director")));

    let by_director = other(&[("by: [manager, director]", "by: director")]);
    let told = fits(&story, &by_director);
    let steps: Vec<_> = told
        .deciders
        .iter()
        .map(|one| (one.step.as_str(), one.act.is_some()))
        .collect();
    assert_eq!(steps, [("approval", false), ("approval", true)]);
}

#[test]
fn what_has_no_place_in_the_other_version_is_named() {
    let mut story = story(BROKEN);
    story.records("moe", "tell", fields("text: we are on it"));
    let gone = other(&[(
        "      maker: {title: {zh-CN: 经手人, en: Maker}, type: person}\n",
        "",
    )]);
    fits(&story, &gone);
    let renamed = other(&[("      damage: {", "      harm: {")]);
    let path = |field: &str| FactPath::new(PartId::new("intake"), FieldId::new(field));
    assert_eq!(
        misfits(&story, &renamed),
        [Misfit::Field(path("damage"))].into()
    );
    let retyped = other(&[
        (
            "grave: {zh-CN: 重, en: Grave}",
            "heavy: {zh-CN: 重, en: Heavy}",
        ),
        (
            "grave: {limit: 10 days, end: day}",
            "heavy: {limit: 10 days, end: day}",
        ),
    ]);
    assert_eq!(
        misfits(&story, &retyped),
        [Misfit::Value(path("weight"))].into()
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
    let kinds = other(&[
        ("  repair:\n", "  mending:\n"),
        ("to: repair", "to: mending"),
    ]);
    assert_eq!(
        misfits(&story, &kinds),
        [Misfit::Kind(KindId::new("repair"))].into()
    );
}

#[test]
fn a_withdrawn_case_and_one_taken_back_into_hand_are_told_alike() {
    let mut story = story(TAP);
    story.at("2026-03-04 10:00").does(
        "dora",
        Act::Withdraw {
            told_by: "the customer".to_owned(),
            reason: "settled".to_owned(),
        },
    );
    let shorter = other(&[("light: 5 working days", "light: 1 working days")]);
    let told = fits(&story, &shorter);
    assert_eq!(standing(&told, &story, "whole"), Some(Standing::Withdrawn));
    story.at("2026-03-10 10:00").does(
        "dora",
        Act::Reopen {
            reason: "it broke again".to_owned(),
        },
    );
    let told = fits(&story, &shorter);
    assert_eq!(due(&told, "whole").as_deref(), Some("2026-03-11 18:00"));
}
