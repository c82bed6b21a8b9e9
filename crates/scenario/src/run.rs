//! Running the test files of a policy.

use huiyin_calendar::Calendar;
use huiyin_diagnostic::{Finding, Findings, Place, Sources};
use huiyin_policy::SourceFile;
use huiyin_policy::model::{ClauseId, Policy};
use huiyin_policy::yaml;

use crate::play::play;
use crate::reading::Read;
use crate::settle;
use crate::suite::Suite;

/// What running gave: an outcome per test, and what is wrong with the files themselves.
#[derive(Debug, Clone)]
pub struct Run {
    /// The tests in the order of the files.
    pub outcomes: Vec<Outcome>,
    /// Mistakes that kept a whole file from running.
    pub findings: Findings,
    /// The texts that findings and failures point into.
    pub sources: Sources,
}

/// How a test came out.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// The clauses it shows.
    pub clauses: Vec<ClauseId>,
    /// The first difference; `None` if it passed.
    pub failure: Option<Finding>,
}

impl Run {
    /// Whether every file could be run and every test passed.
    pub fn passed(&self) -> bool {
        !self.findings.has_errors()
            && self
                .outcomes
                .iter()
                .all(|outcome| outcome.failure.is_none())
    }

    /// Everything that is wrong: mistakes in the files, then the failures of tests.
    pub fn problems(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(
            self.outcomes
                .iter()
                .filter_map(|outcome| outcome.failure.as_ref()),
        )
    }
}

/// Whether a file of a policy's folder holds scenario tests.
pub fn is_test_file(name: &str) -> bool {
    name.ends_with(".yaml") && name.starts_with("tests/")
}

/// Runs the test files among `files` (those under `tests/`) against a policy. Each test has a world of its own.
pub fn run(policy: &Policy, calendar: &Calendar, files: &[SourceFile]) -> Run {
    let mut run = Run {
        outcomes: Vec::new(),
        findings: Findings::new(),
        sources: Sources::new(),
    };
    for file in files.iter().filter(|file| is_test_file(&file.name)) {
        run.file(file, policy, calendar);
    }
    run
}

impl Run {
    fn file(&mut self, file: &SourceFile, policy: &Policy, calendar: &Calendar) {
        let Some(id) = yaml::decode(
            &file.name,
            &file.bytes,
            &mut self.sources,
            &mut self.findings,
        ) else {
            return;
        };
        let Some(tree) = yaml::read(id, self.sources.text(id), &mut self.findings) else {
            return;
        };
        match Suite::read(tree.root(), policy) {
            Err(finding) => self.findings.push(*finding),
            Ok(suite) => {
                let tests = suite.tests.iter().map(|test| Outcome {
                    name: test.name.to_owned(),
                    place: test.node.place(),
                    clauses: test.clauses.clone(),
                    failure: failure(play(test, &suite, policy, calendar)),
                });
                let settlements = suite.settlements.iter().map(|example| Outcome {
                    name: example.name.to_owned(),
                    place: example.node.place(),
                    clauses: example.clauses.clone(),
                    failure: failure(settle::play(example, suite.rows, policy)),
                });
                self.outcomes.extend(tests.chain(settlements));
            }
        }
    }
}

fn failure(played: Read<()>) -> Option<Finding> {
    played.err().map(|finding| *finding)
}
