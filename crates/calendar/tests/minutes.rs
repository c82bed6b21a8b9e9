//! Minutes are counted as hours are: sixty of them are an hour, wherever they start and whatever pauses there are.

use huiyin_calendar::{Calendar, Hours, Length, Limit, Pause, answer_line};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;

fn starts() -> impl Strategy<Value = Timestamp> {
    // From 1 January 2020 for seven years, to the second.
    (0_i64..220_000_000).prop_map(|seconds| {
        Timestamp::from_second(1_577_836_800 + seconds).expect("within the years of timestamps")
    })
}

fn pauses(start: Timestamp) -> impl Strategy<Value = Vec<Pause>> {
    let pause = (0_i64..200_000, 1_i64..100_000).prop_map(move |(after, lasts)| Pause {
        from: start + after.seconds(),
        to: Some(start + (after + lasts).seconds()),
    });
    prop::collection::vec(pause, 0..4)
}

fn due(calendar: &Calendar, length: Length, start: Timestamp, pauses: &[Pause]) -> Timestamp {
    let due = calendar.due(&Limit::new(length), start, pauses);
    let due = due.expect("within the years of the calendar");
    due.due_at.expect("no pause is open")
}

proptest! {
    #[test]
    fn sixty_minutes_are_an_hour_from_every_start(
        (start, pauses) in starts().prop_flat_map(|start| (Just(start), pauses(start))),
        hours in 0_u32..200,
    ) {
        let calendar = Calendar::china();
        let minutes = Hours::from_minutes(hours * 60);
        let hours = Hours::whole(hours);
        prop_assert_eq!(
            calendar.due(&Limit::new(Length::CalendarHours(minutes)), start, &pauses),
            calendar.due(&Limit::new(Length::CalendarHours(hours)), start, &pauses)
        );
        prop_assert_eq!(
            calendar.due(&Limit::new(Length::WorkingHours(minutes)), start, &pauses),
            calendar.due(&Limit::new(Length::WorkingHours(hours)), start, &pauses)
        );
    }

    #[test]
    fn minutes_run_day_and_night_and_are_not_rounded(start in starts(), minutes in 0_u32..5_000) {
        let length = Length::CalendarHours(Hours::from_minutes(minutes));
        let end = start + i64::from(minutes).minutes();
        prop_assert_eq!(due(&Calendar::china(), length, start, &[]), end);
    }

    #[test]
    fn working_minutes_one_after_the_other_are_as_long_as_together(
        start in starts(),
        first in 1_u32..600,
        second in 1_u32..600,
    ) {
        let calendar = Calendar::china();
        let working = |minutes| Length::WorkingHours(Hours::from_minutes(minutes));
        let between = due(&calendar, working(first), start, &[]);
        prop_assert_eq!(
            due(&calendar, working(second), between, &[]),
            due(&calendar, working(first + second), start, &[])
        );
    }

    #[test]
    fn the_command_line_counts_minutes_as_it_counts_hours(start in starts(), hours in 0_u32..200) {
        let ask = |op: &str, n: u32| {
            answer_line(&Calendar::china(), &format!(r#"{{"op": "{op}", "start": "{start}", "n": {n}}}"#))
        };
        prop_assert_eq!(ask("calendar_minutes", hours * 60), ask("calendar_hours", hours));
        prop_assert_eq!(ask("working_minutes", hours * 60), ask("working_hours", hours));
    }
}

#[test]
fn what_is_no_whole_hours_is_told_and_made_longer_in_minutes() {
    let length = |minutes| Length::CalendarHours(Hours::from_minutes(minutes));
    assert_eq!(Hours::from_minutes(90).as_minutes(), Some(90));
    assert_eq!(Hours::from_minutes(120).as_minutes(), None);
    assert_eq!(length(30).longer_by(15), length(45));
    assert_eq!(length(60).longer_by(1), length(120));
}
