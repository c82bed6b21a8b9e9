//! What differs between two versions of a policy, clause by clause and in words.

use std::fmt::{Debug, Write};
use std::hash::Hash;

use indexmap::IndexMap;

use super::Language;
use super::clauses::mark_word;
use super::items::{Items, items};
use super::speaker::Speaker;
use crate::model::{Clause, ClauseId, Policy, Text};

/// What differs between an old and a new version of a policy, as Markdown: for each clause what it says and what carries it out,
/// `-` before what the old version alone has, `+` before what the new one alone has; then the elements that were touched, also
/// those that name no clause. Empty if nothing differs.
pub fn diff(old: &Policy, new: &Policy, language: Language) -> String {
    let mut text = String::new();
    for section in [clauses(old, new, language), touched(old, new, language)] {
        if !section.is_empty() && !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&section);
    }
    text
}

fn clauses(old: &Policy, new: &Policy, language: Language) -> String {
    let say = Speaker {
        policy: new,
        language,
    };
    let (before, after) = (items(old, language), items(new, language));
    let mut text = String::new();
    let gone = old
        .clauses
        .keys()
        .filter(|id| !new.clauses.contains_key(*id));
    for id in new.clauses.keys().chain(gone) {
        let (was, is) = (old.clauses.get(id), new.clauses.get(id));
        let mut lines = changes(&said(was, language), &said(is, language));
        lines.extend(changes(sentences(&before, id), sentences(&after, id)));
        if lines.is_empty() {
            continue;
        }
        let how = match (was, is) {
            (None, _) => say.pick("（新增）", " (new)"),
            (_, None) => say.pick("（删除）", " (removed)"),
            _ => "",
        };
        let apart = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{apart}## {id}{how}\n");
        for line in lines {
            let _ = writeln!(text, "{line}");
        }
    }
    text
}

/// What a clause says, and as what it counts.
fn said(clause: Option<&Clause>, language: Language) -> Vec<String> {
    let say = |clause: &Clause| {
        let marks = clause.marks.iter().map(|mark| mark_word(*mark, language));
        let marks: Vec<&str> = marks.collect();
        format!("[{}] {}", marks.join(" "), language.of(&clause.text))
    };
    clause.map(say).into_iter().collect()
}

fn sentences<'i>(items: &'i Items, clause: &ClauseId) -> &'i [String] {
    items.get(clause).map_or(&[], Vec::as_slice)
}

/// What only the old and what only the new one has, each in its own order. A sentence counts as often as it stands there.
fn changes(old: &[String], new: &[String]) -> Vec<String> {
    let without = |all: &[String], other: &[String]| {
        let mut left = other.to_vec();
        let mut alone = Vec::new();
        for sentence in all {
            match left.iter().position(|one| one == sentence) {
                Some(at) => {
                    left.swap_remove(at);
                }
                None => alone.push(sentence.clone()),
            }
        }
        alone
    };
    let removed = without(old, new).into_iter().map(|one| format!("- {one}"));
    let added = without(new, old).into_iter().map(|one| format!("+ {one}"));
    removed.chain(added).collect()
}

/// The elements that are new, gone or defined otherwise.
fn touched(old: &Policy, new: &Policy, language: Language) -> String {
    let say = Speaker {
        policy: new,
        language,
    };
    let mut lines = Vec::new();
    let mut add = |what: &str, (removed, added, changed): Touched| {
        for (sign, names) in [("-", removed), ("+", added), ("~", changed)] {
            if !names.is_empty() {
                let names = say.list(names.iter().map(|name| say.quoted(name)));
                lines.push(format!("{sign} {what}{}{names}", say.pick("：", ": ")));
            }
        }
    };
    let of = |text: &Text| language.of(text).to_owned();
    add(
        say.pick("参数", "Parameters"),
        compare(&old.params, &new.params, |one| of(&one.title)),
    );
    add(
        say.pick("角色", "Roles"),
        compare(&old.roles, &new.roles, |one| of(&one.title)),
    );
    add(
        say.pick("表单", "Forms"),
        compare(&old.parts, &new.parts, |one| of(&one.title)),
    );
    add(
        say.pick("办理动作", "Acts"),
        compare(&old.acts, &new.acts, |one| of(&one.title)),
    );
    add(
        say.pick("通知", "Notices"),
        compare(&old.notices, &new.notices, |one| of(&one.title)),
    );
    add(
        say.pick("案件类型", "Kinds of case"),
        compare(&old.kinds, &new.kinds, |one| of(&one.title)),
    );
    for (id, kind) in &new.kinds {
        let Some(before) = old.kinds.get(id) else {
            continue;
        };
        let title = of(&kind.title);
        add(
            &format!("{title} · {}", say.pick("环节", "steps")),
            compare(&before.steps, &kind.steps, |one| of(&one.title)),
        );
        add(
            &format!("{title} · {}", say.pick("时限", "clocks")),
            compare(&before.clocks, &kind.clocks, |one| of(&one.title)),
        );
    }
    if lines.is_empty() {
        return String::new();
    }
    let title = say.pick("改动涉及", "What was touched");
    format!("## {title}\n\n{}\n", lines.join("\n"))
}

/// Names of what is gone, new, and defined otherwise.
type Touched = (Vec<String>, Vec<String>, Vec<String>);

/// Two definitions are the same if all that they say is: the sealed model has no other form to compare.
fn compare<K: Hash + Eq, V: Debug>(
    old: &IndexMap<K, V>,
    new: &IndexMap<K, V>,
    title: impl Fn(&V) -> String,
) -> Touched {
    let alone = |all: &IndexMap<K, V>, other: &IndexMap<K, V>| -> Vec<String> {
        let alone = all.iter().filter(|(id, _)| !other.contains_key(*id));
        alone.map(|(_, one)| title(one)).collect()
    };
    let changed = new.iter().filter(|(id, one)| {
        let before = old.get(*id);
        before.is_some_and(|before| format!("{before:?}") != format!("{one:?}"))
    });
    let changed = changed.map(|(_, one)| title(one)).collect();
    (alone(old, new), alone(new, old), changed)
}
