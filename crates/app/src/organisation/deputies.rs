//! Deputies (代理) and absences (休假), kept by the person or by an administrator.

use std::collections::BTreeSet;

use huiyin_case::deputy::{Absence, Days, Deputy, Scope};
use huiyin_case::id::{AbsenceId, DeputyId, PersonId};
use huiyin_case::organisation::Organisation;
use huiyin_policy::model::PositionId;
use huiyin_store::Change;
use jiff::civil::Date;

use super::{Planned, Told, Unsuitable};
use crate::app::App;
use crate::commands::Key;
use crate::error::Error;
use crate::ids;
use crate::principal::Principal;

/// Longest span of an absence or of a deputy's right, in days.
pub const DAYS_MAX: i32 = 366;
/// Most deputies, and most absences, a person has at a time, coming ones included.
pub const PER_PERSON_MAX: usize = 30;

/// A deputy as somebody wants one.
#[derive(Debug, Clone)]
pub struct DeputyWanted {
    /// Who acts.
    pub by: PersonId,
    /// On which days.
    pub days: Days,
    /// For this position only; `None` for all.
    pub position: Option<PositionId>,
}

/// Who acts for a person, and when the person is away, from today on.
#[derive(Debug, Clone, Default)]
pub struct Away {
    /// Deputies, the first days first.
    pub deputies: Vec<Deputy>,
    /// Absences, the first days first.
    pub absences: Vec<Absence>,
}

impl App {
    /// Today, in the calendar's zone.
    pub fn today(&self) -> Date {
        self.calendar().date_of(self.now())
    }

    /// Who acts for a person and when the person is away, from today on.
    ///
    /// # Errors
    /// [`Error::NotFound`] for nobody who works here; [`Error::Forbidden`] for another's unless one administers.
    pub fn away(&self, principal: &Principal, person: PersonId) -> Result<Away, Error> {
        self.require_own(principal, person)?;
        Ok(away(&self.directory().organisation, person, self.today()))
    }

    /// Lets somebody act for a person. The same key does it once.
    ///
    /// # Errors
    /// As [`App::away`]; [`Error::Unsuitable`].
    pub async fn add_deputy(
        &self,
        principal: &Principal,
        of: PersonId,
        wanted: DeputyWanted,
        key: &Key,
    ) -> Result<DeputyId, Error> {
        self.require_own(principal, of)?;
        let today = self.today();
        let id = DeputyId::new(ids::of_key(principal.person, "deputy", key));
        let deputy = Deputy {
            id,
            of,
            by: wanted.by,
            days: wanted.days,
            scope: wanted.position.map_or(Scope::All, |position| {
                Scope::Positions(BTreeSet::from([position]))
            }),
        };
        let told = Told {
            by: principal,
            action: "add_deputy",
            detail: told_of(&deputy),
        };
        self.change_organisation(told, |seen| {
            let organisation = &seen.roster.organisation;
            if let Some(known) = organisation.deputies.iter().find(|one| one.id == id) {
                return same(*known == deputy, id);
            }
            usable(organisation, &deputy)?;
            require_days(deputy.days, today)?;
            require_room(away(organisation, of, today).deputies.len())?;
            Ok(Planned::Changes(vec![Change::Deputy(deputy.clone())], id))
        })
        .await
    }

    /// Takes a deputy's right back, from now on. One that is not there is taken back already.
    ///
    /// # Errors
    /// As [`App::away`].
    pub async fn end_deputy(
        &self,
        principal: &Principal,
        of: PersonId,
        id: DeputyId,
    ) -> Result<(), Error> {
        self.require_own(principal, of)?;
        let told = Told {
            by: principal,
            action: "end_deputy",
            detail: format!("person={of} deputy={id}"),
        };
        self.change_organisation(told, |seen| {
            let mut known = seen.roster.organisation.deputies.iter();
            Ok(if known.any(|one| one.id == id && one.of == of) {
                Planned::Changes(vec![Change::EndDeputy(id)], ())
            } else {
                Planned::Nothing(())
            })
        })
        .await
    }

    /// Notes that a person is away. The same key does it once.
    ///
    /// # Errors
    /// As [`App::away`]; [`Error::Unsuitable`].
    pub async fn add_absence(
        &self,
        principal: &Principal,
        person: PersonId,
        days: Days,
        key: &Key,
    ) -> Result<AbsenceId, Error> {
        self.require_own(principal, person)?;
        let today = self.today();
        let id = AbsenceId::new(ids::of_key(principal.person, "absence", key));
        let absence = Absence { id, person, days };
        let told = Told {
            by: principal,
            action: "add_absence",
            detail: format!("person={person} from={} to={}", days.from, days.to),
        };
        self.change_organisation(told, |seen| {
            let organisation = &seen.roster.organisation;
            if let Some(known) = organisation.absences.iter().find(|one| one.id == id) {
                return same(*known == absence, id);
            }
            require_days(days, today)?;
            require_room(away(organisation, person, today).absences.len())?;
            Ok(Planned::Changes(vec![Change::Absence(absence.clone())], id))
        })
        .await
    }

    /// Takes an absence back. One that is not there is taken back already.
    ///
    /// # Errors
    /// As [`App::away`].
    pub async fn end_absence(
        &self,
        principal: &Principal,
        person: PersonId,
        id: AbsenceId,
    ) -> Result<(), Error> {
        self.require_own(principal, person)?;
        let told = Told {
            by: principal,
            action: "end_absence",
            detail: format!("person={person} absence={id}"),
        };
        self.change_organisation(told, |seen| {
            let mut known = seen.roster.organisation.absences.iter();
            Ok(if known.any(|one| one.id == id && one.person == person) {
                Planned::Changes(vec![Change::EndAbsence(id)], ())
            } else {
                Planned::Nothing(())
            })
        })
        .await
    }

    /// One keeps one's own deputies and absences; administrators keep everybody's.
    fn require_own(&self, principal: &Principal, person: PersonId) -> Result<(), Error> {
        if principal.person != person {
            self.require_administrator(principal)?;
        }
        match self.directory().organisation.active(person) {
            Some(_) => Ok(()),
            None => Err(Error::NotFound),
        }
    }
}

/// What stands from a day on.
pub(crate) fn away(organisation: &Organisation, person: PersonId, today: Date) -> Away {
    let deputies = organisation.deputies.iter();
    let absences = organisation.absences.iter();
    Away {
        deputies: deputies
            .filter(|one| one.of == person && one.days.to >= today)
            .cloned()
            .collect(),
        absences: absences
            .filter(|one| one.person == person && one.days.to >= today)
            .cloned()
            .collect(),
    }
}

fn same<Id>(is_same: bool, id: Id) -> Result<Planned<Id>, Error> {
    if is_same {
        Ok(Planned::Nothing(id))
    } else {
        Err(Error::KeyReused)
    }
}

/// A deputy works here and is somebody else, and a position is one that the person holds.
fn usable(organisation: &Organisation, deputy: &Deputy) -> Result<(), Error> {
    if deputy.by == deputy.of {
        return Err(Unsuitable::OwnDeputy.into());
    }
    if organisation.active(deputy.by).is_none() {
        return Err(Unsuitable::Person.into());
    }
    let held = organisation.active(deputy.of).ok_or(Error::NotFound)?;
    match &deputy.scope {
        Scope::Positions(positions) if !positions.is_subset(&held.positions) => {
            Err(Unsuitable::Position.into())
        }
        _ => Ok(()),
    }
}

fn require_days(days: Days, today: Date) -> Result<(), Error> {
    let long = (days.to - days.from).get_days();
    if days.to < days.from || days.to < today || long >= DAYS_MAX {
        return Err(Unsuitable::Days.into());
    }
    Ok(())
}

fn require_room(there: usize) -> Result<(), Error> {
    if there >= PER_PERSON_MAX {
        return Err(Unsuitable::TooMany.into());
    }
    Ok(())
}

fn told_of(deputy: &Deputy) -> String {
    let Deputy { of, by, days, .. } = deputy;
    let scope = match &deputy.scope {
        Scope::All => "all".to_owned(),
        Scope::Positions(positions) => positions
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" "),
    };
    format!(
        "person={of} deputy={by} from={} to={} scope={scope}",
        days.from, days.to
    )
}
