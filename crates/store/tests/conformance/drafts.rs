//! Drafts of policies.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use std::collections::BTreeMap;

use huiyin_policy::model::{ClauseId, PolicyId};
use huiyin_store::{
    AccountId, DraftAnswer, DraftChange, DraftComment, DraftConsent, DraftEnd, DraftId,
    PolicyDraft, PolicyVersion, Store, WriteError, policy_files_hash,
};
use uuid::Uuid;

use crate::support::{at, person_id};

fn files(text: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("policy.yaml".to_owned(), text.to_owned())])
}

fn general() -> PolicyId {
    PolicyId::new("general")
}

async fn drafted(store: &Store) -> DraftId {
    let id = DraftId::new(Uuid::from_u128(1));
    let by = (person_id(1), at(0));
    store
        .add_policy_draft(id, &general(), &files("一"), by)
        .await
        .unwrap();
    id
}

async fn read(store: &Store, id: DraftId) -> PolicyDraft {
    store.policy_draft(id).await.unwrap().unwrap()
}

fn replaced(text: &str) -> DraftChange {
    DraftChange::Replace {
        files: files(text),
        by: person_id(2),
        at: at(1),
    }
}

pub async fn a_draft_is_changed_on_the_state_it_was_thought_of(store: &Store) {
    let id = drafted(store).await;
    let (files_one, by) = (files("一"), (person_id(1), at(0)));
    let again = store.add_policy_draft(id, &general(), &files_one, by).await;
    assert!(matches!(again, Err(WriteError::Duplicate)));
    store
        .change_policy_draft(id, 1, replaced("二"))
        .await
        .unwrap();
    let late = store.change_policy_draft(id, 1, replaced("三")).await;
    assert!(matches!(late, Err(WriteError::Unmet)));
    let draft = PolicyDraft {
        id,
        policy: general(),
        files: files("二"),
        files_hash: policy_files_hash(&files("二")),
        revision: 2,
        drafted_by: person_id(1),
        drafted_at: at(0),
        changed_by: person_id(2),
        changed_at: at(1),
        ended: None,
    };
    assert_eq!(read(store, id).await, draft);
    let end = DraftEnd {
        version: None,
        by: person_id(3),
        at: at(2),
    };
    let withdraw = DraftChange::Withdraw(end.clone());
    store.change_policy_draft(id, 2, withdraw).await.unwrap();
    let after = store.change_policy_draft(id, 3, replaced("四")).await;
    assert!(matches!(after, Err(WriteError::Unmet)), "it has ended");
    let ended = PolicyDraft {
        revision: 3,
        ended: Some(end),
        ..draft
    };
    assert_eq!(store.policy_drafts().await.unwrap(), [ended]);
    let nothing = DraftId::new(Uuid::from_u128(9));
    assert_eq!(store.policy_draft(nothing).await.unwrap(), None);
}

pub async fn what_is_said_of_a_draft_is_read_back(store: &Store) {
    let id = drafted(store).await;
    let hash = policy_files_hash(&files("一"));
    let comment = |number, clause: Option<&str>| DraftComment {
        number,
        by: person_id(2),
        at: at(1),
        clause: clause.map(ClauseId::new),
        text: "太短".to_owned(),
        files_hash: hash,
    };
    let comments = [comment(1, None), comment(2, Some("P1.8"))];
    for (revision, one) in (1..).zip(comments.clone()) {
        let said = DraftChange::Comment(one);
        store.change_policy_draft(id, revision, said).await.unwrap();
    }
    let twice = DraftChange::Comment(comment(2, None));
    let twice = store.change_policy_draft(id, 3, twice).await;
    assert!(matches!(twice, Err(WriteError::Duplicate)));
    let ask = |people: Vec<_>, second| DraftChange::Ask {
        people,
        by: person_id(1),
        at: at(second),
    };
    let both = vec![person_id(2), person_id(3)];
    let asked = ask(vec![person_id(2)], 2);
    store.change_policy_draft(id, 3, asked).await.unwrap();
    store
        .change_policy_draft(id, 4, ask(both, 3))
        .await
        .unwrap();
    let answer = DraftAnswer {
        consents: false,
        reason: "做不到".to_owned(),
        at: at(4),
        files_hash: hash,
    };
    let answered = DraftChange::Answer(person_id(3), answer.clone());
    store.change_policy_draft(id, 5, answered).await.unwrap();
    let unasked = DraftChange::Answer(person_id(4), answer.clone());
    let unasked = store.change_policy_draft(id, 6, unasked).await;
    assert!(matches!(unasked, Err(WriteError::Unmet)));
    assert_eq!(read(store, id).await.revision, 6, "nothing of it was kept");
    assert_eq!(store.draft_comments(id).await.unwrap(), comments);
    let consent = |person, second, answer| DraftConsent {
        person: person_id(person),
        asked_by: person_id(1),
        asked_at: at(second),
        answer,
    };
    assert_eq!(
        store.draft_consents(id).await.unwrap(),
        [consent(2, 2, None), consent(3, 3, Some(answer))]
    );
}

pub async fn a_draft_is_published_with_its_version_or_not_at_all(store: &Store) {
    let id = drafted(store).await;
    let version = PolicyVersion {
        policy: general(),
        version: 1,
        files: files("一"),
        effective_on: jiff::civil::date(2026, 12, 1),
        published_by: AccountId::new(Uuid::from_u128(1)),
        published_at: at(5),
        adoption: None,
    };
    let publish = |number| {
        let version = PolicyVersion {
            version: number,
            ..version.clone()
        };
        let end = DraftEnd {
            version: Some(number),
            by: person_id(1),
            at: at(5),
        };
        DraftChange::Publish(vec![version], None, end)
    };
    let there = std::slice::from_ref(&version);
    store.publish_policies(there, None).await.unwrap();
    let taken = store.change_policy_draft(id, 1, publish(1)).await;
    assert!(matches!(taken, Err(WriteError::Duplicate)), "{taken:?}");
    assert_eq!(read(store, id).await.ended, None);
    let late = store.change_policy_draft(id, 2, publish(2)).await;
    assert!(matches!(late, Err(WriteError::Unmet)), "{late:?}");
    assert_eq!(store.policies().await.unwrap().len(), 1);
    store.change_policy_draft(id, 1, publish(2)).await.unwrap();
    assert_eq!(read(store, id).await.ended.unwrap().version, Some(2));
    assert_eq!(store.policies().await.unwrap().len(), 2);
}
