//! Copies of forms, and objections to decisions: what is wrong is found where it stands.

mod support;

use huiyin_policy::Checked;
use support::{assert_marked, check_text, listing, read, replaced, root};

/// The example of the findings with a form that has two copies, and what is changed in it.
fn check(change: impl Fn(String) -> String) -> Checked {
    let example = read(&root().join("docs/findings/example.yaml"));
    let with = |text: String, before: &str, more: &str| {
        assert_eq!(text.matches(before).count(), 1, "{before}");
        text.replacen(before, &format!("{before}{more}"), 1)
    };
    let text = with(
        example,
        "abroad: {zh-CN: 外销, en: Abroad}}\n",
        "  note_form:\n    title: {zh-CN: 通知单, en: Note}\n    copies:\n      \
         first: {title: {zh-CN: 第一联, en: First}, to: taker}\n      \
         second: {title: {zh-CN: 第二联, en: Second}, to: lead_unit, clause: A.1}\n    \
         never_to: {who: [customer, dispatcher], clause: A.1}\n    fields:\n      \
         text: {title: {zh-CN: 内容, en: Text}, type: text}\n  sending:\n    \
         title: {zh-CN: 分送, en: Handing out}\n    fields:\n      \
         sent: {title: {zh-CN: 送出的联, en: Copies}, type: copies, of: note_form}\n",
    );
    let text = with(
        text,
        "to_customer: true, clause: A.1}\n",
        "  write_note: {title: {zh-CN: 填单, en: Write}, part: note_form, clause: A.1}\n  \
         hand_out: {title: {zh-CN: 分送, en: Hand out}, part: sending, clause: A.1}\n",
    );
    let text = text.replacen("acts: [answer]", "acts: [answer, write_note, hand_out]", 1);
    let text = text.replacen(
        "{on: closed, then: closed}",
        "{on: closed, then: closed, needs: [{copies: note_form, copy: second, clause: A.1}]}",
        1,
    );
    check_text(change(text))
}

fn check_broken(from: &str, to: &str, expected: &[(&str, &str)]) {
    assert_marked(&check(|text| replaced(&text, from, to)), expected);
}

#[test]
fn a_form_with_copies_checks() {
    let checked = check(|text| text);
    assert!(checked.policy.is_some(), "{}", listing(&checked));
    assert_marked(&checked, &[]);
}

#[test]
fn copies_that_are_not_there_are_found() {
    check_broken("copy: second", "copy: third", &[("HY-P020", "third")]);
    check_broken("copies: note_form", "copies: form", &[("HY-P020", "form")]);
    check_broken("of: note_form", "of: form", &[("HY-P020", "form")]);
    check_broken(", of: note_form}", "}", &[("HY-P011", "sent")]);
}

#[test]
fn copies_that_no_act_hands_out_are_not_waited_for() {
    check_broken(
        "write_note, hand_out]",
        "write_note]",
        &[
            ("HY-P022", "hand_out"),
            ("HY-P044", "{copies: note_form, copy: second, clause: A.1}"),
        ],
    );
}

#[test]
fn a_form_reaches_nobody_who_must_never_get_it() {
    check_broken(
        "to: taker}",
        "to: [taker, dispatcher]}",
        &[("HY-P063", "to")],
    );
    check_broken(
        "part: note_form, clause: A.1}",
        "part: note_form, to_customer: true, clause: A.1}",
        &[("HY-P063", "to_customer")],
    );
    check_broken(
        "part: note_form, clause: A.1}",
        "part: note_form, by: [customer, lead_unit], clause: A.1}",
        &[("HY-P063", "by")],
    );
}

#[test]
fn only_an_objection_has_a_decider_above() {
    check_broken("by: lead_unit", "by: decider_above", &[("HY-P044", "by")]);
}

#[test]
fn an_objection_is_to_an_act_with_a_band() {
    check_broken(
        "    steps:\n",
        "    raised_from: {inquiry: {by: anyone, above: answer, clause: A.1}}\n    steps:\n",
        &[("HY-P054", "answer")],
    );
}
