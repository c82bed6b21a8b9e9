//! Splits: exact, fair, refused.

use std::collections::BTreeSet;

use huiyin_settlement::{Money, SplitProblem, split};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn texts(parts: &[Money]) -> Vec<String> {
    parts.iter().map(Money::to_string).collect()
}

fn decimals(weights: &[&str]) -> Vec<Decimal> {
    weights
        .iter()
        .map(|weight| weight.parse().expect("a decimal"))
        .collect()
}

fn check(total: &str, weights: &[&str], unit: &str, expected: &[&str]) {
    let money = |text: &str| text.parse::<Money>().expect("an amount");
    let parts = split(money(total), &decimals(weights), money(unit)).expect("a split");
    assert_eq!(texts(&parts), expected, "{total} by {weights:?}");
}

#[test]
fn the_largest_remainders_get_what_is_left() {
    check(
        "100",
        &["1", "1", "1"],
        "0.01",
        &["33.34", "33.33", "33.33"],
    );
    check("0.05", &["50", "50"], "0.01", &["0.03", "0.02"]);
    check("10", &["1", "2", "3"], "0.01", &["1.67", "3.33", "5.00"]);
    check(
        "10",
        &["0.5", "0.25", "0.25"],
        "1",
        &["5.00", "3.00", "2.00"],
    );
    check("1000", &["70", "30"], "100", &["700.00", "300.00"]);
    check("0", &["1", "2"], "0.01", &["0.00", "0.00"]);
    check("7.77", &["0", "5", "0"], "0.01", &["0.00", "7.77", "0.00"]);
}

#[test]
fn what_has_no_exact_split_is_refused() {
    let one = [Decimal::ONE];
    let cases = [
        (
            split(Money::yuan(-1), &one, Money::CENT),
            SplitProblem::NegativeTotal,
        ),
        (
            split(Money::yuan(1), &one, Money::ZERO),
            SplitProblem::BadUnit,
        ),
        (
            split(Money::yuan(1), &one, Money::yuan(-1)),
            SplitProblem::BadUnit,
        ),
        (
            split(Money::CENT, &one, Money::yuan(1)),
            SplitProblem::NotInUnits,
        ),
        (
            split(Money::yuan(1), &[], Money::CENT),
            SplitProblem::NoWeight,
        ),
        (
            split(Money::yuan(1), &decimals(&["0", "0"]), Money::CENT),
            SplitProblem::NoWeight,
        ),
        (
            split(Money::yuan(1), &decimals(&["2", "-1"]), Money::CENT),
            SplitProblem::NegativeWeight { index: 1 },
        ),
        (
            split(Money::yuan(1), &decimals(&["1e-20", "1"]), Money::CENT),
            SplitProblem::WeightTooLarge,
        ),
    ];
    for (result, expected) in cases {
        assert_eq!(result, Err(expected));
    }
}

fn weights() -> impl Strategy<Value = Vec<Decimal>> {
    prop::collection::vec(
        (0_i64..1_000_000, 0_u32..5).prop_map(|(digits, places)| Decimal::new(digits, places)),
        1..20,
    )
    .prop_filter("some weight", |weights| {
        weights.iter().any(|weight| !weight.is_zero())
    })
}

proptest! {
    #[test]
    fn parts_add_up_and_are_less_than_a_unit_from_their_share(cents in 0_i64..1_000_000_000_000, weights in weights()) {
        let total = Money::from_decimal(Decimal::new(cents, 2)).expect("in bounds");
        let parts = split(total, &weights, Money::CENT).expect("a split");
        prop_assert_eq!(Money::sum(parts.iter().copied()), Ok(total));

        let whole: Decimal = weights.iter().sum();
        for (part, weight) in parts.iter().zip(&weights) {
            // Both sides times the whole, so that nothing is divided.
            let off = (part.to_decimal() * whole - total.to_decimal() * weight).abs();
            prop_assert!(off < Money::CENT.to_decimal() * whole);
            prop_assert!(!weight.is_zero() || *part == Money::ZERO);
        }
    }

    #[test]
    fn order_decides_only_between_equal_remainders(cents in 0_i64..1_000_000_000, weights in weights()) {
        let whole: Decimal = weights.iter().sum();
        let remainders: BTreeSet<Decimal> =
            weights.iter().map(|weight| Decimal::from(cents) * weight % whole).collect();
        prop_assume!(remainders.len() == weights.len());

        let total = Money::from_decimal(Decimal::new(cents, 2)).expect("in bounds");
        let forth = split(total, &weights, Money::CENT).expect("a split");
        let reversed: Vec<Decimal> = weights.iter().rev().copied().collect();
        let mut back = split(total, &reversed, Money::CENT).expect("a split");
        back.reverse();
        prop_assert_eq!(forth, back);
    }

    #[test]
    fn a_larger_weight_never_gets_less(cents in 0_i64..1_000_000_000, weights in weights()) {
        let total = Money::from_decimal(Decimal::new(cents, 2)).expect("in bounds");
        let parts = split(total, &weights, Money::CENT).expect("a split");
        for (one, part) in weights.iter().zip(&parts) {
            for (other, other_part) in weights.iter().zip(&parts) {
                prop_assert!(one <= other || part >= other_part);
            }
        }
    }

    #[test]
    fn only_the_proportion_of_weights_matters(cents in 0_i64..1_000_000_000, weights in weights(), factor in 1_u32..100) {
        let total = Money::from_decimal(Decimal::new(cents, 2)).expect("in bounds");
        let larger: Vec<Decimal> = weights.iter().map(|weight| weight * Decimal::from(factor)).collect();
        prop_assert_eq!(split(total, &weights, Money::CENT), split(total, &larger, Money::CENT));
    }
}
