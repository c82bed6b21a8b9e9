//! Duties falling due: which are owed, what each is about, and the sample it draws.
//!
//! Everything follows from the policy, the calendar and the log, so that any node plans the same, and what was drawn
//! can be checked later.

use std::collections::BTreeSet;

use huiyin_calendar::{Calendar, Covered, Duty as Periodic, Occurrence};
use huiyin_policy::model::{Duty, DutyId, FieldType, Meaning, Policy, PolicyId, Sample};
use jiff::ToSpan;
use jiff::civil::Date;
use uuid::Uuid;

use crate::event::{Event, Recorded};
use crate::id::{CaseId, PersonId, UnitId};
use crate::organisation::Organisation;
use crate::selector::Who;
use crate::value::{Fields, Value};

/// The name space of the ids that duties give their cases.
const CASES: Uuid = Uuid::from_u128(0x6d5f_3c0e_8f14_4c0b_9d9e_2f64_7a31_50c8);

/// One time that a duty is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The duty.
    pub duty: DutyId,
    /// The first day on which it can be done.
    pub opens: Date,
    /// The last day on which it is in time.
    pub due: Date,
    /// The dates that it is about.
    pub about: Covered,
    /// The cases drawn, in the order of the draw.
    pub sample: Vec<Sampled>,
}

/// A case of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sampled {
    /// The case.
    pub case: CaseId,
    /// Who handled it: they may not score it.
    pub handlers: BTreeSet<PersonId>,
}

/// A case that a duty asks for, not yet drawn for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The id of the case: the same whoever plans it.
    pub case: CaseId,
    /// The occurrence, counted from 0.
    pub number: u32,
    /// What is owed, with an empty sample.
    pub owed: Owed,
}

/// What a duty asks for from its occurrence `first` on, opening by `today` or by any later day that is asked for, the oldest first.
///
/// A duty begins with the policy that asks for it: its first period is the first that begins after `begins`.
pub fn planned<'a>(
    policy: &'a Policy,
    id: &'a DutyId,
    calendar: &'a Calendar,
    begins: Date,
    first: u32,
    today: Date,
) -> impl Iterator<Item = Planned> + 'a {
    let ahead = policy.duties.get(id).is_some_and(|duty| duty.ahead);
    let periodic = policy
        .duties
        .get(id)
        .and_then(|duty| policy.period_of(duty))
        .and_then(|period| Periodic::new(period, begins).ok());
    let occurrence = move |number| periodic.as_ref()?.occurrence(calendar, number);
    let at = occurrence.clone();
    (first..)
        .map_while(occurrence)
        .take_while(move |one| one.opens <= today)
        .filter(move |one| one.opens > begins)
        .map(move |one| {
            let nth = nth_of_its_day(&one, &at);
            Planned {
                case: case_of(&policy.id, id, one.opens, nth),
                number: one.number,
                owed: Owed {
                    duty: id.clone(),
                    opens: one.opens,
                    due: one.due,
                    about: match ahead {
                        true => to_come(&one, &at),
                        false => about(&one, &at),
                    },
                    sample: Vec::new(),
                },
            }
        })
}

/// Who answers for a duty now. The first of them is written in as having registered its case.
pub fn answers(policy: &Policy, duty: &Duty, organisation: &Organisation) -> Vec<PersonId> {
    let who = Who {
        policy,
        organisation,
        state: None,
        on: None,
    };
    who.everyone(&duty.by)
}

/// Which one it is of those that open on the same day, from 0.
fn nth_of_its_day(one: &Occurrence, at: &impl Fn(u32) -> Option<Occurrence>) -> u32 {
    let before = (0..one.number).rev().map_while(at);
    let same_day = before.take_while(|other| other.opens == one.opens);
    u32::try_from(same_day.count()).unwrap_or(u32::MAX)
}

/// The past that a duty is about: what it covers, or the period before if that is only beginning.
fn about(one: &Occurrence, at: &impl Fn(u32) -> Option<Occurrence>) -> Covered {
    let is_past = |covers: &Covered| covers.to < one.opens;
    if is_past(&one.covers) {
        return one.covers;
    }
    let before = (0..one.number).rev().map_while(at);
    let mut past = before.map(|other| other.covers).filter(is_past);
    past.next().unwrap_or_else(|| {
        let days = (one.covers.to - one.covers.from).get_days();
        let to = one.opens.yesterday().unwrap_or(one.opens);
        Covered {
            from: to.checked_sub(days.days()).unwrap_or(to),
            to,
        }
    })
}

/// The first period that begins after a duty is due; what it covers itself at the end of the calendar.
fn to_come(one: &Occurrence, at: &impl Fn(u32) -> Option<Occurrence>) -> Covered {
    let after = (one.number + 1..).map_while(at);
    let mut coming = after.map(|other| other.covers);
    let next = coming.find(|covers| covers.from > one.due);
    next.unwrap_or(one.covers)
}

/// The id of the case that a duty opens on a day, the nth of that day.
fn case_of(policy: &PolicyId, duty: &DutyId, opens: Date, nth: u32) -> CaseId {
    let name = format!("{policy}/{duty}/{opens}/{nth}");
    CaseId::new(Uuid::new_v5(&CASES, name.as_bytes()))
}

/// The id of a case raised out of another by a request with this key: the same when the request comes again.
pub fn raised_case(from: CaseId, key: &str) -> CaseId {
    CaseId::new(Uuid::new_v5(&from.uuid(), key.as_bytes()))
}

/// A case that may be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The case.
    pub case: CaseId,
    /// The unit that answered for it.
    pub unit: Option<UnitId>,
}

/// Draws a sample for the case `by`. The order of the draw is a hash of both ids, which nobody can choose.
pub fn draw(policy: &Policy, sample: &Sample, by: CaseId, population: &[Candidate]) -> Vec<CaseId> {
    let rank = |one: &Candidate| Uuid::new_v5(&by.uuid(), one.case.uuid().as_bytes());
    let mut ranked = population.to_vec();
    ranked.sort_by_key(|one| (rank(one), one.case));
    ranked.dedup_by_key(|one| one.case);
    let mut drawn: Vec<CaseId> = Vec::new();
    if sample.each_unit {
        let mut units = BTreeSet::new();
        let firsts = ranked.iter().filter(|one| units.insert(one.unit));
        drawn.extend(firsts.map(|one| one.case));
    }
    let size = policy.sample_size(sample, ranked.len());
    for one in &ranked {
        if drawn.len() >= size {
            break;
        }
        if !drawn.contains(&one.case) {
            drawn.push(one.case);
        }
    }
    drawn
}

/// Who handled a case: whoever registered, dispatched, passed on, accepted, refused or closed it, or put an act on record, as a deputy or
/// through one.
pub fn handlers(history: &[Recorded]) -> BTreeSet<PersonId> {
    let handled = |recorded: &&Recorded| {
        matches!(
            recorded.event,
            Event::CaseOpened { .. }
                | Event::CaseDispatched { .. }
                | Event::CaseTransferred { .. }
                | Event::CaseAccepted { .. }
                | Event::CaseRefused { .. }
                | Event::ActRecorded { .. }
                | Event::CaseClosed { .. }
        )
    };
    history
        .iter()
        .filter(handled)
        .flat_map(Recorded::people)
        .collect()
}

/// What the system fills in when a duty opens its case: the title with the dates it is about, and these dates.
pub(crate) fn fields(policy: &Policy, duty: &Duty, owed: &Owed) -> Fields {
    let part = policy
        .kinds
        .get(&duty.opens)
        .and_then(|kind| policy.parts.get(&kind.open.part));
    let value = |meaning, ty: &FieldType| {
        Some(match (meaning, ty) {
            (Meaning::Subject, FieldType::Text { max_chars, .. }) => {
                let subject = format!("{} {}", duty.title.zh, span(owed.about));
                Value::Text(subject.chars().take(*max_chars).collect())
            }
            (Meaning::PeriodFrom, FieldType::Date) => Value::Date(owed.about.from),
            (Meaning::PeriodTo, FieldType::Date) => Value::Date(owed.about.to),
            (Meaning::DueOn, FieldType::Date) => Value::Date(owed.due),
            _ => return None,
        })
    };
    let fields = part.into_iter().flat_map(|part| &part.fields);
    fields
        .filter_map(|(id, field)| Some((id.clone(), value(field.meaning?, &field.ty)?)))
        .collect()
}

/// Dates as ISO 8601 writes them: a whole year or month by its name, any other span by its ends.
fn span(about: Covered) -> String {
    let Covered { from, to } = about;
    if from == from.first_of_year() && to == from.last_of_year() {
        from.strftime("%Y").to_string()
    } else if from == from.first_of_month() && to == from.last_of_month() {
        from.strftime("%Y-%m").to_string()
    } else if from == to {
        from.to_string()
    } else {
        format!("{from}/{to}")
    }
}
