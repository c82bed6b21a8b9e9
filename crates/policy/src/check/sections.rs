//! The sections of a policy, gathered from all its files.

use std::collections::HashMap;

use huiyin_diagnostic::{Message, Place};
use indexmap::IndexMap;

use super::lines::Lines;
use super::lines::expect;
use super::log::Log;
use crate::codes;
use crate::yaml::{Entry, Node, Shape, Tree};

/// The sections that hold named elements.
const NAMED: [&str; 26] = [
    "clauses",
    "params",
    "set",
    "roles",
    "channels",
    "series",
    "parts",
    "acts",
    "notices",
    "bands",
    "ladders",
    "sheets",
    "accounts",
    "vouchers",
    "kinds",
    "statistics",
    "reports",
    "duties",
    "levels",
    "categories",
    "parties",
    "exclusions",
    "contacts",
    "declarations",
    "seals",
    "reconciliations",
];

/// The elements of every section by name, in the order of the files.
pub(crate) struct Sections<'t> {
    header: Option<Node<'t>>,
    calendar: Option<Entry<'t>>,
    start: Place,
    /// What a unit sets of its own.
    own: Option<Node<'t>>,
    elements: HashMap<&'static str, IndexMap<&'t str, Entry<'t>>>,
}

impl<'t> Sections<'t> {
    pub(super) fn collect(trees: &'t [Tree], own: Option<&'t Tree>, log: &Log) -> Self {
        let known: Vec<&str> = [&["policy", "calendar"], &NAMED[..]].concat();
        let mut sections = Self {
            header: None,
            calendar: None,
            start: trees.first().map(first_byte).unwrap_or_default(),
            own: own.map(Tree::root),
            elements: HashMap::new(),
        };
        for tree in trees {
            let root = tree.root();
            let Some(lines) = Lines::of(root, first_byte(tree), &known, log) else {
                continue;
            };
            sections.take_header(&lines, log);
            sections.take_calendar(&lines, log);
            for name in NAMED {
                if let Some(section) = lines.entry(name) {
                    sections.take(name, section, log);
                }
            }
        }
        sections
    }

    fn take_header(&mut self, lines: &Lines<'t>, log: &Log) {
        let Some(header) = lines.entry("policy") else {
            return;
        };
        if let Some(first) = self.header {
            report_twice(header.key_place, "policy", first.place(), log);
        } else {
            self.header = Some(header.value);
            self.start = header.key_place;
        }
    }

    fn take_calendar(&mut self, lines: &Lines<'t>, log: &Log) {
        let Some(entry) = lines.entry("calendar") else {
            return;
        };
        match self.calendar {
            Some(first) => report_twice(entry.key_place, entry.key, first.key_place, log),
            None => self.calendar = Some(entry),
        }
    }

    fn take(&mut self, name: &'static str, section: Entry<'t>, log: &Log) {
        if expect(section.value, section.key_place, Shape::Map, log).is_none() {
            return;
        }
        let elements = self.elements.entry(name).or_default();
        for entry in section.value.entries() {
            match elements.get(entry.key) {
                Some(first) => report_twice(entry.key_place, entry.key, first.key_place, log),
                None => {
                    elements.insert(entry.key, entry);
                }
            }
        }
    }

    /// The `policy` line: who the policy is.
    pub(super) fn header(&self) -> Option<Node<'t>> {
        self.header
    }

    /// The `calendar` line: by which calendar time is counted.
    pub(super) fn calendar(&self) -> Option<Node<'t>> {
        self.calendar.map(|entry| entry.value)
    }

    /// What a finding about the whole policy points at.
    pub(super) fn start(&self) -> Place {
        self.start
    }

    /// The elements of a section.
    pub(crate) fn elements(&self, section: &str) -> impl Iterator<Item = Entry<'t>> {
        let elements = self.elements.get(section).into_iter();
        elements.flat_map(|elements| elements.values().copied())
    }

    /// What a unit sets of its own, parameter by parameter.
    pub(super) fn own(&self) -> impl Iterator<Item = Entry<'t>> {
        self.own.into_iter().flat_map(Node::entries)
    }

    /// One element of a section.
    pub(crate) fn element(&self, section: &str, name: &str) -> Option<Entry<'t>> {
        self.elements.get(section)?.get(name).copied()
    }
}

fn first_byte(tree: &Tree) -> Place {
    let mut place = tree.root().place();
    place.span.end = place.span.start;
    place
}

fn report_twice(place: Place, name: &str, first: Place, log: &Log) {
    let twice = codes::TWICE.at(place).with("name", name);
    log.push(twice.label(first, Message::new("first-here")).done());
}
