//! What duties ask of the log.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use huiyin_case::Event;
use huiyin_case::state::Stage;
use huiyin_policy::model::Count;
use huiyin_store::{Access, Arm, Store};
use jiff::civil::date;

use crate::support::{Matter, at, case_id, event, measurement, person_id};

/// Registers cases 1 to 4 and closes the first two, an hour apart.
async fn two_of_four_closed(store: &Store) {
    for number in 1..=4 {
        store.append(Matter::new(number).register()).await.unwrap();
    }
    for number in 1..=2 {
        let closed_at = at(i64::try_from(number).unwrap() * 3600);
        let key = format!("close {number}");
        let mut close = Matter::new(number).note(5, &format!("HY2611000{number}"), "", &key);
        let mut closed = event(Event::CaseClosed { reason: None });
        closed.occurred_at = closed_at;
        close.events = vec![closed];
        close.row.stage = Stage::Closed;
        close.row.recorded_at = closed_at;
        store.append(close).await.unwrap();
    }
}

pub async fn what_was_closed_in_a_period_is_found(store: &Store) {
    two_of_four_closed(store).await;
    let row = Matter::new(1).row();
    let closed = async |from: i64, before: i64| {
        let found = store
            .closed_between(
                &row.policy,
                std::slice::from_ref(&row.kind),
                at(from),
                at(before),
            )
            .await
            .unwrap();
        found.iter().map(|one| one.case).collect::<Vec<_>>()
    };
    assert_eq!(closed(0, 86_400).await, [case_id(1), case_id(2)]);
    assert_eq!(closed(3_600, 7_200).await, [case_id(1)]);
    assert_eq!(closed(3_601, 7_200).await, []);
}

pub async fn cases_are_found_by_their_ids(store: &Store) {
    two_of_four_closed(store).await;
    let asked = [case_id(2), case_id(3), case_id(99)];
    let there: Vec<_> = store.existing(&asked).await.unwrap().into_iter().collect();
    assert_eq!(there, [case_id(2), case_id(3)]);
    let rows = store.case_rows(&Access::All, &asked).await.unwrap();
    assert_eq!(rows.len(), 2);
    let nobody = Access::Arms(vec![Arm::HolderPerson(person_id(77))]);
    assert_eq!(store.case_rows(&nobody, &asked).await.unwrap(), []);
    assert_eq!(store.existing(&[]).await.unwrap().len(), 0);
}

pub async fn what_cases_count_for_is_told_to_those_who_see_them(store: &Store) {
    two_of_four_closed(store).await;
    let mut counted = Matter::new(1).note(6, "HY26110001", "later", "later");
    counted.statistics.put = vec![
        measurement("closed", 3, None, 0),
        measurement("late", 2, None, 0),
    ];
    store.append(counted).await.unwrap();
    let asked = [case_id(1), case_id(2), case_id(99)];
    let measures = [Count::Closed, Count::Late];
    let days = store
        .counted_on(&Access::All, &asked, &measures)
        .await
        .unwrap();
    let expected = [
        (Count::Closed, date(2026, 11, 3)),
        (Count::Late, date(2026, 11, 2)),
    ];
    assert_eq!(days[&case_id(1)], expected.into());
    assert_eq!(days.len(), 1);
    let closed = store
        .counted_on(&Access::All, &asked, &measures[..1])
        .await
        .unwrap();
    assert_eq!(closed[&case_id(1)].len(), 1);
    let nobody = Access::Arms(vec![Arm::HolderPerson(person_id(77))]);
    assert!(
        store
            .counted_on(&nobody, &asked, &measures)
            .await
            .unwrap()
            .is_empty()
    );
}
