//! Having an open case go on under a newer version of its policy (P1.16), by decision.
//!
//! What the case comes to there is worked out by telling its record again ([`super::retell`]), as for an estimate. Nothing is carried
//! over by force: what has no place keeps the case where it is, and all of that is said at once.

use std::collections::BTreeSet;

use huiyin_policy::model::{ClockId, Policy};
use jiff::Timestamp;

use super::Context;
use super::draft::{Draft, required_text};
use super::retell::{Retold, Untellable, retell};
use crate::event::{Event, Holder, Recorded};
use crate::misfit::{Fitting, Misfit};
use crate::organisation::Organisation;
use crate::refusal::{Refusal, Rule};
use crate::selector::Who;
use crate::state::clock::{ClockState, Phase};
use crate::state::{ReplayError, Stage, Versions};
use crate::watch::{Watch, watches};

/// What migrating a case comes to, worked out from the case as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Migration {
    /// The version it keeps.
    pub from: u32,
    /// The version it is to keep.
    pub to: u32,
    /// Its last event when this was worked out.
    pub seq: u32,
    /// What becomes of its clocks, with the time at which each counts; a clock that is not named stays as it is.
    pub clocks: Vec<(Event, Timestamp)>,
    /// Whose lists show it then, if others than now.
    pub holder: Option<Holder>,
}

/// Why a case can't be migrated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmigratable {
    /// It has ended, or was never handled here.
    Ended,
    /// It keeps this version.
    NotNewer,
    /// These have no place there.
    Misfits(BTreeSet<Misfit>),
    /// Its events are no history.
    NoHistory(ReplayError),
}

/// What migrating a case to the version of `context` comes to. `versions` are those of its policy. That the version is a newer one is
/// known outside: what units adopt has numbers of the same series.
///
/// A clock that has stopped stays as it ended, if what stopped it does so there, too; one that runs counts from the moments that start it
/// there, with the pauses and extensions it had.
///
/// # Errors
///
/// [`Unmigratable`], with everything that does not fit.
pub fn migration(
    versions: Versions<'_>,
    context: &Context<'_>,
    history: &[Recorded],
) -> Result<Migration, Unmigratable> {
    let told = retell(versions, context, history).map_err(|untellable| match untellable {
        Untellable::Misfits(misfits) => Unmigratable::Misfits(misfits),
        Untellable::NoHistory(error) => Unmigratable::NoHistory(error),
    })?;
    let before = &told.before;
    if before.stage != Stage::Open || before.imported.is_some() {
        return Err(Unmigratable::Ended);
    }
    let another = context.policy_version != before.version;
    let old = versions(before.version).filter(|_| another);
    let old = old.ok_or(Unmigratable::NotNewer)?;
    let fitting = Fitting {
        old,
        new: context.policy,
        organisation: context.organisation,
        state: before,
    };
    let mut misfits = fitting.of_protection();
    misfits.extend(of_clocks(&told, context.policy));
    let holder = holder(old, context.policy, context.organisation, &told);
    misfits.extend(holder.clone().err());
    if !misfits.is_empty() {
        return Err(Unmigratable::Misfits(misfits));
    }
    let kind = before.kind(context.policy);
    let clocks = kind.into_iter().flat_map(watches);
    Ok(Migration {
        from: before.version,
        to: context.policy_version,
        seq: before.seq,
        clocks: clocks
            .flat_map(|watch| ruled_anew(watch, &told, old, context.now))
            .collect(),
        holder: holder.unwrap_or_default(),
    })
}

/// Puts a migration on record. What follows from it follows as from any other command.
pub(super) fn migrate(
    draft: &mut Draft<'_>,
    plan: &Migration,
    reason: &str,
) -> Result<(), Refusal> {
    draft.step()?;
    let now = draft.context.now;
    let state = &draft.state;
    let as_planned = plan.seq == state.seq
        && plan.from == state.version
        && plan.to == draft.context.policy_version
        && plan.to != plan.from;
    if !as_planned {
        return Err(Rule::NotNewer(plan.to).into());
    }
    required_text(reason)?;
    draft.push(Event::CaseMigrated {
        from: plan.from,
        to: plan.to,
        reason: reason.to_owned(),
    });
    for (event, at) in &plan.clocks {
        draft.follow_with(event.clone(), *at);
    }
    if let Some(holder) = &plan.holder {
        let holder = holder.clone();
        draft.follow_with(Event::HolderChanged { holder }, now);
    }
    Ok(())
}

/// What of the running clocks does not fit.
fn of_clocks(told: &Retold, new: &Policy) -> BTreeSet<Misfit> {
    let runs = |id: &ClockId| told.before.clock(id).is_some_and(ClockState::is_running);
    let of_running = |misfit: &&Misfit| match misfit {
        Misfit::Pause(clock) | Misfit::Extension(clock) => runs(clock),
        _ => true,
    };
    let left_out = told.left_out.iter().filter(of_running);
    let mut misfits: BTreeSet<Misfit> = left_out.cloned().collect();
    let kind = told.before.kind(new);
    let known = |id: &ClockId| kind.is_some_and(|kind| watches(kind).any(|one| one.id() == id));
    let clocks = told.before.clocks.iter().map(|(id, _)| id);
    let gone = clocks.filter(|id| runs(id) && !known(id));
    misfits.extend(gone.cloned().map(Misfit::Clock));
    misfits
}

/// What becomes of one clock.
fn ruled_anew(
    watch: Watch<'_>,
    told: &Retold,
    old: &Policy,
    now: Timestamp,
) -> Vec<(Event, Timestamp)> {
    let id = watch.id();
    let after = told.after.clock(id);
    let Some(before) = told.before.clock(id) else {
        // A clock that would have stopped by now is over: nothing is made up for the past.
        let starts = after.filter(|after| after.is_running());
        return starts.map(|after| started(id, after)).into_iter().collect();
    };
    let stands = match before.phase {
        Phase::Withdrawn => true,
        Phase::Stopped { at, .. } => {
            before.stopped_by(&watch.stop(), &told.before.happened) == Some(at)
        }
        Phase::Running => after.is_some_and(|after| {
            after.is_running() && counts_alike(before, after) && warns_alike(watch, told, old)
        }),
    };
    if stands {
        return Vec::new();
    }
    let Some(after) = after.filter(|after| after.phase != Phase::Withdrawn) else {
        let event = Event::ClockWithdrawn {
            clock: id.clone(),
            generation: before.generation,
        };
        return vec![(event, now)];
    };
    let generation = before.generation + 1;
    let ruled_anew = Event::ClockRuledAnew {
        clock: id.clone(),
        generation,
        starts: after.starts.clone(),
        limit: after.base,
        before: before.due,
        due: after.due,
        clause: after.clause.clone(),
    };
    let mut events = vec![(ruled_anew, now)];
    if let Phase::Stopped { at, met } = after.phase {
        let stopped = Event::ClockStopped {
            clock: id.clone(),
            generation,
            met,
        };
        events.push((stopped, at));
    }
    events
}

fn started(id: &ClockId, after: &ClockState) -> (Event, Timestamp) {
    let event = Event::ClockStarted {
        clock: id.clone(),
        generation: 1,
        started_at: after.started_at,
        limit: after.base,
        due: after.due,
        clause: after.clause.clone(),
    };
    (event, after.started_at)
}

fn counts_alike(before: &ClockState, after: &ClockState) -> bool {
    before.starts == after.starts
        && before.base == after.base
        && before.due == after.due
        && before.clause == after.clause
}

/// Whether it gives the same warnings: those given already are known by their place in the list.
fn warns_alike(watch: Watch<'_>, told: &Retold, old: &Policy) -> bool {
    let warnings = |watch: Watch<'_>| -> Vec<i64> {
        let warn = watch.clock().into_iter().flat_map(|clock| &clock.warn);
        warn.map(|warning| warning.before_seconds).collect()
    };
    let kind = told.before.kind(old);
    let known = kind.and_then(|kind| watches(kind).find(|one| one.id() == watch.id()));
    known.is_some_and(|known| warnings(known) == warnings(watch))
}

/// Whose lists show the case then, if others than now. Whoever accepted it keeps it, if he may act in its step there.
fn holder(
    old: &Policy,
    new: &Policy,
    organisation: &Organisation,
    told: &Retold,
) -> Result<Option<Holder>, Misfit> {
    let was = Who {
        policy: old,
        organisation,
        state: Some(&told.before),
        on: None,
    };
    let is = Who {
        policy: new,
        organisation,
        state: Some(&told.after),
        on: None,
    };
    let steps = told.before.current_step(old);
    let steps = steps.zip(told.after.current_step(new));
    let Some((step_before, step_after)) = steps else {
        return Ok(None);
    };
    let held_by = told.before.holder.person;
    let may = held_by.is_none_or(|person| is.includes(&step_after.by, person));
    if told.before.accepted && !may {
        return Err(Misfit::Holder);
    }
    let expected = is.holder(&step_after.by, None);
    let same = was.holder(&step_before.by, None) == expected;
    let stays = told.before.accepted || (may && same);
    Ok((!stays).then_some(expected))
}
