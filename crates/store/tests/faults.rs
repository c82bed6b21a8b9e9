//! What goes wrong below the store never leaves anything by halves, and is told apart by what follows from it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "whoever can't go on here must fail at once"
)]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use huiyin_store::{AppendError, Store, WriteError};
use support::{Folder, Matter, at, case_id, change, open};
use tokio::task::JoinSet;

/// Tells a child which database to work on.
const DATABASE: &str = "HUIYIN_FAULTS_DATABASE";
/// Length up to which a child may write a file, in the blocks of 512 bytes that `ulimit` counts in.
const BLOCKS_MAX: u32 = 2048;
/// Cases that together need more than that.
const CASES_MANY: u64 = 400;

async fn is_intact(store: &Store, cases: u64) {
    let verified = store.verify(None).await.unwrap();
    assert!(verified.is_intact(), "{:?}", verified.findings);
    assert_eq!((verified.cases, verified.events), (cases, 5 * cases));
    let rebuilt = store.rebuild(&support::derive, false).await.unwrap();
    assert_eq!(rebuilt.differences, []);
}

/// The trigger breaks a constraint for one command of a batch that is otherwise written by one statement per table.
#[tokio::test]
async fn a_command_that_breaks_a_constraint_harms_no_neighbour() {
    let folder = Folder::new();
    let store = open(&folder.database()).await;
    let bad = case_id(7);
    change(
        &folder.database(),
        &format!(
            "CREATE TRIGGER refuse BEFORE INSERT ON outbox WHEN NEW.case_id = '{bad}' \
             BEGIN SELECT RAISE(ABORT, 'refused by the trigger'); END"
        ),
    )
    .await;
    let before = store.writer_stats().commits;
    let sent: Vec<_> = (1..=20)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move { store.append(Matter::new(number).register()).await })
        })
        .collect();
    let mut refused = Vec::new();
    let mut numbers = Vec::new();
    for (number, outcome) in (1..).zip(sent) {
        match outcome.await.unwrap() {
            Ok(appended) => numbers.push(appended.number.unwrap()),
            Err(error) => refused.push((number, error)),
        }
    }
    assert!(
        matches!(&refused[..], [(7, AppendError::Database(reason))] if reason.contains("refused by the trigger")),
        "{refused:?}"
    );
    assert!(
        store.writer_stats().commits - before < 19,
        "no batch was shared"
    );
    let without_gap: Vec<_> = (1..=19)
        .map(|serial| format!("HY2611{serial:04}"))
        .collect();
    numbers.sort();
    assert_eq!(numbers, without_gap);
    assert_eq!(store.load(bad).await.unwrap(), []);
    is_intact(&store, 19).await;

    change(&folder.database(), "DROP TRIGGER refuse").await;
    assert_eq!(store.failure(), None);
    let appended = store.append(Matter::new(7).register()).await.unwrap();
    assert_eq!(appended.number.as_deref(), Some("HY26110020"));
    is_intact(&store, 20).await;
}

/// A test of this binary that does nothing unless it is run by another one, as a process in which the operating system
/// fails every write that would make a file longer than its limit.
fn run_limited(child: &str, database: &Path) {
    let limited = format!("trap '' XFSZ; ulimit -f {BLOCKS_MAX}; exec \"$0\" \"$@\"");
    let output = Command::new("sh")
        .args(["-c", &limited])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", child])
        .env(DATABASE, database)
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}");
    assert!(printed.contains("1 passed"), "{printed}");
}

/// The database to work on, if this process is a child.
fn childs_database() -> Option<PathBuf> {
    std::env::var_os(DATABASE).map(PathBuf::from)
}

/// Where a child leaves how many cases were acknowledged.
fn journal(database: &Path) -> PathBuf {
    database.with_extension("acknowledged")
}

/// After a write failed for `reason`, nothing more is taken, not even what needs no room; reads go on.
async fn writes_no_more(store: &Store, reason: &str, cases: u64) {
    assert!(reason.contains("disk I/O error"), "{reason}");
    assert_eq!(store.failure().as_deref(), Some(reason));
    for number in [1, cases + 1] {
        let refused = store.append(Matter::new(number).register()).await;
        assert_eq!(refused, Err(AppendError::Stopped(reason.into())));
    }
    let erased = store.erase_case(case_id(1), at(1)).await;
    assert!(matches!(erased, Err(WriteError::Stopped(_))), "{erased:?}");
    is_intact(store, cases).await;
}

#[tokio::test]
async fn child_that_registers_until_a_write_fails() {
    let Some(database) = childs_database() else {
        return;
    };
    let store = open(&database).await;
    let mut acknowledged = 0;
    let failed = loop {
        match store.append(Matter::new(acknowledged + 1).register()).await {
            Ok(_) => acknowledged += 1,
            Err(failed) => break failed,
        }
        assert!(acknowledged < CASES_MANY, "no write has failed");
    };
    let AppendError::Stopped(reason) = failed else {
        panic!("{failed}")
    };
    writes_no_more(&store, &reason, acknowledged).await;
    std::fs::write(journal(&database), acknowledged.to_string()).unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn after_a_failed_commit_nothing_is_written_until_the_next_start() {
    let folder = Folder::new();
    let database = folder.database();
    run_limited("child_that_registers_until_a_write_fails", &database);
    let acknowledged = std::fs::read_to_string(journal(&database)).unwrap();
    let acknowledged: u64 = acknowledged.parse().unwrap();
    assert!(acknowledged > 0);

    let store = open(&database).await;
    is_intact(&store, acknowledged).await;
    let next = Matter::new(acknowledged + 1).register();
    store.append(next).await.unwrap();
    is_intact(&store, acknowledged + 1).await;
}

#[tokio::test]
async fn child_that_compacts() {
    let Some(database) = childs_database() else {
        return;
    };
    let store = open(&database).await;
    let Err(WriteError::Stopped(reason)) = store.compact().await else {
        panic!("the database was compacted beyond the limit")
    };
    writes_no_more(&store, &reason, CASES_MANY).await;
}

#[cfg(unix)]
#[tokio::test]
async fn after_a_failed_compaction_nothing_is_written_until_the_next_start() {
    let folder = Folder::new();
    let database = folder.database();
    let store = open(&database).await;
    let mut sent = JoinSet::new();
    for number in 1..=CASES_MANY {
        let store = store.clone();
        sent.spawn(async move { store.append(Matter::new(number).register()).await.unwrap() });
    }
    sent.join_all().await;
    store.close().await;
    run_limited("child_that_compacts", &database);

    let store = open(&database).await;
    is_intact(&store, CASES_MANY).await;
    store.compact().await.unwrap();
    is_intact(&store, CASES_MANY).await;
}
