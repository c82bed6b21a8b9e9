//! Periodic duties of the organisation: when each is due and what it covers (T13).

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::calendar::Calendar;
use crate::table::{FIRST_YEAR, LAST_YEAR};

/// A stretch of the calendar that is counted by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Per {
    /// Every day, worked or not.
    Day,
    /// Every working day.
    WorkingDay,
    /// From Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// January to March, and so on.
    Quarter,
    /// A calendar year.
    Year,
}

/// How often a duty is due.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// Once in every so many days, counted from the first day of the duty.
    EveryDays(u32),
    /// Once in every so many weeks, counted from the first day of the duty.
    EveryWeeks(u32),
    /// Once in every so many months, counted from the first day of the duty.
    EveryMonths(u32),
    /// So many times within each of these.
    Times {
        /// How many times.
        times: u32,
        /// In each of what.
        per: Per,
    },
    /// By this day of every month, or its last day if it is shorter; covers the month before.
    ByDay(u8),
    /// By this working day of every month, or its last one if it has fewer; covers the month before.
    ByWorkingDay(u8),
    /// Between two days, inclusive, of named months; covers the calendar months before each.
    Between {
        /// The months, 1 to 12, ascending.
        months: Vec<u8>,
        /// The first day.
        from_day: u8,
        /// The last day.
        to_day: u8,
        /// How many months before the named one are covered.
        covers_months: u8,
    },
}

/// Why a period is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodProblem {
    /// A number is zero, or so large that nothing would ever be due.
    #[error("the number of a period must be from 1 to 1000")]
    Number,
    /// A day of the month is not from 1 to 31, or two are out of order.
    #[error("days of the month must be from 1 to 31, in order")]
    Day,
    /// Months are missing, out of order, or not from 1 to 12.
    #[error("months must be from 1 to 12, in order, at least one")]
    Months,
    /// The duty begins outside the years of the calendar.
    #[error("a duty must begin in the years {FIRST_YEAR} to {LAST_YEAR}")]
    Anchor,
}

/// The dates from `from` to `to`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Covered {
    /// The first date.
    pub from: Date,
    /// The last date.
    pub to: Date,
}

/// One time that a duty is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Occurrence {
    /// Which one, counted from 0.
    pub number: u32,
    /// The first day on which it can be done.
    pub opens: Date,
    /// The last day on which it is in time.
    pub due: Date,
    /// The dates that it is about.
    pub covers: Covered,
}

/// A periodic duty from its first day on. One that was missed stays owed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Duty {
    // INVARIANT: `Period::check` has accepted the period.
    period: Period,
    begins: Date,
}

impl Duty {
    /// A duty that exists from `begins` on.
    ///
    /// # Errors
    ///
    /// When the period has a number, a day or a month that doesn't exist.
    pub fn new(period: Period, begins: Date) -> Result<Duty, PeriodProblem> {
        period.check()?;
        match (FIRST_YEAR..=LAST_YEAR).contains(&begins.year()) {
            true => Ok(Duty { period, begins }),
            false => Err(PeriodProblem::Anchor),
        }
    }

    /// The occurrence `number`, counted from 0; `None` after the years of the calendar.
    pub fn occurrence(&self, calendar: &Calendar, number: u32) -> Option<Occurrence> {
        let (window, covers) = self.window(calendar, number)?;
        (window.to.year() <= LAST_YEAR).then_some(Occurrence {
            number,
            opens: window.from.max(self.begins),
            due: window.to,
            covers,
        })
    }

    /// All occurrences, in order.
    pub fn occurrences(&self, calendar: &Calendar) -> impl Iterator<Item = Occurrence> {
        (0..).map_while(|number| self.occurrence(calendar, number))
    }

    /// What is owed on a day: every occurrence that has opened and is not done, the oldest first.
    pub fn owed(
        &self,
        calendar: &Calendar,
        today: Date,
        is_done: impl Fn(&Occurrence) -> bool,
    ) -> Vec<Occurrence> {
        self.occurrences(calendar)
            .take_while(|occurrence| occurrence.opens <= today)
            .filter(|occurrence| !is_done(occurrence))
            .collect()
    }

    /// When it can be done in time, and what it covers.
    fn window(&self, calendar: &Calendar, number: u32) -> Option<(Covered, Covered)> {
        let same = |covered: Covered| (covered, covered);
        match &self.period {
            Period::EveryDays(days) => self.every_days(*days, number).map(same),
            Period::EveryWeeks(weeks) => self.every_days(weeks * 7, number).map(same),
            Period::EveryMonths(months) => {
                let begins = |number: u32| months_after(self.begins, number.checked_mul(*months)?);
                let to = begins(number.checked_add(1)?)?.yesterday().ok()?;
                Some(same(Covered {
                    from: begins(number)?,
                    to,
                }))
            }
            Period::Times { times, per } => self.stretch(calendar, *per, number / times).map(same),
            Period::ByDay(day) => self.monthly(number, |month| day_of_month(month, *day)),
            Period::ByWorkingDay(nth) => {
                self.monthly(number, |month| working_day_of_month(calendar, month, *nth))
            }
            Period::Between {
                months,
                from_day,
                to_day,
                covers_months,
            } => {
                let month = self.named_month(months, *to_day, number)?;
                let covered = Covered {
                    from: month.checked_sub(i64::from(*covers_months).months()).ok()?,
                    to: month.yesterday().ok()?,
                };
                let window = Covered {
                    from: day_of_month(month, *from_day),
                    to: day_of_month(month, *to_day),
                };
                Some((window, covered))
            }
        }
    }

    fn every_days(&self, days: u32, number: u32) -> Option<Covered> {
        days_from(self.begins, days, number)
    }

    fn stretch(&self, calendar: &Calendar, per: Per, number: u32) -> Option<Covered> {
        let months = |first: Date, months: u32| {
            let from = months_after(first, number.checked_mul(months)?)?;
            Some(Covered {
                from,
                to: months_after(from, months)?.yesterday().ok()?,
            })
        };
        let begins = self.begins;
        match per {
            Per::Day => self.every_days(1, number),
            Per::WorkingDay => {
                let day = calendar.nth_working_day_from(begins, number)?;
                Some(Covered { from: day, to: day })
            }
            Per::Week => {
                let since_monday = i64::from(begins.weekday().to_monday_zero_offset());
                let monday = begins.checked_sub(since_monday.days()).ok()?;
                days_from(monday, 7, number)
            }
            Per::Month => months(begins.first_of_month(), 1),
            Per::Quarter => {
                let month = (begins.month() - 1) / 3 * 3 + 1;
                months(date(begins.year(), month, 1), 3)
            }
            Per::Year => months(begins.first_of_year(), 12),
        }
    }

    /// Once a month, from the first of the month to the day that `due` names.
    fn monthly(&self, number: u32, due: impl Fn(Date) -> Date) -> Option<(Covered, Covered)> {
        let first = self.begins.first_of_month();
        let late = u32::from(due(first) < self.begins);
        let month = months_after(first, number.checked_add(late)?)?;
        let covered = Covered {
            from: month.checked_sub(1.month()).ok()?,
            to: month.yesterday().ok()?,
        };
        Some((
            Covered {
                from: month,
                to: due(month),
            },
            covered,
        ))
    }

    /// The first day of the named month of an occurrence.
    fn named_month(&self, months: &[u8], to_day: u8, number: u32) -> Option<Date> {
        let per_year = u32::try_from(months.len()).ok()?;
        let nth = |index: u32| {
            let year = self.begins.first_of_year();
            let month = u32::from(months[usize::try_from(index % per_year).ok()?]) - 1;
            months_after(
                year,
                (index / per_year).checked_mul(12)?.checked_add(month)?,
            )
        };
        let passed = (0..per_year)
            .filter_map(nth)
            .filter(|month| day_of_month(*month, to_day) < self.begins)
            .count();
        nth(number.checked_add(u32::try_from(passed).ok()?)?)
    }
}

impl Period {
    fn check(&self) -> Result<(), PeriodProblem> {
        let number = |number: u32| match number {
            1..=1000 => Ok(()),
            _ => Err(PeriodProblem::Number),
        };
        match self {
            Period::EveryDays(n) | Period::EveryWeeks(n) | Period::EveryMonths(n) => number(*n),
            Period::Times { times, .. } => number(*times),
            Period::ByDay(1..=31) | Period::ByWorkingDay(1..=31) => Ok(()),
            Period::ByDay(_) | Period::ByWorkingDay(_) => Err(PeriodProblem::Day),
            Period::Between {
                months,
                from_day,
                to_day,
                covers_months,
            } => {
                let known = months.iter().all(|month| (1..=12).contains(month));
                if !known || months.is_empty() || !months.is_sorted_by(|one, next| one < next) {
                    return Err(PeriodProblem::Months);
                }
                if !(1..=31).contains(from_day) || !(*from_day..=31).contains(to_day) {
                    return Err(PeriodProblem::Day);
                }
                number(u32::from(*covers_months))
            }
        }
    }
}

/// The nth stretch of so many days, counted from 0, where the first begins on `first`.
fn days_from(first: Date, days: u32, number: u32) -> Option<Covered> {
    let after = |days: u32| first.checked_add(i64::from(days).days()).ok();
    let from = number.checked_mul(days)?;
    Some(Covered {
        from: after(from)?,
        to: after(from.checked_add(days - 1)?)?,
    })
}

fn months_after(date: Date, months: u32) -> Option<Date> {
    date.checked_add(i64::from(months).months()).ok()
}

/// This day of the month that begins on `first`, or its last day if it is shorter.
fn day_of_month(first: Date, day: u8) -> Date {
    let last = first.last_of_month();
    let day = i8::try_from(day).unwrap_or(i8::MAX);
    first.with().day(day).build().unwrap_or(last)
}

/// This working day of the month that begins on `first`, or its last one, or its last day.
fn working_day_of_month(calendar: &Calendar, first: Date, nth: u8) -> Date {
    let last = first.last_of_month();
    (0..u32::from(nth))
        .rev()
        .filter_map(|number| calendar.nth_working_day_from(first, number))
        .find(|day| *day <= last)
        .unwrap_or(last)
}
