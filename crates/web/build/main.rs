//! Builds the front end in `web/` and lists its files for embedding.
//!
//! `HUIYIN_WEB` chooses how: `build` (the default) runs npm when the sources changed, `prebuilt` embeds `web/dist`
//! as it lies, `stub` embeds one line so that Rust can be built without Node.
#![expect(
    clippy::disallowed_methods,
    reason = "a build script gets its settings from cargo through the environment"
)]

mod failure;
mod inputs;
mod mode;
mod node;
mod table;

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use failure::Failure;
use mode::Mode;

/// The file inside `web/dist` that says which inputs it was built from.
const DIST_STAMP: &str = ".stamp";

/// Held while npm runs or `dist` is copied: debug, release and editor builds each run this script.
const LOCK_FILE: &str = ".build.lock";

const STUB_PAGE: &str = "<!doctype html><html lang=\"en\"><title>Huiyin</title><p>Built without the front end.</p></html>\n";

fn main() -> ExitCode {
    println!("cargo::rerun-if-env-changed={}", mode::VARIABLE);
    match embed() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            for line in failure.lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn embed() -> Result<(), Failure> {
    let chosen = env::var(mode::VARIABLE).ok();
    let mode = Mode::choose(chosen.as_deref(), env::var_os("DOCS_RS").is_some())?;
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let manifest =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let root = manifest
        .ancestors()
        .nth(2)
        .expect("the crate lies in crates/web");
    let web = root.join("web");
    let embedded = out.join("dist");
    clear(&embedded)?;
    match mode {
        Mode::Build => {
            let inputs = inputs::list(&web)?;
            for watched in inputs::watched(&web) {
                println!("cargo::rerun-if-changed={}", watched.display());
            }
            let _lock = lock(&web)?;
            build_if_stale(&web, &inputs::digest(&web, &inputs)?)?;
            copy(&web.join("dist"), &embedded)?;
        }
        Mode::Prebuilt => {
            let dist = web.join("dist");
            println!("cargo::rerun-if-changed={}", dist.display());
            if !dist.join("index.html").is_file() {
                return Err(Failure::NothingPrebuilt);
            }
            copy(&dist, &embedded)?;
        }
        Mode::Stub => {
            for page in ["index.html", "portal.html"] {
                write(&embedded.join(page), STUB_PAGE)?;
            }
        }
    }
    let source = table::generate(&embedded)?;
    write(&out.join("files.rs"), &source)
}

/// Runs npm unless `dist` already carries the digest of these inputs; then neither npm nor Node is looked for.
fn build_if_stale(web: &Path, digest: &str) -> Result<(), Failure> {
    let stamp = web.join("dist").join(DIST_STAMP);
    if fs::read_to_string(&stamp).is_ok_and(|built| built == digest) {
        return Ok(());
    }
    node::build(web)?;
    write(&stamp, digest)
}

fn lock(web: &Path) -> Result<File, Failure> {
    let path = web.join(LOCK_FILE);
    let file = File::create(&path).map_err(|cause| Failure::file(&path, &cause))?;
    file.lock().map_err(|cause| Failure::file(&path, &cause))?;
    Ok(file)
}

fn clear(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|cause| Failure::file(folder, &cause))?;
    }
    fs::create_dir_all(folder).map_err(|cause| Failure::file(folder, &cause))
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    for path in inputs::files_below(from)? {
        let target = to.join(path.strip_prefix(from).expect("listed below `from`"));
        let folder = target.parent().expect("a copied file lies in a folder");
        fs::create_dir_all(folder).map_err(|cause| Failure::file(folder, &cause))?;
        fs::copy(&path, &target).map_err(|cause| Failure::file(&path, &cause))?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|cause| Failure::file(path, &cause))
}
