//! Trees of categories.

use indexmap::IndexMap;

use super::lines::{Lines, expect};
use super::names::check_plain_name;
use super::reading::Reading;
use super::text::{LANGUAGES, text_of};
use crate::codes;
use crate::model::{Categories, CategoriesId, Category, ChoiceId};
use crate::yaml::{Entry, Node, Shape};

/// How many levels a tree may have: more than this nobody finds his way in.
const DEPTH_MAX: usize = 6;
/// How many categories a tree may have.
const NODES_MAX: usize = 500;

/// Nodes read so far, with where each is written.
type Nodes = IndexMap<ChoiceId, (Category, huiyin_diagnostic::Place)>;

impl<'t> Reading<'t> {
    pub(super) fn categories(&self, entry: Entry<'t>) -> Option<(CategoriesId, Categories)> {
        let known = ["title", "tree", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let title = self.title(&lines);
        let clause = self.optional_clause(&lines);
        let tree = lines.need("tree", self.log)?;
        let mut nodes = Nodes::new();
        let read = self.branch(tree, None, 0, &mut nodes);
        if nodes.len() > NODES_MAX {
            let finding = codes::TOO_BIG.at(entry.key_place).with("what", "entries");
            self.log
                .push(finding.with("max", NODES_MAX.to_string()).done());
            return None;
        }
        read?;
        let categories = Categories {
            title: title?,
            nodes: nodes
                .into_iter()
                .map(|(id, (node, _))| (id, node))
                .collect(),
            clause: clause?,
        };
        Some((CategoriesId::new(entry.key), categories))
    }

    /// The nodes side by side below `above`.
    fn branch(
        &self,
        node: Node<'t>,
        above: Option<&ChoiceId>,
        depth: usize,
        nodes: &mut Nodes,
    ) -> Option<()> {
        expect(node, node.place(), Shape::Map, self.log)?;
        if depth >= DEPTH_MAX {
            let finding = codes::TOO_BIG.at(node.place()).with("what", "depth");
            self.log
                .push(finding.with("max", DEPTH_MAX.to_string()).done());
            return None;
        }
        let read: Vec<Option<()>> = node
            .entries()
            .map(|entry| self.category(entry, above, depth, nodes))
            .collect();
        read.into_iter().collect()
    }

    fn category(
        &self,
        entry: Entry<'t>,
        above: Option<&ChoiceId>,
        depth: usize,
        nodes: &mut Nodes,
    ) -> Option<()> {
        check_plain_name(entry.key, &["by"], entry.key_place, self.log);
        let known = [LANGUAGES[0], LANGUAGES[1], "below"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let title = text_of(&lines, self.log);
        let id = ChoiceId::new(entry.key);
        if let Some((_, first)) = nodes.get(&id) {
            let twice = codes::TWICE.at(entry.key_place).with("name", entry.key);
            let first_here = huiyin_diagnostic::Message::new("first-here");
            self.log.push(twice.label(*first, first_here).done());
            return None;
        }
        let below = lines.get("below");
        let category = Category {
            title: title?,
            above: above.cloned(),
            depth,
            is_leaf: below.is_none(),
        };
        nodes.insert(id.clone(), (category, entry.key_place));
        below.map_or(Some(()), |below| {
            self.branch(below, Some(&id), depth + 1, nodes)
        })
    }
}
