//! Ladders, sheets, accounts and vouchers.

use super::Collector;
use crate::model::{ClauseId, Column, FirstRow, How, Outcome, Rows, Sheet};

impl<'p> Collector<'p> {
    pub(super) fn sheets(&mut self) {
        let say = self.say;
        let settlement = &say.policy.settlement;
        for ladder in settlement.ladders.values() {
            let title = say.quoted(say.text(&ladder.title));
            let grades = ladder.grades.values().map(|grade| say.text(grade));
            let grades = grades.collect::<Vec<&str>>().join(say.pick(" → ", " → "));
            self.add(
                &ladder.clause,
                format!("{title}从低到高：{grades}。"),
                format!("{title}, the lowest first: {grades}."),
            );
        }
        for sheet in settlement.sheets.values() {
            self.sheet(sheet);
        }
        for account in settlement.accounts.values() {
            let title = say.quoted(say.text(&account.title));
            let (at, of) = (
                account.cap.at,
                say.titled(&account.cap.sheet, &account.cap.of),
            );
            self.add(
                &account.clause,
                format!("{title}：每月至多扣{of}的 {at}，余额逐月顺延，扣完为止。"),
                format!("{title}: at most {at} of {of} each month; the rest is carried on until it is used up."),
            );
        }
        for voucher in settlement.vouchers.values() {
            let title = say.quoted(say.text(&voucher.title));
            self.add(
                &voucher.clause,
                format!("{title}每条一张，编号固定，只导出一次。"),
                format!(
                    "{title}: one for each row, under an identifier that stays, handed over once."
                ),
            );
        }
    }

    fn sheet(&mut self, sheet: &'p Sheet) {
        let say = self.say;
        let title = say.quoted(say.text(&sheet.title));
        let filled_in = sheet.columns.values().filter(|column| column.how.is_none());
        let filled_in = say.list(filled_in.map(|column| say.text(&column.title).to_owned()));
        match &sheet.rows {
            Rows::Derived(derived) => {
                let each = say.sheet_title(&derived.each);
                self.add(
                    &sheet.clause,
                    format!("核算表{title}由{each}逐条算出。"),
                    format!("The sheet {title} follows from each row of {each}."),
                );
            }
            _ => self.add(
                &sheet.clause,
                format!("核算表{title}填写：{filled_in}。"),
                format!("The sheet {title} asks for: {filled_in}."),
            ),
        }
        for column in sheet.columns.values() {
            if let Some(how) = &column.how {
                self.computed(sheet, column, how);
            }
        }
        for need in &sheet.needs {
            let what = say.text(&need.text);
            self.add(
                &need.clause,
                format!("核算表{title}：未满足“{what}”的，不能入账。"),
                format!("The sheet {title}: nothing is booked without “{what}”."),
            );
        }
    }

    fn computed(&mut self, sheet: &'p Sheet, column: &'p Column, how: &'p How) {
        let say = self.say;
        let (sheet_title, title) = (say.text(&sheet.title), say.text(&column.title));
        let name = format!("{sheet_title}{}{title}", say.pick("的", ", "));
        let clause = column.clause.as_ref().unwrap_or(&sheet.clause);
        match how {
            How::Cases { by, of } => {
                for (choice, case) in of {
                    let of_choice = say.choice_title(by, choice);
                    let formula = say.formula(&case.is);
                    let clause = case.clause.as_ref().unwrap_or(clause);
                    self.add(
                        clause,
                        format!("{name}（{of_choice}）= {formula}。"),
                        format!("{name} ({of_choice}) = {formula}."),
                    );
                }
            }
            How::First(rows) => self.first(&name, rows, column, clause),
            How::Formula(term) => {
                let formula = say.formula(term);
                self.both(clause, &format!("{name} = {formula}"));
            }
            How::Split { total, by, .. } => {
                let (total, by) = (say.formula(total), say.titled(&by.sheet, &by.column));
                self.add(
                    clause,
                    format!("{name}：{total}按{by}分摊，精确到分，合计不差一分。"),
                    format!("{name}: {total} is divided by {by}, exact to the cent."),
                );
            }
            How::Band { of, .. } => {
                let of = say.formula(of);
                self.add(
                    clause,
                    format!("{name}按{of}分档。"),
                    format!("{name} follows from the band of {of}."),
                );
            }
            How::Move { of, steps } => {
                let moved = say.moved(&say.titled(&of.sheet, &of.column), *steps);
                self.add(
                    clause,
                    format!("{name}：{moved}。"),
                    format!("{name}: {moved}."),
                );
            }
        }
    }

    fn first(
        &mut self,
        name: &str,
        rows: &'p [FirstRow],
        column: &'p Column,
        clause: &'p ClauseId,
    ) {
        let say = self.say;
        for row in rows {
            let then = match &row.then {
                Outcome::Choice(choice) => say.choice_of(&column.ty, choice),
                Outcome::Formula(term) => say.formula(term),
            };
            let when = row.when.as_ref().map(|when| say.row_condition(when));
            let when = when.unwrap_or(say.pick("其余", "otherwise").to_owned());
            let clause = row.clause.as_ref().unwrap_or(clause);
            self.add(
                clause,
                format!("{name}：{when} → {then}。"),
                format!("{name}: {when} → {then}."),
            );
        }
    }

    fn both(&mut self, clause: &ClauseId, sentence: &str) {
        self.add(clause, format!("{sentence}。"), format!("{sentence}."));
    }
}
