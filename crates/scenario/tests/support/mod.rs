//! The policies that ship, with their tests.

#![allow(
    clippy::expect_used,
    reason = "without the shipped policies there is nothing to test"
)]

use std::path::{Path, PathBuf};

use huiyin_policy::SourceFile;

/// The folder `policies`.
pub(crate) fn policies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies")
}

/// The YAML files of a policy's folder, those of its tests among them, in the order of their names.
pub(crate) fn files(folder: &Path) -> Vec<SourceFile> {
    let mut files = Vec::new();
    for (prefix, folder) in [("", folder.to_owned()), ("tests/", folder.join("tests"))] {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy();
            if name.ends_with(".yaml") {
                let bytes = std::fs::read(&path).expect("a readable file");
                files.push(SourceFile::new(format!("{prefix}{name}"), bytes));
            }
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}
