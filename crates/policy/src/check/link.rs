//! What ties cases together, and withdrawal.

use indexmap::IndexMap;

use super::lines::{Lines, expect, list, scalar};
use super::names::Naming;
use super::reading::{KindNames, Reading};
use crate::codes;
use crate::model::{Alike, FactPath, KindId, LateNotice, LinkKind, LinkRule, StepId, Withdrawal};
use crate::yaml::{Node, Shape};

const LINK_KEYS: [&str; 5] = ["to", "by", "tells", "alike", "clause"];
/// Types of field of which a text can be compared.
pub(super) const TEXTS: [&str; 2] = ["text", "long_text"];
const WITHDRAWAL_KEYS: [&str; 5] = ["by", "steps", "needs", "tells", "clause"];

impl<'t> Reading<'t> {
    /// `links: {recomplaint: {to: complaint, by: specialist, clause: X}}`.
    pub(super) fn links(&self, node: Option<Node<'t>>) -> Option<IndexMap<LinkKind, LinkRule>> {
        let Some(node) = node else {
            return Some(IndexMap::new());
        };
        expect(node, node.place(), Shape::Map, self.log)?;
        let rules: Vec<Option<_>> = node
            .entries()
            .map(|entry| {
                let kind = LinkKind::named(entry.key);
                if kind.is_none() {
                    let words = LinkKind::ALL.map(LinkKind::as_str);
                    let meant = self.log.suggestion(entry.key, words);
                    let finding = codes::UNKNOWN_WORD.at(entry.key_place);
                    let finding = finding.with("name", entry.key).meant(meant);
                    self.log
                        .push(finding.with("known", words.join(", ")).done());
                }
                let lines = Lines::of(entry.value, entry.key_place, &LINK_KEYS, self.log)?;
                let rule = self.link_rule(&lines);
                Some((kind?, rule?))
            })
            .collect();
        rules.into_iter().collect()
    }

    fn link_rule(&self, lines: &Lines<'t>) -> Option<LinkRule> {
        let to = lines.need("to", self.log);
        let to = to.and_then(|node| self.names_on(Some(node), Naming::Kind));
        let by = lines.need("by", self.log);
        let by = by.and_then(|node| self.selector(node));
        let tells = self.tells(lines.get("tells"));
        let alike = match lines.get("alike") {
            None => Some(None),
            Some(node) => self.alike(node).map(Some),
        };
        let clause = self.clause(lines);
        Some(LinkRule {
            to: to?.into_iter().map(KindId::new).collect(),
            by: by?,
            tells: tells?,
            alike: alike?,
            clause: clause?,
        })
    }

    /// `alike: {same: [facts.order], text: form.content}`.
    fn alike(&self, node: Node<'t>) -> Option<Alike> {
        let lines = Lines::of(node, node.place(), &["same", "text"], self.log)?;
        let same: Vec<Option<FactPath>> = list(lines.get("same"))
            .into_iter()
            .map(|node| self.fact(node, &[]))
            .collect();
        let text = match lines.get("text") {
            None => Some(None),
            Some(node) => self.fact(node, &TEXTS).map(Some),
        };
        let same: Vec<FactPath> = same.into_iter().collect::<Option<_>>()?;
        if same.is_empty() && lines.get("text").is_none() {
            lines.need("same", self.log);
            return None;
        }
        Some(Alike { same, text: text? })
    }

    /// `withdrawal: {by: specialist, steps: [handling], clause: X}`; none if it is left out.
    pub(super) fn withdrawal(
        &self,
        node: Option<Node<'t>>,
        names: &KindNames<'t>,
    ) -> Option<Option<Withdrawal>> {
        let Some(node) = node else {
            return Some(None);
        };
        let lines = Lines::of(node, node.place(), &WITHDRAWAL_KEYS, self.log)?;
        let by = lines.need("by", self.log);
        let by = by.and_then(|node| self.selector(node));
        let steps: Vec<Option<StepId>> = list(lines.get("steps"))
            .into_iter()
            .map(|node| self.step_named(node, names))
            .collect();
        let needs = self.needs(lines.get("needs"), names);
        let tells = self.tells(lines.get("tells"));
        let clause = self.clause(&lines);
        Some(Some(Withdrawal {
            by: by?,
            steps: steps.into_iter().collect::<Option<_>>()?,
            needs: needs?,
            tells: tells?,
            clause: clause?,
        }))
    }

    fn step_named(&self, node: Node<'t>, names: &KindNames<'t>) -> Option<StepId> {
        let name = scalar(node, self.log)?;
        if names.has_step(name) {
            return Some(StepId::new(name));
        }
        let finding = codes::UNKNOWN_NAME.at(node.place()).with("kind", "step");
        let finding = finding.with("name", name).with("section", "steps");
        let meant = self.log.suggestion(name, names.steps());
        self.log.push(finding.meant(meant).done());
        None
    }

    fn tells(&self, node: Option<Node<'t>>) -> Option<Vec<LateNotice>> {
        let tells: Vec<Option<LateNotice>> =
            list(node).into_iter().map(|node| self.late(node)).collect();
        tells.into_iter().collect()
    }
}
