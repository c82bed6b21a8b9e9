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

/// The line of the template with the policy's id.
const ID: &str = "  id: new_policy\n";

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
    let name = folder.file_name().and_then(|name| name.to_str());
    write(&TEMPLATE, folder, name.and_then(id_of).as_deref())
}

/// The policy's id for a folder's name, where it can be made one.
fn id_of(name: &str) -> Option<String> {
    let id = name.to_lowercase().replace('-', "_");
    let rest = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let is_id = id.starts_with(|letter: char| letter.is_ascii_lowercase()) && id.chars().all(rest);
    is_id.then_some(id)
}

/// Writes the template; the policy is called like its folder, where that can be.
fn write(template: &Dir<'_>, folder: &Path, name: Option<&str>) -> Result<(), Failed> {
    for entry in template.entries() {
        match entry {
            DirEntry::Dir(inner) => write(inner, folder, name)?,
            DirEntry::File(file) => {
                let path = folder.join(file.path());
                if let Some(parent) = path.parent() {
                    fs::create_dir_all(parent)?;
                }
                let text = file.contents_utf8().unwrap_or_default();
                let named = name.map(|name| text.replace(ID, &format!("  id: {name}\n")));
                fs::write(path, named.as_deref().unwrap_or(text))?;
            }
        }
    }
    Ok(())
}
