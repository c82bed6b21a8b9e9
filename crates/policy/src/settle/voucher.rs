//! Vouchers with identifiers that stay the same.

use std::collections::{HashMap, HashSet};

use huiyin_settlement::Money;

use super::enter::{Exported, NAME_JOIN};
use super::evaluate::Evaluation;
use super::problem::Problem;
use super::result::{Open, OpenReason, Row, Settled, SettledVoucher};
use super::scope::Scope;
use crate::model::{Policy, SheetId, Voucher, VoucherId};

/// Makes all vouchers; a row whose needs are open has one that is held back, an amount of zero has none.
pub(super) fn vouchers(
    policy: &Policy,
    settled: Settled,
    exported: &Exported,
    scope: Scope<'_>,
) -> Result<Settled, Vec<Problem>> {
    let mut evaluation = Evaluation {
        policy,
        done: settled.sheets,
        open: settled.open,
    };
    let mut vouchers = Vec::new();
    let open = evaluation.open_rows();
    let declared = policy.settlement.vouchers.iter();
    for (id, voucher) in declared.filter(|(id, _)| scope.voucher(id)) {
        let made = evaluation.voucher(id, voucher, exported, &open);
        vouchers.append(&mut made.map_err(|problem| vec![problem])?);
    }
    evaluation.exported_otherwise(&vouchers, exported);
    Ok(Settled {
        sheets: evaluation.done,
        accounts: settled.accounts,
        charges: settled.charges,
        vouchers,
        open: evaluation.open,
    })
}

impl Evaluation<'_> {
    fn voucher(
        &self,
        id: &VoucherId,
        voucher: &Voucher,
        exported: &Exported,
        open: &HashSet<(SheetId, String)>,
    ) -> Result<Vec<SettledVoucher>, Problem> {
        let mut made = Vec::new();
        let sheet = &voucher.each;
        for row in &self.table(sheet).rows {
            let applies = |when| self.holds(when, sheet, row);
            if !voucher.when.as_ref().is_none_or(applies) {
                continue;
            }
            let amount = self.needed(&voucher.amount, sheet, row, id.as_str())?;
            let amount = amount.money().unwrap_or_default();
            if amount.is_negative() {
                return Err(super::evaluate::negative(amount, &voucher.amount, row));
            }
            if amount == Money::ZERO {
                continue;
            }
            let number = self.needed(&voucher.number, sheet, row, id.as_str())?;
            let id_written = format!("{number}/{id}/{}", row.name.replace(NAME_JOIN, "/"));
            let before = exported.get(&id_written).copied().unwrap_or_default();
            made.push(SettledVoucher {
                exported: before.stands != Money::ZERO,
                id: id_written,
                voucher: id.clone(),
                amount,
                held: self.is_open(sheet, row, open),
            });
        }
        Ok(made)
    }

    /// The rows that something is open about.
    pub(super) fn open_rows(&self) -> HashSet<(SheetId, String)> {
        let open = self.open.iter();
        open.map(|open| (open.sheet.clone(), open.row.clone()))
            .collect()
    }

    /// Whether something is open about a row, or about one that it comes from.
    pub(super) fn is_open(
        &self,
        sheet: &SheetId,
        row: &Row,
        open: &HashSet<(SheetId, String)>,
    ) -> bool {
        let about = |sheet: &SheetId, name: &str| open.contains(&(sheet.clone(), name.to_owned()));
        let origin = |(sheet, at): &(SheetId, usize)| {
            let row = self.done.get(sheet).and_then(|table| table.rows.get(*at));
            row.is_some_and(|row| about(sheet, &row.name))
        };
        about(sheet, &row.name) || row.origins.iter().any(origin)
    }

    /// What was handed over with another amount, or is no voucher any more, is put right by a counter-voucher.
    fn exported_otherwise(&mut self, vouchers: &[SettledVoucher], exported: &Exported) {
        let declared = &self.policy.settlement.vouchers;
        let made = vouchers.iter();
        let made: HashMap<&str, &SettledVoucher> =
            made.map(|voucher| (voucher.id.as_str(), voucher)).collect();
        for (id, before) in exported {
            let now = made.get(id.as_str());
            let amount = now.map_or(Money::ZERO, |voucher| voucher.amount);
            if before.stands == Money::ZERO {
                continue;
            }
            let which = now.and_then(|voucher| declared.get(&voucher.voucher));
            let Some(which) = which.or_else(|| declared.values().next()) else {
                continue;
            };
            if before.differs_from(amount) {
                self.open.push(Open {
                    sheet: which.each.clone(),
                    row: String::new(),
                    reason: OpenReason::ExportedOtherwise {
                        id: id.clone(),
                        exported: before.stands,
                        amount,
                    },
                    clause: which.clause.clone(),
                });
            }
        }
    }
}
