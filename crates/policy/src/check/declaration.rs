//! What every new handler declares first.

use super::lines::{Lines, list};
use super::names::Naming;
use super::reading::Reading;
use crate::codes;
use crate::model::{ActId, ChoiceId, Declaration, DeclarationId};
use crate::yaml::{Entry, Node};

impl<'t> Reading<'t> {
    pub(super) fn declaration(&self, entry: Entry<'t>) -> Option<(DeclarationId, Declaration)> {
        let known = ["kinds", "act", "clear", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let kinds = self.covered_kinds(&lines);
        let act = self.need_name(&lines, "act", Naming::Act);
        let clear = lines.need("clear", self.log);
        let clear = act.as_deref().zip(clear);
        let clear = clear.and_then(|(act, node)| self.clear_outcomes(act, node));
        let clause = self.clause(&lines);
        let declaration = Declaration {
            kinds: kinds?,
            act: ActId::new(act?),
            clear: clear?,
            clause: clause?,
        };
        Some((DeclarationId::new(entry.key), declaration))
    }

    /// The outcomes of an act that are written at a node.
    fn clear_outcomes(&self, act: &str, node: Node<'t>) -> Option<Vec<ChoiceId>> {
        let nodes = list(Some(node)).into_iter();
        let outcomes: Vec<_> = nodes.map(|node| self.outcome_of(act, node)).collect();
        outcomes.into_iter().collect()
    }

    fn outcome_of(&self, act: &str, node: Node<'t>) -> Option<ChoiceId> {
        let name = super::lines::scalar(node, self.log)?;
        self.known_outcome(node, act, name)
    }

    /// An outcome of an act; one that it does not have is a finding.
    pub(super) fn known_outcome(&self, node: Node<'_>, act: &str, name: &str) -> Option<ChoiceId> {
        let outcomes = self.outcomes.get(act);
        if outcomes.is_some_and(|outcomes| outcomes.contains(name)) {
            return Some(ChoiceId::new(name));
        }
        let names = || outcomes.into_iter().flatten().map(String::as_str);
        let known: Vec<&str> = names().collect();
        let finding = codes::BAD_OUTCOME.at(node.place()).with("what", "unknown");
        let finding = finding.with("act", act).with("name", name);
        let finding = finding.with("known", known.join(", "));
        let meant = self.log.suggestion(name, names());
        self.log.push(finding.meant(meant).done());
        None
    }
}
