use std::cell::RefCell;

use huiyin_diagnostic::{Finding, Findings};

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

    pub(super) fn has_errors(&self) -> bool {
        self.0.borrow().has_errors()
    }

    pub(super) fn into_findings(self) -> Findings {
        self.0.into_inner()
    }
}
