//! A test file: who is there, forms filled in beforehand, and the tests.

use huiyin_diagnostic::Finding;
use huiyin_policy::model::{ClauseId, Policy};
use huiyin_policy::yaml::{Node, Shape};

use crate::cast::Cast;
use crate::codes::TOO_BIG;
use crate::reading::{Read, bad, need, only, text, unknown_name};

/// The most steps a test may have.
pub(crate) const STEPS_MAX: usize = 500;

/// One test file, read.
pub(crate) struct Suite<'t> {
    pub(crate) cast: Cast,
    pub(crate) forms: Option<Node<'t>>,
    pub(crate) tests: Vec<Test<'t>>,
}

/// One test.
pub(crate) struct Test<'t> {
    pub(crate) name: &'t str,
    pub(crate) node: Node<'t>,
    pub(crate) clauses: Vec<ClauseId>,
    pub(crate) steps: Vec<Node<'t>>,
}

impl<'t> Suite<'t> {
    pub(crate) fn read(root: Node<'t>, policy: &Policy) -> Read<Self> {
        only(root, &["units", "people", "forms", "tests"])?;
        let tests = need(root, "tests")?;
        if tests.shape() != Shape::List {
            return Err(bad(tests, "list"));
        }
        let tests = tests
            .items()
            .map(|node| Test::read(node, policy))
            .collect::<Read<_>>()?;
        Ok(Self {
            cast: Cast::read(root)?,
            forms: root.get("forms"),
            tests,
        })
    }
}

impl<'t> Test<'t> {
    fn read(node: Node<'t>, policy: &Policy) -> Read<Self> {
        only(node, &["test", "clauses", "steps"])?;
        let steps = need(node, "steps")?;
        if steps.items().count() > STEPS_MAX {
            let max = STEPS_MAX.to_string();
            return Err(Box::new(Finding::by_code(
                TOO_BIG,
                steps.place(),
                &[("what", "steps"), ("max", &max)],
            )));
        }
        let clause = |clause: Node<'t>| {
            let name = text(clause)?;
            let known = || {
                unknown_name(
                    clause,
                    "clause",
                    name,
                    policy.clauses.keys().map(ClauseId::as_str),
                )
            };
            policy
                .clauses
                .get_key_value(name)
                .map(|(id, _)| id.clone())
                .ok_or_else(known)
        };
        let clauses = node
            .get("clauses")
            .into_iter()
            .flat_map(Node::items)
            .map(clause)
            .collect::<Read<_>>()?;
        Ok(Self {
            name: text(need(node, "test")?)?,
            node,
            clauses,
            steps: steps.items().collect(),
        })
    }
}
