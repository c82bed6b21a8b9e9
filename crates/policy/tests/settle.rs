//! Settling by the manufacturer's sheets: what must hold whatever the rows are.

mod support;

use std::sync::LazyLock;

use huiyin_policy::check;
use huiyin_policy::model::{AccountId, ColumnId, Policy, SheetId};
use huiyin_policy::settle::{Raw, Settled, settle};
use huiyin_settlement::Money;
use proptest::prelude::*;
use support::manufacturing_files;

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let checked = check(&manufacturing_files());
    checked.policy.expect("the shipped policy checks")
});

fn row(cells: &[(&str, &str)]) -> Raw {
    let cell = |(name, value): &(&str, &str)| ((*name).to_owned(), Raw::Text((*value).to_owned()));
    Raw::Map(cells.iter().map(cell).collect())
}

fn settlement() -> (String, Raw) {
    let cells = [
        ("number", "1"),
        ("month", "2026-03"),
        ("proposed", "9000000"),
    ];
    ("settlement".to_owned(), row(&cells))
}

fn sheet(name: &str, rows: Vec<Raw>) -> (String, Raw) {
    (name.to_owned(), Raw::List(rows))
}

fn yuan(cents: u32) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// A case with these claims, blamed on groups by these weights in hundredths of a percent, whose members have these points.
#[derive(Debug, Clone)]
struct Matter {
    claims: Vec<u32>,
    weights: Vec<u32>,
    points: Vec<Vec<u32>>,
    bonuses: Vec<u32>,
}

impl Matter {
    fn rows(&self) -> Vec<(String, Raw)> {
        let claims = self.claims.iter().enumerate().map(|(at, cents)| {
            row(&[
                ("item", &format!("L{at}")),
                ("remedy", "claim"),
                ("paid", &yuan(*cents)),
            ])
        });
        let blame = self.weights.iter().enumerate().map(|(at, weight)| {
            let weight = format!("{}%", yuan(*weight));
            row(&[
                ("who", &format!("G{at}")),
                ("level", "group"),
                ("weight", &weight),
            ])
        });
        let groups = self.points.iter().enumerate();
        let staff = groups.clone().flat_map(|(at, points)| {
            points.iter().enumerate().map(move |(member, points)| {
                let (person, group) = (format!("P{at}-{member}"), format!("G{at}"));
                row(&[
                    ("person", &person),
                    ("group", &group),
                    ("points", &points.to_string()),
                ])
            })
        });
        let bonuses = groups.flat_map(|(at, points)| {
            (0..points.len()).flat_map(move |member| {
                let person = format!("P{at}-{member}");
                self.bonuses.iter().enumerate().map(move |(month, bonus)| {
                    let month = format!("2026-{:02}", month + 3);
                    row(&[
                        ("person", &person),
                        ("month", &month),
                        ("bonus", &yuan(*bonus)),
                    ])
                })
            })
        });
        vec![
            settlement(),
            sheet("loss", claims.collect()),
            sheet("blame", blame.collect()),
            sheet("staff", staff.collect()),
            sheet("bonuses", bonuses.collect()),
        ]
    }
}

fn matters() -> impl Strategy<Value = Matter> {
    let weights = prop::collection::vec(1_u32..5_000, 1..4).prop_map(|mut weights| {
        let sum: u32 = weights.iter().sum();
        let rest = 10_000_u32.saturating_sub(sum);
        weights.push(rest.max(1));
        // The last one makes them up to 100%; a sum above is scaled down by dropping others.
        while weights.iter().sum::<u32>() != 10_000 {
            let others: u32 = weights.iter().skip(1).sum();
            match others < 10_000 {
                true => weights[0] = 10_000 - others,
                false => {
                    weights.pop();
                }
            }
        }
        weights
    });
    let claims = prop::collection::vec(0_u32..500_000, 1..5);
    let bonuses = prop::collection::vec(0_u32..400_000, 0..6);
    (claims, weights, bonuses).prop_flat_map(|(claims, weights, bonuses)| {
        let points = prop::collection::vec(prop::collection::vec(1_u32..200, 1..5), weights.len());
        points.prop_map(move |points| Matter {
            claims: claims.clone(),
            weights: weights.clone(),
            points,
            bonuses: bonuses.clone(),
        })
    })
}

fn settled(rows: Vec<(String, Raw)>) -> Settled {
    settle(&POLICY, &Raw::Map(rows)).expect("the rows are right")
}

fn sum(settled: &Settled, sheet: &str, column: &str) -> Money {
    let table = &settled.sheets[&SheetId::new(sheet)];
    let column = ColumnId::new(column);
    let amounts = table.rows.iter();
    let amounts = amounts.filter_map(|row| row.cells.get(&column)?.cell.money());
    Money::sum(amounts).expect("within bounds")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn parts_sum_to_the_whole(matter in matters()) {
        let settled = settled(matter.rows());
        let loss = sum(&settled, "loss", "amount");
        prop_assert_eq!(sum(&settled, "blame", "share"), loss);
        prop_assert_eq!(sum(&settled, "charges", "amount"), loss);
        let people = &settled.accounts[&AccountId::new("bonus_deductions")];
        prop_assert_eq!(Money::sum(people.iter().map(|person| person.owed)), Ok(loss));
    }

    #[test]
    fn never_more_than_half_a_bonus_is_taken(matter in matters()) {
        let settled = settled(matter.rows());
        for person in &settled.accounts[&AccountId::new("bonus_deductions")] {
            let mut taken = person.left;
            for month in &person.months {
                prop_assert!(month.taken.plus(month.taken).expect("within bounds") <= month.of);
                taken = taken.plus(month.taken).expect("within bounds");
            }
            prop_assert_eq!(taken, person.owed);
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(matter in matters()) {
        let ordered = settled(matter.rows());
        let mut turned = matter.rows();
        turned.reverse();
        for (_, rows) in &mut turned {
            if let Raw::List(rows) = rows {
                rows.reverse();
            }
        }
        let turned = settled(turned);
        // Where a row came from in the file is the only thing that differs.
        prop_assert_eq!(without_paths(ordered), without_paths(turned));
    }
}

fn without_paths(mut settled: Settled) -> Settled {
    for table in settled.sheets.values_mut() {
        for row in &mut table.rows {
            row.path.clear();
        }
    }
    settled
}

fn problems(rows: Vec<(String, Raw)>) -> Vec<(String, &'static str)> {
    let problems = settle(&POLICY, &Raw::Map(rows)).expect_err("the rows are wrong");
    problems
        .into_iter()
        .map(|problem| (problem.path, problem.wrong.key().0))
        .collect()
}

fn check_problems(rows: Vec<(String, Raw)>, expected: &[(&str, &str)]) {
    let found = problems(rows);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(path, key)| (path.as_str(), *key))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn every_mistake_in_the_rows_is_told_at_its_place() {
    check_problems(
        vec![
            sheet(
                "loss",
                vec![
                    row(&[("item", "A"), ("remedy", "clam"), ("paid", "-1")]),
                    row(&[("remedy", "claim"), ("paid", "1.001"), ("amount", "1")]),
                    row(&[("item", "A"), ("colour", "red")]),
                ],
            ),
            sheet(
                "bonuses",
                vec![row(&[("person", "a/b"), ("month", "2026-13")])],
            ),
            sheet("charges", vec![]),
        ],
        &[
            ("loss[0].remedy", "unknown-choice"),
            ("loss[0].paid", "bad-value"),
            ("loss[1].paid", "bad-value"),
            ("loss[1].amount", "computed"),
            ("loss[1].item", "missing"),
            ("loss[2].colour", "unknown-name"),
            ("loss[2]", "twice"),
            ("bonuses[0].person", "bad-value"),
            ("bonuses[0].month", "bad-value"),
            ("charges", "unknown-name"),
            ("settlement", "missing"),
        ],
    );
}

#[test]
fn what_an_amount_is_worked_out_of_is_asked_for() {
    check_problems(
        vec![
            settlement(),
            sheet(
                "loss",
                vec![
                    row(&[("item", "A"), ("remedy", "return"), ("quantity", "3")]),
                    row(&[("item", "B"), ("remedy", "rework"), ("freight", "3")]),
                    row(&[("item", "C")]),
                ],
            ),
        ],
        &[
            ("loss[0].price", "missing"),
            ("loss[1].labour", "missing"),
            ("loss[2].remedy", "missing"),
        ],
    );
}

#[test]
fn a_result_that_is_too_large_is_refused() {
    let rows = |price: &str| {
        let cells = [
            ("item", "A"),
            ("remedy", "replacement"),
            ("quantity", "1000000"),
            ("grade_a_price", price),
        ];
        vec![settlement(), sheet("loss", vec![row(&cells)])]
    };
    check_problems(rows("1000000000.01"), &[("loss[0]", "out-of-bounds")]);
    assert!(settle(&POLICY, &Raw::Map(rows("1000000000"))).is_ok());
}

#[test]
fn weights_of_nothing_divide_nothing() {
    check_problems(
        vec![
            settlement(),
            sheet(
                "loss",
                vec![row(&[("item", "A"), ("remedy", "claim"), ("paid", "5")])],
            ),
            sheet(
                "staff",
                vec![row(&[("person", "P"), ("group", "G"), ("points", "0")])],
            ),
            sheet(
                "blame",
                vec![row(&[("who", "G"), ("level", "group"), ("weight", "100%")])],
            ),
        ],
        &[("blame[0]", "no-weight")],
    );
}
