//! What was settled, line by line, with the reason for every amount.

use std::fmt::Write;

use huiyin_settlement::{Figure, Money};

use super::Language;
use super::speaker::Speaker;
use crate::model::{AccountId, ClauseId, ColumnPath, ColumnType, How, Policy, Sheet, SheetId};
use crate::settle::{
    Cell, Filled, Open, OpenReason, Row, Settled, SettledAccount, Table, Why, Working,
};

/// A settlement to read: each sheet with what was worked out in its rows, what is deducted when, the vouchers, and
/// what is open. Ends with a line break.
pub fn settled_text(policy: &Policy, settled: &Settled, language: Language) -> String {
    let say = Speaker { policy, language };
    let mut text = String::new();
    for (id, table) in &settled.sheets {
        if let Some(sheet) = policy.settlement.sheets.get(id) {
            say.table(&mut text, id, sheet, table);
        }
    }
    for (id, people) in &settled.accounts {
        say.account(&mut text, id, people);
    }
    say.vouchers(&mut text, settled);
    say.open(&mut text, &settled.open);
    text
}

impl<'p> Speaker<'p> {
    fn table(self, text: &mut String, id: &SheetId, sheet: &'p Sheet, table: &Table) {
        let computed: Vec<_> = sheet
            .columns
            .iter()
            .filter(|(_, column)| column.how.is_some())
            .collect();
        if computed.is_empty() || table.rows.is_empty() {
            return;
        }
        let _ = writeln!(
            text,
            "{}{}",
            self.text(&sheet.title),
            self.cited(&sheet.clause)
        );
        for row in &table.rows {
            if !row.name.is_empty() {
                let _ = writeln!(text, "  {}", row.name);
            }
            for (column_id, column) in &computed {
                let Some(filled) = row.cells.get(*column_id) else {
                    continue;
                };
                let title = self.text(&column.title);
                let path = ColumnPath::new(id, column_id);
                let value = self.value(&path, &filled.cell);
                let why = self.why(&path, filled);
                let _ = writeln!(text, "    {title} {value}{why}");
            }
        }
        self.totals(text, sheet, table);
        text.push('\n');
    }

    /// The sums of amounts that were worked out, where there is more than one row.
    fn totals(self, text: &mut String, sheet: &'p Sheet, table: &Table) {
        if table.rows.len() < 2 {
            return;
        }
        for (id, column) in &sheet.columns {
            let amounts = |row: &Row| row.cells.get(id).and_then(|filled| filled.cell.money());
            let is_amount = column.how.is_some() && matches!(column.ty, ColumnType::Money);
            if let (true, Ok(sum)) = (is_amount, Money::sum(table.rows.iter().filter_map(amounts)))
            {
                let title = self.text(&column.title);
                let _ = writeln!(text, "  {}{title} {sum}", self.pick("合计：", "In all: "));
            }
        }
    }

    fn value(self, path: &ColumnPath, cell: &Cell) -> String {
        match cell {
            Cell::Choice(choice) => self.choice_title(path, choice),
            cell => cell.to_string(),
        }
    }

    /// ` = the working (clause)`.
    fn why(self, path: &ColumnPath, filled: &Filled) -> String {
        let (Some(why), Some(clause)) = (&filled.why, &filled.clause) else {
            return String::new();
        };
        let why = match why {
            Why::Copied(from) => format!(" ← {}", self.titled(&from.sheet, &from.column)),
            Why::Formula {
                working,
                exact,
                choice,
            } => {
                let choice = choice.as_ref();
                let choice = choice.map(|(by, choice)| self.choice_title(by, choice));
                let choice = choice.map_or(String::new(), |choice| format!("[{choice}] "));
                format!(" = {choice}{}", self.worked(working, *exact))
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
                let working = working.map_or(String::new(), |working| format!(" = {working}"));
                format!("{working} ← {when}")
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
                format!(" = {total} × {weight} ÷ {sum}{rest}")
            }
            Why::Band { .. } => format!(" ← {why}"),
            Why::Moved { from, steps } => {
                format!(" ← {}", self.moved(&self.choice_title(path, from), *steps))
            }
        };
        format!("{why}{}", self.cited(clause))
    }

    /// A clause in brackets.
    fn cited(self, clause: &ClauseId) -> String {
        match self.language {
            Language::ZhCn => format!("（{clause}）"),
            Language::En => format!(" ({clause})"),
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

    fn account(self, text: &mut String, id: &AccountId, people: &[SettledAccount]) {
        let Some(account) = self.policy.settlement.accounts.get(id) else {
            return;
        };
        if people.is_empty() {
            return;
        }
        let _ = writeln!(
            text,
            "{}{}",
            self.text(&account.title),
            self.cited(&account.clause)
        );
        for person in people {
            let charges = person.charges.iter().map(|charge| {
                let sheet = self.policy.settlement.sheets.get(&charge.sheet);
                let title = sheet.map_or("", |sheet| self.text(&sheet.title));
                format!("{title} {} {}", charge.row, charge.amount)
            });
            let charges = charges.collect::<Vec<String>>().join(" + ");
            let owed = self.pick("应扣", "owes");
            let _ = writeln!(text, "  {} {owed} {} = {charges}", person.who, person.owed);
            for month in &person.months {
                let (of, used, room, taken, rest) =
                    (month.of, month.used, month.room, month.taken, month.rest);
                let at = account.cap.at;
                let _ = match self.language {
                    Language::ZhCn => writeln!(
                        text,
                        "    {}：{of} × {at} − 已扣 {used} = 上限 {room}，扣 {taken}，余 {rest}",
                        month.month
                    ),
                    Language::En => writeln!(
                        text,
                        "    {}: {of} × {at} − {used} deducted already = at most {room}; {taken} taken, {rest} left",
                        month.month
                    ),
                };
            }
            if person.left > Money::ZERO {
                let (left, from) = (person.left, person.left_from);
                let _ = match self.language {
                    Language::ZhCn => {
                        writeln!(text, "    余 {left} 顺延至 {from} 起（该月奖金尚不知道）")
                    }
                    Language::En => writeln!(
                        text,
                        "    {left} carried on from {from}, whose bonus is not known yet"
                    ),
                };
            }
        }
        text.push('\n');
    }

    fn vouchers(self, text: &mut String, settled: &Settled) {
        if settled.vouchers.is_empty() {
            return;
        }
        let _ = writeln!(text, "{}", self.pick("传票", "Vouchers"));
        for voucher in &settled.vouchers {
            let declared = self.policy.settlement.vouchers.get(&voucher.voucher);
            let title = declared.map_or("", |declared| self.text(&declared.title));
            let clause = declared.map_or(String::new(), |declared| self.cited(&declared.clause));
            let state = match (voucher.exported, voucher.held) {
                (true, _) => self.pick("，已导出，不再导出", ", handed over before"),
                (false, true) => {
                    self.pick("，有未了事项，暂不导出", ", held back: see what is open")
                }
                (false, false) => self.pick("，待导出", ", to be handed over"),
            };
            let _ = writeln!(
                text,
                "  {} {title} {}{state}{clause}",
                voucher.id, voucher.amount
            );
        }
        text.push('\n');
    }

    fn open(self, text: &mut String, open: &[Open]) {
        if open.is_empty() {
            let _ = writeln!(text, "{}", self.pick("没有未了事项。", "Nothing is open."));
            return;
        }
        let _ = writeln!(text, "{}", self.pick("未了事项", "Open"));
        for one in open {
            let sheet = self.policy.settlement.sheets.get(&one.sheet);
            let title = sheet.map_or("", |sheet| self.text(&sheet.title));
            let reason = match (&one.reason, self.language) {
                (OpenReason::Need(words), language) => language.of(words).to_owned(),
                (OpenReason::NotDivided(amount), Language::ZhCn) => format!("{amount} 尚未分摊"),
                (OpenReason::NotDivided(amount), Language::En) => {
                    format!("{amount} is not divided yet")
                }
                (
                    OpenReason::ExportedOtherwise {
                        id,
                        exported,
                        amount,
                    },
                    Language::ZhCn,
                ) => {
                    format!("传票 {id} 已按 {exported} 导出，现为 {amount}，须人工更正")
                }
                (
                    OpenReason::ExportedOtherwise {
                        id,
                        exported,
                        amount,
                    },
                    Language::En,
                ) => {
                    format!(
                        "voucher {id} was handed over with {exported} and is {amount} now: correct it by hand"
                    )
                }
            };
            let row = match one.row.is_empty() {
                true => String::new(),
                false => format!(" {}", one.row),
            };
            let _ = writeln!(
                text,
                "  {title}{row}{}{reason}{}",
                self.pick("：", ": "),
                self.cited(&one.clause)
            );
        }
    }
}
