//! What is decided about the file of a case and its customer, not about the matter: legal hold (法律保全), and that two
//! records of customers are the same person (客户合并). Who may is a question of accounts, not of the policy.

use super::draft::{Draft, required_text};
use crate::event::Event;
use crate::id::PartyId;
use crate::limits::CUSTOMER_MERGES_MAX;
use crate::refusal::{Refusal, Rule};

/// Puts the case on hold: nothing of it may be erased until the hold is lifted.
pub(super) fn hold(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
    required_text(reason)?;
    if draft.state.held.is_none() {
        draft.push(Event::HoldPlaced {
            reason: reason.to_owned(),
        });
    }
    Ok(())
}

/// Lifts the hold.
pub(super) fn lift(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
    required_text(reason)?;
    if draft.state.held.is_some() {
        draft.push(Event::HoldLifted {
            reason: reason.to_owned(),
        });
    }
    Ok(())
}

/// Puts on record that `party` is the same customer as `into`, whose record stands for both from now on.
pub(super) fn merge_customers(
    draft: &mut Draft<'_>,
    party: PartyId,
    into: PartyId,
    reason: &str,
) -> Result<(), Refusal> {
    required_text(reason)?;
    let merges = &draft.state.customer_merges;
    if merges.contains(&(party, into)) {
        return Ok(());
    }
    if party == into || merges.iter().any(|(one, _)| *one == party) {
        return Err(Rule::SameCustomer.into());
    }
    if merges.len() >= CUSTOMER_MERGES_MAX {
        return Err(Rule::LimitReached("customer_merges").into());
    }
    draft.push(Event::CustomersMerged {
        party,
        into,
        reason: reason.to_owned(),
    });
    Ok(())
}

/// Takes back that `party` is the same customer as another.
pub(super) fn part_customers(
    draft: &mut Draft<'_>,
    party: PartyId,
    reason: &str,
) -> Result<(), Refusal> {
    required_text(reason)?;
    let merged = draft.state.customer_merges.iter();
    if merged.into_iter().any(|(one, _)| *one == party) {
        draft.push(Event::CustomersParted {
            party,
            reason: reason.to_owned(),
        });
    }
    Ok(())
}
