//! Cases in memory, with timers that fire and duties that fall due as the time goes on.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_calendar::Calendar;
use huiyin_case::command::{Act, Command, OpenedBy};
use huiyin_case::duty::{Candidate, Planned, Sampled, draw, handlers, planned};
use huiyin_case::id::{CaseId, PartyId};
use huiyin_case::organisation::Organisation;
use huiyin_case::state::Timer;
use huiyin_case::{Actor, CaseState, Context, Event, NumberRequest, Recorded, Refusal, decide};
use huiyin_policy::model::{Policy, SeriesId, Verb};
use jiff::Timestamp;
use uuid::Uuid;

/// The world of one test. Every test has its own.
pub(crate) struct World<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) calendar: &'a Calendar,
    pub(crate) organisation: &'a Organisation,
    /// The time; `None` before the first step that has one.
    pub(crate) now: Option<Timestamp>,
    cases: Vec<Case>,
    /// The case that the steps are about.
    current: usize,
    /// When the policy came into force: the time of the first step.
    begins: Option<Timestamp>,
    /// What duties have asked for, also where nobody was there to answer for it.
    asked: BTreeSet<CaseId>,
    serials: BTreeMap<(SeriesId, String), u64>,
}

/// A case of the world.
pub(crate) struct Case {
    pub(crate) id: CaseId,
    /// What the test calls it: its own word, or the duty that opened it.
    pub(crate) name: Option<String>,
    pub(crate) events: Vec<Recorded>,
    pub(crate) state: CaseState,
}

/// The id of the case that a test calls so.
pub(crate) fn case_named(name: &str) -> CaseId {
    CaseId::new(Uuid::new_v5(&Uuid::nil(), name.as_bytes()))
}

impl<'a> World<'a> {
    pub(crate) fn new(
        policy: &'a Policy,
        calendar: &'a Calendar,
        organisation: &'a Organisation,
    ) -> Self {
        Self {
            policy,
            calendar,
            organisation,
            now: None,
            cases: Vec::new(),
            current: 0,
            begins: None,
            asked: BTreeSet::new(),
            serials: BTreeMap::new(),
        }
    }

    pub(crate) fn context(&self) -> Context<'a> {
        Context {
            policy: self.policy,
            policy_version: 1,
            calendar: self.calendar,
            organisation: self.organisation,
            now: self.now.unwrap_or_default(),
        }
    }

    /// The case that the steps are about.
    pub(crate) fn case(&self) -> Option<&Case> {
        self.cases.get(self.current)
    }

    pub(crate) fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// What the cases so far are called; one that has no name is `?`.
    pub(crate) fn case_names(&self) -> Vec<String> {
        let name = |case: &Case| case.name.clone().unwrap_or_else(|| "?".to_owned());
        self.cases.iter().map(name).collect()
    }

    /// Turns to the case with a name, the last one opened if there are several. False if there is none.
    pub(crate) fn turn_to(&mut self, name: &str) -> bool {
        let found = self
            .cases
            .iter()
            .rposition(|case| case.name.as_deref() == Some(name));
        self.current = found.unwrap_or(self.current);
        found.is_some()
    }

    /// Lets the time go on. What is due until then happens, each at its own time.
    pub(crate) fn go_on_to(&mut self, to: Timestamp) {
        self.begins.get_or_insert(to);
        loop {
            let timer = self.next_timer().filter(|(_, timer)| timer.at <= to);
            let duty = self.next_duty(to);
            match (timer, duty) {
                (Some((index, timer)), duty)
                    if duty.as_ref().is_none_or(|(at, _)| timer.at <= *at) =>
                {
                    if self.fire(index, timer).is_err() {
                        break;
                    }
                }
                (_, Some((at, planned))) => self.open(at, planned),
                _ => break,
            }
        }
        self.now = Some(to);
    }

    fn next_timer(&self) -> Option<(usize, Timer)> {
        let timers = self.cases.iter().enumerate().filter_map(|(index, case)| {
            let timer = case.state.timers(self.policy).into_iter().next()?;
            Some((index, timer))
        });
        timers.min_by_key(|(_, timer)| timer.at)
    }

    fn fire(&mut self, index: usize, timer: Timer) -> Result<(), Refusal> {
        self.now = self.now.max(Some(timer.at));
        let act = Act::Fire {
            clock: timer.clock,
            generation: timer.generation,
            firing: timer.firing,
        };
        let command = Command {
            actor: Actor::System,
            acting_for: None,
            occurred: None,
            act,
        };
        self.append(Some(index), None, &command)
    }

    /// What a duty asks for next, by the time given.
    fn next_duty(&self, to: Timestamp) -> Option<(Timestamp, Planned)> {
        let begins = self.calendar.date_of(self.begins?);
        let today = self.calendar.date_of(to);
        let owed = self.policy.duties.keys().filter_map(|duty| {
            let mut planned = planned(self.policy, duty, self.calendar, begins, 0, today);
            let next = planned.find(|one| !self.asked.contains(&one.case))?;
            Some((self.calendar.instant(next.owed.opens.at(0, 0, 0, 0)), next))
        });
        owed.min_by_key(|(at, _)| *at)
    }

    fn open(&mut self, at: Timestamp, mut planned: Planned) {
        self.now = self.now.max(Some(at));
        self.asked.insert(planned.case);
        let duty = &planned.owed.duty;
        let sample = self
            .policy
            .duties
            .get(duty)
            .and_then(|duty| duty.sample.as_ref());
        if let Some(sample) = sample {
            let about = planned.owed.about;
            let is_candidate = |case: &&Case| {
                let closed = closed_at(&case.state).map(|at| self.calendar.date_of(at));
                sample.of.contains(&case.state.opening.kind)
                    && closed.is_some_and(|on| about.from <= on && on <= about.to)
            };
            let candidates: Vec<Candidate> = self
                .cases
                .iter()
                .filter(is_candidate)
                .map(|case| Candidate {
                    case: case.id,
                    unit: case.state.lead_unit,
                })
                .collect();
            let drawn = draw(self.policy, sample, planned.case, &candidates);
            let history = |id| self.cases.iter().find(|case| case.id == id);
            planned.owed.sample = drawn
                .into_iter()
                .map(|case| Sampled {
                    case,
                    handlers: history(case)
                        .map_or_else(BTreeSet::new, |case| handlers(&case.events)),
                })
                .collect();
        }
        let name = planned.owed.duty.to_string();
        let command = Command {
            actor: Actor::System,
            acting_for: None,
            occurred: None,
            act: Act::Open {
                case: planned.case,
                customer: PartyId::new(Uuid::nil()),
                by: OpenedBy::Duty(Box::new(planned.owed)),
            },
        };
        // Nobody to answer for it is nothing for a test that is about something else.
        let _ = self.append(None, Some(&name), &command);
    }

    /// Carries a command out: on the case the steps are about, or, if it opens one, on a new one with this name.
    pub(crate) fn carry_out(
        &mut self,
        command: &Command,
        name: Option<&str>,
    ) -> Result<(), Refusal> {
        let opens_first = self.cases.iter().all(|case| case.name.is_some()) || name.is_some();
        match &command.act {
            Act::Register { .. } | Act::Submit { .. } if opens_first => {
                self.append(None, name, command)?;
                self.current = self.cases.len() - 1;
            }
            _ => self.append(Some(self.current), None, command)?,
        }
        self.note_beside(command)
    }

    /// Puts on record of the other case what was just done to the one the steps are about.
    fn note_beside(&mut self, command: &Command) -> Result<(), Refusal> {
        let own = self.case().map(|case| case.id);
        let Some((other, act)) = own.and_then(|own| command.act.counterpart(own)) else {
            return Ok(());
        };
        let index = self.cases.iter().position(|case| case.id == other);
        let command = Command {
            actor: command.actor,
            acting_for: command.acting_for,
            occurred: None,
            act,
        };
        index.map_or(Ok(()), |index| self.append(Some(index), None, &command))
    }

    /// Opens a case out of the current one, which stays the one the steps are about.
    pub(crate) fn raise(
        &mut self,
        raise: &Command,
        open: &Command,
        name: Option<&str>,
    ) -> Result<(), Refusal> {
        let origin = self.case().map(|case| &case.state);
        decide(origin, &self.context(), raise)?;
        self.append(None, name, open)?;
        self.append(Some(self.current), None, raise)
    }

    fn append(
        &mut self,
        index: Option<usize>,
        name: Option<&str>,
        command: &Command,
    ) -> Result<(), Refusal> {
        let case = index.and_then(|index| self.cases.get(index));
        let ended_before = case.is_some_and(|case| case.state.ending.is_some());
        let decision = decide(case.map(|case| &case.state), &self.context(), command)?;
        let now = self.now.unwrap_or_default();
        let seq = decision.events.last().map_or(0, |event| event.seq) + 1;
        let number = decision.number.map(|number| Recorded {
            seq,
            actor: Actor::System,
            acting_for: None,
            occurred_at: now,
            recorded_at: now,
            late_reason: None,
            event: Event::NumberAssigned {
                number: number.render(self.serial(&number)),
            },
        });
        let mut index = index.filter(|index| *index < self.cases.len());
        for event in decision.events.into_iter().chain(number) {
            match index.and_then(|index| self.cases.get_mut(index)) {
                Some(case) => {
                    case.state.apply(&event, self.policy);
                    case.events.push(event);
                }
                None => {
                    let Ok(state) = CaseState::opened(self.policy, &event) else {
                        continue;
                    };
                    index = Some(self.cases.len());
                    self.cases.push(Case {
                        id: id_of(command),
                        name: name.map(str::to_owned),
                        events: vec![event],
                        state,
                    });
                }
            }
        }
        self.note_origin(index, ended_before)
    }

    /// Puts on record of the case that this one was opened out of that it ended, or is open again.
    fn note_origin(&mut self, index: Option<usize>, ended_before: bool) -> Result<(), Refusal> {
        let Some(case) = index.and_then(|index| self.cases.get(index)) else {
            return Ok(());
        };
        let ended = case.state.ending.is_some();
        let act = Act::NoteRaised {
            case: case.id,
            ended,
        };
        let origin = case.state.raised_from.filter(|_| ended != ended_before);
        let origin = self.cases.iter().position(|one| Some(one.id) == origin);
        let command = Command {
            actor: Actor::System,
            acting_for: None,
            occurred: None,
            act,
        };
        origin.map_or(Ok(()), |origin| self.append(Some(origin), None, &command))
    }

    fn serial(&mut self, number: &NumberRequest) -> u64 {
        let key = (number.series.clone(), number.period.clone());
        let serial = self.serials.entry(key).or_default();
        *serial += 1;
        *serial
    }
}

fn id_of(command: &Command) -> CaseId {
    match &command.act {
        Act::Register { case, .. } | Act::Open { case, .. } => *case,
        _ => CaseId::new(Uuid::nil()),
    }
}

fn closed_at(state: &CaseState) -> Option<Timestamp> {
    let closed = |verb: &huiyin_policy::model::Moment| {
        matches!(
            verb,
            huiyin_policy::model::Moment::Verb {
                verb: Verb::Closed,
                ..
            }
        )
    };
    let mut happened = state.happened.iter().rev();
    happened.find(|one| closed(&one.moment)).map(|one| one.at)
}
