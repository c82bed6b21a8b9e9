//! The end of the program's own output, for the bundle: what may name anyone is masked even where none should.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// Lines kept.
const LINES_MAX: usize = 500;
/// Characters of a line kept.
const LINE_CHARS_MAX: usize = 400;
/// Bytes read from the end of the file.
const TAIL_BYTES: u64 = 256 * 1024;
/// Words of at least this length with a digit in them are masked: numbers of people, tokens, keys, ids.
const MASKED_WORD_CHARS_MIN: usize = 6;
/// Characters that begin and end what was put in.
const QUOTES: [char; 3] = ['`', '"', '\''];

/// The last lines of a file that are the program's own, masked.
pub(super) fn last_lines(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL_BYTES)))?;
    let mut bytes = Vec::new();
    file.take(TAIL_BYTES).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<String> = text.lines().filter_map(own_line).collect();
    let kept = lines.len().saturating_sub(LINES_MAX);
    Ok(lines[kept..].join("\n"))
}

/// A line that begins with a time and a level, masked; whatever else went to the same file, such as a one-time link, is
/// left out.
fn own_line(line: &str) -> Option<String> {
    let plain = without_colours(line);
    let (time, rest) = plain.split_once(' ')?;
    time.parse::<jiff::Timestamp>().ok()?;
    let (level, rest) = rest.trim_start().split_once(' ')?;
    let is_level = matches!(level, "ERROR" | "WARN" | "INFO" | "DEBUG" | "TRACE");
    is_level.then(|| format!("{time} {level} {}", masked(rest)))
}

/// Without the sequences that colour a terminal.
fn without_colours(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('m').map_or("", |(_, text)| text));
    }
    plain
}

/// Quoted parts, words that look like a number or a secret, and whatever is not ASCII become dots.
fn masked(text: &str) -> String {
    let mut shown = String::new();
    let mut quote = None;
    let mut word = String::new();
    for character in text.chars().take(LINE_CHARS_MAX).chain([' ']) {
        if character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '+' | '@' | '.') {
            word.push(character);
            continue;
        }
        let is_secret = word.chars().any(|one| one.is_ascii_digit())
            && word.chars().count() >= MASKED_WORD_CHARS_MIN
            || word.contains('@');
        if quote.is_some() || is_secret {
            shown.push_str(if word.is_empty() { "" } else { "…" });
        } else {
            shown.push_str(&word);
        }
        word.clear();
        match quote {
            Some(open) if open == character => quote = None,
            None if QUOTES.contains(&character) => quote = Some(character),
            _ => {}
        }
        if character.is_ascii() {
            shown.push(character);
        } else {
            shown.push('·');
        }
    }
    shown.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{masked, own_line};

    #[test]
    fn what_may_name_someone_is_masked() {
        for (text, shown) in [
            (
                "huiyin_api: storage failed error=reading failed",
                "huiyin_api: storage failed error=reading failed",
            ),
            ("phone 13800002207 of 王秀兰", "phone … of ···"),
            ("no account `zhangsan`", "no account `…`"),
            ("mail li.si@example.org", "mail …"),
            (
                "case=019a3f00-0000-7000-8000-000000000001 clock=first_feedback",
                "case=… clock=first_feedback",
            ),
            ("step 2 of 3 took 12 ms", "step 2 of 3 took 12 ms"),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    #[test]
    fn only_the_programs_own_lines_are_kept() {
        for line in [
            "    http://127.0.0.1:8080/setup#5e0c",
            "",
            "2026-11-21 hello",
            "错误",
        ] {
            assert_eq!(own_line(line), None);
        }
        let line = "\u{1b}[2m2026-11-21T08:00:00.000001Z\u{1b}[0m \u{1b}[33m WARN\u{1b}[0m huiyin_app: \"x\"";
        assert_eq!(
            own_line(line).as_deref(),
            Some("2026-11-21T08:00:00.000001Z WARN huiyin_app: \"…\"")
        );
    }
}
