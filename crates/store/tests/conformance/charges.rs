//! Charges to people's accounts: bonuses are entered, months are closed once and in order, and what was taken stays.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use std::collections::BTreeSet;

use huiyin_case::charges::CaseCharge;
use huiyin_policy::model::{AccountId, ClauseId, PolicyId, SheetId};
use huiyin_policy::settle::{Bonus, Bonuses, Deduction, Month, OpenCharge, deduct, next_month};
use huiyin_store::{
    Access, AccountKey, AccountStanding, ChargeOf, CloseError, EraseError, Excluded, NewBonuses,
    NewClosing, ReadError, Store, Unreadable, WriteError,
};

use crate::support::{Matter, at, case_id, party_id, person_id};

/// So many charges and months at most.
const MAX: u32 = 100;

fn account() -> AccountKey {
    AccountKey {
        policy: PolicyId::new("general"),
        account: AccountId::new("deductions"),
    }
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn charge(row: &str, who: &str, amount: &str, from: &str) -> CaseCharge {
    CaseCharge {
        account: account().account,
        sheet: SheetId::new("charges"),
        row: row.to_owned(),
        who: who.to_owned(),
        amount: amount.parse().unwrap(),
        from: month(from),
        working: Some("100 × 1 / 2".to_owned()),
        clause: ClauseId::new("P3.30"),
        held: false,
        charged_at: at(3),
    }
}

/// Puts the charges of a case on record; the case is registered if `seen` is 0.
async fn charged(store: &Store, number: u64, seen: u32, charges: Vec<CaseCharge>) -> u32 {
    let matter = Matter::new(number);
    let mut append = match seen {
        0 => matter.register(),
        _ => {
            let key = format!("charge-{number}-{seen}");
            matter.note(seen, &format!("HY2611000{number}"), "", &key)
        }
    };
    append.charges = Some(charges);
    store.append(append).await.unwrap().seq
}

async fn standing(store: &Store, access: &Access) -> AccountStanding {
    let standing = store.account_standing(access, &account(), MAX).await;
    standing.unwrap()
}

fn bonuses(of: &[(&str, &str)]) -> Bonuses {
    let bonus = |amount: &str| Bonus {
        of: amount.parse().unwrap(),
        used: "0".parse().unwrap(),
    };
    of.iter()
        .map(|(who, amount)| ((*who).to_owned(), bonus(amount)))
        .collect()
}

async fn enter(store: &Store, of: &str, entered: &[(&str, &str)]) -> NewBonuses {
    let new = NewBonuses {
        of: account(),
        number: standing(store, &Access::All).await.last_act + 1,
        month: month(of),
        policy_version: 1,
        by: person_id(1),
        at: at(9),
        bonuses: bonuses(entered),
    };
    store.enter_bonuses(&new).await.unwrap();
    new
}

/// What closing a month would take of the cases that `access` reaches.
async fn plan(store: &Store, access: &Access, of: &str) -> NewClosing {
    let standing = standing(store, access).await;
    let account = account();
    let entered = store.entered_bonuses(&account, month(of), standing.last_act);
    let bonuses = entered.await.unwrap().map(|(_, bonuses)| bonuses);
    let half = "50%".parse().unwrap();
    let bonuses = bonuses.unwrap_or_default();
    NewClosing {
        of: account,
        number: standing.last_act + 1,
        month: month(of),
        policy_version: 1,
        by: person_id(1),
        at: at(10),
        format: "csv".to_owned(),
        language: "zh-CN".to_owned(),
        people: deduct(half, month(of), standing.charges, &bonuses).unwrap(),
    }
}

async fn close(store: &Store, of: &str) -> NewClosing {
    let new = plan(store, &Access::All, of).await;
    store.close_month(&new).await.unwrap();
    new
}

/// Person, owed, taken, carried on.
fn told(people: &[Deduction<ChargeOf>]) -> Vec<String> {
    let people = people.iter();
    let line = |one: &Deduction<ChargeOf>| {
        let month = one.month;
        format!("{} {} {} {}", one.who, month.owed, month.taken, month.rest)
    };
    people.map(line).collect()
}

fn left(charges: &[OpenCharge<ChargeOf>]) -> Vec<String> {
    let charges = charges.iter();
    let line = |one: &OpenCharge<ChargeOf>| {
        format!("{} {} {}", one.who, one.of.number, one.left().unwrap())
    };
    charges.map(line).collect()
}

pub async fn what_is_owed_is_taken_month_by_month_and_a_correction_changes_the_next(store: &Store) {
    let first = vec![
        charge("一班 · 王一", "王一", "100", "2026-03"),
        charge("一班 · 李二", "李二", "5", "2026-04"),
    ];
    let seen = charged(store, 1, 0, first).await;
    charged(store, 2, 0, vec![charge("王一", "王一", "30", "2026-03")]).await;
    enter(store, "2026-03", &[("王一", "90")]).await;
    // Entered again: the last ones count.
    enter(store, "2026-03", &[("王一", "160.01")]).await;
    let march = close(store, "2026-03").await;
    assert_eq!(told(&march.people), ["王一 130.00 80.00 50.00"]);
    let now = standing(store, &Access::All).await;
    assert_eq!((now.last_act, now.closed), (3, Some(month("2026-03"))));
    let owed = [
        "李二 HY26110001 5.00",
        "王一 HY26110001 20.00",
        "王一 HY26110002 30.00",
    ];
    let mut found = left(&now.charges);
    found.sort();
    assert_eq!(found, owed);
    assert_eq!(next_month(now.closed, &now.charges), Some(month("2026-04")));

    // Less than was taken of it already: the difference is given back, whatever the room.
    let less = vec![charge("一班 · 王一", "王一", "60", "2026-03")];
    let seen = charged(store, 1, seen, less).await;
    let april = close(store, "2026-04").await;
    assert_eq!(told(&april.people), ["王一 10.00 0.00 10.00"]);
    enter(store, "2026-05", &[("王一", "1000")]).await;
    let may = close(store, "2026-05").await;
    assert_eq!(told(&may.people), ["王一 10.00 10.00 0.00"]);
    let now = standing(store, &Access::All).await;
    assert_eq!((now.charges, now.held), (Vec::new(), Vec::new()));

    // Void: all of it comes back.
    charged(store, 1, seen, Vec::new()).await;
    let june = close(store, "2026-06").await;
    assert_eq!(told(&june.people), ["王一 -60.00 -60.00 0.00"]);
    for closed in [&march, &april, &may, &june] {
        let kept = store.closing(&Access::All, &account(), closed.month).await;
        let (closing, people) = kept.unwrap().unwrap();
        assert_eq!(people, closed.people, "as it was closed");
        assert_eq!(closing.content_hash, closed.content_hash());
    }
    let closings = store.closings(&Access::All, &account(), 2).await.unwrap();
    let months: Vec<String> = closings.iter().map(|one| one.month.to_string()).collect();
    assert_eq!(months, ["2026-06", "2026-05"]);
    assert_eq!(closings[0].taken.to_string(), "-60.00");
    let never = store
        .closing(&Access::All, &account(), month("2026-07"))
        .await;
    assert_eq!(never.unwrap(), None);
}

pub async fn what_is_held_back_moves_nothing(store: &Store) {
    let held = CaseCharge {
        held: true,
        ..charge("王一", "王一", "10", "2026-03")
    };
    let seen = charged(store, 1, 0, vec![held.clone()]).await;
    let now = standing(store, &Access::All).await;
    assert_eq!(next_month(None, &now.charges), None);
    assert_eq!(
        (now.charges.len(), left(&now.held)),
        (0, vec!["王一 HY26110001 10.00".to_owned()])
    );
    let open = vec![charge("王一", "王一", "10", "2026-03")];
    let seen = charged(store, 1, seen, open).await;
    enter(store, "2026-03", &[("王一", "8")]).await;
    assert_eq!(
        told(&close(store, "2026-03").await.people),
        ["王一 10.00 4.00 6.00"]
    );
    charged(store, 1, seen, vec![held]).await;
    let now = standing(store, &Access::All).await;
    assert_eq!(
        (now.charges.len(), left(&now.held)),
        (0, vec!["王一 HY26110001 6.00".to_owned()])
    );
}

pub async fn of_two_closings_thought_of_together_one_is_made(store: &Store) {
    charged(store, 1, 0, vec![charge("王一", "王一", "10", "2026-03")]).await;
    let (one, other) = (
        plan(store, &Access::All, "2026-03").await,
        plan(store, &Access::All, "2026-03").await,
    );
    let bonuses = NewBonuses {
        of: account(),
        number: one.number,
        month: month("2026-03"),
        policy_version: 1,
        by: person_id(1),
        at: at(9),
        bonuses: bonuses(&[("王一", "1000")]),
    };
    let (one, other) = tokio::join!(store.close_month(&one), store.close_month(&other));
    assert_ne!(one.is_ok(), other.is_ok());
    let refused = one.err().or(other.err()).unwrap();
    assert!(
        matches!(refused, CloseError::Write(WriteError::Duplicate)),
        "{refused:?}"
    );
    // Bonuses that were thought of before it come too late, and under no number is the month closed again.
    let late = store.enter_bonuses(&bonuses).await.unwrap_err();
    assert!(matches!(late, WriteError::Duplicate), "{late:?}");
    let again = plan(store, &Access::All, "2026-03").await;
    assert_eq!(again.number, 2);
    let again = store.close_month(&again).await.unwrap_err();
    assert!(matches!(again, CloseError::Write(WriteError::Duplicate)));
    let closings = store.closings(&Access::All, &account(), MAX).await.unwrap();
    assert_eq!(closings.len(), 1);
}

pub async fn who_does_not_see_a_case_sees_none_of_its_charges(store: &Store) {
    let mut hidden = Matter::new(1).register();
    hidden.row.standing.hidden_from = huiyin_case::exclusion::Hidden {
        persons: BTreeSet::from([person_id(7)]),
        ..Default::default()
    };
    hidden.charges = Some(vec![charge("王一", "王一", "1", "2026-03")]);
    store.append(hidden).await.unwrap();
    charged(store, 2, 0, vec![charge("王一", "王一", "2", "2026-03")]).await;
    enter(store, "2026-03", &[("王一", "100")]).await;
    enter(store, "2026-04", &[("王一", "100")]).await;
    let excluded = Excluded {
        person: person_id(7),
        bonds: BTreeSet::new(),
    };
    let access = Access::Except(excluded, Box::new(Access::All));
    let march = plan(store, &access, "2026-03").await;
    assert_eq!(told(&march.people), ["王一 2.00 2.00 0.00"]);
    store.close_month(&march).await.unwrap();
    // What he doesn't see waits for somebody who does.
    assert_eq!(standing(store, &access).await.charges, []);
    assert_eq!(
        told(&close(store, "2026-04").await.people),
        ["王一 1.00 1.00 0.00"]
    );
    let seen = store.closings(&access, &account(), MAX).await.unwrap();
    assert_eq!(seen.len(), 1);
    let april = store.closing(&access, &account(), month("2026-04")).await;
    assert_eq!(april.unwrap(), None);
}

pub async fn what_is_owed_keeps_its_case_from_being_erased(store: &Store) {
    let owed = vec![charge("王一", "王一", "1", "2026-03")];
    let seen = charged(store, 1, 0, owed).await;
    let mut closed = Matter::new(1).note(seen, "HY26110001", "", "close");
    closed.row.stage = huiyin_case::state::Stage::Closed;
    store.append(closed).await.unwrap();
    let refused = store.erase_customer(party_id(1), at(20)).await;
    assert!(matches!(refused, Err(EraseError::Charges(cases)) if cases == [case_id(1)]));
    enter(store, "2026-03", &[("王一", "2")]).await;
    close(store, "2026-03").await;
    store.erase_customer(party_id(1), at(21)).await.unwrap();
    assert_eq!(standing(store, &Access::All).await.charges, []);
    let unread = store
        .closing(&Access::All, &account(), month("2026-03"))
        .await;
    let unread = unread.unwrap_err();
    assert!(
        matches!(unread, ReadError::Unreadable(Unreadable::Erased)),
        "{unread:?}"
    );
}
