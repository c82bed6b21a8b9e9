//! Levels, parties, and attempts to reach the customer.

use huiyin_calendar::NotCounted;
use huiyin_case::contact::CaseContacts;
use huiyin_case::deputy::Right;
use huiyin_case::id::PersonId;
use huiyin_policy::model::{LevelsId, PartyRoleId};
use huiyin_policy::yaml::{Entry, Node, Shape};
use jiff::Timestamp;
use jiff::civil::Date;

use super::Checking;
use crate::reading::{Read, unknown_key};

/// Why an attempt may not have counted.
pub(super) const NOT_COUNTED: [&str; 3] = ["before_start", "outside_window", "too_soon"];

/// What can be expected of the attempts to reach the customer.
const CONTACT_KEYS: [&str; 7] = [
    "counted",
    "not_counted",
    "missing",
    "complete",
    "reached",
    "possible",
    "next",
];

impl Checking<'_> {
    /// `severity: serious`, or `{level: …, found: …, clause: …}`: what counts, what the table found and by which clause.
    pub(super) fn level(&self, entry: Entry<'_>) -> Read<()> {
        let id = LevelsId::new(entry.key);
        let level = self.state.level(&id);
        let now = level.map_or("none", |level| level.now.as_str());
        if entry.value.shape() != Shape::Map {
            return self.same(entry, now);
        }
        let found = level.map(|level| &level.chosen);
        let clause = found.and_then(|found| {
            let levels = self.world.policy.levels.get(&id)?;
            Some(levels.clause_of(found.row).as_str())
        });
        entry.value.entries().try_for_each(|line| match line.key {
            "level" => self.same(line, now),
            "found" => self.same(line, found.map_or("none", |found| found.level.as_str())),
            "clause" => self.same(line, clause.unwrap_or("none")),
            _ => Err(unknown_key(line, &["level", "found", "clause"])),
        })
    }

    /// How many parties have a role, or the names of those who are the organisation's own people.
    pub(super) fn parties(&self, entry: Entry<'_>) -> Read<()> {
        let role = PartyRoleId::new(entry.key);
        let number = entry.value.scalar();
        if number.is_some_and(|text| text.parse::<usize>().is_ok()) {
            return self.same(entry, &self.state.parties_in(&role).count().to_string());
        }
        let persons = self
            .state
            .parties_in(&role)
            .filter_map(|party| party.person);
        self.same_set(
            entry,
            persons.map(|person| self.cast.name(person)).collect(),
        )
    }

    /// Everyone who sees the case in his own right; `anyone` if that is everyone who works here.
    pub(super) fn seen_by(&self, entry: Entry<'_>) -> Read<()> {
        let organisation = &self.cast.organisation;
        let people = organisation.persons.keys().copied();
        let people = people.filter(|&person| organisation.active(person).is_some());
        let (seeing, others): (Vec<PersonId>, Vec<PersonId>) = people.partition(|&person| {
            let right = Right::own(person);
            let policy = self.world.policy;
            self.state
                .is_seen_by(policy, organisation, self.today(), &right)
        });
        if others.is_empty() && entry.value.scalar() == Some("anyone") {
            return Ok(());
        }
        let names = seeing.into_iter().map(|person| self.cast.name(person));
        self.same_set(entry, names.collect())
    }

    /// Whether there is no such case for a person, as of today.
    pub(super) fn is_hidden_from(&self, person: PersonId) -> bool {
        let hidden = self.state.hidden_from(self.world.policy);
        let bonds = self.cast.organisation.bonds(person, self.today());
        hidden.hides_from(person, &bonds)
    }

    fn today(&self) -> Date {
        let now = self.world.now.unwrap_or_default();
        self.world.calendar.date_of(now)
    }

    /// `calling: {counted: 2, not_counted: [outside_window], next: 2026-03-03T08:30, complete: no}`.
    pub(super) fn contacts(&self, entry: Entry<'_>) -> Read<()> {
        let (world, now) = (self.world, self.world.now.unwrap_or_default());
        let all = self.state.contacts(world.policy, world.calendar, now);
        let Some(found) = all.iter().find(|one| one.id.as_str() == entry.key) else {
            return self.same(entry, "none");
        };
        let mut lines = entry.value.entries();
        lines.try_for_each(|line| self.contact(line, found))
    }

    fn contact(&self, line: Entry<'_>, found: &CaseContacts) -> Read<()> {
        let yes_no = |known: bool| if known { "yes" } else { "no" };
        match line.key {
            "counted" => self.same(line, &found.counted().to_string()),
            "not_counted" => {
                let reasons = found.attempts.iter().filter_map(|one| one.not_counted);
                self.same_list(line, &reasons.map(reason).collect::<Vec<_>>())
            }
            "missing" => {
                let days: Vec<String> = found.missing.iter().map(ToString::to_string).collect();
                let days: Vec<&str> = days.iter().map(String::as_str).collect();
                self.same_list(line, &days)
            }
            "complete" => self.same(line, yes_no(found.complete)),
            "reached" => self.same(line, yes_no(found.reached)),
            "possible" => self.attempt_at(line.value, found.next_possible),
            "next" => self.attempt_at(line.value, found.next_needed),
            _ => Err(unknown_key(line, &CONTACT_KEYS)),
        }
    }

    fn attempt_at(&self, node: Node<'_>, found: Option<Timestamp>) -> Read<()> {
        self.same_time("attempt", node, found)
    }
}

const fn reason(why: NotCounted) -> &'static str {
    match why {
        NotCounted::BeforeStart => "before_start",
        NotCounted::OutsideWindow => "outside_window",
        NotCounted::TooSoon { .. } => "too_soon",
    }
}
