//! Records of customers that are the same person, legal hold, and erasing.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use huiyin_case::Event;
use huiyin_case::link::Link;
use huiyin_case::measure::Increments;
use huiyin_case::state::{Ending, Stage};
use huiyin_store::{
    Access, Append, AppendError, CaseRow, EraseError, Filter, PageRequest, PartyMerge,
    SearchUpdate, Store,
};

use crate::support::{Matter, at, case_id, event, party_id};

/// Registers a case and gives its number.
async fn registered(store: &Store, matter: &Matter) -> String {
    let appended = store.append(matter.register()).await.unwrap();
    appended.number.unwrap()
}

/// An append of one event, the row being changed by `row`.
fn one(matter: &Matter, number: &str, seq: u32, what: Event, row: impl Fn(&mut CaseRow)) -> Append {
    let mut append = matter.note(seq, number, "", &format!("{}-{seq}", matter.number));
    append.events = vec![event(what)];
    append.idempotency = None;
    append.statistics = Increments::default();
    append.search = SearchUpdate::Keep;
    row(&mut append.row);
    append
}

fn merge(matter: &Matter, number: &str, seq: u32, merges: Vec<(u64, u64)>) -> Append {
    let merged = Event::CustomersMerged {
        party: party_id(2),
        into: party_id(1),
        reason: "same person".to_owned(),
    };
    let merges = merges.into_iter().map(|(party, into)| PartyMerge {
        party: party_id(party),
        into: party_id(into),
    });
    Append {
        merges: Some(merges.collect()),
        ..one(matter, number, seq, merged, |_| {})
    }
}

async fn records(store: &Store, number: u64) -> Vec<(u64, bool)> {
    let records = store.records_of(party_id(number)).await.unwrap();
    let numbers = records.into_iter().map(|record| {
        let number = record.party.uuid().as_u128() & 0xffff_ffff;
        (u64::try_from(number).unwrap(), record.merged.is_some())
    });
    numbers.collect()
}

pub async fn merged_records_are_one_customer_until_they_are_parted(store: &Store) {
    let matters: Vec<Matter> = (1..=3).map(Matter::new).collect();
    let mut numbers = Vec::new();
    for matter in &matters {
        numbers.push(registered(store, matter).await);
    }
    assert_eq!(records(store, 2).await, [(2, false)]);
    store
        .append(merge(&matters[0], &numbers[0], 5, vec![(2, 1)]))
        .await
        .unwrap();
    store
        .append(merge(&matters[2], &numbers[2], 5, vec![(3, 2)]))
        .await
        .unwrap();
    for number in 1..=3 {
        assert_eq!(
            records(store, number).await,
            [(1, false), (2, true), (3, true)]
        );
    }
    let filter = Filter {
        customers: (1..=3).map(party_id).collect(),
        ..Filter::default()
    };
    let page = PageRequest {
        rows_max: 10,
        ..PageRequest::default()
    };
    let listed = store.list(&Access::All, &filter, page).await.unwrap();
    assert_eq!(listed.rows.len(), 3);
    // A record stands for one other only.
    let twice = merge(&matters[1], &numbers[1], 5, vec![(2, 3)]);
    assert!(store.append(twice).await.is_err());
    store
        .append(merge(&matters[0], &numbers[0], 6, Vec::new()))
        .await
        .unwrap();
    assert_eq!(records(store, 1).await, [(1, false)]);
    assert_eq!(records(store, 3).await, [(2, false), (3, true)]);
}

pub async fn records_with_the_same_full_name_are_found(store: &Store) {
    let mut second = Matter::new(2);
    second.name = Matter::new(1).name;
    for matter in [Matter::new(1), second, Matter::new(3)] {
        registered(store, &matter).await;
    }
    let alike = store.parties_alike(party_id(1)).await.unwrap();
    assert_eq!(alike, [party_id(2)]);
    assert_eq!(store.parties_alike(party_id(3)).await.unwrap(), []);
    // A name is never taken for a contact.
    let name = Matter::new(1).name;
    assert_eq!(store.parties_by_contact(&name).await.unwrap(), []);
}

pub async fn two_cases_are_linked_in_one_transaction_or_not_at_all(store: &Store) {
    let (first, second) = (Matter::new(1), Matter::new(2));
    let number = registered(store, &first).await;
    let other = registered(store, &second).await;
    let linked = |seq, beside_seq| Append {
        beside: Some(Box::new(one(
            &second,
            &other,
            beside_seq,
            Event::CaseLinked {
                case: case_id(1),
                link: Link::RepeatedBy,
            },
            |_| {},
        ))),
        ..one(
            &first,
            &number,
            seq,
            Event::CaseLinked {
                case: case_id(2),
                link: Link::Repeats,
            },
            |_| {},
        )
    };
    let conflict = store.append(linked(5, 4)).await;
    assert_eq!(conflict.err(), Some(AppendError::Conflict));
    assert_eq!(store.load(case_id(1)).await.unwrap().len(), 5);
    store.append(linked(5, 5)).await.unwrap();
    for number in [1, 2] {
        let history = store.load(case_id(number)).await.unwrap();
        assert_eq!(history.len(), 6);
        assert!(matches!(history[5].event, Event::CaseLinked { .. }));
    }
    let verified = store.verify(None).await.unwrap();
    assert_eq!(verified.findings, []);
}

pub async fn nothing_under_hold_is_erased_and_merged_records_are_erased_together(store: &Store) {
    let (first, second) = (Matter::new(1), Matter::new(2));
    let number = registered(store, &first).await;
    let other = registered(store, &second).await;
    store
        .append(merge(&first, &number, 5, vec![(2, 1)]))
        .await
        .unwrap();
    let open = store.erase_customer(party_id(2), at(9)).await;
    assert!(matches!(open, Err(EraseError::Open(cases)) if cases.len() == 2));

    let withdrawn = |row: &mut CaseRow| {
        row.stage = Stage::Closed;
        row.ending = Some(Ending::Withdrawn);
    };
    let withdrawal = || Event::CaseWithdrawn {
        told_by: "-".to_owned(),
        reason: "-".to_owned(),
    };
    store
        .append(one(&first, &number, 6, withdrawal(), withdrawn))
        .await
        .unwrap();
    store
        .append(one(&second, &other, 5, withdrawal(), withdrawn))
        .await
        .unwrap();
    let row = store.case_row(&Access::All, case_id(2)).await.unwrap();
    let row = row.unwrap();
    assert_eq!((row.ending, row.held), (Some(Ending::Withdrawn), false));

    let held = |row: &mut CaseRow| {
        withdrawn(row);
        row.held = true;
    };
    let hold = Event::HoldPlaced {
        reason: "-".to_owned(),
    };
    store
        .append(one(&second, &other, 6, hold, held))
        .await
        .unwrap();
    let refused = store.erase_customer(party_id(1), at(9)).await;
    assert!(matches!(refused, Err(EraseError::Held(cases)) if cases == [case_id(2)]));
    assert!(store.erase_case(case_id(2), at(9)).await.is_err());
    assert!(store.erase_party(party_id(2), at(9)).await.is_err());
    let lift = Event::HoldLifted {
        reason: "-".to_owned(),
    };
    store
        .append(one(&second, &other, 7, lift, withdrawn))
        .await
        .unwrap();
    let erased = store.erase_customer(party_id(2), at(9)).await.unwrap();
    assert_eq!((erased.parties.len(), erased.cases.len()), (2, 2));
    for number in [1, 2] {
        let row = store.case_row(&Access::All, case_id(number)).await.unwrap();
        let row = row.unwrap();
        assert_eq!((row.subject.as_str(), row.customer_name.as_str()), ("", ""));
    }
    let again = store.erase_customer(party_id(1), at(9)).await;
    assert!(matches!(again, Err(EraseError::Gone)));
    let verified = store.verify(None).await.unwrap();
    assert_eq!(verified.findings, []);
}
