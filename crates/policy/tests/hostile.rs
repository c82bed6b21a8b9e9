//! Files made to hurt: every one is refused with a finding, quickly and without a panic.

mod support;

use huiyin_policy::yaml::limits::{
    DEPTH_MAX, ENTRIES_MAX, FILE_BYTES_MAX, NODES_MAX, SCALAR_CHARS_MAX,
};
use support::{check_text, codes, general, listing};

fn check(text: impl Into<Vec<u8>>, expected: &[&str]) {
    let checked = check_text(text);
    assert_eq!(codes(&checked), expected, "{}", listing(&checked));
    assert!(checked.policy.is_none());
}

#[test]
fn a_hundred_thousand_levels_are_one_finding() {
    check("[".repeat(100_000), &["HY-P002"]);
    check("{a: ".repeat(100_000), &["HY-P002"]);
    check("- ".repeat(100_000), &["HY-P002"]);
    check("? ".repeat(100_000), &["HY-P002"]);
    check("[{a: ".repeat(100_000), &["HY-P002"]);
}

#[test]
fn a_staircase_of_indentation_is_one_finding() {
    let stairs: String = (0..1_000)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    check(stairs, &["HY-P002"]);
}

#[test]
fn the_deepest_allowed_nesting_is_read() {
    let deep = format!("{}{}", "[".repeat(DEPTH_MAX), "]".repeat(DEPTH_MAX));
    check(deep, &["HY-P011", "HY-P012"]);
    let deeper = format!("{}{}", "[".repeat(DEPTH_MAX + 1), "]".repeat(DEPTH_MAX + 1));
    check(deeper, &["HY-P002"]);
}

#[test]
fn a_bomb_of_aliases_does_not_unfold() {
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n";
    let checked = check_text(bomb);
    assert!(codes(&checked).iter().all(|code| *code == "HY-P005"));
    assert_eq!(checked.findings.len(), 9);
}

#[test]
fn tags_and_merge_keys_are_refused() {
    check("policy: !!str x\n", &["HY-P005"]);
    check("policy: {<<: {id: x}}\n", &["HY-P005"]);
    check("policy: {[a]: b}\n", &["HY-P005"]);
}

#[test]
fn a_file_over_its_budgets_is_one_finding() {
    check("a".repeat(FILE_BYTES_MAX + 1), &["HY-P002"]);
    check(
        format!("a: {}", "b".repeat(SCALAR_CHARS_MAX + 1)),
        &["HY-P002"],
    );
    check(
        format!("a: \"{}\"", "b".repeat(FILE_BYTES_MAX - 10)),
        &["HY-P002"],
    );
    check(format!("[{}]", "a,".repeat(ENTRIES_MAX + 1)), &["HY-P002"]);
    check("- a\n".repeat(ENTRIES_MAX + 1), &["HY-P002"]);
    let row = format!("- [{}]\n", "a,".repeat(ENTRIES_MAX - 1));
    check(row.repeat(NODES_MAX / ENTRIES_MAX + 1), &["HY-P002"]);
}

#[test]
fn what_is_not_plain_text_is_refused() {
    check(b"policy: {id: \xff}".to_vec(), &["HY-P001"]);
    check("\u{FEFF}policy: {id: x}", &["HY-P001"]);
    check("policy: {id: \0}", &["HY-P001"]);
    check("policy:\n\tid: x", &["HY-P001"]);
    check("policy: \u{1b}[31m", &["HY-P001"]);
}

#[test]
fn a_second_document_and_no_document_are_refused() {
    check("policy: {}\n---\npolicy: {}\n", &["HY-P006"]);
    check("", &["HY-P006"]);
    check("# nothing\n", &["HY-P006"]);
}

#[test]
fn pathological_conditions_are_findings() {
    let with = |condition: &str| {
        let from = "when: inquiry_form.other_unit || case.by_customer\n        stop";
        let to = format!("when: \"{condition}\"\n        stop");
        let text = general().replace(from, &to);
        codes(&check_text(text))
    };
    assert_eq!(with(&"!!(".repeat(400)), ["HY-P031"]);
    assert_eq!(
        with(&format!("{}true", "!(false || ".repeat(80))),
        ["HY-P031"]
    );
    assert_eq!(with(&vec!["1"; 400].join("<")), ["HY-P034"]);
    for broken in ["!!(", "(", "[", "-", "{", "'"] {
        let codes = with(&broken.repeat(333));
        assert!(
            codes == ["HY-P030"] || codes == ["HY-P031"],
            "{broken}: {codes:?}"
        );
    }
    assert_eq!(with("true ||"), ["HY-P030"]);
    assert_eq!(with("客户"), ["HY-P030"]);
    assert_eq!(with("[1].map(a, [2].map(b, a))[0] == 1"), ["HY-P035"]);
}

#[test]
fn wrong_types_everywhere_are_findings() {
    for value in [
        "", "x", "[]", "{}", "[a]", "1.5", "{a: b}", "[[]]", "~", "'{'",
    ] {
        for section in [
            "policy", "clauses", "params", "roles", "channels", "series", "parts", "acts",
            "notices", "bands", "splits", "kinds",
        ] {
            let top = check_text(format!("{section}: {value}\n"));
            assert!(top.policy.is_none());
            let inner = check_text(format!("{section}: {{x: {value}}}\n"));
            assert!(inner.policy.is_none());
        }
    }
}
