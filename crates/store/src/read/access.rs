//! Who sees which cases, compiled into every query.

use std::collections::BTreeSet;

use huiyin_case::entitled::Positions;
use huiyin_case::event::Roles;
use huiyin_case::id::{PersonId, UnitId};
use huiyin_case::relation::Bond;
use huiyin_case::sight::Sight;

use crate::statement::Text;

/// Which cases someone may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// All.
    All,
    /// Those that any of the arms reaches; none without arms.
    Arms(Vec<Arm>),
    /// Those of the other, without those that are hidden from somebody.
    Except(Excluded, Box<Access>),
    /// Those of the other, without those that only some people see if he is none of them.
    Confined(Sights, Box<Access>),
}

/// From whom cases are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excluded {
    /// The person.
    pub person: PersonId,
    /// What he is known to be to others: what is hidden from whoever has one of these is hidden from him.
    pub bonds: BTreeSet<Bond>,
}

/// The cases that only some people see, as far as somebody is one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sights {
    /// He sees all cases of these sights.
    pub open: Vec<Sight>,
    /// Of these he sees what he, or one of these people, took in.
    pub taken: Vec<Sight>,
    /// Of these he sees what he, or one of these people, heard of first.
    pub heard: Vec<Sight>,
    /// He, and those in whose right he may act.
    pub people: Vec<PersonId>,
}

/// One reason for which someone may see a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arm {
    /// One of these units must act; units below are to be listed by the caller.
    HolderUnit(Vec<UnitId>),
    /// Somebody with one of several roles must act, and these are they.
    HolderRole(Vec<Roles>),
    /// This person must act.
    HolderPerson(PersonId),
    /// This person registered it.
    Taker(PersonId),
    /// This person heard of it first.
    FirstContact(PersonId),
    /// One of these units is the lead unit.
    LeadUnit(Vec<UnitId>),
    /// Only some people see it, and he is one of them.
    Sight(Vec<Sight>),
    /// The people of one of these units read it.
    Reader(Vec<UnitId>),
    /// The holders of certain positions may do something with it, and these are they.
    Entitled(Vec<Positions>),
    /// Everyone in one of these units may do something with it.
    EntitledUnit(Vec<UnitId>),
    /// This person may do something with it.
    EntitledPerson(PersonId),
}

impl Arm {
    /// The column it looks at, and the values it looks for.
    pub(crate) fn column_and_values(&self) -> (&'static str, Vec<String>) {
        let units = |units: &[UnitId]| units.iter().map(ToString::to_string).collect();
        match self {
            Arm::HolderUnit(of) => ("holder_unit", units(of)),
            Arm::HolderRole(of) => ("holder_role", texts(of)),
            Arm::HolderPerson(person) => ("holder_person", vec![person.to_string()]),
            Arm::Taker(person) => ("taker", vec![person.to_string()]),
            Arm::FirstContact(person) => ("first_contact", vec![person.to_string()]),
            Arm::LeadUnit(of) => ("lead_unit", units(of)),
            Arm::Sight(of) => ("sight", texts(of)),
            Arm::Reader(of) => ("read_by", units(of)),
            Arm::Entitled(of) => ("entitled", texts(of)),
            Arm::EntitledUnit(of) => ("entitled_unit", units(of)),
            Arm::EntitledPerson(person) => ("entitled_person", vec![person.to_string()]),
        }
    }
}

impl Access {
    /// What lets someone see cases, whichever of them are hidden from him.
    pub fn reach(&self) -> &Access {
        match self {
            Access::Except(_, inner) | Access::Confined(_, inner) => inner.reach(),
            Access::All | Access::Arms(_) => self,
        }
    }

    /// What it hides, whatever it reaches; `None` if nothing.
    pub fn hiding(&self) -> Option<Access> {
        let within = |inner: &Access| Box::new(inner.hiding().unwrap_or(Access::All));
        match self {
            Access::Except(from, inner) => Some(Access::Except(from.clone(), within(inner))),
            Access::Confined(sights, inner) => {
                Some(Access::Confined(sights.clone(), within(inner)))
            }
            Access::All | Access::Arms(_) => None,
        }
    }

    /// Adds a query for the ordinals of all hidden cases; nothing where none can be.
    pub(crate) fn hidden(&self, text: &mut Text) {
        if let Access::Except(_, inner) | Access::Confined(_, inner) = self {
            self.hidden_here(text);
            if inner.hiding().is_some() {
                text.push(" UNION ");
                inner.hidden(text);
            }
        }
    }

    /// Adds the query for what this level alone hides: few cases, and found by an index of their own.
    fn hidden_here(&self, text: &mut Text) {
        match self {
            Access::Except(from, _) => from.hidden(text),
            Access::Confined(sights, _) => sights.others(text),
            Access::All | Access::Arms(_) => {}
        }
    }

    /// Adds the condition on `cases` that a case is not hidden: ` AND …`, nothing where none can be.
    pub(crate) fn leave_out_hidden(&self, text: &mut Text) {
        if let Access::Except(_, inner) | Access::Confined(_, inner) = self {
            text.push(" AND cases.ordinal NOT IN (");
            self.hidden_here(text);
            text.push(")");
            inner.leave_out_hidden(text);
        }
    }

    /// Adds the condition on `cases` to a statement: ` AND (…)`, nothing for all.
    pub(crate) fn condition(&self, text: &mut Text) {
        self.leave_out_hidden(text);
        let Access::Arms(arms) = self.reach() else {
            return;
        };
        text.push(" AND (1 = 0");
        for arm in arms {
            let (column, values) = arm.column_and_values();
            if !values.is_empty() {
                text.push(" OR cases.")
                    .push(column)
                    .push(" IN ")
                    .list(values);
            }
        }
        text.push(")");
    }
}

impl Excluded {
    /// Adds the query for the cases that are hidden from him.
    fn hidden(&self, text: &mut Text) {
        // SQLite plans a statement anew each time for a pattern that is a parameter by itself.
        text.push("SELECT hidden.ordinal FROM cases AS hidden WHERE hidden.hidden_from IS NOT NULL AND (hidden.hidden_from LIKE '%' || ")
            .value(self.person.to_string())
            .push(" || '%'");
        if !self.bonds.is_empty() {
            text.push(" OR EXISTS (SELECT 1 FROM (VALUES ");
            for (nth, bond) in self.bonds.iter().enumerate() {
                text.push(if nth == 0 { "(" } else { ", (" })
                    .value(bond.to_string())
                    .push(")");
            }
            // Both databases call the columns of rows without names like this.
            text.push(") AS bonds WHERE hidden.hidden_from LIKE '%' || bonds.column1 || '%')");
        }
        text.push(")");
    }
}

impl Sights {
    /// Adds the query for the cases that only others see.
    fn others(&self, text: &mut Text) {
        text.push("SELECT hidden.ordinal FROM cases AS hidden WHERE hidden.sight IS NOT NULL");
        if !self.open.is_empty() {
            text.push(" AND hidden.sight NOT IN ")
                .list(texts(&self.open));
        }
        let named = [
            (&self.taken, "hidden.taker"),
            (&self.heard, "hidden.first_contact"),
        ];
        for (sights, column) in named {
            if sights.is_empty() || self.people.is_empty() {
                continue;
            }
            text.push(" AND NOT (hidden.sight IN ")
                .list(texts(sights))
                .push(" AND ")
                .push(column)
                .push(" IN ")
                .list(texts(&self.people))
                .push(")");
        }
    }
}

fn texts<T: ToString>(of: &[T]) -> Vec<String> {
    of.iter().map(ToString::to_string).collect()
}
