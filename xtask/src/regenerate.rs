//! The files that are generated from others and committed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{run, workspace};

struct Generated {
    /// Relative to the root.
    file: &'static str,
    /// Writes the file.
    write: fn(&Path) -> Result<()>,
}

/// In an order in which each file is made after those it is made from.
const GENERATED: &[Generated] = &[
    Generated {
        file: "api/openapi.json",
        write: write_openapi,
    },
    Generated {
        file: "web/src/api/schema.ts",
        write: write_api_types,
    },
];

/// Writes all generated files anew.
pub(crate) fn write() -> Result<()> {
    build()?;
    for generated in GENERATED {
        (generated.write)(&path(generated))?;
        println!("wrote {}", generated.file);
    }
    Ok(())
}

/// Builds the program, then does as [`check_with_built_program`].
pub(crate) fn check() -> Result<()> {
    build()?;
    check_with_built_program()
}

/// Fails if a committed file differs from what would be generated; leaves all files as they are.
pub(crate) fn check_with_built_program() -> Result<()> {
    let mut stale = Vec::new();
    for generated in GENERATED {
        let path = path(generated);
        let committed =
            fs::read(&path).with_context(|| format!("can't read `{}`", generated.file))?;
        (generated.write)(&path)?;
        if fs::read(&path)? != committed {
            fs::write(&path, &committed)?;
            stale.push(generated.file);
        }
    }
    if stale.is_empty() {
        println!("{} generated files, all in step", GENERATED.len());
        return Ok(());
    }
    bail!(
        "out of step: {}; run `cargo xtask regenerate` and commit the result",
        stale.join(", ")
    );
}

fn path(generated: &Generated) -> PathBuf {
    workspace::root().join(generated.file)
}

/// Without the front end, which can't be built before its types are written.
fn build() -> Result<()> {
    run::passed(run::command("cargo", &["build", "--package", "huiyin"]).env("HUIYIN_WEB", "stub"))
}

fn write_openapi(file: &Path) -> Result<()> {
    let output = run::command(workspace::program()?, &["openapi"])
        .output()
        .context("can't run `huiyin openapi`")?;
    if !output.status.success() {
        bail!(
            "`huiyin openapi` failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    fs::write(file, output.stdout).with_context(|| format!("can't write `{}`", file.display()))
}

fn write_api_types(_: &Path) -> Result<()> {
    run::npm_install("web")?;
    run::passed(&mut run::npm("web", &["run", "--silent", "api"]))
}
