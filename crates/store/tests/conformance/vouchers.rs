//! Vouchers: what cases say is to be posted, and what was handed over.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use std::collections::BTreeSet;

use huiyin_case::vouchers::CaseVoucher;
use huiyin_policy::model::VoucherId;
use huiyin_policy::settle::to_hand_over;
use huiyin_store::{
    Access, AppendError, EraseError, Excluded, HandOverError, HandedOverVoucher, NewVoucherRun,
    ReadError, Store, Unreadable, WriteError,
};

use crate::support::{Matter, at, case_id, party_id, person_id};

/// So many cases at most.
const MAX: u32 = 10;

fn voucher(number: u64, row: &str, amount: &str, held: bool) -> CaseVoucher {
    CaseVoucher {
        id: format!("HY2611000{number}/claim/{row}"),
        voucher: VoucherId::new("claim"),
        amount: amount.parse().unwrap(),
        held,
        settled_at: at(3),
    }
}

/// Puts the vouchers of a case on record; the case is registered if `seen` is 0.
async fn settled(store: &Store, number: u64, seen: u32, vouchers: Vec<CaseVoucher>) -> u32 {
    let matter = Matter::new(number);
    let mut append = match seen {
        0 => matter.register(),
        _ => {
            let key = format!("settle-{number}-{seen}");
            matter.note(seen, &format!("HY2611000{number}"), "", &key)
        }
    };
    append.vouchers = Some(vouchers);
    store.append(append).await.unwrap().seq
}

/// What has to be handed over now of the cases that `access` reaches.
async fn next_run(store: &Store, access: &Access) -> NewVoucherRun {
    let waiting = store.waiting_vouchers(access, MAX).await.unwrap();
    let mut vouchers = Vec::new();
    for case in &waiting.cases {
        for one in case
            .vouchers
            .iter()
            .filter(|one| !one.now.held && !one.is_anothers)
        {
            for handed in to_hand_over(one.before, one.now.amount) {
                vouchers.push(HandedOverVoucher {
                    case: case.case,
                    number: case.number.clone(),
                    policy: case.policy.clone(),
                    policy_version: case.policy_version,
                    voucher: one.now.voucher.clone(),
                    id: one.now.id.clone(),
                    handed,
                    settled_at: one.now.settled_at,
                });
            }
        }
    }
    NewVoucherRun {
        number: waiting.last_run + 1,
        by: person_id(1),
        at: at(10),
        format: "csv".to_owned(),
        language: "zh-CN".to_owned(),
        vouchers,
    }
}

fn told(run: &NewVoucherRun) -> Vec<(String, String)> {
    let vouchers = run.vouchers.iter();
    vouchers
        .map(|one| (one.identifier(), one.handed.amount.to_string()))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let expected = expected.iter();
    expected
        .map(|(id, amount)| ((*id).to_owned(), (*amount).to_owned()))
        .collect()
}

pub async fn vouchers_are_handed_over_once_and_a_change_by_a_counter_voucher(store: &Store) {
    let first = vec![voucher(1, "A", "100", false), voucher(1, "B", "5", true)];
    let seen = settled(store, 1, 0, first).await;
    let run = next_run(store, &Access::All).await;
    assert_eq!(told(&run), pairs(&[("HY26110001/claim/A", "100.00")]));
    let made = store.hand_over(&run).await.unwrap();
    assert_eq!((made.number, made.count), (1, 1));
    assert_eq!(next_run(store, &Access::All).await.vouchers, []);

    let changed = vec![voucher(1, "A", "90.01", false), voucher(1, "B", "5", false)];
    let seen = settled(store, 1, seen, changed).await;
    let second = next_run(store, &Access::All).await;
    let expected = [
        ("HY26110001/claim/A·2", "-100.00"),
        ("HY26110001/claim/A·3", "90.01"),
        ("HY26110001/claim/B", "5.00"),
    ];
    assert_eq!(told(&second), pairs(&expected));
    let reverses = second.vouchers[0].reverses();
    assert_eq!(reverses.as_deref(), Some("HY26110001/claim/A"));
    store.hand_over(&second).await.unwrap();

    settled(store, 1, seen, vec![voucher(1, "B", "5", false)]).await;
    let third = next_run(store, &Access::All).await;
    assert_eq!(told(&third), pairs(&[("HY26110001/claim/A·4", "-90.01")]));
    store.hand_over(&third).await.unwrap();
    assert_eq!(next_run(store, &Access::All).await.vouchers, []);

    for run in [&run, &second, &third] {
        let (kept, vouchers) = store
            .voucher_run(&Access::All, run.number)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(vouchers, run.vouchers, "as it was handed over");
        assert_eq!(kept.content_hash, run.content_hash());
    }
    let runs = store.voucher_runs(&Access::All, 2).await.unwrap();
    let numbers: Vec<u32> = runs.iter().map(|run| run.number).collect();
    assert_eq!(numbers, [3, 2]);
    assert_eq!(store.voucher_run(&Access::All, 4).await.unwrap(), None);
}

pub async fn of_two_runs_thought_of_together_one_is_made(store: &Store) {
    settled(store, 1, 0, vec![voucher(1, "A", "100", false)]).await;
    let (one, other) = (
        next_run(store, &Access::All).await,
        next_run(store, &Access::All).await,
    );
    let (one, other) = tokio::join!(store.hand_over(&one), store.hand_over(&other));
    assert_ne!(one.is_ok(), other.is_ok());
    let refused = one.err().or(other.err()).unwrap();
    assert!(
        matches!(refused, HandOverError::Write(WriteError::Duplicate)),
        "{refused:?}"
    );
    assert_eq!(next_run(store, &Access::All).await.vouchers, []);
    // Not under another number either.
    let mut again = next_run(store, &Access::All).await;
    again.vouchers = store.voucher_run(&Access::All, 1).await.unwrap().unwrap().1;
    let refused = store.hand_over(&again).await.unwrap_err();
    assert!(matches!(
        refused,
        HandOverError::Write(WriteError::Duplicate)
    ));
    assert_eq!(
        store.voucher_runs(&Access::All, MAX).await.unwrap().len(),
        1
    );
}

pub async fn who_does_not_see_a_case_sees_none_of_its_vouchers(store: &Store) {
    let mut hidden = Matter::new(1).register();
    hidden.row.standing.hidden_from = huiyin_case::exclusion::Hidden {
        persons: BTreeSet::from([person_id(7)]),
        ..Default::default()
    };
    hidden.vouchers = Some(vec![voucher(1, "A", "1", false)]);
    store.append(hidden).await.unwrap();
    settled(store, 2, 0, vec![voucher(2, "A", "2", false)]).await;
    let excluded = Excluded {
        person: person_id(7),
        bonds: BTreeSet::new(),
    };
    let access = Access::Except(excluded, Box::new(Access::All));
    let run = next_run(store, &access).await;
    assert_eq!(told(&run), pairs(&[("HY26110002/claim/A", "2.00")]));
    store.hand_over(&run).await.unwrap();
    let rest = next_run(store, &Access::All).await;
    assert_eq!(told(&rest), pairs(&[("HY26110001/claim/A", "1.00")]));
    store.hand_over(&rest).await.unwrap();
    let seen = store.voucher_runs(&access, MAX).await.unwrap();
    assert_eq!(seen.len(), 1);
    assert_eq!(store.voucher_run(&access, 2).await.unwrap(), None);
    assert!(store.voucher_run(&access, 1).await.unwrap().is_some());
}

pub async fn an_identifier_belongs_to_the_case_it_was_first_handed_over_for(store: &Store) {
    settled(store, 1, 0, vec![voucher(1, "A", "1", false)]).await;
    let run = next_run(store, &Access::All).await;
    store.hand_over(&run).await.unwrap();
    settled(store, 2, 0, vec![voucher(1, "A", "1", false)]).await;
    let waiting = store.waiting_vouchers(&Access::All, MAX).await.unwrap();
    assert_eq!(waiting.cases.len(), 1);
    assert_eq!(waiting.cases[0].case, case_id(2));
    assert!(waiting.cases[0].vouchers[0].is_anothers);
    assert!(!waiting.more);
}

pub async fn what_waits_keeps_its_case_from_being_erased_and_erased_runs_stay_unread(
    store: &Store,
) {
    let seen = settled(store, 1, 0, vec![voucher(1, "A", "1", false)]).await;
    let mut closed = Matter::new(1).note(seen, "HY26110001", "", "close");
    closed.row.stage = huiyin_case::state::Stage::Closed;
    store.append(closed).await.unwrap();
    let refused = store.erase_customer(party_id(1), at(20)).await;
    assert!(matches!(refused, Err(EraseError::Vouchers(cases)) if cases == [case_id(1)]));
    let run = next_run(store, &Access::All).await;
    store.hand_over(&run).await.unwrap();
    store.erase_customer(party_id(1), at(21)).await.unwrap();
    assert_eq!(next_run(store, &Access::All).await.vouchers, []);
    let unread = store.voucher_run(&Access::All, 1).await.unwrap_err();
    assert!(
        matches!(unread, ReadError::Unreadable(Unreadable::Erased)),
        "{unread:?}"
    );
    let note = Matter::new(1).note(6, "HY26110001", "", "after");
    let after = store.append(note).await.unwrap_err();
    assert!(matches!(after, AppendError::Erased), "{after:?}");
}
