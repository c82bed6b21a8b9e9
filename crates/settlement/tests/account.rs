//! What is taken month by month.

use huiyin_settlement::{Money, carry_over, room};
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

proptest! {
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
