//! What differs between two versions of a policy, clause by clause and in words.

use std::fmt::{Debug, Write};
use std::hash::Hash;

use indexmap::IndexMap;

use super::Language;
use super::clauses::mark_word;
use super::items::{Items, items};
use super::speaker::Speaker;
use crate::model::{Clause, ClauseId, Policy, Text};

/// What differs between an old and a new version of a policy, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// What the clauses say and what carries them out, in the order of the new version; those it no longer has come last.
    pub clauses: Vec<ClauseChange>,
    /// The elements that were touched, also those that name no clause.
    pub touched: Vec<TouchedElements>,
}

/// What differs in a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseChange {
    /// The clause.
    pub clause: ClauseId,
    /// What became of it.
    pub fate: ClauseFate,
    /// What the old version alone has: what the clause says, then what carries it out.
    pub before: Vec<String>,
    /// What the new version alone has.
    pub after: Vec<String>,
}

/// What became of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClauseFate {
    /// Only the new version has it.
    New,
    /// Only the old version has it.
    Removed,
    /// It says something else, or is carried out otherwise.
    Changed,
}

/// Elements of one sort that were touched, by their titles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchedElements {
    /// What sort they are, such as steps of a kind.
    pub what: String,
    /// Only the old version has them.
    pub removed: Vec<String>,
    /// Only the new version has them.
    pub added: Vec<String>,
    /// Defined otherwise.
    pub changed: Vec<String>,
}

/// Compares two versions of a policy.
pub fn changes(old: &Policy, new: &Policy, language: Language) -> Changes {
    Changes {
        clauses: clauses(old, new, language),
        touched: touched(old, new, language),
    }
}

/// What differs between an old and a new version of a policy, as Markdown: for each clause what it says and what carries it out,
/// `-` before what the old version alone has, `+` before what the new one alone has; then the elements that were touched, also
/// those that name no clause. Empty if nothing differs.
pub fn diff(old: &Policy, new: &Policy, language: Language) -> String {
    let say = Speaker {
        policy: new,
        language,
    };
    let changes = changes(old, new, language);
    let mut text = String::new();
    for one in &changes.clauses {
        let how = match one.fate {
            ClauseFate::New => say.pick("（新增）", " (new)"),
            ClauseFate::Removed => say.pick("（删除）", " (removed)"),
            ClauseFate::Changed => "",
        };
        let apart = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{apart}## {}{how}\n", one.clause);
        for line in &one.before {
            let _ = writeln!(text, "- {line}");
        }
        for line in &one.after {
            let _ = writeln!(text, "+ {line}");
        }
    }
    if !changes.touched.is_empty() {
        let apart = if text.is_empty() { "" } else { "\n" };
        let title = say.pick("改动涉及", "What was touched");
        let _ = writeln!(text, "{apart}## {title}\n");
    }
    for one in &changes.touched {
        let names = [("-", &one.removed), ("+", &one.added), ("~", &one.changed)];
        for (sign, names) in names.into_iter().filter(|(_, names)| !names.is_empty()) {
            let names = say.list(names.iter().map(|name| say.quoted(name)));
            let _ = writeln!(text, "{sign} {}{}{names}", one.what, say.pick("：", ": "));
        }
    }
    text
}

fn clauses(old: &Policy, new: &Policy, language: Language) -> Vec<ClauseChange> {
    let (before, after) = (items(old, language), items(new, language));
    let gone = old
        .clauses
        .keys()
        .filter(|id| !new.clauses.contains_key(*id));
    let mut changed = Vec::new();
    for id in new.clauses.keys().chain(gone) {
        let (was, is) = (old.clauses.get(id), new.clauses.get(id));
        let (said_before, said_after) = (said(was, language), said(is, language));
        let (done_before, done_after) = (sentences(&before, id), sentences(&after, id));
        let both = |said: Vec<String>, done: Vec<String>| [said, done].concat();
        let change = ClauseChange {
            clause: id.clone(),
            fate: match (was, is) {
                (None, _) => ClauseFate::New,
                (_, None) => ClauseFate::Removed,
                _ => ClauseFate::Changed,
            },
            before: both(
                alone(&said_before, &said_after),
                alone(done_before, done_after),
            ),
            after: both(
                alone(&said_after, &said_before),
                alone(done_after, done_before),
            ),
        };
        if !(change.before.is_empty() && change.after.is_empty()) {
            changed.push(change);
        }
    }
    changed
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

/// What only the first of two lists has, in its own order. A sentence counts as often as it stands there.
fn alone(all: &[String], other: &[String]) -> Vec<String> {
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
}

/// The elements that are new, gone or defined otherwise.
fn touched(old: &Policy, new: &Policy, language: Language) -> Vec<TouchedElements> {
    let say = Speaker {
        policy: new,
        language,
    };
    let mut all = Vec::new();
    let mut add = |what: &str, (removed, added, changed): Touched| {
        if !(removed.is_empty() && added.is_empty() && changed.is_empty()) {
            all.push(TouchedElements {
                what: what.to_owned(),
                removed,
                added,
                changed,
            });
        }
    };
    let of = |text: &Text| language.of(text).to_owned();
    let named = |policy: &Policy, other: &Policy| -> Vec<String> {
        let name = policy
            .calendar
            .iter()
            .filter(|_| policy.calendar != other.calendar);
        name.map(ToString::to_string).collect()
    };
    add(
        say.pick("日历", "Calendar"),
        (named(old, new), named(new, old), Vec::new()),
    );
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
    all
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
