//! The organisation as it is changed, who left, and tries to sign in.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use std::collections::{BTreeMap, BTreeSet};

use huiyin_case::deputy::{Absence, Days, Deputy, Scope};
use huiyin_case::id::{AbsenceId, DeputyId, PersonId, RelationId};
use huiyin_case::organisation::{Organisation, Person, Unit};
use huiyin_case::relation::{Relation, Subject};
use huiyin_policy::model::{PositionId, RelationKind};
use huiyin_store::{
    Account, AccountId, Change, Invitation, KeptRelation, Leaving, Store, WriteError,
};
use uuid::Uuid;

use crate::support::{Matter, at, case_id, event, person_id, unit_id};

fn unit(name: &str) -> Unit {
    Unit {
        name: name.to_owned(),
        parent: None,
        head: None,
        closed: false,
    }
}

fn person(name: &str) -> Person {
    Person {
        name: name.to_owned(),
        unit: unit_id(1),
        positions: BTreeSet::new(),
        active: true,
    }
}

const DAYS: Days = Days {
    from: jiff::civil::date(2026, 11, 2),
    to: jiff::civil::date(2026, 11, 6),
};

fn deputy(number: u128, of: PersonId, by: PersonId, scope: Scope) -> Deputy {
    Deputy {
        id: DeputyId::new(Uuid::from_u128(number)),
        of,
        by,
        days: DAYS,
        scope,
    }
}

fn account(of: PersonId, active: bool) -> Account {
    Account {
        id: AccountId::new(Uuid::from_u128(1)),
        login: "li".to_owned(),
        person: Some(of),
        roles: vec!["staff".to_owned()],
        password_hash: "$argon2id$".to_owned(),
        active,
        created_at: at(0),
    }
}

async fn found(store: &Store) -> i64 {
    let seen = store.roster().await.unwrap().revision;
    let changes = vec![
        Change::Unit(unit_id(1), unit("总部")),
        Change::Person(person_id(1), person("李四")),
        Change::Person(person_id(2), person("王五")),
    ];
    store.change_organisation(seen, changes).await.unwrap();
    seen + 1
}

pub async fn a_change_takes_effect_only_on_the_state_it_was_thought_of(store: &Store) {
    let seen = found(store).await;
    let rename = |name: &str| vec![Change::Unit(unit_id(1), unit(name))];
    store
        .change_organisation(seen, rename("一部"))
        .await
        .unwrap();
    let late = store.change_organisation(seen, rename("二部")).await;
    assert!(matches!(late, Err(WriteError::Unmet)));
    let roster = store.roster().await.unwrap();
    assert_eq!(roster.revision, seen + 1);
    assert_eq!(roster.organisation.units[&unit_id(1)].name, "一部");
    assert_eq!(
        (roster.units[&unit_id(1)], roster.persons[&person_id(1)]),
        (2, 1)
    );
}

pub async fn deputies_and_absences_are_read_back_and_taken_back(store: &Store) {
    let seen = found(store).await;
    let clerk = Scope::Positions(BTreeSet::from([PositionId::new("clerk")]));
    let deputies = [
        deputy(1, person_id(1), person_id(2), Scope::All),
        deputy(2, person_id(2), person_id(1), clerk),
    ];
    let absence = Absence {
        id: AbsenceId::new(Uuid::from_u128(3)),
        person: person_id(1),
        days: DAYS,
    };
    let mut changes: Vec<Change> = deputies.iter().cloned().map(Change::Deputy).collect();
    changes.push(Change::Absence(absence.clone()));
    store
        .change_organisation(seen, changes.clone())
        .await
        .unwrap();
    let organisation = store.organisation().await.unwrap();
    assert_eq!(organisation.deputies, deputies);
    assert_eq!(organisation.absences, std::slice::from_ref(&absence));
    let again = store.change_organisation(seen + 1, changes).await;
    assert!(matches!(again, Err(WriteError::Duplicate)));
    let ends = vec![
        Change::EndDeputy(deputies[0].id),
        Change::EndAbsence(absence.id),
    ];
    store.change_organisation(seen + 1, ends).await.unwrap();
    let organisation = store.organisation().await.unwrap();
    assert_eq!(organisation.deputies, deputies[1..]);
    assert_eq!(organisation.absences, []);
}

pub async fn relations_are_read_back_ended_and_removed(store: &Store) {
    let seen = found(store).await;
    let kept = |number: u128, to, since, until| KeptRelation {
        relation: Relation {
            id: RelationId::new(Uuid::from_u128(number)),
            of: person_id(1),
            to,
            kind: RelationKind::FormerColleague,
            since,
            until,
        },
        note: "同在北区所".to_owned(),
        recorded_by: person_id(2),
        recorded_at: at(5),
    };
    let relations = [
        kept(1, Subject::Person(person_id(2)), Some(DAYS.from), None),
        kept(2, Subject::Unit(unit_id(1)), None, Some(DAYS.to)),
    ];
    let changes: Vec<Change> = relations.iter().cloned().map(Change::Relation).collect();
    store.change_organisation(seen, changes).await.unwrap();
    let all = |organisation: &Organisation| -> Vec<Relation> {
        organisation.relations.all().cloned().collect()
    };
    let mut known = all(&store.organisation().await.unwrap());
    known.sort_by_key(|relation| relation.id);
    assert_eq!(known, relations.each_ref().map(|one| one.relation.clone()));
    assert_eq!(store.relations_with(person_id(1)).await.unwrap(), relations);
    let other_side = store.relations_with(person_id(2)).await.unwrap();
    assert_eq!(other_side, relations[..1]);
    let changes = vec![
        Change::EndRelation(relations[0].relation.id, DAYS.to),
        Change::RemoveRelation(relations[1].relation.id),
    ];
    store.change_organisation(seen + 1, changes).await.unwrap();
    let left = all(&store.organisation().await.unwrap());
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].until, Some(DAYS.to));
}

pub async fn whoever_leaves_takes_rights_and_links_along(store: &Store) {
    let seen = found(store).await;
    let leaver = person_id(1);
    let invitation = Invitation {
        person: leaver,
        roles: vec!["staff".to_owned()],
        expires_at: at(100),
    };
    store.add_invitation(b"link", &invitation).await.unwrap();
    store.add_account(&account(leaver, true)).await.unwrap();
    store
        .open_session(b"token", account(leaver, true).id, at(0), at(50))
        .await
        .unwrap();
    let changes = vec![
        Change::Deputy(deputy(1, leaver, person_id(2), Scope::All)),
        Change::Deputy(deputy(2, person_id(2), leaver, Scope::All)),
    ];
    store.change_organisation(seen, changes).await.unwrap();
    let leaving = Leaving {
        person: leaver,
        successor: Some(person_id(2)),
        cases: BTreeMap::from([(case_id(7), None), (case_id(8), Some(person_id(2)))]),
        reason: "离职".to_owned(),
        asked_by: person_id(2),
        asked_at: at(1),
    };
    let changes = vec![
        Change::Leaving(leaving.clone()),
        Change::Account(account(leaver, false)),
    ];
    store.change_organisation(seen + 1, changes).await.unwrap();
    assert_eq!(store.organisation().await.unwrap().deputies, []);
    assert_eq!(store.invitation(b"link", at(2)).await.unwrap(), None);
    assert_eq!(store.session(b"token", at(2)).await.unwrap(), None);
    let leavings = store.leavings().await.unwrap();
    assert_eq!(leavings, std::slice::from_ref(&leaving));
    store.leaving_done(leaver, at(3)).await.unwrap();
    assert_eq!(store.leavings().await.unwrap(), []);
    // Whoever comes back may leave again.
    let changes = vec![Change::Return(leaver), Change::Leaving(leaving.clone())];
    store.change_organisation(seen + 2, changes).await.unwrap();
    assert_eq!(store.leavings().await.unwrap(), [leaving]);
}

pub async fn a_link_changes_the_account_there_is(store: &Store) {
    let of = person_id(1);
    store.add_account(&account(of, false)).await.unwrap();
    let invitation = Invitation {
        person: of,
        roles: vec!["staff".to_owned()],
        expires_at: at(100),
    };
    store.add_invitation(b"link", &invitation).await.unwrap();
    let opened = Account {
        password_hash: "$other$".to_owned(),
        ..account(of, true)
    };
    store
        .accept_invitation(b"link", &opened, true, at(5))
        .await
        .unwrap();
    let accounts = store.accounts().await.unwrap();
    assert_eq!(accounts, std::slice::from_ref(&opened));
    let again = store.accept_invitation(b"link", &opened, true, at(6)).await;
    assert!(matches!(again, Err(WriteError::Unmet)));
}

pub async fn tries_to_sign_in_are_counted_by_the_minute(store: &Store) {
    assert_eq!(store.count_sign_in("li", at(0)).await.unwrap(), 1);
    assert_eq!(store.count_sign_in("li", at(0)).await.unwrap(), 2);
    assert_eq!(store.count_sign_in("an", at(0)).await.unwrap(), 1);
    assert_eq!(store.count_sign_in("li", at(60)).await.unwrap(), 1);
}

pub async fn whom_somebody_acted_for_is_on_record(store: &Store) {
    let mut append = Matter::new(1).register();
    let mut note = event(huiyin_case::Event::NoteAdded {
        text: "已回电".to_owned(),
    });
    note.acting_for = Some(person_id(9));
    append.events.push(note);
    store.append(append).await.unwrap();
    let history = store.load(case_id(1)).await.unwrap();
    let acted: Vec<Option<PersonId>> = history.iter().map(|one| one.acting_for).collect();
    assert_eq!(acted.iter().flatten().count(), 1);
    let note = history
        .iter()
        .find(|one| matches!(one.event, huiyin_case::Event::NoteAdded { .. }));
    assert_eq!(note.unwrap().acting_for, Some(person_id(9)));
}
