//! What becomes of attachments' bytes when somebody is at the files, and when the process dies.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "whoever can't go on here must fail at once"
)]

mod support;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use huiyin_case::Recorded;
use huiyin_case::id::CaseId;
use huiyin_store::{CaseRow, Derived, Finding, Store};
use support::{Folder, Matter, at, case_id, change, file_id, open, stage};

const PIECE: usize = 256 * 1024;

/// A case with an attachment of three pieces, its event 6.
async fn fill(store: &Store) -> String {
    let appended = store.append(Matter::new(1).register()).await.unwrap();
    let number = appended.number.unwrap();
    let staged = stage(store, 1, 1, &vec![7; 2 * PIECE + 9]).await;
    let attach = Matter::new(1).attach(5, &number, &staged, "a");
    store.append(attach).await.unwrap();
    number
}

#[tokio::test]
async fn every_change_to_the_bytes_is_found() {
    let missing = Finding::AttachmentMissing {
        case: case_id(1),
        seq: 6,
    };
    let changed = Finding::AttachmentChanged {
        case: case_id(1),
        seq: 6,
    };
    for (sql, expected) in [
        (
            "UPDATE file_pieces SET sealed = CAST(substr(sealed, 1, 100) || x'00' || substr(sealed, 102) AS BLOB) WHERE piece = 1",
            &changed,
        ),
        ("UPDATE file_pieces SET piece = piece + 10", &changed),
        ("UPDATE file_pieces SET piece = 3 WHERE piece = 0", &changed),
        ("DELETE FROM file_pieces WHERE piece = 2", &changed),
        (
            "INSERT INTO file_pieces SELECT file_id, 3, sealed FROM file_pieces WHERE piece = 0",
            &changed,
        ),
        ("DELETE FROM file_pieces", &missing),
    ] {
        let folder = Folder::new();
        let store = open(&folder.database()).await;
        fill(&store).await;
        assert!(store.verify(None).await.unwrap().is_intact());
        assert!(change(&folder.database(), sql).await > 0, "{sql}");
        assert_eq!(
            store.verify(None).await.unwrap().findings,
            std::slice::from_ref(expected),
            "{sql}"
        );
        // Nothing of it is given out as if it were whole.
        if let Some(mut reader) = store.open_file(case_id(1), file_id(1)).await.unwrap() {
            let mut whole = true;
            loop {
                match reader.next().await {
                    Ok(Some(_)) => {}
                    Ok(None) => break,
                    Err(_) => {
                        whole = false;
                        break;
                    }
                }
            }
            assert!(!whole || sql.starts_with("INSERT"), "{sql}");
        }
        store.close().await;
    }
}

/// The rows of the registered case, whatever came after, with the file that was attached.
fn with_files(_: CaseId, history: &[Recorded]) -> Result<Derived, String> {
    let append = Matter::new(1).register();
    Ok(Derived {
        row: CaseRow {
            seq: history.last().unwrap().seq,
            number: Some("HY26110001".to_owned()),
            ..append.row
        },
        clocks: append.clocks,
        search: None,
        statistics: append.statistics,
        files: BTreeSet::from([file_id(1)]),
        merges: Vec::new(),
        vouchers: Vec::new(),
        charges: Vec::new(),
        customer_full_name: None,
    })
}

#[tokio::test]
async fn files_that_are_not_those_of_the_log_are_told() {
    let folder = Folder::new();
    let store = open(&folder.database()).await;
    fill(&store).await;
    let told = async |repair| -> Vec<String> {
        let rebuilt = store.rebuild(&with_files, repair).await.unwrap();
        let told = rebuilt.differences.into_iter();
        told.map(|difference| difference.what).collect()
    };
    assert_eq!(told(false).await, [""; 0]);
    let stray = format!(
        "INSERT INTO files SELECT '{}', case_id, sealed_key, x'00', 1, hash, NULL FROM files",
        file_id(8)
    );
    change(&folder.database(), &stray).await;
    assert_eq!(told(true).await, ["files of no attachment: 1"]);
    assert_eq!(told(false).await, [""; 0]);
    change(&folder.database(), "DELETE FROM files").await;
    assert_eq!(told(true).await, ["files of attachments are missing: 1"]);
    assert_eq!(told(false).await.len(), 1);
    store.erase_case(case_id(1), at(1)).await.unwrap();
    let erased = told(false).await;
    assert!(
        !erased.iter().any(|what| what.contains("files")),
        "{erased:?}"
    );
}

const DATABASE: &str = "HUIYIN_ATTACH_DATABASE";
const KILLS: u64 = 6;

#[test]
fn the_child_attaches_until_it_is_killed() {
    let Some(database) = std::env::var_os(DATABASE) else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = open(Path::new(&database)).await;
        let mut seq = store.load(case_id(1)).await.unwrap().last().unwrap().seq;
        loop {
            let file = u64::from(seq);
            let bytes = [&file.to_be_bytes()[..], &vec![1; PIECE]].concat();
            let staged = stage(&store, 1, file, &bytes).await;
            let attach = Matter::new(1).attach(seq, "HY26110001", &staged, &format!("a{seq}"));
            seq = store.append(attach).await.unwrap().seq;
            println!("ack {seq} .");
        }
    });
}

#[tokio::test]
async fn what_was_acknowledged_has_its_bytes_after_a_kill_and_the_rest_is_swept() {
    let folder = Folder::new();
    let store = open(&folder.database()).await;
    store.append(Matter::new(1).register()).await.unwrap();
    store.close().await;
    for kill in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "the_child_attaches_until_it_is_killed",
                "--nocapture",
            ])
            .env(DATABASE, folder.database())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let acknowledged = |line: &str| {
            let ack = line.split_once("ack ")?.1.strip_suffix(" .")?;
            ack.parse::<u32>().ok()
        };
        let mut acks = Vec::new();
        while u64::try_from(acks.len()).unwrap() < kill % 3 + 1 {
            acks.extend(acknowledged(&lines.next().unwrap().unwrap()));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        for line in lines.map_while(Result::ok) {
            acks.extend(acknowledged(&line));
        }
        let store = open(&folder.database()).await;
        let last = store.load(case_id(1)).await.unwrap().last().unwrap().seq;
        assert!(acks.iter().all(|&ack| ack <= last), "{acks:?} {last}");
        let verified = store.verify(None).await.unwrap();
        assert!(verified.is_intact(), "{:?}", verified.findings);
        assert_eq!(verified.attachments, u64::from(last - 5));
        store.sweep_files(at(1)).await.unwrap();
        assert_eq!(store.sweep_files(at(1)).await.unwrap(), 0);
        assert!(store.verify(None).await.unwrap().is_intact());
        store.close().await;
        let counted = "SELECT 1 FROM file_pieces WHERE file_id NOT IN (SELECT file_id FROM files)";
        let orphans = format!("DELETE FROM file_pieces WHERE EXISTS ({counted}) AND 1 = 1");
        assert_eq!(change(&folder.database(), &orphans).await, 0);
    }
}
