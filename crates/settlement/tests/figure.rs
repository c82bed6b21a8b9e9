//! Arithmetic with units.

use huiyin_settlement::{Figure, FigureProblem, Money, Percent, Quantity, Unit};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn money(text: &str) -> Figure {
    Figure::from(text.parse::<Money>().expect("an amount"))
}

fn quantity(text: &str) -> Figure {
    Figure::from(text.parse::<Quantity>().expect("a quantity"))
}

fn percent(text: &str) -> Figure {
    Figure::from(text.parse::<Percent>().expect("a percentage"))
}

#[test]
fn a_product_is_exact_and_rounded_only_when_asked() {
    let loss = quantity("333")
        .times(money("7.77"))
        .and_then(|value| value.times(percent("20%")));
    let loss = loss.expect("within bounds");
    assert_eq!(loss.to_string(), "517.482");
    assert_eq!(loss.to_cent().to_string(), "517.48");
    let half = quantity("0.5").times(money("0.01")).expect("within bounds");
    assert_eq!(
        (half.to_string(), half.to_cent().to_string()),
        ("0.005".to_owned(), "0.01".to_owned())
    );
}

#[test]
fn money_times_money_and_sums_of_different_units_are_refused() {
    assert_eq!(
        money("1").times(money("1")),
        Err(FigureProblem::Units {
            left: Unit::Money,
            right: Unit::Money
        })
    );
    assert_eq!(
        money("1").plus(percent("1%")),
        Err(FigureProblem::Units {
            left: Unit::Money,
            right: Unit::Percent
        })
    );
    assert_eq!(percent("50%").times(percent("50%")), Ok(percent("25%")));
    assert_eq!(quantity("100").times(percent("3%")), Ok(quantity("3")));
}

#[test]
fn what_cannot_be_exact_is_refused() {
    let largest = money("1000000000000000");
    assert_eq!(
        largest.times(quantity("2")),
        Err(FigureProblem::OutOfBounds)
    );
    assert_eq!(largest.plus(money("0.01")), Err(FigureProblem::OutOfBounds));
    let fine = quantity("0.000001");
    assert_eq!(
        fine.times(quantity("0.000001"))
            .map(|figure| figure.to_string()),
        Ok("0.000000000001".to_owned())
    );
    assert_eq!(
        fine.times(fine)
            .and_then(|finer| finer.times(quantity("0.1"))),
        Err(FigureProblem::OutOfBounds)
    );
}

#[test]
fn nothing_is_shown_without_a_sign() {
    let nothing = money("1").minus(money("1")).expect("within bounds");
    assert_eq!(nothing.to_string(), "0.00");
    assert_eq!(
        money("1")
            .minus(money("2.50"))
            .expect("within bounds")
            .to_string(),
        "-1.50"
    );
    assert_eq!(percent("33.33%").to_string(), "33.33%");
}

proptest! {
    #[test]
    fn a_product_equals_that_of_whole_numbers(cents in 0_i64..1_000_000_000, millionths in 0_i64..1_000_000_000) {
        let price = Figure::from(Money::from_decimal(Decimal::new(cents, 2)).expect("within bounds"));
        let count: Quantity = Decimal::new(millionths, 6).to_string().parse().expect("a quantity");
        let product = Figure::from(count).times(price).expect("within bounds");
        let whole = i128::from(cents) * i128::from(millionths);
        prop_assert_eq!(product.to_decimal(), Decimal::from_i128_with_scale(whole, 8));
    }
}
