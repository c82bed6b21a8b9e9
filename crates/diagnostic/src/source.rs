/// A half-open range of bytes in one file: `start` included, `end` not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to and without `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// Which file of a [`Sources`] is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(usize);

/// A range of bytes in one of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The range in it.
    pub span: Span,
}

/// A position for readers: both count from one, columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// The texts that findings point into.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<File>,
}

#[derive(Debug, Clone)]
struct File {
    name: String,
    text: String,
    line_starts: Vec<usize>,
}

impl Sources {
    /// No files yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file and says how it is called from now on.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let text = text.into();
        let after_newlines = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(after_newlines).collect();
        self.files.push(File {
            name: name.into(),
            text,
            line_starts,
        });
        FileId(self.files.len() - 1)
    }

    /// The name a file was added under; empty for one of another `Sources`.
    #[must_use]
    pub fn name(&self, file: FileId) -> &str {
        self.files.get(file.0).map_or("", |file| &file.name)
    }

    /// The whole text of a file; empty for one of another `Sources`.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.files.get(file.0).map_or("", |file| &file.text)
    }

    /// The text at a place, cut to what exists and to whole characters.
    #[must_use]
    pub fn excerpt(&self, place: Place) -> &str {
        let text = self.text(place.file);
        let start = floor_boundary(text, place.span.start);
        let end = floor_boundary(text, place.span.end).max(start);
        text.get(start..end).unwrap_or_default()
    }

    /// Line and column of a byte; one past the end is the end.
    #[must_use]
    pub fn position(&self, file: FileId, byte: usize) -> LineColumn {
        let Some(file) = self.files.get(file.0) else {
            return LineColumn { line: 1, column: 1 };
        };
        let byte = floor_boundary(&file.text, byte);
        let line = file.line_starts.partition_point(|&start| start <= byte);
        let line_start = file.line_starts[line - 1];
        let before = file.text.get(line_start..byte).unwrap_or_default();
        LineColumn {
            line,
            column: before.chars().count() + 1,
        }
    }

    /// The text of a line (from 1) without its line end; empty if there is no such line.
    #[must_use]
    pub fn line(&self, file: FileId, line: usize) -> &str {
        let Some(file) = self.files.get(file.0) else {
            return "";
        };
        let start = line
            .checked_sub(1)
            .and_then(|index| file.line_starts.get(index));
        let end = file.line_starts.get(line).copied();
        let text = start.and_then(|&start| file.text.get(start..end.unwrap_or(file.text.len())));
        text.unwrap_or_default().trim_end_matches(['\r', '\n'])
    }
}

fn floor_boundary(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut sources = Sources::new();
        let file = sources.add("policy.yaml", "a: 1\nzh: 客户 x\n");
        let byte = sources.text(file).find('x').unwrap();
        let position = sources.position(file, byte);
        assert_eq!(position, LineColumn { line: 2, column: 8 });
        assert_eq!(sources.line(file, 2), "zh: 客户 x");
    }

    #[test]
    fn a_place_outside_the_text_is_its_end() {
        let mut sources = Sources::new();
        let file = sources.add("policy.yaml", "ab");
        let position = sources.position(file, 99);
        assert_eq!(position, LineColumn { line: 1, column: 3 });
        let place = Place {
            file,
            span: Span::new(1, 99),
        };
        assert_eq!(sources.excerpt(place), "b");
        assert_eq!(sources.line(file, 7), "");
    }

    #[test]
    fn half_a_character_is_rounded_down() {
        let mut sources = Sources::new();
        let file = sources.add("policy.yaml", "客户");
        assert_eq!(sources.position(file, 4), LineColumn { line: 1, column: 2 });
    }

    #[test]
    fn a_windows_line_end_is_not_part_of_the_line() {
        let mut sources = Sources::new();
        let file = sources.add("policy.yaml", "a\r\nb\r\n");
        assert_eq!(sources.line(file, 1), "a");
    }
}
