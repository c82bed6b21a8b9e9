//! Linking, merging, withdrawing, holding: what the engine does, under a policy that declares all of it.

use huiyin_case::command::Act;
use huiyin_case::event::Event;
use huiyin_case::link::{Link, OtherCase, Tie};
use huiyin_case::measure::measurements;
use huiyin_case::offers::{Offered, may_take_back};
use huiyin_case::state::{Ending, Stage, Standing};
use huiyin_case::{Refusal, decide};
use huiyin_policy::model::{KindId, LinkKind, PolicyId};
use huiyin_testkit::{
    Story, case_id, fields, instant, organisation, party_id, person_id, workshop,
};

const TAP: &str = "subject: tap, damaged: no, weight: #light";

fn story() -> Story {
    let mut story = Story::under(workshop(), organisation());
    story.registers("dora", "repair", fields(TAP));
    story
}

fn other(name: &str) -> OtherCase {
    OtherCase {
        case: case_id(name),
        policy: PolicyId::new("workshop"),
        kind: KindId::new("repair"),
        stage: Stage::Open,
        opened_at: instant("2026-03-01 09:00"),
    }
}

fn link(kind: LinkKind, other: OtherCase) -> Act {
    let other = Box::new(other);
    Act::Link { other, kind }
}

fn take_back(kind: LinkKind, reason: &str) -> Act {
    Act::TakeBackLink {
        case: case_id("other"),
        kind,
        reason: reason.to_owned(),
    }
}

fn withdraw(reason: &str) -> Act {
    Act::Withdraw {
        told_by: "the customer, on the phone".to_owned(),
        reason: reason.to_owned(),
    }
}

fn check(refusal: &Refusal, code: &str, clause: Option<&str>) {
    assert_eq!(refusal.rule.code(), code, "{refusal:?}");
    let found = refusal.clause.as_ref().map(|clause| clause.as_str());
    assert_eq!(found, clause, "{refusal:?}");
}

fn tied(story: &Story) -> Vec<(Link, bool)> {
    let ties = story.state().ties.iter();
    ties.map(|tie| (tie.link, tie.case == case_id("other")))
        .collect()
}

fn counts(story: &Story, measure: &str) -> bool {
    let measured = measurements(&story.policy, &story.calendar, story.state());
    measured.iter().any(|of| of.measure.as_str() == measure)
}

#[test]
fn a_recomplaint_is_linked_by_whom_the_policy_names_and_people_are_told() {
    let mut story = story();
    check(
        &story.is_refused("moe", link(LinkKind::Recomplaint, other("other"))),
        "not_entitled",
        Some("W.8"),
    );
    story.does("dora", link(LinkKind::Recomplaint, other("other")));
    assert_eq!(tied(&story), [(Link::Repeats, true)]);
    let told = story.notices();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, "again");
    // Once more is nothing; a second earlier case is one too many.
    let events = story.events.len();
    story.does("dora", link(LinkKind::Recomplaint, other("other")));
    assert_eq!(story.events.len(), events);
    check(
        &story.is_refused("dora", link(LinkKind::Recomplaint, other("third"))),
        "link_not_possible",
        Some("W.8"),
    );
}

#[test]
fn what_is_linked_must_fit() {
    let mut story = story();
    let later = OtherCase {
        opened_at: instant("2026-03-02 09:01"),
        ..other("other")
    };
    let foreign = OtherCase {
        policy: PolicyId::new("general"),
        ..other("other")
    };
    let unlike = OtherCase {
        kind: KindId::new("praise"),
        ..other("other")
    };
    for wrong in [later, foreign, unlike] {
        check(
            &story.is_refused("dora", link(LinkKind::Recomplaint, wrong)),
            "link_not_possible",
            Some("W.8"),
        );
    }
    let ended = OtherCase {
        stage: Stage::Closed,
        ..other("other")
    };
    check(
        &story.is_refused("dora", link(LinkKind::Merged, ended)),
        "link_not_possible",
        Some("W.8"),
    );
}

#[test]
fn a_case_can_be_registered_as_a_recomplaint_and_conditions_see_it() {
    let mut story = Story::under(workshop(), organisation());
    let Act::Register {
        case,
        customer,
        kind,
        channel,
        fields,
        first_contact,
        ..
    } = huiyin_testkit::register("repair", "phone", fields(TAP))
    else {
        unreachable!("registering is registering")
    };
    let act = Act::Register {
        parties: Vec::new(),
        case,
        customer,
        kind,
        channel,
        fields,
        first_contact,
        repeats: Some(Box::new(other("other"))),
    };
    let counterpart = act.counterpart(case_id("case"));
    assert!(matches!(
        counterpart,
        Some((earlier, Act::NoteLink { link: Link::RepeatedBy, .. })) if earlier == case_id("other")
    ));
    story.does("dora", act);
    assert_eq!(tied(&story), [(Link::Repeats, true)]);
    assert!(matches!(
        story.events[1].event,
        Event::CaseLinked {
            link: Link::Repeats,
            ..
        }
    ));
    // The policy asks for word to the customer before a re-complaint is closed.
    let needs = &story.policy.kinds["repair"].close_needs;
    let last = needs.last().and_then(|need| need.when.as_ref());
    assert_eq!(
        last.map(ToString::to_string).as_deref(),
        Some("links.recomplaint")
    );
}

#[test]
fn a_link_is_taken_back_with_a_reason_by_whoever_may_decide_on_it() {
    let mut story = story();
    story.does("dora", link(LinkKind::SameMatter, other("other")));
    let tie = Tie {
        case: case_id("other"),
        link: Link::SameMatter,
    };
    let may =
        |story: &Story, who| may_take_back(story.state(), &story.context(), person_id(who), tie);
    assert!(may(&story, "dora"));
    assert!(!may(&story, "max"));
    check(
        &story.is_refused("dora", take_back(LinkKind::SameMatter, " ")),
        "reason_missing",
        Some("W.8"),
    );
    story.does("dora", take_back(LinkKind::SameMatter, "another tap"));
    assert_eq!(tied(&story), []);
    check(
        &story.is_refused("dora", take_back(LinkKind::SameMatter, "again")),
        "link_not_possible",
        Some("W.8"),
    );
}

#[test]
fn what_another_case_decided_is_put_on_record_by_anyone_even_in_an_archived_case() {
    let mut story = story();
    let note = |link| Act::NoteLink {
        case: case_id("other"),
        link,
    };
    story.does("max", note(Link::RepeatedBy));
    assert_eq!(tied(&story), [(Link::RepeatedBy, true)]);
    story.does("dora", withdraw("solved"));
    story.does("max", Act::Archive);
    story.does("max", note(Link::Concerns));
    assert_eq!(story.state().stage, Stage::Archived);
    check(
        &story.is_refused(
            "dora",
            Act::Note {
                text: "late".to_owned(),
            },
        ),
        "case_ended",
        None,
    );
    let taken_back = Act::NoteLinkTakenBack {
        case: case_id("other"),
        link: Link::Concerns,
        reason: "not that one".to_owned(),
    };
    story.does("max", taken_back);
    assert_eq!(tied(&story), [(Link::RepeatedBy, true)]);
}

#[test]
fn a_merged_case_ends_with_its_clocks_withdrawn_and_goes_on_if_that_is_taken_back() {
    let mut story = story();
    story.at("2026-03-02 15:00");
    let (due, holder) = (story.due("whole"), story.state().holder.clone());
    story.does("dora", link(LinkKind::Merged, other("other")));
    let state = story.state();
    assert_eq!(
        (state.stage, state.ending),
        (Stage::Closed, Some(Ending::Merged))
    );
    assert_eq!(story.standing("whole"), Some(Standing::Withdrawn));
    assert_eq!(story.standing("word"), Some(Standing::Withdrawn));
    assert!(counts(&story, "merged") && !counts(&story, "closed"));
    assert!(state.timers(&story.policy).is_empty());
    let reopen = Act::Reopen {
        reason: "why not".to_owned(),
    };
    check(&story.is_refused("dora", reopen), "link_not_possible", None);

    story.at("2026-03-04 10:00");
    story.does("dora", take_back(LinkKind::Merged, "not the same"));
    let state = story.state();
    assert_eq!((state.stage, state.ending), (Stage::Open, None));
    assert_eq!(state.holder, holder);
    assert_eq!(story.due("whole"), due);
    assert_eq!(story.standing("whole"), Some(Standing::Running));
    // It ran on all the while: the first word is late by now.
    assert_eq!(story.standing("word"), Some(Standing::Overdue));
    assert!(!counts(&story, "merged"));
    story.at("2026-03-04 10:01");
    assert!(counts(&story, "late"));
}

#[test]
fn a_withdrawn_case_counts_as_withdrawn_neither_in_time_nor_late() {
    let mut story = story();
    story.dispatches("dora", "north");
    story.at("2026-03-12 10:00");
    assert!(counts(&story, "late"));
    check(
        &story.is_refused("moe", withdraw("no longer")),
        "not_entitled",
        Some("W.9"),
    );
    check(
        &story.is_refused("dora", withdraw("")),
        "reason_missing",
        Some("W.9"),
    );
    story.does("dora", withdraw("works again"));
    let state = story.state();
    assert_eq!(
        (state.stage, state.ending),
        (Stage::Closed, Some(Ending::Withdrawn))
    );
    assert_eq!(story.standing("whole"), Some(Standing::Withdrawn));
    for (measure, is_counted) in [("withdrawn", true), ("closed", false), ("late", false)] {
        assert_eq!(counts(&story, measure), is_counted, "{measure}");
    }
    let (notice, to) = story.notices().pop().expect("the unit is told");
    assert_eq!(notice, "taken_back");
    assert!(to.contains(&person_id("moe")));
}

#[test]
fn a_withdrawn_case_can_be_opened_again_where_it_was_with_clocks_of_its_own() {
    let mut story = story();
    story.dispatches("dora", "north");
    story.does("dora", withdraw("works again"));
    story.at("2026-03-10 09:00");
    let reopen = Act::Reopen {
        reason: "broken again".to_owned(),
    };
    story.does("dora", reopen);
    let state = story.state();
    assert_eq!(
        (state.stage, state.step.as_str(), state.ending),
        (Stage::Open, "bench", None)
    );
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-17 18:00"));
    assert_eq!(story.standing("word"), Some(Standing::Withdrawn));
    assert!(!counts(&story, "withdrawn") && counts(&story, "reopened"));
    // Merged and parted again, only what was running goes on.
    story.does("dora", link(LinkKind::Merged, other("other")));
    story.does("dora", take_back(LinkKind::Merged, "not the same"));
    assert_eq!(story.due("whole").as_deref(), Some("2026-03-17 18:00"));
    assert_eq!(story.standing("word"), Some(Standing::Withdrawn));
}

#[test]
fn a_withdrawal_is_accepted_only_in_the_steps_that_the_policy_names() {
    let mut story = story();
    story.dispatches("dora", "north").does("moe", Act::Accept);
    story.records("moe", "tell", fields("text: soon"));
    story.records("moe", "inspect", fields("text: worn, amount: ¥5"));
    assert_eq!(story.state().step.as_str(), "closing");
    check(
        &story.is_refused("dora", withdraw("no longer")),
        "move_not_allowed",
        Some("W.9"),
    );
    let offered = |story: &Story, who| {
        let offers = story.offers(who);
        let offer = offers.into_iter().find(|one| one.what == Offered::Withdraw);
        offer.map(|offer| (offer.refusal.is_none(), offer.reason))
    };
    assert_eq!(offered(&story, "dora"), Some((false, false)));
    let story = self::story();
    assert_eq!(offered(&story, "dora"), Some((true, true)));
    assert_eq!(offered(&story, "moe"), None);
}

#[test]
fn a_hold_is_placed_and_lifted_with_a_reason_also_on_an_archived_case() {
    let mut story = story();
    let hold = |reason: &str| Act::Hold {
        reason: reason.to_owned(),
    };
    check(&story.is_refused("mia", hold("")), "reason_missing", None);
    story.does("mia", hold("a court has asked for it"));
    let events = story.events.len();
    story.does("mia", hold("again"));
    assert_eq!(story.events.len(), events);
    let held = story.state().held.clone().expect("it is held");
    assert_eq!(
        (held.by, held.reason.as_str()),
        (Some(person_id("mia")), "a court has asked for it")
    );
    story.does("dora", withdraw("settled"));
    story.does("max", Act::Archive);
    assert!(story.state().held.is_some());
    let lift = Act::LiftHold {
        reason: "judgment is final".to_owned(),
    };
    story.does("mia", lift);
    assert!(story.state().held.is_none());
}

#[test]
fn records_of_a_customer_are_merged_once_and_can_be_parted() {
    let mut story = story();
    let merge = |party: &str, into: &str| Act::MergeCustomers {
        party: party_id(party),
        into: party_id(into),
        reason: "same identity card".to_owned(),
    };
    check(
        &story.is_refused("mia", merge("customer", "customer")),
        "same_customer",
        None,
    );
    story.does("mia", merge("second", "customer"));
    assert_eq!(
        story.state().customer_merges,
        [(party_id("second"), party_id("customer"))]
    );
    check(
        &story.is_refused("mia", merge("second", "third")),
        "same_customer",
        None,
    );
    let part = Act::PartCustomers {
        party: party_id("second"),
        reason: "father and son".to_owned(),
    };
    story.does("mia", part.clone());
    assert_eq!(story.state().customer_merges, []);
    let command = huiyin_case::Command {
        actor: person_id("mia").into(),
        acting_for: None,
        occurred: None,
        act: part,
    };
    let again = decide(Some(story.state()), &story.context(), &command);
    assert_eq!(again.map(|decision| decision.events), Ok(Vec::new()));
}
