//! Policy folders on disk.

use std::io;
use std::path::{Path, PathBuf};

use huiyin_policy::{SourceFile, calendar_of_file};

/// Folders deeper than this inside a policy folder are not read.
const DEPTH_MAX: usize = 4;
/// Name of the file that makes a folder a policy folder.
const POLICY_FILE: &str = "policy.yaml";

/// The policy folders among `paths`: each path itself, or the folders in it.
///
/// # Errors
/// When a path can't be read, or none holds a policy.
pub(crate) fn policy_folders(paths: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for path in paths {
        if path.join(POLICY_FILE).is_file() {
            folders.push(path.clone());
            continue;
        }
        let mut inner: Vec<PathBuf> = std::fs::read_dir(path)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        inner.retain(|folder| folder.join(POLICY_FILE).is_file());
        inner.sort();
        if inner.is_empty() {
            let message = format!(
                "`{}` holds no `{POLICY_FILE}`, nor does a folder in it",
                path.display()
            );
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        folders.append(&mut inner);
    }
    Ok(folders)
}

/// The files of a policy folder that mean something, with names relative to it and `/` between parts.
///
/// # Errors
/// When a file can't be read.
pub(crate) fn read_folder(folder: &Path) -> io::Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    collect(folder, "", DEPTH_MAX, &mut files)?;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// Whether a file of a policy folder is read: what is written in YAML, tests included, and calendars.
pub(crate) fn is_read(name: &str) -> bool {
    name.ends_with(".yaml") || calendar_of_file(name).is_some()
}

fn collect(
    folder: &Path,
    prefix: &str,
    depth: usize,
    files: &mut Vec<SourceFile>,
) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            if depth > 0 {
                collect(&entry.path(), &format!("{name}/"), depth - 1, files)?;
            }
        } else if is_read(&name) {
            files.push(SourceFile::new(name, std::fs::read(entry.path())?));
        }
    }
    Ok(())
}
