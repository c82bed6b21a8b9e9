//! What a case charges to people's accounts: what its forms, as they stand after all corrections, say that they owe (P3.30, P3.31).

use std::collections::BTreeMap;

use huiyin_policy::model::{AccountId, ClauseId, Policy, SheetId};
use huiyin_policy::settle::Month;
use huiyin_settlement::Money;
use jiff::Timestamp;

use crate::settling::standing_forms;
use crate::state::CaseState;

/// A charge of a case. Account, sheet, row and person together say which it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseCharge {
    /// The account.
    pub account: AccountId,
    /// The sheet.
    pub sheet: SheetId,
    /// The name of the row.
    pub row: String,
    /// Who owes it.
    pub who: String,
    /// The amount, above zero.
    pub amount: Money,
    /// The month of the first taking.
    pub from: Month,
    /// The figures that the amount was worked out of.
    pub working: Option<String>,
    /// The clause behind it.
    pub clause: ClauseId,
    /// Whether something open holds it back.
    pub held: bool,
    /// When the form was given that charges it.
    pub charged_at: Timestamp,
}

/// The charges of a case. Of a form that was given more than once the last one counts; what two forms charge alike is that of the
/// later.
pub fn charges(policy: &Policy, state: &CaseState) -> Vec<CaseCharge> {
    let mut charges = BTreeMap::new();
    for entry in standing_forms(policy, state) {
        let kept = entry.settled.iter().flat_map(|kept| &kept.charges);
        for charge in kept {
            let charge = CaseCharge {
                account: charge.account.clone(),
                sheet: charge.sheet.clone(),
                row: charge.row.clone(),
                who: charge.who.clone(),
                amount: charge.amount,
                from: charge.from,
                working: charge.working.clone(),
                clause: charge.clause.clone(),
                held: charge.held,
                charged_at: entry.occurred_at,
            };
            charges.insert(identity(&charge), charge);
        }
    }
    charges.into_values().collect()
}

fn identity(charge: &CaseCharge) -> (AccountId, SheetId, String, String) {
    let (row, who) = (charge.row.clone(), charge.who.clone());
    (charge.account.clone(), charge.sheet.clone(), row, who)
}
