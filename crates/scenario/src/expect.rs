//! Expectations: how the case stands, and the first thing that stands otherwise.

mod fields;
mod names;
mod spoken;
mod standing;

use std::collections::BTreeSet;

use huiyin_case::event::{Event, Holder};
use huiyin_case::id::{CaseId, PersonId};
use huiyin_case::link::Link;
use huiyin_case::measure::measurements;
use huiyin_case::offers::offers;
use huiyin_case::portal::{promised, reached, shown};
use huiyin_case::settling::settled_again;
use huiyin_case::state::CaseState;
use huiyin_case::state::entry::EntryKind;
use huiyin_diagnostic::Finding;
use huiyin_policy::model::{ClockId, Figure, Portal, RoleId, SealId};
use huiyin_policy::yaml::{Entry, Node, Shape};
use jiff::Timestamp;

use self::spoken::{ending_word, stage_word, standing_of, standing_word};
use crate::cast::Cast;
use crate::codes::different;
use crate::offers::word;
use crate::reading::{Read, bad, text, time, unknown_key, words};
use crate::settle;
use crate::world::{Case, World};

const KEYS: [&str; 31] = [
    "cases",
    "sample",
    "raised",
    "links",
    "ended",
    "step",
    "stage",
    "holder",
    "lead_unit",
    "taker",
    "first_contact",
    "number",
    "clocks",
    "fields",
    "can",
    "cannot",
    "told",
    "sent",
    "acts",
    "counted",
    "milestone",
    "promised",
    "shown",
    "levels",
    "parties",
    "contacts",
    "seen_by",
    "hidden_from",
    "sealed",
    "read_by",
    "settled",
];

/// Checks every line of an `expect:` map.
pub(crate) fn check(expected: Node<'_>, world: &World<'_>, cast: &Cast) -> Read<()> {
    let Some(case) = world.case() else {
        return Err(Box::new(different(expected.place(), "case", "opened", "-")));
    };
    let checking = Checking {
        world,
        cast,
        case,
        state: &case.state,
    };
    expected
        .entries()
        .try_for_each(|entry| checking.line(entry))
}

struct Checking<'a> {
    world: &'a World<'a>,
    cast: &'a Cast,
    case: &'a Case,
    state: &'a CaseState,
}

impl Checking<'_> {
    fn line(&self, entry: Entry<'_>) -> Read<()> {
        self.check_names(entry)?;
        let node = entry.value;
        match entry.key {
            "cases" => node
                .entries()
                .try_for_each(|kind| self.same(kind, &self.of_kind(kind.key).to_string())),
            "sample" => {
                let sample = self.state.sample().iter().map(|one| one.case);
                self.same_set(entry, self.called(sample))
            }
            "raised" => {
                let raised = self.state.raised.iter().map(|raised| raised.case);
                self.same_set(entry, self.called(raised))
            }
            "links" => node.entries().try_for_each(|link| self.links(link)),
            "ended" => self.same(entry, ending_word(self.state.ending)),
            "step" => self.same(entry, self.state.step.as_str()),
            "stage" => self.same(entry, stage_word(self.state.stage)),
            "holder" if entry.value.scalar() == Some("nobody") => {
                self.same_set_of(entry, BTreeSet::new(), self.holders())
            }
            "holder" => self.same_set(entry, self.holders()),
            "lead_unit" => self.same(
                entry,
                self.state
                    .lead_unit
                    .map_or("nobody", |unit| self.cast.unit_name(unit)),
            ),
            "taker" => self.same(entry, self.named(self.state.opening.taker)),
            "first_contact" => self.same(entry, self.named(self.state.opening.first_contact)),
            "milestone" => self.same(entry, &self.milestone()),
            "promised" => self.promised(node),
            "shown" => self.same_list(entry, &self.shown()),
            "number" => self.same(entry, self.state.number.as_deref().unwrap_or("none")),
            "clocks" => node.entries().try_for_each(|clock| self.clock(clock)),
            "fields" => node.entries().try_for_each(|field| self.field(field)),
            "can" => node.entries().try_for_each(|who| self.can(who, true)),
            "cannot" => node.entries().try_for_each(|who| self.can(who, false)),
            "told" => node
                .entries()
                .try_for_each(|notice| self.same_set(notice, self.told(notice.key))),
            "sent" => node
                .entries()
                .try_for_each(|notice| self.same(notice, &self.sent(notice.key).to_string())),
            "acts" => node
                .entries()
                .try_for_each(|act| self.same(act, &self.recorded(act.key).to_string())),
            "settled" => self.settled(node),
            "counted" => node
                .entries()
                .try_for_each(|measure| self.same(measure, &self.counted(measure.key))),
            "levels" => node.entries().try_for_each(|level| self.level(level)),
            "parties" => node.entries().try_for_each(|role| self.parties(role)),
            "contacts" => node
                .entries()
                .try_for_each(|contacts| self.contacts(contacts)),
            "seen_by" => self.seen_by(entry),
            "read_by" => {
                let unit = self.state.read_by(self.world.policy);
                let organisation = &self.cast.organisation;
                let reads = |person: &&PersonId| {
                    let known = organisation.active(**person);
                    known
                        .zip(unit)
                        .is_some_and(|(known, unit)| organisation.is_within(known.unit, unit))
                };
                let readers = organisation.persons.keys().filter(reads);
                self.same_set(
                    entry,
                    readers.map(|&person| self.cast.name(person)).collect(),
                )
            }
            "hidden_from" => {
                let people = self.cast.organisation.persons.keys().copied();
                let hidden = people.filter(|&person| self.is_hidden_from(person));
                self.same_set(entry, hidden.map(|person| self.cast.name(person)).collect())
            }
            "sealed" => node.entries().try_for_each(|seal| self.sealed(seal)),
            _ => Err(unknown_key(entry, &KEYS)),
        }
    }

    /// `reporter: [form.name]`: the fields under a seal that are filled in.
    fn sealed(&self, entry: Entry<'_>) -> Read<()> {
        let seal = SealId::new(entry.key);
        let values = self.state.sealed(self.world.policy, &seal);
        let paths: Vec<String> = values.iter().map(|one| one.path.to_string()).collect();
        self.same_set(entry, paths.iter().map(String::as_str).collect())
    }

    fn same(&self, entry: Entry<'_>, found: &str) -> Read<()> {
        let expected = text(entry.value)?;
        if expected == found {
            Ok(())
        } else {
            Err(Box::new(different(
                entry.value.place(),
                entry.key,
                expected,
                found,
            )))
        }
    }

    fn same_set(&self, entry: Entry<'_>, found: BTreeSet<&str>) -> Read<()> {
        let expected: BTreeSet<&str> = words(entry.value)?.into_iter().collect();
        self.same_set_of(entry, expected, found)
    }

    fn same_set_of(
        &self,
        entry: Entry<'_>,
        expected: BTreeSet<&str>,
        found: BTreeSet<&str>,
    ) -> Read<()> {
        if expected == found {
            return Ok(());
        }
        let list = |set: BTreeSet<&str>| set.into_iter().collect::<Vec<_>>().join(", ");
        Err(Box::new(different(
            entry.value.place(),
            entry.key,
            &list(expected),
            &list(found),
        )))
    }

    fn same_list(&self, entry: Entry<'_>, found: &[&str]) -> Read<()> {
        let expected = words(entry.value)?;
        if expected == found {
            return Ok(());
        }
        Err(Box::new(different(
            entry.value.place(),
            entry.key,
            &expected.join(", "),
            &found.join(", "),
        )))
    }

    fn named(&self, person: Option<PersonId>) -> &str {
        person.map_or("nobody", |person| self.cast.name(person))
    }

    fn portal(&self) -> Option<&Portal> {
        self.state.kind(self.world.policy)?.portal.as_ref()
    }

    /// Where the case is in the customer's eyes.
    fn milestone(&self) -> String {
        let reached = self.portal().map(|portal| reached(self.state, portal));
        let last = reached.into_iter().flatten().last();
        last.map_or_else(|| "none".to_owned(), |last| last.milestone.to_string())
    }

    /// The moment that the customer is promised, or `none`.
    fn promised(&self, node: Node<'_>) -> Read<()> {
        let found = self
            .portal()
            .and_then(|portal| promised(self.state, portal));
        let found = found.map(|(_, due)| due.at);
        self.same_time("promised", node, found)
    }

    /// The acts that the customer sees, in order.
    fn shown(&self) -> Vec<&str> {
        let entries = shown(self.state, self.world.policy);
        let acts = entries.into_iter().filter_map(|entry| match &entry.what {
            EntryKind::Act { act, .. } => Some(act.as_str()),
            _ => None,
        });
        acts.collect()
    }

    fn of_kind(&self, kind: &str) -> usize {
        let cases = self.world.cases().iter();
        cases
            .filter(|case| case.state.opening.kind.as_str() == kind)
            .count()
    }

    /// `repeats: first`: the cases that this one is tied to so.
    fn links(&self, entry: Entry<'_>) -> Read<()> {
        let names = Link::ALL.map(Link::as_str);
        let link = Link::named(entry.key).ok_or_else(|| unknown_key(entry, &names))?;
        let ties = self.state.ties.iter().filter(|tie| tie.link == link);
        self.same_set(entry, self.called(ties.map(|tie| tie.case)))
    }

    /// What the test calls these cases.
    fn called(&self, cases: impl Iterator<Item = CaseId>) -> BTreeSet<&str> {
        let name = |id| {
            self.world
                .cases()
                .iter()
                .find(|case| case.id == id)?
                .name
                .as_deref()
        };
        cases.map(|id| name(id).unwrap_or("?")).collect()
    }

    /// The unit, role and person whose lists show the case.
    fn holders(&self) -> BTreeSet<&str> {
        let Holder {
            unit,
            roles,
            person,
        } = &self.state.holder;
        let unit = unit.map(|unit| self.cast.unit_name(unit));
        let person = person.map(|person| self.cast.name(person));
        let roles = roles.iter().map(RoleId::as_str);
        unit.into_iter().chain(roles).chain(person).collect()
    }

    /// `reply: met`, `reply: 2026-02-26T18:00`, or `reply: {due: …, standing: …}`; `never` if it never started.
    fn clock(&self, entry: Entry<'_>) -> Read<()> {
        if entry.value.shape() == Shape::Map {
            return entry.value.entries().try_for_each(|line| match line.key {
                "due" => self.due(entry.key, line.value),
                "standing" => self.standing(entry.key, line.value),
                _ => Err(unknown_key(line, &["due", "standing"])),
            });
        }
        match text(entry.value)? {
            word if word == "never" || standing_of(word).is_some() => {
                self.standing(entry.key, entry.value)
            }
            _ => self.due(entry.key, entry.value),
        }
    }

    fn standing(&self, clock: &str, node: Node<'_>) -> Read<()> {
        let expected = text(node)?;
        let now = self.world.now.unwrap_or_default();
        let found = self
            .state
            .clock(&ClockId::new(clock))
            .map_or("never", |clock| standing_word(clock.standing(now)));
        match standing_of(expected) {
            None if expected != "never" => Err(bad(node, "standing")),
            _ if expected == found => Ok(()),
            _ => Err(Box::new(different(node.place(), clock, expected, found))),
        }
    }

    fn due(&self, clock: &str, node: Node<'_>) -> Read<()> {
        let found = self.state.clock(&ClockId::new(clock));
        let found = found.and_then(|clock| clock.due).map(|due| due.at);
        self.same_time(clock, node, found)
    }

    fn same_time(&self, what: &str, node: Node<'_>, found: Option<Timestamp>) -> Read<()> {
        if found.is_none() && text(node)? == "none" {
            return Ok(());
        }
        let expected = time(node, self.world.calendar)?;
        if found == Some(expected) {
            return Ok(());
        }
        let found = found.map_or_else(|| "-".to_owned(), |found| self.local(found));
        Err(Box::new(different(
            node.place(),
            what,
            &self.local(expected),
            &found,
        )))
    }

    fn local(&self, at: Timestamp) -> String {
        self.world
            .calendar
            .local(at)
            .strftime("%Y-%m-%dT%H:%M")
            .to_string()
    }

    /// What the last form that sheets were worked out for gave; it must be what is on record.
    fn settled(&self, expected: Node<'_>) -> Read<()> {
        let policy = self.world.policy;
        let entries = self.state.entries.iter().rev();
        let mut kept = entries.filter_map(|entry| {
            let kept = entry.settled.as_ref().filter(|_| !entry.void)?;
            let part = policy.parts.get(self.state.part_of(policy, &entry.what)?)?;
            settled_again(policy, part, kept)
        });
        match kept.next() {
            Some(settled) => settle::expect(&settled, expected),
            None => Err(Box::new(different(
                expected.place(),
                "settled",
                "settled",
                "-",
            ))),
        }
    }

    fn can(&self, who: Entry<'_>, may: bool) -> Read<()> {
        let actor = match self.cast.actor(who.key) {
            Some(actor) => actor,
            None => self.cast.person_named(who.key, who.value)?.into(),
        };
        let offers = offers(self.state, &self.world.context(), actor);
        let enabled: BTreeSet<String> = offers
            .iter()
            .filter(|offer| offer.refusal.is_none())
            .map(|offer| word(&offer.what))
            .collect();
        let found = || {
            enabled
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let wrong = words(who.value)?
            .into_iter()
            .find(|asked| enabled.contains(*asked) != may);
        let wrong: Option<Finding> =
            wrong.map(|asked| different(who.value.place(), who.key, asked, &found()));
        wrong.map_or(Ok(()), |finding| Err(Box::new(finding)))
    }

    fn notices<'s>(
        &'s self,
        name: &'s str,
    ) -> impl Iterator<Item = &'s [huiyin_case::id::PersonId]> {
        self.case
            .events
            .iter()
            .filter_map(move |recorded| match &recorded.event {
                Event::NoticeSent { notice, to, .. } if notice.as_str() == name => {
                    Some(to.as_slice())
                }
                _ => None,
            })
    }

    fn told(&self, notice: &str) -> BTreeSet<&str> {
        let persons: Vec<_> = self.notices(notice).flatten().copied().collect();
        persons
            .into_iter()
            .map(|person| self.cast.name(person))
            .collect()
    }

    fn sent(&self, notice: &str) -> usize {
        self.notices(notice).count()
    }

    /// What the case counts for in a measure: how long it took, what it adds, the choice, or else the day.
    fn counted(&self, name: &str) -> String {
        let (policy, calendar) = (self.world.policy, self.world.calendar);
        let found = measurements(policy, calendar, self.state);
        let Some(found) = found.iter().find(|one| one.measure.as_str() == name) else {
            return "never".to_owned();
        };
        let figure = policy.statistics.get(&found.measure);
        match figure.map(|measure| &measure.figure) {
            Some(Figure::Duration(_)) => found.value.to_string(),
            Some(Figure::Sum(sum)) => policy.written_sum(sum, found.value.into()),
            Some(_) => match &found.class {
                Some(class) => class.to_string(),
                None => "none".to_owned(),
            },
            None => found.on.to_string(),
        }
    }

    fn recorded(&self, name: &str) -> usize {
        let is_it =
            |event: &Event| matches!(event, Event::ActRecorded { act, .. } if act.as_str() == name);
        self.case
            .events
            .iter()
            .filter(|recorded| is_it(&recorded.event))
            .count()
    }
}
