use std::cell::RefCell;

use huiyin_diagnostic::{Finding, Findings, nearest};

use crate::grammar::Heard;

/// Names are suggested for this many findings; after that nobody needs them, and comparing every
/// wrong name with every right one could take long.
const SUGGESTIONS_MAX: usize = 100;

/// Where findings go. Reading an element never stops at a finding, so everything that reads only
/// needs a shared place to put them.
pub(crate) struct Log {
    findings: RefCell<Findings>,
    /// What is asked for while reading, if somebody wants to know.
    heard: Option<Heard>,
}

impl Log {
    pub(super) fn new(findings: Findings) -> Self {
        Self {
            findings: RefCell::new(findings),
            heard: None,
        }
    }

    /// One that hears what is asked for as well.
    pub(crate) fn listening(findings: Findings) -> Self {
        Self {
            heard: Some(Heard::default()),
            ..Self::new(findings)
        }
    }

    /// What was asked for, if it listens.
    pub(crate) fn heard(&self) -> Option<&Heard> {
        self.heard.as_ref()
    }

    pub(crate) fn push(&self, finding: Finding) {
        self.findings.borrow_mut().push(finding);
    }

    /// The name that was probably meant, while findings are few.
    pub(crate) fn suggestion<'a>(
        &self,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        if self.findings.borrow().len() >= SUGGESTIONS_MAX {
            return None;
        }
        nearest(name, known)
    }

    pub(super) fn has_errors(&self) -> bool {
        self.findings.borrow().has_errors()
    }

    pub(super) fn into_findings(self) -> Findings {
        self.findings.into_inner()
    }
}
