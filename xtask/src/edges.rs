//! The rooms use each other only as `xtask/edges.toml` allows.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use cargo_metadata::{DependencyKind, Package};
use serde::Deserialize;

use crate::{purity, workspace};

const FILE: &str = "xtask/edges.toml";

/// The drawing of the rooms as data.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edges {
    for_tests: BTreeSet<String>,
    rooms: BTreeMap<String, BTreeSet<String>>,
    pub(crate) pure: Pure,
}

/// What the pure rooms may use from outside, and what must not stand in their sources.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pure {
    pub(crate) libraries: BTreeMap<String, BTreeSet<String>>,
    /// Text that must be absent, with the reason.
    pub(crate) absent: BTreeMap<String, String>,
}

/// One dependency as a manifest declares it.
struct Use<'a> {
    room: &'a str,
    used: &'a str,
    is_room: bool,
    kind: DependencyKind,
}

/// Fails with the list of all edges that are not allowed.
pub(crate) fn check() -> Result<()> {
    let edges = read()?;
    let packages = workspace::metadata()?.packages;
    let mut problems: Vec<String> = uses(&packages)
        .iter()
        .filter_map(|used| edges.problem(used))
        .collect();
    problems.extend(edges.missing(&packages));
    problems.extend(purity::problems(&edges.pure, &packages)?);
    if problems.is_empty() {
        println!("{} rooms, every edge allowed by {FILE}", packages.len());
        return Ok(());
    }
    bail!("{}", problems.join("\n       "));
}

fn read() -> Result<Edges> {
    let text = std::fs::read_to_string(workspace::root().join(FILE))
        .with_context(|| format!("can't read `{FILE}`"))?;
    toml::from_str(&text).with_context(|| format!("`{FILE}` is malformed"))
}

fn uses(packages: &[Package]) -> Vec<Use<'_>> {
    let rooms: BTreeSet<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    packages
        .iter()
        .flat_map(|package| {
            let rooms = &rooms;
            package.dependencies.iter().map(move |dependency| Use {
                room: workspace::room_of(&package.name),
                used: workspace::room_of(&dependency.name),
                is_room: rooms.contains(dependency.name.as_str()),
                kind: dependency.kind,
            })
        })
        .collect()
}

impl Edges {
    /// Why this use is not allowed, if it isn't.
    fn problem(&self, edge: &Use) -> Option<String> {
        let Use { room, used, .. } = edge;
        let in_tests = edge.kind == DependencyKind::Development;
        if edge.is_room {
            let allowed = self.rooms.get(*room)?;
            if allowed.contains(*used) || in_tests && self.for_tests.contains(*used) {
                return None;
            }
            return Some(format!(
                "`{room}` uses the room `{used}`, which is no edge of {FILE}: move the code to the room it belongs to, \
                 or add the edge in a commit of its own that gives the reason"
            ));
        }
        let allowed = self.pure.libraries.get(*room)?;
        if in_tests || allowed.contains(*used) {
            return None;
        }
        Some(format!(
            "the pure room `{room}` uses the library `{used}`: do it outside and hand the result in as an argument, \
             or add the library under [pure.libraries] in {FILE} if it is pure itself"
        ))
    }

    /// Rooms that stand in only one of drawing and workspace.
    fn missing(&self, packages: &[Package]) -> Vec<String> {
        let built: BTreeSet<&str> = packages
            .iter()
            .map(|package| workspace::room_of(&package.name))
            .collect();
        let drawn: BTreeSet<&str> = self.rooms.keys().map(String::as_str).collect();
        let undrawn = built
            .difference(&drawn)
            .map(|room| format!("the room `{room}` is missing from {FILE}"));
        let unbuilt = drawn
            .difference(&built)
            .map(|room| format!("{FILE} names the room `{room}`, which doesn't exist"));
        undrawn.chain(unbuilt).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWING: &str = r#"
        for_tests = ["testkit"]
        [rooms]
        policy = []
        case = ["policy"]
        [pure.libraries]
        case = ["jiff"]
        [pure.absent]
    "#;

    fn problem(used: &str, is_room: bool, kind: DependencyKind) -> Option<String> {
        let edges: Edges = toml::from_str(DRAWING).expect("the drawing is well formed");
        edges.problem(&Use {
            room: "case",
            used,
            is_room,
            kind,
        })
    }

    #[test]
    fn a_drawn_edge_is_allowed() {
        assert_eq!(problem("policy", true, DependencyKind::Normal), None);
    }

    #[test]
    fn an_edge_that_is_not_drawn_is_refused_also_in_tests() {
        assert!(problem("store", true, DependencyKind::Normal).is_some());
        assert!(problem("store", true, DependencyKind::Development).is_some());
    }

    #[test]
    fn a_room_for_tests_is_allowed_only_there() {
        assert_eq!(problem("testkit", true, DependencyKind::Development), None);
        assert!(problem("testkit", true, DependencyKind::Normal).is_some());
    }

    #[test]
    fn a_pure_room_uses_only_the_listed_libraries_outside_its_tests() {
        assert_eq!(problem("jiff", false, DependencyKind::Normal), None);
        assert_eq!(
            problem("proptest", false, DependencyKind::Development),
            None
        );
        assert!(problem("tokio", false, DependencyKind::Normal).is_some());
    }

    #[test]
    fn the_workspace_keeps_to_its_drawing() {
        if let Err(problem) = check() {
            panic!("{problem:#}");
        }
    }
}
