//! Known relations: whoever is related to somebody in the case keeps out of it, as of the day on which he acts.

use huiyin_case::command::Act;
use huiyin_case::exclusion::Hidden;
use huiyin_case::relation::{Bond, Subject};
use huiyin_policy::model::{Policy, RelationKind};
use huiyin_testkit::{
    Org, Story, fields, organisation, person_id, policy_of, unit_id, workshop_text,
};

const CASE: &str = "subject: tap, damaged: no, weight: #light";

/// The workshop where those related to who registered the case, or to its lead unit, keep out.
fn keeping_out(from: &str) -> Policy {
    let text = workshop_text();
    policy_of(&format!(
        "{text}
exclusions:
  known: {{kinds: repair, related_to: [taker, lead_unit], as: [spouse, financial_interest], from: {from}, clause: W.2}}
"
    ))
}

fn story(from: &str, org: Org) -> Story {
    let mut story = Story::under(keeping_out(from), org);
    story.registers("dora", "repair", fields(CASE));
    story
}

fn note() -> Act {
    Act::Note {
        text: "seen".to_owned(),
    }
}

fn to(person: &str) -> Subject {
    Subject::Person(person_id(person))
}

fn refused(story: &mut Story, person: &str) {
    let refusal = story.is_refused(person, note());
    assert_eq!(refusal.rule.code(), "related", "{refusal:?}");
    let clause = refusal.clause.as_ref().map(|clause| clause.as_str());
    assert_eq!(clause, Some("W.2"), "{refusal:?}");
}

#[test]
fn a_relation_holds_both_ways_and_only_if_it_is_one_of_those_meant() {
    let org = organisation()
        .relation("dora", RelationKind::Spouse, to("mia"), ["", ""])
        .relation("moe", RelationKind::Spouse, to("dora"), ["", ""])
        .relation("sam", RelationKind::FormerColleague, to("dora"), ["", ""]);
    let mut story = story("handle", org);
    refused(&mut story, "mia");
    refused(&mut story, "moe");
    story.does("sam", note());
}

#[test]
fn a_day_outside_it_counts_for_nothing() {
    let org = organisation()
        .relation("mia", RelationKind::Spouse, to("dora"), ["", "2020-01-01"])
        .relation("moe", RelationKind::Spouse, to("dora"), ["2099-01-01", ""]);
    let mut story = story("handle", org);
    for person in ["mia", "moe"] {
        story.does(person, note());
    }
}

#[test]
fn what_is_hidden_is_said_by_relation_and_follows_from_the_record_alone() {
    let story = story("see", organisation());
    let hidden = story.state().hidden_from(&story.policy);
    let bond = |kind| Bond {
        kind,
        to: to("dora"),
    };
    assert!(hidden.hides_from(person_id("mia"), [&bond(RelationKind::Spouse)]));
    assert!(!hidden.hides_from(person_id("mia"), [&bond(RelationKind::Relative)]));
    assert!(!hidden.hides_from(person_id("dora"), []));
}

#[test]
fn what_is_hidden_is_read_back_as_it_was_written() {
    let hidden = Hidden {
        persons: [person_id("mia")].into(),
        bonds: [
            Bond {
                kind: RelationKind::FormerSuperior,
                to: to("dora"),
            },
            Bond {
                kind: RelationKind::Other,
                to: Subject::Unit(unit_id("north")),
            },
        ]
        .into(),
    };
    let text = hidden.to_string();
    assert_eq!(text.parse::<Hidden>(), Ok(hidden));
    // A person's own id is found in no bond.
    assert!(!text.contains(&person_id("dora").to_string()));
}

#[test]
fn a_relation_to_a_unit_holds_for_those_below_it() {
    let unit = Subject::Unit(unit_id("north"));
    let org = organisation()
        .relation("sam", RelationKind::FinancialInterest, unit, ["", ""])
        .build();
    let bonds = org.bonds(person_id("sam"), "2026-03-02".parse().unwrap());
    for unit in ["north", "bench"] {
        assert!(bonds.contains(&Bond {
            kind: RelationKind::FinancialInterest,
            to: Subject::Unit(unit_id(unit)),
        }));
    }
    assert_eq!(bonds.len(), 2);
}
