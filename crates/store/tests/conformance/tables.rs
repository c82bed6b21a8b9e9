//! The reference tables.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use std::collections::{BTreeMap, BTreeSet};

use huiyin_case::organisation::{Person, Unit};
use huiyin_policy::model::{PolicyId, PositionId};
use huiyin_store::{
    Access, Account, AccountId, AppendError, AuditEntry, Invitation, Ordered, PolicyAdoption,
    PolicyStop, PolicyVersion, Store, WriteError,
};
use uuid::Uuid;

use crate::support::{Matter, at, case_id, person_id, unit_id};

pub async fn the_organisation_is_read_back(store: &Store) {
    let root = Unit {
        name: "总部".to_owned(),
        parent: None,
        head: Some(person_id(1)),
        closed: false,
    };
    let mut shop = Unit {
        name: "一店".to_owned(),
        parent: Some(unit_id(1)),
        head: None,
        closed: false,
    };
    let mut person = Person {
        name: "李四".to_owned(),
        unit: unit_id(2),
        positions: BTreeSet::from([PositionId::new("clerk"), PositionId::new("head")]),
        active: true,
    };
    store.put_unit(unit_id(1), &root).await.unwrap();
    store.put_unit(unit_id(2), &shop).await.unwrap();
    store.put_person(person_id(1), &person).await.unwrap();
    "二店".clone_into(&mut shop.name);
    shop.closed = true;
    person.positions.pop_first();
    person.active = false;
    store.put_unit(unit_id(2), &shop).await.unwrap();
    store.put_person(person_id(1), &person).await.unwrap();
    let organisation = store.organisation().await.unwrap();
    assert_eq!(
        organisation.units,
        BTreeMap::from([(unit_id(1), root), (unit_id(2), shop)])
    );
    assert_eq!(
        organisation.persons,
        BTreeMap::from([(person_id(1), person)])
    );
}

fn account(number: u128, login: &str) -> Account {
    Account {
        id: AccountId::new(Uuid::from_u128(number)),
        login: login.to_owned(),
        person: Some(person_id(1)),
        roles: vec!["agent".to_owned(), "auditor".to_owned()],
        password_hash: "$argon2id$".to_owned(),
        active: true,
        created_at: at(0),
    }
}

pub async fn accounts_are_unique_by_login(store: &Store) {
    let mut one = account(1, "li");
    store.add_account(&one).await.unwrap();
    assert!(matches!(
        store.add_account(&account(2, "li")).await,
        Err(WriteError::Duplicate)
    ));
    store.add_account(&account(2, "an")).await.unwrap();
    assert_eq!(
        store.account_by_login("li").await.unwrap().as_ref(),
        Some(&one)
    );
    store
        .open_session(b"token", one.id, at(0), at(10))
        .await
        .unwrap();
    one.active = false;
    one.roles.clear();
    store.update_account(&one).await.unwrap();
    assert_eq!(store.session(b"token", at(1)).await.unwrap(), None);
    assert_eq!(store.account(one.id).await.unwrap().as_ref(), Some(&one));
    "an".clone_into(&mut one.login);
    assert!(matches!(
        store.update_account(&one).await,
        Err(WriteError::Duplicate)
    ));
    assert!(matches!(
        store.update_account(&account(9, "new")).await,
        Err(WriteError::Unmet)
    ));
    let logins: Vec<_> = store
        .accounts()
        .await
        .unwrap()
        .into_iter()
        .map(|account| account.login)
        .collect();
    assert_eq!(logins, ["an", "li"]);
}

pub async fn an_invitation_works_once(store: &Store) {
    let invitation = Invitation {
        person: person_id(7),
        roles: vec!["agent".to_owned()],
        expires_at: at(100),
    };
    store.add_invitation(b"link", &invitation).await.unwrap();
    assert_eq!(
        store.invitation(b"link", at(99)).await.unwrap(),
        Some(invitation)
    );
    assert_eq!(store.invitation(b"link", at(100)).await.unwrap(), None);
    assert_eq!(store.invitation(b"guess", at(1)).await.unwrap(), None);
    let accept = async |token: &[u8], number, seconds| {
        store
            .accept_invitation(
                token,
                &account(number, &format!("a{number}")),
                false,
                at(seconds),
            )
            .await
    };
    assert!(matches!(
        accept(b"guess", 1, 1).await,
        Err(WriteError::Unmet)
    ));
    assert!(matches!(
        accept(b"link", 1, 100).await,
        Err(WriteError::Unmet)
    ));
    accept(b"link", 1, 99).await.unwrap();
    assert!(matches!(
        accept(b"link", 2, 99).await,
        Err(WriteError::Unmet)
    ));
    assert_eq!(store.invitation(b"link", at(50)).await.unwrap(), None);
    assert_eq!(store.accounts().await.unwrap().len(), 1);
}

pub async fn sessions_end_by_time_and_by_hand(store: &Store) {
    let id = account(1, "li").id;
    for token in [b"a", b"b", b"c"] {
        store.open_session(token, id, at(0), at(10)).await.unwrap();
    }
    store.touch_session(b"a", at(5)).await.unwrap();
    let session = store.session(b"a", at(9)).await.unwrap().unwrap();
    assert_eq!(
        (
            session.account,
            session.created_at,
            session.seen_at,
            session.expires_at
        ),
        (id, at(0), at(5), at(10))
    );
    assert_eq!(store.session(b"a", at(10)).await.unwrap(), None);
    store.end_session(b"a").await.unwrap();
    assert_eq!(store.session(b"a", at(1)).await.unwrap(), None);
    assert!(store.session(b"b", at(1)).await.unwrap().is_some());
    store.end_sessions(id).await.unwrap();
    assert_eq!(store.session(b"b", at(1)).await.unwrap(), None);
}

pub async fn a_receipt_code_opens_its_case_until_it_is_replaced(store: &Store) {
    let matter = Matter::new(1);
    let case = matter.row().case;
    let code = store.receipt_code(case, "key");
    assert_eq!(store.receipt_code(case, "key"), code);
    assert_ne!(store.receipt_code(case, "another key"), code);
    let receipt = store.receipt_hash(&code);
    let mut append = matter.register();
    append.row.receipt = Some(receipt);
    store.append(append).await.unwrap();
    assert_eq!(store.case_by_receipt(receipt).await.unwrap(), Some(case));
    let row = store.case_row(&Access::All, case).await.unwrap().unwrap();
    assert_eq!(row.receipt, Some(receipt));

    let opens = (case, receipt);
    for token in [b"a", b"b"] {
        let opened = store.open_portal_session(token, opens, at(0), at(10));
        opened.await.unwrap();
    }
    store.touch_portal_session(b"a", at(5)).await.unwrap();
    let session = store.portal_session(b"a", at(9)).await.unwrap().unwrap();
    assert_eq!((session.case, session.seen_at), (case, at(5)));
    assert_eq!(store.portal_session(b"a", at(10)).await.unwrap(), None);
    store.end_portal_session(b"b").await.unwrap();
    assert_eq!(store.portal_session(b"b", at(1)).await.unwrap(), None);

    let other = store.receipt_hash(&store.receipt_code(case, "later"));
    let mut append = matter.note(row.seq, "HY26110001", "补发", "renewed");
    append.row.receipt = Some(other);
    store.append(append).await.unwrap();
    assert_eq!(store.case_by_receipt(receipt).await.unwrap(), None);
    assert_eq!(store.portal_session(b"a", at(6)).await.unwrap(), None);
    store.purge_expired(at(20)).await.unwrap();
}

pub async fn a_policy_version_never_changes(store: &Store) {
    let version = |number: u32, text: &str| PolicyVersion {
        policy: PolicyId::new("general"),
        version: number,
        files: BTreeMap::from([("policy.yaml".to_owned(), text.to_owned())]),
        effective_on: jiff::civil::date(2026, 12, 1),
        published_by: account(1, "li").id,
        published_at: at(0),
        adoption: None,
    };
    let publish = async |versions: &[PolicyVersion]| store.publish_policies(versions, None).await;
    publish(&[version(2, "二")]).await.unwrap();
    publish(&[version(1, "一")]).await.unwrap();
    let adopted = |number: u32, own: Option<&str>| PolicyVersion {
        files: BTreeMap::new(),
        adoption: Some(PolicyAdoption {
            unit: unit_id(3),
            base: 2,
            own: own.map(|own| BTreeMap::from([("patience".to_owned(), own.to_owned())])),
            by: person_id(7),
            at: at(number.into()),
        }),
        ..version(number, "")
    };
    let (adopts, ends) = (adopted(3, Some("2 days")), adopted(4, None));
    // What belongs together is published together, or not at all.
    assert!(matches!(
        publish(&[adopts.clone(), version(1, "other")]).await,
        Err(WriteError::Duplicate)
    ));
    publish(&[adopts.clone(), ends.clone()]).await.unwrap();
    assert_eq!(
        store.policies().await.unwrap(),
        [version(1, "一"), version(2, "二"), adopts, ends]
    );
}

pub async fn a_stop_of_a_version_stops_what_units_adopt_of_it(store: &Store) {
    let matter = Matter::new(1);
    let mut register = matter.register();
    let policy = register.row.policy.clone();
    let version = |number, adoption| PolicyVersion {
        policy: policy.clone(),
        version: number,
        files: BTreeMap::new(),
        effective_on: jiff::civil::date(2026, 12, 1),
        published_by: account(1, "li").id,
        published_at: at(0),
        adoption,
    };
    let adoption = PolicyAdoption {
        unit: unit_id(3),
        base: 7,
        own: Some(BTreeMap::new()),
        by: person_id(7),
        at: at(0),
    };
    let both = [version(7, None), version(8, Some(adoption))];
    store.publish_policies(&both, None).await.unwrap();
    let order = Ordered {
        by: person_id(7),
        at: at(1),
        reason: "时限有误".to_owned(),
    };
    store.stop_policy((&policy, 7, 1), &order).await.unwrap();
    register.row.policy_version = 8;
    let refused = store.append(register.clone()).await;
    assert_eq!(refused, Err(AppendError::PolicyStopped));
    store.resume_policy((&policy, 7, 1), &order).await.unwrap();
    store.append(register).await.unwrap();
}

pub async fn under_a_stopped_version_no_case_is_taken_in(store: &Store) {
    let order = |second: i64, reason: &str| Ordered {
        by: person_id(7),
        at: at(second),
        reason: reason.to_owned(),
    };
    let open = Matter::new(1);
    store.append(open.register()).await.unwrap();
    let row = open.row();
    let version = (&row.policy, row.policy_version);
    let first = (version.0, version.1, 1);
    let stopped = order(1, "时限有误");
    store.stop_policy(first, &stopped).await.unwrap();
    assert!(matches!(
        store.stop_policy(first, &stopped).await,
        Err(WriteError::Duplicate)
    ));

    let refused = Matter::new(2).register();
    assert_eq!(
        store.append(refused.clone()).await,
        Err(AppendError::PolicyStopped)
    );
    let note = open.note(5, "HY26110001", "仍在办理", "note-1");
    store.append(note).await.unwrap();
    let again = store.append(open.register()).await;
    assert!(matches!(again, Err(AppendError::Replayed(_))), "{again:?}");
    let mut other = Matter::new(3).register();
    other.row.policy_version += 1;
    store.append(other).await.unwrap();

    let resumed = order(2, "已核对");
    store.resume_policy(first, &resumed).await.unwrap();
    assert!(matches!(
        store.resume_policy(first, &resumed).await,
        Err(WriteError::Unmet)
    ));
    store.append(refused).await.unwrap();
    let second = (version.0, version.1, 2);
    store.stop_policy(second, &stopped).await.unwrap();
    let stop = |number, resumed| PolicyStop {
        policy: version.0.clone(),
        version: version.1,
        number,
        stopped: stopped.clone(),
        resumed,
    };
    assert_eq!(
        store.policy_stops().await.unwrap(),
        [stop(1, Some(resumed)), stop(2, None)]
    );
}

pub async fn settings_are_kept(store: &Store) {
    assert_eq!(store.setting("name").await.unwrap(), None);
    store.put_setting("name", "one").await.unwrap();
    store.put_setting("name", "two").await.unwrap();
    assert_eq!(store.setting("name").await.unwrap().as_deref(), Some("two"));
}

pub async fn audit_entries_are_listed_newest_first(store: &Store) {
    let entry = |number: i64| AuditEntry {
        at: at(number),
        account: (number % 2 == 0).then(|| "account".to_owned()),
        action: "open_case".to_owned(),
        case: (number % 3 == 0).then(|| case_id(1)),
        verdict: "denied".to_owned(),
        detail: format!("P1.{number}"),
    };
    for number in 1..=7 {
        assert_eq!(store.audit(entry(number)).await.unwrap(), number);
    }
    let newest = store.audits(None, 3).await.unwrap();
    assert_eq!(
        newest
            .iter()
            .map(|record| record.position)
            .collect::<Vec<_>>(),
        [7, 6, 5]
    );
    let rest = store.audits(Some(5), 10).await.unwrap();
    assert_eq!(
        rest.iter()
            .map(|record| record.entry.clone())
            .collect::<Vec<_>>(),
        (1..=4).rev().map(entry).collect::<Vec<_>>()
    );
}

pub async fn expired_answers_are_purged(store: &Store) {
    store.append(Matter::new(1).register()).await.unwrap();
    let week = 7 * 24 * 3600;
    store.purge_expired(at(week - 1)).await.unwrap();
    assert!(
        store
            .kept_reply("account-1", "register-1")
            .await
            .unwrap()
            .is_some()
    );
    store.purge_expired(at(week)).await.unwrap();
    assert_eq!(
        store.kept_reply("account-1", "register-1").await.unwrap(),
        None
    );
}
