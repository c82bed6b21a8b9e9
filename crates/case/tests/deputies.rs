//! Deputies, absences, and cases handed on from people who leave.

use huiyin_case::command::Act;
use huiyin_case::event::{Event, Holder, Roles};
use huiyin_case::offers::Offered;
use huiyin_case::{Actor, Recorded};
use huiyin_testkit::{Story, fields, organisation, person_id, record, unit_id, workshop};

const BROKEN: &str = "subject: tap, damaged: yes, damage: cracked, weight: #grave";
const MARCH: [&str; 2] = ["2026-03-01", "2026-03-31"];

/// A repair that waits for a decision on an amount; sue acts for max, the manager.
fn awaiting_decision(amount: &str) -> Story {
    let people = organisation().deputy("sue", "max", MARCH, "all");
    let mut story = Story::under(workshop(), people);
    story
        .registers("dora", "repair", fields(BROKEN))
        .records("dora", "tell", fields("text: we look at it"))
        .dispatches("dora", "north")
        .does("moe", Act::Accept)
        .records(
            "moe",
            "inspect",
            fields(&format!("text: worn, amount: ¥{amount}")),
        );
    story
}

fn approve() -> Act {
    record("decide", fields("result: #approved"))
}

fn hand_over(from: &str, to: Option<&str>) -> Act {
    Act::HandOver {
        from: person_id(from),
        to: to.map(person_id),
        reason: "has left".to_owned(),
    }
}

fn leaves(story: &mut Story, who: &str) {
    let person = story.organisation.persons.get_mut(&person_id(who));
    person.expect("a person of the story").active = false;
}

fn last_entry(story: &Story) -> &Recorded {
    let mut entries = story.events.iter().rev();
    let by_person = entries.find(|one| one.actor != Actor::System);
    by_person.expect("somebody did something")
}

#[test]
fn an_event_names_who_did_it_and_in_whose_right() {
    let mut story = awaiting_decision("800.00");
    story.acting_for("max").does("sue", approve());
    let decided = story.events.iter().find(
        |one| matches!(&one.event, Event::ActRecorded { act, .. } if act.as_str() == "decide"),
    );
    let decided = decided.expect("it was decided");
    assert_eq!(
        (decided.actor, decided.acting_for),
        (Actor::Person(person_id("sue")), Some(person_id("max")))
    );
    let followed = story.events.iter().filter(|one| one.actor == Actor::System);
    assert_eq!(followed.filter(|one| one.acting_for.is_some()).count(), 0);
}

#[test]
fn a_deputy_decides_within_the_band_of_the_represented_person() {
    let mut story = awaiting_decision("1000.01");
    let refusal = story.acting_for("max").is_refused("sue", approve());
    assert_eq!(refusal.rule.code(), "above_band");
}

#[test]
fn a_step_for_several_roles_waits_on_the_lists_of_all_of_them() {
    let story = awaiting_decision("800.00");
    let expected = Holder {
        roles: Roles::parse("manager director"),
        ..Holder::default()
    };
    assert_eq!(story.state().holder, expected);
    let lists = huiyin_case::role_lists(&story.policy);
    assert!(lists.contains(&Roles::parse("manager director")));
}

#[test]
fn what_one_can_do_only_as_a_deputy_is_offered_as_that() {
    let story = awaiting_decision("800.00");
    let offers = story.offers("sue");
    let acting_for = |what: &Offered| {
        let offer = offers.iter().find(|offer| offer.what == *what);
        offer.map(|offer| (offer.acting_for, offer.refusal.is_none()))
    };
    let decide = Offered::Record(huiyin_policy::model::ActId::new("decide"));
    assert_eq!(acting_for(&decide), Some((Some(person_id("max")), true)));
    assert_eq!(acting_for(&Offered::Note), Some((None, true)));
    assert!(
        story
            .offers("moe")
            .iter()
            .all(|offer| offer.acting_for.is_none())
    );
}

#[test]
fn a_deputy_or_a_represented_person_who_left_ends_the_right() {
    let mut story = awaiting_decision("800.00");
    leaves(&mut story, "max");
    let refusal = story.acting_for("max").is_refused("sue", approve());
    assert_eq!(refusal.rule.code(), "not_deputy");
    let mut story = awaiting_decision("800.00");
    leaves(&mut story, "sue");
    let refusal = story.acting_for("max").is_refused("sue", approve());
    assert_eq!(refusal.rule.code(), "not_entitled");
}

#[test]
fn what_names_somebody_who_left_waits_for_whoever_stands_in() {
    let mut story = awaiting_decision("800.00");
    leaves(&mut story, "dora");
    story.does("max", approve());
    let holder = &story.state().holder;
    assert_eq!(holder.person, None, "dora has left");
    assert_eq!(holder.unit, Some(unit_id("desk")));
    let closed = Act::Close {
        reason: Some("done".to_owned()),
    };
    story.is_refused("sam", closed.clone());
    story.does("dick", closed);
}

#[test]
fn a_case_handed_on_stays_accepted_and_its_clocks_run_on() {
    let mut story = Story::under(workshop(), organisation());
    story
        .registers("dora", "repair", fields(BROKEN))
        .dispatches("dora", "north")
        .does("moe", Act::Accept);
    let due = story.due("whole");
    story.does("hana", hand_over("moe", Some("mia")));
    leaves(&mut story, "moe");
    assert_eq!(story.due("whole"), due);
    assert!(story.state().accepted);
    let handed = last_entry(&story);
    assert!(
        matches!(&handed.event, Event::CaseHandedOver { to: Some(to), .. } if *to == person_id("mia"))
    );
    story.records("mia", "tell", fields("text: we go on"));
    story.is_refused("hana", hand_over("moe", Some("mia")));
}

#[test]
fn a_closed_case_is_not_handed_on() {
    let mut story = awaiting_decision("800.00");
    story.does("max", approve()).does(
        "dora",
        Act::Close {
            reason: Some("done".to_owned()),
        },
    );
    let refusal = story.is_refused("hana", hand_over("dora", Some("dick")));
    assert_eq!(refusal.rule.code(), "case_ended");
}
