//! What is taken month by month.

use huiyin_settlement::{Money, Taken, allot, carry_over, room};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn cents(cents: i64) -> Money {
    Money::from_decimal(Decimal::new(cents, 2)).expect("within bounds")
}

#[test]
fn half_of_an_odd_cent_is_left_to_the_person() {
    let half = "50%".parse().expect("a percentage");
    assert_eq!(room(cents(200_101), half, Money::ZERO), Ok(cents(100_050)));
    assert_eq!(room(cents(200_101), half, cents(50)), Ok(cents(100_000)));
    assert_eq!(room(cents(100), half, cents(51)), Ok(Money::ZERO));
}

#[test]
fn nothing_owed_takes_nothing() {
    assert_eq!(carry_over(Money::ZERO, &[cents(100)]), vec![]);
    assert_eq!(carry_over(cents(100), &[]), vec![]);
}

#[test]
fn what_was_taken_too_much_is_given_back_whatever_the_room() {
    let month = Taken::of(cents(-5), Money::ZERO);
    assert_eq!((month.taken, month.rest), (cents(-5), Money::ZERO));
    let parts = allot(&[cents(7), cents(-5), cents(3)], cents(4));
    assert_eq!(parts, Ok(vec![cents(7), cents(-5), cents(2)]));
}

proptest! {
    #[test]
    fn parts_add_up_to_what_is_taken_and_pass_nothing(
        amounts in prop::collection::vec(-10_000_i64..10_000, 0..12),
        room in 0_i64..50_000,
    ) {
        let amounts: Vec<Money> = amounts.into_iter().map(cents).collect();
        let owed = Money::sum(amounts.iter().copied()).expect("within bounds");
        let month = Taken::of(owed, cents(room));
        prop_assert!(month.taken <= cents(room));
        prop_assert_eq!(month.taken.plus(month.rest), Ok(owed));
        let parts = allot(&amounts, month.taken).expect("within bounds");
        prop_assert_eq!(Money::sum(parts.iter().copied()), Ok(month.taken));
        for (part, amount) in parts.iter().zip(&amounts) {
            let between = if amount.is_negative() { part == amount } else { !part.is_negative() && part <= amount };
            prop_assert!(between, "{part} of {amount}");
        }
        // The first is taken first: whatever comes after one that is not taken whole gets nothing.
        let mut short = false;
        for (part, amount) in parts.iter().zip(&amounts).filter(|(_, amount)| !amount.is_negative()) {
            prop_assert!(!short || *part == Money::ZERO);
            short |= part < amount;
        }
    }

    #[test]
    fn never_more_than_the_room_and_never_more_than_is_owed(
        owed in 0_i64..1_000_000,
        rooms in prop::collection::vec(0_i64..100_000, 0..20),
    ) {
        let rooms: Vec<Money> = rooms.into_iter().map(cents).collect();
        let months = carry_over(cents(owed), &rooms);
        let mut left = cents(owed);
        for (month, room) in months.iter().zip(&rooms) {
            prop_assert!(month.taken <= *room);
            prop_assert_eq!(month.owed, left);
            prop_assert_eq!(month.taken.plus(month.rest), Ok(month.owed));
            left = month.rest;
        }
        // Only an empty month or the end of the months leaves something behind.
        prop_assert!(left == Money::ZERO || months.len() == rooms.len());
    }

    #[test]
    fn what_is_owed_ends_if_every_month_has_room(owed in 1_i64..100_000, each in 1_i64..10_000) {
        let months = usize::try_from(owed / each + 1).expect("few months");
        let taken = carry_over(cents(owed), &vec![cents(each); months]);
        prop_assert_eq!(taken.last().map(|month| month.rest), Some(Money::ZERO));
        let sum = Money::sum(taken.iter().map(|month| month.taken));
        prop_assert_eq!(sum, Ok(cents(owed)));
    }
}
