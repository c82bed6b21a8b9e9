//! The facts of a case as conditions see them: `part.field`, and what the engine itself knows as `case.…`, `levels.…` and
//! `parties.…`.

use huiyin_policy::case_facts::{
    CASE, CONTACTS, FOLLOW_UP, LATE, LEVELS, LINKS, PARTIES, RAISED, RECONCILIATIONS,
};
use huiyin_policy::condition::{Condition, Fact};
use huiyin_policy::model::{ChannelId, FactPath, KindId, PartId};
use jiff::Timestamp;
use rust_decimal::Decimal;

use crate::actor::Actor;
use crate::decide::Context;
use crate::link::Link;
use crate::reconciliation::{Standing, book_entries};
use crate::state::{CaseState, Ending};
use crate::value::{Fields, Value};

/// What is known at a moment, with the fields being entered on top.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    source: Source<'a>,
    entered: Option<(&'a PartId, &'a Fields)>,
    /// When it is asked, and by what; what depends on the time is not known without.
    asked: Option<(&'a Context<'a>, Timestamp)>,
    /// How many reopenings are about to be put on record.
    reopening: u32,
}

#[derive(Debug, Clone, Copy)]
enum Source<'a> {
    /// A case about to be opened.
    Opening(&'a KindId, &'a ChannelId, Actor),
    Case(&'a CaseState),
}

impl<'a> Facts<'a> {
    /// The facts of a case.
    pub(crate) fn of(state: &'a CaseState) -> Self {
        Self {
            source: Source::Case(state),
            entered: None,
            asked: None,
            reopening: 0,
        }
    }

    /// What is known before `by` opens a case.
    pub(crate) fn before(kind: &'a KindId, channel: &'a ChannelId, by: Actor) -> Self {
        Self {
            source: Source::Opening(kind, channel, by),
            entered: None,
            asked: None,
            reopening: 0,
        }
    }

    /// As they are asked at a time.
    pub(crate) fn at(self, context: &'a Context<'a>, time: Timestamp) -> Self {
        Self {
            asked: Some((context, time)),
            ..self
        }
    }

    /// With a reopening that is about to be put on record.
    pub(crate) fn with_this_reopening(self) -> Self {
        Self {
            reopening: 1,
            ..self
        }
    }

    /// With the fields of a part that are being entered.
    pub(crate) fn with(self, part: &'a PartId, fields: &'a Fields) -> Self {
        Self {
            entered: Some((part, fields)),
            ..self
        }
    }

    /// Whether a condition is known to hold.
    pub(crate) fn hold(&self, condition: &Condition) -> bool {
        condition.holds(&|path| self.fact(path))
    }

    /// The value at a path. The fields being entered stand for their whole part: one left out is not on record.
    pub(crate) fn value(&self, path: &FactPath) -> Option<&'a Value> {
        match self.entered {
            Some((part, fields)) if part == path.part() => fields.get(path.field()),
            _ => match self.source {
                Source::Case(state) => state.facts.get(path),
                Source::Opening(..) => None,
            },
        }
    }

    fn fact(&self, path: &FactPath) -> Option<Fact> {
        let name = path.field().as_str();
        match path.part().as_str() {
            CASE => self.case_fact(name),
            LEVELS => self.level(name),
            PARTIES => self.parties(name),
            LINKS => self.link_fact(name),
            CONTACTS => self.contact_fact(name),
            RAISED => self.raised(name),
            LATE => self.late(name),
            RECONCILIATIONS => self.reconciled(name),
            _ => self.value(path).map(fact_of),
        }
    }

    /// The level that counts; none before the case is opened.
    fn level(&self, levels: &str) -> Option<Fact> {
        let Source::Case(state) = self.source else {
            return None;
        };
        let (_, level) = state.levels.iter().find(|(id, _)| id.as_str() == levels)?;
        Some(Fact::Word(level.now.as_str().to_owned()))
    }

    /// How many parties have a role.
    fn parties(&self, role: &str) -> Option<Fact> {
        let count = match self.source {
            Source::Opening(..) => 0,
            Source::Case(state) => {
                let parties = state.parties.iter();
                parties.filter(|party| party.role.as_str() == role).count()
            }
        };
        Some(Fact::Number(Decimal::from(count)))
    }

    /// How far the attempts to reach the customer are.
    fn contact_fact(&self, name: &str) -> Option<Fact> {
        let (contacts, what) = name.rsplit_once('.')?;
        let (Source::Case(state), Some((context, time))) = (self.source, self.asked) else {
            return None;
        };
        let all = state.contacts(context.policy, context.calendar, time);
        let contacts = all.into_iter().find(|one| one.id.as_str() == contacts)?;
        let count = |count: usize| Some(Fact::Number(Decimal::from(count)));
        match what {
            "complete" => Some(Fact::Bool(contacts.complete)),
            "reached" => Some(Fact::Bool(contacts.reached)),
            "counted" => count(contacts.counted()),
            "uncounted" => count(contacts.attempts.len() - contacts.counted()),
            _ => None,
        }
    }

    /// How many cases of a kind were opened out of this one.
    fn raised(&self, kind: &str) -> Option<Fact> {
        let count = match self.source {
            Source::Opening(..) => 0,
            Source::Case(state) => {
                let raised = state.raised.iter();
                raised.filter(|one| one.kind.as_str() == kind).count()
            }
        };
        Some(Fact::Number(Decimal::from(count)))
    }

    /// Whether a clock ran out, in any of its runs.
    fn late(&self, clock: &str) -> Option<Fact> {
        let late = match self.source {
            Source::Opening(..) => false,
            Source::Case(state) => {
                let mut clocks = state.clocks.iter();
                let found = clocks.find(|(id, _)| id.as_str() == clock);
                found.is_some_and(|(_, clock)| clock.outcomes().any(|run| !run.met))
            }
        };
        Some(Fact::Bool(late))
    }

    /// How far a book is compared with the system.
    fn reconciled(&self, name: &str) -> Option<Fact> {
        let (book, what) = name.rsplit_once('.')?;
        let (Source::Case(state), Some((context, _))) = (self.source, self.asked) else {
            return None;
        };
        let book = context.policy.reconciliations.get(book)?;
        let entries = book_entries(state, book);
        let is = |standing: fn(&Standing) -> bool| {
            let standings = entries.iter().map(|entry| &entry.standing);
            standings.filter(|one| standing(one)).count()
        };
        let count = match what {
            "entries" => entries.len(),
            "undecided" => is(|one| *one == Standing::Undecided),
            "found" => is(|one| matches!(one, Standing::Found(_))),
            "missing" => is(|one| *one == Standing::Missing),
            _ => return None,
        };
        Some(Fact::Number(Decimal::from(count)))
    }

    fn link_fact(&self, name: &str) -> Option<Fact> {
        let state = match self.source {
            Source::Opening(..) => None,
            Source::Case(state) => Some(state),
        };
        let is = |link| Some(Fact::Bool(state.is_some_and(|state| state.is_tied(link))));
        let count = |link| {
            let tied = state.map_or(0, |state| state.tied(link));
            Some(Fact::Number(Decimal::from(tied)))
        };
        match name {
            "same_matter" => is(Link::SameMatter),
            "recomplaint" => is(Link::Repeats),
            "incident" => is(Link::PartOf),
            "merged" => is(Link::MergedInto),
            "repeated" => count(Link::RepeatedBy),
            "concerned" => count(Link::Concerns),
            "absorbed" => count(Link::Absorbed),
            _ => None,
        }
    }

    fn case_fact(&self, name: &str) -> Option<Fact> {
        let (kind, channel, by_customer, state) = match self.source {
            Source::Opening(kind, channel, by) => (kind, channel, by == Actor::Customer, None),
            Source::Case(state) => {
                let opening = &state.opening;
                let by_customer = opening.by_customer;
                (&opening.kind, &opening.channel, by_customer, Some(state))
            }
        };
        let count = |number: fn(&CaseState) -> u32| {
            Some(Fact::Number(Decimal::from(state.map_or(0, number))))
        };
        let word = |word: &str| Some(Fact::Word(word.to_owned()));
        match name {
            "kind" => word(kind.as_str()),
            "channel" => word(channel.as_str()),
            "refusals" => count(|state| state.refusals),
            "transfers" => count(|state| state.transfers),
            "reopens" => {
                let before = state.map_or(0, |state| state.reopens);
                Some(Fact::Number(Decimal::from(before + self.reopening)))
            }
            "dispatched" => Some(Fact::Bool(
                state.is_some_and(|state| state.lead_unit.is_some()),
            )),
            FOLLOW_UP => word(state?.follow_up?.as_str()),
            "by_customer" => Some(Fact::Bool(by_customer)),
            "withdrawn" => {
                Some(Fact::Bool(state.is_some_and(|state| {
                    state.ending == Some(Ending::Withdrawn)
                })))
            }
            "accepted" => Some(Fact::Bool(state.is_some_and(|state| state.accepted))),
            _ => None,
        }
    }
}

fn fact_of(value: &Value) -> Fact {
    match value {
        Value::Text(text) => Fact::Word(text.clone()),
        Value::Bool(known) => Fact::Bool(*known),
        Value::Integer(number) => Fact::Number(Decimal::from(*number)),
        Value::Money(money) => Fact::Number(money.to_decimal()),
        Value::Percent(percent) => Fact::Number(percent.to_decimal()),
        Value::Quantity(quantity) => Fact::Number(quantity.to_decimal()),
        Value::Date(date) => Fact::Date(*date),
        Value::Instant(instant) => Fact::Instant(*instant),
        Value::OneOf(choice) => Fact::Word(choice.as_str().to_owned()),
        Value::ManyOf(choices) => Fact::Words(
            choices
                .iter()
                .map(|choice| choice.as_str().to_owned())
                .collect(),
        ),
        Value::Unit(unit) => Fact::Word(unit.to_string()),
        Value::Person(person) => Fact::Word(person.to_string()),
        Value::Case(case) => Fact::Word(case.to_string()),
        // Of rows conditions only know whether there are any.
        Value::Rows(_) => Fact::Word(String::new()),
    }
}
