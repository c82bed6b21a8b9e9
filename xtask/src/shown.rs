//! The tests over HTTP that clauses name are there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::workspace;

/// The line by which a clause names a test.
const KEY: &str = "shown_by:";

/// Fails with the list of all tests that a policy names and no room has.
pub(crate) fn check() -> Result<()> {
    let root = workspace::root();
    let mut named = BTreeSet::new();
    for text in texts(&root.join("policies"), "yaml")? {
        named.extend(text.lines().flat_map(names));
    }
    let tests = texts(&root.join("crates/api/tests"), "rs")?;
    let is_test = |name: &String| {
        tests
            .iter()
            .any(|text| text.contains(&format!("fn {name}(")))
    };
    let missing: Vec<String> = named.into_iter().filter(|name| !is_test(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!("no test over HTTP is called {}", missing.join(", "));
}

/// The names on a line: one, or a list in brackets.
fn names(line: &str) -> Vec<String> {
    let Some(rest) = line.trim().strip_prefix(KEY) else {
        return Vec::new();
    };
    let rest = rest.trim().trim_start_matches('[').trim_end_matches(']');
    rest.split(',').map(|name| name.trim().to_owned()).collect()
}

/// The texts of all files with an extension below a folder.
fn texts(folder: &Path, extension: &str) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("can't list `{}`", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            texts.extend(self::texts(&path, extension)?);
        } else if path.extension().is_some_and(|found| found == extension) {
            let text = fs::read_to_string(&path);
            texts.push(text.with_context(|| format!("can't read `{}`", path.display()))?);
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_names_one_test_or_several() {
        assert_eq!(names("    shown_by: a_test"), ["a_test"]);
        assert_eq!(names("shown_by: [one, another]"), ["one", "another"]);
        assert_eq!(names("mark: rule"), Vec::<String>::new());
    }
}
