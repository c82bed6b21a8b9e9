//! What clock events change.

use huiyin_policy::model::{ClockId, Policy};
use jiff::Timestamp;

use super::clock::{ClockState, Extension, PauseTaken, Phase, Start};
use super::{CaseState, Ending};
use crate::command::Firing;
use crate::event::{Event, Moved, Recorded};
use crate::moment::Happened;
use crate::watch::watch;

impl CaseState {
    /// Adds an event about a clock.
    pub(super) fn apply_to_clock(&mut self, recorded: &Recorded, policy: &Policy) {
        if let Event::ClockStarted {
            clock,
            generation,
            started_at,
            limit,
            due,
            clause,
        } = &recorded.event
        {
            let start = self.start_of(clock, *started_at, policy).unwrap_or(Start {
                at: *started_at,
                seq: self.cause.seq,
            });
            let mut pauses = self
                .clock(clock)
                .map(|before| before.pauses.clone())
                .unwrap_or_default();
            if let Some(pause) = pauses.last_mut().filter(|pause| pause.to.is_none()) {
                pause.to = Some(*started_at);
            }
            let extensions = self.clock(clock).map(|before| before.extensions.clone());
            let earlier = self.clock(clock).map(|before| before.outcomes().collect());
            let state = ClockState {
                generation: *generation,
                started_at: *started_at,
                starts: vec![start],
                base: *limit,
                clause: clause.clone(),
                due: *due,
                phase: Phase::Running,
                pauses,
                extensions: extensions.unwrap_or_default(),
                fired: Default::default(),
                earlier: earlier.unwrap_or_default(),
            };
            match self.clocks.iter_mut().find(|(id, _)| id == clock) {
                Some((_, before)) => *before = state,
                None => self.clocks.push((clock.clone(), state)),
            }
            return;
        }
        let restart = match &recorded.event {
            Event::ClockMoved {
                clock,
                started_at,
                why: Moved::Restarted,
                ..
            } => self.start_of(clock, *started_at, policy),
            _ => None,
        };
        let Some(clock) = clock_of(&recorded.event)
            .and_then(|id| self.clocks.iter_mut().find(|(one, _)| one == id))
        else {
            return;
        };
        clock.1.apply(recorded, restart);
        if matches!(recorded.event, Event::ClockWithdrawn { .. })
            && self.ending == Some(Ending::Withdrawn)
        {
            // Should the case be opened again, nothing before that counts; a merger can be taken back.
            clock.1.starts.clear();
        }
    }

    /// The last moment at `at` that starts or restarts the clock.
    fn start_of(&self, clock: &ClockId, at: Timestamp, policy: &Policy) -> Option<Start> {
        let watch = watch(self.kind(policy)?, clock)?;
        let starts = |one: &&Happened| {
            let restart = watch.restart();
            let restarts = restart.is_some_and(|restart| restart.on.iter().any(|on| one.is(on)));
            restarts || watch.start().iter().any(|pattern| one.is(pattern))
        };
        let found = self
            .happened
            .iter()
            .rev()
            .filter(|one| one.at == at)
            .find(starts)?;
        Some(Start { at, seq: found.seq })
    }
}

impl ClockState {
    fn apply(&mut self, recorded: &Recorded, restart: Option<Start>) {
        match &recorded.event {
            Event::ClockMoved {
                generation,
                started_at,
                due,
                why,
                ..
            } => {
                if *why == Moved::Resumed
                    && let Some(pause) = self.pauses.last_mut()
                {
                    pause.to = Some(recorded.occurred_at);
                }
                self.starts.extend(restart);
                self.generation = *generation;
                self.started_at = *started_at;
                self.due = *due;
                self.phase = Phase::Running;
                self.fired.clear();
            }
            Event::ClockPaused { reason, note, .. } => {
                let (reason, note) = (reason.clone(), note.clone());
                self.pauses.push(PauseTaken {
                    from: recorded.occurred_at,
                    to: None,
                    reason,
                    note,
                });
                self.due = None;
            }
            Event::ClockExtended {
                generation,
                more,
                before,
                due,
                reason,
                ..
            } => {
                self.extensions.push(Extension {
                    seq: recorded.seq,
                    start: self.starts.last().map_or(0, |start| start.seq),
                    more: *more,
                    at: recorded.occurred_at,
                    by: recorded.in_right_of(),
                    reason: reason.clone(),
                    before: *before,
                    due: *due,
                });
                self.generation = *generation;
                self.due = Some(*due);
                self.fired.clear();
            }
            Event::ClockRuledAnew {
                generation,
                starts,
                limit,
                due,
                clause,
                ..
            } => {
                let was_told = self.fired.contains(&Firing::Due);
                self.move_extensions(starts);
                self.generation = *generation;
                self.started_at = starts.last().map_or(self.started_at, |start| start.at);
                self.starts.clone_from(starts);
                self.base = *limit;
                self.clause = clause.clone();
                self.due = *due;
                self.phase = Phase::Running;
                self.fired.clear();
                // Whoever heard that it is late need not hear it again because it is late by other rules, too.
                if was_told && due.is_some_and(|due| due.at < recorded.recorded_at) {
                    self.fired.insert(Firing::Due);
                }
            }
            Event::ClockStopped { met, .. } => {
                self.phase = Phase::Stopped {
                    at: recorded.occurred_at,
                    met: *met,
                }
            }
            Event::ClockWithdrawn { .. } => self.phase = Phase::Withdrawn,
            Event::ClockFired {
                generation, firing, ..
            } if *generation == self.generation => {
                self.fired.insert(*firing);
            }
            _ => {}
        }
    }
}

impl ClockState {
    /// What it was extended by since its last start counts from the last of these.
    fn move_extensions(&mut self, starts: &[Start]) {
        let (Some(was), Some(is)) = (self.starts.last(), starts.last()) else {
            return;
        };
        for extension in &mut self.extensions {
            if extension.start == was.seq {
                extension.start = is.seq;
            }
        }
    }
}

fn clock_of(event: &Event) -> Option<&ClockId> {
    match event {
        Event::ClockMoved { clock, .. }
        | Event::ClockPaused { clock, .. }
        | Event::ClockExtended { clock, .. }
        | Event::ClockStopped { clock, .. }
        | Event::ClockWithdrawn { clock, .. }
        | Event::ClockRuledAnew { clock, .. }
        | Event::ClockFired { clock, .. } => Some(clock),
        _ => None,
    }
}
