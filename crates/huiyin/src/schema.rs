//! `huiyin policy schema`: a JSON Schema of the policy files, for editors.
//!
//! It says what the checker was heard to ask for: words of maps, words that are needed, words that a line takes. It is wide where
//! nothing is known; what it lets through the checker may still refuse.

use std::collections::BTreeMap;
use std::process::ExitCode;

use huiyin_policy::SourceFile;
use huiyin_policy::grammar::{Grammar, MapShape, Slot, grammar};
use serde_json::{Map, Value, json};

use crate::shipped;

/// The dialect the schema is written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
/// A whole policy of one page, and the page about the language with blocks that go beside it.
const EXAMPLE: &str = include_str!("../../../docs/findings/example.yaml");
const PAGE: &str = include_str!("../../../docs/policy-language.md");
/// What begins the page's table of sections, and each line of it.
const SECTIONS: &str = "| section | holds |\n|---|---|\n";
/// What begins a block of the page that is checked.
const RUNNABLE: &str = "```yaml runnable\n";

/// Prints the schema.
pub(crate) fn run() -> ExitCode {
    println!("{:#}", schema());
    ExitCode::SUCCESS
}

/// The schema of one policy file.
pub(crate) fn schema() -> Value {
    let policies = known_policies();
    let grammar = grammar(policies.iter().map(Vec::as_slice));
    let mut names = Names::new();
    name_maps(&grammar, &grammar.file, "file", &mut names);
    let writer = Writer { names: &names };
    let maps = grammar.maps.iter();
    let definitions = maps.map(|(words, shape)| {
        let name = writer.names[words.as_slice()].clone();
        (name, writer.map(words, shape))
    });
    let mut definitions: Map<String, Value> = definitions.collect();
    for words in &grammar.file.maps {
        describe_sections(&mut definitions[&writer.names[words.as_slice()]]);
    }
    let mut schema = writer.slot(&grammar.file);
    schema.insert("$schema".into(), DIALECT.into());
    schema.insert("title".into(), "Huiyin policy".into());
    schema.insert("$defs".into(), Value::Object(definitions));
    Value::Object(schema)
}

/// Names of the maps among the definitions, by their words.
type Names<'g> = BTreeMap<&'g [&'static str], String>;

/// Names the maps that may stand somewhere, and those below them, after the word before them; editors show these names. Of several
/// with the same word the later ones get a number.
fn name_maps<'g>(grammar: &'g Grammar, slot: &'g Slot, word: &str, names: &mut Names<'g>) {
    for words in &slot.maps {
        let Some((words, shape)) = grammar.maps.get_key_value(words) else {
            continue;
        };
        if names.contains_key(words.as_slice()) {
            continue;
        }
        let taken = |name: &str, names: &Names<'_>| names.values().any(|one| one == name);
        let mut name = word.to_owned();
        for number in 2.. {
            if !taken(&name, names) {
                break;
            }
            name = format!("{word}_{number}");
        }
        names.insert(words, name);
        for (word, line) in &shape.lines {
            name_maps(grammar, line, word, names);
        }
    }
    if let Some(named) = &slot.named {
        name_maps(grammar, named, word, names);
    }
}

/// Gives the sections of a file the words of the page's table, which editors show beside them.
fn describe_sections(file: &mut Value) {
    let table = PAGE.split_once(SECTIONS).map_or("", |(_, after)| after);
    for line in table.lines().take_while(|line| line.starts_with('|')) {
        let mut cells = line.trim_matches('|').splitn(2, '|');
        let (sections, holds) = (cells.next().unwrap_or(""), cells.next().unwrap_or(""));
        for section in sections
            .split(',')
            .map(|name| name.trim().trim_matches('`'))
        {
            if let Some(Value::Object(line)) = file["properties"].get_mut(section) {
                line.insert("description".into(), holds.trim().into());
            }
        }
    }
}

/// The policies that ship, and the examples of the page about the language.
fn known_policies() -> Vec<Vec<SourceFile>> {
    let blocks = PAGE.split(RUNNABLE).skip(1);
    let blocks = blocks.filter_map(|after| after.split("\n```").next());
    let beside = blocks.map(|block| {
        vec![
            SourceFile::new("policy.yaml", EXAMPLE),
            SourceFile::new("block.yaml", block),
        ]
    });
    shipped::all().into_iter().chain(beside).collect()
}

struct Writer<'g> {
    names: &'g Names<'g>,
}

impl Writer<'_> {
    /// A map whose words are known; anything but a map passes.
    fn map(&self, words: &[&'static str], shape: &MapShape) -> Value {
        let lines = words.iter().map(|word| {
            let line = shape.lines.get(word).map(|slot| self.slot(slot));
            ((*word).to_owned(), line.unwrap_or_default().into())
        });
        let needed: Vec<&str> = shape.needed.iter().copied().collect();
        json!({
            "properties": lines.collect::<Map<String, Value>>(),
            "required": needed,
            "additionalProperties": false,
        })
    }

    /// What may stand somewhere, and in lists there.
    fn slot(&self, slot: &Slot) -> Map<String, Value> {
        let mut one = Map::new();
        let mut maps: Vec<Value> = slot
            .maps
            .iter()
            .map(|words| json!({ "$ref": format!("#/$defs/{}", self.names[words.as_slice()]) }))
            .collect();
        if let Some(named) = &slot.named {
            maps.push(json!({ "additionalProperties": self.slot(named) }));
        }
        match maps.len() {
            0 => {}
            1 => one.extend(
                maps.pop()
                    .and_then(|map| match map {
                        Value::Object(map) => Some(map),
                        _ => None,
                    })
                    .unwrap_or_default(),
            ),
            _ => {
                one.insert("anyOf".into(), maps.into());
            }
        }
        if !slot.open && !slot.words.is_empty() {
            let words: Vec<&str> = slot.words.iter().copied().collect();
            one.insert("if".into(), json!({ "type": "string" }));
            one.insert("then".into(), json!({ "enum": words }));
        }
        if !one.is_empty() {
            one.insert("items".into(), Value::Object(one.clone()));
        }
        one
    }
}
