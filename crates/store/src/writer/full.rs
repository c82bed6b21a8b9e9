//! A full disk. SQLite's limit on pages stands in for it: the error is the one that a write without room ends with.

use std::collections::BTreeSet;

use crate::append::AppendError;
use crate::support::{Folder, Matter, at, case_id, derive, open};
use crate::writer::{AuditEntry, WriteError};
use crate::{Access, Store};

/// As many pages as the database has: it is never made smaller than it is.
const NO_ROOM: &str = "PRAGMA max_page_count = 1";
const ROOM: &str = "PRAGMA max_page_count = 1000000";
const WAITING: u64 = 20;

fn entry() -> AuditEntry {
    AuditEntry {
        at: at(1),
        account: None,
        action: "sign_in".to_owned(),
        case: None,
        verdict: "denied".to_owned(),
        detail: "x".repeat(65_536),
    }
}

async fn is_whole(store: &Store, cases: u64) {
    let verified = store.verify(None).await.unwrap();
    assert!(verified.is_intact(), "{:?}", verified.findings);
    assert_eq!((verified.cases, verified.events), (cases, 5 * cases));
    assert_eq!(store.rebuild(&derive, false).await.unwrap().differences, []);
}

/// Registers cases from `first` on until there is no room for another; the number of that one.
async fn fill(store: &Store, first: u64) -> u64 {
    for number in first.. {
        match store.append(Matter::new(number).register()).await {
            Ok(_) => {}
            Err(AppendError::Full) => return number,
            Err(other) => panic!("case {number}: {other}"),
        }
    }
    unreachable!("there is an end to every room")
}

#[tokio::test]
async fn a_full_disk_refuses_whole_commands_and_writing_goes_on_once_there_is_room() {
    let folder = Folder::new();
    let store = open(&folder.database()).await;
    store.append(Matter::new(1).register()).await.unwrap();
    store.write_alone(NO_ROOM).await.unwrap();
    let refused = fill(&store, 2).await;
    let kept = refused - 1;
    assert!(matches!(store.audit(entry()).await, Err(WriteError::Full)));

    // Reads go on, and show nothing of what was refused.
    assert_eq!(store.failure(), None);
    assert_eq!(*store.position().borrow(), i64::try_from(5 * kept).unwrap());
    assert_eq!(store.load(case_id(refused)).await.unwrap(), []);
    let row = store.case_row(&Access::All, case_id(refused)).await;
    assert_eq!(row.unwrap(), None);
    let key = format!("register-{refused}");
    assert_eq!(store.kept_reply("account-1", &key).await.unwrap(), None);
    is_whole(&store, kept).await;

    // The same commands, sent again together, take effect once there is room.
    let sent = |store: &Store| -> Vec<_> {
        let append = |number| {
            let store = store.clone();
            tokio::spawn(async move { store.append(Matter::new(number).register()).await })
        };
        (refused..refused + WAITING).map(append).collect()
    };
    for outcome in sent(&store) {
        assert_eq!(outcome.await.unwrap(), Err(AppendError::Full));
    }
    store.write_alone(ROOM).await.unwrap();
    let mut numbers = BTreeSet::new();
    for outcome in sent(&store) {
        numbers.insert(outcome.await.unwrap().unwrap().number.unwrap());
    }
    let without_gap: BTreeSet<_> = (refused..refused + WAITING)
        .map(|serial| format!("HY2611{serial:04}"))
        .collect();
    assert_eq!(numbers, without_gap);
    assert_eq!(store.audit(entry()).await.unwrap(), 1);
    is_whole(&store, kept + WAITING).await;
}
