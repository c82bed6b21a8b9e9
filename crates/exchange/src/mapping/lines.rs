//! Lines of a mapping file: the value, or a finding at its place.

use std::cell::RefCell;

use huiyin_diagnostic::{Code, Finding, Findings, Place, nearest};
use huiyin_policy::yaml::{Node, Shape};

use crate::codes::{BAD_VALUE, MISSING_KEY, UNKNOWN_KEY, UNKNOWN_NAME};

/// What the texts are told where no declared name is like the one written.
pub(super) const NOTHING_LIKE_IT: &str = "none";

/// Where findings go, and which columns were asked for.
#[derive(Default)]
pub(super) struct Log {
    pub(super) findings: RefCell<Findings>,
    pub(super) columns: RefCell<Vec<(String, Place)>>,
}

impl Log {
    pub(super) fn report(&self, code: Code, place: Place, args: &[(&'static str, &str)]) {
        self.findings
            .borrow_mut()
            .push(Finding::by_code(code, place, args));
    }

    /// A value that is not what is asked for; `expected` is a key of the texts.
    pub(super) fn bad(&self, node: Node<'_>, expected: &str) {
        let found = node.scalar().unwrap_or(node.shape().name());
        self.report(
            BAD_VALUE,
            node.place(),
            &[("found", found), ("expected", expected)],
        );
    }

    /// Says which words of a map mean nothing here; `false` if it is no map at all.
    pub(super) fn only(&self, node: Node<'_>, known: &[&str]) -> bool {
        if node.shape() != Shape::Map {
            self.bad(node, "map");
            return false;
        }
        for entry in node.entries().filter(|entry| !known.contains(&entry.key)) {
            let all = known.join(", ");
            let meant = nearest(entry.key, known.iter().copied()).unwrap_or(NOTHING_LIKE_IT);
            let args = [("name", entry.key), ("known", &all), ("meant", meant)];
            self.report(UNKNOWN_KEY, entry.key_place, &args);
        }
        true
    }

    /// The line that must be there.
    pub(super) fn need<'t>(&self, node: Node<'t>, key: &'static str) -> Option<Node<'t>> {
        let found = node.get(key).filter(|line| line.shape() != Shape::Nothing);
        if found.is_none() {
            self.report(MISSING_KEY, node.place(), &[("name", key)]);
        }
        found
    }

    /// The text of a scalar.
    pub(super) fn text<'t>(&self, node: Node<'t>) -> Option<&'t str> {
        let text = node.scalar();
        if text.is_none() {
            self.bad(node, "text");
        }
        text
    }

    /// The words of a list, or one word.
    pub(super) fn words(&self, node: Node<'_>) -> Vec<String> {
        match node.shape() {
            Shape::List => node
                .items()
                .filter_map(|item| self.text(item).map(str::to_owned))
                .collect(),
            _ => self.text(node).map(str::to_owned).into_iter().collect(),
        }
    }

    /// A column of the file, which [`super::Mapping::bind`] will look for.
    pub(super) fn column(&self, node: Node<'_>) -> Option<String> {
        let name = self.text(node)?.trim().to_owned();
        self.columns.borrow_mut().push((name.clone(), node.place()));
        Some(name)
    }

    /// A name that is none of `known`; `what` is a key of the texts.
    pub(super) fn unknown_name<'k>(
        &self,
        place: Place,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        let all = known.clone().collect::<Vec<_>>().join(", ");
        let meant = nearest(name, known).unwrap_or(NOTHING_LIKE_IT);
        let args = [
            ("what", what),
            ("name", name),
            ("known", all.as_str()),
            ("meant", meant),
        ];
        self.report(UNKNOWN_NAME, place, &args);
    }
}
