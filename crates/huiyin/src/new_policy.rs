//! `huiyin policy new`: a folder to begin a policy with.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use huiyin_texts::{Args, Lang, render};
use include_dir::{Dir, DirEntry, include_dir};

use crate::fail;

/// A small policy that checks and passes its tests.
static TEMPLATE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/template");

#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error("`{0}` is there already; a new policy needs a folder of its own")]
    There(PathBuf),
    #[error("the folder can't be written")]
    Folder(#[from] io::Error),
}

pub(crate) fn run(folder: &Path, lang: Lang) -> ExitCode {
    match begin(folder) {
        Ok(()) => {
            let args = Args::new().with("folder", folder.display().to_string());
            println!("{}", render(lang, "policy-begun", &args));
            ExitCode::SUCCESS
        }
        Err(failed) => fail(&failed),
    }
}

fn begin(folder: &Path) -> Result<(), Failed> {
    if folder.exists() {
        return Err(Failed::There(folder.to_owned()));
    }
    write(&TEMPLATE, folder)
}

fn write(template: &Dir<'_>, folder: &Path) -> Result<(), Failed> {
    for entry in template.entries() {
        match entry {
            DirEntry::Dir(inner) => write(inner, folder)?,
            DirEntry::File(file) => {
                let path = folder.join(file.path());
                if let Some(parent) = path.parent() {
                    fs::create_dir_all(parent)?;
                }
                fs::write(path, file.contents())?;
            }
        }
    }
    Ok(())
}
