//! Conditions over one small form.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Condition, Fact, FactType, Problem, Truth, compile};
use crate::model::FactPath;

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn type_of(path: &FactPath) -> Option<FactType> {
    Some(match path.to_string().as_str() {
        "form.urgent" => FactType::Bool,
        "form.amount" => FactType::Number,
        "form.text" => FactType::Text,
        "form.shipped" => FactType::Date,
        "form.market" => FactType::Choice(names(&["home", "abroad"])),
        "form.remedy" => FactType::Choices(names(&["return", "rework"])),
        "form.unit" => FactType::Party("unit"),
        "form.person" => FactType::Party("person"),
        _ => return None,
    })
}

fn condition(source: &str) -> Condition {
    compile(source, &type_of).expect("the condition is right")
}

fn on_record(path: &FactPath) -> Option<Fact> {
    Some(match path.to_string().as_str() {
        "form.urgent" => Fact::Bool(true),
        "form.amount" => Fact::Number(Decimal::new(10_000_001, 2)),
        "form.market" => Fact::Word("home".to_owned()),
        "form.remedy" => Fact::Words(vec!["return".to_owned(), "rework".to_owned()]),
        "form.shipped" => Fact::Date(jiff::civil::date(2026, 2, 13)),
        _ => return None,
    })
}

fn holds(source: &str, expected: bool) {
    assert_eq!(condition(source).holds(&on_record), expected, "{source}");
}

fn refused(source: &str) -> Problem {
    compile(source, &type_of).expect_err("the condition is wrong")
}

#[test]
fn comparisons_are_exact_to_the_cent() {
    holds("form.amount > 100000", true);
    holds("form.amount == 100000.01", true);
    holds("form.amount <= 100000", false);
    holds("form.amount >= -0.01", true);
}

#[test]
fn choices_dates_and_sizes_are_compared() {
    holds("form.market == 'home'", true);
    holds("form.market in ['abroad', 'home']", true);
    holds("'return' in form.remedy && size(form.remedy) == 2", true);
    holds("form.remedy.size() < 2", false);
    holds("form.shipped < '2026-02-14'", true);
    holds("!(form.urgent && form.market == 'abroad')", true);
}

#[test]
fn neither_a_condition_on_a_missing_fact_nor_its_opposite_holds() {
    for source in [
        "form.text == 'x'",
        "!(form.text == 'x')",
        "form.text != 'x'",
    ] {
        assert_eq!(condition(source).truth(&on_record), Truth::Unknown);
        holds(source, false);
    }
    holds("!has(form.text)", true);
    holds("has(form.text) && form.text == 'x'", false);
    holds("form.urgent || form.text == 'x'", true);
}

#[test]
fn the_facts_of_a_condition_are_named_once() {
    let condition = condition("form.urgent && (form.market == 'home' || !form.urgent)");
    let facts: Vec<String> = condition.facts().iter().map(ToString::to_string).collect();
    assert_eq!(facts, ["form.urgent", "form.market"]);
}

#[test]
fn names_and_choices_must_be_declared() {
    assert_eq!(
        refused("form.urgnt"),
        Problem::UnknownFact("form.urgnt".to_owned())
    );
    assert_eq!(refused("urgent"), Problem::UnknownFact("urgent".to_owned()));
    assert!(matches!(
        refused("form.market == 'moon'"),
        Problem::UnknownChoice { choice, .. } if choice == "moon"
    ));
    assert!(matches!(
        refused("'moon' in form.remedy"),
        Problem::UnknownChoice { .. }
    ));
    assert!(matches!(
        refused("form.market in ['moon']"),
        Problem::UnknownChoice { .. }
    ));
}

#[test]
fn sides_of_different_types_are_refused() {
    for source in [
        "form.amount == 'x'",
        "form.urgent == 1",
        "form.market < 'home'",
        "form.text < 'x'",
        "form.shipped == '13 Feb'",
        "form.unit == form.person",
        "form.unit == 'north'",
        "form.amount in form.remedy",
        "form.market in form.remedy",
        "size(form.text) == 1",
        "form.remedy == 'return'",
    ] {
        assert!(
            matches!(refused(source), Problem::Mismatch { .. }),
            "{source}"
        );
    }
}

#[test]
fn what_is_not_yes_or_no_is_refused() {
    for source in [
        "form.amount",
        "1",
        "'x'",
        "size(form.remedy)",
        "!form.amount",
    ] {
        assert!(
            matches!(refused(source), Problem::NotYesNo { .. }),
            "{source}"
        );
    }
}

#[test]
fn what_could_loop_or_compute_is_refused() {
    for source in [
        "form.amount + 1 > 2",
        "form.remedy.exists(x, x == 'return')",
        "[1, 2].all(x, x > 0)",
        "form.urgent ? true : false",
        "form.text.matches('(a+)+$')",
        "form.remedy[0] == 'return'",
        "{'a': 1} == {'a': 1}",
        "form.text == null",
    ] {
        assert!(
            matches!(refused(source), Problem::Unsupported(_)),
            "{source}: {:?}",
            refused(source)
        );
    }
}
