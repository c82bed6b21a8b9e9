//! Historical cases: measured, not run.

use std::collections::BTreeSet;

use huiyin_case::command::Act;
use huiyin_case::historical::{HistoricalAct, HistoricalCase, Origin};
use huiyin_case::measure::measurements;
use huiyin_case::state::{Stage, Standing};
use huiyin_case::{Event, Refusal};
use huiyin_policy::model::{ActId, ChannelId, FactPath, FieldId, KindId, PartId};
use huiyin_testkit::{
    Story, case_id, fields, general, instant, organisation, party_id, unit_id, workshop,
};

const INQUIRY: &str = "nature: #question, subject: bill, content: why so high, other_unit: no";

fn path(part: &str, field: &str) -> FactPath {
    FactPath::new(PartId::new(part), FieldId::new(field))
}

/// An inquiry of Monday 2 March 2026, 10:00, of which the source tells the reply.
fn inquiry(form: &str, replied: Option<&str>) -> HistoricalCase {
    let reply = replied.map(|at| HistoricalAct {
        act: ActId::new("answer"),
        at: instant(at),
        fields: fields("text: a meter was misread"),
    });
    HistoricalCase {
        kind: KindId::new("inquiry"),
        channel: ChannelId::new("web"),
        origin: Origin {
            source: "old-desk".to_owned(),
            key: "17".to_owned(),
        },
        number: Some("OLD-17".to_owned()),
        unit: Some(unit_id("north")),
        opened_at: instant("2026-03-02 10:00"),
        fields: fields(form),
        acts: reply.into_iter().collect(),
        closed_at: None,
        may_lack: BTreeSet::new(),
        told: BTreeSet::from([ActId::new("answer")]),
    }
}

fn import(past: HistoricalCase) -> Act {
    Act::Import {
        case: case_id("case"),
        customer: party_id("customer"),
        past: Box::new(past),
    }
}

/// The story into which the case is brought in a year later, by dora.
fn story(past: HistoricalCase) -> Story {
    let mut story = Story::under(general(), organisation());
    story.at("2027-03-02 09:00").does("dora", import(past));
    story
}

fn refused(past: HistoricalCase) -> Refusal {
    let mut story = Story::under(general(), organisation());
    story
        .at("2027-03-02 09:00")
        .is_refused("dora", import(past))
}

fn kinds_of(story: &Story) -> Vec<&'static str> {
    story
        .events
        .iter()
        .map(|recorded| match &recorded.event {
            Event::CaseOpened { .. } => "opened",
            Event::CaseImported { .. } => "imported",
            Event::NumberAssigned { .. } => "numbered",
            Event::ClockStarted { .. } => "clock started",
            Event::ClockStopped { .. } => "clock stopped",
            Event::ClockWithdrawn { .. } => "clock withdrawn",
            Event::ActRecorded { .. } => "act",
            Event::CaseClosed { .. } => "closed",
            Event::CaseArchived => "archived",
            Event::LevelChosen { .. } => "level chosen",
            _ => "another",
        })
        .collect()
}

#[test]
fn a_historical_case_comes_in_whole_with_the_times_it_had_and_nothing_goes_out() {
    let story = story(inquiry(INQUIRY, Some("2026-03-04 15:00")));
    let expected = [
        "opened",
        "imported",
        "level chosen",
        "numbered",
        "clock started",
        "act",
        "clock stopped",
        "closed",
        "archived",
    ];
    assert_eq!(kinds_of(&story), expected);
    let state = story.state();
    assert_eq!(state.stage, Stage::Archived);
    assert_eq!(state.opening.at, instant("2026-03-02 10:00"));
    assert_eq!(state.number.as_deref(), Some("OLD-17"));
    assert_eq!(state.lead_unit, Some(unit_id("north")));
    let replied = story.events.iter().find(|recorded| {
        matches!(&recorded.event, Event::ActRecorded { act, .. } if act.as_str() == "answer")
    });
    assert_eq!(
        replied.map(|reply| (reply.occurred_at, reply.recorded_at)),
        Some((instant("2026-03-04 15:00"), instant("2027-03-02 09:00")))
    );
    assert!(story.notices().is_empty());
}

#[test]
fn its_clocks_are_measured_by_the_calendar_as_if_they_had_run_here() {
    // Three working days from Monday 10:00 end on Thursday 18:00.
    let check = |replied, standing| {
        let story = story(inquiry(INQUIRY, Some(replied)));
        assert_eq!(story.standing("reply"), Some(standing), "{replied}");
    };
    check("2026-03-05 18:00", Standing::Met);
    check("2026-03-05 18:01", Standing::Missed);
}

/// What the case counts for in a measure: how long it took, how its clock ended, or the day.
fn counted(past: HistoricalCase, measure: &str) -> Option<String> {
    let story = story(past);
    let found = measurements(&story.policy, &story.calendar, story.state());
    let found = found
        .into_iter()
        .find(|one| one.measure.as_str() == measure)?;
    Some(match found.class {
        Some(class) => class.to_string(),
        None if measure.ends_with("_time") => found.value.to_string(),
        None => found.on.to_string(),
    })
}

#[test]
fn it_counts_in_statistics_by_the_times_it_had() {
    let of = |measure| counted(inquiry(INQUIRY, Some("2026-03-06 10:00")), measure);
    assert_eq!(of("opened").as_deref(), Some("2026-03-02"));
    assert_eq!(of("reply_time").as_deref(), Some("4"));
    assert_eq!(of("reply_in_time").as_deref(), Some("missed"));
    assert_eq!(of("late").as_deref(), Some("2026-03-05"));
    assert_eq!(of("closed").as_deref(), Some("2026-03-06"));
    assert_eq!(of("handling_time"), None, "nobody told when it was closed");

    let mut unanswered = inquiry(INQUIRY, None);
    unanswered.closed_at = Some(instant("2026-04-01 09:00"));
    let of = |measure| counted(unanswered.clone(), measure);
    assert_eq!(of("reply_time"), None);
    assert_eq!(of("reply_in_time").as_deref(), Some("missed"));
    assert_eq!(of("late").as_deref(), Some("2026-03-05"));
    assert_eq!(of("handling_time").as_deref(), Some("22"));
    unanswered.told.clear();
    assert_eq!(counted(unanswered, "reply_in_time"), None);
}

#[test]
fn a_late_reply_that_never_came_stays_late_and_one_nobody_would_have_told_is_not_measured() {
    let closed = |told: bool, closed: &str| {
        let mut past = inquiry(INQUIRY, None);
        past.closed_at = Some(instant(closed));
        if !told {
            past.told.clear();
        }
        story(past).standing("reply")
    };
    assert_eq!(closed(true, "2026-04-01 09:00"), Some(Standing::Overdue));
    assert_eq!(closed(true, "2026-03-03 09:00"), Some(Standing::Withdrawn));
    assert_eq!(closed(false, "2026-04-01 09:00"), Some(Standing::Withdrawn));
}

#[test]
fn a_length_that_the_old_data_cannot_choose_is_not_measured() {
    let mut past = inquiry("subject: tap, damaged: no", None);
    past.may_lack = BTreeSet::from([path("intake", "weight")]);
    past.kind = KindId::new("repair");
    past.channel = ChannelId::new("phone");
    past.unit = None;
    past.told.clear();
    past.closed_at = Some(instant("2026-03-20 09:00"));
    let mut story = Story::under(workshop(), organisation());
    story.at("2027-03-02 09:00").does("dora", import(past));
    assert_eq!(story.standing("whole"), None);
    assert_eq!(story.standing("word"), Some(Standing::Withdrawn));
}

#[test]
fn a_mandatory_field_may_be_missing_only_where_that_is_allowed_and_is_then_named() {
    let without_nature = "subject: bill, content: why so high, other_unit: no";
    let past = inquiry(without_nature, Some("2026-03-04 15:00"));
    assert_eq!(refused(past.clone()).rule.code(), "field_missing");
    let allowed = HistoricalCase {
        may_lack: BTreeSet::from([path("inquiry_form", "nature")]),
        ..past
    };
    let story = story(allowed);
    let imported = story.state().imported.as_ref().expect("it is historical");
    assert_eq!(imported.missing, [path("inquiry_form", "nature")]);
    assert_eq!(imported.origin.source, "old-desk");
    assert!(!imported.closing_told);
}

#[test]
fn what_is_there_is_checked_like_any_form() {
    let wrong = INQUIRY.replace("#question", "#riddle");
    assert_eq!(
        refused(inquiry(&wrong, Some("2026-03-04 15:00")))
            .rule
            .code(),
        "field_invalid"
    );
}

#[test]
fn times_follow_one_another_and_none_lies_ahead() {
    let code = |past| refused(past).rule.code();
    assert_eq!(
        code(inquiry(INQUIRY, Some("2026-03-02 09:59"))),
        "occurs_too_early"
    );
    assert_eq!(
        code(inquiry(INQUIRY, Some("2027-03-02 09:01"))),
        "occurs_in_future"
    );
    let mut early = inquiry(INQUIRY, Some("2026-03-04 15:00"));
    early.closed_at = Some(instant("2026-03-04 14:00"));
    assert_eq!(code(early), "occurs_too_early");
    assert_eq!(code(inquiry(INQUIRY, None)), "history_unfinished");
}

#[test]
fn only_what_the_policy_knows_comes_in() {
    let code = |change: fn(&mut HistoricalCase)| {
        let mut past = inquiry(INQUIRY, Some("2026-03-04 15:00"));
        change(&mut past);
        refused(past).rule.code()
    };
    assert_eq!(
        code(|past| past.kind = KindId::new("riddle")),
        "unknown_kind"
    );
    assert_eq!(
        code(|past| past.channel = ChannelId::new("pigeon")),
        "channel_not_open"
    );
    assert_eq!(
        code(|past| past.unit = Some(unit_id("nowhere"))),
        "unit_not_possible"
    );
    assert_eq!(
        code(|past| past.acts[0].act = ActId::new("investigate")),
        "act_not_offered"
    );
    assert_eq!(
        code(|past| past.origin.key = "9".repeat(201)),
        "limit_reached"
    );
}

#[test]
fn a_historical_case_is_read_only_and_fires_nothing() {
    let mut past = inquiry(INQUIRY, None);
    past.closed_at = Some(instant("2026-04-01 09:00"));
    let mut story = story(past);
    assert_eq!(story.standing("reply"), Some(Standing::Overdue));
    assert!(story.state().timers(&story.policy).is_empty());
    let note = Act::Note {
        text: "later".to_owned(),
    };
    let reopen = Act::Reopen {
        reason: "again".to_owned(),
    };
    for act in [note, reopen, Act::Archive] {
        assert_eq!(story.is_refused("dora", act).rule.code(), "case_ended");
    }
    assert!(story.offers("dora").is_empty());
}

#[test]
fn a_live_case_cannot_be_made_historical() {
    let mut story = Story::under(general(), organisation());
    story.registers("dora", "inquiry", fields(INQUIRY));
    let past = inquiry(INQUIRY, Some("2026-03-02 11:00"));
    let refusal = story.is_refused("dora", import(past));
    assert_eq!(refusal.rule.code(), "move_not_allowed");
}
