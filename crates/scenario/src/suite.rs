//! A test file: who is there, forms filled in beforehand, and the tests.

use huiyin_diagnostic::Finding;
use huiyin_policy::model::{ClauseId, Policy};
use huiyin_policy::yaml::{Node, Shape};

use crate::cast::Cast;
use crate::codes::TOO_BIG;
use crate::reading::{Read, bad, need, only, text, unknown_name, yes_no};
use crate::settle::Example;

/// The most steps a test may have.
pub(crate) const STEPS_MAX: usize = 500;

/// One test file, read.
pub(crate) struct Suite<'t> {
    pub(crate) cast: Cast,
    pub(crate) forms: Option<Node<'t>>,
    pub(crate) tests: Vec<Test<'t>>,
    /// Rows filled in beforehand, for settlements.
    pub(crate) rows: Option<Node<'t>>,
    pub(crate) settlements: Vec<Example<'t>>,
}

/// One test.
pub(crate) struct Test<'t> {
    pub(crate) name: &'t str,
    pub(crate) node: Node<'t>,
    pub(crate) clauses: Vec<ClauseId>,
    /// Whether it is gone through elsewhere too, from the opening of a case to its archive.
    pub(crate) is_walk: bool,
    pub(crate) steps: Vec<Node<'t>>,
}

impl<'t> Suite<'t> {
    pub(crate) fn read(root: Node<'t>, policy: &Policy) -> Read<Self> {
        let known = [
            "units",
            "people",
            "relations",
            "forms",
            "tests",
            "rows",
            "settlements",
        ];
        only(root, &known)?;
        let settlements = listed(root.get("settlements"))?;
        let tests = match settlements.is_empty() {
            true => Some(need(root, "tests")?),
            false => root.get("tests"),
        };
        let tests = listed(tests)?.into_iter();
        let settlements = settlements.into_iter();
        Ok(Self {
            cast: Cast::read(root)?,
            forms: root.get("forms"),
            tests: tests
                .map(|node| Test::read(node, policy))
                .collect::<Read<_>>()?,
            rows: root.get("rows"),
            settlements: settlements
                .map(|node| Example::read(node, policy))
                .collect::<Read<_>>()?,
        })
    }
}

impl<'t> Test<'t> {
    fn read(node: Node<'t>, policy: &Policy) -> Read<Self> {
        only(node, &["test", "clauses", "walk", "steps"])?;
        let steps = need(node, "steps")?;
        if steps.items().count() > STEPS_MAX {
            let max = STEPS_MAX.to_string();
            return Err(Box::new(Finding::by_code(
                TOO_BIG,
                steps.place(),
                &[("what", "steps"), ("max", &max)],
            )));
        }
        Ok(Self {
            name: text(need(node, "test")?)?,
            node,
            clauses: clauses(node, policy)?,
            is_walk: node.get("walk").map_or(Ok(false), yes_no)?,
            steps: steps.items().collect(),
        })
    }
}

fn listed(node: Option<Node<'_>>) -> Read<Vec<Node<'_>>> {
    match node {
        None => Ok(Vec::new()),
        Some(node) if node.shape() == Shape::List => Ok(node.items().collect()),
        Some(node) => Err(bad(node, "list")),
    }
}

/// The clauses that a test says it shows.
pub(crate) fn clauses(node: Node<'_>, policy: &Policy) -> Read<Vec<ClauseId>> {
    let clause = |clause: Node<'_>| {
        let name = text(clause)?;
        let known = policy.clauses.keys().map(ClauseId::as_str);
        match policy.clauses.get_key_value(name) {
            Some((id, _)) => Ok(id.clone()),
            None => Err(unknown_name(clause.place(), "clause", name, known)),
        }
    };
    let clauses = node.get("clauses").into_iter().flat_map(Node::items);
    clauses.map(clause).collect()
}
