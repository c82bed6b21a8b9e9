//! What was done to the log behind the store's back is found.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "whoever can't go on here must fail at once"
)]

mod support;

use huiyin_store::{AuditEntry, Finding, MalformedCheckpoint, Store};
use support::{Folder, Matter, at, case_id, change, open, party_id};

/// Six cases with notes and audit entries; sealed twice. The last case and audit entry are not sealed.
async fn fill(store: &Store) -> String {
    for number in 1..=5 {
        store.append(Matter::new(number).register()).await.unwrap();
    }
    audit(store, 1).await;
    store.seal(at(10)).await.unwrap().unwrap();
    for number in 1..=4 {
        let matter = Matter::new(number);
        store
            .append(matter.note(
                5,
                &format!("HY2611000{number}"),
                "later",
                &format!("note-{number}"),
            ))
            .await
            .unwrap();
    }
    audit(store, 2).await;
    let note = store.seal(at(20)).await.unwrap().unwrap();
    store.append(Matter::new(6).register()).await.unwrap();
    audit(store, 3).await;
    note
}

async fn audit(store: &Store, number: i64) {
    let entry = AuditEntry {
        at: at(number),
        account: Some("account".to_owned()),
        action: "open_identity".to_owned(),
        case: Some(case_id(1)),
        verdict: "allowed".to_owned(),
        detail: "P6.12".to_owned(),
    };
    store.audit(entry).await.unwrap();
}

#[tokio::test]
async fn an_intact_log_verifies_also_after_erasure() {
    let folder = Folder::new();
    let store = open(&folder.database()).await;
    let note = fill(&store).await;
    let verified = store.verify(Some(&note)).await.unwrap();
    assert!(verified.is_intact(), "{:?}", verified.findings);
    assert_eq!(
        (
            verified.events,
            verified.cases,
            verified.leaves,
            verified.audits
        ),
        (34, 6, 11, 3)
    );
    store.erase_case(case_id(1), at(30)).await.unwrap();
    store.erase_party(party_id(1), at(30)).await.unwrap();
    assert!(store.verify(Some(&note)).await.unwrap().is_intact());
    assert_eq!(
        store.seal(at(40)).await.unwrap(),
        store.seal(at(50)).await.unwrap()
    );
    assert!(store.verify(Some(&note)).await.unwrap().is_intact());
}

#[tokio::test]
async fn every_kind_of_tampering_is_found() {
    let folder = Folder::new();
    let base = folder.path().join("base.db");
    let store = open(&base).await;
    let note = fill(&store).await;
    store.close().await;

    let mut mutations: Vec<String> = Vec::new();
    let columns = [
        "case_id = '01930000-0000-7000-8000-0000000000ff'",
        "seq = seq + 100",
        "type = 'case_accepted.v1'",
        "actor = NULL",
        "occurred_at_us = occurred_at_us - 1",
        "recorded_at_us = recorded_at_us + 1",
        "body = body || ' '",
        "party_id = NULL",
        "sealed = CAST(sealed || x'00' AS BLOB)",
        "sealed = NULL",
        "sealed_party = NULL",
        "leaf = zeroblob(32)",
        "chain = zeroblob(32)",
        "position = position + 1000",
    ];
    // The first event of a case, a note that ends one, and an event after the last checkpoint.
    for position in [6, 27, 30] {
        // A note holds nothing personal that could be taken out.
        let applies = columns
            .into_iter()
            .filter(|column| position != 27 || !column.contains("party"));
        mutations.extend(
            applies.map(|column| format!("UPDATE events SET {column} WHERE position = {position}")),
        );
        mutations.push(format!("DELETE FROM events WHERE position = {position}"));
    }
    mutations.extend(
        [
            "DELETE FROM events WHERE case_id = (SELECT case_id FROM events WHERE position = 1)",
            "DELETE FROM events WHERE position > 20",
            "UPDATE events SET position = 999 WHERE position = 2; UPDATE events SET position = 2 WHERE position = 7; \
             UPDATE events SET position = 7 WHERE position = 999",
            "UPDATE events SET seq = 99 WHERE position = 2; UPDATE events SET seq = 2 WHERE position = 3; \
             UPDATE events SET seq = 3 WHERE seq = 99",
            "UPDATE audits SET verdict = 'denied' WHERE position = 2",
            "UPDATE audits SET account = NULL WHERE position = 1",
            "UPDATE audits SET at_us = 0 WHERE position = 3",
            "DELETE FROM audits WHERE position = 2",
            "DELETE FROM audits WHERE position >= 2",
            "UPDATE merkle_leaves SET seq = 1 WHERE leaf_index = 2",
            "UPDATE merkle_leaves SET chain = zeroblob(32) WHERE leaf_index = 2",
            "DELETE FROM merkle_leaves WHERE leaf_index = 2",
            "DELETE FROM merkle_leaves WHERE leaf_index = 10",
            "UPDATE checkpoints SET position = 3 WHERE size = 11",
            "UPDATE checkpoints SET note = replace(note, 'position 29', 'position 19')",
            "DELETE FROM checkpoints WHERE size = 11",
            // All that came after the first checkpoint is cut off, and its traces with it.
            "DELETE FROM checkpoints WHERE size = 11; DELETE FROM merkle_leaves WHERE leaf_index >= 6; \
             DELETE FROM events WHERE position > 25; DELETE FROM audits WHERE position > 1",
            "DELETE FROM checkpoints; DELETE FROM merkle_leaves; DELETE FROM merkle_nodes",
        ]
        .map(str::to_owned),
    );
    for (number, sql) in mutations.iter().enumerate() {
        let database = folder.path().join(format!("mutation-{number}.db"));
        std::fs::copy(&base, &database).unwrap();
        assert!(change(&database, sql).await > 0, "{sql}");
        let store = open(&database).await;
        let verified = store.verify(Some(&note)).await.unwrap();
        assert!(!verified.is_intact(), "{sql}");
        store.close().await;
    }
}

#[tokio::test]
async fn a_forged_chain_is_found_by_the_tree() {
    let folder = Folder::new();
    let store = open(&folder.database()).await;
    let note = fill(&store).await;
    // Another log with other texts: every chain in it is sound, and its own master key signs.
    let forged = open(&folder.path().join("forged.db")).await;
    for number in 1..=6 {
        let mut matter = Matter::new(number);
        "篡改".clone_into(&mut matter.subject);
        forged.append(matter.register()).await.unwrap();
    }
    forged.seal(at(10)).await.unwrap();
    let verified = forged.verify(Some(&note)).await.unwrap();
    assert!(
        verified
            .findings
            .iter()
            .any(|finding| matches!(finding, Finding::CutOff { .. } | Finding::Tree { .. }))
    );
    let garbled = forged.verify(Some("no note")).await.unwrap();
    assert_eq!(
        garbled.findings,
        [Finding::Checkpoint(MalformedCheckpoint::Form)]
    );
    assert!(store.checkpoint_key().starts_with("huiyin/log/"));
    assert_eq!(store.checkpoint().await.unwrap(), Some(note));
}

#[tokio::test]
async fn nothing_is_sealed_over_a_broken_tree() {
    let folder = Folder::new();
    let store = open(&folder.database()).await;
    fill(&store).await;
    change(
        &folder.database(),
        "UPDATE merkle_nodes SET hash = zeroblob(32) WHERE level = 3",
    )
    .await;
    assert!(matches!(
        store.seal(at(30)).await,
        Err(huiyin_store::SealError::Tree)
    ));
}
