//! Who may do something with a case, whoever has it: whoever may act sees what he may act on.
//!
//! It follows from the policy and the case alone, so that it can be kept with the case and asked for in lists. What everybody may do is no
//! part of it.

use std::collections::BTreeSet;
use std::fmt;

use huiyin_policy::case_facts::{CASE, CONTACTS, LEVELS};
use huiyin_policy::condition::Condition;
use huiyin_policy::model::{
    FactPath, Kind, KindId, Moment, Move, Policy, PositionId, SealId, Selector, Step, StepId,
};

use crate::facts::Facts;
use crate::id::{PersonId, UnitId};
use crate::state::entry::EntryKind;
use crate::state::{CaseState, Stage};
use crate::value::Value;

/// So many positions that depend on conditions are told apart in one place; where there are more, the conditions are not looked at. It bounds
/// how many different values a list has to be asked for.
const CONDITIONAL_MAX: usize = 3;

/// Who may do something with a case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entitled {
    /// Whoever holds one of these positions.
    pub positions: Positions,
    /// Everyone in the unit that the case's own record names, and below it; the first that a row names.
    pub unit: Option<UnitId>,
    /// The person that the case's own record names; the first that a row names.
    pub person: Option<PersonId>,
}

/// Positions of which one is enough. They are kept with the case as text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Positions(BTreeSet<PositionId>);

impl Positions {
    /// Reads what `Display` wrote.
    pub fn parse(text: &str) -> Self {
        Self(text.split_whitespace().map(PositionId::new).collect())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether whoever holds these has one of them.
    pub fn includes(&self, held: &BTreeSet<PositionId>) -> bool {
        !self.0.is_disjoint(held)
    }
}

/// In order with a space between them; names have none inside.
impl fmt::Display for Positions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(PositionId::as_str).collect();
        f.write_str(&words.join(" "))
    }
}

/// Whom policies may entitle to do something with their cases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entitlements {
    /// All that the positions of a case may be, but none.
    pub positions: BTreeSet<Positions>,
    /// Whether a case's record may name a unit.
    pub units: bool,
    /// Whether it may name a person.
    pub persons: bool,
}

impl Entitlements {
    /// Adds what a policy may entitle to.
    pub fn add(&mut self, policy: &Policy) {
        for (id, kind) in &policy.kinds {
            for (at, step) in &kind.steps {
                let open = in_step(policy, (id, kind), (at, step));
                for grants in [open, once_closed(policy, (id, kind), step)] {
                    let place = Place::of(policy, &grants);
                    let values = place.values();
                    self.positions
                        .extend(values.filter(|value| !value.is_empty()));
                    for grant in &grants {
                        self.units |= names(grant.by, &|one| matches!(one, Selector::UnitIn(_)));
                        self.persons |= names(grant.by, &is_person);
                    }
                }
            }
        }
    }
}

impl CaseState {
    /// Who may do something with the case now. Of a closed case it is who may still do something, or correct what was put on record
    /// last; in the archive they keep seeing it.
    pub fn entitled(&self, policy: &Policy) -> Entitled {
        let (Some(kind), Some(step)) = (self.kind(policy), self.last_step(policy)) else {
            return Entitled::default();
        };
        let id = &self.opening.kind;
        let grants = match self.stage {
            Stage::Open => in_step(policy, (id, kind), (&self.step, step)),
            Stage::Closed | Stage::Archived => once_closed(policy, (id, kind), step),
        };
        let looks = Place::of(policy, &grants).looks_at_conditions();
        let held: Vec<&Selector> = grants
            .iter()
            .filter(|grant| !looks || grant.holds(policy, self))
            .map(|grant| grant.by)
            .collect();
        let all = held.iter().flat_map(|by| positions(policy, by));
        Entitled {
            positions: Positions(all.collect()),
            unit: held.iter().find_map(|by| self.unit_named_by(by)),
            person: held.iter().find_map(|by| self.person_named_by(by)),
        }
    }

    fn unit_named_by(&self, selector: &Selector) -> Option<UnitId> {
        match selector {
            Selector::UnitIn(path) => match self.facts.get(path)? {
                Value::Unit(unit) => Some(*unit),
                _ => None,
            },
            Selector::AnyOf(any) => any.iter().find_map(|one| self.unit_named_by(one)),
            _ => None,
        }
    }

    /// The person meant, who is the successor of the one named once the case was handed on.
    fn person_named_by(&self, selector: &Selector) -> Option<PersonId> {
        let named = match selector {
            Selector::PersonIn(path) => self.person_in(path),
            Selector::Dispatcher => self.dispatcher,
            Selector::Did(acts) => {
                let done = self.entries.iter().rev().find(|entry| {
                    let is = |kind: &EntryKind| match kind {
                        EntryKind::Act { act, outcome } => {
                            acts.iter().any(|done| done.is(act, outcome.as_ref()))
                        }
                        _ => false,
                    };
                    !entry.void && is(&entry.what)
                });
                done.and_then(|entry| entry.acting_for.or(entry.actor.person()))
            }
            Selector::AnyOf(any) => return any.iter().find_map(|one| self.person_named_by(one)),
            _ => None,
        };
        named.map(|named| self.successor_of(named))
    }

    fn person_in(&self, path: &FactPath) -> Option<PersonId> {
        match self.facts.get(path)? {
            Value::Person(person) => Some(*person),
            _ => None,
        }
    }
}

/// Something that somebody may do.
struct Grant<'p> {
    by: &'p Selector,
    only: Only<'p>,
}

/// On what it depends besides who asks.
enum Only<'p> {
    Always,
    /// A condition that what is done can't change itself.
    When(&'p Condition),
    /// That something is under a seal.
    Sealed(&'p SealId),
}

impl<'p> Grant<'p> {
    fn always(by: &'p Selector) -> Self {
        Self {
            by,
            only: Only::Always,
        }
    }

    fn when(by: &'p Selector, when: Option<&'p Condition>) -> Self {
        Self {
            by,
            only: when.map_or(Only::Always, Only::When),
        }
    }

    fn holds(&self, policy: &Policy, state: &CaseState) -> bool {
        match self.only {
            Only::Always => true,
            Only::When(condition) => Facts::of(state).hold(condition),
            Only::Sealed(seal) => !state.sealed(policy, seal).is_empty(),
        }
    }
}

/// What may be done in a step.
fn in_step<'p>(
    policy: &'p Policy,
    (id, kind): (&'p KindId, &'p Kind),
    (at, step): (&'p StepId, &'p Step),
) -> Vec<Grant<'p>> {
    let mut grants = Vec::new();
    grants.extend(step.moves.iter().filter_map(|row| {
        let by = row.by.as_ref()?;
        Some(Grant::when(by, judged_beforehand(policy, row, true)))
    }));
    let acts = step.acts.iter().filter_map(|act| policy.acts.get(act));
    grants.extend(acts.filter_map(|act| act.by.as_ref()).map(Grant::always));
    for clock in kind.clocks.values() {
        let pause = clock.pause.as_ref();
        grants.extend(pause.map(|rule| Grant::always(&rule.by)));
        let extend = clock.extend.as_ref();
        grants.extend(extend.map(|rule| Grant::when(&rule.by, known(rule.when.as_ref()))));
    }
    let withdrawal = kind.withdrawal.as_ref();
    let withdrawal = withdrawal.filter(|rule| rule.steps.is_empty() || rule.steps.contains(at));
    grants.extend(withdrawal.map(|rule| Grant::always(&rule.by)));
    let levels = policy.levels_of(id);
    let set = levels.filter_map(|(_, levels)| levels.set.as_ref());
    grants.extend(set.map(|set| Grant::always(&set.by)));
    let parties = policy.parties_of(id);
    grants.extend(parties.map(|(_, role)| Grant::always(&role.by)));
    grants.extend(in_any_stage(policy, (id, kind)));
    grants.push(Grant::always(&step.by));
    grants
}

/// What may be done with a closed case whose last step was this one.
fn once_closed<'p>(
    policy: &'p Policy,
    (id, kind): (&'p KindId, &'p Kind),
    step: &'p Step,
) -> Vec<Grant<'p>> {
    let rows = kind.after_close.iter().map(|row| {
        let by = row.by.as_ref().unwrap_or(&step.by);
        Grant::when(by, judged_beforehand(policy, row, false))
    });
    // Those who acted in the step may correct what is on record.
    rows.chain(in_any_stage(policy, (id, kind)))
        .chain([Grant::always(&step.by)])
        .collect()
}

/// What may be done whether the case is open or closed.
fn in_any_stage<'p>(
    policy: &'p Policy,
    (id, kind): (&'p KindId, &'p Kind),
) -> impl Iterator<Item = Grant<'p>> {
    let raises = policy.raised_out_of(id).map(|(_, raise)| &raise.by);
    let acts = kind.steps.values().flat_map(|step| &step.acts);
    let acts = acts.filter_map(|act| policy.acts.get(act)?.corrected_by.as_ref());
    let correct = kind.open.corrected_by.iter().chain(acts);
    let links = kind.links.values().map(|rule| &rule.by);
    let codes = kind.portal.iter().map(|portal| &portal.codes_by);
    let seals = policy.seals.iter().map(|(id, seal)| Grant {
        by: &seal.opened_by,
        only: Only::Sealed(id),
    });
    let always = raises.chain(links).chain(codes).chain(correct);
    let always = always.map(Grant::always);
    always.chain(seals)
}

/// The condition of a row, if it can be judged before what the row waits for: nothing it reads is changed by that.
fn judged_beforehand<'p>(
    policy: &'p Policy,
    row: &'p Move,
    asked_after_verb: bool,
) -> Option<&'p Condition> {
    let changes = |part: &str| match &row.on {
        Moment::Act { act, .. } => {
            let act = policy.acts.get(act);
            let own = act.and_then(|act| act.part.as_ref());
            part == LEVELS || own.is_some_and(|own| own.as_str() == part)
        }
        _ => asked_after_verb && part == CASE,
    };
    let condition = known(row.when.as_ref())?;
    let facts = condition.facts();
    let judged = !facts.iter().any(|fact| changes(fact.part().as_str()));
    judged.then_some(condition)
}

/// A condition that does not depend on when it is asked.
fn known(condition: Option<&Condition>) -> Option<&Condition> {
    let depends = |condition: &&Condition| {
        let facts = condition.facts();
        facts.iter().any(|fact| fact.part().as_str() == CONTACTS)
    };
    condition.filter(|condition| !depends(condition))
}

/// The positions that may do something in one place of the flow.
struct Place {
    always: BTreeSet<PositionId>,
    /// Those who may only where conditions hold.
    conditional: BTreeSet<PositionId>,
}

impl Place {
    fn of(policy: &Policy, grants: &[Grant<'_>]) -> Self {
        let some = |conditional: bool| -> BTreeSet<PositionId> {
            let grants = grants.iter();
            let some = grants.filter(|grant| matches!(grant.only, Only::Always) != conditional);
            some.flat_map(|grant| positions(policy, grant.by)).collect()
        };
        let always = some(false);
        let conditional = some(true).difference(&always).cloned().collect();
        Self {
            always,
            conditional,
        }
    }

    fn looks_at_conditions(&self) -> bool {
        self.conditional.len() <= CONDITIONAL_MAX
    }

    /// Every value that a case in this place may have.
    fn values(&self) -> impl Iterator<Item = Positions> {
        let all = (1_u32 << self.conditional.len().min(CONDITIONAL_MAX)) - 1;
        let least = if self.looks_at_conditions() { 0 } else { all };
        (least..=all).map(move |chosen| {
            let is_in = |nth: usize| !self.looks_at_conditions() || chosen & (1 << nth) != 0;
            let some = self.conditional.iter().enumerate();
            let some = some.filter(|(nth, _)| is_in(*nth)).map(|(_, one)| one);
            Positions(self.always.iter().chain(some).cloned().collect())
        })
    }
}

/// The positions that a selector names, by roles or themselves.
fn positions(policy: &Policy, selector: &Selector) -> Vec<PositionId> {
    match selector {
        Selector::Role(role) => {
            let role = policy.roles.get(role);
            role.and_then(|role| role.position.clone())
                .into_iter()
                .collect()
        }
        Selector::Position(position) => vec![position.clone()],
        Selector::AnyOf(any) => any
            .iter()
            .flat_map(|selector| positions(policy, selector))
            .collect(),
        _ => Vec::new(),
    }
}

fn is_person(selector: &Selector) -> bool {
    matches!(
        selector,
        Selector::PersonIn(_) | Selector::Dispatcher | Selector::Did(_)
    )
}

/// Whether a selector, or one of several, is such a one.
fn names(selector: &Selector, is: &dyn Fn(&Selector) -> bool) -> bool {
    match selector {
        Selector::AnyOf(any) => any.iter().any(|one| names(one, is)),
        one => is(one),
    }
}
