//! What is wrong with a test file, or came out otherwise, is found at its place.

use huiyin_policy::SourceFile;
use huiyin_scenario::{codes, run};
use huiyin_testkit::{calendar, workshop};

const CAST: &str = "
units: {desk: {}, north: {in: desk}}
people: {dora: {unit: desk, positions: [desk]}, mia: {unit: north}}
forms: {tap: {subject: tap, damaged: no, weight: light}}
tests:
  - test: a story
    clauses: [W.1]
    steps:
      - {at: 2026-03-02T09:00, dora: register repair, channel: phone, with: tap}
";

/// Adds a step to a story and asks for the code and the marked words.
fn check(step: &str, code: huiyin_diagnostic::Code, marked: &str) {
    check_file(&format!("{CAST}      - {step}\n"), code, marked);
}

fn check_file(text: &str, code: huiyin_diagnostic::Code, marked: &str) {
    let run = run(
        &workshop(),
        &calendar(),
        &[SourceFile::new("tests/story.yaml", text)],
    );
    let found: Vec<_> = run
        .problems()
        .map(|finding| (finding.code, run.sources.excerpt(finding.place)))
        .collect();
    assert_eq!(found, [(code, marked)], "{text}");
}

#[test]
fn a_story_without_mistakes_passes() {
    let run = run(
        &workshop(),
        &calendar(),
        &[SourceFile::new("tests/story.yaml", CAST)],
    );
    assert!(run.passed());
}

#[test]
fn mistakes_are_found_at_their_place() {
    check(
        "{dora: dispatch south}",
        codes::UNKNOWN_NAME,
        "dispatch south",
    );
    check("{dorr: dispatch north}", codes::UNKNOWN_KEY, "dorr");
    check(
        "{dora: dispatch north, mia: accept}",
        codes::UNKNOWN_KEY,
        "mia",
    );
    check("{dora: sing}", codes::BAD_VALUE, "sing");
    check("{dora: note}", codes::MISSING_KEY, "{dora: note}");
    check("{at: yesterday}", codes::BAD_VALUE, "yesterday");
    check(
        "{at: 2026-03-02T08:00}",
        codes::TIME_GOES_BACK,
        "2026-03-02T08:00",
    );
    check("{dora: record tel}", codes::UNKNOWN_NAME, "record tel");
    check(
        "{dora: record tell, with: tapp}",
        codes::UNKNOWN_NAME,
        "tapp",
    );
    check("{expect: {stepp: sorting}}", codes::UNKNOWN_KEY, "stepp");
    check("{expect: {clocks: {word: soon}}}", codes::BAD_VALUE, "soon");
    check_file(&CAST.replace("W.1", "W.99"), codes::UNKNOWN_NAME, "W.99");
    check_file(
        &CAST.replace("in: desk", "in: dask"),
        codes::UNKNOWN_NAME,
        "dask",
    );
    check_file(
        &CAST.replace("test: a story", "tset: a story"),
        codes::UNKNOWN_KEY,
        "tset",
    );
    check_file("tests: 3", codes::BAD_VALUE, "3");
}

#[test]
fn what_comes_out_otherwise_is_found_at_its_place() {
    check("{mia: dispatch north}", codes::REFUSED, "dispatch north");
    check(
        "{dora: dispatch north, refused: {rule: not_entitled}}",
        codes::NOT_REFUSED,
        "{rule: not_entitled}",
    );
    check(
        "{mia: dispatch north, refused: {rule: case_ended}}",
        codes::DIFFERENT,
        "case_ended",
    );
    check(
        "{mia: dispatch north, refused: {clause: W.1}}",
        codes::DIFFERENT,
        "W.1",
    );
    check(
        "{dora: register repair, channel: phone, with: tap, as: other, requires: [subject, bought]}",
        codes::NOT_REFUSED,
        "bought",
    );
    check(
        "{mia: dispatch north, requires: subject, refused: {rule: not_entitled}}",
        codes::DIFFERENT,
        "subject",
    );
    check("{expect: {step: bench}}", codes::DIFFERENT, "bench");
    check(
        "{expect: {holder: [desk, dora]}}",
        codes::DIFFERENT,
        "[desk, dora]",
    );
    check("{expect: {clocks: {word: met}}}", codes::DIFFERENT, "met");
    check(
        "{expect: {clocks: {word: 2026-03-03T10:00}}}",
        codes::DIFFERENT,
        "2026-03-03T10:00",
    );
    check(
        "{expect: {fields: {intake.subject: pipe}}}",
        codes::DIFFERENT,
        "pipe",
    );
    check(
        "{expect: {can: {mia: [dispatch]}}}",
        codes::DIFFERENT,
        "[dispatch]",
    );
    check(
        "{expect: {cannot: {dora: [dispatch]}}}",
        codes::DIFFERENT,
        "[dispatch]",
    );
    check(
        "{at: 2026-03-03T09:01, expect: {sent: {late: 0}}}",
        codes::DIFFERENT,
        "0",
    );
}

#[test]
fn every_code_has_its_texts() {
    for code in codes::ALL {
        let key = code.as_str().to_lowercase();
        assert!(huiyin_texts::has(&key), "{key}");
        assert!(huiyin_texts::has(&format!("{key}-help")), "{key}-help");
    }
}

/// A step that mentions something there is none of: in an expectation that would hold all the same, because what is spelt
/// wrong never happened.
fn is_unknown(step: &str, marked: &str) {
    check(step, codes::UNKNOWN_NAME, marked);
}

#[test]
fn what_is_expected_not_to_be_there_must_exist() {
    for (line, marked) in [
        ("{clocks: {wrd: never}}", "wrd"),
        ("{told: {soonn: []}}", "soonn"),
        ("{sent: {soonn: 0}}", "soonn"),
        ("{acts: {tel: 0}}", "tel"),
        ("{fields: {intake.subjct: none}}", "intake.subjct"),
        ("{fields: {intke.subject: none}}", "intke.subject"),
        ("{parties: {accused: 0}}", "accused"),
        ("{cases: {repairs: 0}}", "repairs"),
        ("{counted: {opend: never}}", "opend"),
        ("{levels: {severty: none}}", "severty"),
        ("{contacts: {calling: none}}", "calling"),
        ("{sealed: {teller: []}}", "teller"),
        ("{cannot: {mia: [acept]}}", "acept"),
        ("{cannot: {mia: [record tel]}}", "record tel"),
        ("{cannot: {mia: [pause wrd]}}", "pause wrd"),
        ("{cannot: {mia: [close, reopn]}}", "reopn"),
    ] {
        is_unknown(&format!("{{expect: {line}}}"), marked);
    }
}

#[test]
fn what_is_expected_to_be_there_must_exist() {
    for (line, marked) in [
        ("{step: sortin}", "sortin"),
        ("{stage: opened}", "opened"),
        ("{ended: witdrawn}", "witdrawn"),
        ("{holder: [desk, drra]}", "drra"),
        ("{lead_unit: south}", "south"),
        ("{taker: dorr}", "dorr"),
        ("{first_contact: dorr}", "dorr"),
        ("{told: {soon: [mie]}}", "mie"),
        ("{seen_by: [mie]}", "mie"),
        ("{hidden_from: mie}", "mie"),
        ("{read_by: mie}", "mie"),
        ("{milestone: dne}", "dne"),
        ("{shown: [tel]}", "tel"),
        ("{raised: other}", "other"),
        ("{sample: other}", "other"),
        ("{links: {repeats: other}}", "other"),
        ("{fields: {intake.weight: heavy}}", "heavy"),
        ("{fields: {intake.maker: mie}}", "mie"),
        ("{fields: {intake.shop: south}}", "south"),
        ("{can: {dora: [dispach]}}", "dispach"),
    ] {
        is_unknown(&format!("{{expect: {line}}}"), marked);
    }
}

#[test]
fn a_command_that_is_to_be_refused_names_what_there_is() {
    for (step, marked) in [
        (
            "{mia: pause wrd, for: custmer, refused: {rule: not_entitled}}",
            "custmer",
        ),
        (
            "{mia: resume wrd, refused: {rule: clock_not_in_that_state}}",
            "resume wrd",
        ),
        (
            "{mia: extend wrd, more: 1, refused: {rule: not_entitled}}",
            "extend wrd",
        ),
        (
            "{mia: remove accused, reason: gone, refused: {rule: not_entitled}}",
            "remove accused",
        ),
        (
            "{mia: set severty major, reason: so, refused: {rule: not_entitled}}",
            "set severty major",
        ),
        (
            "{mia: open_seal teller, reason: so, refused: {rule: not_entitled}}",
            "open_seal teller",
        ),
        (
            "{mia: register repair, as: other, channel: fone, with: tap, refused: {rule: not_entitled}}",
            "fone",
        ),
        (
            "{mia: dispatch north, refused: {rule: not_entitld}}",
            "not_entitld",
        ),
        (
            "{mia: dispatch north, refused: {rule: not_entitled, clause: W.99}}",
            "W.99",
        ),
        (
            "{dora: record tell, with: {txt: soon}, refused: {rule: field_missing}}",
            "txt",
        ),
        (
            "{mia: register repair, as: other, channel: phone, with: {like: tap, weight: heavy}, refused: {rule: not_entitled}}",
            "heavy",
        ),
        (
            "{mia: dispatch north, requires: [subjct], refused: {rule: not_entitled}}",
            "subjct",
        ),
    ] {
        is_unknown(step, marked);
    }
}

#[test]
fn names_that_the_engine_is_to_refuse_are_left_to_it() {
    let story = format!(
        "{CAST}      - {{dora: register repair, as: other, channel: phone, with: {{like: tap, weight: heavy}}, refused: {{rule: field_invalid}}}}\n      - {{dora: register repair, as: other, channel: phone, with: {{like: tap, wieght: light}}, refused: {{rule: field_unknown}}}}\n"
    );
    let files = [SourceFile::new("tests/story.yaml", story)];
    let run = run(&workshop(), &calendar(), &files);
    let problems: Vec<_> = run.problems().collect();
    assert!(run.passed(), "{problems:?}");
}

#[test]
fn it_is_said_what_was_probably_meant() {
    let text = format!("{CAST}      - {{expect: {{clocks: {{wrd: never}}}}}}\n");
    let files = [SourceFile::new("tests/story.yaml", text)];
    let run = run(&workshop(), &calendar(), &files);
    let finding = run.problems().next().expect("it fails");
    let meant = |(name, value): &(_, String)| *name == "meant" && value == "word";
    assert!(finding.message.args().iter().any(meant), "{finding:?}");
}
