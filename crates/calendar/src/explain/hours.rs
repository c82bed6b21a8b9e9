//! How working time and elapsed time were counted (T5).

use super::lines::Lines;
use super::{Line, Skipped, Telling, whole};
use crate::rules::DayKind;
use crate::table::{Segment, date_of};

impl Telling<'_> {
    pub(super) fn working_seconds(&self, seconds: i64, lines: &mut Lines) {
        let mut total = 0;
        let mut day = self.day(self.start);
        while total < seconds && day <= self.last_day() {
            let spans = self.worked_spans(day, seconds - total);
            let worked: i64 = spans.iter().map(|span| span.to - span.from).sum();
            total += worked;
            match self.calendar.rules.kind(date_of(day)) {
                DayKind::Off(why) => lines.skip(whole(day), Skipped::Off(why)),
                DayKind::Working(_) if worked > 0 => lines.push(Line::Worked {
                    date: date_of(day),
                    spans: spans
                        .iter()
                        .map(|span| (self.local(span.from), self.local(span.to)))
                        .collect(),
                    seconds: worked,
                    total,
                }),
                DayKind::Working(_) if day > self.day(self.start) => {
                    lines.skip(whole(day), Skipped::Paused);
                }
                DayKind::Working(_) => {}
            }
            day += 1;
        }
    }

    /// The working stretches of a day that count, no more than `most` seconds together.
    fn worked_spans(&self, day: i64, most: i64) -> Vec<Segment> {
        let mut left = most;
        let mut spans = Vec::new();
        for segment in self.calendar.table.segments(day) {
            for span in self.unpaused(segment) {
                let to = span.to.min(span.from + left);
                if to > span.from {
                    left -= to - span.from;
                    spans.push(Segment { to, ..span });
                }
            }
        }
        spans
    }

    /// What is left of a stretch after the start and outside pauses.
    fn unpaused(&self, segment: Segment) -> Vec<Segment> {
        let mut spans = Vec::new();
        let mut from = segment.from.max(self.start);
        for pause in &self.pauses {
            spans.push(Segment {
                from,
                to: segment.to.min(pause.from),
            });
            from = from.max(pause.to.unwrap_or(i64::MAX));
        }
        spans.push(Segment {
            from,
            to: segment.to,
        });
        spans.retain(|span| span.from < span.to);
        spans
    }

    pub(super) fn elapsed(&self, seconds: i64, lines: &mut Lines) {
        let mut total = 0;
        let mut from = self.start;
        let mut run = |from: i64, to: i64| {
            total += to - from;
            (to > from).then(|| Line::Elapsed {
                from: self.local(from),
                to: self.local(to),
                seconds: to - from,
                total,
            })
        };
        let mut left = seconds;
        for pause in &self.pauses {
            if from + left <= pause.from {
                break;
            }
            left -= pause.from - from;
            lines.extend(run(from, pause.from));
            let Some(to) = pause.to else { return };
            lines.push(Line::PausedFor {
                from: self.local(pause.from),
                to: self.local(to),
            });
            from = to;
        }
        lines.extend(run(from, from + left));
    }
}
