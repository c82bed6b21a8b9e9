//! The times of day in which an attempt counts.

use crate::dayhours::DayTime;
use crate::limit::Hours;

/// From `from` up to but not including `to`; through midnight if `to` is not after `from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayPeriod {
    /// When it begins.
    pub from: DayTime,
    /// When it ends.
    pub to: DayTime,
}

impl DayPeriod {
    fn contains(self, minute: u16) -> bool {
        let (from, to) = (self.from.minutes(), self.to.minutes());
        match from < to {
            true => (from..to).contains(&minute),
            false => minute >= from || minute < to,
        }
    }
}

/// Why periods are not a contact window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WindowProblem {
    /// A period ends where it begins.
    #[error("the period from `{at}` to `{at}` is empty; write `00:00` to `24:00` for the whole day", at = .0.from)]
    Empty(DayPeriod),
    /// The closed periods leave nothing.
    #[error("the closed periods leave no time of day in which an attempt counts")]
    AlwaysClosed,
}

/// Times of day in which an attempt to reach a customer counts, and how far apart attempts must be.
///
/// ```
/// use huiyin_calendar::{ContactWindow, DayPeriod, Hours};
///
/// let period = |from: &str, to: &str| Ok::<_, Box<dyn std::error::Error>>(DayPeriod { from: from.parse()?, to: to.parse()? });
/// let window = ContactWindow::new(&[], &[period("22:00", "08:30")?, period("12:00", "13:30")?], Hours::whole(2))?;
/// assert!(window.is_open_at("08:30".parse()?));
/// assert!(!window.is_open_at("12:00".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactWindow {
    // INVARIANT: one entry per minute of the day, at least one of them true.
    open: Vec<bool>,
    spacing: Hours,
}

impl ContactWindow {
    /// The `allowed` periods, or the whole day if there is none, without the `closed` ones; attempts
    /// are at least `spacing` apart.
    ///
    /// # Errors
    ///
    /// When a period is empty, or nothing is left.
    pub fn new(
        allowed: &[DayPeriod],
        closed: &[DayPeriod],
        spacing: Hours,
    ) -> Result<ContactWindow, WindowProblem> {
        if let Some(empty) = allowed
            .iter()
            .chain(closed)
            .find(|period| period.from == period.to)
        {
            return Err(WindowProblem::Empty(*empty));
        }
        let is_open = |minute| {
            (allowed.is_empty() || allowed.iter().any(|period| period.contains(minute)))
                && !closed.iter().any(|period| period.contains(minute))
        };
        let open: Vec<bool> = (0..DayTime::END.minutes()).map(is_open).collect();
        match open.contains(&true) {
            true => Ok(ContactWindow { open, spacing }),
            false => Err(WindowProblem::AlwaysClosed),
        }
    }

    /// Whether an attempt at this time of day counts.
    pub fn is_open_at(&self, time: DayTime) -> bool {
        self.open
            .get(usize::from(time.minutes()))
            .copied()
            .unwrap_or(self.open[0])
    }

    /// How far apart attempts must be.
    pub fn spacing(&self) -> Hours {
        self.spacing
    }

    /// The first open time of day at or after a minute of the day.
    pub(super) fn opens_from(&self, minute: usize) -> Option<DayTime> {
        let minute = (minute..self.open.len()).find(|minute| self.open[*minute])?;
        let minute = u16::try_from(minute).ok()?;
        DayTime::new(minute / 60, minute % 60)
    }
}
