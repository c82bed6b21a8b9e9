//! Policies by name: those that ship with the product, and folders.

use std::path::Path;

use huiyin_policy::SourceFile;
use include_dir::{Dir, DirEntry, include_dir};

use crate::files::{is_read, read_folder};

/// The policies that ship with the product, each in a folder.
static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../policies");

/// Why there is no such policy.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoPolicy {
    /// Neither a folder nor a policy that ships.
    #[error("`{name}` is neither a folder nor one of the policies that ship: {known}")]
    Unknown { name: String, known: String },
    /// The folder can't be read.
    #[error("the policy folder `{name}` can't be read")]
    Unreadable {
        name: String,
        #[source]
        cause: std::io::Error,
    },
}

/// The files of a policy: of the folder at this path, or else of the one that ships under this name.
///
/// # Errors
/// When there is neither, or a file can't be read.
pub(crate) fn policy_files(name: &str) -> Result<Vec<SourceFile>, NoPolicy> {
    if let Some(folder) = SHIPPED.get_dir(name) {
        let mut files = Vec::new();
        collect(folder, folder, &mut files);
        return Ok(files);
    }
    let path = Path::new(name);
    if path.is_dir() {
        return read_folder(path).map_err(|cause| NoPolicy::Unreadable {
            name: name.to_owned(),
            cause,
        });
    }
    let known = SHIPPED.dirs().map(|folder| folder.path().to_string_lossy());
    Err(NoPolicy::Unknown {
        name: name.to_owned(),
        known: known.collect::<Vec<_>>().join(", "),
    })
}

/// The policies that ship, each by its files, its tests among them.
pub(crate) fn all() -> Vec<Vec<SourceFile>> {
    let folders = SHIPPED.dirs();
    folders
        .map(|folder| {
            let mut files = Vec::new();
            collect(folder, folder, &mut files);
            files
        })
        .collect()
}

/// The files of a folder and those below it that are read, named from `root`.
pub(crate) fn collect(root: &Dir<'_>, folder: &Dir<'_>, files: &mut Vec<SourceFile>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(root, inner, files),
            DirEntry::File(file) => {
                let name = file.path().strip_prefix(root.path());
                let name = name.map(|name| name.to_string_lossy().into_owned());
                if let Some(name) = name.ok().filter(|name| is_read(name)) {
                    files.push(SourceFile::new(name, file.contents()));
                }
            }
        }
    }
}
