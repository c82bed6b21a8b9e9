//! What was settled, line by line, with the reason for every amount.

use std::fmt::Write;

use huiyin_settlement::Money;

use super::Language;
use super::settled_lines::{SettledSheet, settled_lines};
use super::speaker::Speaker;
use crate::model::{AccountId, ClauseId, Policy};
use crate::settle::{Open, OpenReason, Settled, SettledAccount};

/// A settlement to read: each sheet with what was worked out in its rows, what is deducted when, the vouchers, and
/// what is open. Ends with a line break.
pub fn settled_text(policy: &Policy, settled: &Settled, language: Language) -> String {
    let say = Speaker { policy, language };
    let mut text = String::new();
    for sheet in settled_lines(policy, settled, language) {
        say.table(&mut text, &sheet);
    }
    for (id, people) in &settled.accounts {
        say.account(&mut text, id, people);
    }
    say.vouchers(&mut text, settled);
    say.open(&mut text, &settled.open);
    text
}

/// What is open, in words: the sheet's title, the row and the reason.
pub fn open_in_words(policy: &Policy, open: &Open, language: Language) -> String {
    let say = Speaker { policy, language };
    let sheet = policy.settlement.sheets.get(&open.sheet);
    let title = sheet.map_or("", |sheet| say.text(&sheet.title));
    let row = match open.row.is_empty() {
        true => String::new(),
        false => format!(" {}", open.row),
    };
    let colon = say.pick("：", ": ");
    format!("{title}{row}{colon}{}", say.open_reason(&open.reason))
}

impl<'p> Speaker<'p> {
    fn table(self, text: &mut String, sheet: &SettledSheet) {
        let worked_out = |row: &super::SettledRow| row.lines.iter().any(|line| line.why.is_some());
        if !sheet.rows.iter().any(worked_out) {
            return;
        }
        let _ = writeln!(text, "{}{}", sheet.title, self.cited(&sheet.clause));
        for row in &sheet.rows {
            if !row.name.is_empty() {
                let _ = writeln!(text, "  {}", row.name);
            }
            for line in &row.lines {
                let (Some(why), Some(clause)) = (&line.why, &line.clause) else {
                    continue;
                };
                let cited = self.cited(clause);
                let _ = writeln!(text, "    {} {} {why}{cited}", line.title, line.value);
            }
        }
        for (title, sum) in &sheet.totals {
            let _ = writeln!(text, "  {}{title} {sum}", self.pick("合计：", "In all: "));
        }
        text.push('\n');
    }

    /// A clause in brackets.
    fn cited(self, clause: &ClauseId) -> String {
        match self.language {
            Language::ZhCn => format!("（{clause}）"),
            Language::En => format!(" ({clause})"),
        }
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
            let words = open_in_words(self.policy, one, self.language);
            let _ = writeln!(text, "  {words}{}", self.cited(&one.clause));
        }
    }

    fn open_reason(self, reason: &OpenReason) -> String {
        match (reason, self.language) {
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
            ) => format!("传票 {id} 已按 {exported} 导出，现为 {amount}，须以冲销传票更正"),
            (
                OpenReason::ExportedOtherwise {
                    id,
                    exported,
                    amount,
                },
                Language::En,
            ) => format!(
                "voucher {id} was handed over with {exported} and is {amount} now: it takes a counter-voucher"
            ),
        }
    }
}
