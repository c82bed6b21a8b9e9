//! What shows each clause of a policy: its tests, tests over HTTP, its data.

use huiyin_policy::model::{Clause, ClauseId, Mark, Policy};
use huiyin_policy::show::cited;

use crate::run::Outcome;

/// A clause with what shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The clause.
    pub clause: ClauseId,
    /// What it lays down.
    pub marks: Vec<Mark>,
    /// The names of the tests that passed and name it.
    pub tests: Vec<String>,
    /// The names of the tests over HTTP that the clause itself names.
    pub http: Vec<String>,
    /// How many elements of the policy cite it.
    pub elements: usize,
}

impl Covered {
    /// The marks that nothing shows. What the engine enforces takes a test; the other things are data.
    pub fn bare(&self) -> impl Iterator<Item = Mark> {
        let tested = !self.tests.is_empty() || !self.http.is_empty();
        let marks = self.marks.iter().copied();
        marks.filter(move |mark| match mark {
            Mark::Rule | Mark::Form | Mark::Clock => !tested,
            Mark::Report | Mark::Guide | Mark::Admin => !tested && self.elements == 0,
        })
    }
}

/// Every clause of a policy, in its order, with what shows it. A failed test shows nothing.
pub fn coverage(policy: &Policy, outcomes: &[Outcome]) -> Vec<Covered> {
    let cited = cited(policy);
    let tests = |clause: &ClauseId| {
        let passed = outcomes.iter().filter(|outcome| outcome.failure.is_none());
        passed
            .filter(|outcome| outcome.clauses.contains(clause))
            .map(|outcome| outcome.name.clone())
            .collect()
    };
    let covered = |(clause, declared): (&ClauseId, &Clause)| Covered {
        clause: clause.clone(),
        marks: declared.marks.clone(),
        tests: tests(clause),
        http: declared.shown_by.clone(),
        elements: cited.get(clause).copied().unwrap_or_default(),
    };
    policy.clauses.iter().map(covered).collect()
}
