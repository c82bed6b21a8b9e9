//! What checking a policy's files found, in words.

use huiyin_diagnostic::{Finding, Message, Report, Severity, Sources};
use huiyin_texts::{Args, Lang, render};

use crate::dto::draft::{FindingSeverity, FindingView};

/// A finding with its place.
pub(super) fn finding(finding: &Finding, sources: &Sources, lang: Lang) -> FindingView {
    let report = Report::new(finding, sources, &|message| message_in_words(message, lang));
    FindingView {
        code: report.code.to_owned(),
        severity: match report.severity {
            Severity::Error => FindingSeverity::Error,
            Severity::BeforePublishing => FindingSeverity::BeforePublishing,
            Severity::Warning => FindingSeverity::Warning,
        },
        excerpt: report.excerpt_line().to_owned(),
        text: report.text,
        file: report.place.file,
        line: report.place.start.line,
        column: report.place.start.column,
        help: report.help,
    }
}

/// A message of the checker in words.
pub fn message_in_words(message: &Message, lang: Lang) -> String {
    let args = message.args().iter();
    let args = args.fold(Args::new(), |args, (name, value)| {
        args.with(name, value.as_str())
    });
    render(lang, message.key(), &args)
}
