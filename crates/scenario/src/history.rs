//! What the tests of a policy leave behind: the histories of the cases they play.

use huiyin_calendar::Calendar;
use huiyin_case::Recorded;
use huiyin_case::organisation::Organisation;
use huiyin_diagnostic::Finding;
use huiyin_policy::SourceFile;
use huiyin_policy::model::Policy;
use jiff::Timestamp;

use crate::play::{play_in, world};
use crate::walk::each_suite;

/// What a test left behind.
#[derive(Debug, Clone)]
pub struct Played {
    /// The test's name.
    pub name: String,
    /// The people and units of its file.
    pub organisation: Organisation,
    /// When it ended.
    pub now: Timestamp,
    /// The events of each of its cases.
    pub cases: Vec<Vec<Recorded>>,
}

/// Plays all tests in the test files of a policy.
///
/// # Errors
///
/// The first mistake in a file, or the first difference in a test.
pub fn histories(
    policy: &Policy,
    calendar: &Calendar,
    files: &[SourceFile],
) -> Result<Vec<Played>, Box<Finding>> {
    let mut played = Vec::new();
    each_suite(policy, files, &mut |suite| {
        for test in &suite.tests {
            let mut world = world(suite, policy, calendar);
            play_in(&mut world, test, suite, &mut |_| {})?;
            let cases = world.cases().iter().map(|case| case.events.clone());
            played.push(Played {
                name: test.name.to_owned(),
                organisation: suite.cast.organisation.clone(),
                now: world.now.unwrap_or_default(),
                cases: cases.collect(),
            });
        }
        Ok(())
    })?;
    Ok(played)
}
