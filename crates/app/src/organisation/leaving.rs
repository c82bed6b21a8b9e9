//! Leaving and coming back (离职、复职). Whoever leaves can do nothing more from that moment on; the open cases are handed on
//! one by one, each by a command of its own, and what an interruption left over is handed on at the next look.

use std::collections::BTreeMap;

use huiyin_case::command::{Act, Command};
use huiyin_case::id::{CaseId, PersonId, UnitId};
use huiyin_case::limits::NOTE_CHARS_MAX;
use huiyin_case::organisation::{Organisation, Person, Unit};
use huiyin_case::refusal::Rule;
use huiyin_case::state::Stage;
use huiyin_store::{Access, Account, CaseRow, Change, Filter, Leaving, Order, PageRequest};
use jiff::SignedDuration;

use super::{Planned, Seen, Told, Unsuitable, require_seen};
use crate::app::App;
use crate::commands::Start;
use crate::error::Error;
use crate::principal::Principal;

/// Cases read at a time.
const BATCH: u32 = 200;
/// Cases shown of those that somebody holds.
const SHOWN_MAX: u32 = 200;
/// So long it is looked again whether a command that was under way has left a case with whoever left.
const SETTLES_AFTER: SignedDuration = SignedDuration::from_mins(2);
/// How often the hand-over of one case is decided anew when somebody else was faster.
const TRIES_MAX: usize = 5;

/// How somebody leaves.
#[derive(Debug, Clone)]
pub struct LeaveRequest {
    /// Who gets the open cases; `None`: the lists they came from.
    pub to: Option<PersonId>,
    /// Who gets which case, where it is another.
    pub cases: BTreeMap<CaseId, Option<PersonId>>,
    /// Why; it stands in the record of each case.
    pub reason: String,
}

/// What somebody still holds.
#[derive(Debug)]
pub struct Holdings {
    /// The open cases, the tightest deadline first; at most 200.
    pub cases: Vec<CaseRow>,
    /// How many there are, up to [`huiyin_store::COUNT_MAX`].
    pub total: u64,
    /// The units the person heads.
    pub heads: Vec<UnitId>,
    /// Whether nobody else could administer.
    pub last_administrator: bool,
}

/// What became of the cases of somebody who left.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HandedOver {
    /// Handed on as asked.
    pub as_asked: u64,
    /// Handed back to their lists, because the successor may not do what they wait for.
    pub back: u64,
    /// Not handed on yet; that is tried again.
    pub left: u64,
}

impl App {
    /// What a person still holds.
    ///
    /// # Errors
    /// [`Error::NotFound`] for nobody who works here; [`Error::Forbidden`] unless the caller administers.
    pub async fn holdings(
        &self,
        principal: &Principal,
        person: PersonId,
    ) -> Result<Holdings, Error> {
        self.require_administrator(principal)?;
        let seen = Seen {
            roster: self.store().roster().await?,
            accounts: self.store().accounts().await?,
        };
        let organisation = &seen.roster.organisation;
        organisation.active(person).ok_or(Error::NotFound)?;
        let held = held_by(person);
        let counts = self
            .store()
            .counts(&Access::All, std::slice::from_ref(&held))
            .await?;
        Ok(Holdings {
            cases: self.held(&held, SHOWN_MAX).await?,
            total: counts.first().copied().unwrap_or_default().into(),
            heads: headed(organisation, person).map(|(id, _)| id).collect(),
            last_administrator: seen.is_last_administrator(person),
        })
    }

    /// Lets a person leave: sessions, deputies, absences and unused links end at once, then the open cases are handed on.
    /// Whoever has left already leaves as before.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Changed`] if somebody else has changed the person since; [`Error::Unsuitable`].
    pub async fn leave(
        &self,
        principal: &Principal,
        person: PersonId,
        seen_revision: u32,
        request: LeaveRequest,
    ) -> Result<HandedOver, Error> {
        self.require_administrator(principal)?;
        let reason = request.reason.trim().to_owned();
        if reason.is_empty() || reason.chars().count() > NOTE_CHARS_MAX {
            return Err(Unsuitable::Reason.into());
        }
        let leaving = Leaving {
            person,
            successor: request.to,
            cases: request.cases,
            reason,
            asked_by: principal.person,
            asked_at: self.now(),
        };
        let told = Told {
            by: principal,
            action: "leave",
            detail: format!("person={person}"),
        };
        self.change_organisation(told, |seen| plan_leaving(seen, seen_revision, &leaving))
            .await?;
        self.finish_leaving(&leaving).await
    }

    /// Lets a person who left come back. The account stays closed until a new link opens it.
    ///
    /// # Errors
    /// As [`App::leave`].
    pub async fn come_back(
        &self,
        principal: &Principal,
        person: PersonId,
        seen_revision: u32,
    ) -> Result<u32, Error> {
        self.require_administrator(principal)?;
        let told = Told {
            by: principal,
            action: "come_back",
            detail: format!("person={person}"),
        };
        self.change_organisation(told, |seen| {
            let organisation = &seen.roster.organisation;
            let current = seen.roster.persons.get(&person);
            let known = organisation.persons.get(&person).ok_or(Error::NotFound)?;
            if known.active {
                return Ok(Planned::Nothing(current.copied().unwrap_or(1)));
            }
            require_seen(seen_revision, current)?;
            if organisation.open(known.unit).is_none() {
                return Err(Unsuitable::Unit.into());
            }
            let back = Person {
                active: true,
                ..known.clone()
            };
            let changes = vec![Change::Person(person, back), Change::Return(person)];
            Ok(Planned::Changes(changes, seen_revision + 1))
        })
        .await
    }

    /// Hands on what is left with people who left: after an interruption, or after a command that was under way.
    ///
    /// # Errors
    /// When the database can't be read.
    pub(crate) async fn finish_leavings(&self) -> Result<(), Error> {
        if self.read_only().is_some() {
            return Ok(());
        }
        for leaving in self.store().leavings().await? {
            self.finish_leaving(&leaving).await?;
        }
        Ok(())
    }

    async fn finish_leaving(&self, leaving: &Leaving) -> Result<HandedOver, Error> {
        let mut handed = HandedOver::default();
        let mut stuck: Vec<CaseId> = Vec::new();
        let held = held_by(leaving.person);
        loop {
            let more = u32::try_from(stuck.len()).unwrap_or(BATCH);
            let rows = self.held(&held, BATCH.saturating_add(more)).await?;
            let fresh: Vec<CaseId> = rows
                .iter()
                .map(|row| row.case)
                .filter(|case| !stuck.contains(case))
                .collect();
            if fresh.is_empty() {
                break;
            }
            for case in fresh {
                let to = leaving.cases.get(&case).copied();
                let to = to.unwrap_or(leaving.successor);
                match self.hand_over(leaving, case, to).await {
                    Ok(true) => handed.as_asked += 1,
                    Ok(false) => handed.back += 1,
                    Err(error) => {
                        tracing::error!(
                            error = &error as &dyn std::error::Error,
                            %case,
                            "a case could not be handed on from a person who left"
                        );
                        stuck.push(case);
                    }
                }
            }
        }
        handed.left = u64::try_from(stuck.len()).unwrap_or(u64::MAX);
        let settled = self.now().duration_since(leaving.asked_at) >= SETTLES_AFTER;
        if stuck.is_empty() && settled {
            let now = self.now();
            self.store().leaving_done(leaving.person, now).await?;
        }
        Ok(handed)
    }

    /// Hands one case on, to its list where the successor may not have it. Whether it went as asked.
    async fn hand_over(
        &self,
        leaving: &Leaving,
        case: CaseId,
        to: Option<PersonId>,
    ) -> Result<bool, Error> {
        match self.try_hand_over(leaving, case, to).await {
            Err(Error::Refused(refused))
                if refused.refusal.rule == Rule::SuccessorNotPossible && to.is_some() =>
            {
                self.try_hand_over(leaving, case, None).await?;
                Ok(false)
            }
            // Somebody has taken it meanwhile.
            Err(Error::Refused(refused)) if refused.refusal.rule == Rule::NotHeldBy => Ok(true),
            done => done.map(|()| true),
        }
    }

    async fn try_hand_over(
        &self,
        leaving: &Leaving,
        case: CaseId,
        to: Option<PersonId>,
    ) -> Result<(), Error> {
        let command = Command {
            actor: leaving.asked_by.into(),
            acting_for: None,
            occurred: None,
            act: Act::HandOver {
                from: leaving.person,
                to,
                reason: leaving.reason.clone(),
            },
        };
        let mut tries = 0;
        loop {
            let (state, version) = self.load(case).await?;
            let from = Start::at(state);
            let done = self.carry_out(case, &version, from, &command, None).await;
            tries += 1;
            match done {
                Err(Error::Conflict { .. }) if tries < TRIES_MAX => {}
                done => return done.map(drop),
            }
        }
    }

    async fn held(&self, held: &Filter, rows_max: u32) -> Result<Vec<CaseRow>, Error> {
        let page = PageRequest {
            order: Order::TightestDue,
            after: None,
            rows_max,
        };
        Ok(self.store().list(&Access::All, held, page).await?.rows)
    }
}

fn held_by(person: PersonId) -> Filter {
    Filter {
        stage: Some(Stage::Open),
        holder_person: Some(person),
        ..Filter::default()
    }
}

fn headed(organisation: &Organisation, person: PersonId) -> impl Iterator<Item = (UnitId, &Unit)> {
    let units = organisation.units.iter().map(|(&id, unit)| (id, unit));
    units.filter(move |(_, unit)| unit.head == Some(person))
}

fn plan_leaving(seen: &Seen, seen_revision: u32, leaving: &Leaving) -> Result<Planned<()>, Error> {
    let organisation = &seen.roster.organisation;
    let person = leaving.person;
    let known = organisation.persons.get(&person).ok_or(Error::NotFound)?;
    if !known.active {
        return Ok(Planned::Nothing(()));
    }
    require_seen(seen_revision, seen.roster.persons.get(&person))?;
    if seen.is_last_administrator(person) {
        return Err(Unsuitable::LastAdministrator.into());
    }
    let mut successors = leaving.cases.values().chain([&leaving.successor]).flatten();
    let usable = |to: &PersonId| *to != person && organisation.active(*to).is_some();
    if !successors.all(usable) {
        return Err(Unsuitable::Person.into());
    }
    let gone = Person {
        active: false,
        ..known.clone()
    };
    let mut changes = vec![
        Change::Person(person, gone),
        Change::Leaving(leaving.clone()),
    ];
    changes.extend(headed(organisation, person).map(|(id, unit)| {
        let unit = Unit {
            head: None,
            ..unit.clone()
        };
        Change::Unit(id, unit)
    }));
    let accounts = seen
        .accounts
        .iter()
        .filter(|one| one.person == Some(person));
    changes.extend(accounts.map(|account| {
        Change::Account(Account {
            active: false,
            ..account.clone()
        })
    }));
    Ok(Planned::Changes(changes, ()))
}
