//! Shares that leave a rest, and shares of shares (P2.12).

mod support;

use huiyin_policy::Checked;
use huiyin_policy::model::ClockId;
use support::{assert_marked, check_text, read, replaced, root};

/// The clock of 15 days at home and 18 abroad, of which the department has 7 with the plant's 2 in them, and the branch 5.
fn check(change: impl Fn(String) -> String) -> Checked {
    let example = read(&root().join("docs/findings/example.yaml"));
    let flow = "          - {on: answer, then: in_plant}\n      \
                in_plant:\n        title: {zh-CN: 工厂, en: Plant}\n        by: lead_unit\n        moves:\n          \
                - {on: accepted, then: agreeing}\n      \
                agreeing:\n        title: {zh-CN: 商定, en: Agreeing}\n        by: lead_unit\n        moves:\n          \
                - {on: accepted, then: carrying_out}\n      \
                carrying_out:\n        title: {zh-CN: 落实, en: Carrying out}\n        by: lead_unit\n        moves:\n          \
                - {on: closed, then: closed}\n";
    let shares = "        stop: closed\n        length: {by: form.market, home: 15 days, abroad: 18 days}\n        clause: A.1\n    \
                  shares:\n      of: reply\n      rest: nobody\n      clause: A.1\n      parts:\n        \
                  department:\n          steps: handling..agreeing\n          length: 7 days\n          \
                  of_which: {plant: {steps: in_plant, length: 2 days}}\n        \
                  branch: {steps: carrying_out, length: 5 days}\n";
    let text = example
        .replacen("          - {on: closed, then: closed}\n", flow, 1)
        .replacen(
            "        stop: answer\n        length: 3 working days\n        clause: A.1\n",
            shares,
            1,
        )
        .replacen(
            "type: one_of\n",
            "type: one_of\n        required: true\n",
            1,
        );
    check_text(change(text))
}

fn check_broken(from: &str, to: &str, expected: &[(&str, &str)]) {
    assert_marked(&check(|text| replaced(&text, from, to)), expected);
}

#[test]
fn a_part_of_the_whole_may_be_nobodys() {
    assert_marked(&check(|text| text), &[]);
    // 10 and 5: all of the shortest whole.
    check_broken("length: 7 days", "length: 10 days", &[]);
}

#[test]
fn shares_never_come_to_more_than_the_shortest_whole() {
    check_broken("length: 7 days", "length: 11 days", &[("HY-P050", "of")]);
    check_broken("home: 15 days", "home: 11 days", &[("HY-P050", "of")]);
    check_broken(
        "length: 5 days",
        "length: 5 working days",
        &[("HY-P050", "of")],
    );
}

#[test]
fn without_a_rest_the_whole_must_be_given_out() {
    check_broken("      rest: nobody\n", "", &[("HY-P050", "of")]);
    check_broken("rest: nobody", "rest: somebody", &[("HY-P014", "somebody")]);
}

#[test]
fn what_a_share_gives_on_is_not_more_than_the_share() {
    check_broken("length: 2 days", "length: 7 days", &[]);
    check_broken(
        "length: 2 days",
        "length: 8 days",
        &[("HY-P050", "department")],
    );
    check_broken(
        "in_plant, length: 2 days}",
        "in_plant, length: 2 days, of_which: {team: {steps: in_plant, length: 3 days}}}",
        &[("HY-P050", "plant")],
    );
}

#[test]
fn a_share_of_a_share_lies_within_its_steps() {
    check_broken(
        "{steps: in_plant, length: 2 days}",
        "{steps: carrying_out, length: 2 days}",
        &[("HY-P051", "plant")],
    );
    check_broken(
        "{plant: {steps: in_plant, length: 2 days}}",
        "{plant: {steps: in_plant, length: 1 day}, team: {steps: handling..in_plant, length: 1 day}}",
        &[("HY-P051", "team")],
    );
}

#[test]
fn no_two_shares_are_called_alike() {
    check_broken("{plant: {", "{branch: {", &[("HY-P004", "branch")]);
}

#[test]
fn a_share_is_called_by_its_title_or_as_its_first_step() {
    let titled = "{plant: {title: {zh-CN: 工厂时限, en: The plant's}, ";
    let checked = check(|text| text.replacen("{plant: {", titled, 1));
    let policy = checked.policy.expect("the policy checks");
    let title = |clock: &str| {
        let kind = policy.kinds.values().next()?;
        kind.clock_title(&ClockId::new(clock))
            .map(|title| title.en.as_str())
    };
    assert_eq!(title("plant"), Some("The plant's"));
    assert_eq!(title("department"), Some("Handling"));
    assert_eq!(title("reply"), Some("Reply"));
    assert_eq!(title("nothing"), None);
}
