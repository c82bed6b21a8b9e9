//! The clause view: the written policy with what carries out each clause.

use std::fmt::Write;

use indexmap::IndexMap;

use super::Language;
use super::items::items;
use super::speaker::Speaker;
use crate::model::{ClauseId, Mark, Policy};

/// A clause with what carries it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseShown {
    /// The clause.
    pub id: ClauseId,
    /// As what it counts, in words.
    pub marks: String,
    /// What it says.
    pub text: String,
    /// What the policy does about it, a sentence each.
    pub carried_out: Vec<String>,
}

/// The policy's clauses: number, marks, text, and what the policy does about each. A clause that nothing carries out says so,
/// so that a manager sees what is left to people.
pub fn clauses_shown(policy: &Policy, language: Language) -> Vec<ClauseShown> {
    let say = Speaker { policy, language };
    let items = items(policy, language);
    let nothing = say.pick(
        "流程里没有直接执行这一条的规则：由人落实，或由报表、培训、公布等功能支持。",
        "No rule of the flow carries this out: it is left to people, or to reports, training and publication.",
    );
    let shown = policy.clauses.iter().map(|(id, clause)| {
        let marks = clause.marks.iter();
        let marks = marks.map(|mark| mark_word(*mark, language).to_owned());
        let sentences = items.get(id).cloned();
        ClauseShown {
            id: id.clone(),
            marks: say.list(marks),
            text: say.text(&clause.text).to_owned(),
            carried_out: sentences.unwrap_or_else(|| vec![nothing.to_owned()]),
        }
    });
    shown.collect()
}

/// The same as Markdown.
pub fn clause_view(policy: &Policy, language: Language) -> String {
    let say = Speaker { policy, language };
    let mut view = format!("# {}\n", say.text(&policy.title));
    for clause in clauses_shown(policy, language) {
        let _ = write!(
            view,
            "\n## {} · {}\n\n{}\n\n",
            clause.id, clause.marks, clause.text
        );
        for sentence in &clause.carried_out {
            let _ = writeln!(view, "- {sentence}");
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
