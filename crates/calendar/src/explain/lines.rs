//! Lines that draw like days together.

use super::{DayReason, Line, Point, Skipped};

/// Lines in the making.
#[derive(Default)]
pub(super) struct Lines {
    lines: Vec<Line>,
}

impl Lines {
    pub(super) fn push(&mut self, line: Line) {
        self.lines.push(line);
    }

    pub(super) fn extend(&mut self, lines: impl IntoIterator<Item = Line>) {
        self.lines.extend(lines);
    }

    pub(super) fn into_vec(self) -> Vec<Line> {
        self.lines
    }

    /// Adds the next day or half-day that counts, as number `number`.
    pub(super) fn count(&mut self, point: Point, reason: DayReason, number: u32) {
        match self.lines.last_mut() {
            Some(Line::Counted {
                to,
                reason: known,
                last,
                ..
            }) if *known == reason => {
                *to = point;
                *last = number;
            }
            _ => self.push(Line::Counted {
                from: point,
                to: point,
                reason,
                first: number,
                last: number,
            }),
        }
    }

    /// Adds the next day or half-day that doesn't count.
    pub(super) fn skip(&mut self, point: Point, why: Skipped) {
        match self.lines.last_mut() {
            Some(Line::Skipped { to, why: known, .. }) if *known == why => *to = point,
            _ => self.push(Line::Skipped {
                from: point,
                to: point,
                why,
            }),
        }
    }
}
