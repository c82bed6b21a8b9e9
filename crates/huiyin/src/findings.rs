//! Findings on a terminal and for programs.

use huiyin_api::message_in_words;
use huiyin_diagnostic::{Finding, Headings, Report, Severity, Sources};
use huiyin_texts::{Args, Lang, render};
use serde_json::{Value, json};

/// A finding as text, with the line it is about and a mark under it.
pub(crate) fn to_text(finding: &Finding, sources: &Sources, folder: &str, lang: Lang) -> String {
    let mut report = Report::new(finding, sources, &|message| message_in_words(message, lang));
    report.place.file = format!("{folder}/{}", report.place.file);
    report.to_text(&headings(lang))
}

/// A finding as data.
pub(crate) fn to_json(finding: &Finding, sources: &Sources, folder: &str, lang: Lang) -> Value {
    let report = Report::new(finding, sources, &|message| message_in_words(message, lang));
    let place = |place: &huiyin_diagnostic::ReportedPlace| {
        json!({
            "file": format!("{folder}/{}", place.file),
            "start": {"byte": place.start_byte, "line": place.start.line, "column": place.start.column},
            "end": {"byte": place.end_byte, "line": place.end.line, "column": place.end.column},
        })
    };
    json!({
        "code": report.code,
        "severity": severity(report.severity),
        "text": report.text,
        "place": place(&report.place),
        "excerpt": report.excerpt_line(),
        "labels": report.labels.iter().map(|label| json!({"text": label.text, "place": place(&label.place)})).collect::<Vec<_>>(),
        "help": report.help,
        "clause": report.clause,
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::BeforePublishing => "before_publishing",
        Severity::Warning => "warning",
    }
}

fn headings(lang: Lang) -> Headings {
    let say = |key| render(lang, key, &Args::new());
    Headings {
        error: say("finding-error"),
        before_publishing: say("finding-before-publishing"),
        warning: say("finding-warning"),
        help: say("finding-help"),
        clause: say("finding-clause"),
    }
}
