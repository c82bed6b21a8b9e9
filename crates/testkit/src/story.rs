//! Given, when, then for the engine.

use huiyin_calendar::Calendar;
use huiyin_case::command::{Act, Command, Occurred};
use huiyin_case::id::PersonId;
use huiyin_case::offers::{Offer, offers};
use huiyin_case::organisation::Organisation;
use huiyin_case::state::Standing;
use huiyin_case::value::Fields;
use huiyin_case::{Actor, CaseState, Context, Decision, Event, Recorded, Refusal, decide};
use huiyin_policy::model::{ActId, ChannelId, ClockId, KindId, Policy};
use jiff::Timestamp;

use crate::names::{case_id, party_id, person_id, unit_id};
use crate::organisation::Org;
use crate::time::{calendar, instant};

/// One case and the world around it. Timers fire as the time goes on.
#[derive(Debug, Clone)]
pub struct Story {
    /// The policy.
    pub policy: Policy,
    /// Working time.
    pub calendar: Calendar,
    /// Who there is.
    pub organisation: Organisation,
    /// The time.
    pub now: Timestamp,
    /// Everything that happened.
    pub events: Vec<Recorded>,
    state: Option<CaseState>,
    occurred: Option<Occurred>,
    acting_for: Option<PersonId>,
}

impl Story {
    /// A story under a policy, before its case is opened.
    pub fn under(policy: Policy, organisation: Org) -> Self {
        Self {
            policy,
            calendar: calendar(),
            organisation: organisation.build(),
            now: instant("2026-03-02 09:00"),
            events: Vec::new(),
            state: None,
            occurred: None,
            acting_for: None,
        }
    }

    /// Lets the time go on to a local time; what is due until then fires.
    pub fn at(&mut self, local: &str) -> &mut Self {
        self.until(instant(local))
    }

    /// Lets the time go on; what is due until then fires, each at its own time.
    pub fn until(&mut self, to: Timestamp) -> &mut Self {
        while let Some(timer) = self
            .state
            .as_ref()
            .and_then(|state| state.timers(&self.policy).into_iter().next())
        {
            if timer.at > to {
                break;
            }
            self.now = self.now.max(timer.at);
            let act = Act::Fire {
                clock: timer.clock,
                generation: timer.generation,
                firing: timer.firing,
            };
            self.carry_out(&Command {
                actor: Actor::System,
                acting_for: None,
                occurred: None,
                act,
            })
            .expect("a timer in its time takes effect");
        }
        self.now = self.now.max(to);
        self
    }

    /// The next command is entered late: it happened earlier.
    pub fn late(&mut self, occurred: &str) -> &mut Self {
        self.occurred = Some(Occurred {
            at: instant(occurred),
            reason: "entered late".to_owned(),
        });
        self
    }

    /// The next command is given in the right of somebody else.
    pub fn acting_for(&mut self, who: &str) -> &mut Self {
        self.acting_for = Some(person_id(who));
        self
    }

    /// Somebody does something.
    pub fn does(&mut self, who: &str, act: Act) -> &mut Self {
        let what = format!("{act:?}");
        let done = self.tries(who, act);
        assert!(done.is_ok(), "{who} {what}: {:?}", done.err());
        self
    }

    /// Somebody tries something and is refused.
    pub fn is_refused(&mut self, who: &str, act: Act) -> Refusal {
        let before = self.events.clone();
        let refusal = self.tries(who, act).expect_err("the command is refused");
        assert_eq!(before, self.events, "a refused command changes nothing");
        refusal
    }

    /// Somebody tries something.
    ///
    /// # Errors
    ///
    /// The refusal.
    pub fn tries(&mut self, who: &str, act: Act) -> Result<(), Refusal> {
        let occurred = self.occurred.take();
        let acting_for = self.acting_for.take();
        self.carry_out(&Command {
            actor: person_id(who).into(),
            acting_for,
            occurred,
            act,
        })
    }

    /// Carries out a command.
    ///
    /// # Errors
    ///
    /// The refusal.
    pub fn carry_out(&mut self, command: &Command) -> Result<(), Refusal> {
        let Decision { events, number } = decide(self.state.as_ref(), &self.context(), command)?;
        for event in events {
            self.append(event);
        }
        if let Some(number) = number {
            let event = Event::NumberAssigned {
                number: number.render(1),
            };
            let seq = self.state().seq + 1;
            let now = self.now;
            self.append(Recorded {
                seq,
                actor: Actor::System,
                acting_for: None,
                occurred_at: now,
                recorded_at: now,
                late_reason: None,
                event,
            });
        }
        Ok(())
    }

    fn append(&mut self, event: Recorded) {
        match &mut self.state {
            Some(state) => state.apply(&event, &self.policy),
            None => {
                let opened = CaseState::opened(&self.policy, &event);
                self.state = Some(opened.expect("the first event opens the case"));
            }
        }
        self.events.push(event);
    }

    /// The case goes on under another version of its policy, with this history.
    pub fn goes_on(&mut self, policy: Policy, events: Vec<Recorded>, state: CaseState) {
        self.policy = policy;
        self.events = events;
        self.state = Some(state);
    }

    /// What decisions are made in.
    pub fn context(&self) -> Context<'_> {
        Context {
            policy: &self.policy,
            policy_version: self.state.as_ref().map_or(1, |state| state.version),
            calendar: &self.calendar,
            organisation: &self.organisation,
            now: self.now,
        }
    }

    /// Registers the case by phone.
    pub fn registers(&mut self, who: &str, kind: &str, fields: Fields) -> &mut Self {
        self.does(who, register(kind, "phone", fields))
    }

    /// Records an act.
    pub fn records(&mut self, who: &str, act: &str, fields: Fields) -> &mut Self {
        self.does(who, record(act, fields))
    }

    /// Dispatches the case.
    pub fn dispatches(&mut self, who: &str, to: &str) -> &mut Self {
        self.does(
            who,
            Act::Dispatch {
                to: unit_id(to),
                reason: None,
            },
        )
    }

    /// Passes the case on.
    pub fn transfers(&mut self, who: &str, to: &str) -> &mut Self {
        self.does(
            who,
            Act::Transfer {
                to: unit_id(to),
                reason: Some("not ours".to_owned()),
            },
        )
    }

    /// The case.
    pub fn state(&self) -> &CaseState {
        self.state.as_ref().expect("the case was opened")
    }

    /// The case, if it was opened.
    pub fn opened(&self) -> Option<&CaseState> {
        self.state.as_ref()
    }

    /// How a clock stands; `None` if it never started.
    pub fn standing(&self, clock: &str) -> Option<Standing> {
        Some(self.state().clock(&ClockId::new(clock))?.standing(self.now))
    }

    /// When a clock is due, written in local time; `None` while it is suspended or was never started.
    pub fn due(&self, clock: &str) -> Option<String> {
        let due = self.state().clock(&ClockId::new(clock))?.due?;
        Some(
            self.calendar
                .local(due.at)
                .strftime("%Y-%m-%d %H:%M")
                .to_string(),
        )
    }

    /// What somebody is offered.
    pub fn offers(&self, who: &str) -> Vec<Offer> {
        offers(self.state(), &self.context(), person_id(who).into())
    }

    /// The notices sent so far, with who was told.
    pub fn notices(&self) -> Vec<(&str, &[PersonId])> {
        let notices = self
            .events
            .iter()
            .filter_map(|recorded| match &recorded.event {
                Event::NoticeSent { notice, to, .. } => Some((notice.as_str(), to.as_slice())),
                _ => None,
            });
        notices.collect()
    }
}

/// Registering a case.
pub fn register(kind: &str, channel: &str, fields: Fields) -> Act {
    Act::Register {
        case: case_id("case"),
        customer: party_id("customer"),
        kind: KindId::new(kind),
        channel: ChannelId::new(channel),
        fields,
        first_contact: None,
        repeats: None,
        parties: Vec::new(),
    }
}

/// Recording an act.
pub fn record(act: &str, fields: Fields) -> Act {
    Act::Record {
        act: ActId::new(act),
        fields,
    }
}
