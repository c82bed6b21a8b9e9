//! Who is kept out of a case (回避): whom its own record names, and whoever is known to be related to those. As a deputy or
//! represented, whoever is named has a part.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use huiyin_policy::model::{ExcludedFrom, Exclusion, Policy, RelationKind, Selector, Whom};

use crate::id::PersonId;
use crate::refusal::{Refusal, Rule};
use crate::relation::{Bond, NotABond, Subject};
use crate::selector::Who;
use crate::state::CaseState;
use crate::state::entry::EntryKind;
use crate::value::Value;

/// Whom exclusions keep out, or for whom there is no such case. It follows from the case's own record; who is related to whom is asked when somebody looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden {
    /// These people.
    pub persons: BTreeSet<PersonId>,
    /// Whoever has one of these.
    pub bonds: BTreeSet<Bond>,
}

impl Hidden {
    /// Whether there is no such case for a person with these bonds.
    pub fn hides_from<'b>(
        &self,
        person: PersonId,
        bonds: impl IntoIterator<Item = &'b Bond>,
    ) -> bool {
        self.persons.contains(&person) || bonds.into_iter().any(|bond| self.bonds.contains(bond))
    }

    /// Whether everybody meant by the other is meant by this.
    pub(crate) fn includes(&self, other: &Self) -> bool {
        self.persons.is_superset(&other.persons) && self.bonds.is_superset(&other.bonds)
    }

    /// Whether it is hidden from nobody.
    pub fn is_empty(&self) -> bool {
        self.persons.is_empty() && self.bonds.is_empty()
    }
}

/// As it is kept: with a space between each two.
impl fmt::Display for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let persons = self.persons.iter().map(ToString::to_string);
        let bonds = self.bonds.iter().map(ToString::to_string);
        let words: Vec<String> = persons.chain(bonds).collect();
        f.write_str(&words.join(" "))
    }
}

impl FromStr for Hidden {
    type Err = NotABond;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut hidden = Self::default();
        for word in text.split_whitespace() {
            match word.parse() {
                Ok(person) => {
                    hidden.persons.insert(person);
                }
                Err(_) => {
                    hidden.bonds.insert(word.parse()?);
                }
            }
        }
        Ok(hidden)
    }
}

/// The exclusion that keeps a person from doing anything with the case, if one does.
pub(crate) fn excluded<'p>(who: &Who<'p>, person: PersonId) -> Option<&'p Exclusion> {
    let state = who.state?;
    let mut exclusions = who.policy.exclusions_of(&state.opening.kind);
    let found = exclusions.find(|(_, exclusion)| match &exclusion.who {
        Whom::Named(selector) => named(selector, state).contains(&person),
        Whom::Related { to, by } => is_related(who, state, person, (to, by)),
    });
    found.map(|(_, exclusion)| exclusion)
}

/// Why somebody whom an exclusion keeps out may do nothing. What is known of him is not said.
pub(crate) fn refusal(exclusion: &Exclusion) -> Refusal {
    let rule = match exclusion.who {
        Whom::Named(_) => Rule::Excluded,
        Whom::Related { .. } => Rule::Related,
    };
    Refusal::of(rule, &exclusion.clause)
}

/// Relations to whom and to what, and of which kinds.
type Asked<'p> = (&'p Selector, &'p BTreeSet<RelationKind>);

fn is_related(who: &Who<'_>, state: &CaseState, person: PersonId, asked: Asked<'_>) -> bool {
    let relations = &who.organisation.relations;
    // Of most people no relation is known.
    let Some(on) = who.on.filter(|_| !relations.with(person).is_empty()) else {
        return false;
    };
    let bonds = who.organisation.bonds(person, on);
    bonds_to(asked, state).any(|bond| bonds.contains(&bond))
}

/// What somebody has who is related like that to those that the record of the case names.
fn bonds_to<'p>((to, by): Asked<'p>, state: &CaseState) -> impl Iterator<Item = Bond> + use<'p> {
    let subjects = subjects(to, state).into_iter();
    subjects.flat_map(|to| by.iter().map(move |&kind| Bond { kind, to }))
}

impl CaseState {
    /// For whom there is no such case: he neither sees nor finds nor counts it.
    pub fn hidden_from(&self, policy: &Policy) -> Hidden {
        self.kept_out(policy, |from| from == ExcludedFrom::See)
    }

    /// Who is kept out by the exclusions of which `from` holds.
    pub(crate) fn kept_out(&self, policy: &Policy, from: fn(ExcludedFrom) -> bool) -> Hidden {
        let mut hidden = Hidden::default();
        let exclusions = policy.exclusions_of(&self.opening.kind);
        for (_, exclusion) in exclusions.filter(|(_, one)| from(one.from)) {
            match &exclusion.who {
                Whom::Named(selector) => hidden.persons.extend(named(selector, self)),
                Whom::Related { to, by } => hidden.bonds.extend(bonds_to((to, by), self)),
            }
        }
        hidden
    }
}

/// Whom and which units the record of the case names.
fn subjects(selector: &Selector, state: &CaseState) -> BTreeSet<Subject> {
    let unit = |unit| BTreeSet::from([Subject::Unit(unit)]);
    match selector {
        Selector::LeadUnit => state.lead_unit.map(unit).unwrap_or_default(),
        Selector::UnitIn(path) => match state.facts.get(path) {
            Some(Value::Unit(named)) => unit(*named),
            _ => BTreeSet::new(),
        },
        Selector::AnyOf(selectors) => selectors
            .iter()
            .flat_map(|selector| subjects(selector, state))
            .collect(),
        people => named(people, state)
            .into_iter()
            .map(Subject::Person)
            .collect(),
    }
}

/// Whom the record of the case names. The checker admits no other selectors here.
fn named(selector: &Selector, state: &CaseState) -> BTreeSet<PersonId> {
    match selector {
        Selector::Party(role) => state
            .parties_in(role)
            .filter_map(|party| party.person)
            .collect(),
        Selector::Taker => state.opening.taker.into_iter().collect(),
        Selector::FirstContact => state.opening.first_contact.into_iter().collect(),
        Selector::Dispatcher => [state.dispatcher, state.dispatched_by]
            .into_iter()
            .flatten()
            .collect(),
        Selector::PersonIn(path) => match state.facts.get(path) {
            Some(Value::Person(person)) => BTreeSet::from([*person]),
            _ => BTreeSet::new(),
        },
        Selector::Did(acts) => {
            let did = |kind: &EntryKind| match kind {
                EntryKind::Act { act, outcome } => {
                    acts.iter().any(|done| done.is(act, outcome.as_ref()))
                }
                _ => false,
            };
            let entries = state.entries.iter().filter(|entry| !entry.void);
            entries
                .filter(|entry| did(&entry.what))
                .flat_map(|entry| entry.actor.person().into_iter().chain(entry.acting_for))
                .collect()
        }
        Selector::AnyOf(selectors) => selectors
            .iter()
            .flat_map(|selector| named(selector, state))
            .collect(),
        Selector::Anyone
        | Selector::Role(_)
        | Selector::Position(_)
        | Selector::LeadUnit
        | Selector::UnitIn(_)
        | Selector::HeadOf(_)
        | Selector::DeciderAbove
        | Selector::Holder
        | Selector::Customer
        | Selector::Nobody => BTreeSet::new(),
    }
}
