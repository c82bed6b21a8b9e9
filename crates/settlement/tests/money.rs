//! Reading, writing and computing amounts.

use huiyin_settlement::{AmountProblem, Money, Percent, Quantity};

fn money(text: &str) -> Money {
    text.parse().expect("a valid amount")
}

#[test]
fn an_amount_is_written_with_two_places() {
    for (text, written) in [
        ("0", "0.00"),
        ("-0", "0.00"),
        ("100000.01", "100000.01"),
        ("7.5", "7.50"),
        ("7.5000", "7.50"),
        ("-12.3", "-12.30"),
        ("1000000000000000", "1000000000000000.00"),
    ] {
        assert_eq!(money(text).to_string(), written);
    }
}

#[test]
fn what_is_not_an_amount_is_refused_with_its_reason() {
    for text in [
        "", "-", ".5", "5.", "1,000", "1e3", " 1", "￥1", "1.2.3", "１", "+1", "NaN",
    ] {
        assert_eq!(
            text.parse::<Money>(),
            Err(AmountProblem::NotANumber(text.to_owned())),
            "{text}"
        );
    }
    assert!(matches!(
        "0.001".parse::<Money>(),
        Err(AmountProblem::TooFine { places: 2, .. })
    ));
    assert!(matches!(
        "1000000000000000.01".parse::<Money>(),
        Err(AmountProblem::TooLarge(_))
    ));
    assert!(matches!(
        "-1%".parse::<Percent>(),
        Err(AmountProblem::Negative(_))
    ));
    assert!(matches!(
        "-1".parse::<Quantity>(),
        Err(AmountProblem::Negative(_))
    ));
}

#[test]
fn a_returned_quantity_costs_a_fifth_of_its_selling_price() {
    let quantity: Quantity = "37.5".parse().expect("a quantity");
    let share: Percent = "20%".parse().expect("a percentage");
    let price = quantity.at(money("12.34")).expect("in bounds");
    assert_eq!(share.of(price).expect("in bounds").to_string(), "92.55");
}

#[test]
fn half_a_cent_is_rounded_away_from_zero() {
    let half: Percent = "0.5".parse().expect("a percentage");
    let exact = half.of(Money::yuan(1)).expect("in bounds");
    assert_ne!(exact, Money::CENT);
    assert_eq!(exact.to_cent(), Money::CENT);
    assert_eq!(
        half.of(Money::yuan(-1)).expect("in bounds").to_cent(),
        money("-0.01")
    );
}

#[test]
fn sums_beyond_the_bounds_are_refused() {
    let largest = money("1000000000000000");
    assert!(largest.plus(Money::CENT).is_err());
    assert!(Money::ZERO.minus(largest).is_ok());
    assert!(Money::sum([largest, Money::CENT, Money::ZERO]).is_err());
    assert!(Quantity::from(u32::MAX).at(largest).is_err());
}

#[test]
fn shares_are_whole_only_at_exactly_a_hundred() {
    let shares = |texts: &[&str]| -> Vec<Percent> {
        texts
            .iter()
            .map(|text| text.parse().expect("a percentage"))
            .collect()
    };
    assert!(Percent::are_whole(&shares(&[
        "33.3333", "33.3333", "33.3334"
    ])));
    assert!(!Percent::are_whole(&shares(&[
        "33.3333", "33.3333", "33.3333"
    ])));
    assert!(!Percent::are_whole(&[]));
}
