//! Whoever may act on a case by position, or because the case names him, sees it; nobody else does for that reason.

use std::collections::BTreeSet;

use huiyin_case::command::Act;
use huiyin_case::deputy::{Right, Scope};
use huiyin_case::entitled::{Entitlements, Positions};
use huiyin_policy::model::PositionId;
use huiyin_testkit::{
    Story, fields, general, manufacturing, organisation, person_id, policy_of, record, unit_id,
    workshop,
};
use jiff::civil::date;

const POLICY: &str = "
policy: {id: redress, title: {zh-CN: 赔付, en: Redress}}
clauses: {A.1: {mark: rule, zh-CN: 规则。, en: A rule.}}
channels: {phone: {title: {zh-CN: 电话, en: Phone}}}
roles:
  manager: {title: {zh-CN: 经理, en: Manager}, position: manager}
  director: {title: {zh-CN: 总监, en: Director}, position: director}
  specialist: {title: {zh-CN: 专员, en: Specialist}, position: customer-service-specialist}
series: {number: {prefix: C, restart: year, digits: 4, clause: A.1}}
parts:
  form: {title: {zh-CN: 表, en: Form}, fields: {subject: {title: {zh-CN: 事由, en: Subject}, type: text}, shop: {title: {zh-CN: 门店, en: Shop}, type: unit}}}
  finding: {title: {zh-CN: 结果, en: Finding}, fields: {owed: {title: {zh-CN: 应赔, en: Owed}, type: bool, required: true}}}
  payment: {title: {zh-CN: 付款, en: Payment}, fields: {all: {title: {zh-CN: 付清, en: In full}, type: bool, required: true}}}
acts:
  find: {title: {zh-CN: 认定, en: Find}, part: finding}
  pay: {title: {zh-CN: 付款, en: Pay}, part: payment}
  settle: {title: {zh-CN: 了结, en: Settle}, part: payment}
  visit: {title: {zh-CN: 上门, en: Visit}}
kinds:
  claim:
    title: {zh-CN: 索赔, en: Claim}
    clause: A.1
    open: {by: anyone, channels: [phone], part: form, series: number, clause: A.1}
    steps:
      looking: {title: {zh-CN: 核查, en: Looking}, by: taker, acts: [find], moves: [{on: find, then: closed}]}
    after_close:
      - {on: pay, by: specialist, when: finding.owed, then: stay}
      - {on: settle, by: director, when: payment.all, then: stay}
      - {on: visit, by: {unit_in: form.shop}, then: stay}
      - {on: visit, by: {did: pay}, then: stay}
      - {on: archived, by: {position: customer-service-head}, then: archived}
    clocks:
      whole:
        title: {zh-CN: 时限, en: Limit}
        start: opened
        stop: closed
        length: 5 days
        extend: {by: manager, cap: 9 days, counted_from: start, times: any, clause: A.1}
        clause: A.1
";

fn claim() -> Story {
    let mut story = Story::under(policy_of(POLICY), organisation());
    story.registers("dora", "claim", fields("subject: tap"));
    story
}

/// Who of some people sees the case.
fn seeing<'n>(story: &Story, names: &[&'n str]) -> Vec<&'n str> {
    let sees = |name: &&&str| {
        let right = Right::own(person_id(name));
        story
            .state()
            .is_seen_by(&story.policy, &story.organisation, date(2026, 3, 2), &right)
    };
    names.iter().filter(sees).copied().collect()
}

const ALL: [&str; 8] = ["dora", "dick", "mia", "sam", "max", "dana", "sol", "hana"];

#[test]
fn whoever_may_extend_a_clock_sees_the_case_while_it_is_open() {
    let mut story = claim();
    assert_eq!(seeing(&story, &ALL), ["dora", "max"]);
    story.records("dora", "find", fields("owed: no"));
    assert_eq!(seeing(&story, &ALL), ["dora", "dana", "hana"]);
}

#[test]
fn a_condition_counts_unless_the_act_itself_may_fulfil_it() {
    let mut story = claim();
    story.records("dora", "find", fields("owed: yes"));
    // Payment is known to be owed; whether it is in full the director says himself when he settles.
    assert_eq!(seeing(&story, &ALL), ["dora", "dana", "sol", "hana"]);
}

#[test]
fn whoever_archives_by_position_keeps_seeing_what_he_archived() {
    let mut story = claim();
    story.records("dora", "find", fields("owed: no"));
    story.does("hana", Act::Archive);
    assert_eq!(seeing(&story, &ALL), ["dora", "dana", "hana"]);
}

#[test]
fn the_unit_and_the_person_that_the_case_names_see_it() {
    let mut story = Story::under(policy_of(POLICY), organisation());
    let mut form = fields("subject: tap");
    form.insert(
        huiyin_policy::model::FieldId::new("shop"),
        huiyin_case::value::Value::Unit(unit_id("north")),
    );
    story.registers("dora", "claim", form);
    story.records("dora", "find", fields("owed: yes"));
    assert_eq!(seeing(&story, &["mia", "ben", "sam"]), ["mia", "ben"]);
    story.does("sid", record("pay", fields("all: no")));
    let state = story.state();
    assert_eq!(state.entitled(&story.policy).person, Some(person_id("sid")));
}

#[test]
fn what_waits_for_a_unit_is_seen_in_the_units_below_it() {
    let mut story = Story::under(workshop(), organisation());
    story.registers(
        "dora",
        "repair",
        fields("subject: tap, damaged: no, weight: #light"),
    );
    assert_eq!(seeing(&story, &["mia", "ben", "sam"]), [""; 0]);
    story.dispatches("dora", "north");
    // The bench belongs to the north: its people may accept the case as well.
    assert_eq!(seeing(&story, &["mia", "ben", "sam"]), ["mia", "ben"]);
    story.does("ben", Act::Accept);
}

#[test]
fn a_deputy_for_one_position_sees_by_that_alone() {
    let story = claim();
    let sees = |position: &str| {
        let right = Right {
            person: person_id("max"),
            scope: Scope::Positions([PositionId::new(position)].into()),
        };
        story
            .state()
            .is_seen_by(&story.policy, &story.organisation, date(2026, 3, 2), &right)
    };
    assert!(sees("manager"));
    assert!(!sees("director"));
}

#[test]
fn whoever_is_kept_from_seeing_a_case_does_not_see_it_by_what_he_may_do() {
    let hidden = format!(
        "{POLICY}parties:\n  accused: {{title: {{zh-CN: 被投诉人, en: Accused}}, kinds: claim, max: 3, employee: always, by: anyone, clause: A.1}}\nexclusions:\n  accused: {{kinds: claim, who: {{party: accused}}, from: see, clause: A.1}}\n"
    );
    let mut story = Story::under(policy_of(&hidden), organisation());
    story.registers("dora", "claim", fields("subject: tap"));
    story.does(
        "dora",
        Act::AddParty {
            party: huiyin_testkit::party_id("max"),
            new: huiyin_case::party::NewParty {
                role: huiyin_policy::model::PartyRoleId::new("accused"),
                person: Some(person_id("max")),
                fields: fields(""),
            },
        },
    );
    assert_eq!(seeing(&story, &ALL), ["dora"]);
}

/// A case has no other value than those that lists are asked for, whatever the conditions come to.
#[test]
fn every_value_is_among_those_of_the_policy() {
    let mut known = Entitlements::default();
    known.add(&policy_of(POLICY));
    for owed in ["yes", "no"] {
        let mut story = claim();
        let open = story.state().entitled(&story.policy).positions;
        assert!(known.positions.contains(&open), "{open}");
        story.records("dora", "find", fields(&format!("owed: {owed}")));
        let closed = story.state().entitled(&story.policy).positions;
        assert!(known.positions.contains(&closed), "{closed}");
        assert_eq!(Positions::parse(&closed.to_string()), closed);
    }
    assert!(known.units && known.persons);
}

/// A list looks once for each value: they are few, whatever the policy.
#[test]
fn a_position_is_on_few_lists() {
    for policy in [workshop(), general(), manufacturing()] {
        let mut known = Entitlements::default();
        known.add(&policy);
        let positions = policy
            .roles
            .values()
            .filter_map(|role| role.position.clone());
        for position in positions {
            let held = BTreeSet::from([position.clone()]);
            let lists = known.positions.iter().filter(|one| one.includes(&held));
            let lists = lists.count();
            assert!(lists <= 40, "{}: {position} {lists}", policy.id);
        }
    }
}
