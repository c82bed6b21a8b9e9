//! The files the front end is made from, and a digest of their contents.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::failure::Failure;

const FOLDERS: [&str; 3] = ["src", "public", "build"];

const FILES: [&str; 7] = [
    ".npmrc",
    "index.html",
    "package-lock.json",
    "package.json",
    "portal.html",
    "tsconfig.json",
    "vite.config.ts",
];

/// Specs are no part of what is built.
const SPEC_SUFFIX: &str = ".spec.ts";

/// Every input below `web`, sorted.
pub(crate) fn list(web: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut inputs: Vec<PathBuf> = FILES
        .iter()
        .map(|name| web.join(name))
        .filter(|path| path.is_file())
        .collect();
    for folder in FOLDERS
        .iter()
        .map(|name| web.join(name))
        .filter(|path| path.is_dir())
    {
        inputs.extend(files_below(&folder)?);
    }
    inputs.retain(|path| !path.to_string_lossy().ends_with(SPEC_SUFFIX));
    inputs.sort();
    Ok(inputs)
}

/// What cargo should watch: only what exists, as a missing path would rerun the script for ever.
pub(crate) fn watched(web: &Path) -> Vec<PathBuf> {
    FOLDERS
        .iter()
        .chain(&FILES)
        .map(|name| web.join(name))
        .filter(|path| path.exists())
        .collect()
}

/// A hexadecimal digest of names and contents; modification times have no say.
pub(crate) fn digest(web: &Path, inputs: &[PathBuf]) -> Result<String, Failure> {
    let mut hash = Sha256::new();
    for path in inputs {
        let name = path
            .strip_prefix(web)
            .unwrap_or(path)
            .to_string_lossy()
            .replace('\\', "/");
        let content = fs::read(path).map_err(|cause| Failure::file(path, &cause))?;
        for part in [name.as_bytes(), &content] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    Ok(hex(&hash.finalize()))
}

/// Every file below `folder` in no particular order, without those whose name starts with a dot.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(|cause| Failure::file(&folder, &cause))? {
            let path = entry
                .map_err(|cause| Failure::file(&folder, &cause))?
                .path();
            let hidden = path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'));
            match (hidden, path.is_dir()) {
                (true, _) => {}
                (false, true) => open.push(path),
                (false, false) => found.push(path),
            }
        }
    }
    Ok(found)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
