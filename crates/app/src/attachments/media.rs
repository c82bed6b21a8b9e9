//! Which types of files may be attached: those whose first bytes are what their extension says.
//!
//! Archives, programs, pages and drawings with scripts are none of them. Office documents and invoices are archives inside;
//! they are kept as they are and never opened by the server.

/// How many bytes from the beginning tell the type.
pub(super) const HEAD_BYTES: usize = 8 * 1024;

/// A type of file that may be attached.
#[derive(Debug, PartialEq, Eq)]
pub struct FileType {
    /// Its extensions, in lower case.
    pub extensions: &'static [&'static str],
    /// Its media type.
    pub media: &'static str,
    /// What sort of file it is.
    pub sort: FileSort,
    /// What its first bytes may say it is; empty for plain text.
    magic: &'static [&'static str],
}

/// Sorts of files, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileSort {
    /// A picture.
    Image,
    /// A document.
    Document,
    /// A recording.
    Audio,
    /// A film.
    Video,
    /// Plain text.
    Text,
}

/// Pictures that every browser shows and that hold no scripts.
const PREVIEWED: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];

const OLE: &[&str] = &[
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/x-ole-storage",
];
const ZIP: &[&str] = &[
    "application/zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
];
const MP4: &[&str] = &["video/mp4", "audio/m4a", "video/x-m4v"];

const fn of(
    extensions: &'static [&'static str],
    media: &'static str,
    sort: FileSort,
    magic: &'static [&'static str],
) -> FileType {
    FileType {
        extensions,
        media,
        sort,
        magic,
    }
}

/// All of them.
pub const FILE_TYPES: [FileType; 23] = [
    of(
        &["jpg", "jpeg"],
        "image/jpeg",
        FileSort::Image,
        &["image/jpeg"],
    ),
    of(&["png"], "image/png", FileSort::Image, &["image/png"]),
    of(&["webp"], "image/webp", FileSort::Image, &["image/webp"]),
    of(&["gif"], "image/gif", FileSort::Image, &["image/gif"]),
    of(&["bmp"], "image/bmp", FileSort::Image, &["image/bmp"]),
    of(
        &["heic", "heif"],
        "image/heif",
        FileSort::Image,
        &["image/heif"],
    ),
    of(
        &["pdf"],
        "application/pdf",
        FileSort::Document,
        &["application/pdf"],
    ),
    of(&["doc"], "application/msword", FileSort::Document, OLE),
    of(
        &["xls"],
        "application/vnd.ms-excel",
        FileSort::Document,
        OLE,
    ),
    of(
        &["ppt"],
        "application/vnd.ms-powerpoint",
        FileSort::Document,
        OLE,
    ),
    of(
        &["wps", "et", "dps"],
        "application/vnd.ms-works",
        FileSort::Document,
        OLE,
    ),
    of(
        &["docx"],
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        FileSort::Document,
        ZIP,
    ),
    of(
        &["xlsx"],
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        FileSort::Document,
        ZIP,
    ),
    of(
        &["pptx"],
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        FileSort::Document,
        ZIP,
    ),
    of(&["ofd"], "application/ofd", FileSort::Document, ZIP),
    of(&["mp3"], "audio/mpeg", FileSort::Audio, &["audio/mpeg"]),
    of(&["wav"], "audio/wav", FileSort::Audio, &["audio/x-wav"]),
    of(&["m4a"], "audio/mp4", FileSort::Audio, MP4),
    of(&["amr"], "audio/amr", FileSort::Audio, &["audio/amr"]),
    of(&["aac"], "audio/aac", FileSort::Audio, &["audio/aac"]),
    of(&["mp4", "m4v"], "video/mp4", FileSort::Video, MP4),
    of(
        &["mov"],
        "video/quicktime",
        FileSort::Video,
        &["video/quicktime"],
    ),
    of(&["txt", "csv"], "text/plain", FileSort::Text, &[]),
];

impl FileType {
    /// The type with this extension, in lower case.
    pub(super) fn of_extension(extension: &str) -> Option<&'static FileType> {
        static TYPES: [FileType; 23] = FILE_TYPES;
        TYPES.iter().find(|one| one.extensions.contains(&extension))
    }

    /// Whether a file that begins like this is of the type.
    pub(super) fn begins(&self, head: &[u8]) -> bool {
        match infer::get(head) {
            Some(found) => self.magic.contains(&found.mime_type()),
            None => self.magic.is_empty() && is_text(head),
        }
    }
}

/// The sort that a media type on record belongs to.
pub fn sort_of(media: &str) -> FileSort {
    FILE_TYPES
        .iter()
        .find(|one| one.media == media)
        .map_or(FileSort::Document, |one| one.sort)
}

/// Whether a browser may show it in the page.
pub fn is_previewed(media: &str) -> bool {
    PREVIEWED.contains(&media)
}

/// Whether these bytes may be plain text, in whatever encoding.
fn is_text(head: &[u8]) -> bool {
    head.iter()
        .all(|&byte| byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(extension: &str, head: &[u8]) -> bool {
        FileType::of_extension(extension).is_some_and(|one| one.begins(head))
    }

    #[test]
    fn a_file_is_what_its_extension_and_its_bytes_both_say() {
        let jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01";
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0\0\0\0\0";
        let zip = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0";
        let m4a = b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom";
        let mp4 = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41";
        let wav = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0";
        for (extension, head) in [
            ("jpg", &jpeg[..]),
            ("jpeg", jpeg),
            ("png", png),
            ("pdf", b"%PDF-1.7\n"),
            ("doc", ole),
            ("xls", ole),
            ("docx", zip),
            ("ofd", zip),
            ("mp3", b"ID3\x03\0\0\0\0"),
            ("m4a", m4a),
            ("mp4", mp4),
            ("wav", wav),
            ("amr", b"#!AMR\n\x3c\x53\x08\x1f\x51\xe0\x01"),
            ("txt", "客户来电\r\n".as_bytes()),
            ("csv", b"a,b\n"),
        ] {
            assert!(fits(extension, head), "{extension}");
        }
        for (extension, head) in [
            ("jpg", &png[..]),
            ("png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("pdf", b"MZ\x90\0"),
            ("txt", b"MZ\x90\0"),
            ("txt", b"<!DOCTYPE html><script>"),
            ("docx", ole),
            ("mp3", b"hello"),
            ("svg", b"<svg/>"),
            ("zip", zip),
            ("html", b"<html>"),
            ("exe", b"MZ"),
            ("", b"hello"),
        ] {
            assert!(!fits(extension, head), "{extension} {head:?}");
        }
    }

    #[test]
    fn any_beginning_is_told_without_failing() {
        let magics: [&[u8]; 6] = [
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"RIFF",
            b"\0\0\0\x20ftyp",
            b"ID3",
            b"\xff\xd8\xff",
        ];
        let entries: [&[u8]; 3] = [b"[Content_Types].xml", b"_rels/.rels", b"word/"];
        for magic in magics {
            for entry in entries {
                for length in 0..80 {
                    let mut head = magic.to_vec();
                    head.resize(0x1e, 0xff);
                    head.extend_from_slice(entry);
                    head.truncate(length);
                    let _ = FILE_TYPES.iter().filter(|one| one.begins(&head)).count();
                }
            }
        }
    }
}
