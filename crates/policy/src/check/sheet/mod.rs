//! Ladders, sheets, accounts and vouchers.

mod column;
mod follow;
mod formula;
mod reach;
mod rows;

use indexmap::IndexMap;

use self::formula::Within;
use self::reach::{Above, Reach};
use super::lines::{Lines, expect, list};
use super::names::{CONDITION_WORDS, Naming, check_plain_name};
use super::reading::Reading;
use super::sections::Sections;
use super::text::text;
use crate::model::{
    ChoiceId, ColumnId, ColumnPath, Ladder, LadderId, RowNeed, Settlement, Sheet, SheetId,
};
use crate::yaml::{Entry, Node, Shape};

/// The words of a sheet, by where its rows come from.
const DERIVED_KEYS: [&str; 7] = [
    "title", "clause", "each", "when", "with", "columns", "needs",
];
const SINGLE_KEYS: [&str; 5] = ["title", "clause", "single", "columns", "needs"];
const ENTERED_KEYS: [&str; 5] = ["title", "clause", "key", "columns", "needs"];

impl<'t> Reading<'t> {
    /// Everything about settling money. Sheets are read from top to bottom, each with those above it.
    pub(super) fn settlement(&self, sections: &Sections<'t>) -> Option<Settlement> {
        let ladders = self.section(sections, Naming::Ladder, |entry| self.ladder(entry));
        let mut above = Above::default();
        let mut sheets = Some(IndexMap::new());
        for entry in sections.elements(Naming::Sheet.section()) {
            match (self.sheet(entry, &mut above), &mut sheets) {
                (Some(sheet), Some(sheets)) => {
                    sheets.insert(SheetId::new(entry.key), sheet);
                }
                _ => sheets = None,
            }
        }
        let accounts = self.section(sections, Naming::Account, |entry| {
            self.account(entry, &above)
        });
        let vouchers = self.section(sections, Naming::Voucher, |entry| {
            self.voucher(entry, &above)
        });
        Some(Settlement {
            ladders: ladders?,
            sheets: sheets?,
            accounts: accounts?,
            vouchers: vouchers?,
        })
    }

    fn ladder(&self, entry: Entry<'t>) -> Option<(LadderId, Ladder)> {
        let known = ["title", "grades", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let title = self.title(&lines);
        let clause = self.clause(&lines);
        let grades = lines.need("grades", self.log)?;
        expect(grades, lines.owner, Shape::Map, self.log)?;
        let grades: Vec<Option<(ChoiceId, _)>> = grades
            .entries()
            .map(|grade| {
                check_plain_name(grade.key, &[], grade.key_place, self.log);
                text(grade.value, self.log).map(|text| (ChoiceId::new(grade.key), text))
            })
            .collect();
        let ladder = Ladder {
            title: title?,
            grades: grades.into_iter().collect::<Option<_>>()?,
            clause: clause?,
        };
        Some((LadderId::new(entry.key), ladder))
    }

    fn sheet(&self, entry: Entry<'t>, above: &mut Above) -> Option<Sheet> {
        let id = SheetId::new(entry.key);
        let each = entry.value.get("each").map(Node::shape);
        let is_derived = each.is_some_and(|shape| shape != Shape::Nothing);
        let single = entry.value.get("single").is_some();
        let known: &[&str] = match (is_derived, single) {
            (true, _) => &DERIVED_KEYS,
            (false, true) => &SINGLE_KEYS,
            (false, false) => &ENTERED_KEYS,
        };
        let lines = Lines::of(entry.value, entry.key_place, known, self.log);
        let Some(lines) = lines else {
            above.add(&id, Reach::default(), false);
            return None;
        };
        let title = self.title(&lines);
        let clause = self.clause(&lines);
        let (derived, mut reach, fixed) = match self.derived(&id, &lines, above) {
            Some(read) => read,
            None => (None, above.reach(&id, &[]), above.singles()),
        };
        let columns = self.columns(&id, &lines, (above, &fixed), &mut reach);
        let needs = self.row_needs(&lines, &reach);
        let rows = match is_derived {
            true => derived,
            false => self.entered(&lines, columns.as_ref()),
        };
        above.add(&id, reach, single);
        Some(Sheet {
            title: title?,
            rows: rows?,
            columns: columns?,
            needs: needs?,
            clause: clause?,
        })
    }

    fn columns(
        &self,
        sheet: &SheetId,
        lines: &Lines<'t>,
        (above, fixed): (&Above, &Reach),
        reach: &mut Reach,
    ) -> Option<IndexMap<ColumnId, crate::model::Column>> {
        let is_derived = lines.get("each").is_some();
        let node = lines.need("columns", self.log)?;
        expect(node, lines.owner, Shape::Map, self.log)?;
        let mut columns = Some(IndexMap::new());
        for entry in node.entries() {
            check_plain_name(entry.key, &CONDITION_WORDS, entry.key_place, self.log);
            let id = ColumnId::new(entry.key);
            let within = Within {
                above,
                reach,
                fixed,
            };
            let column = self.column(entry, is_derived, within);
            let ty = column.as_ref().map(|column| column.ty.clone());
            reach.add(ColumnPath::new(sheet, &id), ty);
            match (column, &mut columns) {
                (Some(column), Some(columns)) => {
                    columns.insert(id, column);
                }
                _ => columns = None,
            }
        }
        columns
    }

    fn row_needs(&self, lines: &Lines<'t>, reach: &Reach) -> Option<Vec<RowNeed>> {
        let needs: Vec<Option<RowNeed>> = list(lines.get("needs"))
            .into_iter()
            .map(|node| self.row_need(node, reach))
            .collect();
        needs.into_iter().collect()
    }

    fn row_need(&self, node: Node<'t>, reach: &Reach) -> Option<RowNeed> {
        let known = ["when", "holds", "text", "clause"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        let when = match lines.get("when") {
            None => Some(None),
            Some(node) => self.row_condition(node, reach).map(Some),
        };
        let holds = lines.need("holds", self.log);
        let holds = holds.and_then(|node| self.row_condition(node, reach));
        let words = lines.need("text", self.log);
        let words = words.and_then(|node| text(node, self.log));
        let clause = self.clause(&lines);
        Some(RowNeed {
            when: when?,
            holds: holds?,
            text: words?,
            clause: clause?,
        })
    }
}
