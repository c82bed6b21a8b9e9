//! Totals, and the cases behind them.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use huiyin_case::id::UnitId;
use huiyin_case::measure::{Increment, Increments, Measurement};
use huiyin_policy::model::{ChoiceId, KindId, MeasureId, PolicyId};
use huiyin_store::{Access, Arm, Counted, Filter, Order, PageRequest, Store, Total, TotalsRequest};
use jiff::civil::date;

use crate::support::{Matter, case_id, measurement, person_id, unit_id};

const CASES: u64 = 12;

/// What case `number` counts for: opened on the 1st or 2nd, half of them replied to and given a class.
fn of(number: u64) -> Vec<Measurement> {
    let day = 1 + i8::try_from(number % 2).unwrap();
    let mut all = vec![measurement("opened", day, None, 0)];
    if number.is_multiple_of(2) {
        let took = i64::try_from(number % 5).unwrap();
        all.push(measurement("reply_time", 3, None, took));
    }
    if number.is_multiple_of(3) {
        let class =
            [None, Some("staff"), Some("product")][usize::try_from(number % 4 % 3).unwrap()];
        all.push(measurement("cause", 4, class, 0));
    }
    all
}

fn come(unit: Option<UnitId>, all: &[Measurement]) -> Increments {
    let total = |of: &Measurement| Increment {
        unit,
        of: of.clone(),
        add: 1,
    };
    Increments {
        totals: all.iter().map(total).collect(),
        put: all.to_vec(),
        removed: Vec::new(),
    }
}

fn matter(number: u64) -> Matter {
    Matter {
        lead_unit: [None, Some(unit_id(1)), Some(unit_id(2))][usize::try_from(number % 3).unwrap()],
        ..Matter::new(number)
    }
}

async fn fill(store: &Store) {
    let appends = (1..=CASES).map(|number| {
        let matter = matter(number);
        let mut append = matter.register();
        append.statistics = come(matter.lead_unit, &of(number));
        let store = store.clone();
        tokio::spawn(async move { store.append(append).await })
    });
    for append in appends.collect::<Vec<_>>() {
        append.await.unwrap().unwrap();
    }
}

fn request(first: i8, last: i8) -> TotalsRequest {
    TotalsRequest {
        policy: PolicyId::new("general"),
        kind: KindId::new("complaint"),
        first: date(2026, 11, first),
        last: date(2026, 11, last),
        unit: None,
    }
}

fn sum(totals: &[Total], measure: &str) -> i64 {
    let of = totals
        .iter()
        .filter(|total| total.measure.as_str() == measure);
    of.map(|total| total.total).sum()
}

pub async fn totals_are_kept_by_day_unit_and_kind(store: &Store) {
    fill(store).await;
    let opened = async |access: &Access, request: &TotalsRequest| {
        sum(&store.totals(access, request).await.unwrap(), "opened")
    };
    let all = &Access::All;
    assert_eq!(opened(all, &request(1, 30)).await, 12);
    assert_eq!(opened(all, &request(1, 1)).await, 6);
    assert_eq!(opened(all, &request(3, 30)).await, 0);
    let one = |unit| TotalsRequest {
        unit: Some(unit),
        ..request(1, 30)
    };
    for unit in [None, Some(unit_id(1)), Some(unit_id(2))] {
        assert_eq!(opened(all, &one(unit)).await, 4, "{unit:?}");
    }
    let praise = TotalsRequest {
        kind: KindId::new("praise"),
        ..request(1, 30)
    };
    assert_eq!(opened(all, &praise).await, 0);
    let other = TotalsRequest {
        policy: PolicyId::new("other"),
        ..request(1, 30)
    };
    assert_eq!(opened(all, &other).await, 0);

    let lead = Access::Arms(vec![Arm::LeadUnit(vec![unit_id(1)])]);
    assert_eq!(opened(&lead, &request(1, 30)).await, 4);
    assert_eq!(opened(&lead, &one(None)).await, 0);
    let taker = Access::Arms(vec![Arm::Taker(person_id(1))]);
    assert_eq!(opened(&taker, &request(1, 30)).await, 0);
}

pub async fn every_total_has_as_many_cases_behind_it(store: &Store) {
    fill(store).await;
    let lead = Access::Arms(vec![
        Arm::LeadUnit(vec![unit_id(1), unit_id(2)]),
        Arm::Taker(person_id(1)),
    ]);
    for access in [Access::All, lead] {
        for total in store.totals(&access, &request(1, 30)).await.unwrap() {
            let filter = Filter {
                policy: Some(PolicyId::new("general")),
                kind: Some(KindId::new("complaint")),
                lead_unit: total.unit,
                without_unit: total.unit.is_none(),
                counted: Some(Counted {
                    measure: total.measure.clone(),
                    first: date(2026, 11, 1),
                    last: date(2026, 11, 30),
                    classes: vec![total.class.clone()],
                    value_min: Some(total.value),
                    value_max: Some(total.value),
                }),
                ..Filter::default()
            };
            let access = access.counted();
            let page = PageRequest {
                order: Order::NewestFirst,
                after: None,
                rows_max: 50,
            };
            let listed = store.list(&access, &filter, page).await.unwrap().rows;
            assert_eq!(
                i64::try_from(listed.len()).unwrap(),
                total.total,
                "{total:?}"
            );
            let counts = store.counts(&access, &[filter]).await.unwrap();
            assert_eq!(i64::from(counts[0]), total.total, "{total:?}");
        }
    }
}

pub async fn what_is_taken_back_is_counted_no_more(store: &Store) {
    let first = matter(1);
    let mut append = first.register();
    let before = [
        measurement("opened", 1, None, 0),
        measurement("cause", 3, Some("staff"), 0),
        measurement("reply_time", 3, None, 4),
    ];
    append.statistics = come(first.lead_unit, &before);
    let number = store.append(append).await.unwrap().number.unwrap();

    // A correction: another cause, no reply any more. Then the same cause again, and a reply anew.
    let less = |of: &Measurement, add| Increment {
        unit: first.lead_unit,
        of: of.clone(),
        add,
    };
    let product = measurement("cause", 3, Some("product"), 0);
    let late = measurement("reply_time", 9, None, 8);
    let corrected = Increments {
        totals: vec![
            less(&before[1], -1),
            less(&product, 1),
            less(&before[2], -1),
        ],
        put: vec![product.clone()],
        removed: vec![MeasureId::new("reply_time")],
    };
    let again = Increments {
        totals: vec![less(&late, 1)],
        put: vec![late.clone()],
        removed: Vec::new(),
    };
    let mut notes = Vec::new();
    for (seq, statistics) in [(5, corrected), (6, again)] {
        let mut note = first.note(seq, &number, "更正", &format!("note-{seq}"));
        note.statistics = statistics;
        let store = store.clone();
        notes.push(tokio::spawn(async move { store.append(note).await }));
    }
    for note in notes {
        note.await.unwrap().unwrap();
    }
    let totals = store.totals(&Access::All, &request(1, 30)).await.unwrap();
    let found: Vec<_> = totals
        .iter()
        .map(|total| (total.measure.as_str(), total.class.clone(), total.value))
        .collect();
    let expected = [
        ("cause", Some(ChoiceId::new("product")), 0),
        ("opened", None, 0),
        ("reply_time", None, 8),
    ];
    assert_eq!(found, expected);

    let counted = async |measure: &str, class: Option<&str>| {
        let filter = Filter {
            counted: Some(Counted {
                measure: MeasureId::new(measure),
                first: date(2026, 11, 1),
                last: date(2026, 11, 30),
                classes: class
                    .map(|class| Some(ChoiceId::new(class)))
                    .into_iter()
                    .collect(),
                value_min: None,
                value_max: None,
            }),
            ..Filter::default()
        };
        let page = PageRequest {
            rows_max: 50,
            ..PageRequest::default()
        };
        let page = store.list(&Access::All, &filter, page).await.unwrap();
        page.rows.iter().map(|row| row.case).collect::<Vec<_>>()
    };
    assert_eq!(counted("cause", Some("staff")).await, []);
    assert_eq!(counted("cause", Some("product")).await, [case_id(1)]);
    assert_eq!(counted("reply_time", None).await, [case_id(1)]);
    assert_eq!(counted("closed", None).await, []);
}
