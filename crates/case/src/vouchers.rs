//! The vouchers of a case: what its forms, as they stand after all corrections, say is to be posted (P3.38).

use std::collections::BTreeMap;

use huiyin_policy::model::{Policy, VoucherId};
use huiyin_settlement::Money;
use jiff::Timestamp;

use crate::settling::standing_forms;
use crate::state::CaseState;

/// A voucher of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseVoucher {
    /// The identifier, which stays.
    pub id: String,
    /// Which of the policy's vouchers it is.
    pub voucher: VoucherId,
    /// The amount, above zero.
    pub amount: Money,
    /// Whether something open holds it back.
    pub held: bool,
    /// When the form was given that it was made of.
    pub settled_at: Timestamp,
}

/// The vouchers of a case by their identifiers. Of a form that was given more than once the last one counts, as for its facts; an
/// identifier that two forms make is that of the later.
pub fn vouchers(policy: &Policy, state: &CaseState) -> Vec<CaseVoucher> {
    let mut vouchers: BTreeMap<String, CaseVoucher> = BTreeMap::new();
    for entry in standing_forms(policy, state) {
        let kept = entry.settled.iter().flat_map(|kept| &kept.vouchers);
        for voucher in kept {
            let made = CaseVoucher {
                id: voucher.id.clone(),
                voucher: voucher.voucher.clone(),
                amount: voucher.amount,
                held: voucher.held,
                settled_at: entry.occurred_at,
            };
            vouchers.insert(voucher.id.clone(), made);
        }
    }
    vouchers.into_values().collect()
}
