//! Comparing entries of a book with cases, all at once.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use huiyin_case::id::PartyId;
use huiyin_case::reconciliation::BookEntry;
use huiyin_case::state::CaseState;
use huiyin_case::value::Value;
use huiyin_insight::Cut;
use huiyin_policy::model::{FactPath, FieldId, Policy, Reconciliation};
use huiyin_store::CaseRow;
use jiff::civil::Date;

use super::{Compares, LikelyCase};
use crate::likeness::{ALIKE_FROM_PERCENT, are_same};

/// Likely cases listed for an entry.
pub(super) const LIKELY_MAX: usize = 5;

/// What of an entry is compared.
pub(super) struct EntryLooks {
    number: u32,
    on: Date,
    text: Cut,
    /// Whose contact it has, by all records.
    customers: BTreeSet<PartyId>,
    /// The fields that may be the same, in the policy's order.
    same: Vec<(FieldId, Value)>,
}

impl EntryLooks {
    /// `None` for an entry without a date.
    pub(super) fn of(
        entry: &BookEntry<'_>,
        rule: &Reconciliation,
        policy: &Policy,
        customers: BTreeSet<PartyId>,
    ) -> Option<Self> {
        let fields = &entry.entry.fields;
        let Some(Value::Date(on)) = fields.get(&rule.entries.on) else {
            return None;
        };
        let same = rule.entries.same.iter();
        let same = same.filter(|(_, path)| is_open(policy, path));
        let same = same.filter_map(|(field, _)| Some((field.clone(), fields.get(field)?.clone())));
        Some(Self {
            number: entry.number,
            on: *on,
            text: cut(fields.get(&rule.entries.text)),
            customers,
            same: same.collect(),
        })
    }
}

/// What of a case is compared.
pub(super) struct CaseLooks {
    row: CaseRow,
    opened_on: Date,
    since: bool,
    text: Cut,
    same: BTreeMap<FieldId, Value>,
}

impl CaseLooks {
    pub(super) fn of(
        row: CaseRow,
        state: &CaseState,
        rule: &Reconciliation,
        compares: &Compares<'_>,
    ) -> Self {
        let known = |path: &FactPath| {
            let value = state.facts.get(path)?;
            is_open(compares.policy, path).then_some(value)
        };
        let same = rule.entries.same.iter();
        let same = same.filter_map(|(field, path)| Some((field.clone(), known(path)?.clone())));
        let recorded_at = state.entries.first().map(|opening| opening.recorded_at);
        Self {
            opened_on: compares.calendar.date_of(row.opened_at),
            since: recorded_at.is_some_and(|at| at > compares.began_at()),
            text: cut(known(&rule.against.text)),
            same: same.collect(),
            row,
        }
    }

    /// What an entry has in common with it; `None` if it came in at another time.
    fn with(&self, entry: &EntryLooks, within_days: i32) -> Option<LikelyCase> {
        let days_after = (self.opened_on - entry.on).get_days();
        if days_after.abs() > within_days {
            return None;
        }
        let same = entry.same.iter().filter(|(field, value)| {
            let other = self.same.get(field);
            other.is_some_and(|other| are_same(value, other))
        });
        let percent = self.text.likeness(&entry.text);
        Some(LikelyCase {
            row: self.row.clone(),
            same_contact: entry.customers.contains(&self.row.customer),
            same: same.map(|(field, _)| field.clone()).collect(),
            text_percent: (percent >= ALIKE_FROM_PERCENT).then_some(percent),
            days_after,
            since: self.since,
        })
    }
}

/// What each entry is likely to be about, by its number: what has something in common first, the more the earlier, then what came in
/// closest to it.
pub(super) fn likely(
    entries: &[EntryLooks],
    cases: &[CaseLooks],
    within_days: i32,
) -> BTreeMap<u32, Vec<LikelyCase>> {
    let of = |entry: &EntryLooks| {
        let found = cases.iter();
        let found = found.filter_map(|case| case.with(entry, within_days));
        let mut found: Vec<LikelyCase> = found.collect();
        found.sort_by_key(|one| {
            let exact = usize::from(one.same_contact) + one.same.len();
            (
                Reverse(exact),
                Reverse(one.text_percent),
                one.days_after.abs(),
            )
        });
        found.truncate(LIKELY_MAX);
        (entry.number, found)
    };
    entries.iter().map(of).collect()
}

/// What is under a seal is compared with nothing.
fn is_open(policy: &Policy, path: &FactPath) -> bool {
    policy
        .field(path)
        .is_none_or(|field| field.sealed.is_none())
}

fn cut(value: Option<&Value>) -> Cut {
    match value {
        Some(Value::Text(text)) => Cut::new(text),
        _ => Cut::default(),
    }
}
