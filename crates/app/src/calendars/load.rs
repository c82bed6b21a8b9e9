//! Loading a version of a calendar: what would change is shown first, then it is kept.

use huiyin_calendar::{Calendar, CalendarFile, DayChange};
use huiyin_case::command::Act;
use huiyin_case::event::{DueTime, Event};
use huiyin_case::id::{CaseId, PersonId};
use huiyin_case::state::CaseState;
use huiyin_case::{Actor, Command, Context, decide};
use huiyin_policy::model::{CalendarId, Policy};
use huiyin_policy::{SourceFile, brought_calendar};
use huiyin_store::{CalendarVersion, WriteError};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{CalendarUnfit, Kept, can_be_called};
use crate::app::App;
use crate::error::Error;
use crate::principal::Principal;
use crate::shelf::{Shelf, Version};

/// Most changed days that a preview lists; how many there are is told in any case.
pub const CHANGES_SHOWN_MAX: usize = 400;
/// Most calendars beside the organisation's own.
const CALENDARS_MAX: usize = 50;
/// Most versions of a calendar.
const VERSIONS_MAX: usize = 200;
/// Most cases that a preview looks at for clocks that would move.
const CASES_LOOKED_AT_MAX: usize = 1_000;

/// A file to be loaded.
#[derive(Debug, Clone)]
pub struct Load {
    /// Into which calendar.
    pub name: CalendarId,
    /// The file: a calendar, or an overlay for the one there is.
    pub file: String,
    /// From which day on it counts, earlier ones staying as they are; `None`: for all days.
    pub from: Option<Date>,
}

/// What loading a file would come to.
#[derive(Debug, Clone)]
pub struct LoadPreview {
    /// The version it would become, with those before it.
    pub kept: Kept,
    /// What counts until then; `None` for a new calendar.
    pub before: Option<Calendar>,
    /// The days that would be otherwise, at most [`CHANGES_SHOWN_MAX`].
    pub changes: Vec<DayChange>,
    /// How many there are.
    pub changes_count: usize,
    /// What would become of running clocks.
    pub moved: Moved,
}

/// Running clocks whose due time would be another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// How many would be due earlier.
    pub earlier: usize,
    /// How many would be due later.
    pub later: usize,
    /// How many would be due when they are, no longer provisionally.
    pub settled: usize,
    /// Whether there are more cases than were looked at.
    pub more: bool,
}

impl App {
    /// All calendars.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for those who are not inside.
    pub fn calendars(&self, principal: &Principal) -> Result<super::Calendars, Error> {
        self.require_inside(principal)?;
        Ok(self.shelf().calendars().clone())
    }

    /// What loading a file would come to. Nothing is written.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the caller administers; [`Error::Calendar`] with everything that is wrong.
    pub async fn preview_calendar(
        &self,
        principal: &Principal,
        load: &Load,
    ) -> Result<LoadPreview, Error> {
        self.require_administrator(principal)?;
        self.read_calendars().await?;
        let kept = self.loaded(load, principal.person).await?;
        let shelf = self.shelf();
        let before = shelf.calendars().get(&load.name);
        let before = before.map(|before| before.calendar.clone());
        let changes = before.as_ref().map(|before| before.changes(&kept.calendar));
        let mut changes = changes.unwrap_or_default();
        let changes_count = changes.len();
        changes.truncate(CHANGES_SHOWN_MAX);
        let moved = self.would_move(&shelf, &kept).await?;
        Ok(LoadPreview {
            kept,
            before,
            changes,
            changes_count,
            moved,
        })
    }

    /// Loads a file as the next version after the `seen` ones. Due times of running clocks are computed again by it in the
    /// background.
    ///
    /// # Errors
    /// As [`App::preview_calendar`]; [`Error::Calendar`] with how many versions there are if they are not the ones seen.
    pub async fn load_calendar(
        &self,
        principal: &Principal,
        load: &Load,
        seen: u32,
    ) -> Result<Kept, Error> {
        self.require_administrator(principal)?;
        self.read_calendars().await?;
        let now = self
            .shelf()
            .calendars()
            .get(&load.name)
            .map_or(0, |kept| kept.number());
        if now != seen {
            return Err(CalendarUnfit::Outdated(now).into());
        }
        let kept = self.loaded(load, principal.person).await?;
        let Some(newest) = kept.versions.last() else {
            return Err(CalendarUnfit::NothingChanges.into());
        };
        let detail = format!("calendar={} version={}", load.name, kept.number());
        self.record_change(principal, "load_calendar", &detail)
            .await?;
        match self.store().load_calendar(&newest.version).await {
            Ok(()) => {}
            Err(WriteError::Duplicate) => return Err(CalendarUnfit::Outdated(kept.number()).into()),
            Err(failed) => return Err(failed.into()),
        }
        self.read_calendars().await?;
        self.wake_timers(Some(self.now()));
        Ok(kept)
    }

    /// Reads again which calendars there are.
    ///
    /// # Errors
    /// When they can't be read.
    pub(crate) async fn read_calendars(&self) -> Result<(), Error> {
        let versions = self.store().calendars().await?;
        let known = self.shelf();
        let known = known.calendars().all().flat_map(|kept| &kept.versions);
        if known.map(|one| &one.version).eq(versions.iter()) {
            return Ok(());
        }
        let calendars = super::Calendars::of_versions(versions);
        let calendars = calendars.map_err(|_| Error::Invalid("a calendar can't be read"))?;
        self.change_shelf(|shelf| shelf.put_calendars(calendars));
        Ok(())
    }

    /// The calendar with a file on top of it, if it can be loaded.
    async fn loaded(&self, load: &Load, by: PersonId) -> Result<Kept, Error> {
        if !can_be_called(&load.name) {
            return Err(CalendarUnfit::Name.into());
        }
        let shelf = self.shelf();
        let before = shelf.calendars().get(&load.name);
        let is_full = match before {
            Some(before) => before.versions.len() >= VERSIONS_MAX,
            None => shelf.calendars().all().count() > CALENDARS_MAX,
        };
        if is_full {
            return Err(CalendarUnfit::TooMany.into());
        }
        let version = CalendarVersion {
            name: load.name.clone(),
            version: before.map_or(0, |before| before.number()) + 1,
            file: load.file.clone(),
            from: load.from,
            by: Some(by),
            policy: None,
            at: self.now(),
            recomputed_at: None,
        };
        let kept = Kept::next(before.map(AsRef::as_ref), version)?;
        let Some(before) = before else {
            return Ok(kept);
        };
        fits(before, &kept, load)?;
        if before.zone() != kept.zone() && *self.store().position().borrow() > 0 {
            return Err(CalendarUnfit::Zone(before.zone()).into());
        }
        Ok(kept)
    }

    /// What would become of the clocks that run now under policies that count by this calendar.
    async fn would_move(&self, shelf: &Shelf, kept: &Kept) -> Result<Moved, Error> {
        let mut moved = Moved::default();
        let newest = kept.versions.last();
        let Some(touches) = newest.and_then(|newest| newest.touches) else {
            return Ok(moved);
        };
        let (mut after, mut looked_at) = (None, 0);
        loop {
            let from = kept.calendar.instant(touches.at(0, 0, 0, 0));
            let cases = self.store().running_from(from, after).await?;
            let Some(last) = cases.last() else {
                return Ok(moved);
            };
            after = Some(*last);
            for case in cases {
                if looked_at == CASES_LOOKED_AT_MAX {
                    moved.more = true;
                    return Ok(moved);
                }
                looked_at += 1;
                self.count_moved(shelf, kept, case, &mut moved).await?;
            }
        }
    }

    async fn count_moved(
        &self,
        shelf: &Shelf,
        kept: &Kept,
        case: CaseId,
        moved: &mut Moved,
    ) -> Result<(), Error> {
        let history = self.store().load(case).await?;
        let (state, version) = shelf.replay(&history)?;
        if version.working.name != kept.name {
            return Ok(());
        }
        let directory = self.directory();
        let context = Context {
            policy: &version.policy,
            policy_version: version.version,
            calendar: &kept.calendar,
            organisation: &directory.organisation,
            now: self.now(),
        };
        for (before, due) in recomputed(&state, &context) {
            match due.at.cmp(&before.at) {
                std::cmp::Ordering::Less => moved.earlier += 1,
                std::cmp::Ordering::Greater => moved.later += 1,
                std::cmp::Ordering::Equal => moved.settled += 1,
            }
        }
        Ok(())
    }
}

/// The due times that computing a case's running clocks again would change, before and after.
fn recomputed(state: &CaseState, context: &Context<'_>) -> Vec<(DueTime, DueTime)> {
    let command = Command {
        actor: Actor::System,
        acting_for: None,
        occurred: None,
        act: Act::Recompute,
    };
    let events =
        decide(Some(state), context, &command).map_or_else(|_| Vec::new(), |one| one.events);
    let moved = events
        .into_iter()
        .filter_map(|recorded| match recorded.event {
            Event::ClockMoved { clock, due, .. } => state.clock(&clock)?.due.zip(due),
            _ => None,
        });
    moved.collect()
}

/// Whether a version fits on top of what there is.
fn fits(before: &Kept, kept: &Kept, load: &Load) -> Result<(), CalendarUnfit> {
    if let Ok(CalendarFile::Overlay(overlay)) = CalendarFile::from_json(&load.file)
        && let Some((first, last)) = overlay.published
    {
        let known = kept.published();
        if !known.is_some_and(|(from, to)| from <= first && last <= to) {
            return Err(CalendarUnfit::Years(first, last));
        }
    }
    if before.calendar.rules() == kept.calendar.rules() {
        return Err(CalendarUnfit::NothingChanges);
    }
    Ok(())
}

/// The first version of the calendar that a policy names, as its folder brings it along; `None` if the calendar is known or none
/// is named. Nothing runs by it yet.
///
/// # Errors
/// The name of the calendar, if it is neither known nor brought along.
pub(crate) fn first_version(
    shelf: &Shelf,
    (policy, files): (&Policy, &[SourceFile]),
    (by, at): (Option<PersonId>, Timestamp),
) -> Result<Option<CalendarVersion>, CalendarId> {
    let Some(name) = &policy.calendar else {
        return Ok(None);
    };
    if shelf.calendars().get(name).is_some() {
        return Ok(None);
    }
    let (_, file) = brought_calendar(files, name).ok_or_else(|| name.clone())?;
    Ok(Some(CalendarVersion {
        name: name.clone(),
        version: 1,
        file: file.to_owned(),
        from: None,
        by,
        policy: Some(policy.id.clone()),
        at,
        recomputed_at: Some(at),
    }))
}

impl Version {
    /// The version as its calendar stands in a shelf by now.
    pub(crate) fn as_of(&self, shelf: &Shelf) -> Self {
        Self {
            working: shelf.calendars().of(&self.policy).clone(),
            ..self.clone()
        }
    }
}
