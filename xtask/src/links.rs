//! Links and paths in the Markdown files lead somewhere.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::workspace;

/// Fails with the list of all links and paths that lead nowhere.
pub(crate) fn check() -> Result<()> {
    let root = workspace::root();
    let ignored = ignored(root)?;
    let pages = pages(root, &ignored)?;
    let mut problems = Vec::new();
    for page in &pages {
        let text =
            fs::read_to_string(page).with_context(|| format!("can't read `{}`", page.display()))?;
        let name = page.strip_prefix(root).unwrap_or(page).display();
        for (line, prose) in prose(&text) {
            let links = between(prose, "](", ")").filter(|link| !leads_somewhere(page, link));
            let paths = between(prose, "`", "`")
                .filter(|code| is_path(root, &ignored, code) && !root.join(code).exists());
            problems.extend(
                links
                    .chain(paths)
                    .map(|target| format!("{name}:{line}: `{target}` leads nowhere")),
            );
        }
    }
    if problems.is_empty() {
        println!("{} Markdown files, every link leads somewhere", pages.len());
        return Ok(());
    }
    bail!("{}", problems.join("\n       "));
}

/// The folders that a clean checkout doesn't have, because what is in them is built or installed.
fn ignored(root: &Path) -> Result<Vec<PathBuf>> {
    let text = fs::read_to_string(root.join(".gitignore")).context("can't read `.gitignore`")?;
    let folders = text
        .lines()
        .filter_map(|line| line.strip_prefix('/')?.strip_suffix('/'));
    Ok(folders.chain([".git"]).map(PathBuf::from).collect())
}

/// The Markdown files below `root`.
fn pages(root: &Path, ignored: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut pages = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in
            fs::read_dir(&folder).with_context(|| format!("can't list `{}`", folder.display()))?
        {
            let path = entry?.path();
            let is_ignored = path
                .strip_prefix(root)
                .is_ok_and(|below| ignored.iter().any(|folder| folder == below));
            if path.is_dir() && !is_ignored {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    Ok(pages)
}

/// The numbered lines outside code blocks.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut in_code = false;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        (!in_code && !is_fence).then_some((index + 1, line))
    })
}

/// The pieces of the line that stand between the two marks.
fn between<'a>(line: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once(open)?;
        let (piece, after) = after.split_once(close)?;
        rest = after;
        Some(piece)
    })
}

fn leads_somewhere(page: &Path, link: &str) -> bool {
    if link.contains("://") || link.starts_with("mailto:") {
        return true;
    }
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = match file {
        "" => page.to_owned(),
        _ => page.with_file_name(file),
    };
    if anchor.is_empty() {
        return target.exists();
    }
    fs::read_to_string(target).is_ok_and(|text| {
        prose(&text).any(|(_, line)| line.starts_with('#') && anchor_of(line) == anchor)
    })
}

/// The anchor that a heading gets on the usual code hosts.
fn anchor_of(heading: &str) -> String {
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'))
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}

/// Whether a piece of code is meant as a path from the root that a clean checkout has; a part in capitals stands for
/// any name.
fn is_path(root: &Path, ignored: &[PathBuf], code: &str) -> bool {
    let Some((first, rest)) = code.split_once('/') else {
        return false;
    };
    let is_plain = code
        .chars()
        .all(|letter| letter.is_alphanumeric() || "/._-".contains(letter));
    let stands_for_any = |part: &str| {
        part.len() > 1
            && part
                .chars()
                .all(|letter| letter.is_uppercase() || letter == '_')
    };
    let has_placeholder = rest.split(['/', '.']).any(stands_for_any);
    let is_ignored = ignored
        .iter()
        .any(|folder| Path::new(code).starts_with(folder));
    is_plain && !has_placeholder && !is_ignored && !first.is_empty() && root.join(first).is_dir()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_outside_code_blocks() {
        let text = "see [a](x.md) and [b](y.md#z)\n```\n[c](no.md)\n```\n";
        let links: Vec<&str> = prose(text)
            .flat_map(|(_, line)| between(line, "](", ")"))
            .collect();
        assert_eq!(links, ["x.md", "y.md#z"]);
    }

    #[test]
    fn headings_get_the_usual_anchors() {
        assert_eq!(
            anchor_of("## A first walk: step by step"),
            "a-first-walk-step-by-step"
        );
        assert_eq!(anchor_of("# 回音 Huiyin"), "回音-huiyin");
    }

    #[test]
    fn only_paths_from_the_root_without_placeholders_are_checked() {
        let is_path = |code| is_path(workspace::root(), &[PathBuf::from("web/dist")], code);
        assert!(is_path("xtask/edges.toml"));
        assert!(is_path("crates/no_such_room"));
        assert!(!is_path("crates/NAME/src/lib.rs"));
        assert!(!is_path("policies/*.yaml"));
        assert!(!is_path("/api/v1"));
        assert!(!is_path("and/or"));
        assert!(!is_path("web/dist/index.html"));
    }

    #[test]
    fn every_link_of_the_documentation_leads_somewhere() {
        if let Err(problem) = check() {
            panic!("{problem:#}");
        }
    }
}
