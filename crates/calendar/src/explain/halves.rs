//! How half working days were counted (T6).

use super::lines::Lines;
use super::{DayReason, Half, Point, Skipped, Telling, whole};
use crate::rules::DayKind;
use crate::table::date_of;

impl Telling<'_> {
    pub(super) fn working_halves(&self, halves: u32, lines: &mut Lines) {
        let table = &self.calendar.table;
        let received = table.halves_through(self.start);
        let mut counted = 0;
        let mut day = self.day(self.start);
        while counted < halves && day <= self.last_day() {
            match self.calendar.rules.kind(date_of(day)) {
                DayKind::Off(_) if day == self.day(self.start) => {}
                DayKind::Off(why) => lines.skip(whole(day), Skipped::Off(why)),
                DayKind::Working(working) => {
                    let second = 2 * table.working_days_through(day);
                    for (number, half) in [(second - 1, Half::First), (second, Half::Second)] {
                        let point = Point {
                            date: date_of(day),
                            half: Some(half),
                        };
                        if number <= received || counted == halves || self.is_suspended_by(number) {
                            continue;
                        }
                        if self.is_half_paused(number) {
                            lines.skip(point, Skipped::Paused);
                        } else {
                            counted += 1;
                            lines.count(point, DayReason::Working(working.clone()), counted);
                        }
                    }
                }
            }
            day += 1;
        }
    }

    fn is_half_paused(&self, number: i64) -> bool {
        let table = &self.calendar.table;
        self.pauses.iter().any(|pause| {
            let ended = pause.to.map_or(number, |to| table.halves_through(to));
            table.halves_through(pause.from) < number && number <= ended
        })
    }

    fn is_suspended_by(&self, number: i64) -> bool {
        self.suspended
            .is_some_and(|pause| self.calendar.table.halves_through(pause.from) < number)
    }
}
