//! Deputies (代理): who may act for whom, and on which days; and absences (休假).
//!
//! Days are those of the calendar's zone, both ends inclusive. There are no chains: whoever acts for somebody can't pass
//! that on to a deputy of his own.

use std::collections::BTreeSet;

use huiyin_policy::model::PositionId;
use jiff::civil::Date;

use crate::id::{AbsenceId, DeputyId, PersonId};
use crate::organisation::Organisation;

/// A person who may act for another on some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deputy {
    /// Id.
    pub id: DeputyId,
    /// Who is represented.
    pub of: PersonId,
    /// Who acts.
    pub by: PersonId,
    /// On which days.
    pub days: Days,
    /// How far it reaches.
    pub scope: Scope,
}

/// Days on which a person is away. On these days notices go to the deputies as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Id.
    pub id: AbsenceId,
    /// Who is away.
    pub person: PersonId,
    /// On which days.
    pub days: Days,
}

/// A span of days, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Days {
    /// Whether a day is among them.
    pub fn include(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// How far a deputy's right reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All that the person may do.
    All,
    /// What the person may do by holding these positions, and nothing that names the person or the unit.
    Positions(BTreeSet<PositionId>),
}

impl Scope {
    fn with(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Positions(mut one), Self::Positions(other)) => {
                one.extend(other.iter().cloned());
                Self::Positions(one)
            }
            _ => Self::All,
        }
    }
}

/// In whose right somebody acts, and how far it reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    /// Whose right it is.
    pub person: PersonId,
    /// How far it reaches.
    pub scope: Scope,
}

impl Right {
    /// A person's own right.
    pub const fn own(person: PersonId) -> Self {
        Self {
            person,
            scope: Scope::All,
        }
    }

    /// Whether it is this person's right, and not one limited to positions.
    pub fn is(&self, person: PersonId) -> bool {
        self.scope == Scope::All && self.person == person
    }
}

impl Organisation {
    /// The right of somebody represented in which `by` may act on a day; `None` if there is none.
    pub fn right(&self, by: PersonId, of: PersonId, on: Date) -> Option<Right> {
        self.active(by)?;
        self.active(of)?;
        let scope = self
            .deputies
            .iter()
            .filter(|deputy| deputy.by == by && deputy.of == of && by != of)
            .filter(|deputy| deputy.days.include(on))
            .map(|deputy| deputy.scope.clone())
            .reduce(|one, other| one.with(&other))?;
        Some(Right { person: of, scope })
    }

    /// The rights of everybody for whom `by` may act on a day.
    pub fn rights(&self, by: PersonId, on: Date) -> Vec<Right> {
        let represented: BTreeSet<PersonId> = self
            .deputies
            .iter()
            .filter(|deputy| deputy.by == by)
            .map(|deputy| deputy.of)
            .collect();
        represented
            .into_iter()
            .filter_map(|of| self.right(by, of, on))
            .collect()
    }

    /// Who may act for a person on a day.
    pub fn deputies_of(&self, of: PersonId, on: Date) -> BTreeSet<PersonId> {
        self.deputies
            .iter()
            .filter(|deputy| deputy.of == of)
            .map(|deputy| deputy.by)
            .filter(|&by| self.right(by, of, on).is_some())
            .collect()
    }

    /// The last day of a person's absence, if the person is away on a day.
    pub fn absent_until(&self, person: PersonId, on: Date) -> Option<Date> {
        self.absences
            .iter()
            .filter(|absence| absence.person == person && absence.days.include(on))
            .map(|absence| absence.days.to)
            .max()
    }

    /// Who is told what these people are told on a day: they themselves, and the deputies of those who are away.
    pub fn told(&self, people: Vec<PersonId>, on: Date) -> Vec<PersonId> {
        let mut told = people;
        let away: Vec<PersonId> = told
            .iter()
            .copied()
            .filter(|&person| self.absent_until(person, on).is_some())
            .collect();
        for person in away {
            let deputies = self.deputies_of(person, on);
            let more: Vec<PersonId> = deputies
                .into_iter()
                .filter(|deputy| !told.contains(deputy))
                .collect();
            told.extend(more);
        }
        told
    }
}
