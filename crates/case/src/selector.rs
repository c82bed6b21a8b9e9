//! Who is meant: selectors resolved against the organisation and the case.

use std::collections::BTreeSet;

use huiyin_policy::model::{ActId, Policy, PositionId, RoleId, Selector};

use crate::event::Holder;
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
}

impl Who<'_> {
    /// Whether a person is among those a selector stands for. Someone who has left never is.
    pub(crate) fn includes(&self, selector: &Selector, person: PersonId) -> bool {
        let Some(known) = self.organisation.active(person) else {
            return false;
        };
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
            Selector::Did(acts) => self.recorders(acts).any(|one| one == person),
            Selector::Nobody => false,
            Selector::LeadUnit | Selector::UnitIn(_) => self
                .unit(selector)
                .is_some_and(|unit| self.organisation.is_within(known.unit, unit)),
            Selector::HeadOf(inner) => self.head_of(inner) == Some(person),
            Selector::AnyOf(selectors) => selectors
                .iter()
                .any(|selector| self.includes(selector, person)),
        }
    }

    /// Whether a selector stands or ever stood for a person: what somebody did stays his work when it is voided.
    pub(crate) fn ever_included(&self, selector: &Selector, person: PersonId) -> bool {
        match selector {
            Selector::Did(acts) => {
                let all = self.recorded(acts);
                all.filter_map(|entry| entry.actor.person())
                    .any(|one| one == person)
            }
            Selector::AnyOf(selectors) => selectors
                .iter()
                .any(|selector| self.ever_included(selector, person)),
            _ => self.includes(selector, person),
        }
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

    /// Whose list shows a case that waits for a selector.
    pub(crate) fn holder(&self, selector: &Selector, actor: Option<PersonId>) -> Holder {
        match selector {
            Selector::Anyone => Holder {
                person: actor,
                ..Holder::default()
            },
            Selector::Role(role) => Holder {
                role: Some(role.clone()),
                ..Holder::default()
            },
            Selector::Position(position) => self.holder_of_position(position),
            Selector::Taker
            | Selector::FirstContact
            | Selector::Dispatcher
            | Selector::PersonIn(_) => Holder {
                person: self.named(selector),
                ..Holder::default()
            },
            Selector::Did(acts) => Holder {
                person: self.recorders(acts).last(),
                ..Holder::default()
            },
            Selector::Nobody => Holder::default(),
            Selector::LeadUnit | Selector::UnitIn(_) => Holder {
                unit: self.unit(selector),
                ..Holder::default()
            },
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
                .map(|selector| self.holder(selector, actor))
                .fold(Holder::default(), |holder, other| Holder {
                    unit: holder.unit.or(other.unit),
                    role: holder.role.or(other.role),
                    person: holder.person.or(other.person),
                }),
        }
    }

    /// A list is kept per role, not per position; a position without a role can only be its one holder.
    fn holder_of_position(&self, position: &PositionId) -> Holder {
        let role = self
            .policy
            .roles
            .iter()
            .find(|(_, role)| role.position.as_ref() == Some(position))
            .map(|(id, _)| id.clone());
        let persons = self.everyone(&Selector::Position(position.clone()));
        match (role, persons.as_slice()) {
            (Some(role), _) => Holder {
                role: Some(role),
                ..Holder::default()
            },
            (None, [only]) => Holder {
                person: Some(*only),
                ..Holder::default()
            },
            (None, _) => Holder::default(),
        }
    }

    fn named(&self, selector: &Selector) -> Option<PersonId> {
        let state = self.state?;
        match selector {
            Selector::Taker => Some(state.opening.taker),
            Selector::FirstContact => Some(state.opening.first_contact),
            Selector::Dispatcher => state.dispatcher,
            Selector::PersonIn(path) => match state.facts.get(path)? {
                Value::Person(person) => Some(*person),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whoever put one of these acts on record, in the order of the entries.
    fn recorders(&self, acts: &[ActId]) -> impl Iterator<Item = PersonId> {
        self.recorded(acts)
            .filter(|entry| !entry.void)
            .filter_map(|entry| entry.actor.person())
    }

    /// The entries of these acts, voided ones included.
    fn recorded(&self, acts: &[ActId]) -> impl Iterator<Item = &Entry> {
        let entries = self.state.into_iter().flat_map(|state| &state.entries);
        entries
            .filter(|entry| matches!(&entry.what, EntryKind::Act { act, .. } if acts.contains(act)))
    }

    /// The head of someone's unit stands in for him once he has left, so that no case is stranded.
    fn stands_for(&self, person: PersonId, named: PersonId) -> bool {
        person == named
            || self.organisation.persons.get(&named).is_some_and(|gone| {
                let head = self
                    .organisation
                    .units
                    .get(&gone.unit)
                    .and_then(|unit| unit.head);
                !gone.active && head == Some(person)
            })
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
            Selector::HeadOf(inner) => {
                let unit = self.unit(inner)?;
                self.organisation.units.get(&unit)?.parent.or(Some(unit))
            }
            Selector::AnyOf(selectors) => selectors.iter().find_map(|selector| self.unit(selector)),
            Selector::Anyone | Selector::Did(_) | Selector::Nobody => None,
        }
    }

    fn head_of(&self, selector: &Selector) -> Option<PersonId> {
        let head = self.organisation.units.get(&self.unit(selector)?)?.head?;
        self.organisation.active(head).map(|_| head)
    }

    /// Whether a person has a role.
    pub(crate) fn has_role(&self, person: PersonId, role: &RoleId) -> bool {
        self.includes(&Selector::Role(role.clone()), person)
    }
}
