//! Where the rows of a sheet come from.

use indexmap::IndexMap;

use super::reach::{Above, Reach};
use crate::check::lines::{Lines, expect, list, one_of};
use crate::check::reading::Reading;
use crate::codes;
use crate::model::{
    ChoiceId, Column, ColumnId, ColumnPath, ColumnType, Derived, Join, Match, Rows, SheetId,
};
use crate::yaml::{Node, Shape};

/// What may name a row.
const KEY_TYPES: [&str; 3] = ["name", "month", "date"];

impl<'t> Reading<'t> {
    /// The rows of a sheet that follows from others, with what they reach and what is the same for those that belong
    /// together; without rows if it is filled in.
    pub(super) fn derived(
        &self,
        own: &SheetId,
        lines: &Lines<'t>,
        above: &Above,
    ) -> Option<(Option<Rows>, Reach, Reach)> {
        let Some(each) = lines.get("each") else {
            return Some((None, above.reach(own, &[]), above.singles()));
        };
        let each = self.sheet_above(each, above)?;
        let outer = above.reach(own, &[&each]);
        let with = match lines.get("with") {
            None => Some(None),
            Some(node) => self.join(node, &outer, above).map(Some),
        };
        let joined = with.as_ref().and_then(Option::as_ref);
        let from: Vec<&SheetId> = [Some(&each), joined.map(|join| &join.sheet)]
            .into_iter()
            .flatten()
            .collect();
        let reach = above.reach(own, &from);
        let when = match lines.get("when") {
            None => Some(None),
            Some(node) => self.row_condition(node, &outer).map(Some),
        };
        let rows = match (when, with) {
            (Some(when), Some(with)) => Some(Rows::Derived(Derived { each, when, with })),
            _ => None,
        };
        // What the rows reach is known even where they can't be read, so that columns are still checked.
        let fixed = match lines.get("with") {
            Some(_) => outer,
            None => above.singles(),
        };
        Some((rows, reach, fixed))
    }

    /// The rows of a sheet that is filled in: one, or as many as there are under its key.
    pub(super) fn entered(
        &self,
        lines: &Lines<'t>,
        columns: Option<&IndexMap<ColumnId, Column>>,
    ) -> Option<Rows> {
        if let Some(single) = lines.get("single") {
            return one_of(single, &[("true", ())], self.log).map(|()| Rows::One);
        }
        let key = lines.need("key", self.log)?;
        if key.shape() == Shape::List && key.items().next().is_none() {
            let finding = codes::WRONG_SHAPE.at(key.place());
            let finding = finding.with("expected", "list").with("found", "nothing");
            self.log.push(finding.done());
            return None;
        }
        let columns = columns?;
        let key: Vec<Option<ColumnId>> = list(Some(key))
            .into_iter()
            .map(|node| {
                let name = crate::check::lines::scalar(node, self.log)?;
                let Some((id, column)) = columns.get_key_value(name) else {
                    let known: Vec<&str> = columns.keys().map(ColumnId::as_str).collect();
                    let meant = self.log.suggestion(name, known.iter().copied());
                    let finding = codes::UNKNOWN_COLUMN.at(node.place()).with("name", name);
                    let finding = finding.with("known", known.join(", "));
                    self.log.push(finding.meant(meant).done());
                    return None;
                };
                if column.how.is_none() && KEY_TYPES.contains(&column.ty.name()) {
                    return Some(id.clone());
                }
                let finding = codes::COLUMN_TYPE.at(node.place()).with("name", name);
                let finding = finding.with("found", column.ty.name());
                self.log
                    .push(finding.with("expected", KEY_TYPES.join(" / ")).done());
                None
            })
            .collect();
        key.into_iter().collect::<Option<_>>().map(Rows::Entered)
    }

    fn join(&self, node: Node<'t>, outer: &Reach, above: &Above) -> Option<Join> {
        let known = ["sheet", "by", "match"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        let sheet = lines.need("sheet", self.log);
        let sheet = sheet.and_then(|node| self.sheet_above(node, above))?;
        let by = match lines.get("by") {
            None => Some(None),
            Some(node) => self.column_in(node, outer, &["one_of"]).map(Some),
        };
        let matched = lines.need("match", self.log)?;
        expect(matched, lines.owner, Shape::Map, self.log)?;
        let inner = above.only(&sheet);
        let (by, matches) = match by? {
            None => {
                let pairs = self.pairs(matched, outer, &inner)?;
                (
                    None,
                    vec![Match {
                        choice: None,
                        pairs,
                    }],
                )
            }
            Some((by, ty)) => {
                let matches = self.matches_by(matched, &ty, outer, &inner);
                (Some(by), matches?)
            }
        };
        Some(Join { sheet, by, matches })
    }

    /// Which columns match, for each choice of a column.
    fn matches_by(
        &self,
        node: Node<'t>,
        ty: &ColumnType,
        outer: &Reach,
        inner: &Reach,
    ) -> Option<Vec<Match>> {
        let ColumnType::OneOf(choices) = ty else {
            return None;
        };
        let matches: Vec<Option<Match>> = choices
            .keys()
            .map(|choice| {
                let Some(pairs) = node.get(choice.as_str()) else {
                    let finding = codes::CASES_INCOMPLETE.at(node.place());
                    let finding = finding.with("what", "missing");
                    let finding = finding.with("name", choice.as_str());
                    self.log.push(finding.with("known", "").done());
                    return None;
                };
                expect(pairs, node.place(), Shape::Map, self.log)?;
                let pairs = self.pairs(pairs, outer, inner)?;
                Some(Match {
                    choice: Some(choice.clone()),
                    pairs,
                })
            })
            .collect();
        let known: Vec<&str> = choices.keys().map(ChoiceId::as_str).collect();
        Lines::by_names(node, node.place(), &known, self.log)?;
        matches.into_iter().collect()
    }

    /// `{column of the joined sheet: column in reach}`.
    fn pairs(
        &self,
        node: Node<'t>,
        outer: &Reach,
        inner: &Reach,
    ) -> Option<Vec<(ColumnId, ColumnPath)>> {
        let pairs: Vec<Option<(ColumnId, ColumnPath)>> = node
            .entries()
            .map(|entry| {
                let ty = inner.own_type(entry.key);
                let Some(ty) = ty else {
                    let known = inner.own_names();
                    let meant = self
                        .log
                        .suggestion(entry.key, known.iter().map(String::as_str));
                    let finding = codes::UNKNOWN_COLUMN.at(entry.key_place);
                    let finding = finding.with("name", entry.key);
                    let finding = finding.with("known", known.join(", "));
                    self.log.push(finding.meant(meant).done());
                    return None;
                };
                let (path, _) = self.column_in(entry.value, outer, &[ty])?;
                Some((ColumnId::new(entry.key), path))
            })
            .collect();
        pairs.into_iter().collect()
    }
}
