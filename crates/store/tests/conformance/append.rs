//! Appending.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use huiyin_case::Event;
use huiyin_case::value::{Fields, Value};
use huiyin_policy::model::FieldId;
use huiyin_store::{AppendError, SearchUpdate, Store};

use crate::support::{Matter, at, case_id, event, idempotency, number_request};

pub async fn a_registered_case_is_read_back(store: &Store) {
    let matter = Matter::new(7);
    let append = matter.register();
    let appended = store.append(append.clone()).await.unwrap();
    assert_eq!(appended.number.as_deref(), Some("HY26110001"));
    assert_eq!((appended.seq, appended.position), (5, 5));
    let history = store.load(matter.row().case).await.unwrap();
    assert_eq!(
        history.iter().map(|one| one.seq).collect::<Vec<_>>(),
        [1, 2, 3, 4, 5]
    );
    for (read, written) in history.iter().zip(&append.events) {
        assert_eq!(read.event, written.event);
        assert_eq!(
            (read.actor, read.occurred_at, read.recorded_at),
            (written.actor, written.occurred_at, at(0))
        );
    }
    assert_eq!(
        history[4].event,
        Event::NumberAssigned {
            number: "HY26110001".to_owned()
        }
    );
    assert_eq!(
        store.clocks(matter.row().case).await.unwrap(),
        append.clocks
    );
    assert_eq!(store.load(case_id(8)).await.unwrap(), []);
}

pub async fn numbers_of_a_series_have_no_gap(store: &Store) {
    let appends = (1..=40).map(|number| {
        let mut append = Matter::new(number).register();
        if number % 4 == 0 {
            // Refused after its neighbours of the batch are accepted: it must not use up a serial.
            append.expected_seq = 3;
            append.events.remove(0);
        }
        let store = store.clone();
        tokio::spawn(async move { store.append(append).await })
    });
    let mut numbers = Vec::new();
    for task in appends.collect::<Vec<_>>() {
        if let Ok(appended) = task.await.unwrap() {
            numbers.push(appended.number.unwrap());
        }
    }
    numbers.sort();
    assert_eq!(
        numbers,
        (1..=30)
            .map(|serial| format!("HY2611{serial:04}"))
            .collect::<Vec<_>>()
    );
}

pub async fn of_two_racers_for_one_case_one_wins(store: &Store) {
    for number in 1..=20 {
        let matter = Matter::new(number);
        let appended = store.append(matter.register()).await.unwrap();
        let case_number = appended.number.unwrap();
        let racer = |name: &str| {
            let append = matter.note(
                appended.seq,
                &case_number,
                name,
                &format!("{name}-{number}"),
            );
            let store = store.clone();
            tokio::spawn(async move { store.append(append).await })
        };
        let (one, other) = (racer("one"), racer("other"));
        let outcomes = [one.await.unwrap(), other.await.unwrap()];
        assert_eq!(
            outcomes.iter().filter(|outcome| outcome.is_ok()).count(),
            1,
            "{outcomes:?}"
        );
        assert_eq!(
            outcomes
                .iter()
                .filter(|outcome| **outcome == Err(AppendError::Conflict))
                .count(),
            1
        );
        assert_eq!(store.load(case_id(number)).await.unwrap().len(), 6);
    }
}

pub async fn one_bad_command_harms_no_neighbour(store: &Store) {
    store.append(Matter::new(1).register()).await.unwrap();
    let appends = (1..=30).map(|number| {
        // The first repeats a case that exists, under another idempotency key.
        let mut append = Matter::new(number).register();
        append.idempotency = Some(idempotency(&format!("again-{number}")));
        let store = store.clone();
        tokio::spawn(async move { store.append(append).await })
    });
    let mut outcomes = Vec::new();
    for task in appends.collect::<Vec<_>>() {
        outcomes.push(task.await.unwrap());
    }
    assert_eq!(outcomes[0], Err(AppendError::Conflict));
    assert!(outcomes[1..].iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(store.load(case_id(1)).await.unwrap().len(), 5);
    assert_eq!(store.load(case_id(30)).await.unwrap().len(), 5);
}

pub async fn a_request_sent_twice_has_one_effect_and_one_answer(store: &Store) {
    let matter = Matter::new(1);
    let sent = [(); 3].map(|()| {
        let (store, append) = (store.clone(), matter.register());
        tokio::spawn(async move { store.append(append).await })
    });
    let mut replies = Vec::new();
    let mut effects = 0;
    for task in sent {
        match task.await.unwrap() {
            Ok(_) => effects += 1,
            Err(AppendError::Replayed(reply)) => replies.push(reply),
            Err(other) => panic!("{other}"),
        }
    }
    let kept = store
        .kept_reply("account-1", "register-1")
        .await
        .unwrap()
        .unwrap();
    assert_eq!((effects, kept.0, kept.1.status), (1, [1; 32], 201));
    assert_eq!(replies, [kept.1.clone(), kept.1]);
    assert_eq!(
        store.kept_reply("account-2", "register-1").await.unwrap(),
        None
    );
}

pub async fn a_key_used_for_another_request_is_refused(store: &Store) {
    store.append(Matter::new(1).register()).await.unwrap();
    let mut other = Matter::new(2).register();
    other.idempotency = Some(huiyin_store::Idempotency {
        request_hash: [2; 32],
        ..idempotency("register-1")
    });
    assert_eq!(store.append(other).await, Err(AppendError::KeyReused));
}

pub async fn what_was_never_a_case_is_refused(store: &Store) {
    let matter = Matter::new(1);
    assert_eq!(
        store
            .append(matter.note(5, "HY26110001", "text", "k"))
            .await,
        Err(AppendError::Conflict)
    );
    let mut empty = matter.register();
    empty.events.clear();
    assert!(matches!(
        store.append(empty).await,
        Err(AppendError::Invalid(_))
    ));
    let mut beheaded = matter.register();
    beheaded.events.remove(0);
    assert!(matches!(
        store.append(beheaded).await,
        Err(AppendError::Invalid(_))
    ));
    let mut keyless = matter.register();
    keyless.party = None;
    assert!(matches!(
        store.append(keyless).await,
        Err(AppendError::Invalid(_))
    ));
    assert_eq!(store.load(matter.row().case).await.unwrap(), []);
}

pub async fn waiting_appends_share_a_commit(store: &Store) {
    let before = store.writer_stats().commits;
    let tasks: Vec<_> = (1..=200)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move { store.append(Matter::new(number).register()).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let stats = store.writer_stats();
    assert_eq!(stats.appends, 200);
    assert!(stats.commits - before < 100, "{stats:?}");
    // A later event of a party known already is sealed under the same key and read back.
    let matter = Matter::new(3);
    let mut correction = matter.note(5, "HY26110003", "", "correct");
    let fields = Fields::from([(FieldId::new("name"), Value::Text("王明".to_owned()))]);
    correction.events = vec![event(Event::EntryCorrected {
        entry: 1,
        fields: Some(fields),
        reason: "听错".to_owned(),
    })];
    correction.events[0].personal.insert(FieldId::new("name"));
    correction.search = SearchUpdate::Remove;
    let written = correction.events[0].event.clone();
    store.append(correction).await.unwrap();
    assert_eq!(store.load(case_id(3)).await.unwrap()[5].event, written);
    assert_eq!(number_request().render(3), "HY26110003");
}
