//! Writes the table of embedded files as Rust source.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::inputs::{files_below, hex};

const MEDIA_TYPES: [(&str, &str); 9] = [
    ("css", "text/css; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain; charset=utf-8"),
    ("webmanifest", "application/manifest+json"),
];

/// How much of the digest goes into an entity tag, in hexadecimal digits.
const TAG_DIGITS: usize = 20;

/// The media type for a path by its extension.
pub(crate) fn media_type(path: &str) -> Result<&'static str, Failure> {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    MEDIA_TYPES
        .iter()
        .find(|(known, _)| *known == extension)
        .map(|(_, media_type)| *media_type)
        .ok_or_else(|| Failure::UnknownExtension(path.to_owned()))
}

/// The source of a sorted slice of `File` for everything below `dist`; `.br` and `.gz` become variants.
pub(crate) fn generate(dist: &Path) -> Result<String, Failure> {
    let mut names: Vec<String> = files_below(dist)?
        .iter()
        .map(|path| {
            path.strip_prefix(dist)
                .expect("listed below `dist`")
                .to_string_lossy()
                .replace('\\', "/")
        })
        .collect();
    names.sort();
    let mut source = String::from("&[\n");
    for name in names
        .iter()
        .filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"))
    {
        let path = dist.join(name);
        let content = fs::read(&path).map_err(|cause| Failure::file(&path, &cause))?;
        let tag = &hex(&Sha256::digest(&content))[..TAG_DIGITS];
        let variant = |suffix: &str| {
            let packed = format!("{name}.{suffix}");
            match names.binary_search(&packed) {
                Ok(_) => format!("Some({})", include(&packed)),
                Err(_) => "None".to_owned(),
            }
        };
        writeln!(
            source,
            "    File {{ path: {:?}, media_type: {:?}, tag: {tag:?}, raw: {}, brotli: {}, gzip: {} }},",
            format!("/{name}"),
            media_type(name)?,
            include(name),
            variant("br"),
            variant("gz"),
        )
        .expect("writing to a string can't fail");
    }
    source.push_str("]\n");
    Ok(source)
}

fn include(name: &str) -> String {
    format!(
        "include_bytes!(concat!(env!(\"OUT_DIR\"), {:?}))",
        format!("/dist/{name}")
    )
}
