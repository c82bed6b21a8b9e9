//! Deadlines a second on one core, plain ones and over the command line.

use std::cell::Cell;

use divan::Bencher;
use divan::counter::ItemsCount;
use huiyin_calendar::{Calendar, Halves, Hours, Length, Limit, Pause, answer_line};
use jiff::Timestamp;

fn main() {
    divan::main();
}

/// Deadlines computed in one turn, so that the clock of the bench costs nothing.
const TURN: usize = 1_000;

/// Starts spread over ten years, in no order.
fn starts() -> Vec<Timestamp> {
    const FIRST: i64 = 1_420_041_600;
    const SPAN: i64 = 10 * 365 * 24 * 60 * 60;
    (0..4 * 1024)
        .map(|index: i64| FIRST + index * 7_919_777 % SPAN)
        .map(|second| Timestamp::from_second(second).expect("an instant"))
        .collect()
}

fn run(bencher: Bencher<'_, '_>, calendar: &Calendar, length: Length, pauses: usize) {
    let starts = starts();
    let next = Cell::new(0);
    let limit = Limit::new(length);
    bencher.counter(ItemsCount::new(TURN)).bench_local(|| {
        for _ in 0..TURN {
            let start = starts[next.get() % starts.len()];
            next.set(next.get() + 1);
            let pause = Pause {
                from: start + jiff::SignedDuration::from_hours(20),
                to: Some(start + jiff::SignedDuration::from_hours(50)),
            };
            divan::black_box(calendar.due(&limit, start, &[pause][..pauses])).expect("in range");
        }
    });
}

fn berlin() -> Calendar {
    let hours = r#"[["09:00", "12:00"], ["13:00", "17:00"]]"#;
    let file = format!(
        r#"{{"tz": "Europe/Berlin", "weekly": {{"1": {hours}, "2": {hours}, "3": {hours}, "4": {hours}, "5": {hours}}}}}"#
    );
    Calendar::from_json(&file).expect("a calendar")
}

#[divan::bench]
fn working_days(bencher: Bencher<'_, '_>) {
    run(
        bencher,
        &Calendar::china(),
        Length::WorkingDays(Halves::days(7)),
        0,
    );
}

#[divan::bench]
fn working_days_with_a_pause(bencher: Bencher<'_, '_>) {
    run(
        bencher,
        &Calendar::china(),
        Length::WorkingDays(Halves::days(7)),
        1,
    );
}

#[divan::bench]
fn working_days_with_daylight_saving(bencher: Bencher<'_, '_>) {
    run(bencher, &berlin(), Length::WorkingDays(Halves::days(7)), 0);
}

#[divan::bench]
fn working_hours(bencher: Bencher<'_, '_>) {
    run(
        bencher,
        &Calendar::china(),
        Length::WorkingHours(Hours::whole(24)),
        0,
    );
}

#[divan::bench]
fn calendar_days(bencher: Bencher<'_, '_>) {
    run(bencher, &Calendar::china(), Length::CalendarDays(15), 0);
}

#[divan::bench]
fn months(bencher: Bencher<'_, '_>) {
    run(bencher, &Calendar::china(), Length::Months(1), 0);
}

#[divan::bench]
fn command_line(bencher: Bencher<'_, '_>) {
    let calendar = Calendar::china();
    let requests: Vec<String> = starts()
        .iter()
        .map(|start| {
            let start = calendar.local(*start);
            format!(r#"{{"id": 1, "op": "working_days", "start": "{start}", "n": 5}}"#)
        })
        .collect();
    let next = Cell::new(0);
    bencher.counter(ItemsCount::new(TURN)).bench_local(|| {
        for _ in 0..TURN {
            let request = &requests[next.get() % requests.len()];
            next.set(next.get() + 1);
            divan::black_box(answer_line(&calendar, request));
        }
    });
}

#[divan::bench]
fn building_a_calendar() -> Calendar {
    Calendar::new(Calendar::china().rules().clone())
}
