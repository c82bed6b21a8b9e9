//! How days, weeks and months were counted (T3, T4, T8).

use jiff::ToSpan;

use super::lines::Lines;
use super::{DayReason, Line, Skipped, Telling, whole};
use crate::limit::{Halves, Limit, Roll};
use crate::rules::DayKind;
use crate::table::{date_of, day_of};

impl Telling<'_> {
    pub(super) fn working_days(&self, halves: Halves, lines: &mut Lines) {
        let whole_days = halves.0 / 2;
        let mut counted = 0;
        let mut day = self.day(self.start);
        while counted < halves.0.div_ceil(2) && day < self.last_day() {
            day += 1;
            match self.calendar.rules.kind(date_of(day)) {
                _ if self.is_paused(day) => lines.skip(whole(day), Skipped::Paused),
                DayKind::Off(why) => lines.skip(whole(day), Skipped::Off(why)),
                DayKind::Working(working) => {
                    counted += 1;
                    let reason = DayReason::Working(working);
                    match counted > whole_days {
                        true => lines.push(Line::HalfLeft {
                            date: date_of(day),
                            reason,
                            total: halves,
                        }),
                        false => lines.count(whole(day), reason, counted),
                    }
                }
            }
        }
    }

    pub(super) fn calendar_days(&self, days: u32, limit: &Limit, lines: &mut Lines) {
        let mut counted = 0;
        let mut day = self.day(self.start);
        while counted < days && day < self.last_day() {
            day += 1;
            if self.is_paused(day) {
                lines.skip(whole(day), Skipped::Paused);
            } else {
                counted += 1;
                lines.count(whole(day), DayReason::Calendar, counted);
            }
        }
        if counted == days {
            self.roll(day, limit, lines);
        }
    }

    pub(super) fn months(&self, months: u32, limit: &Limit, lines: &mut Lines) {
        let start = date_of(self.day(self.start));
        let date = start.saturating_add(i64::from(months).months());
        lines.push(Line::MonthsLater {
            months,
            date,
            last_of_month: date.day() != start.day(),
        });
        self.roll(day_of(date), limit, lines);
    }

    fn roll(&self, day: i64, limit: &Limit, lines: &mut Lines) {
        if let (Roll::NextWorking, DayKind::Off(why), Some(to)) = (
            limit.roll,
            self.calendar.rules.kind(date_of(day)),
            self.calendar.next_working_day(day),
        ) {
            lines.push(Line::Rolled {
                from: date_of(day),
                why,
                to: date_of(to),
            });
        }
    }

    fn is_paused(&self, day: i64) -> bool {
        self.pauses.iter().any(|pause| {
            let ended = pause.to.map_or(day, |to| self.day(to));
            self.day(pause.from) < day && day <= ended
        })
    }
}
