//! Playing all cases together, in the order of time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use futures_util::future::join_all;
use huiyin_case::Actor;
use huiyin_case::command::{Act, Command};
use huiyin_case::id::{CaseId, PartyId};
use huiyin_case::link::OtherCase;
use huiyin_case::refusal::Refusal;
use huiyin_case::state::{CaseState, Stage as CaseStage, Standing, Timer};
use jiff::Timestamp;

use super::act::Asked;
use super::plan::{Names, PlannedCase};
use crate::app::App;
use crate::commands::{Decided, Ready, Start};
use crate::error::Error;
use crate::ids;
use crate::source::Wrong;

/// Commands written together. They reach the writer in their order, which syncs once for all.
const ROUND_MAX: usize = 32;

/// A case and how far it has come.
struct Playing<'s> {
    plan: PlannedCase<'s>,
    id: CaseId,
    state: Option<CaseState>,
    /// Whether its registration still waits to be written: it has no number yet.
    is_waiting: bool,
    /// The step that comes next.
    next: usize,
    /// Something in its file is wrong: nothing more happens to it.
    is_over: bool,
}

/// All cases, and what waits to be written.
pub(super) struct Stage<'a, 's> {
    app: &'a App,
    names: &'a Names<'a>,
    cases: Vec<Playing<'s>>,
    /// When something happens next to which case.
    queue: BinaryHeap<Reverse<(Timestamp, usize)>>,
    round: Vec<Ready>,
    /// The case of the round that is registered in it.
    registered: Option<usize>,
    now: Timestamp,
    wrong: Vec<Wrong>,
}

impl<'a, 's> Stage<'a, 's> {
    pub(super) fn new(
        app: &'a App,
        names: &'a Names<'a>,
        plans: Vec<PlannedCase<'s>>,
        now: Timestamp,
    ) -> Self {
        let cases = plans.into_iter().map(|plan| Playing {
            plan,
            id: CaseId::new(ids::new()),
            state: None,
            is_waiting: false,
            next: 0,
            is_over: false,
        });
        Self {
            app,
            names,
            cases: cases.collect(),
            queue: BinaryHeap::new(),
            round: Vec::new(),
            registered: None,
            now,
            wrong: Vec::new(),
        }
    }

    /// Plays everything, and gives what did not go as the files say.
    pub(super) async fn play(mut self) -> Result<Vec<Wrong>, Error> {
        for index in 0..self.cases.len() {
            self.put_in_queue(index);
        }
        while let Some(Reverse((at, index))) = self.queue.pop() {
            if self.must_write_before(index) {
                self.write_round().await?;
            }
            self.app.clock().set(at);
            self.go_on(index, at).await?;
            self.put_in_queue(index);
        }
        self.write_round().await?;
        self.app.clock().set(self.now);
        for case in &self.cases {
            self.wrong.extend(case.differs(self.now));
        }
        Ok(self.wrong)
    }

    fn put_in_queue(&mut self, index: usize) {
        let at = self.cases[index].next_at();
        if let Some(at) = at.filter(|&at| at <= self.now) {
            self.queue.push(Reverse((at, index)));
        }
    }

    /// A registration looks for the customer among those on record, and what follows it needs the number.
    fn must_write_before(&self, index: usize) -> bool {
        let case = &self.cases[index];
        self.round.len() == ROUND_MAX
            || case.is_waiting
            || (case.state.is_none() && self.registered.is_some())
    }

    async fn go_on(&mut self, index: usize, at: Timestamp) -> Result<(), Error> {
        let case = &self.cases[index];
        let (start, command) = match &case.state {
            None => self.registration(index).await?,
            Some(state) => {
                let start = Start {
                    before: Some(state.clone()),
                    customer_is_new: false,
                };
                let fires = case.timer().filter(|timer| timer.at <= at);
                let command = match fires.map_or_else(
                    || case.step_command(self.names, state, &|subject| self.about(subject)),
                    |timer| Ok(of_system(timer)),
                ) {
                    Ok(command) => command,
                    Err(wrong) => {
                        self.give_up(index, wrong);
                        return Ok(());
                    }
                };
                (start, command)
            }
        };
        let decided = self
            .app
            .decide(case.id, &case.plan.version, start, &command, None);
        match decided {
            Ok(Decided::Ready(mut ready)) => {
                self.note_beside(index, &command, &mut ready).await?;
                self.take(index, &command, *ready);
            }
            Ok(Decided::Nothing(_)) => {
                let wrong = self.cases[index].wrong("nothing comes of it");
                self.give_up(index, wrong);
            }
            Err(Error::Refused(refused)) => {
                let wrong = self.cases[index].wrong(&said(&refused.refusal));
                self.give_up(index, wrong);
            }
            Err(failed) => return Err(failed),
        }
        Ok(())
    }

    async fn registration(&self, index: usize) -> Result<(Start, Command), Error> {
        let case = &self.cases[index];
        let plan = &case.plan;
        let policy = &plan.version.policy;
        let known = self
            .app
            .known_customer(policy, &plan.kind, &plan.fields)
            .await?;
        let customer = known.unwrap_or_else(|| PartyId::new(ids::new()));
        let act = match plan.by {
            // Nobody knows the code, because nobody was there to be told it.
            Actor::Customer => Act::Submit {
                case: case.id,
                customer,
                kind: plan.kind.clone(),
                fields: plan.fields.clone(),
                consents: true,
                receipt: self.app.unknown_receipt(case.id),
            },
            _ => Act::Register {
                parties: Vec::new(),
                case: case.id,
                customer,
                kind: plan.kind.clone(),
                channel: plan.channel.clone(),
                fields: plan.fields.clone(),
                first_contact: plan.first_contact,
                repeats: None,
            },
        };
        let command = Command {
            actor: plan.by,
            acting_for: None,
            occurred: None,
            act,
        };
        let start = Start {
            before: None,
            customer_is_new: known.is_none(),
        };
        Ok((start, command))
    }

    fn take(&mut self, index: usize, command: &Command, mut ready: Ready) {
        let case = &mut self.cases[index];
        if case.state.is_none() {
            case.is_waiting = true;
            self.registered = Some(index);
        } else if command.actor != Actor::System {
            case.next += 1;
        }
        case.state = Some(ready.state.clone());
        // What was told then is on record; nobody is left to be told now.
        ready.append.outbox.clear();
        self.round.push(ready);
    }

    /// The case about a subject, once it was registered.
    fn about(&self, subject: &str) -> Option<OtherCase> {
        let case = self.cases.iter().find(|case| case.plan.is_about(subject))?;
        let state = case.state.as_ref()?;
        Some(OtherCase {
            case: case.id,
            policy: state.opening.policy.clone(),
            kind: state.opening.kind.clone(),
            stage: state.stage,
            opened_at: state.opening.at,
        })
    }

    /// Has the other case of a link put it on record as well.
    async fn note_beside(
        &mut self,
        index: usize,
        command: &Command,
        ready: &mut Ready,
    ) -> Result<(), Error> {
        let Some((id, act)) = command.act.counterpart(self.cases[index].id) else {
            return Ok(());
        };
        let Some(other) = self.cases.iter().position(|case| case.id == id) else {
            return Ok(());
        };
        // Its row needs its number.
        self.write_round().await?;
        let case = &self.cases[other];
        let Some(state) = case.state.clone() else {
            return Ok(());
        };
        let command = Command {
            actor: command.actor,
            acting_for: None,
            occurred: None,
            act,
        };
        let start = Start::at(state);
        let version = &case.plan.version;
        if let Decided::Ready(beside) = self.app.decide(id, version, start, &command, None)? {
            self.cases[other].state = Some(beside.state.clone());
            ready.put_beside(*beside);
        }
        Ok(())
    }

    fn give_up(&mut self, index: usize, wrong: Wrong) {
        self.cases[index].is_over = true;
        self.wrong.push(wrong);
    }

    async fn write_round(&mut self) -> Result<(), Error> {
        let round = std::mem::take(&mut self.round);
        let written = join_all(round.into_iter().map(|ready| self.app.write(ready))).await;
        for done in written {
            done?;
        }
        if let Some(index) = self.registered.take() {
            // Read again, because only the writer knows the number.
            let (state, _) = self.app.load(self.cases[index].id).await?;
            self.cases[index].state = Some(state);
            self.cases[index].is_waiting = false;
        }
        Ok(())
    }
}

impl Playing<'_> {
    /// When something happens to it next: the next step of its course, or what a clock has to announce.
    fn next_at(&self) -> Option<Timestamp> {
        if self.is_over {
            return None;
        }
        if self.state.is_none() {
            return Some(self.plan.registered_at);
        }
        let step = self.plan.steps.get(self.next).map(|step| step.at);
        let timer = self.timer().map(|timer| timer.at);
        step.into_iter().chain(timer).min()
    }

    fn timer(&self) -> Option<Timer> {
        let state = self.state.as_ref()?;
        let timers = state.timers(&self.plan.version.policy);
        timers.into_iter().next()
    }

    fn step_command(
        &self,
        names: &Names<'_>,
        state: &CaseState,
        other: &dyn Fn(&str) -> Option<OtherCase>,
    ) -> Result<Command, Wrong> {
        let step = self.plan.steps.get(self.next);
        let step = step.ok_or_else(|| self.wrong("its course is at an end"))?;
        let asked = Asked {
            source: self.plan.source,
            policy: &self.plan.version.policy,
            names,
            state,
            other,
        };
        Ok(Command {
            actor: step.by,
            acting_for: None,
            occurred: None,
            act: asked.act(step)?,
        })
    }

    /// Says what is wrong at the step that is next, or at the case.
    fn wrong(&self, what: &str) -> Wrong {
        let step = self.plan.steps.get(self.next);
        let place = step
            .filter(|_| self.state.is_some())
            .map_or(self.plan.place, |step| step.place);
        self.plan.source.wrong(place, what)
    }

    /// How it stands now, if that is not what its file says.
    fn differs(&self, now: Timestamp) -> Option<Wrong> {
        let state = self.state.as_ref().filter(|_| !self.is_over)?;
        let ends = &self.plan.ends;
        let stands = match state.stage {
            CaseStage::Open => state.step.as_str(),
            CaseStage::Closed => "closed",
            CaseStage::Archived => "archived",
        };
        let mut clocks = state.clocks.iter();
        let is_overdue = clocks.any(|(_, clock)| clock.standing(now) == Standing::Overdue);
        let levels: Vec<&str> = state
            .levels
            .iter()
            .map(|(_, level)| level.now.as_str())
            .collect();
        let is_there = ends.levels.iter().all(|level| levels.contains(level));
        let is_as_said = stands == ends.stands && (is_overdue || !ends.overdue) && is_there;
        (!is_as_said).then(|| {
            let overdue = is_overdue.then_some("overdue");
            let words: Vec<&str> = std::iter::once(stands)
                .chain(overdue)
                .chain(levels)
                .collect();
            let what = format!("it ends in `{}`", words.join(" "));
            self.plan.source.wrong(ends.place, what)
        })
    }
}

fn of_system(timer: Timer) -> Command {
    Command {
        actor: Actor::System,
        acting_for: None,
        occurred: None,
        act: Act::Fire {
            clock: timer.clock,
            generation: timer.generation,
            firing: timer.firing,
        },
    }
}

fn said(refusal: &Refusal) -> String {
    match &refusal.clause {
        Some(clause) => format!("it is refused: {} ({clause})", refusal.rule.code()),
        None => format!("it is refused: {}", refusal.rule.code()),
    }
}
