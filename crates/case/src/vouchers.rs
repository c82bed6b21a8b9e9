//! The vouchers of a case: what its forms, as they stand after all corrections, say is to be posted (P3.38).

use std::collections::BTreeMap;

use huiyin_policy::model::{PartId, Policy, VoucherId};
use huiyin_settlement::Money;
use jiff::Timestamp;

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
    let mut forms: BTreeMap<Option<&PartId>, usize> = BTreeMap::new();
    for (at, entry) in state.entries.iter().enumerate() {
        if !entry.void && entry.settled.is_some() {
            forms.insert(state.part_of(policy, &entry.what), at);
        }
    }
    let mut counting: Vec<usize> = forms.into_values().collect();
    counting.sort_unstable();
    let mut vouchers: BTreeMap<String, CaseVoucher> = BTreeMap::new();
    for entry in counting.into_iter().map(|at| &state.entries[at]) {
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
