//! The table of embedded files.

use crate::encoding::Encoding;

/// One embedded file with the variants that came out smaller.
#[derive(Debug)]
pub(crate) struct File {
    /// The path it is served at, with a leading slash.
    pub(crate) path: &'static str,
    /// The value of `Content-Type`.
    pub(crate) media_type: &'static str,
    /// A digest of the content, without quotes.
    pub(crate) tag: &'static str,
    pub(crate) raw: &'static [u8],
    pub(crate) brotli: Option<&'static [u8]>,
    pub(crate) gzip: Option<&'static [u8]>,
}

/// Everything the build script found, sorted by path.
pub(crate) static EMBEDDED: &[File] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

impl File {
    /// The bytes in this encoding, if the file has such a variant.
    pub(crate) fn variant(&self, encoding: Encoding) -> Option<&'static [u8]> {
        match encoding {
            Encoding::Brotli => self.brotli,
            Encoding::Gzip => self.gzip,
            Encoding::Raw => Some(self.raw),
        }
    }
}

/// The file at exactly this path.
pub(crate) fn find<'a>(files: &'a [File], path: &str) -> Option<&'a File> {
    files
        .binary_search_by(|file| file.path.cmp(path))
        .ok()
        .map(|index| &files[index])
}
