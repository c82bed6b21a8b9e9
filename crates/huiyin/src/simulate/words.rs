//! What kinds, clocks, steps and misfits are called.

use huiyin_api::misfit_in_words;
use huiyin_app::simulate::Shift;
use huiyin_calendar::Calendar;
use huiyin_case::decide::retell::Deciders;
use huiyin_case::misfit::Misfit;
use huiyin_policy::model::{ActId, ClockId, Kind, KindId, Policy, RoleId, StepId, Text};
use huiyin_policy::show::selector;
use huiyin_texts::{Args, Lang, render};
use jiff::{SignedDuration, Timestamp};

use super::Told;
use crate::policy::language;

/// Words in one language, of the version that cases keep where it has them, or else of the other.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) told: &'a Told<'a>,
    pub(super) lang: Lang,
}

impl Words<'_> {
    pub(super) fn say(self, key: &str, args: &Args<'_>) -> String {
        render(self.lang, key, args)
    }

    fn named<'p>(&'p self, id: &str, find: impl Fn(&'p Policy) -> Option<&'p Text>) -> String {
        let found = find(&self.told.from.policy).or_else(|| find(self.told.to));
        found.map_or_else(
            || id.to_owned(),
            |text| language(self.lang).of(text).to_owned(),
        )
    }

    fn in_kind<'p>(
        &'p self,
        kind: &KindId,
        id: &str,
        find: impl Fn(&'p Kind) -> Option<&'p Text>,
    ) -> String {
        self.named(id, |policy| find(policy.kinds.get(kind)?))
    }

    pub(super) fn kind(self, kind: &KindId) -> String {
        self.named(kind.as_str(), |policy| Some(&policy.kinds.get(kind)?.title))
    }

    /// A clock; a share of one goes by its name.
    pub(super) fn clock(self, kind: &KindId, clock: &ClockId) -> String {
        self.in_kind(kind, clock.as_str(), |kind| {
            Some(&kind.clocks.get(clock)?.title)
        })
    }

    pub(super) fn step(self, kind: &KindId, step: &StepId) -> String {
        self.in_kind(kind, step.as_str(), |kind| {
            Some(&kind.steps.get(step)?.title)
        })
    }

    pub(super) fn act(self, act: &ActId) -> String {
        self.named(act.as_str(), |policy| Some(&policy.acts.get(act)?.title))
    }

    /// Who may, as a version says it; where an amount decides, the role of its row.
    pub(super) fn deciders(self, policy: &Policy, deciders: &Deciders) -> String {
        let title = |role: &RoleId| {
            let role = policy.roles.get(role)?;
            Some(language(self.lang).of(&role.title).to_owned())
        };
        match &deciders.role {
            Some(role) => title(role).unwrap_or_else(|| role.to_string()),
            None => selector(policy, &deciders.who, language(self.lang)),
        }
    }

    /// What does not fit, as a sentence.
    pub(super) fn misfit(self, kind: &KindId, misfit: &Misfit) -> String {
        let versions = [&*self.told.from.policy, self.told.to];
        misfit_in_words(&versions, Some(kind), misfit, self.lang)
    }

    /// A length of time: days, hours and minutes, without those that are none.
    pub(super) fn span(self, span: SignedDuration) -> String {
        let minutes = span.abs().as_mins();
        let parts = [
            ("span-days", minutes / (24 * 60)),
            ("span-hours", minutes / 60 % 24),
            ("span-minutes", minutes % 60),
        ];
        let parts = parts.into_iter().filter(|(_, count)| *count > 0);
        let parts: Vec<String> = parts
            .map(|(key, count)| self.say(key, &Args::new().with("count", count)))
            .collect();
        match parts.as_slice() {
            [] => self.say("span-minutes", &Args::new().with("count", 0)),
            parts => parts.join(" "),
        }
    }

    /// By how much, and whether earlier or later.
    pub(super) fn shifted(self, shift: &Shift) -> String {
        let key = if shift.by().is_negative() {
            "shift-earlier"
        } else {
            "shift-later"
        };
        self.say(key, &Args::new().with("span", self.span(shift.by())))
    }

    /// A moment as people read it in a list, `2026-02-26 18:00`, in the calendar's zone.
    pub(super) fn moment(self, calendar: &Calendar, at: Timestamp) -> String {
        calendar.local(at).strftime("%Y-%m-%d %H:%M").to_string()
    }
}
