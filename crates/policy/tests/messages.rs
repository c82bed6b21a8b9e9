//! Findings say what to do, and say it once.

mod support;

use huiyin_texts::{Args, Lang, render};
use support::{check_text, codes, listing, read, root};

/// The example policy with something else in place of a text that stands in it once.
fn example(before: &str, after: &str) -> huiyin_policy::Checked {
    let text = read(&root().join("docs/findings/example.yaml"));
    assert_eq!(text.matches(before).count(), 1);
    check_text(text.replacen(before, after, 1))
}

/// Message and help of the only finding.
fn only(checked: &huiyin_policy::Checked) -> [String; 2] {
    let mut findings = checked.findings.iter();
    let finding = findings.next().expect("there is a finding");
    assert_eq!(findings.count(), 0, "{}", listing(checked));
    let worded = |message: &huiyin_diagnostic::Message| {
        let args = message.args().iter();
        let args = args.fold(Args::new(), |args, (name, value)| {
            args.with(name, value.as_str())
        });
        render(Lang::En, message.key(), &args)
    };
    let help = finding.help.as_ref().map(&worded);
    [worded(&finding.message), help.unwrap_or_default()]
}

#[test]
fn all_words_that_may_stand_there_are_listed() {
    let [message, help] = only(&example("kinds:\n", "retention: {}\nkinds:\n"));
    assert_eq!(message, "there is no `retention` here");
    assert!(help.contains("vouchers") && !help.contains('…'), "{help}");
}

#[test]
fn one_of_several_that_are_missing_is_asked_for() {
    let measure = "statistics: {paid: {title: {zh-CN: 已付, en: Paid}, kinds: inquiry, clause: A.1}}\nkinds:\n";
    let [message, help] = only(&example("kinds:\n", measure));
    assert_eq!(
        message,
        "one of these is missing here: `duration / in_time / tally / rate / sum`"
    );
    assert_eq!(help, "Add one of them.");
}

#[test]
fn a_band_that_can_not_be_read_is_no_gap_besides() {
    let bands = "roles: {head: {title: {zh-CN: 经理, en: Head}, position: head}}\nbands:\n  authority:\n    of: form.amount\n    clause: A.1\n    rows: [{up_to: 500 pounds, decider: head}, {above: 500, decider: head}]\nkinds:\n";
    let checked = example("kinds:\n", bands);
    let figures = codes(&checked)
        .into_iter()
        .filter(|code| *code == "HY-P053");
    assert_eq!(figures.count(), 0, "{}", listing(&checked));
    assert!(
        codes(&checked).contains(&"HY-P015"),
        "{}",
        listing(&checked)
    );
}

#[test]
fn whoever_answers_for_a_duty_is_among_those_who_may_act() {
    let duty = |by: &str| {
        let duty = format!(
            "roles:\n  head: {{title: {{zh-CN: 经理, en: Head}}, position: head}}\n  clerk: {{title: {{zh-CN: 经办, en: Clerk}}, position: clerk}}\nduties:\n  round: {{title: {{zh-CN: 检查, en: Round}}, opens: round, by: head, every: once a month, clause: A.1}}\nkinds:\n  round:\n    title: {{zh-CN: 检查, en: Round}}\n    internal: true\n    clause: A.1\n    open: {{by: clerk, channels: [phone], part: round_form, series: number, clause: A.1}}\n    steps: {{looking: {{title: {{zh-CN: 检查, en: Looking}}, by: {by}, moves: [{{on: closed, then: closed}}]}}}}\n"
        );
        let text = read(&root().join("docs/findings/example.yaml"));
        let form = "  round_form: {title: {zh-CN: 检查, en: Round}, fields: {subject: {title: {zh-CN: 事由, en: Subject}, type: text, meaning: subject}}}\nacts:\n";
        let text = text.replacen("acts:\n", form, 1);
        check_text(text.replacen("kinds:\n", &duty, 1))
    };
    assert_eq!(
        codes(&duty("clerk")),
        ["HY-P058"],
        "{}",
        listing(&duty("clerk"))
    );
    for fits in [
        "head",
        "taker",
        "[clerk, head]",
        "{position: head}",
        "anyone",
    ] {
        let checked = duty(fits);
        assert!(codes(&checked).is_empty(), "{fits}: {}", listing(&checked));
    }
}

#[test]
fn what_the_engine_knows_of_a_case_is_listed() {
    let [message, help] = only(&example(
        "        clause: A.1\n",
        "        when: case.lead_unit\n        clause: A.1\n",
    ));
    assert_eq!(message, "no part has a field `case.lead_unit`");
    assert!(
        help.contains("case.refusals, case.reopens") || help.contains("case.reopens"),
        "{help}"
    );
    assert!(!help.contains("form.subject"), "{help}");
}

#[test]
fn choices_have_no_order_and_it_is_said_what_has() {
    let [_, help] = only(&example(
        "        clause: A.1\n",
        "        when: form.market > 'home'\n        clause: A.1\n",
    ));
    assert!(
        help.contains("==, != and in") && help.contains("levels"),
        "{help}"
    );
}

#[test]
fn a_text_with_a_figure_in_it_takes_quotes() {
    let [_, help] = only(&example(
        "title: {zh-CN: 答复时限, en: Reply}",
        "title: {zh-CN: 现在{step}环节。, en: Reply}",
    ));
    assert!(help.contains("takes quotes"), "{help}");
}
