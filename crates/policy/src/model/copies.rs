//! Copies of a form (联), each for somebody, and who must never get the form.

use super::{ClauseId, Selector, Text};

/// One copy of a form, in the order of the form.
#[derive(Debug, Clone)]
pub struct FormCopy {
    /// What is printed on it, e.g. 第一联.
    pub title: Text,
    /// Who gets it.
    pub to: Selector,
    /// The clause that asks for it.
    pub clause: Option<ClauseId>,
}

/// Who must never get a form or a copy of it.
#[derive(Debug, Clone)]
pub struct KeptFrom {
    /// Who.
    pub who: Selector,
    /// The clause that says so.
    pub clause: ClauseId,
}
