//! What the cases of a database would have come to under another version of their policy. Nothing is written.
//!
//! Every case is told again by the engine ([`huiyin_case::decide::retell`]), one after the other; what is kept of it are figures, and
//! the few cases that change most.

mod figures;

use std::collections::{BTreeMap, BTreeSet};

use huiyin_calendar::Calendar;
use huiyin_case::Context;
use huiyin_case::decide::retell::{OtherDecider, Retold, Untellable, retell};
use huiyin_case::misfit::Misfit;
use huiyin_case::organisation::Organisation;
use huiyin_case::state::CaseState;
use huiyin_case::state::clock::{ClockState, Phase, Standing};
use huiyin_policy::model::{ClockId, KindId, Policy};
use huiyin_store::{KeptUnder, Store};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::error::Error;
use crate::progress::Progress;
use crate::shelf::{Shelf, Version};

pub use figures::{ClockFigures, LARGEST_MAX, Shift, Shifts};

/// Cases asked for in one statement.
const CASES_AT_ONCE: u32 = 200;
/// Numbers of cases told for each thing that does not fit.
pub const EXAMPLES_MAX: usize = 5;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// All versions; a case may have kept another before.
    pub shelf: &'a Shelf,
    /// The version that the cases keep.
    pub from: &'a Version,
    /// The version under which they are told.
    pub to: &'a Policy,
    /// Only cases taken in from this day on (inclusive).
    pub since: Option<Date>,
    /// Only cases taken in up to this day (inclusive).
    pub until: Option<Date>,
    /// Working time under that version.
    pub calendar: &'a Calendar,
    /// People as they are now.
    pub organisation: &'a Organisation,
    /// The present moment: what has run out until then is late.
    pub now: Timestamp,
}

/// What would have been otherwise.
#[derive(Debug, Clone, Default)]
pub struct Simulated {
    /// All cases that keep the version.
    pub cases: u64,
    /// Those of them that fit the other one, by kind.
    pub kinds: BTreeMap<KindId, u64>,
    /// Figures of each clock that ran in any of these.
    pub clocks: BTreeMap<(KindId, ClockId), ClockFigures>,
    /// Who else would have had to act or decide, with the number of cases.
    pub deciders: Vec<(KindId, OtherDecider, u64)>,
    /// How many cases do not fit.
    pub unfit: u64,
    /// What does not fit.
    pub misfits: BTreeMap<(KindId, Misfit), Unfit>,
    /// What changes most, the greatest change first; at most [`LARGEST_MAX`].
    pub largest: Vec<Shift>,
}

/// Cases that something does not fit of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unfit {
    /// How many.
    pub cases: u64,
    /// The numbers of some, at most [`EXAMPLES_MAX`].
    pub numbers: Vec<String>,
}

/// Tells all cases that keep a version under another one. `progress` hears how many there are, and of each that is done.
///
/// # Errors
/// When the database can't be read, or a case's events are no history.
pub async fn simulate(
    store: &Store,
    question: &Question<'_>,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Simulated, Error> {
    let kept = question.kept_under();
    progress(Progress::Total(store.count_kept_under(&kept).await?));
    let mut simulated = Simulated::default();
    let mut after = 0;
    loop {
        let cases = store.kept_under(&kept, after, CASES_AT_ONCE).await?;
        let Some((_, last)) = cases.last() else {
            return Ok(simulated);
        };
        after = *last;
        for (case, _) in cases {
            let history = store.load(case).await?;
            let versions = |version| question.shelf.policy(&question.from.policy.id, version);
            let told = retell(&versions, &question.context(), &history);
            let mut numbers = history.iter().filter_map(|recorded| match &recorded.event {
                huiyin_case::Event::NumberAssigned { number } => Some(number.as_str()),
                _ => None,
            });
            let number = numbers.next_back().unwrap_or_default();
            let kind = history.iter().find_map(|recorded| match &recorded.event {
                huiyin_case::Event::CaseOpened { kind, .. } => Some(kind),
                _ => None,
            });
            match (told, kind) {
                (Ok(told), _) => simulated.add(number, &told, question.now),
                (Err(Untellable::Misfits(misfits)), Some(kind)) => {
                    simulated.add_unfit(number, kind, misfits);
                }
                (Err(Untellable::Misfits(_)), None) => {}
                (Err(Untellable::NoHistory(error)), _) => return Err(error.into()),
            }
            progress(Progress::Done);
        }
    }
}

impl Question<'_> {
    fn kept_under(&self) -> KeptUnder {
        let midnight = |day: Date| self.calendar.instant(day.at(0, 0, 0, 0));
        let next_day = |day: Date| day.checked_add(1.day()).unwrap_or(Date::MAX);
        KeptUnder {
            policy: self.from.policy.id.clone(),
            version: self.from.version,
            since: self.since.map(midnight),
            before: self.until.map(|day| midnight(next_day(day))),
            stage: None,
        }
    }

    fn context(&self) -> Context<'_> {
        Context {
            policy: self.to,
            policy_version: self.from.version,
            calendar: self.calendar,
            organisation: self.organisation,
            now: self.now,
        }
    }
}

impl Simulated {
    fn add(&mut self, number: &str, told: &Retold, now: Timestamp) {
        let kind = &told.before.opening.kind;
        self.cases += 1;
        *self.kinds.entry(kind.clone()).or_default() += 1;
        for id in clocks_of(told) {
            let (before, after) = (started(&told.before, id), started(&told.after, id));
            if before.is_none() && after.is_none() {
                continue;
            }
            let figures = self.clocks.entry((kind.clone(), id.clone())).or_default();
            figures.add(
                before.map(|clock| is_late(clock, now)),
                after.map(|clock| is_late(clock, now)),
            );
            let due = |clock: Option<&ClockState>| clock.and_then(|clock| clock.due);
            if let Some((was, is)) = due(before).zip(due(after)) {
                figures.shift(was.at, is.at);
                figures::keep_largest(
                    &mut self.largest,
                    Shift {
                        number: number.to_owned(),
                        kind: kind.clone(),
                        clock: id.clone(),
                        before: was,
                        after: is,
                    },
                );
            }
        }
        self.add_deciders(kind, &told.deciders);
    }

    /// A case counts once, however often the same people would have had to act in it.
    fn add_deciders(&mut self, kind: &KindId, deciders: &[OtherDecider]) {
        let mut counted: Vec<&OtherDecider> = Vec::new();
        for other in deciders {
            if counted.contains(&other) {
                continue;
            }
            counted.push(other);
            let mut known = self.deciders.iter_mut();
            match known.find(|(of, one, _)| of == kind && one == other) {
                Some((_, _, cases)) => *cases += 1,
                None => self.deciders.push((kind.clone(), other.clone(), 1)),
            }
        }
    }

    fn add_unfit(&mut self, number: &str, kind: &KindId, misfits: BTreeSet<Misfit>) {
        self.cases += 1;
        self.unfit += 1;
        for misfit in misfits {
            let unfit = self.misfits.entry((kind.clone(), misfit)).or_default();
            unfit.cases += 1;
            if unfit.numbers.len() < EXAMPLES_MAX {
                unfit.numbers.push(number.to_owned());
            }
        }
    }
}

/// The clocks of either, each once.
fn clocks_of(told: &Retold) -> BTreeSet<&ClockId> {
    let clocks = told.before.clocks.iter().chain(&told.after.clocks);
    clocks.map(|(id, _)| id).collect()
}

/// The clock, unless it counts as never started.
fn started<'s>(state: &'s CaseState, id: &ClockId) -> Option<&'s ClockState> {
    let clock = state.clock(id);
    clock.filter(|clock| clock.phase != Phase::Withdrawn || clock.outcomes().next().is_some())
}

/// Whether it ran out in any of its runs.
fn is_late(clock: &ClockState, now: Timestamp) -> bool {
    clock.standing(now) == Standing::Overdue || clock.outcomes().any(|run| !run.met)
}
