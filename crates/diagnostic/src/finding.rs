use std::fmt;

use crate::{Message, Place};

/// The stable name of a kind of finding, such as `HY-P010`. It never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// Names a kind of finding.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name as it is printed and as its page is called.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// How much a finding stands in the way, the gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look; nothing is held up.
    Warning,
    /// Fine to read and to test, but the policy can't go live before it is settled.
    BeforePublishing,
    /// The files can't be used.
    Error,
}

/// A second place that explains a finding, with what is to be seen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where to look.
    pub place: Place,
    /// What is there.
    pub message: Message,
}

/// One thing that is wrong: code, place, message, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kind of finding.
    pub code: Code,
    /// How much it stands in the way.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong there.
    pub message: Message,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<Message>,
    /// The clause the wrong text belongs to, such as `P1.8`.
    pub clause: Option<String>,
}

impl Finding {
    /// A finding that makes the files unusable.
    #[must_use]
    pub fn error(code: Code, place: Place, message: Message) -> Self {
        Self::new(code, Severity::Error, place, message)
    }

    /// A finding that makes the files unusable, with message and help under the keys of its code (`HY-M001`: `hy-m001` and
    /// `hy-m001-help`) and these arguments in both.
    #[must_use]
    pub fn by_code(code: Code, place: Place, args: &[(&'static str, &str)]) -> Self {
        let key = code.as_str().to_lowercase();
        let message = |key: String| {
            args.iter()
                .fold(Message::new(key), |message, (name, value)| {
                    message.with(name, *value)
                })
        };
        Self::error(code, place, message(key.clone())).help(message(format!("{key}-help")))
    }

    /// A finding with any severity.
    #[must_use]
    pub fn new(code: Code, severity: Severity, place: Place, message: Message) -> Self {
        Self {
            code,
            severity,
            place,
            message,
            labels: Vec::new(),
            help: None,
            clause: None,
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds another place that belongs to it.
    #[must_use]
    pub fn label(mut self, place: Place, message: Message) -> Self {
        self.labels.push(Label { place, message });
        self
    }

    /// Adds the clause the text belongs to.
    #[must_use]
    pub fn clause(mut self, clause: impl Into<String>) -> Self {
        self.clause = Some(clause.into());
        self
    }
}

/// A growing list of findings, in the order they were made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    list: Vec<Finding>,
    left_out: usize,
}

impl Findings {
    /// More findings than this are counted, not kept: nobody reads them, and hostile files
    /// could ask for millions.
    pub const KEPT_MAX: usize = 500;

    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding; beyond [`Self::KEPT_MAX`] it is only counted, unless it is the first
    /// error, which is always kept.
    pub fn push(&mut self, finding: Finding) {
        let first_error = finding.severity == Severity::Error && !self.has_errors();
        if self.list.len() < Self::KEPT_MAX || first_error {
            self.list.push(finding);
        } else {
            self.left_out += 1;
        }
    }

    /// Whether any finding makes the files unusable.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.worst() == Some(Severity::Error)
    }

    /// Whether the policy may go live: no error, and nothing left to settle before publishing.
    #[must_use]
    pub fn allow_publishing(&self) -> bool {
        self.worst()
            .is_none_or(|severity| severity == Severity::Warning)
    }

    /// The gravest severity in the list.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.list.iter().map(|finding| finding.severity).max()
    }

    /// How many findings were counted but not kept.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Puts the findings in the order of the files, each from top to bottom.
    pub fn sort_by_place(&mut self) {
        self.list
            .sort_by_key(|finding| (finding.place.file, finding.place.span.start, finding.code));
    }

    /// The findings kept.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.list.iter()
    }

    /// How many findings are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is no finding.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileId, Span};

    fn finding(severity: Severity, start: usize) -> Finding {
        let place = Place {
            file: FileId::default(),
            span: Span::new(start, start),
        };
        Finding::new(
            Code::new("HY-T001"),
            severity,
            place,
            Message::new("hy-t001"),
        )
    }

    #[test]
    fn an_unset_parameter_blocks_publishing_but_is_no_error() {
        let mut findings = Findings::new();
        findings.push(finding(Severity::Warning, 0));
        assert!(findings.allow_publishing());
        findings.push(finding(Severity::BeforePublishing, 0));
        assert!(!findings.allow_publishing());
        assert!(!findings.has_errors());
    }

    #[test]
    fn a_flood_of_warnings_hides_no_error() {
        let mut findings = Findings::new();
        for start in 0..Findings::KEPT_MAX + 10 {
            findings.push(finding(Severity::Warning, start));
        }
        findings.push(finding(Severity::Error, 0));
        assert!(findings.has_errors());
        assert_eq!(findings.left_out(), 10);
    }

    #[test]
    fn findings_are_read_from_top_to_bottom() {
        let mut findings = Findings::new();
        findings.push(finding(Severity::Error, 9));
        findings.push(finding(Severity::Warning, 2));
        findings.sort_by_place();
        let starts: Vec<usize> = findings
            .iter()
            .map(|finding| finding.place.span.start)
            .collect();
        assert_eq!(starts, [2, 9]);
    }
}
