use std::collections::HashMap;

use huiyin_diagnostic::{FileId, Finding, Findings, Message, Place, Span};
use saphyr_parser::{Event, Parser, ScalarStyle};

use super::limits::{DEPTH_MAX, ENTRIES_MAX, NODES_MAX, SCALAR_CHARS_MAX};
use super::offsets::Offsets;
use super::tree::{Content, Tree, Value, ValueId};
use crate::codes;

/// Reads one file as one YAML document. What stops the reading is a finding and leaves no tree; a
/// word that stands twice in a map, or an unwanted feature of YAML, is a finding and is skipped.
pub fn read(file: FileId, text: &str, findings: &mut Findings) -> Option<Tree> {
    let mut reader = Reader {
        file,
        offsets: Offsets::new(text),
        findings,
        values: Vec::new(),
        open: Vec::new(),
        root: None,
    };
    reader.run(text).ok()?;
    let root = reader.root?;
    Some(Tree {
        file,
        values: reader.values,
        root,
    })
}

/// Reading can't go on; the finding is made.
struct Stopped;

/// A list or map whose end has not come yet.
struct Open {
    start: usize,
    items: Items,
}

impl Open {
    fn is_full(&self) -> bool {
        match &self.items {
            Items::List(items) => items.len() >= ENTRIES_MAX,
            Items::Map { entries, .. } => entries.len() >= ENTRIES_MAX,
        }
    }
}

enum Items {
    List(Vec<ValueId>),
    Map {
        key: Option<ValueId>,
        entries: Vec<(ValueId, ValueId)>,
        seen: HashMap<String, Place>,
    },
}

struct Reader<'t, 'f> {
    file: FileId,
    offsets: Offsets<'t>,
    findings: &'f mut Findings,
    values: Vec<Value>,
    open: Vec<Open>,
    root: Option<ValueId>,
}

impl Reader<'_, '_> {
    fn run(&mut self, text: &str) -> Result<(), Stopped> {
        let mut parser = Parser::new_from_str(text);
        let mut documents = 0;
        while let Some(next) = parser.next_event() {
            let (event, span) = match next {
                Ok(event) => event,
                Err(error) => {
                    let byte = self.offsets.byte(error.marker().index());
                    return self.stop_at_error(text, byte, error.info());
                }
            };
            let start = self.offsets.byte(span.start.index());
            let end = self.offsets.byte(span.end.index()).max(start);
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        let place = self.place(start, end);
                        self.findings.push(
                            codes::NOT_ONE_DOCUMENT
                                .at(place)
                                .with("what", "more")
                                .done(),
                        );
                        return Err(Stopped);
                    }
                }
                Event::StreamEnd => break,
                Event::StreamStart | Event::DocumentEnd | Event::Nothing => {}
                Event::Alias(_) => {
                    self.refuse_feature("alias", start, end);
                    self.add(start, end, Content::scalar("", true))?;
                }
                Event::Scalar(text, style, anchor, tag) => {
                    self.refuse_features(anchor, tag.is_some(), start, end);
                    if text.chars().nth(SCALAR_CHARS_MAX).is_some() {
                        return self.stop_as_too_big("text", SCALAR_CHARS_MAX, start, end);
                    }
                    let plain = style == ScalarStyle::Plain;
                    self.add(start, end, Content::scalar(&text, plain))?;
                }
                Event::SequenceStart(anchor, tag) => {
                    self.refuse_features(anchor, tag.is_some(), start, end);
                    self.open(start, end, Items::List(Vec::new()))?;
                }
                Event::MappingStart(anchor, tag) => {
                    self.refuse_features(anchor, tag.is_some(), start, end);
                    let items = Items::Map {
                        key: None,
                        entries: Vec::new(),
                        seen: HashMap::new(),
                    };
                    self.open(start, end, items)?;
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    self.close((start < end).then_some(end))?;
                }
            }
        }
        if self.root.is_none() {
            let place = self.place(0, 0);
            let empty = codes::NOT_ONE_DOCUMENT.at(place).with("what", "none");
            self.findings.push(empty.done());
        }
        Ok(())
    }

    fn place(&self, start: usize, end: usize) -> Place {
        Place {
            file: self.file,
            span: Span::new(start, end),
        }
    }

    fn open(&mut self, start: usize, end: usize, items: Items) -> Result<(), Stopped> {
        if self.open.len() >= DEPTH_MAX {
            return self.stop_as_too_big("depth", DEPTH_MAX, start, end);
        }
        self.open.push(Open { start, items });
        Ok(())
    }

    fn close(&mut self, bracket: Option<usize>) -> Result<(), Stopped> {
        let Some(Open { start, items }) = self.open.pop() else {
            return Ok(());
        };
        let (content, last) = match items {
            Items::List(items) => {
                let last = items.last().copied();
                (Content::List(items), last)
            }
            Items::Map { entries, .. } => {
                let last = entries.last().map(|&(_, value)| value);
                (Content::Map(entries), last)
            }
        };
        // The end of a list or map without brackets is reported where the next thing begins.
        let end = match bracket {
            Some(end) => end,
            None => last.map_or(start, |id| self.values[id.0].span.end),
        };
        self.add(start, end, content)
    }

    fn add(&mut self, start: usize, end: usize, content: Content) -> Result<(), Stopped> {
        if self.values.len() >= NODES_MAX {
            return self.stop_as_too_big("values", NODES_MAX, start, end);
        }
        if self.open.last().is_some_and(Open::is_full) {
            return self.stop_as_too_big("entries", ENTRIES_MAX, start, end);
        }
        let id = ValueId(self.values.len());
        self.values.push(Value {
            span: Span::new(start, end),
            content,
        });
        let Some(open) = self.open.last_mut() else {
            self.root = Some(id);
            return Ok(());
        };
        match &mut open.items {
            Items::List(items) => items.push(id),
            Items::Map { key, entries, seen } => match key.take() {
                None => *key = Some(id),
                Some(key) => match refused_key(&self.values[key.0], self.file, seen) {
                    Some(finding) => self.findings.push(finding),
                    None => entries.push((key, id)),
                },
            },
        }
        Ok(())
    }

    fn refuse_features(&mut self, anchor: usize, tagged: bool, start: usize, end: usize) {
        if anchor != 0 {
            self.refuse_feature("anchor", start, end);
        }
        if tagged {
            self.refuse_feature("tag", start, end);
        }
    }

    fn refuse_feature(&mut self, what: &'static str, start: usize, end: usize) {
        let place = self.place(start, end);
        self.findings
            .push(codes::UNWANTED_YAML.at(place).with("what", what).done());
    }

    fn stop_as_too_big<T>(
        &mut self,
        what: &'static str,
        max: usize,
        start: usize,
        end: usize,
    ) -> Result<T, Stopped> {
        let place = self.place(start, end);
        let finding = codes::TOO_BIG
            .at(place)
            .with("what", what)
            .with("max", max.to_string());
        self.findings.push(finding.done());
        Err(Stopped)
    }

    fn stop_at_error<T>(&mut self, text: &str, byte: usize, info: &str) -> Result<T, Stopped> {
        if info.contains("recursion limit") {
            return self.stop_as_too_big("depth", DEPTH_MAX, byte, byte);
        }
        let place = self.place(byte, byte);
        let what = syntax_problem(info);
        let blank = what == "flow" && has_blank(line_of(text, byte));
        let finding = codes::YAML_SYNTAX.at(place).with("reason", info);
        let finding = finding.with("what", what);
        let finding = finding.with("blank", if blank { "yes" } else { "no" });
        self.findings.push(finding.done());
        Err(Stopped)
    }
}

/// What the parser complains of, as a key of the texts.
fn syntax_problem(info: &str) -> &'static str {
    let kinds = [
        (
            "flow",
            ["flow mapping", "flow sequence", "misplaced bracket"],
        ),
        ("quoted", ["quoted scalar", "double-quoted", "escape"]),
        ("colon", ["mapping values", "mapping keys", "':' indicator"]),
        ("indent", ["indent", "block mapping", "block collection"]),
        ("end", ["eof", "end of stream", "end of plain"]),
    ];
    let says = |words: &[&str]| words.iter().any(|word| info.contains(word));
    let found = kinds.into_iter().find(|(_, words)| says(words));
    found.map_or("other", |(kind, _)| kind)
}

/// The line in which a byte stands.
fn line_of(text: &str, byte: usize) -> &str {
    let (before, after) = text.split_at_checked(byte).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = byte + after.find('\n').unwrap_or(after.len());
    text.get(start..end).unwrap_or_default()
}

/// Whether a line has a blank in it such as `{number}`, which YAML takes for a map if the text has no quotes.
fn has_blank(line: &str) -> bool {
    let name = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    let opened = line.split('{').skip(1);
    let mut words = opened.filter_map(|after| after.split_once('}'));
    words.any(|(word, _)| name(word))
}

/// Why a line of a map can't be taken, if it can't; remembers the word otherwise.
fn refused_key(key: &Value, file: FileId, seen: &mut HashMap<String, Place>) -> Option<Finding> {
    let place = Place {
        file,
        span: key.span,
    };
    let Content::Scalar { text, .. } = &key.content else {
        let finding = codes::UNWANTED_YAML.at(place).with("what", "key");
        return Some(finding.done());
    };
    if text == "<<" {
        let finding = codes::UNWANTED_YAML.at(place).with("what", "merge");
        return Some(finding.done());
    }
    if let Some(&first) = seen.get(text) {
        let twice = codes::TWICE.at(place).with("name", text);
        return Some(twice.label(first, Message::new("first-here")).done());
    }
    seen.insert(text.clone(), place);
    None
}
