//! Comparing a book with the system: what is wrong is found where it stands.

mod support;

use huiyin_policy::{Checked, SourceFile, check};
use support::{assert_marked, listing, read, replaced, root};

/// The example of the page about the language, beside the example of the findings.
fn checked(change: impl Fn(String) -> String) -> Checked {
    let page = read(&root().join("docs/policy-language.md"));
    let (_, chapter) = page
        .split_once("## Comparing a book with the system")
        .expect("the page has this chapter");
    let (_, block) = chapter
        .split_once("```yaml runnable\n")
        .expect("the chapter has an example");
    let (block, _) = block.split_once("\n```").expect("it ends");
    check(&[
        SourceFile::new("book.yaml", change(block.to_owned())),
        SourceFile::new(
            "policy.yaml",
            read(&root().join("docs/findings/example.yaml")),
        ),
    ])
}

#[track_caller]
fn check_broken(from: &str, to: &str, expected: &[(&str, &str)]) {
    assert_marked(&checked(|text| replaced(&text, from, to)), expected);
}

#[test]
fn the_example_checks() {
    let checked = checked(|text| text);
    assert!(checked.policy.is_some(), "{}", listing(&checked));
}

#[test]
fn what_is_not_there_is_found() {
    check_broken(
        "entries: {act: enter,",
        "entries: {act: entre,",
        &[("HY-P020", "entre")],
    );
    check_broken("kinds: book_check", "kinds: book", &[("HY-P020", "book")]);
    check_broken(
        "on: written_on",
        "on: writen_on",
        &[("HY-P032", "writen_on")],
    );
    check_broken("found: has_it", "found: had_it", &[("HY-P055", "had_it")]);
    check_broken("{amount: form", "{amonut: form", &[("HY-P032", "amonut")]);
    check_broken("    within_days: 7\n", "", &[("HY-P011", "book")]);
}

#[test]
fn fields_of_another_type_are_found() {
    check_broken(
        "unit: check_form.store",
        "unit: check_form.from",
        &[("HY-P034", "check_form.from")],
    );
    check_broken("on: written_on", "on: text", &[("HY-P034", "text")]);
    check_broken("entry: entry,", "entry: answer,", &[("HY-P034", "answer")]);
    check_broken("case: which,", "case: answer,", &[("HY-P034", "answer")]);
    check_broken(
        "{amount: form.amount}",
        "{amount: form.subject}",
        &[("HY-P034", "form.subject")],
    );
    check_broken("type: integer,", "type: quantity,", &[("HY-P034", "entry")]);
}

#[test]
fn a_book_that_cannot_be_compared_is_found() {
    check_broken(
        "missing: lacks_it}",
        "missing: has_it}",
        &[("HY-P097", "has_it")],
    );
    check_broken(
        "acts: [enter, decide]",
        "acts: decide",
        &[("HY-P097", "act")],
    );
    check_broken(
        "from: check_form.from",
        "from: book_entry.written_on",
        &[("HY-P097", "from")],
    );
    check_broken(
        "reconciliations.book.undecided == 0",
        "reconciliations.book.undecidid == 0",
        &[("HY-P032", "reconciliations.book.undecidid")],
    );
}
