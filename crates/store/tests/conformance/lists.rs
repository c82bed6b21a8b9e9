//! The work list.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use std::collections::BTreeSet;

use huiyin_case::event::{Holder, Roles};
use huiyin_case::id::{CaseId, UnitId};
use huiyin_case::state::Stage;
use huiyin_policy::model::{ChannelId, KindId, StepId};
use huiyin_store::{Access, Arm, Filter, OfUnits, Order, PageRequest, Store};

use crate::support::{Matter, at, case_id, party_id, person_id, unit_id};

/// Cases 1 to `count` of all sorts: units 1 to 4, three roles, five takers, due times out of order, every tenth with none.
async fn fill(store: &Store, count: u64) {
    for number in 1..=count {
        let mut matter = Matter::new(number);
        matter.due =
            (!number.is_multiple_of(10)).then(|| at(i64::try_from(number * 7919 % 1000).unwrap()));
        matter.holder = Holder {
            unit: Some(unit_id(number % 4 + 1)),
            roles: Roles::parse(
                ["specialist manager", "manager", "clerk"][usize::try_from(number % 3).unwrap()],
            ),
            person: (number % 7 == 0).then(|| person_id(100 + number % 3)),
        };
        matter.lead_unit = (number % 6 != 0).then(|| unit_id(number % 5 + 10));
        matter.taker = person_id(number % 5 + 200);
        matter.first_contact = person_id(number % 6 + 300);
        matter.kind = if number % 8 == 0 {
            "inquiry"
        } else {
            "complaint"
        };
        let mut append = matter.register();
        append.row.opened_at = at(i64::try_from(number).unwrap());
        if number % 9 == 0 {
            append.row.stage = Stage::Closed;
        }
        store.append(append).await.unwrap();
    }
}

/// All cases of a list, page by page.
async fn cases(
    store: &Store,
    access: &Access,
    filter: &Filter,
    order: Order,
    rows_max: u32,
) -> Vec<CaseId> {
    let mut cases = Vec::new();
    let mut page = PageRequest {
        order,
        after: None,
        rows_max,
    };
    loop {
        let found = store.list(access, filter, page).await.unwrap();
        assert!(found.rows.len() <= usize::try_from(rows_max).unwrap());
        cases.extend(found.rows.iter().map(|row| row.case));
        match found.next {
            // The way of a cursor through a client: as text.
            Some(next) => page.after = Some(next.to_string().parse().unwrap()),
            None => return cases,
        }
    }
}

fn open() -> Filter {
    Filter {
        stage: Some(Stage::Open),
        ..Filter::default()
    }
}

pub async fn a_work_list_is_ordered_by_the_tightest_clock(store: &Store) {
    fill(store, 60).await;
    let page = PageRequest {
        rows_max: 100,
        ..PageRequest::default()
    };
    let rows = store.list(&Access::All, &open(), page).await.unwrap().rows;
    let dues: Vec<_> = rows
        .iter()
        .map(|row| row.tightest.as_ref().map(|tightest| tightest.due.at))
        .collect();
    let mut sorted = dues.clone();
    sorted.sort_by_key(|due| (due.is_none(), *due));
    assert_eq!(dues, sorted);
    assert_eq!(dues.len(), 54);
    let first = Matter::new(1).register();
    let row = store
        .case_row(&Access::All, case_id(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (row.subject, row.excerpt, row.seq),
        (first.row.subject, first.row.excerpt, 5)
    );
    assert_eq!(row.number.as_deref(), Some("HY26110001"));
}

pub async fn pages_join_without_gap_or_overlap(store: &Store) {
    fill(store, 60).await;
    let access = Access::Arms(vec![
        Arm::HolderUnit(vec![unit_id(1), unit_id(2)]),
        Arm::Taker(person_id(201)),
    ]);
    for order in [Order::TightestDue, Order::NewestFirst] {
        for access in [&Access::All, &access] {
            let whole = cases(store, access, &Filter::default(), order, 200).await;
            assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), whole.len());
            for rows_max in [1, 7, 50] {
                assert_eq!(
                    cases(store, access, &Filter::default(), order, rows_max).await,
                    whole
                );
            }
        }
    }
}

pub async fn each_arm_reaches_its_own_cases_only(store: &Store) {
    fill(store, 60).await;
    let check = async |arm: Arm, belongs: &dyn Fn(u64) -> bool| {
        let access = Access::Arms(vec![arm]);
        let listed: BTreeSet<CaseId> =
            cases(store, &access, &Filter::default(), Order::TightestDue, 50)
                .await
                .into_iter()
                .collect();
        let expected: BTreeSet<CaseId> = (1..=60)
            .filter(|number| belongs(*number))
            .map(case_id)
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(listed, expected, "{access:?}");
        for number in 1..=60 {
            let row = store.case_row(&access, case_id(number)).await.unwrap();
            assert_eq!(row.is_some(), belongs(number), "{number} {access:?}");
        }
    };
    check(Arm::HolderUnit(vec![unit_id(1), unit_id(3)]), &|number| {
        number % 2 == 0
    })
    .await;
    let clerk = vec![Roles::parse("clerk")];
    check(Arm::HolderRole(clerk), &|number| number % 3 == 2).await;
    let manager = ["manager", "specialist manager"].map(Roles::parse);
    check(Arm::HolderRole(manager.into()), &|number| number % 3 != 2).await;
    check(Arm::HolderPerson(person_id(101)), &|number| {
        number % 7 == 0 && number % 3 == 1
    })
    .await;
    check(Arm::Taker(person_id(203)), &|number| number % 5 == 3).await;
    check(Arm::FirstContact(person_id(302)), &|number| number % 6 == 2).await;
    check(Arm::LeadUnit(vec![unit_id(12)]), &|number| {
        number % 5 == 2 && number % 6 != 0
    })
    .await;
    let nobody = cases(
        store,
        &Access::Arms(Vec::new()),
        &Filter::default(),
        Order::TightestDue,
        50,
    )
    .await;
    assert_eq!(nobody, []);
    let no_units = Access::Arms(vec![Arm::HolderUnit(Vec::new())]);
    assert_eq!(
        cases(store, &no_units, &Filter::default(), Order::TightestDue, 50).await,
        []
    );
}

pub async fn every_filter_narrows_the_list(store: &Store) {
    fill(store, 60).await;
    let check = async |filter: Filter, belongs: &dyn Fn(u64) -> bool| {
        for order in [Order::TightestDue, Order::NewestFirst] {
            let listed: BTreeSet<CaseId> = cases(store, &Access::All, &filter, order, 50)
                .await
                .into_iter()
                .collect();
            let expected: BTreeSet<CaseId> = (1..=60)
                .filter(|number| belongs(*number))
                .map(case_id)
                .collect();
            assert_eq!(listed, expected, "{filter:?}");
            let access = Access::Arms(vec![Arm::HolderUnit(vec![unit_id(2)])]);
            let listed: BTreeSet<CaseId> = cases(store, &access, &filter, order, 50)
                .await
                .into_iter()
                .collect();
            let expected: BTreeSet<CaseId> = (1..=60)
                .filter(|number| belongs(*number) && number % 4 == 1)
                .map(case_id)
                .collect();
            assert_eq!(listed, expected, "{filter:?}");
        }
    };
    let due = |number: u64| (!number.is_multiple_of(10)).then(|| number * 7919 % 1000);
    let any = Filter::default;
    check(
        Filter {
            stage: Some(Stage::Closed),
            ..any()
        },
        &|number| number % 9 == 0,
    )
    .await;
    check(
        Filter {
            stage: Some(Stage::Archived),
            ..any()
        },
        &|_| false,
    )
    .await;
    check(
        Filter {
            kind: Some(KindId::new("inquiry")),
            ..any()
        },
        &|number| number % 8 == 0,
    )
    .await;
    check(
        Filter {
            step: Some(StepId::new("dispatch")),
            ..any()
        },
        &|_| true,
    )
    .await;
    check(
        Filter {
            channel: Some(ChannelId::new("letter")),
            ..any()
        },
        &|_| false,
    )
    .await;
    check(
        Filter {
            lead_unit: Some(unit_id(11)),
            ..any()
        },
        &|number| number % 5 == 1 && number % 6 != 0,
    )
    .await;
    check(
        Filter {
            holder_person: Some(person_id(100)),
            ..any()
        },
        &|number| number % 21 == 0,
    )
    .await;
    check(
        Filter {
            taker: Some(person_id(204)),
            ..any()
        },
        &|number| number % 5 == 4,
    )
    .await;
    check(
        Filter {
            kinds: vec![KindId::new("inquiry"), KindId::new("report")],
            ..any()
        },
        &|number| number % 8 == 0,
    )
    .await;
    check(
        Filter {
            of: Some(OfUnits {
                units: vec![unit_id(11)],
                people: vec![person_id(204), person_id(303)],
            }),
            ..any()
        },
        &|number| {
            let leads = number % 5 == 1 && number % 6 != 0;
            leads || number % 5 == 4 || number % 6 == 3
        },
    )
    .await;
    check(
        Filter {
            opened_from: Some(at(20)),
            opened_before: Some(at(40)),
            ..any()
        },
        &|number| (20..40).contains(&number),
    )
    .await;
    check(
        Filter {
            of: Some(OfUnits::default()),
            ..any()
        },
        &|_| false,
    )
    .await;
    check(
        Filter {
            customers: vec![party_id(17)],
            ..any()
        },
        &|number| number == 17,
    )
    .await;
    check(
        Filter {
            unclaimed: true,
            ..any()
        },
        &|number| number % 7 != 0,
    )
    .await;
    check(
        Filter {
            due_before: Some(at(500)),
            ..any()
        },
        &|number| due(number).is_some_and(|due| due < 500),
    )
    .await;
    check(
        Filter {
            due_from: Some(at(500)),
            due_before: Some(at(900)),
            ..any()
        },
        &|number| due(number).is_some_and(|due| (500..900).contains(&due)),
    )
    .await;
}

pub async fn counts_agree_with_lists(store: &Store) {
    fill(store, 60).await;
    let filters = [
        Filter::default(),
        open(),
        Filter {
            kind: Some(KindId::new("inquiry")),
            ..open()
        },
    ];
    let units: Vec<UnitId> = vec![unit_id(1), unit_id(2)];
    for access in [
        Access::All,
        Access::Arms(vec![Arm::HolderUnit(units.clone()), Arm::LeadUnit(units)]),
        Access::Arms(Vec::new()),
    ] {
        let counts = store.counts(&access, &filters).await.unwrap();
        for (count, filter) in counts.iter().zip(&filters) {
            let listed = cases(store, &access, filter, Order::TightestDue, 50)
                .await
                .len();
            assert_eq!(
                usize::try_from(*count).unwrap(),
                listed,
                "{filter:?} {access:?}"
            );
        }
    }
}

pub async fn newest_first_is_the_order_of_registration(store: &Store) {
    fill(store, 30).await;
    // A later change of a case leaves its place.
    store
        .append(Matter::new(3).note(5, "HY26110003", "note", "note-3"))
        .await
        .unwrap();
    let listed = cases(
        store,
        &Access::All,
        &Filter::default(),
        Order::NewestFirst,
        7,
    )
    .await;
    assert_eq!(listed, (1..=30).rev().map(case_id).collect::<Vec<_>>());
}
