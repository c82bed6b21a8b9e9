use huiyin_diagnostic::{FileId, Findings, Place, Sources, Span};

use super::limits::FILE_BYTES_MAX;
use crate::codes;

/// Takes the bytes of a file as text. Too long a file, another encoding, a byte order mark or a
/// control character is a finding, and then there is no text to read.
pub fn decode(
    name: &str,
    bytes: &[u8],
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<FileId> {
    if bytes.len() > FILE_BYTES_MAX {
        let file = sources.add(name, "");
        let size = codes::TOO_BIG.at(start_of(file));
        findings.push(
            size.with("what", "bytes")
                .with("max", FILE_BYTES_MAX.to_string())
                .done(),
        );
        return None;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let readable = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            let end = readable.len();
            let file = sources.add(name, readable);
            let place = place(file, end, end);
            findings.push(
                codes::NOT_PLAIN_TEXT
                    .at(place)
                    .with("what", "encoding")
                    .done(),
            );
            return None;
        }
    };
    let file = sources.add(name, text);
    let unwanted = text
        .char_indices()
        .find(|&(_, character)| is_unwanted(character));
    if let Some((byte, character)) = unwanted {
        let what = match character {
            '\u{FEFF}' => "byte_order_mark",
            '\0' => "nul",
            '\t' => "tab",
            _ => "control",
        };
        let place = place(file, byte, byte + character.len_utf8());
        findings.push(codes::NOT_PLAIN_TEXT.at(place).with("what", what).done());
        return None;
    }
    Some(file)
}

/// Control characters have no place in a policy; a tab looks like blanks but isn't one to YAML.
fn is_unwanted(character: char) -> bool {
    character == '\u{FEFF}' || (character.is_control() && !matches!(character, '\n' | '\r'))
}

fn start_of(file: FileId) -> Place {
    place(file, 0, 0)
}

fn place(file: FileId, start: usize, end: usize) -> Place {
    Place {
        file,
        span: Span::new(start, end),
    }
}
