//! `huiyin policy schema`: what ships is written as the schema says, and what is written wrong is not.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't set up its world has failed"
)]

use std::path::Path;
use std::process::Command;

use boon::{Compiler, SchemaIndex, Schemas};
use huiyin_diagnostic::{Findings, Sources};
use huiyin_policy::yaml::{self, Node, Shape};
use serde_json::Value;

/// What an editor makes of the schema that the command prints.
struct Editor {
    schemas: Schemas,
    policy: SchemaIndex,
}

impl Editor {
    fn new() -> Self {
        let output = Command::new(env!("CARGO_BIN_EXE_huiyin"))
            .args(["policy", "schema"])
            .output()
            .unwrap();
        assert!(output.status.success());
        let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("policy.schema.json", schema).unwrap();
        let policy = compiler
            .compile("policy.schema.json", &mut schemas)
            .unwrap();
        Self { schemas, policy }
    }

    /// What the schema says against a file; empty if nothing.
    fn marks(&self, text: &str) -> String {
        let file = json(text);
        let marked = self.schemas.validate(&file, self.policy);
        marked
            .err()
            .map_or_else(String::new, |error| format!("{error:#}"))
    }
}

/// A file as an editor reads it; words, figures and texts alike as text.
fn json(text: &str) -> Value {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let id = yaml::decode("policy.yaml", text.as_bytes(), &mut sources, &mut findings).unwrap();
    let tree = yaml::read(id, sources.text(id), &mut findings).unwrap();
    value(tree.root())
}

fn value(node: Node<'_>) -> Value {
    match node.shape() {
        Shape::Nothing => Value::Null,
        Shape::Scalar => node.scalar().unwrap_or_default().into(),
        Shape::List => node.items().map(value).collect(),
        Shape::Map => {
            let lines = node.entries();
            lines
                .map(|line| (line.key.to_owned(), value(line.value)))
                .collect()
        }
    }
}

#[test]
fn an_editor_marks_nothing_in_the_policies_that_ship() {
    let editor = Editor::new();
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let mut files = 0;
    for folder in std::fs::read_dir(policies).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path
                .extension()
                .is_some_and(|extension| extension == "yaml")
            {
                let text = std::fs::read_to_string(&path).unwrap();
                let marks = editor.marks(&text);
                assert_eq!(marks, "", "{}", path.display());
                files += 1;
            }
        }
    }
    assert!(files > 10, "{files}");
}

#[test]
fn an_editor_marks_what_is_written_wrong() {
    let editor = Editor::new();
    let right = "
kinds:
  repair:
    title: {zh-CN: 报修, en: Repair}
    clause: R.1
    open: {by: anyone, channels: [phone], part: form, series: number, clause: R.1}
    steps:
      handling: {title: {zh-CN: 办理, en: Handling}, by: lead_unit, moves: [{on: closed, then: closed}]}
    clocks:
      reply:
        title: {zh-CN: 时限, en: Reply}
        start: opened
        stop: closed
        length: {limit: 3 working days, end: day}
        extend: {by: lead_unit, cap: 9 working days, counted_from: start, times: any, clause: R.1}
        clause: R.1
";
    assert_eq!(editor.marks(right), "");
    for (from, to) in [
        ("kinds:", "kind:"),
        ("stop: closed\n", "stopp: closed\n"),
        ("        stop: closed\n", ""),
        ("start: opened", "start: opened\n        lenght: 3 days"),
        ("{zh-CN: 时限, en: Reply}", "{zh-CN: 时限}"),
        ("counted_from: start", "counted_from: begin"),
        ("series: number, ", ""),
    ] {
        assert_eq!(right.matches(from).count(), 1, "{from}");
        let wrong = right.replace(from, to);
        assert!(!editor.marks(&wrong).is_empty(), "{to}");
    }
}
