//! A book compared with the system: which entries are decided on, and which answers are refused.

use huiyin_case::command::Act;
use huiyin_case::offers::Offered;
use huiyin_case::reconciliation::{Standing, book_entries};
use huiyin_case::value::{Fields, Value};
use huiyin_policy::model::{ActId, FieldId, Policy};
use huiyin_testkit::{
    Story, case_id, fields, organisation, policy_of, record, unit_id, workshop_text,
};
use jiff::civil::date;

const PARTS: &str = "  check_form:
    title: {zh-CN: 核对, en: Check}
    fields:
      subject: {title: {zh-CN: 事由, en: Subject}, type: text, required: true, meaning: subject}
      shop: {title: {zh-CN: 门店, en: Shop}, type: unit, required: true}
      from: {title: {zh-CN: 自, en: From}, type: date, required: true}
      to: {title: {zh-CN: 至, en: To}, type: date, required: true}
  entry:
    title: {zh-CN: 条目, en: Entry}
    fields:
      day: {title: {zh-CN: 日期, en: Date}, type: date, required: true}
      text: {title: {zh-CN: 内容, en: Text}, type: text, required: true}
  answer:
    title: {zh-CN: 认定, en: Answer}
    fields:
      entry: {title: {zh-CN: 第几条, en: Entry}, type: integer, required: true}
      answer: {title: {zh-CN: 系统里, en: The system}, type: one_of, choices: {has_it: {zh-CN: 有, en: Has it}, lacks_it: {zh-CN: 没有, en: Lacks it}, praise: {zh-CN: 表扬, en: Praise}}, required: true}
      which: {title: {zh-CN: 案件, en: Case}, type: case}

acts:
  enter: {title: {zh-CN: 录入, en: Enter}, part: entry, clause: W.3}
  compare: {title: {zh-CN: 认定, en: Compare}, part: answer, outcome: answer, clause: W.3}
";

const RULES: &str = "
reconciliations:
  book:
    title: {zh-CN: 意见簿, en: Book}
    kinds: check
    unit: check_form.shop
    from: check_form.from
    to: check_form.to
    entries: {act: enter, on: day, text: text}
    answers: {act: compare, entry: entry, case: which, found: has_it, missing: lacks_it}
    against: {kinds: repair, text: intake.subject}
    within_days: 7
    clause: W.3
";

const KIND: &str = "
kinds:
  check:
    title: {zh-CN: 核对, en: Check}
    clause: W.3
    internal: true
    open: {by: anyone, channels: [phone], part: check_form, series: number, clause: W.3}
    steps:
      comparing:
        title: {zh-CN: 核对, en: Comparing}
        by: taker
        acts: [enter, compare]
        moves: [{on: closed, then: closed, needs: [{holds: reconciliations.book.undecided == 0, text: {zh-CN: 都已认定, en: All are decided on}, clause: W.3}]}]
";

fn policy() -> Policy {
    let text = workshop_text()
        .replacen("\nacts:\n", PARTS, 1)
        .replacen("\nkinds:\n", KIND, 1);
    policy_of(&format!("{text}{RULES}"))
}

/// A check of a shop's book, in which there are three entries.
fn story() -> Story {
    let mut story = Story::under(policy(), organisation());
    let mut form = fields("subject: book");
    let shop = organisation().build().units.keys().copied().next();
    form.insert(
        FieldId::new("shop"),
        Value::Unit(shop.unwrap_or_else(|| unit_id("shop"))),
    );
    form.insert(FieldId::new("from"), Value::Date(date(2026, 2, 1)));
    form.insert(FieldId::new("to"), Value::Date(date(2026, 2, 28)));
    story.registers("dora", "check", form);
    for text in ["tap drips", "door stuck", "all fine"] {
        story.does("dora", entry(text));
    }
    story
}

fn entry(text: &str) -> Act {
    let mut fields = fields(&format!("text: {text}"));
    fields.insert(FieldId::new("day"), Value::Date(date(2026, 2, 3)));
    record("enter", fields)
}

fn filled_in(entry: i64, answer: &str, names_case: bool) -> Fields {
    let mut fields = fields(&format!("answer: #{answer}"));
    fields.insert(FieldId::new("entry"), Value::Integer(entry));
    if names_case {
        fields.insert(FieldId::new("which"), Value::Case(case_id("other")));
    }
    fields
}

fn answer(entry: i64, answer: &str, names_case: bool) -> Act {
    record("compare", filled_in(entry, answer, names_case))
}

fn standings(story: &Story) -> Vec<(u32, &'static str)> {
    let book = story.policy.reconciliations.values().next();
    let book = book.expect("the policy has a book");
    let entries = book_entries(story.state(), book);
    let entries = entries.iter();
    entries
        .map(|entry| (entry.number, entry.standing.as_str()))
        .collect()
}

#[test]
fn what_was_answered_last_counts() {
    let mut story = story();
    assert_eq!(
        standings(&story),
        [(1, "undecided"), (2, "undecided"), (3, "undecided")]
    );
    story.does("dora", answer(1, "lacks_it", false));
    story.does("dora", answer(2, "has_it", true));
    story.does("dora", answer(3, "praise", false));
    assert_eq!(
        standings(&story),
        [(1, "missing"), (2, "found"), (3, "settled")]
    );
    story.does("dora", answer(1, "has_it", true));
    let book = &story.policy.reconciliations["book"];
    let first = book_entries(story.state(), book)[0].standing;
    assert_eq!(first, Standing::Found(case_id("other")));
    let last = story.state().seq;
    story.does("dora", void(last));
    assert_eq!(standings(&story)[0], (1, "missing"), "the answer before it");
}

fn void(entry: u32) -> Act {
    Act::Correct {
        entry,
        fields: None,
        reason: "by mistake".to_owned(),
    }
}

#[test]
fn a_void_entry_is_in_the_book_no_more_and_the_others_keep_their_numbers() {
    let mut story = story();
    let entries = story.state().entries.iter();
    let first = entries.map(|entry| entry.seq).find(|seq| *seq > 1);
    story.does("dora", void(first.unwrap_or_default()));
    assert_eq!(standings(&story), [(2, "undecided"), (3, "undecided")]);
    let refused = story.is_refused("dora", answer(1, "lacks_it", false));
    assert_eq!(refused.rule.code(), "field_invalid", "{refused:?}");
}

#[test]
fn an_answer_names_an_entry_and_a_case_exactly_where_the_system_has_it() {
    let mut story = story();
    let wrong = [
        (answer(4, "lacks_it", false), "field_invalid"),
        (answer(0, "lacks_it", false), "field_invalid"),
        (answer(-1, "lacks_it", false), "field_invalid"),
        (answer(1, "has_it", false), "field_missing"),
        (answer(1, "lacks_it", true), "field_invalid"),
        (answer(1, "praise", true), "field_invalid"),
    ];
    for (act, code) in wrong {
        let refused = story.is_refused("dora", act);
        assert_eq!(refused.rule.code(), code, "{refused:?}");
        let clause = refused.clause.as_ref().map(|clause| clause.as_str());
        assert_eq!(clause, Some("W.3"), "{refused:?}");
    }
    story.does("dora", answer(1, "has_it", true));
    let corrected = Act::Correct {
        entry: story.state().seq,
        fields: Some(filled_in(1, "has_it", false)),
        reason: "by mistake".to_owned(),
    };
    let refused = story.is_refused("dora", corrected);
    assert_eq!(refused.rule.code(), "field_missing", "{refused:?}");
}

#[test]
fn the_check_ends_once_every_entry_is_decided_on() {
    let mut story = story();
    let close = || Act::Close { reason: None };
    for entry in 1..=3 {
        let refused = story.is_refused("dora", close());
        assert_eq!(refused.rule.code(), "needs_condition", "{refused:?}");
        story.does("dora", answer(entry, "lacks_it", false));
    }
    story.does("dora", close());
}

#[test]
fn an_answer_is_offered_while_there_is_an_entry() {
    let offered = |story: &Story| {
        let compare = Offered::Record(ActId::new("compare"));
        let offers = story.offers("dora");
        let offer = offers.iter().find(|offer| offer.what == compare);
        let open: Option<Vec<bool>> =
            offer.map(|offer| offer.outcomes.iter().map(|one| one.1.is_none()).collect());
        open.unwrap_or_default()
    };
    let mut story = story();
    assert_eq!(offered(&story), vec![true, true, true]);
    let entries = story.state().entries.iter().skip(1);
    let entries: Vec<u32> = entries.map(|entry| entry.seq).collect();
    for seq in entries {
        story.does("dora", void(seq));
    }
    assert_eq!(standings(&story), []);
    assert_eq!(offered(&story), Vec::<bool>::new());
}
