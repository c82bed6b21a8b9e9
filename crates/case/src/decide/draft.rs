//! A decision in the making: events so far, and the state they lead to.

use huiyin_policy::model::{Kind, LevelRow, Policy, Selector, Step};
use jiff::Timestamp;

use super::{Context, Decision, Mode, portal};
use crate::actor::Actor;
use crate::command::{Act, Command};
use crate::declaration::{is_declared_by, owed};
use crate::deputy::Right;
use crate::event::{Event, Recorded};
use crate::exclusion::{excluded, refusal};
use crate::facts::Facts;
use crate::id::PersonId;
use crate::limits::{EVENTS_MAX, NOTE_CHARS_MAX, has_control};
use crate::numbering::NumberRequest;
use crate::reading::reads_only;
use crate::refusal::{Refusal, Rule};
use crate::selector::Who;
use crate::state::{CaseState, Stage};

/// Every event is applied as soon as it is written, so that each rule sees what the ones before it led to.
pub(super) struct Draft<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) kind: &'a Kind,
    /// Who asks.
    pub(super) actor: Actor,
    /// In whose right; `None` for the system and the customer.
    pub(super) right: Option<Right>,
    /// When it happened.
    pub(super) at: Timestamp,
    pub(super) state: CaseState,
    /// Whether it is only tried.
    pub(super) mode: Mode,
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
        let kind = state.kind(context.policy).ok_or(Rule::UnknownKind)?;
        let needs_no_right = matches!(
            command.act,
            Act::Fire { .. }
                | Act::Recompute
                | Act::HandOver { .. }
                | Act::Migrate { .. }
                | Act::NoteRaised { .. }
        );
        let right = match command.actor {
            actor if needs_no_right => actor.person().map(Right::own),
            Actor::Customer => {
                portal::customer_may(kind, command)?;
                None
            }
            _ => {
                let right = acting_right(context, command)?;
                not_excluded(context, command, state, &right)?;
                in_sight(context, state, &right)?;
                declared(context, command, state)?;
                let people = command.actor.person().into_iter().chain([right.person]);
                let (policy, organisation) = (context.policy, context.organisation);
                reads_only(policy, organisation, state, people, &command.act)?;
                Some(right)
            }
        };
        if state.seq >= EVENTS_MAX {
            return Err(Rule::LimitReached("events").into());
        }
        let (at, late_reason) = occurrence(context, command)?;
        if at < state.opening.at {
            return Err(Rule::OccursTooEarly(state.opening.at).into());
        }
        Ok(Self {
            context,
            kind,
            actor: command.actor,
            right,
            at,
            state: state.clone(),
            mode: Mode::Real,
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
        let right = right_of(context, command)?;
        Self::opened_at(context, (command.actor, right), at, late_reason, event)
    }

    /// Starts the decision that opens a case at a known time.
    pub(super) fn opened_at(
        context: &'a Context<'a>,
        (actor, right): (Actor, Option<Right>),
        at: Timestamp,
        late_reason: Option<String>,
        event: Event,
    ) -> Result<Self, Refusal> {
        let recorded = Recorded {
            seq: 1,
            actor,
            acting_for: represented(actor, right.as_ref()),
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
            right,
            at,
            state,
            mode: Mode::Real,
            seq_before: 0,
            late_reason,
            events: vec![recorded],
        })
    }

    /// Goes on with a case whose record is told again; `seq_before` is the last event told.
    pub(super) fn telling(
        context: &'a Context<'a>,
        state: CaseState,
        seq_before: u32,
    ) -> Result<Self, Refusal> {
        let kind = state.kind(context.policy).ok_or(Rule::UnknownKind)?;
        Ok(Self {
            context,
            kind,
            actor: Actor::System,
            right: None,
            at: state.opening.at,
            state,
            mode: Mode::Real,
            seq_before,
            late_reason: None,
            events: Vec::new(),
        })
    }

    /// Tells an event again as it stands on record. What opens a case is graded with what follows it.
    pub(super) fn tell_again(&mut self, recorded: &Recorded) {
        self.state.apply(recorded, self.context.policy);
        self.grade(recorded.occurred_at);
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
        Facts::of(&self.state).at(self.context, self.at)
    }

    pub(super) fn who(&self) -> Who<'_> {
        self.context.who(&self.state)
    }

    /// Whether the actor, a person in the right he acts in or the customer, is among those a selector stands for.
    pub(super) fn admits(&self, selector: &Selector) -> bool {
        if self.actor == Actor::Customer {
            return selector.includes_customer();
        }
        let right = self.right.as_ref();
        right.is_some_and(|right| self.who().entitles(selector, right))
    }

    /// In whose right is acted; `None` for the system and the customer.
    pub(super) fn in_right_of(&self) -> Option<PersonId> {
        self.right.as_ref().map(|right| right.person)
    }

    /// Everybody who has a part in what is done: who asks, and who is represented.
    pub(super) fn people(&self) -> impl Iterator<Item = PersonId> {
        let represented = represented(self.actor, self.right.as_ref());
        self.actor.person().into_iter().chain(represented)
    }

    /// Puts on record what the actor did.
    pub(super) fn push(&mut self, event: Event) {
        let late_reason = self.late_reason.clone();
        let at = self.at;
        self.put(event, self.actor, at, late_reason);
        self.grade(at);
    }

    /// Puts a consequence on record.
    pub(super) fn follow_with(&mut self, event: Event, at: Timestamp) {
        self.put(event, Actor::System, at, None);
        self.grade(at);
    }

    /// Finds the levels of the case anew, and puts on record what has changed. One that reads another stands after it.
    pub(super) fn grade(&mut self, at: Timestamp) {
        let policy = self.context.policy;
        let kind = self.state.opening.kind.clone();
        for (id, levels) in policy.levels_of(&kind) {
            let facts = self.facts();
            let fits = |row: &LevelRow| row.when.as_ref().is_none_or(|when| facts.hold(when));
            let Some(row) = levels.choose.iter().position(fits) else {
                continue;
            };
            let level = levels.choose[row].then.clone();
            let known = self.state.level(id).map(|known| &known.chosen);
            if known.is_some_and(|known| known.row == row && known.level == level) {
                continue;
            }
            let chosen = Event::LevelChosen {
                levels: id.clone(),
                level,
                row: u32::try_from(row).unwrap_or(u32::MAX),
                clause: levels.clause_of(row).clone(),
            };
            self.put(chosen, Actor::System, at, None);
        }
    }

    fn put(
        &mut self,
        event: Event,
        actor: Actor,
        occurred_at: Timestamp,
        late_reason: Option<String>,
    ) {
        let acting_for = represented(actor, self.right.as_ref());
        let recorded = Recorded {
            seq: self.state.seq + 1,
            actor,
            acting_for,
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

/// In whose right the command is asked: the actor's own, or that of somebody for whom he is deputy today.
pub(super) fn acting_right(context: &Context<'_>, command: &Command) -> Result<Right, Refusal> {
    let actor = acting_person(context, command)?;
    let Some(of) = command.acting_for else {
        return Ok(Right::own(actor));
    };
    let today = context.today();
    let right = context.organisation.right(actor, of, today);
    right.ok_or_else(|| Rule::NotDeputy.into())
}

/// The same where nobody of the organisation need ask.
pub(super) fn right_of(context: &Context<'_>, command: &Command) -> Result<Option<Right>, Refusal> {
    let person = command.actor.person();
    person.map(|_| acting_right(context, command)).transpose()
}

/// Neither who asks nor who is represented may be kept out of the case.
fn not_excluded(
    context: &Context<'_>,
    command: &Command,
    state: &CaseState,
    right: &Right,
) -> Result<(), Refusal> {
    let who = context.who(state);
    let mut people = command.actor.person().into_iter().chain([right.person]);
    match people.find_map(|person| excluded(&who, person)) {
        Some(exclusion) => Err(refusal(exclusion)),
        None => Ok(()),
    }
}

/// The case must not be out of sight of whose right it is. Whoever asks for somebody else sees it by that right.
fn in_sight(context: &Context<'_>, state: &CaseState, right: &Right) -> Result<(), Refusal> {
    let who = context.who(state);
    let sees = state
        .kind(context.policy)
        .and_then(|kind| kind.sees.as_ref());
    match sees.filter(|_| who.is_out_of_sight(right)) {
        Some(sees) => Err(Refusal::of(Rule::OutOfSight, &sees.clause)),
        None => Ok(()),
    }
}

/// Whoever has not declared himself does nothing with the case but that. What is decided about its file is no handling, nor is anything in
/// an archived case, in which nobody can declare himself any more.
fn declared(context: &Context<'_>, command: &Command, state: &CaseState) -> Result<(), Refusal> {
    let opens = matches!(command.act, Act::OpenSeal { .. }) && state.stage != Stage::Archived;
    let is_no_handling = command.act.is_about_the_file() && !opens;
    let declares = match &command.act {
        Act::Record { act, .. } => is_declared_by(context.policy, state, act),
        _ => false,
    };
    let person = command.actor.person();
    let person = person.filter(|_| !is_no_handling && !declares);
    match person.and_then(|person| owed(context.policy, state, person)) {
        Some(declaration) => {
            let rule = Rule::NotDeclared(declaration.act.clone());
            Err(Refusal::of(rule, &declaration.clause))
        }
        None => Ok(()),
    }
}

/// Who is represented, if a person acts and it is not his own right.
fn represented(actor: Actor, right: Option<&Right>) -> Option<PersonId> {
    let actor = actor.person()?;
    right
        .map(|right| right.person)
        .filter(|&person| person != actor)
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
