//! Tests of a policy as walks: what each step asked, and how the case stood after it, to be gone through elsewhere.
//!
//! A test marked `walk: yes` goes from the opening of a case to its archive. In memory it is played like every other; a
//! player of another kind, such as one over HTTP, asks for the same and must come to the same.

use huiyin_calendar::Calendar;
use huiyin_case::organisation::Organisation;
use huiyin_case::{CaseState, Command};
use huiyin_diagnostic::{Finding, Findings, Sources};
use huiyin_policy::SourceFile;
use huiyin_policy::model::Policy;
use huiyin_policy::yaml;
use jiff::Timestamp;

use crate::play::play_told;
use crate::reading::Read;
use crate::run::is_test_file;
use crate::suite::Suite;

/// A test marked as a walk.
#[derive(Debug, Clone)]
pub struct Walk {
    /// Its name.
    pub name: String,
    /// The people and units of its file. Names are the file's own.
    pub organisation: Organisation,
    /// What was asked, in order.
    pub steps: Vec<WalkStep>,
}

/// Something that was asked.
#[derive(Debug, Clone)]
pub struct WalkStep {
    /// When.
    pub now: Timestamp,
    /// What was asked, with the ids of [`Walk::organisation`].
    pub command: Command,
    /// The case that is opened out of the one at hand, if one is.
    pub raised: Option<Command>,
    /// The code of the rule that refused it; `None` if it was carried out.
    pub refused: Option<&'static str>,
    /// The case at hand after it; `None` if there is none yet.
    pub after: Option<CaseState>,
}

/// The tests marked as walks in the test files of a policy.
///
/// # Errors
///
/// The first mistake in a file, or the first difference in such a test.
pub fn walks(
    policy: &Policy,
    calendar: &Calendar,
    files: &[SourceFile],
) -> Result<Vec<Walk>, Box<Finding>> {
    let mut walks = Vec::new();
    each_suite(policy, files, &mut |suite| {
        walks.extend(walks_of(suite, policy, calendar)?);
        Ok(())
    })?;
    Ok(walks)
}

/// Reads the test files of a policy, one after the other.
pub(crate) fn each_suite(
    policy: &Policy,
    files: &[SourceFile],
    with: &mut dyn FnMut(&Suite<'_>) -> Read<()>,
) -> Read<()> {
    for file in files.iter().filter(|file| is_test_file(&file.name)) {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let id = yaml::decode(&file.name, &file.bytes, &mut sources, &mut findings);
        let tree = id.and_then(|id| yaml::read(id, sources.text(id), &mut findings));
        match tree {
            Some(tree) => with(&Suite::read(tree.root(), policy)?)?,
            None => {
                let first = findings.iter().next().cloned();
                return first.map_or(Ok(()), |finding| Err(Box::new(finding)));
            }
        }
    }
    Ok(())
}

fn walks_of(suite: &Suite<'_>, policy: &Policy, calendar: &Calendar) -> Read<Vec<Walk>> {
    let marked = suite.tests.iter().filter(|test| test.is_walk);
    marked
        .map(|test| {
            let mut steps = Vec::new();
            play_told(test, suite, policy, calendar, &mut |step| steps.push(step))?;
            Ok(Walk {
                name: test.name.to_owned(),
                organisation: suite.cast.organisation.clone(),
                steps,
            })
        })
        .collect()
}
