//! The bytes of attachments.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use huiyin_case::id::{CaseId, FileId};
use huiyin_store::{AppendError, FileChange, FileError, Staged, Store, WriteError};

use crate::support::{Matter, at, attached, case_id, event, file_id, stage};

/// Bytes sealed together.
const PIECE: usize = 256 * 1024;

fn bytes(length: usize) -> Vec<u8> {
    (0..=250).cycle().take(length).collect()
}

async fn register(store: &Store, number: u64) -> String {
    let appended = store.append(Matter::new(number).register()).await.unwrap();
    appended.number.unwrap()
}

async fn read(store: &Store, case: CaseId, file: FileId) -> Option<Vec<u8>> {
    let mut reader = store.open_file(case, file).await.unwrap()?;
    let mut all = Vec::new();
    while let Some(some) = reader.next().await.unwrap() {
        all.extend(some);
    }
    assert_eq!(u64::try_from(all.len()).unwrap(), reader.bytes());
    Some(all)
}

async fn is_whole(store: &Store, attachments: u64) {
    let verified = store.verify(None).await.unwrap();
    assert!(verified.is_intact(), "{:?}", verified.findings);
    assert_eq!(verified.attachments, attachments);
}

pub async fn bytes_of_every_length_come_back(store: &Store) {
    let number = register(store, 1).await;
    let mut seq = 5;
    for length in [1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 5 * PIECE + 7] {
        let file = u64::from(seq);
        let staged = stage(store, 1, file, &bytes(length)).await;
        assert_eq!(staged.bytes, u64::try_from(length).unwrap());
        let attach = Matter::new(1).attach(seq, &number, &staged, &format!("a{seq}"));
        seq = store.append(attach).await.unwrap().seq;
        let kept = read(store, case_id(1), file_id(file)).await;
        assert!(kept == Some(bytes(length)), "{length}");
    }
    is_whole(store, 6).await;
}

pub async fn a_file_counts_from_its_event_on(store: &Store) {
    let number = register(store, 1).await;
    let kept = stage(store, 1, 1, b"kept").await;
    let left = stage(store, 1, 2, b"left").await;
    let broken = store.stage_file(case_id(1), file_id(3), at(0)).await;
    let mut broken = broken.unwrap();
    assert_eq!(read(store, case_id(1), kept.file).await, None);
    let attach = Matter::new(1).attach(5, &number, &kept, "a");
    store.append(attach).await.unwrap();
    assert_eq!(store.sweep_files(at(0)).await.unwrap(), 0);
    assert_eq!(store.sweep_files(at(1)).await.unwrap(), 2);
    assert_eq!(
        read(store, case_id(1), kept.file).await,
        Some(b"kept".to_vec())
    );
    // What was swept takes nothing in any more, and no event can tell of it.
    broken.write(&bytes(PIECE + 1)).await.unwrap_err();
    assert!(matches!(
        broken.finish().await,
        Err(FileError::Write(WriteError::Unmet))
    ));
    let late = Matter::new(1).attach(6, &number, &left, "late");
    assert!(matches!(
        store.append(late).await,
        Err(AppendError::Database(_))
    ));
    // Discarding takes what is staged, never what is kept.
    store.discard_file(kept.file).await.unwrap();
    assert_eq!(
        read(store, case_id(1), kept.file).await,
        Some(b"kept".to_vec())
    );
    is_whole(store, 1).await;
}

pub async fn an_event_without_its_file_harms_no_neighbour(store: &Store) {
    let number = register(store, 1).await;
    let staged = stage(store, 1, 1, b"bytes").await;
    let absent = Staged {
        file: file_id(9),
        ..staged
    };
    let of_another = Staged {
        file: file_id(1),
        ..staged
    };
    let other = register(store, 2).await;
    let appends = [
        Matter::new(1).attach(5, &number, &absent, "absent"),
        Matter::new(2).attach(5, &other, &of_another, "of another"),
        Matter::new(3).register(),
    ];
    let tasks = appends.map(|append| {
        let store = store.clone();
        tokio::spawn(async move { store.append(append).await })
    });
    let [absent, of_another, neighbour] = tasks;
    assert!(absent.await.unwrap().is_err());
    assert!(of_another.await.unwrap().is_err());
    assert!(neighbour.await.unwrap().is_ok());
    assert_eq!(store.load(case_id(1)).await.unwrap().len(), 5);
}

pub async fn the_same_bytes_are_one_file_within_a_case_only(store: &Store) {
    let number = register(store, 1).await;
    register(store, 2).await;
    let first = stage(store, 1, 1, b"same").await;
    assert_eq!(store.same_file(&first).await.unwrap(), None);
    let attach = Matter::new(1).attach(5, &number, &first, "a");
    store.append(attach).await.unwrap();
    let again = stage(store, 1, 2, b"same").await;
    let elsewhere = stage(store, 2, 3, b"same").await;
    let different = stage(store, 1, 4, b"other").await;
    assert_eq!(store.same_file(&again).await.unwrap(), Some(first));
    assert_eq!(again.address, first.address);
    assert_ne!((again.file, again.hash), (first.file, first.hash));
    assert_eq!(store.same_file(&elsewhere).await.unwrap(), None);
    assert_ne!(elsewhere.address, first.address);
    assert_eq!(store.same_file(&different).await.unwrap(), None);
    // Kept twice it would be two: the second is refused as if the case had changed.
    let twice = Matter::new(1).attach(6, &number, &again, "b");
    assert_eq!(store.append(twice).await, Err(AppendError::Conflict));
}

pub async fn what_is_dropped_or_erased_is_gone(store: &Store) {
    let number = register(store, 1).await;
    let one = stage(store, 1, 1, b"one").await;
    let two = stage(store, 1, 2, b"two").await;
    let mut both = Matter::new(1).attach(5, &number, &one, "a");
    both.events.push(event(attached(&two)));
    both.files.push(FileChange::Keep(two.file));
    store.append(both).await.unwrap();
    is_whole(store, 2).await;
    let detach = Matter::new(1).detach(7, &number, 6, one.file, "b");
    store.append(detach).await.unwrap();
    assert_eq!(read(store, case_id(1), one.file).await, None);
    assert!(read(store, case_id(1), two.file).await.is_some());
    is_whole(store, 1).await;
    store.erase_case(case_id(1), at(1)).await.unwrap();
    assert!(read(store, case_id(1), two.file).await.is_none());
    is_whole(store, 0).await;
    let late = store.stage_file(case_id(1), file_id(5), at(2)).await;
    assert!(late.is_err_and(|failed| failed.is_erased()));
}
