//! Who sees which cases, compiled into every query.

use huiyin_case::event::Roles;
use huiyin_case::id::{PersonId, UnitId};

use crate::statement::Text;

/// The cases hidden from a person, up to a pattern with his id: few, and found by an index of their own.
pub(super) const HIDDEN: &str = "SELECT hidden.ordinal FROM cases AS hidden WHERE hidden.hidden_from IS NOT NULL AND hidden.hidden_from LIKE ";

/// Which cases someone may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// All.
    All,
    /// Those that any of the arms reaches; none without arms.
    Arms(Vec<Arm>),
    /// Those of the other, without those that are hidden from this person.
    Except(PersonId, Box<Access>),
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
}

impl Arm {
    /// The column it looks at, and the values it looks for.
    pub(crate) fn column_and_values(&self) -> (&'static str, Vec<String>) {
        let units = |units: &[UnitId]| units.iter().map(ToString::to_string).collect();
        match self {
            Arm::HolderUnit(of) => ("holder_unit", units(of)),
            Arm::HolderRole(of) => ("holder_role", of.iter().map(ToString::to_string).collect()),
            Arm::HolderPerson(person) => ("holder_person", vec![person.to_string()]),
            Arm::Taker(person) => ("taker", vec![person.to_string()]),
            Arm::FirstContact(person) => ("first_contact", vec![person.to_string()]),
            Arm::LeadUnit(of) => ("lead_unit", units(of)),
        }
    }
}

impl Access {
    /// What lets someone see cases, whichever of them are hidden from him.
    pub fn reach(&self) -> &Access {
        match self {
            Access::Except(_, inner) => inner.reach(),
            Access::All | Access::Arms(_) => self,
        }
    }

    /// What it hides, whatever it reaches; `None` if nothing.
    pub(crate) fn hiding(&self) -> Option<Access> {
        match self {
            Access::Except(person, inner) => Some(Access::Except(
                *person,
                Box::new(inner.hiding().unwrap_or(Access::All)),
            )),
            Access::All | Access::Arms(_) => None,
        }
    }

    /// Adds the condition that a case is not hidden: ` AND …` on its ordinal in this column, nothing where none can be.
    pub(crate) fn leave_out_hidden(&self, ordinal: &'static str, text: &mut Text) {
        if let Access::Except(person, inner) = self {
            text.push(" AND ")
                .push(ordinal)
                .push(" NOT IN (")
                .push(HIDDEN)
                .value(format!("%{person}%"))
                .push(")");
            inner.leave_out_hidden(ordinal, text);
        }
    }

    /// Adds the condition on `cases` to a statement: ` AND (…)`, nothing for all.
    pub(crate) fn condition(&self, text: &mut Text) {
        self.leave_out_hidden("cases.ordinal", text);
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
