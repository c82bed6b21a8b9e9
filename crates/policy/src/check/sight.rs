//! Kinds of case that some people alone see.

use super::lines::Lines;
use super::names::Naming;
use super::reading::Reading;
use crate::codes;
use crate::model::{Sees, Selector};
use crate::yaml::Node;

impl<'t> Reading<'t> {
    /// `{by: …, clause: …}`.
    pub(super) fn sees(&self, node: Node<'t>) -> Option<Sees> {
        let lines = Lines::of(node, node.place(), &["by", "clause"], self.log)?;
        let by = lines.need("by", self.log);
        let by = by.and_then(|node| self.selector(node));
        let clause = self.clause(&lines);
        if by.as_ref().is_some_and(|by| !self.narrows(by)) {
            let finding = codes::SIGHT_UNFIT.at(Self::place_of(&lines, "by"));
            self.log
                .push(finding.with("what", "who").with("name", "").done());
            return None;
        }
        Some(Sees {
            by: by?,
            clause: clause?,
        })
    }

    /// Whether positions and the registration alone say who is meant, and not everybody is: only so can every list tell.
    fn narrows(&self, selector: &Selector) -> bool {
        match selector {
            Selector::Position(_) | Selector::Taker | Selector::FirstContact => true,
            Selector::Role(role) => {
                let written = self.written(Naming::Role, role.as_str());
                written.is_some_and(|role| role.get("position").is_some())
            }
            Selector::AnyOf(selectors) => {
                !selectors.is_empty() && selectors.iter().all(|one| self.narrows(one))
            }
            _ => false,
        }
    }
}
