//! Units, people, deputies and absences as they are sent.

use std::collections::BTreeSet;

use huiyin_app::account::AccountLine;
use huiyin_app::organisation::deputies::Away;
use huiyin_app::organisation::leaving::Holdings;
use huiyin_app::{AccountRole, App, Directory};
use huiyin_case::deputy::{Deputy, Scope};
use huiyin_case::id::{PersonId, UnitId};
use huiyin_case::organisation::Organisation;
use huiyin_policy::model::PositionId;
use huiyin_texts::Lang;

use super::{names, row};
use crate::dto::form::{Named, pick};
use crate::dto::organisation::{
    AbsenceView, ActsFor, AwayView, DeputyView, HeldCase, HoldingsView, OrganisationView,
    PersonView, UnitView,
};

/// The whole organisation with its accounts.
pub(crate) fn organisation(app: &App, accounts: &[AccountLine], lang: Lang) -> OrganisationView {
    let directory = app.directory();
    let organisation = &directory.organisation;
    let positions = Positions::of(app, lang);
    let units = organisation.units.iter().map(|(&id, unit)| UnitView {
        id: id.to_string(),
        name: unit.name.clone(),
        parent: unit.parent.map(|parent| parent.to_string()),
        head: unit.head.map(|head| head.to_string()),
        head_name: unit.head.map(|head| names::person_name(&directory, head)),
        closed: unit.closed,
        revision: directory.unit_revisions.get(&id).copied().unwrap_or(1),
    });
    let people = organisation.persons.iter().map(|(&id, known)| {
        let account = accounts.iter().find(|account| account.person == id);
        let roles = account.into_iter().flat_map(|account| &account.roles);
        PersonView {
            person: names::person(&directory, id),
            positions: positions.named(&known.positions),
            active: known.active,
            revision: directory.person_revisions.get(&id).copied().unwrap_or(1),
            login: account.map(|account| account.login.clone()),
            account_open: account.is_some_and(|account| account.open),
            roles: roles.map(AccountRole::to_string).collect(),
            absent_until: absent_until(app, organisation, id),
            deputies: organisation
                .deputies_of(id, app.today())
                .into_iter()
                .map(|deputy| names::person_name(&directory, deputy))
                .collect(),
        }
    });
    OrganisationView {
        units: units.collect(),
        people: people.collect(),
        positions: positions.0.clone(),
    }
}

/// The last day of a person's present absence.
pub(crate) fn absent_until(
    app: &App,
    organisation: &Organisation,
    person: PersonId,
) -> Option<String> {
    let until = organisation.absent_until(person, app.today());
    until.map(|day| day.to_string())
}

/// Who acts for a person, and when the person is away.
pub(crate) fn away(app: &App, person: PersonId, away: &Away, lang: Lang) -> AwayView {
    let directory = app.directory();
    let positions = Positions::of(app, lang);
    let today = app.today();
    let held = directory.organisation.active(person);
    let deputies = away.deputies.iter().map(|deputy| DeputyView {
        id: deputy.id.to_string(),
        by: names::person(&directory, deputy.by),
        from: deputy.days.from.to_string(),
        to: deputy.days.to.to_string(),
        position: positions.of_scope(&deputy.scope).into_iter().next(),
        now: deputy.days.include(today),
    });
    let absences = away.absences.iter().map(|absence| AbsenceView {
        id: absence.id.to_string(),
        from: absence.days.from.to_string(),
        to: absence.days.to.to_string(),
        now: absence.days.include(today),
    });
    AwayView {
        person: names::person(&directory, person),
        positions: held
            .map(|held| positions.named(&held.positions))
            .unwrap_or_default(),
        deputies: deputies.collect(),
        absences: absences.collect(),
    }
}

/// For whom a person may act today.
pub(crate) fn acts_for(app: &App, person: PersonId, lang: Lang) -> Vec<ActsFor> {
    let directory = app.directory();
    let organisation = &directory.organisation;
    let positions = Positions::of(app, lang);
    let today = app.today();
    let rights = organisation.rights(person, today).into_iter();
    rights
        .map(|right| {
            let holds = |deputy: &&Deputy| {
                deputy.of == right.person && deputy.by == person && deputy.days.include(today)
            };
            let deputies = organisation.deputies.iter().filter(holds);
            let until = deputies.map(|deputy| deputy.days.to).max().unwrap_or(today);
            ActsFor {
                person: names::person(&directory, right.person),
                until: until.to_string(),
                positions: positions.of_scope(&right.scope),
            }
        })
        .collect()
}

/// What somebody still holds.
pub(crate) fn holdings(app: &App, holdings: &Holdings, lang: Lang) -> HoldingsView {
    let directory = app.directory();
    let rows = row::rows(app, &holdings.cases, lang).into_iter();
    let cases = rows.map(|row| HeldCase {
        id: row.id,
        number: row.number,
        kind_title: row.kind_title,
        step_title: row.step_title,
        due: row.due,
    });
    HoldingsView {
        cases: cases.collect(),
        total: holdings.total,
        heads: unit_names(&directory, &holdings.heads),
        last_administrator: holdings.last_administrator,
    }
}

fn unit_names(directory: &Directory, units: &[UnitId]) -> Vec<String> {
    let names = units.iter().map(|&unit| names::unit_name(directory, unit));
    names.collect()
}

/// The positions there are, with their titles.
struct Positions(Vec<Named>);

impl Positions {
    fn of(app: &App, lang: Lang) -> Self {
        let known = app.positions().into_iter().map(|(id, title)| Named {
            title: title.map_or_else(|| id.to_string(), |title| pick(&title, lang)),
            id: id.to_string(),
        });
        Self(known.collect())
    }

    fn named(&self, held: &BTreeSet<PositionId>) -> Vec<Named> {
        let held = self
            .0
            .iter()
            .filter(|one| held.iter().any(|held| held.as_str() == one.id));
        held.cloned().collect()
    }

    fn of_scope(&self, scope: &Scope) -> Vec<Named> {
        match scope {
            Scope::All => Vec::new(),
            Scope::Positions(positions) => self.named(positions),
        }
    }
}
