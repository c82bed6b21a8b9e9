//! The tables are what the log says: where they are not, it is told and can be repaired.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "whoever can't go on here must fail at once"
)]

mod support;

use std::path::Path;

use huiyin_store::{Access, Options, Segmenter, Store};
use support::{Folder, Matter, SEGMENTER, case_id, change, derive, master_key, open, party_id};

const CASES: u64 = 5;

async fn register(store: &Store) {
    for number in 1..=CASES {
        store.append(Matter::new(number).register()).await.unwrap();
    }
}

/// What differs, in the order in which it is told: the case's number, or 0 for totals.
async fn told(store: &Store, repair: bool) -> Vec<(u64, String)> {
    let rebuilt = store.rebuild(&derive, repair).await.unwrap();
    assert_eq!(rebuilt.cases, CASES);
    let differences = rebuilt.differences.into_iter().map(|difference| {
        let number = difference
            .case
            .map_or(0, |case| case.uuid().as_u128() & 0xffff_ffff);
        (u64::try_from(number).unwrap(), difference.what)
    });
    differences.collect()
}

#[tokio::test]
async fn every_row_that_differs_is_told_and_repaired() {
    let folder = Folder::new();
    let store = open(&folder.database()).await;
    register(&store).await;
    assert_eq!(told(&store, false).await, []);

    let check = async |sql: &str, expected: &[(u64, &str)]| {
        assert!(change(&folder.database(), sql).await > 0, "{sql}");
        for repair in [false, true] {
            let told = told(&store, repair).await;
            assert_eq!(told.len(), expected.len(), "{sql}: {told:?}");
            for ((case, what), (expected_case, expected_what)) in told.iter().zip(expected) {
                assert_eq!(case, expected_case, "{sql}");
                assert!(what.contains(expected_what), "{sql}: {what}");
            }
        }
        assert_eq!(told(&store, false).await, [], "{sql}");
    };
    let cases = "UPDATE cases SET";
    let second = format!("WHERE case_id = '{}'", case_id(2));
    for (change, differs) in [
        ("seq = 4", "seq"),
        ("policy_version = 9", "policy version"),
        ("kind = 'praise'", "kind"),
        ("channel = 'letter'", "channel"),
        ("step = NULL", "step"),
        ("status = 'closed'", "stage"),
        ("ending = 'merged'", "ending"),
        ("held = 1", "hold"),
        ("number = NULL", "number"),
        ("subject = ''", "subject"),
        ("excerpt = 'x'", "excerpt"),
        ("customer_name = '李*'", "customer name"),
        ("policy = 'banking'", "policy"),
        ("customer = taker", "customer"),
        ("taker = customer", "taker"),
        ("first_contact = customer", "first contact"),
        ("lead_unit = NULL", "lead unit"),
        ("holder_role = 'manager'", "holder"),
        ("opened_at_us = opened_at_us + 1", "opened at"),
        ("recorded_at_us = 0", "recorded at"),
        ("sort_due_at_us = sort_due_at_us - 1", "tightest clock"),
        ("seq = 4, due_clock = NULL", "seq, tightest clock"),
    ] {
        let differs = format!("work list row differs in {differs}");
        check(&format!("{cases} {change} {second}"), &[(2, &differs)]).await;
    }
    check(
        &format!("DELETE FROM cases {second}"),
        &[(2, "work list row is missing")],
    )
    .await;
    check(
        &format!("{cases} ordinal = 1000 {second}"),
        &[(2, "stands at Some(1000) instead of 6")],
    )
    .await;
    check(
        "UPDATE cases SET ordinal = -ordinal WHERE ordinal IN (1, 6); \
         UPDATE cases SET ordinal = 7 + ordinal WHERE ordinal < 0",
        &[(1, "stands at Some(6)"), (2, "stands at Some(1)")],
    )
    .await;
    check(
        &format!("UPDATE clocks SET next_fire_at_us = NULL {second}"),
        &[(2, "clock: ClockRow")],
    )
    .await;
    check(
        &format!("DELETE FROM clocks {second}"),
        &[(2, "clock `first_feedback` is missing")],
    )
    .await;
    let copy = |table: &str, column: &str, value: &str| {
        format!(
            "CREATE TEMP TABLE copy AS SELECT * FROM {table} {second}; \
             UPDATE copy SET {column} = '{value}'; INSERT INTO {table} SELECT * FROM copy"
        )
    };
    check(
        &copy("clocks", "clock", "reply"),
        &[(2, "clock `reply` is none of the case's")],
    )
    .await;
    check(
        &copy("clocks", "case_id", &case_id(99).to_string()),
        &[(99, "rows without a case")],
    )
    .await;
    check(
        &format!(
            "INSERT INTO party_merges VALUES ('{}', '{}', '{}')",
            party_id(2),
            party_id(1),
            case_id(2)
        ),
        &[(2, "merged customers: ")],
    )
    .await;
    check(
        &format!(
            "INSERT INTO party_merges VALUES ('{}', '{}', '{}')",
            party_id(2),
            party_id(1),
            case_id(99)
        ),
        &[(99, "rows without a case")],
    )
    .await;
    for (number, told) in [(2, "vouchers: 1 instead of 0"), (99, "rows without a case")] {
        let row = format!(
            "INSERT INTO vouchers VALUES ('{}', 1, 'claim', x'00', 100, 0, 0, x'01')",
            case_id(number)
        );
        check(&row, &[(number, told)]).await;
    }
    for (number, told) in [(2, "charges: 1 instead of 0"), (99, "rows without a case")] {
        let row = format!(
            "INSERT INTO charges VALUES ('{}', 1, 'deductions', 'shares', x'00', 100, '2026-03', 'P3.30', 0, 0, x'01')",
            case_id(number)
        );
        check(&row, &[(number, told)]).await;
    }
    check(
        "UPDATE counters SET total = 4",
        &[(0, "Some(4) instead of Some(5)")],
    )
    .await;
    check("DELETE FROM counters", &[(0, "None instead of Some(5)")]).await;
    check(
        "INSERT INTO counters SELECT day_on, policy, kind, unit, 'closed', class, value, 1 FROM counters",
        &[(0, "Some(1) instead of None")],
    )
    .await;
    let of_second = "WHERE ordinal = 6";
    for sql in [
        format!("UPDATE measurements SET day_on = '2026-11-20' {of_second}"),
        format!("UPDATE measurements SET value = 1 {of_second}"),
        format!("UPDATE measurements SET class = 'met' {of_second}"),
        format!("DELETE FROM measurements {of_second}"),
        "INSERT INTO measurements VALUES (6, 'closed', '2026-11-21', '', 0)".to_owned(),
    ] {
        check(&sql, &[(2, "measurements: ")]).await;
    }
    check(
        "INSERT INTO measurements VALUES (1000, 'closed', '2026-11-21', '', 0)",
        &[(0, "1 measurements without a case")],
    )
    .await;
}

#[tokio::test]
async fn statistics_are_derived_anew_when_what_they_rest_on_has_changed() {
    let folder = Folder::new();
    let store = open(&folder.database()).await;
    register(&store).await;
    let derived = async |basis: &str| store.derive_statistics(basis, &derive).await.unwrap();
    assert_eq!(derived("1").await, CASES);
    change(
        &folder.database(),
        "DELETE FROM measurements; UPDATE counters SET total = 99",
    )
    .await;
    assert_eq!(derived("1").await, 0);
    assert!(!told(&store, false).await.is_empty());
    assert_eq!(derived("2").await, CASES);
    assert_eq!(told(&store, false).await, []);
}

async fn open_with(database: &Path, segmenter: Segmenter) -> Store {
    Store::open(database, &master_key(), Options::new(segmenter))
        .await
        .unwrap()
}

async fn found(store: &Store, query: &str) -> usize {
    store.search(&Access::All, query, 10).await.unwrap().len()
}

#[tokio::test]
async fn texts_segmented_by_other_rules_are_found_again_once_they_are_indexed_anew() {
    let other_rules = Segmenter {
        version: SEGMENTER.version + 1,
        tokens: |_| "旧".to_owned(),
        ..SEGMENTER
    };
    let folder = Folder::new();
    let store = open_with(&folder.database(), other_rules).await;
    register(&store).await;
    assert!(!store.search_is_stale());
    store.close().await;

    let store = open(&folder.database()).await;
    assert!(store.search_is_stale());
    assert_eq!(found(&store, "屏幕").await, 0);
    assert_eq!(store.reindex(&derive).await.unwrap(), CASES);
    assert!(!store.search_is_stale());
    assert_eq!(found(&store, "屏幕").await, 5);
    assert_eq!(found(&store, "HY26110003").await, 1);
    store.close().await;

    let store = open(&folder.database()).await;
    assert!(!store.search_is_stale());
    assert_eq!(found(&store, "屏幕").await, 5);
}
