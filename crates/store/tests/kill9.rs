//! Killed at any moment, the store loses nothing it acknowledged, holds nothing by halves, and does nothing twice.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "whoever can't go on here must fail at once"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use huiyin_store::{AppendError, Store};
use support::{Folder, Matter, case_id, derive, open};

/// Tells the child which database to fill and from which case on.
const DATABASE: &str = "HUIYIN_KILL9_DATABASE";
const FROM: &str = "HUIYIN_KILL9_FROM";
const WRITERS: u64 = 50;
const KILLS: u64 = 20;

#[test]
fn the_child_registers_cases_until_it_is_killed() {
    let (Some(database), Some(from)) = (std::env::var_os(DATABASE), std::env::var_os(FROM)) else {
        return;
    };
    let next = Arc::new(AtomicU64::new(from.to_str().unwrap().parse().unwrap()));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = open(Path::new(&database)).await;
        let mut writers = tokio::task::JoinSet::new();
        for _ in 0..WRITERS {
            let (store, next) = (store.clone(), Arc::clone(&next));
            writers.spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let appended = store.append(Matter::new(number).register()).await.unwrap();
                    println!("ack {number} {}", appended.number.unwrap());
                }
            });
        }
        let ended = writers.join_next().await;
        panic!("a writer ended: {ended:?}");
    });
}

/// The acknowledgements, kept by a process that lives on: on disk before anything else is done.
struct Journal {
    path: PathBuf,
    file: File,
}

impl Journal {
    fn create(path: PathBuf) -> Journal {
        let file = File::create(&path).unwrap();
        Journal { path, file }
    }

    /// Notes the acknowledgement in a line that a child printed, if it holds a whole one.
    fn note(&mut self, line: &str) -> bool {
        let ack = line.split_once("ack ").map(|(_, ack)| ack);
        let Some((number, case_number)) = ack.and_then(|ack| ack.split_once(' ')) else {
            return false;
        };
        // The last line of a killed child may be cut short.
        if case_number.len() != "HY26110001".len() {
            return false;
        }
        writeln!(self.file, "{number} {case_number}").unwrap();
        self.file.sync_data().unwrap();
        true
    }

    /// Which cases were acknowledged, under which number.
    fn read(&self) -> BTreeMap<u64, String> {
        let text = std::fs::read_to_string(&self.path).unwrap();
        let acks = text.lines().map(|line| line.split_once(' ').unwrap());
        acks.map(|(number, case_number)| (number.parse().unwrap(), case_number.to_owned()))
            .collect()
    }
}

/// Starts a child and kills it after so many acknowledgements.
fn run_until_the_kill(database: &Path, from: u64, acks: u64, journal: &mut Journal) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "the_child_registers_cases_until_it_is_killed",
            "--nocapture",
        ])
        .env(DATABASE, database)
        .env(FROM, from.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut noted = 0;
    while noted < acks {
        noted += u64::from(journal.note(&lines.next().unwrap().unwrap()));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What it had said before it died counts as well.
    for line in lines.map_while(Result::ok) {
        journal.note(&line);
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_and_nothing_is_there_by_halves_or_twice() {
    let folder = Folder::new();
    let mut journal = Journal::create(folder.path().join("journal"));
    let mut from = 1;
    let mut random = 20_261_121_u64;
    for _ in 0..KILLS {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let acks = (random >> 33) % 30 + 1;
        run_until_the_kill(&folder.database(), from, acks, &mut journal);

        let store = open(&folder.database()).await;
        let acknowledged = journal.read().split_off(&from);
        for (number, case_number) in &acknowledged {
            assert_eq!(
                store.case_by_number(case_number).await.unwrap(),
                Some(case_id(*number))
            );
        }
        // Everything that may have been under way is sent again with the same keys.
        let last = acknowledged.last_key_value().unwrap().0 + WRITERS;
        let sent: Vec<_> = (from..=last)
            .map(|number| {
                let store = store.clone();
                let append = Matter::new(number).register();
                (
                    number,
                    tokio::spawn(async move { store.append(append).await }),
                )
            })
            .collect();
        for (number, answer) in sent {
            match answer.await.unwrap() {
                Ok(_) => assert!(
                    !acknowledged.contains_key(&number),
                    "case {number} was lost"
                ),
                Err(AppendError::Replayed(_)) => {}
                Err(other) => panic!("case {number}: {other}"),
            }
        }
        store.close().await;
        from = last + 1;
    }
    // What a kill left by halves would still be so, because nothing later touches it.
    check(&open(&folder.database()).await, from - 1).await;
}

async fn check(store: &Store, cases: u64) {
    let verified = store.verify(None).await.unwrap();
    assert!(verified.is_intact(), "{:?}", verified.findings);
    assert_eq!((verified.cases, verified.events), (cases, 5 * cases));
    let rebuilt = store.rebuild(&derive, false).await.unwrap();
    assert_eq!((rebuilt.cases, rebuilt.differences), (cases, Vec::new()));
    let mut numbers = BTreeSet::new();
    for number in 1..=cases {
        let case = store
            .case_row(&huiyin_store::Access::All, case_id(number))
            .await
            .unwrap()
            .unwrap();
        numbers.insert(case.number.unwrap());
    }
    let without_gap: BTreeSet<String> = (1..=cases)
        .map(|serial| format!("HY2611{serial:04}"))
        .collect();
    assert_eq!(numbers, without_gap);
}
