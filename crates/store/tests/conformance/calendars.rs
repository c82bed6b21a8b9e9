//! Calendars that the organisation keeps, and what is decided by them.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use huiyin_policy::model::CalendarId;
use huiyin_store::{AppendError, CalendarVersion, DecidedBy, Store, WriteError};

use crate::support::{Matter, at, case_id, person_id};

fn version(number: u32) -> CalendarVersion {
    CalendarVersion {
        name: CalendarId::new("own"),
        version: number,
        file: format!("{{\"holidays\": [\"2026-05-0{number}\"]}}"),
        from: (number == 2).then(|| jiff::civil::date(2026, 5, 1)),
        by: (number == 1).then(|| person_id(7)),
        policy: None,
        at: at(i64::from(number)),
        recomputed_at: None,
    }
}

pub async fn a_version_of_a_calendar_never_changes(store: &Store) {
    assert!(store.calendars().await.unwrap().is_empty());
    store.load_calendar(&version(1)).await.unwrap();
    let other = CalendarVersion {
        file: "{}".to_owned(),
        ..version(1)
    };
    assert!(matches!(
        store.load_calendar(&other).await,
        Err(WriteError::Duplicate)
    ));
    store.load_calendar(&version(2)).await.unwrap();
    let name = CalendarId::new("own");
    store.calendar_recomputed(&name, 1, at(9)).await.unwrap();
    store.calendar_recomputed(&name, 1, at(10)).await.unwrap();
    let first = CalendarVersion {
        recomputed_at: Some(at(9)),
        ..version(1)
    };
    assert_eq!(store.calendars().await.unwrap(), [first, version(2)]);
}

pub async fn nothing_is_written_that_was_decided_by_an_earlier_calendar(store: &Store) {
    let by = |version| {
        Some(DecidedBy {
            name: CalendarId::new("own"),
            version,
        })
    };
    let mut first = Matter::new(1).register();
    first.decided_by = by(0);
    store.append(first.clone()).await.unwrap();
    store.load_calendar(&version(1)).await.unwrap();
    let mut second = Matter::new(2).register();
    second.decided_by = by(0);
    assert_eq!(
        store.append(second.clone()).await,
        Err(AppendError::CalendarChanged)
    );
    let again = store.append(first).await;
    assert!(matches!(again, Err(AppendError::Replayed(_))), "{again:?}");
    second.decided_by = by(1);
    store.append(second).await.unwrap();
    let mut abroad = Matter::new(3).register();
    abroad.decided_by = Some(DecidedBy {
        name: CalendarId::new("england"),
        version: 0,
    });
    store.append(abroad).await.unwrap();
}

pub async fn cases_with_clocks_due_from_a_moment_on_are_found_page_by_page(store: &Store) {
    for number in 1..=3 {
        store.append(Matter::new(number).register()).await.unwrap();
    }
    let mut dues = Vec::new();
    for number in 1..=3 {
        let clocks = store.clocks(case_id(number)).await.unwrap();
        dues.push(clocks[0].due.unwrap().at);
    }
    dues.sort();
    let all = store.running_from(dues[0], None).await.unwrap();
    assert_eq!(all, [case_id(1), case_id(2), case_id(3)]);
    let rest = store.running_from(dues[0], Some(all[0])).await.unwrap();
    assert_eq!(rest, all[1..]);
    let last = store.running_from(dues[2], None).await.unwrap();
    assert!(!last.is_empty(), "the moment itself counts");
    let later = dues[2] + jiff::SignedDuration::from_secs(1);
    assert!(store.running_from(later, None).await.unwrap().is_empty());
}
