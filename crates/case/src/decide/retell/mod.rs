//! Telling the record of a case again under another version of its policy: what its clocks would have come to, and who
//! would have decided.
//!
//! What people did and when is taken as it is on record; what the engine drew from it is drawn anew, by the functions that draw it in
//! a live case. It is an estimate: under other rules people would have done other things.

mod deciders;

use std::collections::BTreeSet;

use huiyin_policy::model::{ActId, Moment, Policy};

use super::draft::Draft;
use super::{Context, clocks, extend, follow, follow_up, import};
use crate::command::Firing;
use crate::event::{Event, Moved, Recorded};
use crate::link::Link;
use crate::misfit::{Fitting, Misfit};
use crate::refusal::Refusal;
use crate::state::{CaseState, ReplayError, Versions, first_version};
use crate::watch::{watch, watches};

pub use deciders::{Deciders, OtherDecider};

/// A case as it is on record, and as it would stand under another version.
#[derive(Debug, Clone)]
pub struct Retold {
    /// As it is on record.
    pub before: CaseState,
    /// As it would stand.
    pub after: CaseState,
    /// Where somebody else would have had to act or decide, in the order of the record.
    pub deciders: Vec<OtherDecider>,
    /// Pauses and extensions of clocks that the other version would not have granted.
    pub left_out: BTreeSet<Misfit>,
}

/// Why a case can't be told under another version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Untellable {
    /// Its events are no history under its own version.
    NoHistory(ReplayError),
    /// Something on record has no place there.
    Misfits(BTreeSet<Misfit>),
}

/// Tells the history of a case, kept under `versions`, as it would have gone under the policy of `context`. People are taken as the
/// organisation has them now; clocks that have run out until `context.now` (inclusive) count as late.
///
/// A pause for a reason that the other version does not know, and an extension that it would not grant or counts in another unit, are
/// left out. Of a historical case only what its source was known to tell is measured.
///
/// # Errors
///
/// [`Untellable`].
pub fn retell(
    versions: Versions<'_>,
    context: &Context<'_>,
    history: &[Recorded],
) -> Result<Retold, Untellable> {
    let first = history
        .first()
        .ok_or(Untellable::NoHistory(ReplayError::Empty))?;
    let version = |version| {
        let missing = || Untellable::NoHistory(ReplayError::VersionMissing(version));
        versions(version).ok_or_else(missing)
    };
    let old = version(first_version(first).map_err(Untellable::NoHistory)?)?;
    let before = CaseState::opened(old, first).map_err(Untellable::NoHistory)?;
    let after = CaseState::opened(context.policy, first).map_err(|error| match error {
        ReplayError::UnknownKind(kind) => Untellable::Misfits([Misfit::Kind(kind)].into()),
        error => Untellable::NoHistory(error),
    })?;
    let mut telling = Telling {
        versions: &version,
        old,
        context,
        before,
        deciders: Vec::new(),
        left_out: BTreeSet::new(),
    };
    let after = telling.tell(after, history)?;
    let fitting = Fitting {
        old: telling.old,
        new: context.policy,
        organisation: context.organisation,
        state: &telling.before,
    };
    let misfits = fitting.of_the_whole_course();
    if !misfits.is_empty() {
        return Err(Untellable::Misfits(misfits));
    }
    Ok(Retold {
        before: telling.before,
        after,
        deciders: telling.deciders,
        left_out: telling.left_out,
    })
}

/// A case under both versions, event by event.
struct Telling<'t> {
    versions: &'t dyn Fn(u32) -> Result<&'t Policy, Untellable>,
    /// The version that the case keeps at this point of its history.
    old: &'t Policy,
    context: &'t Context<'t>,
    before: CaseState,
    deciders: Vec<OtherDecider>,
    left_out: BTreeSet<Misfit>,
}

/// Time beyond the calendar is all that can keep the engine from drawing its conclusions again.
impl From<Refusal> for Untellable {
    fn from(_: Refusal) -> Self {
        Self::Misfits([Misfit::Uncountable].into())
    }
}

impl Telling<'_> {
    fn tell(
        &mut self,
        mut after: CaseState,
        history: &[Recorded],
    ) -> Result<CaseState, Untellable> {
        let mut told = 0;
        for command in commands(history) {
            let context = Context {
                now: command[0].recorded_at,
                ..*self.context
            };
            let mut draft = Draft::telling(&context, after, told)?;
            run_out(&mut draft);
            self.tell_command(&mut draft, command)?;
            told = self.before.seq;
            after = draft.state;
        }
        let mut draft = Draft::telling(self.context, after, told)?;
        if draft.state.imported.is_some() {
            let told = told_acts(self.old, &self.before);
            import::withdraw_untold_of(&mut draft, &|act| told.contains(act));
        }
        run_out(&mut draft);
        Ok(draft.state)
    }

    /// Tells what one command put on record, and what follows from it.
    fn tell_command(
        &mut self,
        draft: &mut Draft<'_>,
        command: &[Recorded],
    ) -> Result<(), Untellable> {
        for recorded in command {
            draft.at = recorded.occurred_at;
            if let Event::CaseMigrated { to, .. } = recorded.event {
                self.old = (self.versions)(to)?;
            }
            if recorded.seq > 1 {
                self.before.apply(recorded, self.old);
                self.left_out
                    .extend(tell_event(draft, recorded, &self.before)?);
            }
            if draft.state.imported.is_none() {
                self.deciders
                    .extend(deciders::compare(self, draft, recorded));
            } else if !is_drawn(&recorded.event) {
                // A historical case is measured fact by fact, as it was when it came in.
                follow::follow(draft)?;
                draft.seq_before = recorded.seq;
            }
        }
        Ok(follow::follow(draft)?)
    }
}

/// The events of each command by itself: it has its own time of recording, and what follows for the clocks ends it.
fn commands(history: &[Recorded]) -> impl Iterator<Item = &[Recorded]> {
    let mut followed = false;
    history.chunk_by(move |one, next| {
        followed |= is_drawn(&one.event) && about_clocks(&one.event);
        let goes_on = is_drawn(&next.event) || !followed;
        let same = goes_on && one.recorded_at == next.recorded_at;
        followed &= same;
        same
    })
}

/// Whether the engine drew it from the rules, so that it is drawn anew.
fn is_drawn(event: &Event) -> bool {
    match event {
        Event::ClockMoved { why, .. } => *why != Moved::Resumed,
        Event::NoticeSent { .. } | Event::LevelChosen { .. } | Event::FollowUpAsked { .. } => true,
        Event::ClockPaused { .. } | Event::ClockExtended { .. } => false,
        event => about_clocks(event),
    }
}

fn about_clocks(event: &Event) -> bool {
    matches!(
        event,
        Event::ClockStarted { .. }
            | Event::ClockMoved { .. }
            | Event::ClockStopped { .. }
            | Event::ClockWithdrawn { .. }
            | Event::ClockFired { .. }
            | Event::ClockRuledAnew { .. }
            | Event::AttemptPlanned { .. }
    )
}

/// Tells one event again, and gives what had to be left out; `before` is the case by its own version, this event included.
fn tell_event(
    draft: &mut Draft<'_>,
    recorded: &Recorded,
    before: &CaseState,
) -> Result<Option<Misfit>, Refusal> {
    match &recorded.event {
        event if is_drawn(event) => {}
        Event::ClockPaused { clock, .. }
        | Event::ClockMoved { clock, .. }
        | Event::ClockExtended { clock, .. } => {
            let Some(event) = granted(draft, &recorded.event, before) else {
                let extended = matches!(recorded.event, Event::ClockExtended { .. });
                let clock = clock.clone();
                return Ok(Some(match extended {
                    true => Misfit::Extension(clock),
                    false => Misfit::Pause(clock),
                }));
            };
            draft.push(event);
        }
        Event::CaseClosed { .. } => {
            draft.tell_again(recorded);
            if draft.state.imported.is_none() {
                follow_up::ask(draft);
            }
        }
        Event::CaseWithdrawn { .. }
        | Event::CaseLinked {
            link: Link::MergedInto,
            ..
        } => {
            draft.tell_again(recorded);
            follow::withdraw_running(draft);
        }
        Event::LinkTakenBack {
            link: Link::MergedInto,
            ..
        } => {
            draft.tell_again(recorded);
            follow::run_on(draft)?;
        }
        _ => draft.tell_again(recorded),
    }
    Ok(None)
}

/// What somebody's pausing, resuming or extending of a clock comes to, if this version lets anybody do so.
fn granted(draft: &Draft<'_>, event: &Event, before: &CaseState) -> Option<Event> {
    match event {
        Event::ClockPaused {
            clock,
            reason,
            note,
        } => {
            let rule = watch(draft.kind, clock)?.clock()?.pause.as_ref()?;
            clocks::paused(draft, rule, clock, (reason, note)).ok()
        }
        Event::ClockMoved { clock, .. } => {
            let rule = watch(draft.kind, clock)?.clock()?.pause.as_ref()?;
            clocks::resumed(draft, rule, clock).ok()
        }
        Event::ClockExtended {
            clock,
            more,
            reason,
            ..
        } => {
            let rule = watch(draft.kind, clock)?.clock()?.extend.as_ref()?;
            let unit = |state: &CaseState| Some(state.clock(clock)?.base.length.of_same_unit(1));
            let same_unit = unit(before) == unit(&draft.state);
            let extended = extend::extended(draft, rule, clock, (*more, reason));
            extended.ok().filter(|_| same_unit)
        }
        _ => None,
    }
}

/// Lets every clock run out that is due by now; nobody is told.
fn run_out(draft: &mut Draft<'_>) {
    if draft.state.imported.is_some() {
        return;
    }
    let now = draft.context.now;
    let timers = draft.state.timers(draft.policy()).into_iter();
    for timer in timers.filter(|timer| timer.firing == Firing::Due && timer.at <= now) {
        let event = Event::ClockFired {
            clock: timer.clock,
            generation: timer.generation,
            firing: timer.firing,
        };
        draft.follow_with(event, timer.at);
    }
}

/// The acts that the source of a historical case is known to tell of: those for want of which a clock ran on. Which others it
/// would have told of is not on record.
fn told_acts(old: &Policy, before: &CaseState) -> BTreeSet<ActId> {
    let kind = before.kind(old).into_iter();
    let running = kind.flat_map(watches).filter(|watch| {
        let clock = before.clock(watch.id());
        clock.is_some_and(|clock| clock.is_running())
    });
    let mut acts = BTreeSet::new();
    for watch in running {
        let stops = watch.stop();
        acts.extend(stops.iter().flatten().filter_map(|moment| match moment {
            Moment::Act { act, .. } => Some(act.clone()),
            _ => None,
        }));
    }
    acts
}
