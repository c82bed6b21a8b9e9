//! What a first start begins with: the organisation to try with and its cases, the first administrator alone, or an
//! organisation of one's own.

use std::path::PathBuf;

use huiyin_app::start::FirstStart;
use huiyin_policy::SourceFile;
use include_dir::{Dir, include_dir};

use crate::cli::Serve;
use crate::shipped::collect;

static TRIAL: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../trial");
/// In [`TRIAL`]: the organisation to try with.
const ORGANISATION: &str = "organisation.yaml";
/// In [`TRIAL`]: the first administrator alone.
const ALONE: &str = "alone.yaml";
/// In [`TRIAL`]: the folder of the cases.
const CASES: &str = "cases";

/// Why the file of the organisation is not there.
#[derive(Debug, thiserror::Error)]
#[error("file `{path}` can't be read")]
pub(crate) struct FileUnreadable {
    path: PathBuf,
    #[source]
    cause: std::io::Error,
}

/// What the options ask for.
///
/// # Errors
/// When a file that they name can't be read.
pub(crate) fn first_start(options: &Serve) -> Result<FirstStart, FileUnreadable> {
    let mut cases = Vec::new();
    let organisation = match &options.organisation {
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|cause| FileUnreadable {
                path: path.clone(),
                cause,
            })?;
            SourceFile::new(path.to_string_lossy(), bytes)
        }
        None if options.without_trial => embedded(ALONE),
        None => {
            if let Some(folder) = TRIAL.get_dir(CASES) {
                collect(folder, folder, &mut cases);
            }
            embedded(ORGANISATION)
        }
    };
    Ok(FirstStart {
        organisation,
        cases,
    })
}

fn embedded(name: &str) -> SourceFile {
    let file = TRIAL.get_file(name).expect("the file is embedded");
    SourceFile::new(name, file.contents())
}
