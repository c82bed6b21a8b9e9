//! Categories: what a case is about, as a tree (类别).

use indexmap::IndexMap;

use super::{CategoriesId, ChoiceId, ClauseId, FieldType, Policy, Text};

/// A tree of categories. Every node has a name of its own in the whole tree, so that the name alone is a value.
#[derive(Debug, Clone)]
pub struct Categories {
    /// Name, e.g. 投诉性质.
    pub title: Text,
    /// All nodes in the order of the file: each one before those below it.
    pub nodes: IndexMap<ChoiceId, Category>,
    /// The clause behind it.
    pub clause: Option<ClauseId>,
}

/// A node of the tree.
#[derive(Debug, Clone)]
pub struct Category {
    /// Name, e.g. 服务态度.
    pub title: Text,
    /// The node above it; `None` at the top.
    pub above: Option<ChoiceId>,
    /// How many stand above it.
    pub depth: usize,
    /// Whether nothing stands below it.
    pub is_leaf: bool,
}

impl Categories {
    /// The way from the top down to a node, which comes last; empty if there is no such node.
    pub fn path<'c>(&'c self, node: &'c ChoiceId) -> Vec<&'c ChoiceId> {
        let above = |node: &&'c ChoiceId| self.nodes.get(*node)?.above.as_ref();
        let start = Some(node).filter(|node| self.nodes.contains_key(*node));
        let mut path: Vec<&ChoiceId> = std::iter::successors(start, above).collect();
        path.reverse();
        path
    }

    /// A node and everything below it, in the order of the file; nothing if there is no such node.
    pub fn within<'c>(&'c self, node: &'c ChoiceId) -> impl Iterator<Item = &'c ChoiceId> {
        let nodes = self.nodes.keys();
        nodes.filter(move |one| self.path(one).contains(&node))
    }
}

impl Policy {
    /// The tree that a field's values are taken from, and whether a node with others below it is a value too.
    pub fn tree_of(&self, ty: &FieldType) -> Option<(&Categories, bool)> {
        match ty {
            FieldType::Category { tree, branches } => Some((self.categories.get(tree)?, *branches)),
            _ => None,
        }
    }

    /// The name of a category in a tree.
    pub fn category_title(&self, tree: &CategoriesId, node: &ChoiceId) -> Option<&Text> {
        let node = self.categories.get(tree)?.nodes.get(node)?;
        Some(&node.title)
    }
}
