//! The cases of the organisation to try with. Files tell their history (`trial/README.md` describes them), and the first
//! start plays it: every step is an ordinary command at its own time, and what was due by then fires at its time too.

mod act;
mod moment;
mod plan;
mod play;

use huiyin_policy::SourceFile;
use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::error::Error;
use crate::source::{Source, Wrong};
use plan::{Names, Reading};
use play::Stage;

/// So long before the first start the shipped policies came into force in the organisation to try with.
const IN_FORCE_BEFORE: SignedDuration = SignedDuration::from_hours(24 * 200);

/// When the history of a first start at `now` begins.
pub(crate) fn begin(now: Timestamp) -> Timestamp {
    now.checked_sub(IN_FORCE_BEFORE).unwrap_or(now)
}

/// Plays the cases of the files up to `now` on an application whose clock can be set, and gives what in the files is
/// wrong; the rest is played all the same.
///
/// # Errors
/// When the database fails.
pub(crate) async fn play(
    app: &App,
    files: &[SourceFile],
    now: Timestamp,
) -> Result<Vec<Wrong>, Error> {
    let mut wrong = Vec::new();
    let mut sources = Vec::new();
    for file in files {
        match Source::read(file) {
            Ok(source) => sources.push(source),
            Err(mistake) => wrong.push(mistake),
        }
    }
    let directory = app.directory();
    let reading = Reading {
        shelf: &app.shelf(),
        calendar: &app.calendar(),
        names: Names::of(&directory.organisation),
        begin: app.now(),
        now,
    };
    let mut cases = Vec::new();
    for source in &sources {
        cases.extend(reading.cases(source, &mut wrong));
    }
    let stage = Stage::new(app, &reading.names, cases, now);
    wrong.extend(stage.play().await?);
    Ok(wrong)
}
