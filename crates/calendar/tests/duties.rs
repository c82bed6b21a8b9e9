//! Periodic duties (T13).

use huiyin_calendar::{Calendar, Duty, Per, Period, PeriodProblem};
use jiff::civil::Date;

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// The first occurrences as `opens..due covers from..to`.
fn check(period: Period, begins: &str, expected: &[&str]) {
    let duty = Duty::new(period, date(begins)).expect("a period");
    let written: Vec<String> = duty
        .occurrences(&Calendar::china())
        .take(expected.len())
        .map(|one| {
            format!(
                "{}..{} covers {}..{}",
                one.opens, one.due, one.covers.from, one.covers.to
            )
        })
        .collect();
    assert_eq!(written, expected, "{duty:?}");
}

#[test]
fn every_so_often_counts_from_the_first_day() {
    check(
        Period::EveryDays(10),
        "2026-01-25",
        &[
            "2026-01-25..2026-02-03 covers 2026-01-25..2026-02-03",
            "2026-02-04..2026-02-13 covers 2026-02-04..2026-02-13",
        ],
    );
    check(
        Period::EveryWeeks(2),
        "2026-01-05",
        &[
            "2026-01-05..2026-01-18 covers 2026-01-05..2026-01-18",
            "2026-01-19..2026-02-01 covers 2026-01-19..2026-02-01",
        ],
    );
    check(
        Period::EveryMonths(1),
        "2026-01-31",
        &[
            "2026-01-31..2026-02-27 covers 2026-01-31..2026-02-27",
            "2026-02-28..2026-03-30 covers 2026-02-28..2026-03-30",
            "2026-03-31..2026-04-29 covers 2026-03-31..2026-04-29",
        ],
    );
}

#[test]
fn so_many_times_share_a_stretch_and_the_first_opens_with_the_duty() {
    check(
        Period::Times {
            times: 2,
            per: Per::Month,
        },
        "2026-01-15",
        &[
            "2026-01-15..2026-01-31 covers 2026-01-01..2026-01-31",
            "2026-01-15..2026-01-31 covers 2026-01-01..2026-01-31",
            "2026-02-01..2026-02-28 covers 2026-02-01..2026-02-28",
        ],
    );
    check(
        Period::Times {
            times: 1,
            per: Per::Quarter,
        },
        "2026-05-02",
        &[
            "2026-05-02..2026-06-30 covers 2026-04-01..2026-06-30",
            "2026-07-01..2026-09-30 covers 2026-07-01..2026-09-30",
        ],
    );
    check(
        Period::Times {
            times: 1,
            per: Per::Year,
        },
        "2026-05-02",
        &[
            "2026-05-02..2026-12-31 covers 2026-01-01..2026-12-31",
            "2027-01-01..2027-12-31 covers 2027-01-01..2027-12-31",
        ],
    );
    check(
        Period::Times {
            times: 1,
            per: Per::Week,
        },
        "2026-03-05",
        &[
            "2026-03-05..2026-03-08 covers 2026-03-02..2026-03-08",
            "2026-03-09..2026-03-15 covers 2026-03-09..2026-03-15",
        ],
    );
    check(
        Period::Times {
            times: 1,
            per: Per::Day,
        },
        "2026-02-13",
        &[
            "2026-02-13..2026-02-13 covers 2026-02-13..2026-02-13",
            "2026-02-14..2026-02-14 covers 2026-02-14..2026-02-14",
            "2026-02-15..2026-02-15 covers 2026-02-15..2026-02-15",
        ],
    );
    check(
        Period::Times {
            times: 1,
            per: Per::WorkingDay,
        },
        "2026-02-13",
        &[
            "2026-02-13..2026-02-13 covers 2026-02-13..2026-02-13",
            "2026-02-14..2026-02-14 covers 2026-02-14..2026-02-14",
            "2026-02-24..2026-02-24 covers 2026-02-24..2026-02-24",
        ],
    );
}

#[test]
fn by_a_day_of_the_month_covers_the_month_before() {
    check(
        Period::ByDay(10),
        "2026-01-10",
        &[
            "2026-01-10..2026-01-10 covers 2025-12-01..2025-12-31",
            "2026-02-01..2026-02-10 covers 2026-01-01..2026-01-31",
        ],
    );
    check(
        Period::ByDay(31),
        "2026-01-31",
        &[
            "2026-01-31..2026-01-31 covers 2025-12-01..2025-12-31",
            "2026-02-01..2026-02-28 covers 2026-01-01..2026-01-31",
        ],
    );
    // February 2026: the 2nd to the 6th, the 9th to the 13th, the 14th, then Spring Festival.
    check(
        Period::ByWorkingDay(12),
        "2026-01-30",
        &[
            "2026-02-01..2026-02-24 covers 2026-01-01..2026-01-31",
            "2026-03-01..2026-03-17 covers 2026-02-01..2026-02-28",
        ],
    );
    check(
        Period::ByWorkingDay(31),
        "2026-02-01",
        &["2026-02-01..2026-02-28 covers 2026-01-01..2026-01-31"],
    );
}

#[test]
fn a_half_yearly_window_covers_the_six_months_before() {
    let half_yearly = Period::Between {
        months: vec![6, 12],
        from_day: 1,
        to_day: 10,
        covers_months: 6,
    };
    check(
        half_yearly.clone(),
        "2026-03-01",
        &[
            "2026-06-01..2026-06-10 covers 2025-12-01..2026-05-31",
            "2026-12-01..2026-12-10 covers 2026-06-01..2026-11-30",
            "2027-06-01..2027-06-10 covers 2026-12-01..2027-05-31",
        ],
    );
    check(
        half_yearly,
        "2026-12-11",
        &["2027-06-01..2027-06-10 covers 2026-12-01..2027-05-31"],
    );
}

#[test]
fn a_missed_duty_stays_owed() {
    let duty = Duty::new(Period::ByDay(10), date("2026-01-01")).expect("a period");
    let owed = duty.owed(&Calendar::china(), date("2026-04-05"), |one| {
        one.number == 1
    });
    assert_eq!(
        owed.iter().map(|one| one.number).collect::<Vec<_>>(),
        [0, 2, 3]
    );
}

#[test]
fn duties_end_with_the_calendar() {
    let duty = Duty::new(Period::EveryMonths(1), date("2199-11-15")).expect("a period");
    assert_eq!(duty.occurrences(&Calendar::china()).count(), 1);
}

#[test]
fn a_period_that_is_never_due_is_refused() {
    let between = |months: &[u8], from_day, to_day, covers_months| Period::Between {
        months: months.to_vec(),
        from_day,
        to_day,
        covers_months,
    };
    for (period, problem) in [
        (Period::EveryDays(0), PeriodProblem::Number),
        (Period::EveryMonths(1001), PeriodProblem::Number),
        (
            Period::Times {
                times: 0,
                per: Per::Month,
            },
            PeriodProblem::Number,
        ),
        (Period::ByDay(0), PeriodProblem::Day),
        (Period::ByWorkingDay(32), PeriodProblem::Day),
        (between(&[], 1, 10, 6), PeriodProblem::Months),
        (between(&[12, 6], 1, 10, 6), PeriodProblem::Months),
        (between(&[13], 1, 10, 6), PeriodProblem::Months),
        (between(&[6], 10, 1, 6), PeriodProblem::Day),
        (between(&[6], 1, 10, 0), PeriodProblem::Number),
    ] {
        assert_eq!(
            Duty::new(period.clone(), date("2026-01-01")),
            Err(problem),
            "{period:?}"
        );
    }
    assert_eq!(
        Duty::new(Period::ByDay(1), date("1969-01-01")),
        Err(PeriodProblem::Anchor)
    );
}
