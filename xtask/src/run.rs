//! Running a program while watching what it prints.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::count::{Counts, Runner};
use crate::workspace;

/// npm's name as a program.
pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// A program in the root of the repository that reads nothing from the terminal.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(workspace::root())
        .stdin(Stdio::null());
    command
}

/// npm in a folder of the repository, such as `web`.
pub(crate) fn npm(folder: &str, arguments: &[&str]) -> Command {
    let mut command = command(NPM, arguments);
    command
        .current_dir(workspace::root().join(folder))
        // An inherited `production` would make npm leave out the build tools.
        .env_remove("NODE_ENV");
    command
}

/// Installs a folder's npm packages exactly as its lock file has them, unless they are there.
pub(crate) fn npm_install(folder: &str) -> Result<()> {
    let folder_path = workspace::root().join(folder);
    if is_newer(
        &folder_path.join("node_modules/.package-lock.json"),
        &folder_path.join("package-lock.json"),
    ) {
        return Ok(());
    }
    passed(&mut npm(
        folder,
        &["ci", "--include=dev", "--no-audit", "--no-fund"],
    ))
}

/// Whether `made` exists and is not older than `source`.
fn is_newer(made: &Path, source: &Path) -> bool {
    let changed = |path: &Path| path.metadata().and_then(|metadata| metadata.modified());
    matches!((changed(made), changed(source)), (Ok(made), Ok(source)) if made >= source)
}

/// Runs the command with its output on the terminal; an unsuccessful end is an error.
pub(crate) fn passed(command: &mut Command) -> Result<()> {
    let line = shown(command);
    let status = command
        .status()
        .with_context(|| format!("can't run `{line}`"))?;
    if !status.success() {
        bail!("`{line}` ended with {status}");
    }
    Ok(())
}

/// Runs the command, passes on what it prints and adds up the tests it reports.
///
/// Gives the counts also when the command fails, because a failing test is what makes it fail.
pub(crate) fn counted(command: &mut Command, runner: Runner) -> Result<(Counts, bool)> {
    let line = shown(command);
    let (reader, writer) = io::pipe()?;
    let mut child = command
        .env("NO_COLOR", "1")
        .stdout(writer.try_clone()?)
        .stderr(writer)
        .spawn()
        .with_context(|| format!("can't run `{line}`"))?;
    // The command keeps its ends of the pipe until they are replaced, and the reader would wait for them.
    command.stdout(Stdio::null()).stderr(Stdio::null());

    let mut counts = Counts::default();
    let mut output = BufReader::new(reader);
    let mut printed = Vec::new();
    while output.read_until(b'\n', &mut printed)? > 0 {
        io::stdout().write_all(&printed)?;
        counts += runner.count(&String::from_utf8_lossy(&printed));
        printed.clear();
    }
    Ok((counts, child.wait()?.success()))
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
