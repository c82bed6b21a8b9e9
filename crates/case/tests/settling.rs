//! Forms settled by sheets: nobody types a figure that is worked out, what was worked out stays, and needs refuse.

use huiyin_case::command::{Act, Command};
use huiyin_case::decide::preview;
use huiyin_case::settling::holds_still;
use huiyin_case::state::entry::EntryKind;
use huiyin_case::value::{Fields, Value};
use huiyin_case::{Refusal, Rule};
use huiyin_policy::model::{ChoiceId, FactPath, FieldId, PartId};
use huiyin_testkit::{Org, Story, damages, fields, person_id, record, rows};

const CLAIM: &str = "item: A, remedy: claim, paid: 100.01";
const RETURN: &str = "item: B, remedy: return, quantity: 333, price: 7.77, proof: yes";

/// A damage registered by dora, whose manager is max.
fn story() -> Story {
    let organisation = Org::new()
        .unit("shop", "")
        .person("dora", "shop", &[])
        .person("max", "shop", &["manager"])
        .person("moe", "shop", &[]);
    let mut story = Story::under(damages(), organisation);
    story.registers("dora", "damage", fields("subject: tap"));
    story
}

fn losses(items: &[&str]) -> Fields {
    let on = Value::Date("2026-03-02".parse().expect("a date"));
    Fields::from([
        (FieldId::new("on"), on),
        (FieldId::new("items"), rows(items)),
    ])
}

fn people(items: &[&str]) -> Fields {
    Fields::from([(FieldId::new("people"), rows(items))])
}

fn fact(story: &Story, path: &str) -> Option<Value> {
    let (part, field) = path.split_once('.').expect("a path");
    let path = FactPath::new(PartId::new(part), FieldId::new(field));
    story.state().facts.get(&path).cloned()
}

fn money(text: &str) -> Option<Value> {
    Some(Value::Money(text.parse().expect("an amount")))
}

fn check(refusal: &Refusal, code: &str, clause: Option<&str>) {
    assert_eq!(refusal.rule.code(), code, "{refusal:?}");
    let found = refusal.clause.as_ref().map(|clause| clause.as_str());
    assert_eq!(found, clause, "{refusal:?}");
}

/// The last entry that something was settled with.
fn last_settled(story: &Story) -> u32 {
    let mut entries = story.state().entries.iter().rev();
    let settled = entries.find(|entry| entry.settled.is_some());
    settled.expect("something was settled").seq
}

#[test]
fn what_is_worked_out_is_on_record_as_a_fact_with_the_reason_of_every_figure() {
    let mut story = story();
    story.records("dora", "state_losses", losses(&[RETURN, CLAIM]));
    assert_eq!(fact(&story, "losses.total"), money("617.49"));
    assert_eq!(fact(&story, "losses.lines"), Some(Value::Integer(2)));
    let small = Some(Value::OneOf(ChoiceId::new("small")));
    assert_eq!(fact(&story, "losses.extent"), small);
    assert_eq!(story.state().step.as_str(), "sharing");
    let entry = story
        .state()
        .entry(last_settled(&story))
        .expect("it is there");
    let kept = entry.settled.as_ref().expect("it was settled");
    let (_, loss) = kept
        .sheets
        .iter()
        .find(|(id, _)| id.as_str() == "loss")
        .expect("worked out");
    let amount = loss[1]
        .cells
        .iter()
        .find(|cell| cell.column.as_str() == "amount");
    let amount = amount.expect("a return has its loss");
    assert_eq!(amount.value, "517.48");
    assert_eq!(
        amount.working.as_deref(),
        Some("333 × 7.77 × 20% = 517.482")
    );
    assert_eq!(
        amount.clause.as_ref().map(|clause| clause.as_str()),
        Some("D.1")
    );
    let vouchers: Vec<_> = kept
        .vouchers
        .iter()
        .map(|one| (one.id.as_str(), one.amount.to_string()))
        .collect();
    let number = story.state().number.clone().expect("drawn");
    assert_eq!(
        vouchers,
        [(format!("{number}/payout/A").as_str(), "100.01".to_owned())]
    );
    assert!(holds_still(story.state(), &damages()));
}

#[test]
fn a_fact_that_is_worked_out_decides_where_the_case_goes() {
    let mut story = story();
    let large = ["item: A, remedy: claim, paid: 1000.01"];
    let refusal = story.is_refused("dora", record("state_losses", losses(&large)));
    check(&refusal, "field_missing", Some("D.4"));
    let mut explained = losses(&large);
    explained.insert(FieldId::new("why"), Value::Text("whole batch".to_owned()));
    story.records("dora", "state_losses", explained);
    assert_eq!(story.state().step.as_str(), "approving");
}

#[test]
fn nobody_types_what_is_worked_out() {
    let mut story = story();
    let mut typed = losses(&[CLAIM]);
    typed.insert(
        FieldId::new("total"),
        Value::Money("1.00".parse().expect("an amount")),
    );
    let refusal = story.is_refused("dora", record("state_losses", typed));
    check(&refusal, "field_invalid", Some("D.1"));
    assert!(matches!(
        refusal.rule,
        Rule::FieldInvalid {
            problem: "worked_out",
            ..
        }
    ));
}

#[test]
fn rows_are_refused_at_their_place() {
    let mut story = story();
    let wrong = [
        "item: A, remedy: claim, paid: 1.001",
        "item: A, remedy: gift",
        "remedy: claim, amount: 5",
    ];
    let refusal = story.is_refused("dora", record("state_losses", losses(&wrong)));
    check(&refusal, "not_settled", Some("D.1"));
    let all = std::iter::once(&refusal).chain(&refusal.also);
    let places = all.map(|one| match &one.rule {
        Rule::NotSettled { problem, field } => {
            assert!(field.is_some());
            (problem.place().to_owned(), problem.wrong.key().0)
        }
        rule => panic!("{rule:?}"),
    });
    let places: Vec<_> = places.collect();
    let expected = [
        ("[0].paid", "bad-value"),
        ("[1].remedy", "unknown-choice"),
        ("[1]", "twice"),
        ("[2].amount", "computed"),
        ("[2].item", "missing"),
    ];
    for (place, key) in expected {
        assert!(
            places.contains(&(place.to_owned(), key)),
            "{place} {key}: {places:?}"
        );
    }
    assert_eq!(places.len(), expected.len(), "{places:?}");
    let refusal = story.is_refused(
        "dora",
        record("state_losses", losses(&["item: A, remedy: claim"])),
    );
    check(&refusal, "not_settled", Some("D.1"));
}

#[test]
fn shares_that_are_not_the_whole_and_needs_that_are_not_met_refuse_with_their_clause() {
    let mut story = story();
    let unproved = ["item: B, remedy: return, quantity: 1, price: 5"];
    let refusal = story.is_refused("dora", record("state_losses", losses(&unproved)));
    check(&refusal, "left_open", Some("D.3"));
    story.records("dora", "state_losses", losses(&[CLAIM]));
    let short = [
        "who: Ann, weight: 33.34%",
        "who: Bob, weight: 33.33%",
        "who: Cyd, weight: 33.32%",
    ];
    let refusal = story.is_refused("dora", record("share_out", people(&short)));
    check(&refusal, "not_settled", Some("D.2"));
    let whole = [
        "who: Ann, weight: 33.34%",
        "who: Bob, weight: 33.33%",
        "who: Cyd, weight: 33.33%",
    ];
    story.records("dora", "share_out", people(&whole));
    assert_eq!(fact(&story, "blame.shared"), money("100.01"));
    let entry = story
        .state()
        .entry(last_settled(&story))
        .expect("it is there");
    let kept = entry.settled.as_ref().expect("it was settled");
    let (_, shares) = kept
        .sheets
        .iter()
        .find(|(id, _)| id.as_str() == "shares")
        .expect("worked out");
    let amounts: Vec<_> = shares
        .iter()
        .map(|row| (row.name.as_str(), row.cells[2].value.as_str()))
        .collect();
    assert_eq!(
        amounts,
        [("Ann", "33.35"), ("Bob", "33.33"), ("Cyd", "33.33")]
    );
    assert!(
        kept.sheets.iter().all(|(id, _)| id.as_str() != "decision"),
        "what the form doesn't ask for is not worked out"
    );
}

#[test]
fn a_correction_is_settled_anew_and_what_others_rest_on_stays() {
    let mut story = story();
    story.records("dora", "state_losses", losses(&[CLAIM]));
    let stated = last_settled(&story);
    let correct = |entry, fields| Act::Correct {
        entry,
        fields: Some(fields),
        reason: "misread".to_owned(),
    };
    story.does(
        "dora",
        correct(stated, losses(&["item: A, remedy: claim, paid: 90"])),
    );
    assert_eq!(fact(&story, "losses.total"), money("90.00"));
    assert!(holds_still(story.state(), &damages()));
    story.records("dora", "share_out", people(&["who: Ann, weight: 100%"]));
    let refusal = story.is_refused("dora", correct(stated, losses(&[CLAIM])));
    check(&refusal, "entry_rested_on", None);
    let shared = last_settled(&story);
    let void = Act::Correct {
        entry: shared,
        fields: None,
        reason: "wrong person".to_owned(),
    };
    story.does("dora", void);
    story.does("dora", correct(stated, losses(&[CLAIM])));
    assert_eq!(fact(&story, "losses.total"), money("100.01"));
    assert_eq!(fact(&story, "blame.shared"), None);
}

#[test]
fn a_form_is_offered_before_its_rows_are_known_and_shows_beforehand_what_it_would_give() {
    let mut story = story();
    let offers = story.offers("dora");
    let offer = offers.iter().find(|offer| {
        offer
            .part
            .as_ref()
            .is_some_and(|part| part.as_str() == "losses")
    });
    assert_eq!(offer.map(|offer| &offer.refusal), Some(&None), "{offers:?}");
    let asked = |who: &str, fields: Fields| Command {
        actor: person_id(who).into(),
        acting_for: None,
        occurred: None,
        act: record("state_losses", fields),
    };
    let before = story.state().clone();
    let mut unfinished = losses(&[RETURN, CLAIM]);
    let shown = preview(
        &before,
        &story.context(),
        &asked("dora", unfinished.clone()),
    );
    let shown = shown.expect("it can be worked out").given;
    assert!(preview(&before, &story.context(), &asked("moe", unfinished.clone())).is_err());
    unfinished.remove(&FieldId::new("items"));
    let nothing =
        preview(&before, &story.context(), &asked("dora", unfinished)).expect("nothing yet");
    assert_eq!(nothing.given.get("total"), money("0.00").as_ref());
    assert_eq!(*story.state(), before, "nothing has changed");
    story.records("dora", "state_losses", losses(&[RETURN, CLAIM]));
    let entry = story
        .state()
        .entry(last_settled(&story))
        .expect("it is there");
    assert!(matches!(entry.what, EntryKind::Act { .. }));
    for (field, value) in &shown {
        assert_eq!(entry.fields.get(field), Some(value), "{field}");
    }
}

#[test]
fn it_is_noticed_when_a_program_would_give_something_else_and_what_is_on_record_stays() {
    let mut story = story();
    story.records("dora", "state_losses", losses(&[CLAIM]));
    let mut state = story.state().clone();
    let mut entries = state.entries.iter_mut();
    let kept = entries
        .find_map(|entry| entry.settled.as_mut())
        .expect("settled");
    kept.sheets[1].1[0].cells[3].value = "100.02".to_owned();
    assert!(!holds_still(&state, &damages()));
    assert_eq!(fact(&story, "losses.total"), money("100.01"));
}
