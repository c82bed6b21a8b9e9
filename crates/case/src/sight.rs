//! To whom alone cases of a kind are shown (P5.3). It follows from the kind, from who took the case in and from the positions
//! that people hold: nothing else lets anybody see them, be he a supervisor or an auditor.

use std::collections::BTreeSet;
use std::fmt;

use huiyin_policy::model::{Kind, Policy, PositionId, RoleId, Selector};
use jiff::civil::Date;

use crate::deputy::{Right, Scope};
use crate::id::{PersonId, UnitId};
use crate::organisation::Organisation;
use crate::state::CaseState;

/// Who alone sees a case.
///
/// It is kept with the case as text, from which lists, counts and totals leave it out for everybody else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Sight {
    /// Whoever holds one of these positions.
    pub positions: BTreeSet<PositionId>,
    /// Whether who took it in does, too.
    pub taker: bool,
    /// Whether the first contact does, too.
    pub first_contact: bool,
}

/// What stands in the text for who took the case in; no position is called so.
const TAKER: &str = "+taker";
/// The same for the first contact.
const FIRST_CONTACT: &str = "+first_contact";

impl Sight {
    /// Who alone sees cases of a kind; `None` if it is an ordinary one.
    pub fn of(policy: &Policy, kind: &Kind) -> Option<Self> {
        let sees = kind.sees.as_ref()?;
        let mut sight = Self::default();
        sight.add(policy, &sees.by);
        Some(sight)
    }

    /// Whether it shows cases to nobody to whom another does not.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        self.positions.is_subset(&other.positions)
            && (other.taker || !self.taker)
            && (other.first_contact || !self.first_contact)
    }

    /// Reads what `Display` wrote.
    pub fn parse(text: &str) -> Self {
        let mut sight = Self::default();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            match word {
                TAKER => sight.taker = true,
                FIRST_CONTACT => sight.first_contact = true,
                position => {
                    sight.positions.insert(PositionId::new(position));
                }
            }
        }
        sight
    }

    /// Whether it shows the case to somebody who acts in a right. A right limited to positions reaches only what these give.
    pub fn shows(&self, right: &Right, organisation: &Organisation, state: &CaseState) -> bool {
        let is = |named: Option<PersonId>| named.is_some_and(|named| right.is(named));
        (self.taker && is(state.opening.taker))
            || (self.first_contact && is(state.opening.first_contact))
            || self.is_open_to(right, organisation)
    }

    /// Whether it shows every such case to somebody who acts in a right.
    pub fn is_open_to(&self, right: &Right, organisation: &Organisation) -> bool {
        let Some(person) = organisation.active(right.person) else {
            return false;
        };
        let held = |position: &PositionId| match &right.scope {
            Scope::All => person.positions.contains(position),
            Scope::Positions(some) => {
                some.contains(position) && person.positions.contains(position)
            }
        };
        self.positions.iter().any(held)
    }

    /// The checker admits no other selectors here.
    fn add(&mut self, policy: &Policy, selector: &Selector) {
        let position_of = |role: &RoleId| policy.roles.get(role)?.position.clone();
        match selector {
            Selector::Role(role) => self.positions.extend(position_of(role)),
            Selector::Position(position) => {
                self.positions.insert(position.clone());
            }
            Selector::Taker => self.taker = true,
            Selector::FirstContact => self.first_contact = true,
            Selector::AnyOf(selectors) => {
                for selector in selectors {
                    self.add(policy, selector);
                }
            }
            _ => {}
        }
    }
}

/// Positions in order with a space between them; names have none inside.
impl fmt::Display for Sight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let taker = self.taker.then_some(TAKER);
        let first_contact = self.first_contact.then_some(FIRST_CONTACT);
        let positions = self.positions.iter().map(PositionId::as_str);
        let words: Vec<&str> = taker
            .into_iter()
            .chain(first_contact)
            .chain(positions)
            .collect();
        f.write_str(&words.join(" "))
    }
}

/// Every way in which cases of a policy are shown to some people alone.
pub fn sights(policy: &Policy) -> BTreeSet<Sight> {
    let kinds = policy.kinds.values();
    kinds.filter_map(|kind| Sight::of(policy, kind)).collect()
}

impl CaseState {
    /// Whether somebody sees the case in a right, with an account that opens no more than the work of staff: because he has it, took it in or
    /// heard of it first, because it is his unit's, because his unit reads it, or because he holds a position that may do something with
    /// it; unless it is hidden from him, also for a relation that holds on the day.
    pub fn is_seen_by(
        &self,
        policy: &Policy,
        organisation: &Organisation,
        on: Date,
        right: &Right,
    ) -> bool {
        let Some(person) = organisation.active(right.person) else {
            return false;
        };
        let bonds = organisation.bonds(right.person, on);
        if self.hidden_from(policy).hides_from(right.person, &bonds) {
            return false;
        }
        if let Some(sight) = self.sight(policy) {
            return sight.shows(right, organisation, self);
        }
        let held = match &right.scope {
            Scope::All => person.positions.clone(),
            Scope::Positions(some) => person.positions.intersection(some).cloned().collect(),
        };
        let waits_for = |role: &RoleId| {
            let position = policy
                .roles
                .get(role)
                .and_then(|role| role.position.as_ref());
            position.is_some_and(|position| held.contains(position))
        };
        let entitled = self.entitled(policy);
        if self.holder.roles.iter().any(waits_for) || entitled.positions.includes(&held) {
            return true;
        }
        let named = [
            self.holder.person,
            self.opening.taker,
            self.opening.first_contact,
            entitled.person,
        ];
        let below = |unit: Option<UnitId>| {
            unit.is_some_and(|unit| organisation.is_within(unit, person.unit))
        };
        let within = |unit: Option<UnitId>| {
            unit.is_some_and(|unit| organisation.is_within(person.unit, unit))
        };
        right.scope == Scope::All
            && (named.contains(&Some(right.person))
                || [self.holder.unit, self.lead_unit].into_iter().any(below)
                || [self.read_by(policy), entitled.unit, self.holder.unit]
                    .into_iter()
                    .any(within))
    }

    /// Who alone sees the case; `None` if that depends on who handles it, as for most.
    pub fn sight(&self, policy: &Policy) -> Option<Sight> {
        Sight::of(policy, self.kind(policy)?)
    }
}
