//! What lists, timers and screens read off a case.

use std::cmp::Reverse;

use huiyin_policy::model::{ActId, ClockId, CopyId, EachOf, FieldId, PartId, Policy};
use jiff::{SignedDuration, Timestamp};

use super::clock::ClockState;
use super::entry::{Entry, EntryKind};
use super::{CaseState, Stage};
use crate::command::{Act, Firing};
use crate::event::DueTime;
use crate::id::CaseId;
use crate::value::{Fields, Value};
use crate::watch::{Watch, watch};

/// Done at the due moment is done in time; lateness is announced a second after it.
const LATE_AFTER: SignedDuration = SignedDuration::from_secs(1);

/// Something that will fire, unless its clock moves or stops before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    /// Which clock.
    pub clock: ClockId,
    /// Which of its runs.
    pub generation: u32,
    /// What fires.
    pub firing: Firing,
    /// When.
    pub at: Timestamp,
}

impl CaseState {
    /// What running clocks have still to announce, soonest first. An archived case announces nothing.
    pub fn timers(&self, policy: &Policy) -> Vec<Timer> {
        if self.stage == Stage::Archived {
            return Vec::new();
        }
        let mut timers: Vec<Timer> = self
            .clocks
            .iter()
            .flat_map(|(id, clock)| self.timers_of(id, clock, policy))
            .collect();
        timers.sort_by_key(|timer| (timer.at, timer.firing));
        timers
    }

    fn timers_of(&self, id: &ClockId, clock: &ClockState, policy: &Policy) -> Vec<Timer> {
        let Some(due) = clock.due.filter(|_| clock.is_running()) else {
            return Vec::new();
        };
        let watched = self.kind(policy).and_then(|kind| watch(kind, id));
        let warnings = watched.map(Watch::warn).unwrap_or_default();
        let warnings = (0_u8..).zip(warnings).filter_map(|(nth, warning)| {
            let at = due
                .at
                .checked_sub(SignedDuration::from_secs(warning.before_seconds))
                .ok()?;
            // A limit shorter than its warning time gives none: it would fire before there is anything to warn of.
            (at > clock.started_at).then_some((Firing::Warning(nth), at))
        });
        warnings
            .chain(
                due.at
                    .checked_add(LATE_AFTER)
                    .ok()
                    .map(|at| (Firing::Due, at)),
            )
            .chain(self.attempts_within(id, policy))
            .filter(|(firing, _)| !clock.fired.contains(firing))
            .map(|(firing, at)| Timer {
                clock: id.clone(),
                generation: clock.generation,
                firing,
                at,
            })
            .collect()
    }

    /// The attempts to reach the customer that were planned while a clock runs.
    fn attempts_within<'s>(
        &'s self,
        clock: &'s ClockId,
        policy: &'s Policy,
    ) -> impl Iterator<Item = (Firing, Timestamp)> + 's {
        let contacts = policy.contacts_of(&self.opening.kind);
        contacts
            .filter(move |(_, _, contacts)| contacts.within == *clock)
            .filter_map(move |(nth, id, _)| {
                let (_, next) = self.planned.iter().find(|(one, _)| one == id)?;
                let firing = Firing::Attempt {
                    contacts: nth,
                    on: next.on,
                };
                Some((firing, next.at))
            })
    }

    /// The values that a field was given by the valid entries of an act, in order.
    pub fn values_of<'s>(
        &'s self,
        act: &'s ActId,
        field: &'s FieldId,
    ) -> impl Iterator<Item = &'s Value> {
        let is_it = move |entry: &&Entry| {
            !entry.void && matches!(&entry.what, EntryKind::Act { act: one, .. } if one == act)
        };
        self.entries
            .iter()
            .filter(is_it)
            .filter_map(move |entry| entry.fields.get(field))
    }

    /// The act whose form a command fills in or corrects, with what is filled in.
    pub fn act_filled_in<'c>(&'c self, command: &'c Act) -> Option<(&'c ActId, &'c Fields)> {
        match command {
            Act::Record { act, fields } => Some((act, fields)),
            Act::Correct { entry, fields, .. } => match &self.entry(*entry)?.what {
                EntryKind::Act { act, .. } => Some((act, fields.as_ref()?)),
                EntryKind::Opening | EntryKind::Note(_) => None,
            },
            _ => None,
        }
    }

    /// The valid entries about another case, in order.
    pub fn entries_about(&self, case: CaseId) -> impl Iterator<Item = &Entry> {
        let about = move |value: &Value| *value == Value::Case(case);
        let valid = self.entries.iter().filter(|entry| !entry.void);
        valid.filter(move |entry| entry.fields.values().any(about))
    }

    /// The valid entries by which a copy of a form was handed out, in order.
    pub fn handed_out<'s>(
        &'s self,
        policy: &'s Policy,
        form: &'s PartId,
        copy: &'s CopyId,
    ) -> impl Iterator<Item = &'s Entry> {
        let named = move |value: &Value| {
            let Value::ManyOf(copies) = value else {
                return false;
            };
            copies.iter().any(|one| one.as_str() == copy.as_str())
        };
        let valid = self.entries.iter().filter(|entry| !entry.void);
        valid.filter(move |entry| {
            let part = self.part_of(policy, &entry.what);
            let fields = part.and_then(|part| policy.parts.get(part));
            let mut fields = fields.into_iter().flat_map(|part| &part.fields);
            fields.any(|(id, field)| {
                field.copies_of.as_ref() == Some(form) && entry.fields.get(id).is_some_and(named)
            })
        })
    }

    /// For how many of some things an act is not on record.
    pub(crate) fn without_act(&self, of: &EachOf, act: &ActId, field: &FieldId) -> usize {
        let mut asked: Vec<Value> = match of {
            EachOf::Sample => self
                .sample()
                .iter()
                .map(|one| Value::Case(one.case))
                .collect(),
            EachOf::Values { act, field } => self.values_of(act, field).cloned().collect(),
        };
        asked.dedup();
        let lacks = |one: &&Value| !self.values_of(act, field).any(|value| value == *one);
        asked.iter().filter(lacks).count()
    }

    /// The running clock that is due first.
    pub fn tightest_due(&self) -> Option<(&ClockId, DueTime)> {
        self.clocks
            .iter()
            .filter(|(_, clock)| clock.is_running())
            .filter_map(|(id, clock)| Some((id, clock.due?)))
            .max_by_key(|(_, due)| Reverse(due.at))
    }
}
