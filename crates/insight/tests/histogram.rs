//! A histogram says what the values themselves would.

use huiyin_insight::Histogram;
use proptest::prelude::*;

fn of(values: &[u32]) -> Histogram {
    let mut histogram = Histogram::default();
    for value in values {
        histogram.add(*value, 1);
    }
    histogram
}

#[test]
fn the_median_lies_between_the_two_in_the_middle() {
    assert_eq!(of(&[]).median_doubled(), None);
    assert_eq!(of(&[3]).median_doubled(), Some(6));
    assert_eq!(of(&[3, 4]).median_doubled(), Some(7));
    assert_eq!(of(&[9, 1, 2, 2, 8]).median_doubled(), Some(4));
}

#[test]
fn a_percentile_is_a_value_that_occurs() {
    assert_eq!(of(&[]).percentile(90), None);
    assert_eq!(of(&[5]).percentile(90), Some(5));
    let ten: Vec<u32> = (1..=10).collect();
    assert_eq!(of(&ten).percentile(90), Some(9));
    assert_eq!(of(&ten).percentile(91), Some(10));
    assert_eq!(of(&ten).percentile(0), Some(1));
    assert_eq!(of(&ten).percentile(100), Some(10));
}

proptest! {
    #[test]
    fn everything_is_as_in_the_sorted_list(mut values in prop::collection::vec(0_u32..40, 1..60), percent in 1_u64..=100, limit in 0_u32..40) {
        let histogram = of(&values);
        values.sort_unstable();
        prop_assert_eq!(histogram.len(), values.len() as u64);
        let within = values.iter().filter(|value| **value <= limit).count() as u64;
        prop_assert_eq!(histogram.within(limit), within);
        let middle = (values[(values.len() - 1) / 2] + values[values.len() / 2]).into();
        prop_assert_eq!(histogram.median_doubled(), Some(middle));
        let found = histogram.percentile(percent).unwrap_or_default();
        let no_greater = values.iter().filter(|value| **value <= found).count() as u64;
        let less = values.iter().filter(|value| **value < found).count() as u64;
        let all = values.len() as u64;
        prop_assert!(no_greater * 100 >= all * percent && less * 100 < all * percent);
    }
}
