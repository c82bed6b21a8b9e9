//! The system packages that the full test run needs.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::run;

struct Package {
    /// As Debian calls it.
    name: &'static str,
    purpose: &'static str,
    is_there: fn() -> bool,
}

const PACKAGES: &[Package] = &[
    Package {
        name: "chromium",
        purpose: "the browser of the end-to-end tests",
        is_there: || {
            ["chromium", "chromium-browser", "google-chrome"]
                .into_iter()
                .any(is_program)
        },
    },
    Package {
        name: "fonts-noto-cjk",
        purpose: "Chinese glyphs for that browser",
        is_there: || !printed("fc-list", &[":lang=zh"]).is_empty(),
    },
    Package {
        name: "postgresql",
        purpose: "the store's second database",
        is_there: || is_program("initdb") || has_postgresql(Path::new("/usr/lib/postgresql")),
    },
];

/// Installs what is missing when that is possible without asking, or else says how to.
pub(crate) fn ensure() -> Result<()> {
    let missing: Vec<&Package> = PACKAGES
        .iter()
        .filter(|package| !(package.is_there)())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    let install = [
        &["install", "--yes", "--no-install-recommends"],
        names.as_slice(),
    ]
    .concat();
    for package in &missing {
        println!("missing: {} ({})", package.name, package.purpose);
    }
    if !is_program("apt-get") || printed("id", &["-u"]).trim() != "0" {
        bail!(
            "install the missing packages and start again; on Debian and Ubuntu:\n       \
             sudo apt-get update && sudo apt-get {}",
            install.join(" ")
        );
    }
    println!("installing with apt-get: {}", names.join(" "));
    run::passed(&mut apt_get(&["update", "--quiet"]))?;
    run::passed(&mut apt_get(&install))
}

fn apt_get(arguments: &[&str]) -> Command {
    let mut command = run::command("apt-get", arguments);
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// Whether a program of this name is on the search path.
pub(crate) fn is_program(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

fn has_postgresql(versions: &Path) -> bool {
    versions.read_dir().is_ok_and(|mut folders| {
        folders
            .any(|folder| folder.is_ok_and(|version| version.path().join("bin/initdb").is_file()))
    })
}

/// What the program prints; nothing when it can't be run.
fn printed(program: &str, arguments: &[&str]) -> String {
    run::command(program, arguments)
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default()
}
