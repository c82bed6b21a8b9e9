//! Which clauses the tests of a policy show.

use huiyin_policy::model::{ClauseId, Mark, Policy};

use crate::run::Outcome;

/// A clause with the tests that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The clause.
    pub clause: ClauseId,
    /// What it lays down.
    pub marks: Vec<Mark>,
    /// The names of the tests that passed and name it.
    pub tests: Vec<String>,
}

/// Every clause of a policy, in its order, with the tests that show it. A failed test shows nothing.
pub fn coverage(policy: &Policy, outcomes: &[Outcome]) -> Vec<Covered> {
    let tests = |clause: &ClauseId| {
        let passed = outcomes.iter().filter(|outcome| outcome.failure.is_none());
        passed
            .filter(|outcome| outcome.clauses.contains(clause))
            .map(|outcome| outcome.name.clone())
            .collect()
    };
    let covered = |(clause, declared): (&ClauseId, &huiyin_policy::model::Clause)| Covered {
        clause: clause.clone(),
        marks: declared.marks.clone(),
        tests: tests(clause),
    };
    policy.clauses.iter().map(covered).collect()
}
