//! Who is meant: selectors resolved against the organisation and the case.

use std::collections::BTreeSet;

use huiyin_policy::model::{BandOutcome, Done, PartyRoleId, Policy, PositionId, RoleId, Selector};
use jiff::civil::Date;

use crate::actor::Actor;
use crate::deputy::{Right, Scope};
use crate::event::{Holder, Roles};
use crate::exclusion::excluded;
use crate::id::{PersonId, UnitId};
use crate::organisation::Organisation;
use crate::state::CaseState;
use crate::state::entry::{Entry, EntryKind};
use crate::value::Value;

/// What selectors are resolved against. Without a case (before it is opened) only roles and positions mean someone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Who<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) organisation: &'a Organisation,
    pub(crate) state: Option<&'a CaseState>,
    /// As of which day people are known to be related; `None` where nobody is kept out for it.
    pub(crate) on: Option<Date>,
}

impl Who<'_> {
    /// Whether a person is among those a selector stands for. Someone who has left, or is kept out of the case, never is.
    pub(crate) fn includes(&self, selector: &Selector, person: PersonId) -> bool {
        let Some(known) = self.organisation.active(person) else {
            return false;
        };
        // Whoever is kept out of the case, or is not to know of it, is meant by nothing that lets anybody in.
        if self.is_excluded(person) || self.is_out_of_sight(&Right::own(person)) {
            return false;
        }
        match selector {
            Selector::Anyone => true,
            Selector::Role(role) => self.policy.roles.get(role).is_some_and(|role| {
                role.position
                    .as_ref()
                    .is_none_or(|position| known.positions.contains(position))
            }),
            Selector::Position(position) => known.positions.contains(position),
            Selector::Taker
            | Selector::FirstContact
            | Selector::Dispatcher
            | Selector::PersonIn(_) => self
                .named(selector)
                .is_some_and(|named| self.stands_for(person, named)),
            Selector::Did(acts) => self.recorders(acts).any(|one| self.meant(one) == person),
            Selector::Party(role) => self.party_persons(role).any(|one| one == person),
            Selector::Nobody | Selector::Customer => false,
            Selector::Holder => self.holds(person),
            Selector::LeadUnit | Selector::UnitIn(_) => self
                .unit(selector)
                .is_some_and(|unit| self.organisation.is_within(known.unit, unit)),
            Selector::DeciderAbove => self
                .decider_above()
                .is_some_and(|role| self.includes(&role, person)),
            Selector::HeadOf(inner) => self.head_of(inner) == Some(person),
            Selector::AnyOf(selectors) => selectors
                .iter()
                .any(|selector| self.includes(selector, person)),
        }
    }

    /// Whether somebody who acts in a right is among those a selector stands for. A right limited to positions reaches
    /// only what these positions give.
    pub(crate) fn entitles(&self, selector: &Selector, right: &Right) -> bool {
        let Scope::Positions(positions) = &right.scope else {
            return self.includes(selector, right.person);
        };
        let by_position = match selector {
            Selector::AnyOf(selectors) => {
                return selectors
                    .iter()
                    .any(|selector| self.entitles(selector, right));
            }
            Selector::Role(role) => {
                let role = self.policy.roles.get(role);
                role.and_then(|role| role.position.as_ref())
            }
            Selector::Position(position) => Some(position),
            Selector::DeciderAbove => {
                let above = self.decider_above();
                return above.is_some_and(|role| self.entitles(&role, right));
            }
            _ => None,
        };
        by_position.is_some_and(|position| positions.contains(position))
            && self.includes(selector, right.person)
    }

    /// Whether a person is among those that a selector keeps out. Where something was done, also if it was voided, that is who
    /// did it, as a deputy or not, and who was represented; where somebody is named, also who was named before the case was
    /// handed on.
    pub(crate) fn keeps_out(&self, selector: &Selector, person: PersonId) -> bool {
        match selector {
            Selector::Did(acts) => self.entries_of(acts).any(|entry| {
                entry.actor == Actor::Person(person) || entry.acting_for == Some(person)
            }),
            Selector::Taker
            | Selector::FirstContact
            | Selector::Dispatcher
            | Selector::PersonIn(_) => {
                let dispatched = *selector == Selector::Dispatcher
                    && self.state.and_then(|state| state.dispatched_by) == Some(person);
                dispatched
                    || self.named(selector) == Some(person)
                    || self.includes(selector, person)
            }
            Selector::AnyOf(selectors) => selectors
                .iter()
                .any(|selector| self.keeps_out(selector, person)),
            _ => self.includes(selector, person),
        }
    }

    /// Whether the case stands on a person's list: he has it, or nobody has and it waits for his role or unit.
    fn holds(&self, person: PersonId) -> bool {
        let Some(state) = self.state else {
            return false;
        };
        let Holder {
            unit,
            roles,
            person: holder,
        } = &state.holder;
        if let Some(holder) = holder {
            return self.stands_for(person, *holder);
        }
        let in_unit = unit.is_some_and(|unit| {
            let known = self.organisation.active(person);
            known.is_some_and(|known| self.organisation.is_within(known.unit, unit))
        });
        let has = |role: &RoleId| self.includes(&Selector::Role(role.clone()), person);
        in_unit || roles.iter().any(has)
    }

    /// Everyone a selector stands for.
    pub(crate) fn everyone(&self, selector: &Selector) -> Vec<PersonId> {
        self.organisation
            .persons
            .keys()
            .copied()
            .filter(|&person| self.includes(selector, person))
            .collect()
    }

    /// Whose list shows a case that waits for a selector. The head of his unit stands in for a person who is kept out.
    pub(crate) fn holder(&self, selector: &Selector, actor: Option<PersonId>) -> Holder {
        let holder = self.waits_for(selector, actor);
        let Some(kept_out) = holder.person.filter(|&person| self.is_excluded(person)) else {
            return holder;
        };
        let stand_in = self.stand_in(kept_out);
        Holder {
            person: stand_in.person,
            unit: holder.unit.or(stand_in.unit),
            roles: holder.roles,
        }
    }

    /// Whether a person is kept out of the case, whatever else lets him in.
    pub(crate) fn is_excluded(&self, person: PersonId) -> bool {
        excluded(self, person).is_some()
    }

    /// Whether the case is out of sight of whoever acts in a right.
    pub(crate) fn is_out_of_sight(&self, right: &Right) -> bool {
        let Some(state) = self.state else {
            return false;
        };
        let sight = state.sight(self.policy);
        sight.is_some_and(|sight| !sight.shows(right, self.organisation, state))
    }

    /// Who is told on a day what a selector's people are told: they themselves, and the deputies of those who are away, as far
    /// as they are neither kept out of the case nor out of its sight.
    pub(crate) fn told(&self, selector: &Selector, on: Date) -> Vec<PersonId> {
        let mut told = self.organisation.told(self.everyone(selector), on);
        told.retain(|&person| {
            let rights = self.organisation.rights(person, on);
            let mut rights = std::iter::once(Right::own(person)).chain(rights);
            !self.is_excluded(person) && rights.any(|right| !self.is_out_of_sight(&right))
        });
        told
    }

    fn party_persons(&self, role: &PartyRoleId) -> impl Iterator<Item = PersonId> {
        let parties = self.state.into_iter().flat_map(|state| &state.parties);
        parties
            .filter(move |party| party.role == *role)
            .filter_map(|party| party.person)
    }

    fn waits_for(&self, selector: &Selector, actor: Option<PersonId>) -> Holder {
        match selector {
            Selector::Anyone => Holder {
                person: actor,
                ..Holder::default()
            },
            Selector::Role(_) => Holder {
                roles: roles_in(self.policy, selector),
                ..Holder::default()
            },
            Selector::Position(position) => self.holder_of_position(selector, position),
            Selector::Taker
            | Selector::FirstContact
            | Selector::Dispatcher
            | Selector::PersonIn(_) => self.holder_named(self.named(selector)),
            Selector::Did(acts) => self.holder_named(self.recorders(acts).last()),
            Selector::Party(role) => Holder {
                person: self.party_persons(role).next(),
                ..Holder::default()
            },
            Selector::Nobody | Selector::Customer => Holder::default(),
            Selector::Holder => self
                .state
                .map_or_else(Holder::default, |state| state.holder.clone()),
            Selector::LeadUnit | Selector::UnitIn(_) => Holder {
                unit: self.unit(selector),
                ..Holder::default()
            },
            Selector::DeciderAbove => {
                let above = self.decider_above();
                above.map_or_else(Holder::default, |role| self.waits_for(&role, actor))
            }
            Selector::HeadOf(inner) => match self.head_of(inner) {
                Some(head) => Holder {
                    person: Some(head),
                    ..Holder::default()
                },
                // A unit without a head still has to see its case.
                None => Holder {
                    unit: self.unit(inner),
                    ..Holder::default()
                },
            },
            Selector::AnyOf(selectors) => selectors
                .iter()
                .map(|selector| self.waits_for(selector, actor))
                .fold(Holder::default(), |holder, other| Holder {
                    unit: holder.unit.or(other.unit),
                    roles: holder.roles.and(other.roles),
                    person: holder.person.or(other.person),
                }),
        }
    }

    /// A list is kept per role, not per position; a position without a role can only be its one holder.
    fn holder_of_position(&self, selector: &Selector, position: &PositionId) -> Holder {
        let roles = roles_in(self.policy, selector);
        let persons = self.everyone(&Selector::Position(position.clone()));
        match persons.as_slice() {
            [only] if roles.is_empty() => Holder {
                person: Some(*only),
                ..Holder::default()
            },
            _ => Holder {
                roles,
                ..Holder::default()
            },
        }
    }

    fn named(&self, selector: &Selector) -> Option<PersonId> {
        let state = self.state?;
        match selector {
            Selector::Taker => state.opening.taker,
            Selector::FirstContact => state.opening.first_contact,
            Selector::Dispatcher => state.dispatcher,
            Selector::PersonIn(path) => match state.facts.get(path)? {
                Value::Person(person) => Some(*person),
                _ => None,
            },
            _ => None,
        }
    }

    /// In whose right one of these acts was put on record, in the order of the entries.
    fn recorders(&self, acts: &[Done]) -> impl Iterator<Item = PersonId> {
        self.entries_of(acts)
            .filter(|entry| !entry.void)
            .filter_map(|entry| entry.acting_for.or(entry.actor.person()))
    }

    /// The entries of these acts, voided ones included.
    fn entries_of(&self, acts: &[Done]) -> impl Iterator<Item = &Entry> {
        let entries = self.state.into_iter().flat_map(|state| &state.entries);
        entries.filter(|entry| match &entry.what {
            EntryKind::Act { act, outcome } => {
                acts.iter().any(|done| done.is(act, outcome.as_ref()))
            }
            _ => false,
        })
    }

    /// Who is meant where somebody is named: the successor, once the case was handed on.
    fn meant(&self, named: PersonId) -> PersonId {
        self.state.map_or(named, |state| state.successor_of(named))
    }

    /// Whether a person may do what somebody named may. Once the one named has left or is kept out of the case, it is whoever
    /// stands in, so that no case is stranded.
    fn stands_for(&self, person: PersonId, named: PersonId) -> bool {
        let named = self.meant(named);
        if self.organisation.active(named).is_some() && !self.is_excluded(named) {
            return person == named;
        }
        match self.stand_in(named) {
            Holder {
                person: Some(head), ..
            } => person == head,
            Holder {
                unit: Some(unit), ..
            } => self
                .organisation
                .active(person)
                .is_some_and(|known| self.organisation.is_within(known.unit, unit)),
            _ => false,
        }
    }

    /// Whose list shows a case that waits for somebody named.
    fn holder_named(&self, named: Option<PersonId>) -> Holder {
        let Some(named) = named.map(|named| self.meant(named)) else {
            return Holder::default();
        };
        let can_act = self.organisation.active(named).is_some() && !self.is_excluded(named);
        if self.organisation.persons.contains_key(&named) && !can_act {
            return self.stand_in(named);
        }
        Holder {
            person: Some(named),
            ..Holder::default()
        }
    }

    /// Who stands in for somebody who has left or is kept out of the case: the head of the unit, or of the nearest above it
    /// that has one; else everybody in the unit.
    pub(crate) fn stand_in(&self, gone: PersonId) -> Holder {
        let Some(unit) = self.organisation.persons.get(&gone).map(|gone| gone.unit) else {
            return Holder::default();
        };
        let mut at = Some(unit);
        for _ in 0..=self.organisation.units.len() {
            let Some(known) = at.and_then(|at| self.organisation.units.get(&at)) else {
                break;
            };
            if let Some(head) = known.head
                && self.organisation.active(head).is_some()
                && !self.is_excluded(head)
            {
                return Holder {
                    person: Some(head),
                    ..Holder::default()
                };
            }
            at = known.parent;
        }
        Holder {
            unit: Some(unit),
            ..Holder::default()
        }
    }

    fn unit(&self, selector: &Selector) -> Option<UnitId> {
        match selector {
            Selector::LeadUnit => self.state?.lead_unit,
            Selector::UnitIn(path) => match self.state?.facts.get(path)? {
                Value::Unit(unit) => Some(*unit),
                _ => None,
            },
            Selector::Taker
            | Selector::FirstContact
            | Selector::Dispatcher
            | Selector::PersonIn(_) => self
                .organisation
                .persons
                .get(&self.named(selector)?)
                .map(|person| person.unit),
            Selector::Role(_) | Selector::Position(_) => {
                let units: BTreeSet<UnitId> = self
                    .everyone(selector)
                    .into_iter()
                    .filter_map(|person| self.organisation.active(person).map(|person| person.unit))
                    .collect();
                units.first().copied().filter(|_| units.len() == 1)
            }
            Selector::DeciderAbove => self.unit(&self.decider_above()?),
            Selector::HeadOf(inner) => {
                let unit = self.unit(inner)?;
                self.organisation.units.get(&unit)?.parent.or(Some(unit))
            }
            Selector::AnyOf(selectors) => selectors.iter().find_map(|selector| self.unit(selector)),
            Selector::Holder => self.state?.holder.unit,
            Selector::Anyone
            | Selector::Did(_)
            | Selector::Party(_)
            | Selector::Nobody
            | Selector::Customer => None,
        }
    }

    /// The role of the decider for whom an objection is.
    fn decider_above(&self) -> Option<Selector> {
        self.state?.decider_above.clone().map(Selector::Role)
    }

    fn head_of(&self, selector: &Selector) -> Option<PersonId> {
        let head = self.organisation.units.get(&self.unit(selector)?)?.head?;
        self.organisation.active(head).map(|_| head)
    }

    /// Whether a right comes with a role.
    pub(crate) fn has_role(&self, right: &Right, role: &RoleId) -> bool {
        self.entitles(&Selector::Role(role.clone()), right)
    }
}

/// The roles whose lists show a case that waits for a selector.
fn roles_in(policy: &Policy, selector: &Selector) -> Roles {
    match selector {
        Selector::Role(role) => Roles::new([role.clone()]),
        Selector::Position(position) => {
            let mut roles = policy.roles.iter();
            let known = roles.find(|(_, role)| role.position.as_ref() == Some(position));
            Roles::new(known.map(|(id, _)| id.clone()))
        }
        Selector::AnyOf(selectors) => selectors
            .iter()
            .map(|selector| roles_in(policy, selector))
            .fold(Roles::default(), Roles::and),
        _ => Roles::default(),
    }
}

/// Every combination of roles that a case of this policy may wait for.
pub fn role_lists(policy: &Policy) -> BTreeSet<Roles> {
    let kinds = || policy.kinds.values();
    let steps = kinds().flat_map(|kind| kind.steps.values().map(|step| &step.by));
    let follow_ups = kinds().filter_map(|kind| Some(&kind.follow_up.as_ref()?.by));
    let waited = steps.chain(follow_ups).map(|by| roles_in(policy, by));
    // An objection waits for one of those who decide, alone.
    let deciders = policy.bands.values().flat_map(|band| band.rows.rows());
    let deciders = deciders.filter_map(|(_, outcome)| match outcome {
        BandOutcome::Decider(role) => Some(Roles::new([role.clone()])),
        BandOutcome::Grade(_) => None,
    });
    let objections =
        kinds().any(|kind| kind.raised_from.values().any(|raise| raise.above.is_some()));
    waited
        .chain(deciders.filter(|_| objections))
        .filter(|roles| !roles.is_empty())
        .collect()
}
