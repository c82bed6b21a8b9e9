//! How much more time a clock may be given (P6.11).

use std::num::NonZeroU32;

use huiyin_calendar::{Calendar, Length, Limit};
use huiyin_policy::model::{ClockId, CountedFrom, ExtendRule, ExtensionCap, ParamValue, Policy};

use crate::event::DueTime;
use crate::limits::EXTENSION_UNITS_MAX;
use crate::refusal::Rule;
use crate::state::CaseState;
use crate::state::clock::ClockState;
use crate::watch::watch;

/// What a running clock may still be extended by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// One of the units in which its limit is counted.
    pub unit: Length,
    /// At most so many of them, 0 if nothing is left.
    pub most: u32,
    /// When it would be due at the cap.
    pub latest: DueTime,
}

/// What a clock of a case may still be extended by; `None` if no clause allows that, or while it is suspended or stopped.
pub fn allowance(
    policy: &Policy,
    calendar: &Calendar,
    state: &CaseState,
    id: &ClockId,
) -> Option<Allowance> {
    let rule = watch(state.kind(policy)?, id)?.clock()?.extend.as_ref()?;
    let clock = state.clock(id).filter(|clock| clock.is_running())?;
    Allowance::of(policy, calendar, rule, clock)
}

impl Allowance {
    /// `None` while the clock is suspended, and where the cap is not set or lies beyond the years of the calendar.
    pub(crate) fn of(
        policy: &Policy,
        calendar: &Calendar,
        rule: &ExtendRule,
        clock: &ClockState,
    ) -> Option<Self> {
        let cap = match &rule.cap {
            ExtensionCap::Fixed(length) => *length,
            ExtensionCap::Param(param) => match policy.params.get(param)?.value.as_ref()? {
                ParamValue::Limit(limit) => limit.length,
                _ => return None,
            },
        };
        // Whatever ends the clock's days ends those of the cap, so that both name the same day by the same moment.
        let cap = Limit {
            length: cap,
            ..clock.base
        };
        let root = match rule.counted_from {
            CountedFrom::Start => clock.starts.first().map(|start| start.at)?,
            CountedFrom::LastRestart => clock.started_at,
        };
        let latest = due(calendar, &cap, root, clock)?;
        let fits = |more: u32| {
            let limit = clock.limit_and(more);
            due(calendar, &limit, clock.started_at, clock).is_some_and(|due| due.at <= latest.at)
        };
        // The longest that fits, by halving: a longer limit is never due earlier.
        let (mut most, mut too_much) = (0, EXTENSION_UNITS_MAX + 1);
        while too_much - most > 1 {
            let middle = most + (too_much - most) / 2;
            match fits(middle) {
                true => most = middle,
                false => too_much = middle,
            }
        }
        Some(Self {
            unit: clock.base.length.of_same_unit(1),
            most,
            latest,
        })
    }

    /// When the clock is due if it is extended by so many units; `None` beyond the cap.
    pub fn due_after(
        &self,
        calendar: &Calendar,
        clock: &ClockState,
        more: NonZeroU32,
    ) -> Option<DueTime> {
        let limit = clock.limit_and(more.get());
        let due = due(calendar, &limit, clock.started_at, clock)?;
        (more.get() <= self.most).then_some(due)
    }

    /// What is said of more than that.
    pub(crate) fn exceeded(&self) -> Rule {
        let most = NonZeroU32::new(self.most);
        Rule::ExtensionBeyondCap {
            most: most.map(|most| self.unit.of_same_unit(most.get())),
            latest: self.latest.date,
        }
    }
}

/// How many extensions count against the times that a rule allows.
pub(crate) fn granted_so_far(rule: &ExtendRule, clock: &ClockState) -> u32 {
    let counts = |start: u32| match rule.counted_from {
        CountedFrom::Start => clock.starts.iter().any(|one| one.seq == start),
        CountedFrom::LastRestart => clock.starts.last().is_some_and(|one| one.seq == start),
    };
    let granted = clock.extensions.iter().filter(|one| counts(one.start));
    u32::try_from(granted.count()).unwrap_or(u32::MAX)
}

fn due(
    calendar: &Calendar,
    limit: &Limit,
    started_at: jiff::Timestamp,
    clock: &ClockState,
) -> Option<DueTime> {
    let due = calendar
        .due(limit, started_at, &clock.pauses_for_calendar())
        .ok()?;
    Some(DueTime {
        at: due.due_at?,
        date: due.due_date?,
        provisional: due.provisional,
    })
}
