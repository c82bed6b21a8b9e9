use std::cell::RefCell;

use huiyin_diagnostic::{Finding, Findings, nearest};

/// Names are suggested for this many findings; after that nobody needs them, and comparing every
/// wrong name with every right one could take long.
const SUGGESTIONS_MAX: usize = 100;

/// Where findings go. Reading an element never stops at a finding, so everything that reads only
/// needs a shared place to put them.
pub(crate) struct Log(RefCell<Findings>);

impl Log {
    pub(super) fn new(findings: Findings) -> Self {
        Self(RefCell::new(findings))
    }

    pub(crate) fn push(&self, finding: Finding) {
        self.0.borrow_mut().push(finding);
    }

    /// The name that was probably meant, while findings are few.
    pub(crate) fn suggestion<'a>(
        &self,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        if self.0.borrow().len() >= SUGGESTIONS_MAX {
            return None;
        }
        nearest(name, known)
    }

    pub(super) fn has_errors(&self) -> bool {
        self.0.borrow().has_errors()
    }

    pub(super) fn into_findings(self) -> Findings {
        self.0.into_inner()
    }
}
