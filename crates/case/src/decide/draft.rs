//! A decision in the making: events so far, and the state they lead to.

use huiyin_policy::model::{Kind, Policy, Selector, Step};
use jiff::Timestamp;

use super::{Context, Decision};
use crate::actor::Actor;
use crate::command::{Act, Command};
use crate::event::{Event, Recorded};
use crate::facts::Facts;
use crate::id::PersonId;
use crate::limits::{EVENTS_MAX, NOTE_CHARS_MAX, has_control};
use crate::numbering::NumberRequest;
use crate::refusal::{Refusal, Rule};
use crate::selector::Who;
use crate::state::CaseState;

/// Every event is applied as soon as it is written, so that each rule sees what the ones before it led to.
pub(super) struct Draft<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) kind: &'a Kind,
    /// Who asks.
    pub(super) actor: Actor,
    /// When it happened.
    pub(super) at: Timestamp,
    pub(super) state: CaseState,
    /// The last event before the command.
    pub(super) seq_before: u32,
    late_reason: Option<String>,
    events: Vec<Recorded>,
}

impl<'a> Draft<'a> {
    /// Starts a decision on an existing case.
    pub(super) fn new(
        context: &'a Context<'a>,
        command: &Command,
        state: &CaseState,
    ) -> Result<Self, Refusal> {
        let is_timer = matches!(command.act, Act::Fire { .. } | Act::Recompute);
        // The customer sends files to his own case; it is made sure outside that it is he.
        let is_customers =
            command.actor == Actor::Customer && matches!(command.act, Act::Attach(_));
        if !is_timer && !is_customers {
            acting_person(context, command)?;
        }
        if state.seq >= EVENTS_MAX {
            return Err(Rule::LimitReached("events").into());
        }
        let (at, late_reason) = occurrence(context, command)?;
        if at < state.opening.at {
            return Err(Rule::OccursTooEarly(state.opening.at).into());
        }
        Ok(Self {
            context,
            kind: state.kind(context.policy).ok_or(Rule::UnknownKind)?,
            actor: command.actor,
            at,
            state: state.clone(),
            seq_before: state.seq,
            late_reason,
            events: Vec::new(),
        })
    }

    /// Starts the decision that opens a case.
    pub(super) fn opening(
        context: &'a Context<'a>,
        command: &Command,
        event: Event,
    ) -> Result<Self, Refusal> {
        let (at, late_reason) = occurrence(context, command)?;
        Self::opened_at(context, command.actor, at, late_reason, event)
    }

    /// Starts the decision that opens a case at a known time.
    pub(super) fn opened_at(
        context: &'a Context<'a>,
        actor: Actor,
        at: Timestamp,
        late_reason: Option<String>,
        event: Event,
    ) -> Result<Self, Refusal> {
        let recorded = Recorded {
            seq: 1,
            actor,
            occurred_at: at,
            recorded_at: context.now,
            late_reason: late_reason.clone(),
            event,
        };
        let state = CaseState::opened(context.policy, &recorded).map_err(|_| Rule::UnknownKind)?;
        let kind = state.kind(context.policy).ok_or(Rule::UnknownKind)?;
        Ok(Self {
            context,
            kind,
            actor,
            at,
            state,
            seq_before: 0,
            late_reason,
            events: vec![recorded],
        })
    }

    pub(super) fn policy(&self) -> &'a Policy {
        self.context.policy
    }

    /// The step the case is in.
    pub(super) fn step(&self) -> Result<&'a Step, Refusal> {
        self.state
            .current_step(self.context.policy)
            .ok_or_else(|| Rule::CaseEnded.into())
    }

    pub(super) fn facts(&self) -> Facts<'_> {
        Facts::of(&self.state)
    }

    pub(super) fn who(&self) -> Who<'_> {
        Who {
            policy: self.context.policy,
            organisation: self.context.organisation,
            state: Some(&self.state),
        }
    }

    /// Whether whoever asks is among those a selector stands for.
    pub(super) fn admits(&self, selector: &Selector) -> bool {
        let person = self.actor.person();
        person.is_some_and(|person| self.who().includes(selector, person))
    }

    /// Puts on record what the actor did.
    pub(super) fn push(&mut self, event: Event) {
        let late_reason = self.late_reason.clone();
        self.put(event, self.actor, self.at, late_reason);
    }

    /// Puts a consequence on record.
    pub(super) fn follow_with(&mut self, event: Event, at: Timestamp) {
        self.put(event, Actor::System, at, None);
    }

    fn put(
        &mut self,
        event: Event,
        actor: Actor,
        occurred_at: Timestamp,
        late_reason: Option<String>,
    ) {
        let recorded = Recorded {
            seq: self.state.seq + 1,
            actor,
            occurred_at,
            recorded_at: self.context.now,
            late_reason,
            event,
        };
        self.state.apply(&recorded, self.context.policy);
        self.events.push(recorded);
    }

    pub(super) fn finish(self, number: Option<NumberRequest>) -> Decision {
        Decision {
            events: self.events,
            number,
        }
    }
}

/// The person who asks: known, and still working here.
pub(super) fn acting_person(context: &Context<'_>, command: &Command) -> Result<PersonId, Refusal> {
    let actor = command.actor.person();
    let actor = actor.filter(|&person| context.organisation.active(person).is_some());
    actor.ok_or_else(|| Rule::NotEntitled.into())
}

/// When the command's matter happened: now, or earlier for a reason.
fn occurrence(
    context: &Context<'_>,
    command: &Command,
) -> Result<(Timestamp, Option<String>), Refusal> {
    match &command.occurred {
        None => Ok((context.now, None)),
        Some(occurred) if occurred.at > context.now => {
            Err(Rule::OccursInFuture(occurred.at).into())
        }
        Some(occurred) => {
            required_text(&occurred.reason)?;
            Ok((occurred.at, Some(occurred.reason.clone())))
        }
    }
}

/// A reason or note that must be given.
pub(super) fn required_text(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Rule::ReasonMissing.into());
    }
    optional_text(Some(text))
}

/// A reason or note that may be given.
pub(super) fn optional_text(text: Option<&str>) -> Result<(), Refusal> {
    if text.is_some_and(|text| text.chars().count() > NOTE_CHARS_MAX) {
        return Err(Rule::LimitReached("note_chars").into());
    }
    if text.is_some_and(has_control) {
        return Err(Rule::ControlCharacter.into());
    }
    Ok(())
}
