//! Bands and ladders.

use huiyin_settlement::{Bands, BandsProblem, Ladder, LadderProblem, Money};
use proptest::prelude::*;

fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

#[test]
fn an_upper_end_belongs_to_its_own_row_and_a_cent_more_to_the_next() {
    let bands = Bands::new(vec![
        (Some(money("100000")), 1),
        (Some(money("150000")), 2),
        (None, 3),
    ])
    .expect("bands");
    for (amount, row) in [
        ("0", Some(&1)),
        ("100000", Some(&1)),
        ("100000.01", Some(&2)),
        ("150000", Some(&2)),
        ("150000.01", Some(&3)),
        ("-0.01", None),
    ] {
        assert_eq!(bands.of(money(amount)), row, "{amount}");
    }
}

#[test]
fn rows_that_are_not_a_partition_are_refused() {
    let of = |uppers: &[Option<i32>]| {
        Bands::new(
            uppers
                .iter()
                .map(|upper| (upper.map(Money::yuan), ()))
                .collect(),
        )
        .err()
    };
    assert_eq!(of(&[]), Some(BandsProblem::Empty));
    assert_eq!(of(&[Some(5)]), Some(BandsProblem::Gap(Money::yuan(5))));
    assert_eq!(of(&[None, None]), Some(BandsProblem::Overlap { row: 0 }));
    assert_eq!(
        of(&[Some(5), Some(5), None]),
        Some(BandsProblem::Descending { row: 1 })
    );
    assert_eq!(
        of(&[Some(5), Some(4), None]),
        Some(BandsProblem::Descending { row: 1 })
    );
    assert_eq!(
        of(&[Some(-1), None]),
        Some(BandsProblem::Descending { row: 0 })
    );
    assert_eq!(of(&[None]), None);
}

#[test]
fn a_move_off_the_ladder_is_no_grade() {
    let grades = Ladder::new(vec!["criticism", "reprimand", "demerit"]).expect("a ladder");
    assert_eq!(grades.moved(&"demerit", -1), Some(&"reprimand"));
    assert_eq!(grades.moved(&"criticism", 2), Some(&"demerit"));
    assert_eq!(grades.moved(&"demerit", 1), None);
    assert_eq!(grades.moved(&"criticism", -1), None);
    assert_eq!(grades.moved(&"praise", 0), None);
}

#[test]
fn a_ladder_holds_each_grade_once() {
    assert_eq!(Ladder::<&str>::new(vec![]), Err(LadderProblem::Empty));
    assert_eq!(
        Ladder::new(vec!["a", "b", "a"]),
        Err(LadderProblem::Repeated { index: 2 })
    );
}

proptest! {
    #[test]
    fn every_amount_lies_in_the_one_row_that_spans_it(
        uppers in prop::collection::btree_set(0_i32..10_000, 0..12),
        yuan in 0_i32..12_000,
    ) {
        let uppers: Vec<Option<Money>> = uppers.into_iter().map(Money::yuan).map(Some).chain([None]).collect();
        let bands = Bands::new(uppers.iter().copied().enumerate().map(|(row, upper)| (upper, row)).collect()).expect("bands");
        let amount = Money::yuan(yuan);
        let row = *bands.of(amount).expect("not negative");
        prop_assert!(uppers[row].is_none_or(|upper| amount <= upper));
        prop_assert!(row == 0 || uppers[row - 1].is_some_and(|below| below < amount));
    }
}
