//! Several nodes on one PostgreSQL database.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "whoever can't go on here must fail at once"
)]

mod support;

use std::collections::BTreeSet;
use std::time::Duration;

use huiyin_case::vouchers::CaseVoucher;
use huiyin_policy::model::VoucherId;
use huiyin_policy::settle::to_hand_over;
use huiyin_store::{
    Access, AppendError, AuditEntry, HandOverError, HandedOverVoucher, MasterKey, NewVoucherRun,
    OpenError, Options, SealError, Store, WriteError,
};
use huiyin_testkit::postgres::{self, Database};
use support::{Matter, SEGMENTER, at, case_id, connect, derive, party_id, server};
use tokio::sync::watch;

/// How long one node waits to hear of another; it hears at once, and looks every five seconds.
const HEARD_WITHIN: Duration = Duration::from_secs(30);

/// Runs a test with two nodes on a database of their own.
async fn with_two_nodes(test: impl AsyncFnOnce(&Store, &Store, &Database<'_>)) {
    if postgres::is_left_out() {
        return;
    }
    let server = server();
    let database = server.database();
    let (one, other) = (connect(&database).await, connect(&database).await);
    test(&one, &other, &database).await;
    one.close().await;
    other.close().await;
}

async fn heard<T: Copy>(told: &mut watch::Receiver<T>, of: impl Fn(T) -> bool) {
    tokio::time::timeout(HEARD_WITHIN, told.wait_for(|value| of(*value)))
        .await
        .expect("nothing was heard of the other node")
        .unwrap();
}

async fn is_whole(store: &Store, cases: u64) {
    let verified = store.verify(None).await.unwrap();
    assert!(verified.is_intact(), "{:?}", verified.findings);
    assert_eq!((verified.cases, verified.events), (cases, 5 * cases));
    assert_eq!(store.rebuild(&derive, false).await.unwrap().differences, []);
}

fn entry(number: i64) -> AuditEntry {
    AuditEntry {
        at: at(number),
        account: None,
        action: "sign_in".to_owned(),
        case: None,
        verdict: "denied".to_owned(),
        detail: String::new(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_that_write_at_the_same_time_make_one_log_without_gap() {
    with_two_nodes(async |one, other, _| {
        let appends: Vec<_> = (1..=200)
            .map(|number| {
                let store = [one, other][usize::from(number % 2 == 0)].clone();
                tokio::spawn(async move {
                    if number % 10 == 0 {
                        store
                            .audit(entry(i64::try_from(number).unwrap()))
                            .await
                            .unwrap();
                    }
                    store.append(Matter::new(number).register()).await.unwrap()
                })
            })
            .collect();
        let mut numbers = BTreeSet::new();
        let mut positions = BTreeSet::new();
        for append in appends {
            let appended = append.await.unwrap();
            numbers.insert(appended.number.unwrap());
            positions.insert(appended.position);
        }
        let without_gap: BTreeSet<_> = (1..=200)
            .map(|serial| format!("HY2611{serial:04}"))
            .collect();
        assert_eq!(numbers, without_gap);
        assert_eq!(positions, (1..=200).map(|case| 5 * case).collect());
        is_whole(one, 200).await;
        assert_eq!(other.audits(None, 100).await.unwrap().len(), 20);
    })
    .await;
}

#[tokio::test]
async fn of_two_nodes_that_race_for_a_case_one_wins() {
    with_two_nodes(async |one, other, _| {
        for number in 1..=20 {
            let matter = Matter::new(number);
            let appended = one.append(matter.register()).await.unwrap();
            let case_number = appended.number.unwrap();
            let note = |text: &str| {
                matter.note(
                    appended.seq,
                    &case_number,
                    text,
                    &format!("{text}-{number}"),
                )
            };
            let outcomes = tokio::join!(one.append(note("one")), other.append(note("other")));
            let outcomes = [outcomes.0, outcomes.1];
            assert_eq!(
                outcomes.iter().filter(|outcome| outcome.is_ok()).count(),
                1,
                "{outcomes:?}"
            );
            assert!(outcomes.contains(&Err(AppendError::Conflict)));
            assert_eq!(other.load(case_id(number)).await.unwrap().len(), 6);
        }
    })
    .await;
}

#[tokio::test]
async fn a_request_sent_to_both_nodes_has_one_effect() {
    with_two_nodes(async |one, other, _| {
        let sent = || Matter::new(1).register();
        let outcomes = tokio::join!(one.append(sent()), other.append(sent()));
        let kept = one.kept_reply("account-1", "register-1").await.unwrap();
        let replayed = Err(AppendError::Replayed(kept.unwrap().1));
        assert!(
            (outcomes.0.is_ok() && outcomes.1 == replayed)
                || (outcomes.1.is_ok() && outcomes.0 == replayed)
        );
        is_whole(other, 1).await;
    })
    .await;
}

#[tokio::test]
async fn what_one_node_does_is_heard_by_the_other() {
    with_two_nodes(async |one, other, _| {
        let (mut position, mut revision) = (other.position(), other.revision());
        let before = *revision.borrow_and_update();
        one.append(Matter::new(1).register()).await.unwrap();
        heard(&mut position, |position| position == 5).await;
        one.put_setting("organisation.name", "一").await.unwrap();
        heard(&mut revision, |revision| revision > before).await;

        // A key that was destroyed on one node is forgotten by the other.
        assert!(format!("{:?}", other.load(case_id(1)).await.unwrap()).contains("王"));
        let before = *revision.borrow_and_update();
        one.erase_party(party_id(1), at(1)).await.unwrap();
        heard(&mut revision, |revision| revision > before).await;
        assert!(!format!("{:?}", other.load(case_id(1)).await.unwrap()).contains("王"));
    })
    .await;
}

#[tokio::test]
async fn one_node_at_a_time_seals() {
    with_two_nodes(async |one, other, _| {
        for number in 1..=10 {
            one.append(Matter::new(number).register()).await.unwrap();
            let (one, other) = tokio::join!(one.seal(at(1)), other.seal(at(1)));
            let sealed: Result<Vec<_>, SealError> = [one, other].into_iter().collect();
            assert!(sealed.unwrap()[1].is_some());
        }
        let verified = other.verify(None).await.unwrap();
        assert!(verified.is_intact(), "{:?}", verified.findings);
        assert_eq!(verified.leaves, 10);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_nodes_that_hand_vouchers_over_one_does_each() {
    with_two_nodes(async |one, other, _| {
        for number in 1..=30 {
            let matter = Matter::new(number);
            let mut append = matter.register();
            append.vouchers = Some(vec![CaseVoucher {
                id: format!("{number}/claim/A"),
                voucher: VoucherId::new("claim"),
                amount: "1.00".parse().unwrap(),
                held: false,
                settled_at: at(0),
            }]);
            one.append(append).await.unwrap();
        }
        let runs = (0..4).map(|turn| {
            let store = [one, other][turn % 2].clone();
            tokio::spawn(async move { hand_all_over(&store).await })
        });
        for run in runs.collect::<Vec<_>>() {
            run.await.unwrap();
        }
        let mut identifiers = Vec::new();
        for number in 1.. {
            let Some((_, vouchers)) = other.voucher_run(&Access::All, number).await.unwrap() else {
                break;
            };
            identifiers.extend(vouchers.iter().map(|one| one.identifier()));
        }
        let all: BTreeSet<&String> = identifiers.iter().collect();
        assert_eq!((identifiers.len(), all.len()), (30, 30), "each once");
    })
    .await;
}

/// Hands over what waits, of five cases at a time, until nothing does.
async fn hand_all_over(store: &Store) {
    loop {
        let waiting = store.waiting_vouchers(&Access::All, 5).await.unwrap();
        let vouchers = waiting.cases.iter().flat_map(|case| {
            case.vouchers.iter().flat_map(|one| {
                let handed = to_hand_over(one.before, one.now.amount).into_iter();
                handed.map(|handed| HandedOverVoucher {
                    case: case.case,
                    number: case.number.clone(),
                    policy: case.policy.clone(),
                    policy_version: case.policy_version,
                    voucher: one.now.voucher.clone(),
                    id: one.now.id.clone(),
                    handed,
                    settled_at: one.now.settled_at,
                })
            })
        });
        let run = NewVoucherRun {
            number: waiting.last_run + 1,
            by: support::person_id(1),
            at: at(1),
            format: "csv".to_owned(),
            language: "en".to_owned(),
            vouchers: vouchers.collect(),
        };
        if run.vouchers.is_empty() {
            return;
        }
        match store.hand_over(&run).await {
            // Another node was faster: what it took is not there any more.
            Ok(_) | Err(HandOverError::Write(WriteError::Duplicate)) => {}
            Err(failed) => panic!("{failed:?}"),
        }
    }
}

#[tokio::test]
async fn a_lost_connection_is_made_again() {
    with_two_nodes(async |one, other, database| {
        one.append(Matter::new(1).register()).await.unwrap();
        for number in 2..=5 {
            database.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
            );
            assert!(!one.load(case_id(1)).await.unwrap().is_empty());
            // The write that finds the connection lost has no effect, and says so.
            let mut outcome = one.append(Matter::new(number).register()).await;
            if matches!(outcome, Err(AppendError::Unreachable(_))) {
                outcome = one.append(Matter::new(number).register()).await;
            }
            assert_eq!(
                outcome.unwrap().position,
                i64::try_from(5 * number).unwrap()
            );
        }
        assert_eq!(one.failure(), None);
        let mut position = other.position();
        heard(&mut position, |position| position == 25).await;
        is_whole(one, 5).await;
    })
    .await;
}

#[tokio::test]
async fn a_command_that_the_database_refuses_harms_no_neighbour() {
    with_two_nodes(async |one, _, database| {
        let bad = case_id(7);
        database.sql(&format!(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'refused by the trigger'; END $$; \
             CREATE TRIGGER refuse BEFORE INSERT ON outbox FOR EACH ROW \
             WHEN (NEW.case_id = '{bad}') EXECUTE FUNCTION refuse()"
        ));
        let sent: Vec<_> = (1..=20)
            .map(|number| {
                let store = one.clone();
                tokio::spawn(async move { store.append(Matter::new(number).register()).await })
            })
            .collect();
        for (number, outcome) in (1..).zip(sent) {
            let outcome = outcome.await.unwrap();
            let is_refused = matches!(
                &outcome,
                Err(AppendError::Database(reason)) if reason.contains("refused by the trigger")
            );
            assert_eq!((is_refused, outcome.is_ok()), (number == 7, number != 7));
        }
        is_whole(one, 19).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_done_to_the_log_behind_the_stores_back_is_found() {
    with_two_nodes(async |one, other, database| {
        for number in 1..=5 {
            one.append(Matter::new(number).register()).await.unwrap();
        }
        one.audit(entry(1)).await.unwrap();
        let note = one.seal(at(10)).await.unwrap().unwrap();
        one.append(Matter::new(6).register()).await.unwrap();
        assert!(other.verify(Some(&note)).await.unwrap().is_intact());
        let columns = [
            ("events", "body", "body || ' '", "position = 7"),
            ("events", "leaf", "decode(repeat('00', 32), 'hex')", "position = 7"),
            ("events", "sealed", "NULL", "position = 6"),
            ("events", "occurred_at_us", "occurred_at_us - 1", "position = 27"),
            ("audits", "verdict", "'allowed'", "position = 1"),
            ("merkle_leaves", "seq", "1", "leaf_index = 2"),
            ("checkpoints", "position", "3", "true"),
        ];
        for (table, column, value, row) in columns {
            database.sql(&format!(
                "CREATE TABLE before AS SELECT * FROM {table}; UPDATE {table} SET {column} = {value} WHERE {row}"
            ));
            assert!(
                !other.verify(Some(&note)).await.unwrap().is_intact(),
                "{table}.{column}"
            );
            database.sql(&format!(
                "DELETE FROM {table}; INSERT INTO {table} SELECT * FROM before; DROP TABLE before"
            ));
        }
        assert!(other.verify(Some(&note)).await.unwrap().is_intact());

        database.sql("UPDATE cases SET subject = 'x' WHERE case_id = (SELECT MIN(case_id) FROM cases); DELETE FROM clocks");
        assert_eq!(other.rebuild(&derive, true).await.unwrap().differences.len(), 7);
        assert_eq!(one.rebuild(&derive, false).await.unwrap().differences, []);
    })
    .await;
}

#[tokio::test]
async fn what_was_erased_is_gone_and_what_stays_is_found_again() {
    with_two_nodes(async |one, other, database| {
        for number in 1..=3 {
            one.append(Matter::new(number).register()).await.unwrap();
        }
        one.erase_case(case_id(1), at(1)).await.unwrap();
        one.erase_party(party_id(1), at(1)).await.unwrap();
        one.compact().await.unwrap();
        let left = database.sql(
            "SELECT (SELECT COUNT(*) FROM search), (SELECT COUNT(*) FROM parties), \
             (SELECT COUNT(*) FROM keys WHERE wrapped IS NOT NULL)",
        );
        assert_eq!(left.trim(), "2|2|4");
        // Derived without the erased text, the index is the same once it is built anew.
        let found = async || other.search(&Access::All, "HY", 10).await.unwrap().len();
        assert_eq!(found().await, 2);
        assert_eq!(other.verify(None).await.unwrap().events, 15);
    })
    .await;
}

#[tokio::test]
async fn a_node_with_another_master_key_is_refused() {
    with_two_nodes(async |_, _, database| {
        let url = database.url().parse().unwrap();
        let other = MasterKey::new([1; 32]);
        let refused = Store::connect(&url, &other, Options::new(SEGMENTER)).await;
        assert!(matches!(refused, Err(OpenError::WrongMasterKey)));
    })
    .await;
}

#[tokio::test]
async fn a_node_that_missed_that_statistics_were_derived_anew_writes_nothing_more() {
    with_two_nodes(async |one, other, database| {
        for number in 1..=3 {
            one.append(Matter::new(number).register()).await.unwrap();
        }
        assert_eq!(other.derive_statistics("1", &derive).await.unwrap(), 3);
        assert_eq!(one.derive_statistics("1", &derive).await.unwrap(), 0);
        one.append(Matter::new(4).register()).await.unwrap();
        assert_eq!(other.derive_statistics("2", &derive).await.unwrap(), 4);
        let refused = one.append(Matter::new(5).register()).await.unwrap_err();
        assert!(matches!(refused, AppendError::Stopped(_)), "{refused:?}");
        assert!(one.failure().is_some());
        other.append(Matter::new(5).register()).await.unwrap();
        let again = connect(database).await;
        assert_eq!(again.derive_statistics("2", &derive).await.unwrap(), 0);
        again.append(Matter::new(6).register()).await.unwrap();
        is_whole(&again, 6).await;
        again.close().await;
    })
    .await;
}
