//! Where cases stand among others: levels, categories, and who is not to know of a case.

#![allow(unreachable_pub, reason = "called by the list of rules only")]

use std::collections::BTreeSet;

use huiyin_case::entitled::{Entitled, Positions};
use huiyin_case::exclusion::Hidden;
use huiyin_case::id::{CaseId, PersonId};
use huiyin_case::measure::{Increment, Increments};
use huiyin_case::relation::{Bond, Subject};
use huiyin_case::sight::Sight;
use huiyin_case::state::Stage;
use huiyin_policy::model::{ChoiceId, KindId, PolicyId, RelationKind};
use huiyin_store::{
    Access, Arm, Excluded, Filter, Level, Order, PageRequest, Sights, Standing, Store,
    TotalsRequest,
};
use jiff::civil::date;
use uuid::Uuid;

use crate::support::{Matter, at, case_id, measurement, person_id, unit_id};

const CASES: u64 = 24;

fn level(name: &str, below_top: u32) -> Option<Level> {
    Some(Level {
        level: ChoiceId::new(name),
        below_top,
    })
}

/// Every third case is serious, every fourth has no severity; categories are spread over a tree; the first two cases are
/// hidden from person 7. Unit 9 reads the second and every sixth.
async fn fill(store: &Store) {
    for number in 1..=CASES {
        let mut matter = Matter::new(number);
        matter.due = Some(at(i64::try_from(number * 7919 % 1000).unwrap()));
        matter.lead_unit = Some(unit_id(1));
        let mut append = matter.register();
        let path: &[&str] = match number % 4 {
            0 => &["goods", "broken"],
            1 => &["goods"],
            2 => &["goodsbye"],
            _ => &[],
        };
        append.row.standing = Standing {
            severity: match number {
                _ if number % 3 == 0 => level("serious", 0),
                _ if number % 4 == 0 => None,
                _ => level("ordinary", 1),
            },
            urgency: level(
                if number % 5 == 0 { "urgent" } else { "normal" },
                u32::from(number % 5 != 0),
            ),
            category: path.iter().map(ChoiceId::new).collect(),
            hidden_from: Hidden {
                persons: (number <= 2).then(|| person_id(7)).into_iter().collect(),
                bonds: (number == 3 || number == 6)
                    .then_some(BOND)
                    .into_iter()
                    .collect(),
            },
            sight: sight_of(number),
            read_by: (number == 2 || number % 6 == 0).then(|| unit_id(9)),
            entitled: entitled_of(number),
        };
        let opened = measurement("opened", 1, None, 0);
        append.statistics = Increments {
            totals: vec![Increment {
                unit: Some(unit_id(1)),
                of: opened.clone(),
                add: 1,
            }],
            put: vec![opened],
            removed: Vec::new(),
        };
        store.append(append).await.unwrap();
    }
}

/// Whoever has it sees neither the third case nor the sixth.
const BOND: Bond = Bond {
    kind: RelationKind::FormerSuperior,
    to: Subject::Person(PersonId::new(Uuid::from_u128(21))),
};

fn outsider(person: u64) -> Excluded {
    Excluded {
        person: person_id(person),
        bonds: BTreeSet::new(),
    }
}

/// The third and the fourth case are shown to two positions alone, the fifth to one of them and to who took it in.
fn sight_of(number: u64) -> Option<Sight> {
    match number {
        3 | 4 => Some(Sight::parse("chief manager")),
        5 => Some(Sight::parse("+taker manager")),
        _ => None,
    }
}

/// Something may be done with the first case and every fifth by an archivist, with every tenth by a chief as well; a chief alone may with
/// the third, unit 6 with the eighth, person 9 with the ninth.
fn entitled_of(number: u64) -> Entitled {
    Entitled {
        positions: Positions::parse(match number {
            3 => "chief",
            _ if number.is_multiple_of(10) => "archivist chief",
            _ if number == 1 || number.is_multiple_of(5) => "archivist",
            _ => "",
        }),
        unit: (number == 8).then(|| unit_id(6)),
        person: (number == 9).then(|| person_id(9)),
    }
}

async fn cases(store: &Store, access: &Access, filter: &Filter, order: Order) -> Vec<CaseId> {
    let mut cases = Vec::new();
    let mut after = None;
    loop {
        let page = PageRequest {
            order,
            after,
            rows_max: 5,
        };
        let found = store.list(access, filter, page).await.unwrap();
        cases.extend(found.rows.iter().map(|row| row.case));
        match found.next {
            Some(next) => after = Some(next.to_string().parse().unwrap()),
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

pub async fn the_most_severe_come_first_and_pages_join(store: &Store) {
    fill(store).await;
    for (order, rank) in [
        (
            Order::MostSevere,
            (|one: &Standing| one.severity.clone()) as fn(&Standing) -> _,
        ),
        (Order::MostUrgent, |one: &Standing| one.urgency.clone()),
    ] {
        let found = cases(store, &Access::All, &open(), order).await;
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len());
        assert_eq!(found.len(), usize::try_from(CASES).unwrap());
        let mut places = Vec::new();
        for case in found {
            let row = store.case_row(&Access::All, case).await.unwrap().unwrap();
            let due = row.tightest.as_ref().unwrap().due.at;
            places.push((rank(&row.standing).map_or(99, |level| level.below_top), due));
        }
        assert!(places.is_sorted(), "{places:?}");
    }
}

pub async fn a_branch_has_all_that_is_below_it_and_nothing_beside_it(store: &Store) {
    fill(store).await;
    let count = |category: &'static [&'static str]| async move {
        let filter = Filter {
            category: category.iter().map(ChoiceId::new).collect(),
            ..open()
        };
        let listed = cases(store, &Access::All, &filter, Order::TightestDue).await;
        let counted = store.counts(&Access::All, &[filter]).await.unwrap();
        assert_eq!(usize::try_from(counted[0]).unwrap(), listed.len());
        listed.len()
    };
    assert_eq!(count(&["goods"]).await, 12);
    assert_eq!(count(&["goods", "broken"]).await, 6);
    assert_eq!(count(&["goodsbye"]).await, 6);
    assert_eq!(count(&["broken"]).await, 0);
    let serious = Filter {
        severity: Some(ChoiceId::new("serious")),
        urgency: Some(ChoiceId::new("normal")),
        ..open()
    };
    let listed = cases(store, &Access::All, &serious, Order::TightestDue).await;
    assert_eq!(listed.len(), 7);
}

pub async fn what_is_hidden_from_someone_is_in_nothing_he_reads(store: &Store) {
    fill(store).await;
    for reach in [
        Access::All,
        Access::Arms(vec![Arm::LeadUnit(vec![unit_id(1)])]),
    ] {
        let seen_by = |person| Access::Except(outsider(person), Box::new(reach.clone()));
        for (person, seen) in [(7, CASES - 2), (8, CASES)] {
            let access = seen_by(person);
            let seen = usize::try_from(seen).unwrap();
            let listed = cases(store, &access, &open(), Order::TightestDue).await;
            assert_eq!(listed.len(), seen);
            let counted = store.counts(&access, &[open()]).await.unwrap();
            assert_eq!(usize::try_from(counted[0]).unwrap(), seen);
            let row = store.case_row(&access, case_id(1)).await.unwrap();
            assert_eq!(row.is_some(), person == 8);
            let found = store.search(&access, "HY26110001", 10).await.unwrap();
            assert_eq!(found.len(), usize::from(person == 8));
            let totals = store.totals(&access, &november()).await.unwrap();
            let total: i64 = totals.iter().map(|total| total.total).sum();
            assert_eq!(usize::try_from(total).unwrap(), seen);
        }
    }
}

pub async fn what_is_hidden_from_whoever_is_related_is_in_nothing_he_reads(store: &Store) {
    fill(store).await;
    let other = Bond {
        kind: RelationKind::Spouse,
        to: Subject::Unit(unit_id(21)),
    };
    let with = |person, bonds: &[Bond]| {
        let from = Excluded {
            person: person_id(person),
            bonds: bonds.iter().copied().collect(),
        };
        Access::Except(from, Box::new(Access::All))
    };
    // Whoever is on the other side is not hidden from himself, though his id stands in the row.
    for (access, seen) in [
        (with(8, &[BOND, other]), CASES - 2),
        (with(7, &[BOND]), CASES - 4),
        (with(8, &[other]), CASES),
        (with(21, &[]), CASES),
    ] {
        let seen = usize::try_from(seen).unwrap();
        let listed = cases(store, &access, &open(), Order::TightestDue).await;
        assert_eq!(listed.len(), seen);
        let counted = store.counts(&access, &[open()]).await.unwrap();
        assert_eq!(usize::try_from(counted[0]).unwrap(), seen);
        let totals = store.totals(&access, &november()).await.unwrap();
        let total: i64 = totals.iter().map(|total| total.total).sum();
        assert_eq!(usize::try_from(total).unwrap(), seen);
    }
    let row = store.case_row(&Access::All, case_id(3)).await.unwrap();
    assert!(row.unwrap().standing.hidden_from.bonds.contains(&BOND));
    let row = store.case_row(&with(8, &[BOND]), case_id(3)).await;
    assert_eq!(row.unwrap(), None);
}

pub async fn what_only_some_people_see_is_in_nothing_that_others_read(store: &Store) {
    fill(store).await;
    let (both, one) = (sight_of(3).unwrap(), sight_of(5).unwrap());
    let nobody = Sights::default;
    let taker = Sights {
        taken: vec![one.clone()],
        people: vec![person_id(1)],
        ..nobody()
    };
    let other = Sights {
        people: vec![person_id(8)],
        ..taker.clone()
    };
    let chief = Sights {
        open: vec![both.clone()],
        ..taker.clone()
    };
    let manager = Sights {
        open: vec![both, one],
        ..nobody()
    };
    let reached = Arm::LeadUnit(vec![unit_id(1)]);
    for reach in [Access::All, Access::Arms(vec![reached])] {
        let among = [
            (nobody(), [false, false]),
            (other.clone(), [false, false]),
            (taker.clone(), [false, true]),
            (chief.clone(), [true, true]),
            (manager.clone(), [true, true]),
        ];
        for (sights, [third, fifth]) in among {
            let access = Access::Confined(sights, Box::new(reach.clone()));
            let seen = CASES - 3 + 2 * u64::from(third) + u64::from(fifth);
            let seen = usize::try_from(seen).unwrap();
            let both = Access::Except(outsider(7), Box::new(access.clone()));
            for (access, seen) in [(access, seen), (both, seen - 2)] {
                let listed = cases(store, &access, &open(), Order::TightestDue).await;
                assert_eq!(listed.len(), seen);
                let counted = store.counts(&access, &[open()]).await.unwrap();
                assert_eq!(usize::try_from(counted[0]).unwrap(), seen);
                for (number, shown) in [(3, third), (5, fifth)] {
                    let row = store.case_row(&access, case_id(number)).await.unwrap();
                    assert_eq!(row.is_some(), shown);
                    let query = format!("HY2611000{number}");
                    let found = store.search(&access, &query, 10).await.unwrap();
                    assert_eq!(!found.is_empty(), shown);
                }
                let totals = store.totals(&access, &november()).await.unwrap();
                let total: i64 = totals.iter().map(|total| total.total).sum();
                assert_eq!(usize::try_from(total).unwrap(), seen);
            }
        }
    }
    // Whoever is one of those people has the cases for that reason alone.
    let alone = Access::Arms(vec![Arm::Sight(vec![sight_of(3).unwrap()])]);
    let listed = cases(store, &alone, &open(), Order::TightestDue).await;
    assert_eq!(
        listed.into_iter().collect::<BTreeSet<_>>(),
        BTreeSet::from([case_id(3), case_id(4)])
    );
    let row = store.case_row(&alone, case_id(3)).await.unwrap().unwrap();
    assert_eq!(row.standing.sight, sight_of(3));
}

pub async fn a_unit_reads_and_counts_what_names_it(store: &Store) {
    fill(store).await;
    let reader = || Arm::Reader(vec![unit_id(9)]);
    let lead = |unit| Arm::LeadUnit(vec![unit_id(unit)]);
    for (arms, seen) in [
        (vec![reader()], 5),
        (vec![lead(2), reader()], 5),
        (vec![lead(1), reader()], CASES),
        (vec![Arm::Reader(vec![unit_id(8)])], 0),
    ] {
        // The second case is hidden from person 7, the first one besides: it is read by nobody.
        let all = arms.contains(&lead(1));
        for (person, hidden) in [(7, if all { 2 } else { u64::from(seen > 0) }), (8, 0)] {
            let seen = usize::try_from(seen - hidden).unwrap();
            let access = Access::Except(outsider(person), Box::new(Access::Arms(arms.clone())));
            for order in [Order::TightestDue, Order::NewestFirst, Order::MostSevere] {
                let listed = cases(store, &access, &open(), order).await;
                assert_eq!(listed.len(), seen, "{arms:?} {person}");
            }
            let counted = store.counts(&access, &[open()]).await.unwrap();
            assert_eq!(usize::try_from(counted[0]).unwrap(), seen);
            let totals = store.totals(&access, &november()).await.unwrap();
            let total: i64 = totals.iter().map(|total| total.total).sum();
            assert_eq!(usize::try_from(total).unwrap(), seen, "{arms:?} {person}");
            let row = store.case_row(&access, case_id(6)).await.unwrap();
            assert_eq!(row.is_some(), seen > 0);
            if let Some(row) = row {
                assert_eq!(row.standing.read_by, Some(unit_id(9)));
            }
        }
    }
}

pub async fn whoever_may_act_finds_what_he_may_act_on_and_counts_none_of_it(store: &Store) {
    fill(store).await;
    let lists = |of: &[&str]| Arm::Entitled(of.iter().map(|one| Positions::parse(one)).collect());
    let archivist = lists(&["archivist", "archivist chief"]);
    let chief = lists(&["chief", "archivist chief"]);
    // Person 7 is not to know of the first case, and nobody but others of the third.
    for (arm, person, seen) in [
        (&archivist, 7, &[10, 15, 20][..]),
        (&archivist, 8, &[1, 10, 15, 20]),
        (&chief, 8, &[10, 20]),
        (&Arm::EntitledUnit(vec![unit_id(5), unit_id(6)]), 8, &[8]),
        (&Arm::EntitledPerson(person_id(9)), 9, &[9]),
    ] {
        let reach = Access::Arms(vec![arm.clone()]);
        let confined = Access::Confined(Sights::default(), Box::new(reach));
        let access = Access::Except(outsider(person), Box::new(confined));
        let expected: BTreeSet<CaseId> = seen.iter().map(|&number| case_id(number)).collect();
        for order in [Order::TightestDue, Order::NewestFirst, Order::MostSevere] {
            let listed = cases(store, &access, &open(), order).await;
            assert_eq!(listed.len(), seen.len(), "{arm:?} {person}");
            assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), expected);
        }
        let counted = store.counts(&access, &[open()]).await.unwrap();
        assert_eq!(usize::try_from(counted[0]).unwrap(), seen.len());
        let totals = store.totals(&access, &november()).await.unwrap();
        assert_eq!(totals, []);
        for number in 1..=CASES {
            let row = store.case_row(&access, case_id(number)).await.unwrap();
            assert_eq!(row.is_some(), seen.contains(&number), "{number}");
            if let Some(row) = row {
                assert_eq!(row.standing.entitled, entitled_of(number));
            }
        }
    }
}

fn november() -> TotalsRequest {
    TotalsRequest {
        policy: PolicyId::new("general"),
        kind: KindId::new("complaint"),
        first: date(2026, 11, 1),
        last: date(2026, 11, 30),
        unit: None,
    }
}
