//! Maps whose words are known beforehand.

use huiyin_diagnostic::Place;

use super::log::Log;
use crate::codes;
use crate::yaml::{Entry, Node, Shape};

/// The lines of one map, every word of which means something.
pub(super) struct Lines<'t> {
    entries: Vec<Entry<'t>>,
    /// What a finding about the whole map points at.
    pub(super) owner: Place,
    /// Where the map stands.
    place: Place,
}

impl<'t> Lines<'t> {
    /// Reads a map and reports words that mean nothing in it; `None` if it is no map.
    pub(super) fn of(
        node: Node<'t>,
        owner: Place,
        known: &[&'static str],
        log: &Log,
    ) -> Option<Self> {
        if let Some(heard) = log.heard() {
            heard.map(node.place(), known);
        }
        Self::by_names(node, owner, known, log)
    }

    /// The same where names of the policy are among the words.
    pub(super) fn by_names(
        node: Node<'t>,
        owner: Place,
        known: &[&str],
        log: &Log,
    ) -> Option<Self> {
        expect(node, owner, Shape::Map, log)?;
        let mut entries = Vec::new();
        for entry in node.entries() {
            if known.contains(&entry.key) {
                entries.push(entry);
            } else {
                let finding = codes::UNKNOWN_KEY.at(entry.key_place);
                let meant = log.suggestion(entry.key, known.iter().copied());
                let finding = finding
                    .with("name", entry.key)
                    .with("known", known.join(", "));
                log.push(finding.meant(meant).done());
            }
        }
        Some(Self {
            entries,
            owner,
            place: node.place(),
        })
    }

    /// A line that may be left out. One with nothing after the colon counts as left out.
    pub(super) fn get(&self, key: &str) -> Option<Node<'t>> {
        self.entry(key).map(|entry| entry.value)
    }

    /// The same with its word.
    pub(super) fn entry(&self, key: &str) -> Option<Entry<'t>> {
        self.entries
            .iter()
            .find(|entry| entry.key == key && entry.value.shape() != Shape::Nothing)
            .copied()
    }

    /// A line that must be there; that it is missing is reported elsewhere.
    pub(super) fn need_quietly(&self, key: &'static str, log: &Log) -> Option<Node<'t>> {
        if let Some(heard) = log.heard() {
            heard.need(self.place, key);
        }
        self.get(key)
    }

    /// A line that must be there.
    pub(super) fn need(&self, key: &'static str, log: &Log) -> Option<Node<'t>> {
        let node = self.need_quietly(key, log);
        if node.is_none() {
            let written = self.entries.iter().find(|entry| entry.key == key);
            let place = written.map_or(self.owner, |entry| entry.key_place);
            log.push(codes::MISSING_KEY.at(place).with("name", key).done());
        }
        node
    }
}

/// Reports a value of the wrong shape; one that is missing is reported at its owner.
pub(super) fn expect(node: Node<'_>, owner: Place, shape: Shape, log: &Log) -> Option<()> {
    let found = node.shape();
    if found == shape {
        return Some(());
    }
    let place = if found == Shape::Nothing {
        owner
    } else {
        node.place()
    };
    let finding = codes::WRONG_SHAPE.at(place);
    let finding = finding
        .with("expected", shape.name())
        .with("found", found.name());
    log.push(finding.done());
    None
}

/// A word, figure or text.
pub(super) fn scalar<'t>(node: Node<'t>, log: &Log) -> Option<&'t str> {
    expect(node, node.place(), Shape::Scalar, log)?;
    node.scalar()
}

/// `true` or `false`; a line left out is `false`.
pub(super) fn flag(node: Option<Node<'_>>, log: &Log) -> bool {
    node.and_then(|node| one_of(node, &[("true", true), ("false", false)], log))
        .unwrap_or(false)
}

/// One of a few words.
pub(super) fn one_of<T: Copy>(node: Node<'_>, words: &[(&'static str, T)], log: &Log) -> Option<T> {
    if let Some(heard) = log.heard() {
        heard.words(node.place(), words.iter().map(|(word, _)| *word));
    }
    one_of_names(node, words, log)
}

/// The same where the words are names of the policy.
pub(super) fn one_of_names<T: Copy>(node: Node<'_>, words: &[(&str, T)], log: &Log) -> Option<T> {
    let word = scalar(node, log)?;
    let found = words.iter().find(|(known, _)| *known == word);
    if found.is_none() {
        let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
        let finding = codes::UNKNOWN_WORD.at(node.place()).with("name", word);
        let meant = log.suggestion(word, known.iter().copied());
        log.push(finding.with("known", known.join(", ")).meant(meant).done());
    }
    found.map(|(_, value)| *value)
}

/// The items of a list, or the single value that stands in its place.
pub(super) fn list<'t>(node: Option<Node<'t>>) -> Vec<Node<'t>> {
    match node {
        None => Vec::new(),
        Some(node) if node.shape() == Shape::List => node.items().collect(),
        Some(node) => vec![node],
    }
}
