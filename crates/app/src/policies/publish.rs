//! Publishing: a policy's files become an immutable version, in force from a day on (P1.16).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use huiyin_calendar::Calendar;
use huiyin_case::id::{PersonId, UnitId};
use huiyin_policy::model::Policy;
use huiyin_policy::{SourceFile, check};
use huiyin_store::{AccountId, CalendarVersion, PolicyAdoption, PolicyVersion, WriteError};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::app::App;
use crate::calendars::first_version;
use crate::error::Error;
use crate::principal::Principal;
use crate::shelf::Version;

use super::Unfit;
use super::adoptions::Numbers;

/// Furthest day, from today, on which a version may come into force.
pub const DAYS_AHEAD_MAX: i32 = 3_660;

/// A policy to be published.
#[derive(Debug, Clone)]
pub struct Publication {
    /// Its files.
    pub files: Vec<SourceFile>,
    /// The first day on which cases are taken in under it; today if not given.
    pub from: Option<Date>,
    /// The units whose adoption of the policy ends with it; those of all others follow it.
    pub ending: BTreeSet<UnitId>,
}

impl App {
    /// Publishes a policy as its next version, which is given back. What units have adopted follows it.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the caller administers; [`Error::Unfit`] when the checker finds an error, a parameter is
    /// unset, the day lies in the past or too far ahead, or the values of units don't fit; [`Error::Busy`] if somebody else published one meanwhile.
    pub async fn publish_as(
        &self,
        principal: &Principal,
        publication: Publication,
    ) -> Result<Version, Error> {
        self.require_administrator(principal)?;
        let versions = self.next_versions(publication, principal.person)?;
        let version = &versions[0];
        let detail = format!(
            "policy={} version={} from={}",
            version.policy.id, version.version, version.effective_on
        );
        self.record_change(principal, "publish_policy", &detail)
            .await?;
        let by = self.account_of(principal.person).await?;
        first(
            self.put_versions(versions, (by, Some(principal.person)))
                .await?,
        )
    }

    /// Publishes a policy in nobody's name, from now on: what ships, when there is none yet.
    ///
    /// # Errors
    /// As [`App::publish_as`].
    pub async fn publish(&self, files: Vec<SourceFile>) -> Result<u32, Error> {
        let publication = Publication {
            files,
            from: None,
            ending: BTreeSet::new(),
        };
        let nobody = Uuid::nil();
        let versions = self.next_versions(publication, PersonId::new(nobody))?;
        let versions = self
            .put_versions(versions, (AccountId::new(nobody), None))
            .await?;
        Ok(first(versions)?.version)
    }

    /// The next version, and after it what units adopt with it.
    pub(super) fn next_versions(
        &self,
        publication: Publication,
        by: PersonId,
    ) -> Result<Vec<Version>, Error> {
        let policy = publishable(&publication.files)?;
        let effective_on = self.first_day(publication.from)?;
        let mut numbers = Numbers::after(&self.shelf(), &policy.id);
        let next = Version {
            version: numbers.draw(),
            effective_on,
            effective_at: effective_at(&self.calendar(), effective_on, self.now()),
            working: Arc::clone(self.shelf().calendars().of(&policy)),
            policy: Arc::new(policy),
            files: publication.files.into(),
            stops: Vec::new(),
            adoption: None,
        };
        let followed = self.followed(&next, (&publication.ending, by), &mut numbers);
        if !followed.not_fitting.is_empty() {
            return Err(Unfit::Adoptions(followed.not_fitting).into());
        }
        Ok([vec![next], followed.versions].concat())
    }

    /// The calendar that goes live with a version, if it is not known yet.
    ///
    /// # Errors
    /// [`Error::Unfit`] if it is neither known nor brought along.
    pub(super) fn calendar_with(
        &self,
        version: &Version,
        by: Option<PersonId>,
    ) -> Result<Option<CalendarVersion>, Error> {
        let policy = (&*version.policy, &*version.files);
        first_version(&self.shelf(), policy, (by, self.now()))
            .map_err(|name| Unfit::Calendar(name.to_string()).into())
    }

    /// Stores versions that belong together and puts them on the shelf.
    pub(super) async fn put_versions(
        &self,
        versions: Vec<Version>,
        (account, by): (AccountId, Option<PersonId>),
    ) -> Result<Vec<Version>, Error> {
        let calendar = match versions.first() {
            Some(first) => self.calendar_with(first, by)?,
            None => None,
        };
        let published = versions.iter().map(|one| stored(one, account, self.now()));
        let published: Vec<PolicyVersion> = published.collect();
        match self
            .store()
            .publish_policies(&published, calendar.as_ref())
            .await
        {
            Ok(()) => {}
            Err(WriteError::Duplicate) => return Err(Error::Busy),
            Err(failed) => return Err(failed.into()),
        }
        self.put_on_shelf(versions.clone()).await?;
        Ok(versions)
    }

    /// Puts versions that were stored on the shelf, with the calendar they may have come with.
    pub(super) async fn put_on_shelf(&self, versions: Vec<Version>) -> Result<(), Error> {
        self.read_calendars().await?;
        self.change_shelf(|shelf| shelf.put_all(versions));
        Ok(())
    }

    pub(super) async fn account_of(&self, person: PersonId) -> Result<AccountId, Error> {
        let accounts = self.store().accounts().await?;
        let of = accounts.iter().find(|one| one.person == Some(person));
        Ok(of.map_or_else(|| AccountId::new(Uuid::nil()), |account| account.id))
    }
}

fn first(versions: Vec<Version>) -> Result<Version, Error> {
    versions.into_iter().next().ok_or(Error::NotFound)
}

/// A version as it is stored. The files of an adoption are those of the version that it adopts.
pub(super) fn stored(version: &Version, by: AccountId, at: Timestamp) -> PolicyVersion {
    let text = |file: &SourceFile| String::from_utf8_lossy(&file.bytes).into_owned();
    let adoption = version.adoption.as_ref();
    let files = version.files.iter().filter(|_| adoption.is_none());
    let files: BTreeMap<String, String> =
        files.map(|file| (file.name.clone(), text(file))).collect();
    PolicyVersion {
        policy: version.policy.id.clone(),
        version: version.version,
        files,
        effective_on: version.effective_on,
        published_by: by,
        published_at: at,
        adoption: adoption.map(|adoption| PolicyAdoption {
            unit: adoption.unit,
            base: adoption.base,
            own: adoption.own.clone(),
            by: adoption.by,
            at: adoption.at,
        }),
    }
}

/// When a version comes into force: at the beginning of its day, or when it is published on the day itself.
pub(crate) fn effective_at(
    calendar: &Calendar,
    effective_on: Date,
    published_at: Timestamp,
) -> Timestamp {
    published_at.max(calendar.instant(effective_on.at(0, 0, 0, 0)))
}

/// The policy of these files, if it can go live.
pub(super) fn publishable(files: &[SourceFile]) -> Result<Policy, Error> {
    let policy = check(files).policy.ok_or(Unfit::Errors)?;
    let unset: Vec<String> = policy.unset_params().map(ToString::to_string).collect();
    if !unset.is_empty() {
        return Err(Unfit::Unset(unset).into());
    }
    Ok(policy)
}
