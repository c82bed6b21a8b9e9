//! Whether attempts to reach the customer count, and when the next is to be made (T12).
//!
//! What counts follows from the record, the policy and the calendar alone: a late entry or a correction may change it.

use huiyin_calendar::{Attempt, Calendar, ContactSeries, NotCounted};
use huiyin_policy::model::{Contacts, ContactsId, Policy};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::command::Firing;
use crate::state::clock::{ClockState, Phase};
use crate::state::entry::{Entry, EntryKind};
use crate::state::{CaseState, Stage};
use crate::value::Value;

/// The attempts of a case under one of its policy's rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseContacts {
    /// The rules.
    pub id: ContactsId,
    /// Every attempt on record that is not void, in order of time.
    pub attempts: Vec<JudgedAttempt>,
    /// Whether the customer was reached since the limit began.
    pub reached: bool,
    /// Whether every working day that needs an attempt has one that counts, without the customer being reached.
    pub complete: bool,
    /// The working days that have none, those to come included; none once the limit ended or the customer was reached.
    pub missing: Vec<Date>,
    /// From when on an attempt counts, if the customer names no other time; `None` when none is owed any more.
    pub next_possible: Option<Timestamp>,
    /// When the next attempt is to be made so that no working day is left without one.
    pub next_needed: Option<Timestamp>,
}

/// An attempt, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedAttempt {
    /// The event that put it on record.
    pub seq: u32,
    /// Why it doesn't count, if it doesn't.
    pub not_counted: Option<NotCounted>,
}

/// When the next attempt is to be made, as people are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedAttempt {
    /// The working day that needs it.
    pub on: Date,
    /// The moment.
    pub at: Timestamp,
}

impl CaseContacts {
    /// How many attempts count.
    pub fn counted(&self) -> usize {
        let counts = |one: &&JudgedAttempt| one.not_counted.is_none();
        self.attempts.iter().filter(counts).count()
    }
}

impl CaseState {
    /// How far the attempts to reach the customer are at `now`, for each of the rules that the case is under.
    pub fn contacts(
        &self,
        policy: &Policy,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Vec<CaseContacts> {
        policy
            .contacts_of(&self.opening.kind)
            .map(|(_, id, contacts)| {
                let series = Series::of(self, contacts, calendar);
                series.judged(id.clone(), now)
            })
            .collect()
    }

    /// The next attempt that somebody is to be told of; `None` where nobody is told, or none is owed.
    pub(crate) fn attempt_to_plan(
        &self,
        (nth, contacts): (u8, &Contacts),
        calendar: &Calendar,
        now: Timestamp,
    ) -> Option<PlannedAttempt> {
        if contacts.due.is_empty() || self.stage != Stage::Open {
            return None;
        }
        let told = |firing: &Firing| match firing {
            Firing::Attempt { contacts, on } if *contacts == nth => Some(*on),
            _ => None,
        };
        let clock = self.clock(&contacts.within)?;
        let told = clock.fired.iter().filter_map(told).max();
        Series::of(self, contacts, calendar).next(now, told)
    }
}

/// What is on record of the attempts under one set of rules.
struct Series<'a> {
    contacts: &'a Contacts,
    calendar: &'a Calendar,
    clock: Option<&'a ClockState>,
    entries: Vec<&'a Entry>,
}

impl<'a> Series<'a> {
    fn of(state: &'a CaseState, contacts: &'a Contacts, calendar: &'a Calendar) -> Self {
        let is_attempt = |entry: &&Entry| {
            let of_act = matches!(&entry.what, EntryKind::Act { act, .. } if *act == contacts.act);
            of_act && !entry.void
        };
        let mut entries: Vec<&Entry> = state.entries.iter().filter(is_attempt).collect();
        entries.sort_by_key(|entry| entry.occurred_at);
        Self {
            contacts,
            calendar,
            clock: state.clock(&contacts.within),
            entries,
        }
    }

    /// The attempts up to `until` as the calendar judges them; `None` before the limit began.
    fn series(&self, until: Option<Timestamp>) -> Option<ContactSeries<'a>> {
        let start = self.clock?.started_at;
        let until = |entry: &&&Entry| until.is_none_or(|until| entry.occurred_at <= until);
        let entries = self.entries.iter().filter(until);
        let attempts: Vec<Attempt> = entries.map(|entry| self.attempt(entry)).collect();
        let (calendar, window) = (self.calendar, &self.contacts.window);
        Some(ContactSeries::new(calendar, window, start, &attempts))
    }

    fn attempt(&self, entry: &Entry) -> Attempt {
        let named = self.contacts.named_time.as_ref();
        let named = named.and_then(|field| entry.fields.get(field));
        Attempt {
            at: entry.occurred_at,
            customer_named_time: named == Some(&Value::Bool(true)),
        }
    }

    /// Whether an attempt reached the customer since the limit began, whether it counts or not.
    fn reached(&self, until: Timestamp) -> bool {
        let Some(clock) = self.clock else {
            return false;
        };
        let since =
            |entry: &&&Entry| entry.occurred_at >= clock.started_at && entry.occurred_at <= until;
        let mut entries = self.entries.iter().filter(since);
        entries.any(|entry| match &entry.what {
            EntryKind::Act {
                outcome: Some(outcome),
                ..
            } => self.contacts.reached.contains(outcome),
            _ => false,
        })
    }

    /// The attempts with what is said of them at `now`. What was owed until a limit ended is judged as of then.
    fn judged(&self, id: ContactsId, now: Timestamp) -> CaseContacts {
        let ended = self.clock.and_then(|clock| match clock.phase {
            Phase::Stopped { at, .. } => Some(at),
            Phase::Running | Phase::Withdrawn => None,
        });
        let at = ended.map_or(now, |ended| ended.min(now));
        let reached = self.reached(at);
        let due = self.clock.filter(|clock| clock.phase != Phase::Withdrawn);
        let due = due.and_then(|clock| clock.due);
        let known = self.series(Some(at));
        let missing = due
            .zip(known.as_ref())
            .map(|(due, series)| series.missing(due.date, at));
        let running = self.clock.is_some_and(ClockState::is_running);
        let is_owed = running && !reached;
        let all = self.series(None).filter(|_| is_owed);
        CaseContacts {
            id,
            attempts: self.attempts(),
            reached,
            complete: !reached && missing.as_ref().is_some_and(Vec::is_empty),
            next_possible: all.as_ref().and_then(|series| series.next_possible(now)),
            next_needed: self.next(now, None).map(|next| next.at),
            missing: missing.filter(|_| is_owed).unwrap_or_default(),
        }
    }

    fn attempts(&self) -> Vec<JudgedAttempt> {
        let series = self.series(None);
        let judged = series.as_ref().map_or(&[][..], |series| series.judged());
        let judged = judged.iter().map(|judged| judged.not_counted);
        // Without a limit there is no series to count in.
        let judged = judged.chain(std::iter::repeat(Some(NotCounted::BeforeStart)));
        let entries = self.entries.iter().zip(judged);
        entries
            .map(|(entry, not_counted)| JudgedAttempt {
                seq: entry.seq,
                not_counted,
            })
            .collect()
    }

    /// The next attempt that is needed, for a day after `told`.
    fn next(&self, now: Timestamp, told: Option<Date>) -> Option<PlannedAttempt> {
        let due = self.clock.filter(|clock| clock.is_running())?.due?;
        if self.reached(now) {
            return None;
        }
        let at = self.series(None)?.next_needed_after(due.date, now, told)?;
        let on = self.calendar.date_of(at);
        Some(PlannedAttempt { on, at })
    }
}
