//! Having open cases go on under a newer version of their policy (P1.16), one by one or all of a policy.
//!
//! A supervisor decides it of a case that he sees, whoever keeps the policies of all cases together. It is a right of accounts and not one
//! of a policy: there are two of them here, and neither has a say in what the other one asks.
//!
//! A case that has moved between units keeps its version, too; which adoption of the policy it goes on under is decided in the same way.

use futures_util::{StreamExt, stream};
use huiyin_case::command::{Act, Command};
use huiyin_case::decide::migrate::{Migration, Unmigratable, migration};
use huiyin_case::id::CaseId;
use huiyin_case::misfit::Misfit;
use huiyin_case::state::{CaseState, Stage};
use huiyin_case::{Context, Recorded, Refusal, Rule};
use huiyin_policy::model::{KindId, PolicyId};
use huiyin_store::KeptUnder;

use crate::app::App;
use crate::authorise::Action;
use crate::commands::{Done, Key, SYSTEM_TRIES_MAX, Start, refused};
use crate::error::Error;
use crate::once::request_hash;
use crate::principal::Principal;
use crate::progress::Progress;
use crate::shelf::{Standing, Version};

/// Cases asked for in one statement.
const CASES_AT_ONCE: u32 = 200;
/// Cases migrated at a time.
const CASES_AT_A_TIME: usize = 32;

/// A case to be migrated.
#[derive(Debug, Clone)]
pub struct MigrateRequest {
    /// The case.
    pub case: CaseId,
    /// Its last event that the caller saw.
    pub seen_seq: u32,
    /// The version it is to keep from now on.
    pub to: u32,
    /// Why.
    pub reason: String,
    /// The caller's key.
    pub key: Key,
}

/// What migrating a case would come to.
#[derive(Debug, Clone)]
pub struct MigrationPreview {
    /// The case as it is.
    pub state: CaseState,
    /// The version it keeps.
    pub from: Version,
    /// The version it would keep.
    pub to: Version,
    /// What it comes to, or everything that does not fit.
    pub outcome: Result<Migration, Vec<Misfit>>,
}

/// What migrating all open cases of a policy came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Migrated {
    /// Cases that keep the version now, or would.
    pub migrated: u64,
    /// Those that stay as they are.
    pub left: Vec<Left>,
}

/// A case that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Its number.
    pub number: String,
    /// Its kind.
    pub kind: KindId,
    /// The version it keeps.
    pub version: u32,
    /// Everything that does not fit.
    pub misfits: Vec<Misfit>,
}

impl App {
    /// The version in force where the case belongs now, if the caller could migrate the case to it.
    pub fn could_migrate_to(&self, principal: &Principal, state: &CaseState) -> Option<Version> {
        let open = state.stage == Stage::Open && state.imported.is_none();
        if !open || !self.may(principal, Action::Migrate) {
            return None;
        }
        let shelf = self.shelf();
        let from = shelf.version(&state.opening.policy, state.version)?;
        let to = self.in_force_for(state)?;
        shelf.is_newer(&to, from).then_some(to)
    }

    /// The version under which the case would be taken in now by the unit that answers for it, or else by that of its taker.
    fn in_force_for(&self, state: &CaseState) -> Option<Version> {
        let (shelf, directory) = (self.shelf(), self.directory());
        let organisation = &directory.organisation;
        let taker = state.opening.taker;
        let taker = taker.and_then(|taker| organisation.persons.get(&taker));
        let unit = state.lead_unit.or(taker.map(|taker| taker.unit));
        let today = self.today();
        shelf
            .in_force_at(&state.opening.policy, unit, (organisation, today))
            .cloned()
    }

    /// What migrating a case to a version, or else the one in force, would come to. Nothing is written.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a case that the caller may not see, or a version that is not there, whose day has not come or that is
    /// stopped; [`Error::Forbidden`] without the right;
    /// [`Error::Refused`] for a case that has ended, or a version that is not newer.
    pub async fn migration(
        &self,
        principal: &Principal,
        case: CaseId,
        to: Option<u32>,
    ) -> Result<MigrationPreview, Error> {
        let (state, from, history) = self.load_with_history(case).await?;
        self.require_sight(principal, Action::Migrate, case, &state)
            .await?;
        let to = match to {
            Some(to) => self.version_to(&state.opening.policy, to)?,
            None => self.in_force_for(&state).ok_or(Error::NotFound)?,
        };
        let outcome = self.plan(&from, &to, &history)?;
        Ok(MigrationPreview {
            state,
            from,
            to,
            outcome,
        })
    }

    /// Migrates a case.
    ///
    /// # Errors
    /// As [`App::migration`]; [`Error::Conflict`] if the case has changed since; [`Error::Refused`] with everything that does not fit.
    pub async fn migrate(
        &self,
        principal: &Principal,
        request: MigrateRequest,
    ) -> Result<Done, Error> {
        let once = self.once(
            principal.person.to_string(),
            request.key.clone(),
            request_hash(&request),
        );
        let (state, from, history) = self.load_with_history(request.case).await?;
        self.require_sight(principal, Action::Migrate, request.case, &state)
            .await?;
        if let Some(done) = self.moved_on(&state, request.seen_seq, &once).await? {
            return Ok(done);
        }
        let to = self.version_to(&state.opening.policy, request.to)?;
        let plan = self.plan(&from, &to, &history)?;
        let plan = plan.map_err(|misfits| refused(has_no_place(misfits), &from))?;
        self.record_keeping(principal, "migrate_case", request.case, "")
            .await?;
        let command = migrate(principal, plan, request.reason);
        self.carry_out(request.case, &to, Start::at(state), &command, Some(once))
            .await
    }

    /// Migrates every open case of a policy that keeps an older version, or without a reason says what would become of them. What
    /// does not fit stays as it is. A case under what a unit has adopted goes on under what the unit has adopted of that version. To what
    /// a unit has adopted, only the cases that keep an earlier adoption of it, or belong to it now, are migrated. `progress` hears how
    /// many cases there are, and of each that was looked at.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the right; [`Error::NotFound`] for a version that is not there; when the database can't be read or
    /// written.
    pub async fn migrate_all(
        &self,
        principal: &Principal,
        (policy, to): (&PolicyId, u32),
        reason: Option<&str>,
        progress: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<Migrated, Error> {
        if !self.may(principal, Action::Administer) {
            return Err(Error::Forbidden);
        }
        let to = &self.version_to(policy, to)?;
        let mut migrated = Migrated::default();
        let shelf = self.shelf();
        let versions = shelf.numbered(policy).iter();
        for from in versions.filter(|from| from.version != to.version) {
            let kept = KeptUnder {
                policy: policy.clone(),
                version: from.version,
                since: None,
                before: None,
                stage: Some(Stage::Open),
            };
            progress(Progress::Total(self.store().count_kept_under(&kept).await?));
            let mut after = 0;
            loop {
                let cases = self.store().kept_under(&kept, after, CASES_AT_ONCE).await?;
                let Some((_, last)) = cases.last() else {
                    break;
                };
                after = *last;
                // What waits at the same time is written with one sync; the order stays that of the log.
                let cases = cases.into_iter();
                let asked = cases.map(|(case, _)| self.migrate_one(principal, (case, to), reason));
                let mut answers = stream::iter(asked).buffered(CASES_AT_A_TIME);
                while let Some(answer) = answers.next().await {
                    match answer? {
                        One::Ended | One::Elsewhere => {}
                        One::Migrated => migrated.migrated += 1,
                        One::Left(left) => migrated.left.push(left),
                    }
                    progress(Progress::Done);
                }
            }
        }
        Ok(migrated)
    }

    /// One of many.
    async fn migrate_one(
        &self,
        principal: &Principal,
        (case, to): (CaseId, &Version),
        reason: Option<&str>,
    ) -> Result<One, Error> {
        let mut tries = 0;
        loop {
            let (state, from, history) = self.load_with_history(case).await?;
            let Some(to) = &self.of_line(&state, &from, to) else {
                return Ok(One::Elsewhere);
            };
            let plan = match self.plan(&from, to, &history) {
                Err(Error::Refused(_)) => return Ok(One::Ended),
                plan => plan?,
            };
            let plan = match plan {
                Err(misfits) => {
                    return Ok(One::Left(Left {
                        number: state.number.unwrap_or_default(),
                        kind: state.opening.kind,
                        version: from.version,
                        misfits,
                    }));
                }
                Ok(plan) => plan,
            };
            let Some(reason) = reason else {
                return Ok(One::Migrated);
            };
            let command = migrate(principal, plan, reason.to_owned());
            tries += 1;
            let done = self.carry_out(case, to, Start::at(state), &command, None);
            match done.await {
                Err(Error::Conflict { .. }) if tries < SYSTEM_TRIES_MAX => {}
                done => return done.map(|_| One::Migrated),
            }
        }
    }

    /// Under which version a case goes on when all that keep an older one than `to` are migrated; `None` if it is not among these.
    fn of_line(&self, state: &CaseState, from: &Version, to: &Version) -> Option<Version> {
        let shelf = self.shelf();
        let policy = &to.policy.id;
        let to = match (from.unit(), to.unit()) {
            (from, to_unit) if from == to_unit => to.clone(),
            (Some(unit), None) => {
                let adopted = shelf.adopted_of((policy, to.version), unit, self.today());
                adopted.unwrap_or(to).clone()
            }
            (_, unit) => {
                let now = self.in_force_for(state)?;
                (now.unit() == unit).then(|| to.clone())?
            }
        };
        shelf.is_newer(&to, from).then_some(to)
    }

    /// A version that has come into force and is not stopped.
    fn version_to(&self, policy: &PolicyId, version: u32) -> Result<Version, Error> {
        let shelf = self.shelf();
        let found = shelf.version(policy, version).filter(|found| {
            let standing = shelf.standing(found, self.today());
            matches!(standing, Standing::InForce | Standing::Earlier) && !found.ends_adoption()
        });
        found.cloned().ok_or(Error::NotFound)
    }

    /// What migrating comes to, or everything that does not fit.
    fn plan(
        &self,
        from: &Version,
        to: &Version,
        history: &[Recorded],
    ) -> Result<Result<Migration, Vec<Misfit>>, Error> {
        let (shelf, directory) = (self.shelf(), self.directory());
        let context = Context {
            policy: &to.policy,
            policy_version: to.version,
            calendar: to.calendar(),
            organisation: &directory.organisation,
            now: self.now(),
        };
        let versions = |version| shelf.policy(&from.policy.id, version);
        let not_newer = || Err(refused(Rule::NotNewer(to.version).into(), from));
        match migration(&versions, &context, history) {
            Ok(_) | Err(Unmigratable::Misfits(_)) if !shelf.is_newer(to, from) => not_newer(),
            Ok(plan) => Ok(Ok(plan)),
            Err(Unmigratable::Misfits(misfits)) => Ok(Err(misfits.into_iter().collect())),
            Err(Unmigratable::Ended) => Err(refused(Rule::CaseEnded.into(), from)),
            Err(Unmigratable::NotNewer) => not_newer(),
            Err(Unmigratable::NoHistory(error)) => Err(error.into()),
        }
    }
}

/// What came of one of many.
enum One {
    /// It keeps the version now, or would.
    Migrated,
    /// It stays as it is.
    Left(Left),
    /// It has ended meanwhile.
    Ended,
    /// It is not among those that are migrated.
    Elsewhere,
}

fn migrate(principal: &Principal, plan: Migration, reason: String) -> Command {
    Command {
        actor: principal.person.into(),
        acting_for: None,
        occurred: None,
        act: Act::Migrate {
            plan: Box::new(plan),
            reason,
        },
    }
}

/// All of it at once, as a form tells everything that is wrong with it.
fn has_no_place(misfits: Vec<Misfit>) -> Refusal {
    let mut rules = misfits.into_iter().map(Rule::HasNoPlace);
    let first = rules.next().unwrap_or(Rule::CaseEnded);
    Refusal {
        also: rules.map(Refusal::from).collect(),
        ..first.into()
    }
}
