//! From what the app returns to what goes over the wire: names, texts, masking. Nothing is decided here.

pub(crate) mod adoption;
pub(crate) mod attachment;
pub(crate) mod calendar;
pub(crate) mod case;
pub(crate) mod clock;
mod clock_entry;
pub(crate) mod contact;
mod copies;
pub(crate) mod customer;
pub(crate) mod deduction;
pub(crate) mod draft;
pub(crate) mod duty;
pub(crate) mod entry;
pub(crate) mod error;
pub(crate) mod extension;
pub(crate) mod fact;
pub(crate) mod finding;
pub(crate) mod level;
pub(crate) mod link;
pub(crate) mod migration;
pub(crate) mod misfit;
pub(crate) mod names;
pub(crate) mod offer;
pub(crate) mod party;
pub(crate) mod people;
pub(crate) mod policy_version;
pub(crate) mod portal;
pub(crate) mod process;
pub(crate) mod reconciliation;
pub(crate) mod relation;
pub(crate) mod row;
pub(crate) mod rows;
pub(crate) mod seal;
pub(crate) mod settlement;
pub(crate) mod statistics;
pub(crate) mod voucher;

use std::collections::BTreeMap;

use huiyin_app::cases::CaseRow;
use huiyin_app::shelf::Version;
use huiyin_app::{App, Directory};
use huiyin_calendar::Calendar;
use huiyin_case::id::CaseId;
use huiyin_case::seal::redacted;
use huiyin_policy::model::Policy;
use huiyin_texts::Lang;
use jiff::civil::Date;

/// What every rendering of a case needs to know.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    /// The policy version the case keeps.
    pub policy: &'a Policy,
    /// The calendar its times are printed in.
    pub calendar: &'a Calendar,
    /// Names of units and people.
    pub directory: &'a Directory,
    /// Today, in the calendar's zone.
    pub today: Date,
    /// The caller's language.
    pub lang: Lang,
    /// The linked cases that the caller may see.
    pub linked: Option<&'a BTreeMap<CaseId, CaseRow>>,
    /// Texts under seals, which are not read in other texts either.
    pub sealed: &'a [&'a str],
}

impl<'a> View<'a> {
    /// What renders something of a policy version, without linked cases and seals.
    pub(crate) fn new(
        app: &App,
        directory: &'a Directory,
        version: &'a Version,
        lang: Lang,
    ) -> Self {
        Self {
            policy: &version.policy,
            calendar: version.calendar(),
            directory,
            today: app.today(),
            lang,
            linked: None,
            sealed: &[],
        }
    }

    /// A text that somebody wrote, without what is sealed.
    pub(crate) fn written(&self, text: &str) -> String {
        redacted(text, self.sealed)
    }
}
