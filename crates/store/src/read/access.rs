//! Who sees which cases, compiled into every query.

use huiyin_case::event::Roles;
use huiyin_case::id::{PersonId, UnitId};

use crate::statement::Text;

/// Which cases someone may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// All.
    All,
    /// Those that any of the arms reaches; none without arms.
    Arms(Vec<Arm>),
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
    /// Adds the condition on `cases` to a statement: ` AND (…)`, nothing for all.
    pub(crate) fn condition(&self, text: &mut Text) {
        let Access::Arms(arms) = self else { return };
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
