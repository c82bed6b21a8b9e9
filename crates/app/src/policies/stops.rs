//! Emergency stops: from that moment no new case is taken in under the version, on any node; its open cases go on.

use huiyin_case::limits::has_control;
use huiyin_policy::model::PolicyId;
use huiyin_store::{Ordered, WriteError};

use crate::app::App;
use crate::error::Error;
use crate::principal::Principal;
use crate::shelf::Version;

use super::Unfit;

/// Longest reason of a stop or of its lifting, in characters.
pub const STOP_REASON_CHARS_MAX: usize = 500;

impl App {
    /// Stops a version. The version before it takes over, if there is one that is not stopped itself.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the caller administers; [`Error::NotFound`] without such a version; [`Error::Unfit`]
    /// if it is stopped already, or without a reason; [`Error::Changed`] if somebody else was faster.
    pub async fn stop_policy(
        &self,
        principal: &Principal,
        (policy, version): (&PolicyId, u32),
        reason: &str,
    ) -> Result<Version, Error> {
        let (found, order) = self.ordered(principal, (policy, version), reason).await?;
        if found.stop().is_some() {
            return Err(Unfit::StoppedAlready.into());
        }
        let number = found.stops.last().map_or(1, |last| last.number + 1);
        self.record_stop(principal, "stop_policy", (policy, version, number))
            .await?;
        let of = (policy, version, number);
        self.stopped_or_resumed(
            self.store().stop_policy(of, &order).await,
            (policy, version),
        )
        .await
    }

    /// Lifts the stop of a version.
    ///
    /// # Errors
    /// As [`App::stop_policy`]; [`Error::Unfit`] if it is not stopped.
    pub async fn resume_policy(
        &self,
        principal: &Principal,
        (policy, version): (&PolicyId, u32),
        reason: &str,
    ) -> Result<Version, Error> {
        let (found, order) = self.ordered(principal, (policy, version), reason).await?;
        let number = found.stop().ok_or(Unfit::NotStopped)?.number;
        self.record_stop(principal, "resume_policy", (policy, version, number))
            .await?;
        let of = (policy, version, number);
        self.stopped_or_resumed(
            self.store().resume_policy(of, &order).await,
            (policy, version),
        )
        .await
    }

    /// The version as every node knows it, and the order about it.
    async fn ordered(
        &self,
        principal: &Principal,
        (policy, version): (&PolicyId, u32),
        reason: &str,
    ) -> Result<(Version, Ordered), Error> {
        self.require_administrator(principal)?;
        let reason = reason.trim().to_owned();
        let chars = reason.chars().count();
        if !(1..=STOP_REASON_CHARS_MAX).contains(&chars) || has_control(&reason) {
            return Err(Unfit::Reason.into());
        }
        self.read_stops().await?;
        let shelf = self.shelf();
        // The end of an adoption takes no case in that could be held up.
        let found = shelf.version(policy, version);
        let found = found.filter(|found| !found.ends_adoption());
        let found = found.ok_or(Error::NotFound)?;
        let order = Ordered {
            by: principal.person,
            at: self.now(),
            reason,
        };
        Ok((found.clone(), order))
    }

    async fn record_stop(
        &self,
        principal: &Principal,
        action: &str,
        (policy, version, number): (&PolicyId, u32, u32),
    ) -> Result<(), Error> {
        let detail = format!("policy={policy} version={version} stop={number}");
        self.record_change(principal, action, &detail).await
    }

    async fn stopped_or_resumed(
        &self,
        written: Result<(), WriteError>,
        (policy, version): (&PolicyId, u32),
    ) -> Result<Version, Error> {
        match written {
            Ok(()) => {}
            Err(WriteError::Duplicate | WriteError::Unmet) => {
                self.read_stops().await?;
                return Err(Error::Changed { current: None });
            }
            Err(failed) => return Err(failed.into()),
        }
        self.read_stops().await?;
        let shelf = self.shelf();
        shelf
            .version(policy, version)
            .cloned()
            .ok_or(Error::NotFound)
    }
}
