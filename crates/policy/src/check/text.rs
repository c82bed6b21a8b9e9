//! Texts in both languages.

use huiyin_diagnostic::Place;

use super::lines::{Lines, scalar};
use super::log::Log;
use crate::codes;
use crate::model::Text;
use crate::yaml::{Node, Shape};

/// The words before the two languages of a text.
pub(super) const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// `{zh-CN: …, en: …}`.
pub(super) fn text(node: Node<'_>, log: &Log) -> Option<Text> {
    let lines = Lines::of(node, node.place(), &LANGUAGES, log)?;
    text_of(&lines, log)
}

/// The two languages among the lines of a larger map.
pub(super) fn text_of(lines: &Lines<'_>, log: &Log) -> Option<Text> {
    let [zh, en] = LANGUAGES.map(|language| one_language(lines, language, log));
    Some(Text { zh: zh?, en: en? })
}

fn one_language(lines: &Lines<'_>, language: &'static str, log: &Log) -> Option<String> {
    let missing = |place: Place| {
        let finding = codes::MISSING_LANGUAGE.at(place);
        log.push(finding.with("language", language).done());
        None
    };
    match lines.need_quietly(language, log) {
        None => missing(lines.owner),
        Some(node) if node.shape() == Shape::Scalar => match node.scalar() {
            Some(text) if !text.trim().is_empty() => Some(text.trim_end().to_owned()),
            _ => missing(node.place()),
        },
        Some(node) => scalar(node, log).map(str::to_owned),
    }
}
