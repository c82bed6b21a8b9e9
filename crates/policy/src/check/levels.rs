//! Scales on which cases have a place, and the tables that find it.

use indexmap::IndexMap;

use super::lines::{Lines, expect, flag, list, one_of, scalar};
use super::names::{Naming, check_plain_name};
use super::reading::Reading;
use super::text::text;
use crate::case_facts;
use crate::codes;
use crate::condition::Condition;
use crate::model::{
    ChoiceId, KindId, LevelRow, LevelSetting, Levels, LevelsId, LevelsMeaning, Text,
};
use crate::yaml::{Entry, Node, Shape};

const KEYS: [&str; 7] = [
    "title", "kinds", "meaning", "scale", "choose", "set", "clause",
];
/// The most levels of a scale.
const SCALE_MAX: usize = 10;

impl<'t> Reading<'t> {
    pub(super) fn levels(&self, entry: Entry<'t>) -> Option<(LevelsId, Levels)> {
        let lines = Lines::of(entry.value, entry.key_place, &KEYS, self.log)?;
        let title = self.title(&lines);
        let kinds = self.covered_kinds(&lines);
        let meanings = [
            ("severity", LevelsMeaning::Severity),
            ("urgency", LevelsMeaning::Urgency),
        ];
        let meaning = match lines.get("meaning") {
            None => Some(None),
            Some(node) => one_of(node, &meanings, self.log).map(Some),
        };
        let scale = lines.need("scale", self.log);
        let scale = scale.and_then(|node| self.scale(node));
        let choose = lines.need("choose", self.log);
        let choose = choose.and_then(|node| self.level_rows(entry.key, node, scale.as_ref()?));
        let set = match lines.get("set") {
            None => Some(None),
            Some(node) => self.level_setting(node).map(Some),
        };
        let clause = self.clause(&lines);
        let levels = Levels {
            title: title?,
            kinds: kinds?,
            meaning: meaning?,
            scale: scale?,
            choose: choose?,
            set: set?,
            clause: clause?,
        };
        Some((LevelsId::new(entry.key), levels))
    }

    /// The levels in the order of the file, the lowest first.
    fn scale(&self, node: Node<'t>) -> Option<IndexMap<ChoiceId, Text>> {
        expect(node, node.place(), Shape::Map, self.log)?;
        if node.entries().count() > SCALE_MAX {
            let finding = codes::TOO_BIG.at(node.place()).with("what", "entries");
            self.log
                .push(finding.with("max", SCALE_MAX.to_string()).done());
            return None;
        }
        let levels: Vec<Option<(ChoiceId, Text)>> = node
            .entries()
            .map(|level| {
                check_plain_name(level.key, &["by"], level.key_place, self.log);
                text(level.value, self.log).map(|text| (ChoiceId::new(level.key), text))
            })
            .collect();
        levels.into_iter().collect()
    }

    fn level_rows(
        &self,
        own: &str,
        node: Node<'t>,
        scale: &IndexMap<ChoiceId, Text>,
    ) -> Option<Vec<LevelRow>> {
        let nodes = list(Some(node));
        let last = nodes.len().checked_sub(1);
        let rows: Vec<Option<LevelRow>> = nodes
            .into_iter()
            .enumerate()
            .map(|(index, node)| {
                let row = self.level_row(node, scale)?;
                let problem = match &row.when {
                    Some(_) if Some(index) == last => Some("last"),
                    None if Some(index) != last => Some("hidden"),
                    Some(when) if !self.is_found_before(own, when) => Some("order"),
                    _ => None,
                };
                if let Some(what) = problem {
                    let finding = codes::LEVELS_INCOMPLETE.at(node.place());
                    self.log.push(finding.with("what", what).done());
                }
                Some(row)
            })
            .collect();
        rows.into_iter().collect()
    }

    fn level_row(&self, node: Node<'t>, scale: &IndexMap<ChoiceId, Text>) -> Option<LevelRow> {
        let known = ["when", "then", "clause"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        let when = self.optional_condition(lines.get("when"));
        let then = lines.need("then", self.log);
        let then = then.and_then(|node| self.level(node, scale));
        let clause = self.optional_clause(&lines);
        Some(LevelRow {
            when: when?,
            then: then?,
            clause: clause?,
        })
    }

    fn level(&self, node: Node<'t>, scale: &IndexMap<ChoiceId, Text>) -> Option<ChoiceId> {
        let name = scalar(node, self.log)?;
        if scale.contains_key(name) {
            return Some(ChoiceId::new(name));
        }
        let known: Vec<&str> = scale.keys().map(ChoiceId::as_str).collect();
        let meant = self.log.suggestion(name, known.iter().copied());
        let finding = codes::UNKNOWN_WORD.at(node.place()).with("name", name);
        self.log
            .push(finding.with("known", known.join(", ")).meant(meant).done());
        None
    }

    /// Whether the levels that a row reads are found before its own: those that stand above it in the file.
    fn is_found_before(&self, own: &str, when: &Condition) -> bool {
        let place = |name: &str| self.names.position(Naming::Levels, name);
        let facts = when.facts();
        let mut read = facts
            .iter()
            .filter(|path| path.part().as_str() == case_facts::LEVELS);
        read.all(|path| place(path.field().as_str()) < place(own))
    }

    fn level_setting(&self, node: Node<'t>) -> Option<LevelSetting> {
        let known = ["by", "raise_only", "clause"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        let by = lines.need("by", self.log);
        let by = by.and_then(|node| self.selector(node));
        let clause = self.clause(&lines);
        Some(LevelSetting {
            by: by?,
            raise_only: flag(lines.get("raise_only"), self.log),
            clause: clause?,
        })
    }

    /// The kinds that an element says it is for.
    pub(super) fn covered_kinds(&self, lines: &Lines<'t>) -> Option<Vec<KindId>> {
        lines.need("kinds", self.log)?;
        let names = self.names_on(lines.get("kinds"), Naming::Kind)?;
        Some(names.into_iter().map(KindId::new).collect())
    }
}
