//! What is owed at intervals, under which id, and which cases a sample draws.

use std::collections::BTreeSet;

use huiyin_case::command::Act;
use huiyin_case::duty::{Candidate, Planned, draw, handlers, planned};
use huiyin_case::id::CaseId;
use huiyin_policy::model::{DutyId, Policy};
use huiyin_testkit::{
    Story, calendar, case_id, fields, general_files, organisation, person_id, policy_of,
    policy_of_files, unit_id, workshop,
};
use jiff::civil::{Date, date};

/// The general policy with an inspection as often, and of as many cases, as given.
fn policy(every: &str, take: &str) -> Policy {
    let mut files = general_files();
    for file in &mut files {
        let text = String::from_utf8_lossy(&file.bytes)
            .replace(
                "every: {param: inspection_period}",
                &format!("every: {every}"),
            )
            .replace("take: {param: inspection_share}", &format!("take: {take}"));
        file.bytes = text.into_bytes();
    }
    policy_of_files(&files)
}

fn owed(every: &str, begins: Date, today: Date) -> Vec<Planned> {
    let (policy, calendar) = (policy(every, "5%"), calendar());
    planned(
        &policy,
        &DutyId::new("inspection"),
        &calendar,
        begins,
        0,
        today,
    )
    .collect()
}

fn opens(every: &str, begins: Date, today: Date) -> Vec<String> {
    let owed = owed(every, begins, today);
    owed.iter().map(|one| one.owed.opens.to_string()).collect()
}

#[test]
fn the_first_period_is_the_first_that_begins_after_the_policy() {
    let begins = date(2026, 3, 15);
    let none: [&str; 0] = [];
    assert_eq!(opens("once a month", begins, date(2026, 3, 31)), none);
    assert_eq!(
        opens("once a month", begins, date(2026, 5, 1)),
        ["2026-04-01", "2026-05-01"]
    );
    assert_eq!(
        opens("every 7 days", begins, date(2026, 3, 22)),
        ["2026-03-22"]
    );
    assert_eq!(
        opens("by day 10", begins, date(2026, 5, 31)),
        ["2026-04-01", "2026-05-01"]
    );
    assert_eq!(
        opens(
            "{months: [6, 12], days: [1, 10], covers_months: 6}",
            begins,
            date(2026, 12, 31)
        ),
        ["2026-06-01", "2026-12-01"]
    );
}

#[test]
fn it_is_about_what_it_covers_or_the_period_before() {
    let about = |every: &str| {
        let owed = owed(every, date(2026, 3, 15), date(2026, 6, 30));
        let about = owed.last().expect("something is owed").owed.about;
        (about.from, about.to)
    };
    let may = (date(2026, 5, 1), date(2026, 5, 31));
    assert_eq!(about("once a month"), may);
    assert_eq!(about("2 times a month"), may);
    assert_eq!(about("by day 10"), may);
    assert_eq!(
        about("{months: [6, 12], days: [1, 10], covers_months: 6}"),
        (date(2025, 12, 1), date(2026, 5, 31))
    );
}

#[test]
fn whoever_plans_it_gives_each_time_the_same_id_and_no_other_time_that_one() {
    let plan = || owed("2 times a month", date(2026, 3, 15), date(2026, 12, 31));
    let ids: Vec<CaseId> = plan().iter().map(|one| one.case).collect();
    let again: Vec<CaseId> = plan().iter().map(|one| one.case).collect();
    assert_eq!(ids, again);
    assert_eq!(ids.len(), 18);
    let distinct: std::collections::BTreeSet<CaseId> = ids.into_iter().collect();
    assert_eq!(distinct.len(), 18);
    // A later beginning, as after another version of the policy, finds the same cases.
    let later = owed("2 times a month", date(2026, 6, 20), date(2026, 12, 31));
    assert!(later.iter().all(|one| distinct.contains(&one.case)));
}

fn population(cases: usize) -> Vec<Candidate> {
    let units = ["north", "south", "east"];
    (0..cases)
        .map(|number| Candidate {
            case: case_id(&number.to_string()),
            // The last unit closed one case only.
            unit: Some(unit_id(units[if number == 0 { 2 } else { number % 2 }])),
        })
        .collect()
}

fn drawn(take: &str, cases: usize) -> Vec<CaseId> {
    let policy = policy("once a month", take);
    let sample = policy.duties["inspection"]
        .sample
        .clone()
        .expect("a sample");
    draw(&policy, &sample, case_id("inspection"), &population(cases))
}

#[test]
fn a_sample_has_its_size_and_a_case_of_every_unit() {
    assert_eq!(drawn("5%", 0).len(), 0);
    assert_eq!(drawn("5%", 1).len(), 1);
    assert_eq!(drawn("5%", 201).len(), 11);
    assert_eq!(drawn("10", 4).len(), 4);
    let of_all_units = drawn("1", 100);
    assert_eq!(of_all_units.len(), 3);
    assert!(of_all_units.contains(&case_id("0")));
}

#[test]
fn a_draw_can_be_made_again_and_its_order_is_nobodys_choice() {
    let policy = policy("once a month", "10%");
    let sample = policy.duties["inspection"]
        .sample
        .clone()
        .expect("a sample");
    let forwards = population(100);
    let mut backwards = forwards.clone();
    backwards.reverse();
    let by = |by: &str, cases: &[Candidate]| draw(&policy, &sample, case_id(by), cases);
    assert_eq!(by("march", &forwards), by("march", &backwards));
    assert_ne!(by("march", &forwards), by("april", &forwards));
}

/// An organisation that draws up a roster as often as given, for what is to come.
const ROSTER: &str = "
policy: {id: rosters, title: {zh-CN: 值守, en: Rosters}}
clauses: {A.1: {mark: clock, zh-CN: 排班。, en: A roster.}}
channels: {internal: {title: {zh-CN: 内部, en: Internal}}}
series: {number: {prefix: Z, restart: year, digits: 4, clause: A.1}}
parts:
  period:
    title: {zh-CN: 期间, en: Period}
    fields:
      subject: {title: {zh-CN: 事由, en: Subject}, type: text, meaning: subject}
      from: {title: {zh-CN: 自, en: From}, type: date, meaning: period_from}
kinds:
  roster:
    title: {zh-CN: 值守安排, en: Roster}
    internal: true
    clause: A.1
    open: {by: nobody, channels: [internal], part: period, series: number, clause: A.1}
    steps: {drawing: {title: {zh-CN: 排班, en: Drawing up}, by: taker, moves: [{on: closed, then: closed}]}}
duties:
  roster: {title: {zh-CN: 值守安排, en: Roster}, opens: roster, by: anyone, every: EVERY, covers: next, clause: A.1}
";

#[test]
fn what_is_to_come_is_the_first_period_that_begins_after_it_is_due() {
    let about = |every: &str, today: Date| {
        let policy = policy_of(&ROSTER.replace("EVERY", every));
        let (calendar, duty) = (calendar(), DutyId::new("roster"));
        let owed = planned(&policy, &duty, &calendar, date(2026, 10, 15), 0, today);
        let spans = owed.map(|one| {
            let (due, about) = (one.owed.due, one.owed.about);
            format!("{due}: {}..{}", about.from, about.to)
        });
        spans.collect::<Vec<String>>()
    };
    let november = date(2026, 11, 30);
    assert_eq!(
        about("by day 25", november),
        ["2026-11-25: 2026-12-01..2026-12-31"]
    );
    assert_eq!(
        about("once a month", november),
        ["2026-11-30: 2026-12-01..2026-12-31"]
    );
    assert_eq!(
        about("once a week", date(2026, 10, 20)),
        ["2026-10-25: 2026-10-26..2026-11-01"]
    );
}

#[test]
fn whoever_registers_dispatches_accepts_or_puts_an_act_on_record_has_handled_a_case() {
    let mut story = Story::under(workshop(), organisation());
    let tap = fields("subject: tap, damaged: no, weight: #light");
    story.registers("dora", "repair", tap);
    assert_eq!(handlers(&story.events), BTreeSet::from([person_id("dora")]));
    story.dispatches("dora", "north").does("moe", Act::Accept);
    let both = BTreeSet::from([person_id("dora"), person_id("moe")]);
    assert_eq!(handlers(&story.events), both);
    let note = Act::Note {
        text: "seen".to_owned(),
    };
    story.does("ben", note);
    assert_eq!(handlers(&story.events), both);
}
