//! Conditions and where in their text a problem lies.

use huiyin_diagnostic::{Place, Span};

use super::lines::scalar;
use super::reading::Reading;
use crate::case_facts::{CASE, CONTACTS, LATE, LEVELS, LINKS, PARAM, PARTIES, RAISED};
use crate::codes::{self, Draft};
use crate::condition::{Condition, FactType, Problem, compile, limits};
use crate::model::FactPath;
use crate::yaml::Node;

impl Reading<'_> {
    /// A condition over the declared facts.
    pub(super) fn condition(&self, node: Node<'_>) -> Option<Condition> {
        let type_of = |path: &FactPath| self.facts.get(path).cloned();
        let known = || self.facts.keys().map(ToString::to_string).collect();
        self.condition_over(node, &type_of, &known)
    }

    /// A condition over the facts that `type_of` knows; `known` lists their names.
    pub(super) fn condition_over(
        &self,
        node: Node<'_>,
        type_of: &dyn Fn(&FactPath) -> Option<FactType>,
        known: &dyn Fn() -> Vec<String>,
    ) -> Option<Condition> {
        let source = scalar(node, self.log)?;
        match compile(source, type_of) {
            Ok(condition) => Some(condition.with_figures(&self.figures.borrow())),
            Err(problem) => {
                let finding = self.condition_finding(node, source, problem, known);
                self.log.push(finding.done());
                None
            }
        }
    }

    /// A condition on a line that may be left out.
    pub(super) fn optional_condition(&self, node: Option<Node<'_>>) -> Option<Option<Condition>> {
        match node {
            None => Some(None),
            Some(node) => self.condition(node).map(Some),
        }
    }

    fn condition_finding(
        &self,
        node: Node<'_>,
        source: &str,
        problem: Problem,
        known: &dyn Fn() -> Vec<String>,
    ) -> Draft {
        let at = |words: &str| within(node, source, words);
        match problem {
            Problem::TooBig => {
                let finding = codes::CONDITION_TOO_BIG.at(node.place());
                let finding = finding.with("bytes", limits::SOURCE_BYTES_MAX.to_string());
                finding.with("depth", limits::DEPTH_MAX.to_string())
            }
            Problem::Malformed(byte) => codes::CONDITION_SYNTAX.at(at_byte(node, source, byte)),
            Problem::UnknownFact(name) => {
                let known = known();
                let meant = self.log.suggestion(&name, known.iter().map(String::as_str));
                let finding = codes::UNKNOWN_FACT.at(at(&name)).with("name", &name);
                let beside = beside(&name, &known);
                let what = if beside.is_empty() { "field" } else { "engine" };
                let finding = finding.with("known", beside.join(", "));
                finding.with("what", what).meant(meant)
            }
            Problem::UnknownChoice {
                fact,
                choice,
                choices,
            } => {
                let meant = self
                    .log
                    .suggestion(&choice, choices.iter().map(String::as_str));
                let known: Vec<&str> = choices.iter().map(String::as_str).collect();
                let finding = codes::UNKNOWN_CHOICE.at(at(&choice));
                let finding = finding.with("fact", fact).with("name", &choice);
                finding.with("known", known.join(", ")).meant(meant)
            }
            Problem::Mismatch {
                at: words,
                left,
                right,
            } => {
                let finding = codes::CONDITION_TYPE.at(at(&words)).with("what", "compare");
                let is_choice = |ty: &str| matches!(ty, "one_of" | "category");
                let choices = is_choice(left) || is_choice(right);
                let finding = finding.with("choices", if choices { "yes" } else { "no" });
                finding.with("left", left).with("right", right)
            }
            Problem::NotYesNo { at: words, found } => {
                let finding = codes::CONDITION_TYPE.at(at(&words)).with("what", "yes_no");
                let finding = finding.with("choices", "no");
                finding.with("left", found).with("right", "bool")
            }
            Problem::Unsupported(sign) => codes::CONDITION_UNSUPPORTED
                .at(at(&sign))
                .with("sign", &sign),
        }
    }
}

/// The names that stand where a name of the engine's own is looked for: for `case.lead_unit` all that is known as `case.…`.
fn beside<'k>(name: &str, known: &'k [String]) -> Vec<&'k str> {
    let group = name.split('.').next().unwrap_or_default();
    let engine = [CASE, LINKS, LEVELS, PARTIES, CONTACTS, RAISED, LATE, PARAM];
    let is_beside = |one: &&str| one.split('.').next() == Some(group);
    match engine.contains(&group) {
        true => known.iter().map(String::as_str).filter(is_beside).collect(),
        false => Vec::new(),
    }
}

/// The place of some words of a condition; the whole of it where they can't be found.
fn within(node: Node<'_>, source: &str, words: &str) -> Place {
    match source.find(words) {
        Some(byte) if !words.is_empty() => part_of(node, source, byte, words.len()),
        _ => node.place(),
    }
}

fn at_byte(node: Node<'_>, source: &str, byte: usize) -> Place {
    part_of(node, source, byte, 0)
}

/// A part of a scalar, provided that it is written without escapes: then its place in the file is
/// as many bytes after the first as in the text, or one more for the quote.
fn part_of(node: Node<'_>, source: &str, byte: usize, length: usize) -> Place {
    let place = node.place();
    let written = place.span.end - place.span.start;
    let quote = match written.checked_sub(source.len()) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return place,
    };
    let start = place.span.start + quote + byte;
    Place {
        file: place.file,
        span: Span::new(start, start + length),
    }
}
