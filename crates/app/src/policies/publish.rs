//! Publishing: a policy's files become an immutable version, in force from a day on (P1.16).

use std::collections::BTreeMap;
use std::sync::Arc;

use huiyin_calendar::Calendar;
use huiyin_case::id::PersonId;
use huiyin_policy::model::Policy;
use huiyin_policy::{SourceFile, check};
use huiyin_store::{AccountId, PolicyVersion, WriteError};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::app::App;
use crate::error::Error;
use crate::principal::Principal;
use crate::shelf::Version;

use super::Unfit;

/// Furthest day, from today, on which a version may come into force.
pub const DAYS_AHEAD_MAX: i32 = 3_660;

/// A policy to be published.
#[derive(Debug, Clone)]
pub struct Publication {
    /// Its files.
    pub files: Vec<SourceFile>,
    /// The first day on which cases are taken in under it; today if not given.
    pub from: Option<Date>,
}

impl App {
    /// Publishes a policy as its next version, whose number is given back.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the caller administers; [`Error::Unfit`] when the checker finds an error, a parameter is
    /// unset, or the day lies in the past or too far ahead; [`Error::Busy`] if somebody else published one meanwhile.
    pub async fn publish_as(
        &self,
        principal: &Principal,
        publication: Publication,
    ) -> Result<Version, Error> {
        self.require_administrator(principal)?;
        let version = self.next_version(publication)?;
        let detail = format!(
            "policy={} version={} from={}",
            version.policy.id, version.version, version.effective_on
        );
        self.record_change(principal, "publish_policy", &detail)
            .await?;
        let by = self.account_of(principal.person).await?;
        self.put_version(version, by).await
    }

    /// Publishes a policy in nobody's name, from now on: what ships, when there is none yet.
    ///
    /// # Errors
    /// As [`App::publish_as`].
    pub async fn publish(&self, files: Vec<SourceFile>) -> Result<u32, Error> {
        let version = self.next_version(Publication { files, from: None })?;
        let version = self
            .put_version(version, AccountId::new(Uuid::nil()))
            .await?;
        Ok(version.version)
    }

    pub(super) fn next_version(&self, publication: Publication) -> Result<Version, Error> {
        let policy = publishable(&publication.files)?;
        let now = self.now();
        let today = self.today();
        let effective_on = publication.from.unwrap_or(today);
        let ahead = today.until(effective_on).map_or(-1, |span| span.get_days());
        if !(0..=DAYS_AHEAD_MAX).contains(&ahead) {
            return Err(Unfit::Day.into());
        }
        let newest = self.shelf();
        let newest = newest.newest(&policy.id).map_or(0, |one| one.version);
        Ok(Version {
            version: newest + 1,
            effective_on,
            effective_at: effective_at(self.calendar(), effective_on, now),
            policy: Arc::new(policy),
            files: publication.files.into(),
            stops: Vec::new(),
        })
    }

    async fn put_version(&self, version: Version, by: AccountId) -> Result<Version, Error> {
        let published = stored(&version, by, self.now());
        match self.store().publish_policy(&published).await {
            Ok(()) => {}
            Err(WriteError::Duplicate) => return Err(Error::Busy),
            Err(failed) => return Err(failed.into()),
        }
        self.change_shelf(|shelf| shelf.put(version.clone()));
        Ok(version)
    }

    pub(super) async fn account_of(&self, person: PersonId) -> Result<AccountId, Error> {
        let accounts = self.store().accounts().await?;
        let of = accounts.iter().find(|one| one.person == Some(person));
        Ok(of.map_or_else(|| AccountId::new(Uuid::nil()), |account| account.id))
    }
}

/// A version as it is stored.
pub(super) fn stored(version: &Version, by: AccountId, at: Timestamp) -> PolicyVersion {
    let text = |file: &SourceFile| String::from_utf8_lossy(&file.bytes).into_owned();
    let files = version.files.iter();
    let files: BTreeMap<String, String> =
        files.map(|file| (file.name.clone(), text(file))).collect();
    PolicyVersion {
        policy: version.policy.id.clone(),
        version: version.version,
        files,
        effective_on: version.effective_on,
        published_by: by,
        published_at: at,
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
