//! Following up closed cases (回访): which of them, and what is put on record then.

use huiyin_policy::model::{Act, ActId, FollowUp};
use huiyin_settlement::Percent;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::draft::Draft;
use super::record::put_on_record;
use crate::event::Event;
use crate::id::PartyId;
use crate::refusal::{Refusal, Rule};
use crate::state::{FollowUpStanding, Stage};
use crate::value::Fields;

/// Into how many equal parts the draw divides all cases.
const PARTS: u64 = 1_000_000;

/// Asks for the follow-up of the case just closed, if the policy wants one of it and none is on record.
pub(super) fn ask(draft: &mut Draft<'_>) {
    let Some(follow_up) = &draft.kind.follow_up else {
        return;
    };
    let holds = |draft: &Draft<'_>| {
        let when = follow_up.when.as_ref();
        when.is_none_or(|when| draft.facts().hold(when))
    };
    if draft.state.follow_up.is_some() || !holds(draft) || !is_drawn(draft, follow_up) {
        return;
    }
    let holder = draft.who().holder(&follow_up.by, None);
    let at = draft.at;
    draft.follow_with(Event::FollowUpAsked { holder }, at);
}

/// Whether the case is closed and this act is the follow-up that it waits for.
pub(super) fn waits_for(draft: &Draft<'_>, id: &ActId) -> bool {
    let state = &draft.state;
    let waits = state.stage == Stage::Closed && state.follow_up == Some(FollowUpStanding::Due);
    let follow_up = draft.kind.follow_up.as_ref();
    waits && follow_up.is_some_and(|follow_up| follow_up.act == *id)
}

/// Puts the follow-up that a closed case waits for on record.
pub(super) fn record(
    draft: &mut Draft<'_>,
    id: &ActId,
    act: &Act,
    fields: &Fields,
) -> Result<(), Refusal> {
    let follow_up = draft.kind.follow_up.as_ref().ok_or(Rule::CaseEnded)?;
    let closed_at = draft.state.passages.last().map(|passage| passage.at);
    if let Some(closed_at) = closed_at.filter(|closed_at| draft.at < *closed_at) {
        return Err(Rule::OccursTooEarly(closed_at).into());
    }
    let entitled = draft.right.as_ref().is_some_and(|right| {
        let by = |who| draft.who().entitles(who, right);
        by(&follow_up.by) && act.by.as_ref().is_none_or(by)
    });
    if !entitled {
        return Err(Refusal::of(Rule::NotEntitled, &follow_up.clause));
    }
    put_on_record(draft, id, act, fields).map(drop)
}

fn is_drawn(draft: &Draft<'_>, follow_up: &FollowUp) -> bool {
    let Some(take) = &follow_up.take else {
        return true;
    };
    let number = draft.state.number.as_deref().unwrap_or_default();
    let share = draft.policy().portion(take);
    share.is_some_and(|share| draws(share, draft.state.opening.customer, number))
}

/// Whether a case is in a sample of this share. The draw is a hash of the customer's id and the case's number, which nobody can
/// choose and anyone can repeat.
fn draws(share: Percent, customer: PartyId, number: &str) -> bool {
    let (high, _) = Uuid::new_v5(&customer.uuid(), number.as_bytes()).as_u64_pair();
    let lot = Decimal::from(high % PARTS) * Decimal::ONE_HUNDRED;
    lot < share.to_decimal() * Decimal::from(PARTS)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::draws;
    use crate::id::PartyId;

    fn drawn(share: &str) -> Vec<u32> {
        let share = share.parse().expect("a percentage");
        let customer = PartyId::new(Uuid::from_u128(7));
        let is_in = |case: &u32| draws(share, customer, &format!("TS2026{case:06}"));
        (1..=2_000).filter(is_in).collect()
    }

    #[test]
    fn a_share_of_cases_is_drawn_the_same_each_time_and_a_greater_one_has_all_of_a_smaller() {
        assert_eq!(drawn("0%").len(), 0);
        assert_eq!(drawn("100%").len(), 2_000);
        let third = drawn("30%");
        assert!((540..=660).contains(&third.len()), "{}", third.len());
        assert_eq!(third, drawn("30%"));
        let half = drawn("50%");
        assert!(third.iter().all(|case| half.contains(case)));
    }
}
