//! Runs Node and npm.

use std::env::consts::{ARCH, OS};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Output};

use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::inputs::hex;

/// The oldest Node the build tools run on, as major and minor version.
pub(crate) const NODE_MIN: (u32, u32) = (20, 19);

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Says for which lock file, Node and machine `node_modules` was installed.
const INSTALL_STAMP: &str = "node_modules/.huiyin-stamp";

/// Installs the packages when the lock, Node or the machine changed, then builds `web/dist`.
pub(crate) fn build(web: &Path) -> Result<(), Failure> {
    let version = node_version(web)?;
    let lock_path = web.join("package-lock.json");
    let lock = fs::read(&lock_path).map_err(|cause| Failure::file(&lock_path, &cause))?;
    let wanted = install_stamp(&lock, &version);
    let stamp = web.join(INSTALL_STAMP);
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return npm(web, &["run", "build"]);
    }
    npm(web, &["ci", "--include=dev"])?;
    fs::write(&stamp, wanted).map_err(|cause| Failure::file(&stamp, &cause))?;
    npm(web, &["run", "build"])
}

/// Reads `v20.19.1` as (20, 19).
pub(crate) fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// The text that `node_modules` carries when it fits this lock file, Node version and machine.
pub(crate) fn install_stamp(lock: &[u8], version: &str) -> String {
    format!(
        "{} {} {OS} {ARCH}",
        hex(&Sha256::digest(lock)),
        version.trim()
    )
}

fn node_version(web: &Path) -> Result<String, Failure> {
    let output = run(web, "node", &["--version"])?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match parse_version(&version) {
        Some(found) if found >= NODE_MIN => Ok(version),
        _ => Err(Failure::OldNode(version)),
    }
}

fn npm(web: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let output = run(web, NPM, arguments)?;
    if output.status.success() {
        return Ok(());
    }
    let mut printed = String::from_utf8_lossy(&output.stdout).into_owned();
    printed.push_str(&String::from_utf8_lossy(&output.stderr));
    Err(Failure::Npm {
        arguments: arguments.join(" "),
        output: printed,
    })
}

fn run(web: &Path, program: &'static str, arguments: &[&str]) -> Result<Output, Failure> {
    Command::new(program)
        .args(arguments)
        .current_dir(web)
        // An inherited `production` would make npm leave out the build tools.
        .env_remove("NODE_ENV")
        .output()
        .map_err(|cause| match cause.kind() {
            ErrorKind::NotFound => Failure::NoProgram(if program == NPM { "npm" } else { program }),
            _ => Failure::file(Path::new(program), &cause),
        })
}
