//! The sources of the pure rooms name nothing impure.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::Package;

use crate::edges::Pure;
use crate::workspace;

/// Where tests begin at the end of a source file; they may read files and print.
const TESTS_BEGIN: &str = "#[cfg(test)]";

/// Every line of a pure room that names what must be absent there.
pub(crate) fn problems(pure: &Pure, packages: &[Package]) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for package in packages {
        if !pure
            .libraries
            .contains_key(workspace::room_of(&package.name))
        {
            continue;
        }
        let folder = package.manifest_path.with_file_name("src");
        for file in sources(folder.as_std_path())? {
            let text = fs::read_to_string(&file)
                .with_context(|| format!("can't read `{}`", file.display()))?;
            let name = file.strip_prefix(workspace::root()).unwrap_or(&file);
            problems.extend(found(pure, &text).map(|(line, absent, reason)| {
                format!(
                    "{}:{line}: `{absent}` in a pure room: {reason}",
                    name.display()
                )
            }));
        }
    }
    Ok(problems)
}

/// The Rust files below `folder`, without those that hold only tests.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in
        fs::read_dir(folder).with_context(|| format!("can't list `{}`", folder.display()))?
    {
        let path = entry?.path();
        if path.file_stem().is_some_and(|stem| stem == "tests") {
            continue;
        }
        if path.is_dir() {
            files.extend(sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Line number, text and reason of each place outside comments and tests.
fn found<'a>(pure: &'a Pure, source: &'a str) -> impl Iterator<Item = (usize, &'a str, &'a str)> {
    source
        .lines()
        .take_while(|line| line.trim() != TESTS_BEGIN)
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .flat_map(move |(index, line)| {
            pure.absent
                .iter()
                .filter(move |(absent, _)| line.contains(absent.as_str()))
                .map(move |(absent, reason)| (index + 1, absent.as_str(), reason.as_str()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(source: &str) -> Vec<usize> {
        let pure: Pure = toml::from_str("libraries = {}\n[absent]\n\"std::fs\" = \"files\"")
            .expect("well formed");
        found(&pure, source).map(|(line, ..)| line).collect()
    }

    #[test]
    fn code_that_names_an_absent_thing_is_found() {
        assert_eq!(lines("use x;\nuse std::fs;\n"), [2]);
    }

    #[test]
    fn comments_and_tests_may_name_it() {
        assert_eq!(lines("// std::fs\n#[cfg(test)]\nuse std::fs;\n"), [0; 0]);
    }
}
