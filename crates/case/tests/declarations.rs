//! Declarations: nobody does anything with a case before he has declared himself, and whoever declares an interest is kept out.

use huiyin_case::Refusal;
use huiyin_case::command::Act;
use huiyin_case::value::Fields;
use huiyin_policy::model::{ActId, Policy};
use huiyin_testkit::{Org, Story, fields, organisation, person_id, policy_of, workshop_text};

const CASE: &str = "subject: tap, damaged: no, weight: #light";

/// What is filled in, and the act by which it is put on record.
const FORM: &str = "  declaration:
    title: {zh-CN: 声明, en: Declaration}
    fields:
      answer: {title: {zh-CN: 与本案, en: Interest}, type: one_of, choices: {none: {zh-CN: 无关, en: None}, some: {zh-CN: 有关, en: Some}}, required: true}

acts:
  declare: {title: {zh-CN: 声明, en: Declare}, part: declaration, outcome: answer, clause: W.2}
";

const RULES: &str = "
declarations:
  interest: {kinds: repair, act: declare, clear: none, clause: W.2}
exclusions:
  interested: {kinds: repair, who: {did: declare.some}, from: see, clause: W.2}
";

/// The workshop where everybody says first whether he has to do with the matter.
fn declaring() -> Policy {
    let text = workshop_text().replacen("\nacts:\n", FORM, 1);
    policy_of(&format!("{text}{RULES}"))
}

fn story(org: Org) -> Story {
    let mut story = Story::under(declaring(), org);
    story.registers("dora", "repair", fields(CASE));
    story
}

fn declare(answer: &str) -> Act {
    let fields: Fields = fields(&format!("answer: #{answer}"));
    Act::Record {
        act: ActId::new("declare"),
        fields,
    }
}

fn note() -> Act {
    Act::Note {
        text: "seen".to_owned(),
    }
}

fn check(refusal: &Refusal, code: &str) {
    assert_eq!(refusal.rule.code(), code, "{refusal:?}");
    let clause = refusal.clause.as_ref().map(|clause| clause.as_str());
    assert_eq!(clause, Some("W.2"), "{refusal:?}");
}

#[test]
fn nobody_does_anything_before_he_has_declared_himself() {
    let mut story = story(organisation());
    // Who registered it as well: registering is no handling, what comes after it is.
    check(&story.is_refused("dora", note()), "not_declared");
    story.does("dora", declare("none"));
    story.does("dora", note());
    check(&story.is_refused("dick", note()), "not_declared");
}

#[test]
fn whoever_declares_an_interest_is_kept_out_whatever_he_says_then() {
    let mut story = story(organisation());
    story.does("dora", declare("some"));
    assert!(
        story
            .state()
            .hidden_from(&story.policy)
            .hides_from(person_id("dora"), [])
    );
    check(&story.is_refused("dora", note()), "excluded");
    check(&story.is_refused("dora", declare("none")), "excluded");
}

#[test]
fn what_somebody_said_last_counts() {
    let mut story = story(organisation());
    story.does("dora", declare("none"));
    story.does("dora", note());
    story.does("dora", declare("some"));
    check(&story.is_refused("dora", note()), "excluded");
}

#[test]
fn what_is_voided_was_not_declared() {
    let mut story = story(organisation());
    story.does("dora", declare("none"));
    let entry = story.state().entries.last().map_or(0, |entry| entry.seq);
    let void = Act::Correct {
        entry,
        fields: None,
        reason: "by mistake".to_owned(),
    };
    story.does("dora", void);
    check(&story.is_refused("dora", note()), "not_declared");
}

#[test]
fn only_the_declaration_is_offered_first() {
    let mut story = story(organisation());
    let can_note = |story: &Story| {
        let offers = story.offers("dora").into_iter();
        let names = offers.filter(|offer| offer.refusal.is_none());
        names
            .map(|offer| format!("{:?}", offer.what))
            .collect::<Vec<_>>()
    };
    assert_eq!(can_note(&story), [r#"Record("declare")"#]);
    story.does("dora", declare("none"));
    assert!(can_note(&story).contains(&"Note".to_owned()));
}
