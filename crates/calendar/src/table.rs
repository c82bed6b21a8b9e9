//! Everything about every day, computed once so that no answer walks from day to day.

use std::collections::HashMap;

use jiff::SignedDuration;
use jiff::civil::{Date, Weekday, date};

use crate::dayhours::{DAY_OFF, DayHours, DayTime};
use crate::rules::Rules;
use crate::zone::{DAY, Zone};

/// The first year in which a calendar answers.
pub const FIRST_YEAR: i16 = 1970;
/// The last year in which a calendar answers.
pub const LAST_YEAR: i16 = 2199;

const FIRST_DAY: Date = date(FIRST_YEAR, 1, 1);
pub(crate) const LAST_DAY: Date = date(LAST_YEAR, 12, 31);

/// A date as the number of days since 1 January 1970.
pub(crate) fn day_of(date: Date) -> i64 {
    date.duration_since(FIRST_DAY).as_secs() / DAY
}

/// The date of a day number within the years of the table.
pub(crate) fn date_of(day: i64) -> Date {
    FIRST_DAY
        .checked_add(SignedDuration::from_secs(day * DAY))
        .unwrap_or(LAST_DAY)
}

/// A working stretch in UTC, from `from` up to but not including `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) zone: Zone,
    half_split: Option<DayTime>,
    /// The distinct hours of all days.
    shapes: Vec<DayHours>,
    /// For each day, its hours in `shapes`.
    shape: Vec<u32>,
    /// For each day, and once more at the end, how many working days precede it.
    rank: Vec<u32>,
    /// The working days, in order.
    working: Vec<u32>,
    /// For each day, and once more at the end, the working seconds that precede it.
    seconds: Vec<i64>,
    /// The working stretches of days in which the offset changes.
    irregular: HashMap<i64, Vec<Segment>>,
}

impl Table {
    pub(crate) fn new(rules: &Rules) -> Table {
        let days = day_of(LAST_DAY) + 1;
        let zone = Zone::new(&rules.zone, -2 * DAY, (days + 2) * DAY);

        let mut shapes: Vec<DayHours> = Vec::new();
        let mut shape_of = |hours: &DayHours| -> u32 {
            let known = shapes.iter().position(|shape| shape == hours);
            let index = known.unwrap_or_else(|| {
                shapes.push(hours.clone());
                shapes.len() - 1
            });
            u32::try_from(index).expect("there are fewer shapes than days")
        };
        let weekly = [0, 1, 2, 3, 4, 5, 6].map(|weekday| shape_of(&rules.weekly[weekday]));
        let monday_offset = i64::from(FIRST_DAY.weekday().since(Weekday::Monday));
        let mut shape: Vec<u32> = (0..days)
            .map(|day| weekly[usize::try_from((day + monday_offset) % 7).unwrap_or_default()])
            .collect();
        for special in rules.special_dates() {
            if let Some(slot) = usize::try_from(day_of(special))
                .ok()
                .and_then(|day| shape.get_mut(day))
            {
                *slot = shape_of(rules.hours(special));
            }
        }

        let mut table = Table {
            zone,
            half_split: rules.half_split,
            shapes,
            shape,
            rank: vec![0],
            working: Vec::new(),
            seconds: vec![0],
            irregular: HashMap::new(),
        };
        for day in table.zone.irregular_days().collect::<Vec<_>>() {
            if (0..days).contains(&day) {
                let segments = table.irregular_segments(day);
                table.irregular.insert(day, segments);
            }
        }
        table.count(days);
        table
    }

    fn count(&mut self, days: i64) {
        let seconds_of_shape: Vec<i64> = self.shapes.iter().map(DayHours::seconds).collect();
        let (mut rank, mut total) = (0, 0);
        for (day, shape) in (0..days).zip(&self.shape) {
            let shape = *shape as usize;
            if !self.shapes[shape].is_off() {
                rank += 1;
                self.working
                    .push(u32::try_from(day).expect("a day number is small"));
            }
            total += match self.irregular.get(&day) {
                Some(segments) => segments
                    .iter()
                    .map(|segment| segment.to - segment.from)
                    .sum(),
                None => seconds_of_shape[shape],
            };
            self.rank.push(rank);
            self.seconds.push(total);
        }
    }

    /// The local day of an instant; may lie outside the table.
    pub(crate) fn day_at(&self, instant: i64) -> i64 {
        (instant + self.zone.offset_at(instant)).div_euclid(DAY)
    }

    /// Whether the table knows the day.
    pub(crate) fn contains(&self, day: i64) -> bool {
        usize::try_from(day).is_ok_and(|day| day < self.shape.len())
    }

    fn clamp(&self, day: i64) -> usize {
        usize::try_from(day).map_or(0, |day| day.min(self.shape.len()))
    }

    /// The hours of a day; none outside the table.
    pub(crate) fn hours(&self, day: i64) -> &DayHours {
        usize::try_from(day)
            .ok()
            .and_then(|day| self.shape.get(day))
            .map_or(&DAY_OFF, |shape| &self.shapes[*shape as usize])
    }

    /// How many working days there are up to and including `day`.
    pub(crate) fn working_days_through(&self, day: i64) -> i64 {
        i64::from(self.rank[self.clamp(day.saturating_add(1))])
    }

    /// The `n`th working day of the table, counted from 1.
    pub(crate) fn nth_working_day(&self, n: i64) -> Option<i64> {
        let index = usize::try_from(n.checked_sub(1)?).ok()?;
        self.working.get(index).map(|day| i64::from(*day))
    }

    /// How many working halves have begun at an instant (T6).
    pub(crate) fn halves_through(&self, instant: i64) -> i64 {
        let local = instant + self.zone.offset_at(instant);
        let day = local.div_euclid(DAY);
        let halves = 2 * self.working_days_through(day);
        match self.hours(day) {
            hours if hours.is_off() => halves,
            _ if local.rem_euclid(DAY) < self.split(day).seconds() => halves - 1,
            _ => halves,
        }
    }

    /// Where the day's two halves meet.
    pub(crate) fn split(&self, day: i64) -> DayTime {
        self.hours(day).split(self.half_split)
    }

    /// The instant of a local time of a day.
    pub(crate) fn instant(&self, day: i64, time: DayTime) -> i64 {
        self.zone.to_utc(day * DAY + time.seconds())
    }

    /// The day's last closing time, 24:00 if it has no hours.
    pub(crate) fn closing(&self, day: i64) -> i64 {
        self.instant(day, self.hours(day).closing().unwrap_or(DayTime::END))
    }

    /// Working seconds before an instant, from the beginning of the table.
    pub(crate) fn worked_before(&self, instant: i64) -> i64 {
        let day = self.day_at(instant);
        let before = self.seconds[self.clamp(day)];
        let within = |segment: Segment| (instant.min(segment.to) - segment.from).max(0);
        before + self.segments(day).map(within).sum::<i64>()
    }

    /// The first instant by which `worked` seconds of working time have passed.
    pub(crate) fn worked_at(&self, worked: i64) -> Option<i64> {
        let day = self.seconds.partition_point(|before| *before < worked);
        let day = day.checked_sub(1)?;
        let mut left = worked - self.seconds[day];
        for segment in self.segments(i64::try_from(day).ok()?) {
            let length = segment.to - segment.from;
            if left <= length {
                return Some(segment.from + left);
            }
            left -= length;
        }
        None
    }

    /// The working stretches of a day, in order.
    pub(crate) fn segments(&self, day: i64) -> impl Iterator<Item = Segment> {
        let irregular = self.irregular.get(&day);
        let hours = match irregular {
            Some(_) => &DAY_OFF,
            None => self.hours(day),
        };
        let midnight = match hours.is_off() {
            true => 0,
            false => self.instant(day, DayTime::MIDNIGHT),
        };
        let regular = hours.intervals().iter().map(move |interval| Segment {
            from: midnight + interval.open.seconds(),
            to: midnight + interval.close.seconds(),
        });
        regular.chain(irregular.into_iter().flatten().copied())
    }

    /// The instants whose local time lies in the day's hours, where the offset changes meanwhile (T11).
    fn irregular_segments(&self, day: i64) -> Vec<Segment> {
        let mut segments: Vec<Segment> = Vec::new();
        for piece in self.zone.pieces(day) {
            for interval in self.hours(day).intervals() {
                let local = |time: DayTime| day * DAY + time.seconds() - piece.offset;
                let segment = Segment {
                    from: local(interval.open).max(piece.from),
                    to: local(interval.close).min(piece.to),
                };
                match segments.last_mut() {
                    _ if segment.to <= segment.from => {}
                    Some(last) if last.to == segment.from => last.to = segment.to,
                    _ => segments.push(segment),
                }
            }
        }
        segments
    }
}
