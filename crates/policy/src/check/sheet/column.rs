//! The columns of a sheet, filled in or computed.

use indexmap::IndexMap;

use super::formula::Within;
use crate::check::figure;
use crate::check::lines::{Lines, expect, one_of, one_of_names};
use crate::check::names::Naming;
use crate::check::part::choices;
use crate::check::reading::Reading;
use crate::codes;
use crate::model::{
    BandId, Case, ChoiceId, Column, ColumnType, FirstRow, How, LadderId, Outcome, Text,
};
use crate::yaml::{Entry, Node, Shape};

/// The words for what may be filled in.
const TYPES: [&str; 9] = [
    "name", "money", "quantity", "percent", "bool", "date", "month", "one_of", "many_of",
];
/// The ways of computing a column, of which each has exactly one, if it isn't filled in.
const WAYS: [&str; 5] = ["is", "first", "split", "band", "move"];

impl<'t> Reading<'t> {
    pub(super) fn column(
        &self,
        entry: Entry<'t>,
        is_derived: bool,
        within: Within<'_>,
    ) -> Option<Column> {
        let way = WAYS.into_iter().find(|way| entry.value.get(way).is_some());
        let known: &[&str] = match way {
            Some("is") => &["title", "clause", "is", "by"],
            Some("first") => &["title", "clause", "first", "choices"],
            Some("split") => &["title", "clause", "split", "by", "sum"],
            Some("band") => &["title", "clause", "band", "of"],
            Some("move") => &["title", "clause", "move", "of"],
            _ if is_derived => &["title", "clause", "is", "first", "split", "band", "move"],
            _ => &["title", "clause", "type", "choices"],
        };
        let lines = Lines::of(entry.value, entry.key_place, known, self.log)?;
        let title = self.title(&lines);
        let clause = self.optional_clause(&lines);
        let computed = match way {
            Some("is") => self.formulas(&lines, within),
            Some("first") => self.first(entry, &lines, within),
            Some("split") => self.split(&lines, within),
            Some("band") => self.banded(&lines, within),
            Some("move") => self.moved(&lines, within),
            _ if is_derived => {
                lines.need(WAYS[0], self.log);
                None
            }
            _ => self.entered_type(entry, &lines).map(|ty| (None, ty)),
        };
        let (how, ty) = computed?;
        Some(Column {
            title: title?,
            ty,
            how,
            clause: clause?,
        })
    }

    fn entered_type(&self, entry: Entry<'t>, lines: &Lines<'t>) -> Option<ColumnType> {
        let node = lines.need("type", self.log)?;
        let word = one_of(node, &TYPES.map(|word| (word, word)), self.log)?;
        Some(match word {
            "name" => ColumnType::Name,
            "money" => ColumnType::Money,
            "quantity" => ColumnType::Quantity,
            "percent" => ColumnType::Percent,
            "bool" => ColumnType::Bool,
            "date" => ColumnType::Date,
            "month" => ColumnType::Month,
            "one_of" => ColumnType::OneOf(choices(entry, self.log)?),
            _ => ColumnType::ManyOf(choices(entry, self.log)?),
        })
    }

    /// `is:` a formula, or `by:` a column and `is:` a formula for each of its choices.
    fn formulas(&self, lines: &Lines<'t>, within: Within<'_>) -> Option<(Option<How>, ColumnType)> {
        let is = lines.need("is", self.log)?;
        let Some(by) = lines.get("by") else {
            let (term, ty) = self.formula(is, within)?;
            return Some((Some(How::Formula(term)), ty));
        };
        let (by_path, by_type) = self.column_in(by, within.reach, &["one_of", "grade"])?;
        expect(is, lines.owner, Shape::Map, self.log)?;
        let wanted = self.choices_of(&by_type);
        let mut of = Some(IndexMap::new());
        let mut types: Vec<(Node<'t>, ColumnType)> = Vec::new();
        for entry in is.entries() {
            if !wanted.iter().any(|choice| choice == entry.key) {
                let finding = codes::CASES_INCOMPLETE.at(entry.key_place);
                let finding = finding.with("what", "unknown").with("name", entry.key);
                let meant = self
                    .log
                    .suggestion(entry.key, wanted.iter().map(String::as_str));
                self.log
                    .push(finding.with("known", wanted.join(", ")).meant(meant).done());
                of = None;
                continue;
            }
            let case = self.case(entry.value, within, &mut types);
            match (case, &mut of) {
                (Some(case), Some(of)) => {
                    of.insert(ChoiceId::new(entry.key), case);
                }
                _ => of = None,
            }
        }
        let written = |choice: &&String| is.entries().all(|entry| entry.key != choice.as_str());
        let missing: Vec<&str> = wanted.iter().filter(written).map(String::as_str).collect();
        if !missing.is_empty() {
            let finding = codes::CASES_INCOMPLETE.at(is.place());
            let finding = finding.with("what", "missing");
            let finding = finding.with("name", missing.join(", "));
            self.log
                .push(finding.with("known", wanted.join(", ")).done());
            return None;
        }
        let ty = self.one_type(&types)?;
        Some((
            Some(How::Cases {
                by: by_path,
                of: of?,
            }),
            ty,
        ))
    }

    /// A formula, or `{is: FORMULA, clause: C}`.
    fn case(
        &self,
        node: Node<'t>,
        within: Within<'_>,
        types: &mut Vec<(Node<'t>, ColumnType)>,
    ) -> Option<Case> {
        if node.get("is").is_none() {
            let (is, ty) = self.formula(node, within)?;
            types.push((node, ty));
            return Some(Case { is, clause: None });
        }
        let lines = Lines::of(node, node.place(), &["is", "clause"], self.log)?;
        let is = lines.need("is", self.log);
        let is = is.and_then(|node| self.formula(node, within));
        let clause = self.optional_clause(&lines);
        let (is, ty) = is?;
        types.push((node, ty));
        Some(Case {
            is,
            clause: clause?,
        })
    }

    /// The one type that all formulas of a column give.
    fn one_type(&self, types: &[(Node<'t>, ColumnType)]) -> Option<ColumnType> {
        let (_, first) = types.first()?;
        for (node, ty) in types {
            if ty != first {
                let finding = codes::FORMULA_UNITS.at(node.place()).with("what", "cases");
                let finding = finding.with("left", first.name()).with("right", ty.name());
                self.log.push(finding.done());
                return None;
            }
        }
        Some(first.clone())
    }

    /// A first-hit table: of choices, or of formulas.
    fn first(
        &self,
        entry: Entry<'t>,
        lines: &Lines<'t>,
        within: Within<'_>,
    ) -> Option<(Option<How>, ColumnType)> {
        let node = lines.need("first", self.log)?;
        expect(node, lines.owner, Shape::List, self.log)?;
        let named = match lines.get("choices") {
            None => None,
            Some(_) => Some(choices(entry, self.log)?),
        };
        let mut types = Vec::new();
        let count = node.items().count();
        if count == 0 {
            let finding = codes::WRONG_SHAPE.at(node.place());
            let finding = finding.with("expected", "list").with("found", "nothing");
            self.log.push(finding.done());
            return None;
        }
        let rows: Vec<Option<FirstRow>> = node
            .items()
            .enumerate()
            .map(|(index, row)| {
                let is_last = index + 1 == count;
                self.first_row(row, is_last, named.as_ref(), within, &mut types)
            })
            .collect();
        let rows: Vec<FirstRow> = rows.into_iter().collect::<Option<_>>()?;
        let ty = match named {
            Some(choices) => ColumnType::OneOf(choices),
            None => self.one_type(&types)?,
        };
        Some((Some(How::First(rows)), ty))
    }

    fn first_row(
        &self,
        row: Node<'t>,
        is_last: bool,
        named: Option<&IndexMap<ChoiceId, Text>>,
        within: Within<'_>,
        types: &mut Vec<(Node<'t>, ColumnType)>,
    ) -> Option<FirstRow> {
        let lines = Lines::of(row, row.place(), &["when", "is", "clause"], self.log)?;
        let when = match lines.get("when") {
            None => Some(None),
            Some(node) => self.row_condition(node, within.reach).map(Some),
        };
        if lines.get("when").is_some() == is_last {
            let what = if is_last { "last" } else { "hidden" };
            let finding = codes::CASES_INCOMPLETE.at(row.place()).with("what", what);
            self.log
                .push(finding.with("name", "").with("known", "").done());
        }
        let is = lines.need("is", self.log)?;
        let then = match named {
            Some(choices) => {
                let words: Vec<(&str, &ChoiceId)> =
                    choices.keys().map(|id| (id.as_str(), id)).collect();
                one_of_names(is, &words, self.log).map(|id| Outcome::Choice(id.clone()))
            }
            None => self.formula(is, within).map(|(term, ty)| {
                types.push((is, ty));
                Outcome::Formula(term)
            }),
        };
        let clause = self.optional_clause(&lines);
        Some(FirstRow {
            when: when?,
            then: then?,
            clause: clause?,
        })
    }

    /// `split:` an amount `by:` the weights of a column, whose `sum:` is stated if they are percentages.
    fn split(&self, lines: &Lines<'t>, within: Within<'_>) -> Option<(Option<How>, ColumnType)> {
        let total = lines.need("split", self.log);
        let total = total.and_then(|node| {
            let fixed = Within {
                reach: within.fixed,
                ..within
            };
            self.amount(node, fixed)
        });
        let by = lines.need("by", self.log);
        let by = by.and_then(|node| self.column_in(node, within.reach, &["percent", "quantity"]));
        let is_percent = matches!(by, Some((_, ColumnType::Percent)));
        let sum = match (lines.get("sum"), is_percent) {
            (None, false) => Some(None),
            (None, true) => lines.need("sum", self.log).map(|_| None),
            (Some(node), true) => figure::percent(node, self.log).map(Some),
            (Some(node), false) => {
                let finding = codes::UNKNOWN_KEY.at(node.place()).with("name", "sum");
                self.log
                    .push(finding.with("known", "title, split, by, clause").done());
                None
            }
        };
        let how = How::Split {
            total: total?,
            by: by?.0,
            sum: sum?,
        };
        Some((Some(how), ColumnType::Money))
    }

    fn banded(&self, lines: &Lines<'t>, within: Within<'_>) -> Option<(Option<How>, ColumnType)> {
        let of = lines.need("of", self.log);
        let of = of.and_then(|node| self.amount(node, within));
        let band = self.need_name(lines, "band", Naming::Band)?;
        let ty = self.band_type(&band)?;
        let how = How::Band {
            band: BandId::new(band),
            of: of?,
        };
        Some((Some(how), ty))
    }

    /// What a band gives: a grade of its ladder, or one of the roles that decide.
    fn band_type(&self, band: &str) -> Option<ColumnType> {
        let node = self.written(Naming::Band, band)?;
        if let Some(ladder) = node.get("ladder").and_then(Node::scalar) {
            return Some(ColumnType::Grade(LadderId::new(ladder)));
        }
        let rows = node.get("rows").into_iter().flat_map(Node::items);
        let roles = rows.filter_map(|row| row.get("decider")?.scalar());
        let titled = roles.map(|role| Some((ChoiceId::new(role), self.role_title(role)?)));
        titled.collect::<Option<_>>().map(ColumnType::OneOf)
    }

    /// The title of a role, if it is written in both languages; what is wrong with it is said when the role is read.
    fn role_title(&self, role: &str) -> Option<Text> {
        let title = self.written(Naming::Role, role)?.get("title")?;
        let language = |language: &str| title.get(language)?.scalar().map(str::to_owned);
        Some(Text {
            zh: language("zh-CN")?,
            en: language("en")?,
        })
    }

    /// `move:` so many steps on the ladder, from the grade `of` a column.
    fn moved(&self, lines: &Lines<'t>, within: Within<'_>) -> Option<(Option<How>, ColumnType)> {
        let steps = lines.need("move", self.log);
        let steps = steps.and_then(|node| {
            let steps = figure::integer(node, self.log)?;
            i32::try_from(steps)
                .ok()
                .or_else(|| figure::bad_figure(node, "whole", self.log))
        });
        let of = lines.need("of", self.log);
        let of = of.and_then(|node| self.column_in(node, within.reach, &["grade"]));
        let (of, ty) = of?;
        let how = How::Move { of, steps: steps? };
        Some((Some(how), ty))
    }

    fn choices_of(&self, ty: &ColumnType) -> Vec<String> {
        match ty {
            ColumnType::OneOf(choices) => choices.keys().map(ToString::to_string).collect(),
            ColumnType::Grade(ladder) => {
                let grades = self.ladder_grades(ladder.as_str()).iter();
                grades.map(|grade| (*grade).to_owned()).collect()
            }
            _ => Vec::new(),
        }
    }
}
