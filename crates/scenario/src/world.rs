//! One case in memory, with timers that fire as the time goes on.

use huiyin_calendar::Calendar;
use huiyin_case::command::{Act, Command};
use huiyin_case::organisation::Organisation;
use huiyin_case::{CaseState, Context, Event, Recorded, Refusal, decide};
use huiyin_policy::model::Policy;
use jiff::Timestamp;

/// The world of one test. Every test has its own.
pub(crate) struct World<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) calendar: &'a Calendar,
    pub(crate) organisation: &'a Organisation,
    /// The time; `None` before the first step that has one.
    pub(crate) now: Option<Timestamp>,
    pub(crate) events: Vec<Recorded>,
    pub(crate) state: Option<CaseState>,
}

impl<'a> World<'a> {
    pub(crate) fn context(&self) -> Context<'a> {
        Context {
            policy: self.policy,
            policy_version: 1,
            calendar: self.calendar,
            organisation: self.organisation,
            now: self.now.unwrap_or_default(),
        }
    }

    /// Lets the time go on. What is due until then fires, each at its own time.
    pub(crate) fn go_on_to(&mut self, to: Timestamp) {
        while let Some(timer) = self
            .state
            .as_ref()
            .and_then(|state| state.timers(self.policy).into_iter().next())
        {
            if timer.at > to {
                break;
            }
            self.now = self.now.max(Some(timer.at));
            let act = Act::Fire {
                clock: timer.clock,
                generation: timer.generation,
                firing: timer.firing,
            };
            if self
                .carry_out(&Command {
                    actor: None,
                    occurred: None,
                    act,
                })
                .is_err()
            {
                break;
            }
        }
        self.now = Some(to);
    }

    /// Carries a command out. The serial of a number is 1: a test has one case.
    pub(crate) fn carry_out(&mut self, command: &Command) -> Result<(), Refusal> {
        let decision = decide(self.state.as_ref(), &self.context(), command)?;
        let now = self.now.unwrap_or_default();
        let seq = decision.events.last().map_or(0, |event| event.seq) + 1;
        let number = decision.number.map(|number| Recorded {
            seq,
            actor: None,
            occurred_at: now,
            recorded_at: now,
            late_reason: None,
            event: Event::NumberAssigned {
                number: number.render(1),
            },
        });
        for event in decision.events.into_iter().chain(number) {
            match &mut self.state {
                Some(state) => state.apply(&event, self.policy),
                None => self.state = CaseState::opened(self.policy, &event).ok(),
            }
            self.events.push(event);
        }
        Ok(())
    }
}
