//! The clause view: the written policy with what carries out each clause.

use std::fmt::Write;

use indexmap::IndexMap;

use super::Language;
use super::items::items;
use super::speaker::Speaker;
use crate::model::{ClauseId, Mark, Policy};

/// The policy's clauses as Markdown: number, marks, text, and what the policy does about each. A
/// clause that nothing carries out says so, so that a manager sees what is left to people.
pub fn clause_view(policy: &Policy, language: Language) -> String {
    let say = Speaker { policy, language };
    let items = items(policy, language);
    let mut view = format!("# {}\n", say.text(&policy.title));
    for (id, clause) in &policy.clauses {
        let marks = say.list(
            clause
                .marks
                .iter()
                .map(|mark| mark_word(*mark, language).to_owned()),
        );
        let _ = write!(
            view,
            "\n## {id} · {marks}\n\n{}\n\n",
            say.text(&clause.text)
        );
        match items.get(id) {
            Some(sentences) => {
                for sentence in sentences {
                    let _ = writeln!(view, "- {sentence}");
                }
            }
            None => {
                let nothing = say.pick(
                    "- 流程里没有直接执行这一条的规则：由人落实，或由报表、培训、公布等功能支持。",
                    "- No rule of the flow carries this out: it is left to people, or to reports, training and publication.",
                );
                let _ = writeln!(view, "{nothing}");
            }
        }
    }
    view
}

/// How many elements of the policy carry each clause out; a clause that none does is left out.
pub fn cited(policy: &Policy) -> IndexMap<ClauseId, usize> {
    let sentences = items(policy, Language::default()).into_iter();
    sentences
        .map(|(clause, sentences)| (clause, sentences.len()))
        .collect()
}

pub(super) fn mark_word(mark: Mark, language: Language) -> &'static str {
    let (zh, en) = match mark {
        Mark::Rule => ("规则", "rule"),
        Mark::Form => ("表单", "form"),
        Mark::Clock => ("时限", "clock"),
        Mark::Report => ("报表", "report"),
        Mark::Guide => ("指引", "guide"),
        Mark::Admin => ("管理", "administration"),
    };
    match language {
        Language::ZhCn => zh,
        Language::En => en,
    }
}
