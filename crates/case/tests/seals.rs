//! Sealed identities: who opens them, what is on record of it, and that a correction loses nothing.
#![allow(
    clippy::unwrap_used,
    reason = "a test that can't set up its world has failed"
)]

use huiyin_case::command::Act;
use huiyin_case::event::Event;
use huiyin_case::offers::Offered;
use huiyin_case::seal::{REDACTED, redacted};
use huiyin_case::value::{Fields, Value};
use huiyin_policy::model::{FactPath, FieldId, PartId, Policy, SealId};
use huiyin_testkit::{Story, fields, organisation, person_id, policy_of, workshop_text};

const CASE: &str = "subject: tap, damaged: yes, damage: 李明说坏了, weight: #light, teller: 李明";

/// The workshop with a name under a seal that the manager opens.
fn sealed() -> Policy {
    let maker = "      maker: {title";
    let teller = "      teller: {title: {zh-CN: 谁说的, en: Who said so}, type: text, class: personal, sealed: teller}\n";
    let seals = "seals:\n  teller: {title: {zh-CN: 谁说的, en: Who said so}, opened_by: manager, tells: [{notice: again, to: director}], clause: W.1}\n";
    let text = workshop_text().replacen(maker, &format!("{teller}{maker}"), 1);
    policy_of(&format!("{text}\n{seals}"))
}

fn story() -> Story {
    let mut story = Story::under(sealed(), organisation());
    story.registers("dora", "repair", fields(CASE));
    story
}

fn open(reason: &str) -> Act {
    Act::OpenSeal {
        seal: SealId::new("teller"),
        reason: reason.to_owned(),
    }
}

fn fact(story: &Story, field: &str) -> Value {
    let path = FactPath::new(PartId::new("intake"), FieldId::new(field));
    story.state().facts[&path].clone()
}

fn correct(fields: Fields) -> Act {
    Act::Correct {
        entry: 1,
        fields: Some(fields),
        reason: "wrong".to_owned(),
    }
}

#[test]
fn only_whom_the_policy_names_opens_a_seal_and_only_for_a_reason() {
    let mut story = story();
    let refused = story.is_refused("dora", open("curious"));
    assert_eq!(refused.rule.code(), "not_entitled");
    assert_eq!(refused.clause.unwrap().as_str(), "W.1");
    let refused = story.is_refused("max", open(" "));
    assert_eq!(refused.rule.code(), "reason_missing");
    let refused = story.late("2026-03-02 09:00").at("2026-03-02 10:00");
    assert_eq!(
        refused.is_refused("max", open("late")).rule.code(),
        "occurs_too_early"
    );
    let seq = story.state().seq;
    story.does("max", open("to tell him"));
    let opened = story.events.iter().filter(|one| one.seq > seq);
    let opened: Vec<&Event> = opened.map(|one| &one.event).collect();
    assert_eq!(
        opened[0],
        &Event::SealOpened {
            seal: SealId::new("teller"),
            reason: "to tell him".to_owned()
        }
    );
    let Event::NoticeSent { to, .. } = opened[1] else {
        unreachable!("{opened:?}")
    };
    assert_eq!(to, &[person_id("dana")]);
}

#[test]
fn a_seal_with_nothing_under_it_is_neither_offered_nor_opened() {
    let mut story = Story::under(sealed(), organisation());
    story.registers(
        "dora",
        "repair",
        fields("subject: tap, damaged: no, weight: #light"),
    );
    let refused = story.is_refused("max", open("curious"));
    assert_eq!(refused.rule.code(), "nothing_sealed");
    let is_offered = |story: &Story| {
        let offers = story.offers("max");
        let mut offers = offers.iter();
        offers.any(|offer| {
            offer.what == Offered::OpenSeal(SealId::new("teller")) && offer.refusal.is_none()
        })
    };
    assert!(!is_offered(&story));
    assert!(is_offered(&self::story()));
}

#[test]
fn a_correction_keeps_what_whoever_corrects_does_not_see() {
    let mut story = story();
    let policy = story.policy.clone();
    let shown = {
        let hidden = story.state().sealed_texts(&policy);
        redacted("李明说坏了", &hidden)
    };
    assert_eq!(shown, format!("{REDACTED}说坏了"));
    let mut sent = fields("subject: pipe, damaged: yes, weight: #grave");
    sent.insert(FieldId::new("damage"), Value::Text(shown));
    story.does("dora", correct(sent));
    assert_eq!(fact(&story, "teller"), Value::Text("李明".to_owned()));
    assert_eq!(fact(&story, "damage"), Value::Text("李明说坏了".to_owned()));
    assert_eq!(fact(&story, "subject"), Value::Text("pipe".to_owned()));
    // Written anew, it is replaced.
    story.does(
        "dora",
        correct(fields(
            "subject: pipe, damaged: no, weight: #grave, teller: 王芳",
        )),
    );
    assert_eq!(fact(&story, "teller"), Value::Text("王芳".to_owned()));
}

#[test]
fn the_longest_sealed_text_is_taken_out_first_and_short_ones_are_left() {
    assert_eq!(
        redacted("张三丰与张三", &["张三丰", "张三"]),
        format!("{REDACTED}与{REDACTED}")
    );
    let mut story = Story::under(sealed(), organisation());
    story.registers(
        "dora",
        "repair",
        fields("subject: tap, damaged: no, weight: #light, teller: 王"),
    );
    assert!(story.state().sealed_texts(&story.policy).is_empty());
}
