//! Copies of forms.

use indexmap::IndexMap;

use huiyin_diagnostic::Findings;

use super::lines::{Lines, expect, scalar};
use super::log::Log;
use super::names::{Naming, check_plain_name};
use super::reading::Reading;
use super::text::text;
use crate::codes;
use crate::model::{ChoiceId, CopyId, FormCopy, KeptFrom, Text};
use crate::yaml::{Entry, Node, Shape};

impl<'t> Reading<'t> {
    /// The copies of a form, in the order of the file.
    pub(super) fn copies(&self, node: Option<Node<'t>>) -> Option<IndexMap<CopyId, FormCopy>> {
        let Some(node) = node else {
            return Some(IndexMap::new());
        };
        expect(node, node.place(), Shape::Map, self.log)?;
        let copies: Vec<Option<_>> = node.entries().map(|entry| self.one_copy(entry)).collect();
        copies.into_iter().collect()
    }

    fn one_copy(&self, entry: Entry<'t>) -> Option<(CopyId, FormCopy)> {
        check_plain_name(entry.key, &["by"], entry.key_place, self.log);
        let known = ["title", "to", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let title = self.title(&lines);
        let to = lines.need("to", self.log);
        let to = to.and_then(|node| self.selector(node));
        let clause = self.optional_clause(&lines);
        let copy = FormCopy {
            title: title?,
            to: to?,
            clause: clause?,
        };
        Some((CopyId::new(entry.key), copy))
    }

    /// `{who: customer, clause: C}`.
    pub(super) fn never_to(&self, node: Node<'t>) -> Option<KeptFrom> {
        let lines = Lines::of(node, node.place(), &["who", "clause"], self.log)?;
        let who = lines.need("who", self.log);
        let who = who.and_then(|node| self.selector(node));
        let clause = self.clause(&lines);
        Some(KeptFrom {
            who: who?,
            clause: clause?,
        })
    }

    /// A form that has copies.
    pub(super) fn form_with_copies(&self, node: Node<'_>) -> Option<String> {
        let part = self.resolve(Naming::Part, node)?;
        let written = self.written(Naming::Part, &part)?;
        if written.get("copies").is_none() {
            let finding = codes::UNKNOWN_NAME.at(node.place()).with("kind", "copy");
            let finding = finding.with("name", part).with("section", "copies");
            self.log.push(finding.done());
            return None;
        }
        Some(part)
    }

    /// A copy of a form.
    pub(super) fn copy_named(&self, part: &str, node: Node<'_>) -> Option<CopyId> {
        let name = scalar(node, self.log)?;
        let copies = self.written(Naming::Part, part)?.get("copies")?;
        let known: Vec<&str> = copies.entries().map(|copy| copy.key).collect();
        if known.contains(&name) {
            return Some(CopyId::new(name));
        }
        let meant = self.log.suggestion(name, known);
        let finding = codes::UNKNOWN_NAME.at(node.place()).with("kind", "copy");
        let finding = finding.with("name", name).with("section", "copies");
        self.log.push(finding.meant(meant).done());
        None
    }

    /// What can be chosen in a field that says which copies of a form are handed out. What is wrong with the copies is said
    /// where they stand.
    pub(super) fn choices_of_copies(&self, part: &str) -> Option<IndexMap<ChoiceId, Text>> {
        let copies = self.written(Naming::Part, part)?.get("copies")?;
        let unheard = Log::new(Findings::default());
        let choices = copies.entries().map(|copy| {
            let title = copy.value.get("title")?;
            Some((ChoiceId::new(copy.key), text(title, &unheard)?))
        });
        choices.collect()
    }
}
