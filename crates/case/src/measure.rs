//! What a case counts for in statistics.
//!
//! It follows from the state alone, so that whatever changes the state (an act, a correction, a reopening, another lead
//! unit) moves in the totals exactly what it concerns: [`increments`] is the difference of two states. A case counts at most
//! once for a measure, under the unit that answers for it now.

use huiyin_calendar::Calendar;
use huiyin_policy::case_facts;
use huiyin_policy::model::{
    ChoiceId, ClockId, Count, DURATION_MAX, Duration, DurationUnit, FactPath, Figure, LevelsId,
    MeasureId, Moment, Policy, Sum, Tally, Verb, Which,
};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::id::UnitId;
use crate::moment::Happened;
use crate::state::clock::{ClockState, RunEnded};
use crate::state::{CaseState, Ending};
use crate::value::Value;

/// The class of a case that met a clock.
pub const MET: &str = "met";
/// The class of a case that missed a clock.
pub const MISSED: &str = "missed";

const HOUR_SECONDS: i64 = 3_600;

/// What a case counts for in one measure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Measurement {
    /// The measure, one of the policy's or a [`Count`].
    pub measure: MeasureId,
    /// The local day it counts on.
    pub on: Date,
    /// The choice of a tally, or how a clock ended ([`MET`], [`MISSED`]); `None` where there is none.
    pub class: Option<ChoiceId>,
    /// A duration in its unit, at most [`DURATION_MAX`]; an amount in cents; another number that is added up; 0 for everything else.
    pub value: i64,
}

/// A change of a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Increment {
    /// The unit that answers for the case; `None` while none does.
    pub unit: Option<UnitId>,
    /// What is counted.
    pub of: Measurement,
    /// 1, or -1 for what is counted no more.
    pub add: i64,
}

/// What changes in statistics when a case comes from one state to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Increments {
    /// Changes of totals.
    pub totals: Vec<Increment>,
    /// What the case counts for from now on, where that has changed.
    pub put: Vec<Measurement>,
    /// Measures that it counts for no more.
    pub removed: Vec<MeasureId>,
}

/// A case with all that it is measured by.
#[derive(Debug, Clone, Copy)]
pub struct Measured<'a> {
    /// The policy version that it keeps.
    pub policy: &'a Policy,
    /// Working time, as it was on each day when that day began.
    pub calendar: &'a Calendar,
    /// The case.
    pub state: &'a CaseState,
}

impl Measured<'_> {
    fn counts_for(&self) -> Vec<Measurement> {
        measurements(self.policy, self.calendar, self.state)
    }
}

/// What changes when a case comes from `before` (`None`: it was not there) to `after`.
pub fn increments(before: Option<Measured<'_>>, after: Measured<'_>) -> Increments {
    let old = before.map_or_else(Vec::new, |before| before.counts_for());
    let new = after.counts_for();
    let old_unit = before.and_then(|before| before.state.lead_unit);
    let after = after.state;
    let moved = before.is_some() && old_unit != after.lead_unit;
    let total = |unit, of: &Measurement, add| Increment {
        unit,
        of: of.clone(),
        add,
    };
    let gone = old.iter().filter(|of| moved || !new.contains(of));
    let come = new.iter().filter(|of| moved || !old.contains(of));
    let is_measured = |measure: &MeasureId| new.iter().any(|of| of.measure == *measure);
    Increments {
        totals: gone
            .map(|of| total(old_unit, of, -1))
            .chain(come.map(|of| total(after.lead_unit, of, 1)))
            .collect(),
        put: new.iter().filter(|of| !old.contains(of)).cloned().collect(),
        removed: old
            .iter()
            .map(|of| &of.measure)
            .filter(|measure| !is_measured(measure))
            .cloned()
            .collect(),
    }
}

/// Everything that a case counts for, each measure at most once.
pub fn measurements(policy: &Policy, calendar: &Calendar, state: &CaseState) -> Vec<Measurement> {
    let counts = Count::ALL.into_iter().filter_map(|count| {
        Some(Measurement {
            measure: MeasureId::new(count.as_str()),
            on: counted_on(count, calendar, state)?,
            class: None,
            value: 0,
        })
    });
    let measures = policy.measures_of(&state.opening.kind);
    let measured = measures.filter_map(|(id, measure)| {
        let (on, class, value) = match &measure.figure {
            Figure::Duration(duration) => took(duration, calendar, state)?,
            // Neither in time nor late: it was not handled.
            Figure::InTime(_) if state.ended_unhandled() => return None,
            Figure::InTime(clock) => ended(clock, calendar, state)?,
            Figure::Tally(tally) => tallied(tally, calendar, state)?,
            Figure::Sum(sum) => adds(sum, calendar, state)?,
            Figure::Rate(_) => return None,
        };
        Some(Measurement {
            measure: id.clone(),
            on,
            class,
            value,
        })
    });
    counts.chain(measured).collect()
}

type Found = (Date, Option<ChoiceId>, i64);

fn counted_on(count: Count, calendar: &Calendar, state: &CaseState) -> Option<Date> {
    let verb = match count {
        Count::Opened => return Some(calendar.date_of(state.opening.at)),
        Count::Late if state.ended_unhandled() => return None,
        Count::Late => return first_missed(calendar, state),
        Count::Extended => return last_extended(calendar, state),
        Count::Withdrawn if state.ending != Some(Ending::Withdrawn) => return None,
        Count::Withdrawn => Verb::Withdrawn,
        Count::Merged => Verb::Merged,
        Count::Closed => Verb::Closed,
        Count::Reopened => Verb::Reopened,
        Count::Archived => Verb::Archived,
        Count::Transferred => Verb::Transferred,
        Count::Refused => Verb::Refused,
    };
    let moment = Moment::Verb { verb, step: None };
    let last = occurrence(state, &[moment], Which::Last, Timestamp::MIN)?;
    Some(calendar.date_of(last))
}

/// The day on which it was last given more time.
fn last_extended(calendar: &Calendar, state: &CaseState) -> Option<Date> {
    let clocks = state.clocks.iter();
    let granted = clocks.flat_map(|(_, clock)| &clock.extensions);
    granted.map(|one| calendar.date_of(one.at)).max()
}

/// The day on which the first of its limits to run out did so.
fn first_missed(calendar: &Calendar, state: &CaseState) -> Option<Date> {
    let clocks = state.clocks.iter();
    let runs = clocks.flat_map(|(_, clock)| outcomes(clock, state));
    runs.filter(|run| !run.met)
        .map(|run| run.on(calendar))
        .min()
}

/// How a clock ended, each time. No timer fires in a historical case: a clock that still runs there ran out.
fn outcomes(clock: &ClockState, state: &CaseState) -> Vec<RunEnded> {
    let mut runs: Vec<RunEnded> = clock.outcomes().collect();
    let ran_out = clock
        .due
        .filter(|_| state.imported.is_some() && clock.is_running());
    runs.extend(ran_out.map(RunEnded::ran_out));
    runs
}

/// When any of `moments` happened, at `from` or later.
fn occurrence(
    state: &CaseState,
    moments: &[Moment],
    which: Which,
    from: Timestamp,
) -> Option<Timestamp> {
    let is_one = |one: &&Happened| moments.iter().any(|moment| one.is(moment)) && one.at >= from;
    let times = state.happened.iter().filter(is_one).map(|one| one.at);
    match which {
        Which::First => times.min(),
        Which::Last => times.max(),
    }
}

fn took(duration: &Duration, calendar: &Calendar, state: &CaseState) -> Option<Found> {
    if !is_told(duration, state) {
        return None;
    }
    let from = occurrence(state, &duration.from, Which::First, Timestamp::MIN)?;
    let to = occurrence(state, &duration.to, duration.which, from)?;
    let (first, last) = (calendar.date_of(from), calendar.date_of(to));
    let length = match duration.unit {
        DurationUnit::WorkingDays => calendar.working_days_between(from, to),
        DurationUnit::Days => last
            .since(first)
            .map_or(0, |span| i64::from(span.get_days())),
        DurationUnit::Hours => {
            let seconds = to.duration_since(from).as_secs();
            (seconds + HOUR_SECONDS - 1) / HOUR_SECONDS
        }
    };
    Some((last, None, length.clamp(0, DURATION_MAX.into())))
}

/// Whether both ends are known. A historical case whose source doesn't tell when it was closed counts as closed with its
/// last act, but how long that took is not made up.
fn is_told(duration: &Duration, state: &CaseState) -> bool {
    let untold = state
        .imported
        .as_ref()
        .is_some_and(|imported| !imported.closing_told);
    let ends = duration.from.iter().chain(&duration.to);
    let is_closing = |moment: &Moment| {
        matches!(
            moment,
            Moment::Verb {
                verb: Verb::Closed | Verb::Archived,
                ..
            }
        )
    };
    !(untold && ends.into_iter().any(is_closing))
}

/// The first run that was missed, or else the last one that was met.
fn ended(clock: &ClockId, calendar: &Calendar, state: &CaseState) -> Option<Found> {
    let runs = outcomes(state.clock(clock)?, state);
    let missed = runs.iter().find(|run| !run.met);
    let run = missed.or(runs.last())?;
    let class = if run.met { MET } else { MISSED };
    Some((run.on(calendar), Some(ChoiceId::new(class)), 0))
}

fn tallied(tally: &Tally, calendar: &Calendar, state: &CaseState) -> Option<Found> {
    let on = occurrence(state, &tally.on, tally.which, Timestamp::MIN)?;
    Some((calendar.date_of(on), choice(&tally.by, state), 0))
}

/// What a case adds to a sum; nothing while the amount is not on record.
fn adds(sum: &Sum, calendar: &Calendar, state: &CaseState) -> Option<Found> {
    let value = match state.facts.get(&sum.of)? {
        Value::Money(amount) => amount.cents(),
        Value::Integer(number) => *number,
        _ => return None,
    };
    let on = occurrence(state, &sum.on, sum.which, Timestamp::MIN)?;
    let class = sum.by.as_ref().and_then(|by| choice(by, state));
    Some((calendar.date_of(on), class, value))
}

fn choice(path: &FactPath, state: &CaseState) -> Option<ChoiceId> {
    if path.part().as_str() == case_facts::LEVELS {
        let id = LevelsId::new(path.field().as_str());
        return state.level(&id).map(|level| level.now.clone());
    }
    if path.part().as_str() != case_facts::CASE {
        return state.facts.get(path)?.choice().cloned();
    }
    match path.field().as_str() {
        case_facts::CHANNEL => Some(ChoiceId::new(state.opening.channel.as_str())),
        case_facts::FOLLOW_UP => Some(ChoiceId::new(state.follow_up?.as_str())),
        _ => Some(ChoiceId::new(state.opening.kind.as_str())),
    }
}
