//! What was settled as a screen shows it: every cell with its heading, and why it holds what it holds.

use huiyin_settlement::{Figure, Money};

use super::Language;
use super::speaker::Speaker;
use crate::model::{ClauseId, ColumnId, ColumnPath, ColumnType, How, Policy, Sheet, SheetId};
use crate::settle::{Cell, Filled, Row, Settled, Table, Why, Working};

/// A sheet with its rows, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct SettledSheet {
    /// Which.
    pub id: SheetId,
    /// Its heading.
    pub title: String,
    /// The clause that asks for it.
    pub clause: ClauseId,
    /// Its rows, sorted by their names.
    pub rows: Vec<SettledRow>,
    /// The sums of amounts that were worked out, with the headings of their columns; none where there is one row.
    pub totals: Vec<(String, Money)>,
}

/// A row, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledRow {
    /// Its key; empty for the only row of a sheet.
    pub name: String,
    /// Its cells in the order of the columns; empty ones are left out.
    pub lines: Vec<SettledLine>,
}

/// A cell, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledLine {
    /// The column.
    pub column: ColumnId,
    /// Its heading.
    pub title: String,
    /// What stands in it.
    pub value: String,
    /// How it was worked out, beginning with `=` or `←`; `None` if it was filled in.
    pub why: Option<String>,
    /// The clause behind it; `None` if it was filled in.
    pub clause: Option<ClauseId>,
}

/// Every sheet that has rows.
pub fn settled_lines(policy: &Policy, settled: &Settled, language: Language) -> Vec<SettledSheet> {
    let say = Speaker { policy, language };
    let sheets = settled.sheets.iter().filter_map(|(id, table)| {
        let sheet = policy.settlement.sheets.get(id)?;
        (!table.rows.is_empty()).then(|| say.settled_sheet(id, sheet, table))
    });
    sheets.collect()
}

impl<'p> Speaker<'p> {
    fn settled_sheet(self, id: &SheetId, sheet: &'p Sheet, table: &Table) -> SettledSheet {
        let line = |row: &Row, column_id: &ColumnId, title: &str| {
            let filled: &Filled = row.cells.get(column_id)?;
            let path = ColumnPath::new(id, column_id);
            Some(SettledLine {
                column: column_id.clone(),
                title: title.to_owned(),
                value: self.value(&path, &filled.cell),
                why: filled.why.as_ref().map(|why| self.why(&path, why)),
                clause: filled.clause.clone(),
            })
        };
        let rows = table.rows.iter().map(|row| {
            let columns = sheet.columns.iter();
            let lines = columns.filter_map(|(id, column)| line(row, id, self.text(&column.title)));
            SettledRow {
                name: row.name.clone(),
                lines: lines.collect(),
            }
        });
        SettledSheet {
            id: id.clone(),
            title: self.text(&sheet.title).to_owned(),
            clause: sheet.clause.clone(),
            rows: rows.collect(),
            totals: self.totals(sheet, table),
        }
    }

    /// The sums of amounts that were worked out, where there is more than one row.
    fn totals(self, sheet: &'p Sheet, table: &Table) -> Vec<(String, Money)> {
        if table.rows.len() < 2 {
            return Vec::new();
        }
        let columns = sheet.columns.iter();
        let amounts = columns
            .filter(|(_, column)| column.how.is_some() && matches!(column.ty, ColumnType::Money));
        let sums = amounts.filter_map(|(id, column)| {
            let amount = |row: &Row| row.cells.get(id)?.cell.money();
            let sum = Money::sum(table.rows.iter().filter_map(amount)).ok()?;
            Some((self.text(&column.title).to_owned(), sum))
        });
        sums.collect()
    }

    fn value(self, path: &ColumnPath, cell: &Cell) -> String {
        match cell {
            Cell::Choice(choice) => self.choice_title(path, choice),
            Cell::Choices(choices) => {
                self.list(choices.iter().map(|choice| self.choice_title(path, choice)))
            }
            Cell::Bool(true) => self.pick("是", "yes").to_owned(),
            Cell::Bool(false) => self.pick("否", "no").to_owned(),
            cell => cell.to_string(),
        }
    }

    /// `= the working`, or `← what decided`.
    fn why(self, path: &ColumnPath, why: &Why) -> String {
        match why {
            Why::Copied(from) => format!("← {}", self.titled(&from.sheet, &from.column)),
            Why::Formula {
                working,
                exact,
                choice,
            } => {
                let choice = choice.as_ref();
                let choice = choice.map(|(by, choice)| self.choice_title(by, choice));
                let choice = choice.map_or(String::new(), |choice| format!("[{choice}] "));
                format!("= {choice}{}", self.worked(working, *exact))
            }
            Why::First {
                row,
                working,
                exact,
                ..
            } => {
                let when = self.first_when(path, *row);
                let working = working.as_ref();
                let working = working.map(|working| self.worked(working, *exact));
                let working = working.map_or(String::new(), |working| format!("= {working} "));
                format!("{working}← {when}")
            }
            Why::Split {
                total,
                weight,
                sum,
                has_rest,
            } => {
                let rest = match has_rest {
                    true => self.pick("，尾差 0.01 归此行", ", with 0.01 of the rest"),
                    false => "",
                };
                format!("= {total} × {weight} ÷ {sum}{rest}")
            }
            Why::Band { .. } => format!("← {why}"),
            Why::Moved { from, steps } => {
                format!("← {}", self.moved(&self.choice_title(path, from), *steps))
            }
        }
    }

    /// A formula with its figures, and the exact result where it was rounded.
    fn worked(self, working: &Working, exact: Option<Figure>) -> String {
        let working = self.working(working);
        match (exact, self.language) {
            (None, _) => working,
            (Some(exact), Language::ZhCn) => format!("{working} = {exact}，四舍五入到分"),
            (Some(exact), Language::En) => format!("{working} = {exact}, rounded to the cent"),
        }
    }

    fn first_when(self, path: &ColumnPath, row: usize) -> String {
        let column = self.policy.settlement.column(path);
        let rows = match column.and_then(|column| column.how.as_ref()) {
            Some(How::First(rows)) => rows.as_slice(),
            _ => &[],
        };
        let first = rows.get(row);
        match first.and_then(|first| first.when.as_ref()) {
            Some(when) => self.row_condition(when),
            None => self.pick("其余情况", "in all other cases").to_owned(),
        }
    }

    fn working(self, working: &Working) -> String {
        working.written(&|leaf| match leaf {
            Working::Column(path, _) => format!("{} ", self.titled(&path.sheet, &path.column)),
            Working::Param(id, _) => format!("{} ", self.param(id)),
            Working::Total(path, _) => format!("{} ", self.total_of(path)),
            _ => String::new(),
        })
    }
}
