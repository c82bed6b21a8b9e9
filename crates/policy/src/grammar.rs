//! The language as the checker reads it: which words stand in which map, which are needed, and what may follow them.
//!
//! Nothing is written down a second time. The checker is listened to while it reads policies: it says of every map which words
//! it knows and which it needs, and of a line which words it takes. What no policy of those read has written stays open.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use huiyin_diagnostic::{Findings, Place, Sources};

use crate::check::{Log, SourceFile, check_heard};
use crate::yaml::{Node, Shape, Tree};

/// What is known of the language.
#[derive(Debug, Clone, Default)]
pub struct Grammar {
    /// The maps whose words are known, by their words.
    pub maps: BTreeMap<Vec<&'static str>, MapShape>,
    /// What a file holds.
    pub file: Slot,
}

/// A map whose words are known.
#[derive(Debug, Clone, Default)]
pub struct MapShape {
    /// The words that were needed wherever such a map was read.
    pub needed: BTreeSet<&'static str>,
    /// What follows a word, as far as it was written.
    pub lines: BTreeMap<&'static str, Slot>,
}

/// What may stand somewhere, as far as it was written.
#[derive(Debug, Clone, Default)]
pub struct Slot {
    /// Maps whose words are known, by their words.
    pub maps: BTreeSet<Vec<&'static str>>,
    /// What follows the names of a map whose words are names of the policy.
    pub named: Option<Box<Slot>>,
    /// The words that it takes, where these are all.
    pub words: BTreeSet<&'static str>,
    /// Whether any other word, figure or text was taken.
    pub open: bool,
}

/// What the checker has asked for, by place.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    maps: RefCell<HashMap<Place, Vec<&'static str>>>,
    needed: RefCell<HashMap<Place, BTreeSet<&'static str>>>,
    words: RefCell<HashMap<Place, BTreeSet<&'static str>>>,
}

impl Heard {
    pub(crate) fn map(&self, place: Place, known: &[&'static str]) {
        self.maps.borrow_mut().insert(place, known.to_vec());
    }

    pub(crate) fn need(&self, place: Place, word: &'static str) {
        self.needed
            .borrow_mut()
            .entry(place)
            .or_default()
            .insert(word);
    }

    pub(crate) fn words(&self, place: Place, words: impl Iterator<Item = &'static str>) {
        self.words
            .borrow_mut()
            .entry(place)
            .or_default()
            .extend(words);
    }
}

/// What the checker asks for while it reads these policies, each given by its files.
pub fn grammar<'f>(policies: impl IntoIterator<Item = &'f [SourceFile]>) -> Grammar {
    let mut grammar = Grammar::default();
    for files in policies {
        let (mut sources, log) = (Sources::new(), Log::listening(Findings::new()));
        let trees = check_heard(files, &mut sources, &log);
        if let Some(heard) = log.heard() {
            for tree in &trees {
                grammar.take(tree, heard);
            }
        }
    }
    grammar
}

impl Grammar {
    fn take(&mut self, tree: &Tree, heard: &Heard) {
        let mut file = std::mem::take(&mut self.file);
        self.read(tree.root(), &mut file, heard);
        self.file = file;
    }

    /// Adds what stands at a node to what may stand there.
    fn read(&mut self, node: Node<'_>, slot: &mut Slot, heard: &Heard) {
        match node.shape() {
            Shape::Nothing => {}
            Shape::Scalar => match heard.words.borrow().get(&node.place()) {
                Some(words) => slot.words.extend(words),
                None => slot.open = true,
            },
            // One item and a list of them mean the same wherever the language takes a list.
            Shape::List => {
                for item in node.items() {
                    self.read(item, slot, heard);
                }
            }
            Shape::Map => self.read_map(node, slot, heard),
        }
    }

    fn read_map(&mut self, node: Node<'_>, slot: &mut Slot, heard: &Heard) {
        let known = heard.maps.borrow().get(&node.place()).cloned();
        let Some(known) = known else {
            let mut named = slot.named.take().unwrap_or_default();
            for entry in node.entries() {
                self.read(entry.value, &mut named, heard);
            }
            slot.named = Some(named);
            return;
        };
        let needed = heard.needed.borrow();
        let needed = needed.get(&node.place()).cloned().unwrap_or_default();
        let mut shape = match self.maps.remove(&known) {
            Some(mut shape) => {
                shape.needed.retain(|word| needed.contains(word));
                shape
            }
            None => MapShape {
                needed,
                lines: BTreeMap::new(),
            },
        };
        for entry in node.entries() {
            if let Some(word) = known.iter().find(|word| **word == entry.key) {
                let mut line = shape.lines.remove(word).unwrap_or_default();
                // The map is out of the grammar while its lines are read: one of its own kind below it begins anew.
                self.read(entry.value, &mut line, heard);
                shape.lines.insert(word, line);
            }
        }
        self.put(known.clone(), shape);
        slot.maps.insert(known);
    }

    /// Puts a map back, with what was read below it of its own kind meanwhile.
    fn put(&mut self, known: Vec<&'static str>, mut shape: MapShape) {
        if let Some(below) = self.maps.remove(&known) {
            shape.needed.retain(|word| below.needed.contains(word));
            for (word, line) in below.lines {
                shape.lines.entry(word).or_default().join(line);
            }
        }
        self.maps.insert(known, shape);
    }
}

impl Slot {
    fn join(&mut self, other: Self) {
        self.maps.extend(other.maps);
        self.words.extend(other.words);
        self.open |= other.open;
        self.named = match (self.named.take(), other.named) {
            (Some(mut one), Some(other)) => {
                one.join(*other);
                Some(one)
            }
            (one, other) => one.or(other),
        };
    }
}
