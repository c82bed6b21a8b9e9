//! What a thief of the files can read.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "whoever can't go on here must fail at once"
)]

mod support;

use std::path::Path;

use huiyin_store::{AppendError, MasterKey, OpenError, Options, Store};
use support::{Folder, Matter, SEGMENTER, at, case_id, open, party_id, stage};

/// How often a text stands in the database and its log.
fn hits(database: &Path, text: &str) -> usize {
    let folder = database.parent().unwrap();
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    files
        .map(|bytes| {
            bytes
                .windows(text.len())
                .filter(|window| *window == text.as_bytes())
                .count()
        })
        .sum()
}

/// A matter with words that stand nowhere else.
fn planted(number: u64) -> Matter {
    Matter {
        subject: format!("龘靐{number:04}饕餮"),
        content: format!("齉齾{number:04}爨癵"),
        name: format!("欧阳麤{number:04}"),
        phone: format!("1391234{number:04}"),
        ..Matter::new(number)
    }
}

#[tokio::test]
async fn names_phones_and_notes_are_nowhere_in_the_files() {
    let folder = Folder::new();
    let store = open(&folder.database()).await;
    for number in 1..=40 {
        let appended = store.append(planted(number).register()).await.unwrap();
        let note = planted(number).note(
            5,
            appended.number.as_deref().unwrap(),
            &format!("密码箱{number:04}"),
            &format!("n{number}"),
        );
        store.append(note).await.unwrap();
    }
    // The common beginnings of all that was planted: one search for each finds any of it.
    for secret in ["欧阳麤", "1391234", "密码箱"] {
        assert_eq!(hits(&folder.database(), secret), 0, "{secret}");
    }
    // The readable copy stands in the work list, where it can be deleted.
    assert!(hits(&folder.database(), &planted(7).subject) > 0);
    store.close().await;
    assert_eq!(hits(&folder.database(), "欧阳麤"), 0);
}

#[tokio::test]
async fn neither_bytes_nor_names_of_attachments_are_in_the_files() {
    let folder = Folder::new();
    let store = open(&folder.database()).await;
    for number in 1..=10 {
        let appended = store.append(planted(number).register()).await.unwrap();
        let bytes = "欧阳麤的录音".repeat(30_000);
        let staged = stage(&store, number, number, bytes.as_bytes()).await;
        let attach =
            planted(number).attach(5, &appended.number.unwrap(), &staged, &format!("a{number}"));
        store.append(attach).await.unwrap();
        // What is only staged is no more readable.
        stage(&store, number, 100 + number, bytes.as_bytes()).await;
    }
    for secret in ["欧阳麤", "照片.jpg"] {
        assert_eq!(hits(&folder.database(), secret), 0, "{secret}");
    }
    store.close().await;
    assert_eq!(hits(&folder.database(), "欧阳麤"), 0);
}

#[tokio::test]
async fn what_was_erased_is_gone_from_the_files_and_the_history() {
    let folder = Folder::new();
    let store = open(&folder.database()).await;
    for number in 1..=20 {
        store.append(planted(number).register()).await.unwrap();
    }
    let before = store.load(case_id(7)).await.unwrap();
    for number in 1..=20 {
        store.erase_case(case_id(number), at(1)).await.unwrap();
        store.erase_party(party_id(number), at(1)).await.unwrap();
    }
    store.compact().await.unwrap();
    for gone in ["龘靐", "饕餮", "齉齾", "爨癵", "欧阳", "1391234", "王**"] {
        assert_eq!(hits(&folder.database(), gone), 0, "{gone}");
    }
    let after = store.load(case_id(7)).await.unwrap();
    assert_eq!(after.len(), before.len());
    assert!(!format!("{after:?}").contains("龘靐") && !format!("{after:?}").contains("欧阳"));
    assert_eq!(after[1..], before[1..]);
    let late = planted(7).note(5, "HY26110007", "late", "late");
    assert_eq!(store.append(late).await, Err(AppendError::Erased));
    store.close().await;
    // Neither do the files hold a key that opens it.
    let reopened = open(&folder.database()).await;
    assert_eq!(reopened.load(case_id(7)).await.unwrap(), after);
}

#[tokio::test]
async fn a_wrong_master_key_is_refused_at_once() {
    let folder = Folder::new();
    open(&folder.database()).await.close().await;
    let opened = Store::open(
        &folder.database(),
        &MasterKey::new([1; 32]),
        Options::new(SEGMENTER),
    )
    .await;
    assert!(matches!(opened, Err(OpenError::WrongMasterKey)));
}
