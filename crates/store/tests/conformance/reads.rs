//! Timers, search, parties, feed and outbox.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use huiyin_case::command::Firing;
use huiyin_store::{Access, Arm, SearchUpdate, Store, WriteError};

use crate::support::{Matter, at, case_id, party_id, person_id, unit_id};

const HOUR: i64 = 3600;

pub async fn timers_are_due_when_their_moment_has_come(store: &Store) {
    for number in 1..=5 {
        store.append(Matter::new(number).register()).await.unwrap();
    }
    // The first warning is two hours before the due time, 24 hours and `number` seconds from the start.
    assert_eq!(store.due_timers(at(22 * HOUR), 10).await.unwrap(), []);
    assert_eq!(store.next_timer().await.unwrap(), Some(at(22 * HOUR + 1)));
    let due = store.due_timers(at(22 * HOUR + 3), 10).await.unwrap();
    let expected: Vec<_> = (1..=3)
        .map(|number| (case_id(number), Firing::Warning(0), 1))
        .collect();
    assert_eq!(
        due.iter()
            .map(|timer| (timer.case, timer.firing, timer.generation))
            .collect::<Vec<_>>(),
        expected
    );
    assert_eq!(store.due_timers(at(30 * HOUR), 2).await.unwrap().len(), 2);
    let mut fired = Matter::new(1).note(5, "HY26110001", "fired", "fired");
    fired.clocks[0].next = Some((Firing::Due, at(24 * HOUR + 1)));
    store.append(fired).await.unwrap();
    let next: Vec<_> = store
        .due_timers(at(22 * HOUR + 3), 10)
        .await
        .unwrap()
        .iter()
        .map(|timer| timer.case)
        .collect();
    assert_eq!(next, [case_id(2), case_id(3)]);
    let mut stopped = Matter::new(1).note(6, "HY26110001", "stopped", "stopped");
    stopped.clocks[0].next = None;
    store.append(stopped).await.unwrap();
    let timers = store.due_timers(at(100 * HOUR), 10).await.unwrap();
    assert!(
        timers.iter().all(|timer| timer.case != case_id(1)),
        "{timers:?}"
    );
}

async fn found(store: &Store, access: &Access, query: &str) -> Vec<u64> {
    let rows = store.search(access, query, 50).await.unwrap();
    (1..=30)
        .rev()
        .filter(|number| rows.iter().any(|row| row.case == case_id(*number)))
        .collect()
}

pub async fn any_piece_of_a_text_finds_its_case(store: &Store) {
    let texts = [
        "客户王先生反映iPhone15屏幕破损，要求退货",
        "物业垃圾清运不及时 The printer is broken",
        "外包装完好；态度恶劣（三次）",
    ];
    for (number, text) in (1..).zip(texts) {
        let mut append = Matter::new(number).register();
        append.search = SearchUpdate::Put(text.to_owned());
        store.append(append).await.unwrap();
    }
    let check = async |query: &str, cases: &[u64]| {
        assert_eq!(found(store, &Access::All, query).await, cases, "{query}");
    };
    check("屏幕破损", &[1]).await;
    check("幕破", &[1]).await;
    check("屏幕 退货", &[1]).await;
    check("破损屏幕", &[]).await;
    check("物", &[2]).await;
    check("不", &[2]).await;
    check("次", &[3]).await;
    check("PRINT", &[2]).await;
    check("ｐｒｉｎｔｅｒ", &[2]).await;
    check("rinter", &[]).await;
    check("iphone 15", &[1]).await;
    check("HY26110002", &[2]).await;
    check("0003", &[]).await;
    check("26110003", &[3]).await;
    check("HY", &[3, 2, 1]).await;
    check("\" OR *", &[]).await;
    check("三次\"", &[3]).await;
    check("NEAR(外包装 态度)", &[]).await;
    check("", &[]).await;
    let newest: Vec<_> = store
        .search(&Access::All, "HY", 2)
        .await
        .unwrap()
        .iter()
        .map(|row| row.case)
        .collect();
    assert_eq!(newest, [case_id(3), case_id(2)]);
}

pub async fn search_shows_only_what_access_reaches(store: &Store) {
    for number in 1..=10 {
        let mut matter = Matter::new(number);
        matter.lead_unit = Some(unit_id(number % 2));
        matter.taker = person_id(number);
        store.append(matter.register()).await.unwrap();
    }
    let access = Access::Arms(vec![
        Arm::LeadUnit(vec![unit_id(1)]),
        Arm::Taker(person_id(4)),
    ]);
    assert_eq!(found(store, &access, "快递破损").await, [9, 7, 5, 4, 3, 1]);
    assert_eq!(
        found(store, &Access::Arms(Vec::new()), "快递破损").await,
        Vec::<u64>::new()
    );
}

pub async fn a_removed_text_is_not_found(store: &Store) {
    let matter = Matter::new(1);
    store.append(matter.register()).await.unwrap();
    let mut changed = matter.note(5, "HY26110001", "", "change");
    changed.search = SearchUpdate::Put("完全不同的文字".to_owned());
    store.append(changed).await.unwrap();
    assert_eq!(found(store, &Access::All, "快递").await, Vec::<u64>::new());
    assert_eq!(found(store, &Access::All, "不同").await, [1]);
    assert_eq!(found(store, &Access::All, "HY26110001").await, [1]);
    let mut removed = matter.note(6, "HY26110001", "", "remove");
    removed.search = SearchUpdate::Remove;
    store.append(removed).await.unwrap();
    assert_eq!(found(store, &Access::All, "不同").await, Vec::<u64>::new());
}

pub async fn a_returning_customer_is_found_by_contact(store: &Store) {
    store.append(Matter::new(1).register()).await.unwrap();
    let mut again = Matter::new(2).register();
    let row = again.party.as_mut().unwrap();
    row.contact = Some(Matter::new(1).phone);
    store.append(again).await.unwrap();
    let mut found = store
        .parties_by_contact(&Matter::new(1).phone)
        .await
        .unwrap();
    found.sort();
    assert_eq!(found, [party_id(1), party_id(2)]);
    assert_eq!(store.parties_by_contact("13900000000").await.unwrap(), []);
    assert_eq!(
        store.party_display(party_id(1)).await.unwrap().as_deref(),
        Some("王**")
    );
    assert_eq!(store.party_display(party_id(3)).await.unwrap(), None);
    assert_eq!(
        store.case_by_number("HY26110002").await.unwrap(),
        Some(case_id(2))
    );
    assert_eq!(store.case_by_number("HY26110003").await.unwrap(), None);
}

pub async fn the_feed_follows_the_log(store: &Store) {
    let mut position = store.position();
    assert_eq!(*position.borrow_and_update(), 0);
    let appended = store.append(Matter::new(1).register()).await.unwrap();
    assert!(position.has_changed().unwrap());
    assert_eq!(*position.borrow_and_update(), appended.position);
    store.append(Matter::new(2).register()).await.unwrap();
    let entries = store.entries_since(3, 4).await.unwrap();
    let seen: Vec<_> = entries
        .iter()
        .map(|entry| (entry.position, entry.case, entry.seq))
        .collect();
    assert_eq!(
        seen,
        [
            (4, case_id(1), 4),
            (5, case_id(1), 5),
            (6, case_id(2), 1),
            (7, case_id(2), 2)
        ]
    );
    assert_eq!(entries[2].kind, "case_opened.v2");
    assert_eq!(entries[2].actor, person_id(1).into());
}

pub async fn the_outbox_is_worked_off_once(store: &Store) {
    for number in 1..=3 {
        store.append(Matter::new(number).register()).await.unwrap();
    }
    let due = store.outbox_due(at(0), 10).await.unwrap();
    assert_eq!(
        due.iter().map(|entry| entry.case).collect::<Vec<_>>(),
        [case_id(1), case_id(2), case_id(3)]
    );
    assert_eq!(store.outbox_since(0, 2).await.unwrap(), due[..2]);
    assert_eq!(store.outbox_since(due[1].id, 10).await.unwrap(), due[2..]);
    assert_eq!(store.outbox_end().await.unwrap(), due[2].id);
    store.outbox_done(due[0].id, at(1)).await.unwrap();
    assert!(matches!(
        store.outbox_done(due[0].id, at(2)).await,
        Err(WriteError::Unmet)
    ));
    store.outbox_retry(due[1].id, at(60)).await.unwrap();
    assert!(matches!(
        store.outbox_retry(due[0].id, at(60)).await,
        Err(WriteError::Unmet)
    ));
    let left = store.outbox_due(at(59), 10).await.unwrap();
    assert_eq!(
        left.iter().map(|entry| entry.id).collect::<Vec<_>>(),
        [due[2].id]
    );
    let later = store.outbox_due(at(60), 10).await.unwrap();
    assert_eq!(
        later
            .iter()
            .map(|entry| (entry.id, entry.attempts))
            .collect::<Vec<_>>(),
        [(due[2].id, 0), (due[1].id, 1)]
    );
}
