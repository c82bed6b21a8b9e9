//! What follows from sheets: accounts and vouchers.

use super::reach::Above;
use crate::check::figure;
use crate::check::lines::{Lines, list};
use crate::check::reading::Reading;
use crate::model::{
    Account, AccountId, Cap, ColumnId, ColumnPath, Owed, SheetId, Voucher, VoucherId,
};
use crate::yaml::{Entry, Node};

impl<'t> Reading<'t> {
    pub(super) fn account(&self, entry: Entry<'t>, above: &Above) -> Option<(AccountId, Account)> {
        let known = ["title", "of", "from", "cap", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let title = self.title(&lines);
        let clause = self.clause(&lines);
        lines.need("of", self.log);
        let of: Vec<Option<Owed>> = list(lines.get("of"))
            .into_iter()
            .map(|node| self.owed(node, above))
            .collect();
        let from = self.single_column(&lines, "from", "month", above);
        let cap = lines.need("cap", self.log);
        let cap = cap.and_then(|node| self.cap(node, above));
        let account = Account {
            title: title?,
            of: of.into_iter().collect::<Option<_>>()?,
            from: from?,
            cap: cap?,
            clause: clause?,
        };
        Some((AccountId::new(entry.key), account))
    }

    fn owed(&self, node: Node<'t>, above: &Above) -> Option<Owed> {
        let known = ["each", "who", "amount"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        let sheet = lines.need("each", self.log);
        let sheet = sheet.and_then(|node| self.sheet_above(node, above))?;
        let who = self.column_of(&lines, "who", &sheet, "name", above);
        let amount = self.column_of(&lines, "amount", &sheet, "money", above);
        Some(Owed {
            who: who?,
            amount: amount?,
            sheet,
        })
    }

    fn cap(&self, node: Node<'t>, above: &Above) -> Option<Cap> {
        let known = ["sheet", "who", "month", "of", "used", "at"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        let sheet = lines.need("sheet", self.log);
        let sheet = sheet.and_then(|node| self.sheet_above(node, above))?;
        let own = |key: &'static str, ty: &'static str| -> Option<ColumnId> {
            let node = lines.need(key, self.log)?;
            let (path, _) = self.column_in(node, &above.only(&sheet), &[ty])?;
            Some(path.column)
        };
        let who = own("who", "name");
        let month = own("month", "month");
        let of = own("of", "money");
        let used = match lines.get("used") {
            None => Some(None),
            Some(_) => own("used", "money").map(Some),
        };
        let at = lines.need("at", self.log);
        let at = at.and_then(|node| figure::percent(node, self.log));
        Some(Cap {
            who: who?,
            month: month?,
            of: of?,
            used: used?,
            at: at?,
            sheet,
        })
    }

    pub(super) fn voucher(&self, entry: Entry<'t>, above: &Above) -> Option<(VoucherId, Voucher)> {
        let known = ["title", "each", "when", "amount", "number", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let title = self.title(&lines);
        let clause = self.clause(&lines);
        let number = self.single_column(&lines, "number", "name", above);
        let each = lines.need("each", self.log);
        let each = each.and_then(|node| self.sheet_above(node, above))?;
        let when = match lines.get("when") {
            None => Some(None),
            Some(node) => self.row_condition(node, above.reach_of(&each)?).map(Some),
        };
        let amount = self.column_of(&lines, "amount", &each, "money", above);
        let voucher = Voucher {
            title: title?,
            when: when?,
            amount: amount?,
            number: number?,
            clause: clause?,
            each,
        };
        Some((VoucherId::new(entry.key), voucher))
    }

    /// A line that names a column which a row of `sheet` reaches.
    fn column_of(
        &self,
        lines: &Lines<'t>,
        key: &'static str,
        sheet: &SheetId,
        ty: &'static str,
        above: &Above,
    ) -> Option<ColumnPath> {
        let node = lines.need(key, self.log)?;
        let (path, _) = self.column_in(node, above.reach_of(sheet)?, &[ty])?;
        Some(path)
    }

    /// A line that names a column of a single row.
    fn single_column(
        &self,
        lines: &Lines<'t>,
        key: &'static str,
        ty: &'static str,
        above: &Above,
    ) -> Option<ColumnPath> {
        let node = lines.need(key, self.log)?;
        let (path, _) = self.column_in(node, &above.singles(), &[ty])?;
        Some(path)
    }
}
