//! The state of one clock.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use huiyin_calendar::{Calendar, Limit, Pause};
use huiyin_policy::model::{ClauseId, Moment, PauseReasonId};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::command::Firing;
use crate::event::DueTime;
use crate::id::PersonId;
use crate::moment::Happened;

/// A clock that has been started at least once.
#[derive(Debug, Clone, PartialEq)]
pub struct ClockState {
    /// The current or last run, from 1. Each new due time is a new run.
    pub generation: u32,
    /// From when the run counts.
    pub started_at: Timestamp,
    /// The moments that set its start: the first one, then each restart.
    pub starts: Vec<Start>,
    /// How long it may take without extensions.
    pub base: Limit,
    /// The clause that sets it.
    pub clause: ClauseId,
    /// When it is due; `None` while suspended.
    pub due: Option<DueTime>,
    /// Where it stands.
    pub phase: Phase,
    /// All its pauses since it was first started; the last one may be open.
    pub pauses: Vec<PauseTaken>,
    /// All its extensions since it was first started, in the order of the log.
    pub extensions: Vec<Extension>,
    /// What has fired in this run.
    pub fired: BTreeSet<Firing>,
    /// How it ended each time before it was started anew, in order.
    pub earlier: Vec<RunEnded>,
}

/// How a clock ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunEnded {
    /// Whether that was in time.
    pub met: bool,
    /// When what it watched was done; for a clock that ran out and has not stopped, when it was due.
    pub at: Timestamp,
    /// When it was due; `None` if it stopped while suspended.
    pub due: Option<DueTime>,
}

impl RunEnded {
    /// Of a clock that ran out and has not stopped.
    pub(crate) fn ran_out(due: DueTime) -> Self {
        Self {
            met: false,
            at: due.at,
            due: Some(due),
        }
    }

    /// The local day it counts on: the day it was met, or the day it ran out.
    pub fn on(&self, calendar: &Calendar) -> Date {
        match self.due {
            Some(due) if !self.met => due.date,
            _ => calendar.date_of(self.at),
        }
    }
}

/// Where a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It runs, or is suspended if it has no due time.
    Running,
    /// It stopped.
    Stopped {
        /// When what it watched was done.
        at: Timestamp,
        /// Whether that was in time.
        met: bool,
    },
    /// It counts as never started: a correction took back its start, or the case ended without being handled.
    Withdrawn,
}

/// A moment that set a clock's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// When it happened.
    pub at: Timestamp,
    /// The event that put it on record.
    pub seq: u32,
}

/// A pause with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PauseTaken {
    /// From when (inclusive).
    pub from: Timestamp,
    /// Until when (exclusive); `None` while it lasts.
    pub to: Option<Timestamp>,
    /// Why.
    pub reason: PauseReasonId,
    /// What is waited for.
    pub note: String,
}

/// More time that was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The event that granted it.
    pub seq: u32,
    /// The event whose moment the clock ran from then ([`Start`]): a restart begins without it.
    pub start: u32,
    /// By how many of the units its limit is counted in.
    pub more: NonZeroU32,
    /// When it was granted.
    pub at: Timestamp,
    /// In whose right.
    pub by: Option<PersonId>,
    /// Why.
    pub reason: String,
    /// When it was due before.
    pub before: DueTime,
    /// When it was due then.
    pub due: DueTime,
}

/// How a clock is shown at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Running, and not due yet.
    Running,
    /// Running past its due time.
    Overdue,
    /// Paused, with no due time.
    Suspended,
    /// Stopped in time.
    Met,
    /// Stopped too late.
    Missed,
    /// Counts as never started.
    Withdrawn,
}

impl ClockState {
    /// Whether it runs or is suspended.
    pub fn is_running(&self) -> bool {
        self.phase == Phase::Running
    }

    /// How long it may take, with what it was extended by since its last start.
    pub fn limit(&self) -> Limit {
        self.limit_and(0)
    }

    /// The same, if it is extended by so many units more. Units are those of its limit as it started, whatever that has come to.
    pub(crate) fn limit_and(&self, more_now: u32) -> Limit {
        let counts = |extension: &&Extension| {
            let start = self.starts.last();
            start.is_some_and(|start| start.seq == extension.start)
        };
        let extensions = self.extensions.iter().filter(counts);
        let more = extensions.map(|extension| extension.more.get());
        self.base
            .longer_by(more.fold(more_now, u32::saturating_add))
    }

    /// Whether a pause lasts.
    pub fn is_paused(&self) -> bool {
        self.is_running() && self.pauses.last().is_some_and(|pause| pause.to.is_none())
    }

    /// How it stands at `now`; due exactly now is not overdue.
    pub fn standing(&self, now: Timestamp) -> Standing {
        match (self.phase, self.due) {
            (Phase::Stopped { met: true, .. }, _) => Standing::Met,
            (Phase::Stopped { met: false, .. }, _) => Standing::Missed,
            (Phase::Withdrawn, _) => Standing::Withdrawn,
            (Phase::Running, None) => Standing::Suspended,
            (Phase::Running, Some(due)) if now > due.at => Standing::Overdue,
            (Phase::Running, Some(_)) => Standing::Running,
        }
    }

    /// How it ended, each time: also that it ran out in the present run, even if it still runs.
    pub fn outcomes(&self) -> impl Iterator<Item = RunEnded> + '_ {
        self.earlier.iter().copied().chain(self.ended())
    }

    /// How the present run ended, if it did or if it ran out.
    pub(crate) fn ended(&self) -> Option<RunEnded> {
        let due = self.due;
        match self.phase {
            Phase::Stopped { at, met } => Some(RunEnded { met, at, due }),
            Phase::Running if self.fired.contains(&Firing::Due) => due.map(RunEnded::ran_out),
            Phase::Running | Phase::Withdrawn => None,
        }
    }

    /// How often it was restarted in this run.
    pub fn restarts(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The pauses as the calendar takes them.
    pub fn pauses_for_calendar(&self) -> Vec<Pause> {
        self.pauses
            .iter()
            .map(|pause| Pause {
                from: pause.from,
                to: pause.to,
            })
            .collect()
    }

    /// When every moment of one of `sets` had happened since the last start: the earliest such time.
    pub(crate) fn stopped_by(
        &self,
        sets: &[Vec<Moment>],
        happened: &[Happened],
    ) -> Option<Timestamp> {
        let start = self.starts.last()?;
        let since = happened
            .iter()
            .filter(|one| one.order() > (start.at, start.seq));
        let first_of = |pattern: &Moment| {
            since
                .clone()
                .filter(|one| one.is(pattern))
                .map(|one| one.at)
                .min()
        };
        sets.iter()
            .filter(|set| !set.is_empty())
            .filter_map(|set| {
                set.iter()
                    .map(first_of)
                    .collect::<Option<Vec<_>>>()?
                    .into_iter()
                    .max()
            })
            .min()
    }
}
