use huiyin_diagnostic::Place;

use crate::check::Sections;
use crate::yaml::{Entry, Node, Shape};

/// Where the elements of a policy are written.
pub(crate) struct Places<'s, 't>(&'s Sections<'t>);

/// One element's place, from which those of its parts are reached by the same words as in the
/// file. A part that isn't written has the place of its owner.
#[derive(Clone, Copy)]
pub(crate) struct Spot<'t> {
    place: Place,
    node: Option<Node<'t>>,
}

impl<'s, 't> Places<'s, 't> {
    pub(crate) fn new(sections: &'s Sections<'t>) -> Self {
        Self(sections)
    }

    pub(crate) fn element(&self, section: &str, name: &str) -> Spot<'t> {
        match self.0.element(section, name) {
            Some(Entry {
                key_place, value, ..
            }) => Spot {
                place: key_place,
                node: Some(value),
            },
            None => Spot {
                place: Place::default(),
                node: None,
            },
        }
    }
}

impl Spot<'_> {
    /// What a word stands for; its place is the word's.
    pub(crate) fn key(self, key: &str) -> Self {
        let entry = self
            .node
            .and_then(|node| node.entries().find(|entry| entry.key == key));
        match entry {
            Some(entry) => Self {
                place: entry.key_place,
                node: Some(entry.value),
            },
            None => Self { node: None, ..self },
        }
    }

    /// An item of a list, or the single value that stands in its place.
    pub(crate) fn item(self, index: usize) -> Self {
        let item = self.node.and_then(|node| match node.shape() {
            Shape::List => node.items().nth(index),
            _ => Some(node),
        });
        match item {
            Some(node) => Self {
                place: node.place(),
                node: Some(node),
            },
            None => self,
        }
    }

    pub(crate) fn place(self) -> Place {
        self.place
    }
}
