//! Where things lie in this repository.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use cargo_metadata::{Metadata, MetadataCommand};

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies one level below the root")
}

/// The workspace's packages with their direct dependencies.
pub(crate) fn metadata() -> Result<Metadata> {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .context("`cargo metadata` failed")
}

/// The `huiyin` program of the development build, which must be there.
pub(crate) fn program() -> Result<PathBuf> {
    let target = metadata()?.target_directory.into_std_path_buf();
    let name = format!("huiyin{}", std::env::consts::EXE_SUFFIX);
    let program = target.join("debug").join(name);
    ensure!(program.is_file(), "`{}` was not built", program.display());
    Ok(program)
}

/// The room's name without the prefix that only the package carries.
pub(crate) fn room_of(package: &str) -> &str {
    package.strip_prefix("huiyin-").unwrap_or(package)
}
