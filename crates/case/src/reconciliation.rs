//! How a book that is kept outside the system compares with it (P2.14).

use huiyin_policy::model::{
    ActId, ChoiceId, FactPath, FieldId, KindId, Policy, PolicyId, Reconciliation,
};

use crate::id::CaseId;
use crate::refusal::{Refusal, Rule};
use crate::state::CaseState;
use crate::state::entry::{Entry, EntryKind};
use crate::value::{Fields, Value};

/// An entry of a book, with what was found of it.
#[derive(Debug, Clone, PartialEq)]
pub struct BookEntry<'s> {
    /// Its number: entries are counted as they were put on record, those that are void by now too, from 1.
    pub number: u32,
    /// The entry.
    pub entry: &'s Entry,
    /// The answer that counts: the last one.
    pub answer: Option<&'s Entry>,
    /// What that says.
    pub standing: Standing,
}

/// Whether the system has what stands in a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has decided on it.
    Undecided,
    /// It has it: this case.
    Found(CaseId),
    /// It doesn't have it.
    Missing,
    /// Something else was decided, such as that it is no complaint.
    Settled,
}

impl Standing {
    /// The published name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Found(_) => "found",
            Self::Missing => "missing",
            Self::Settled => "settled",
        }
    }
}

/// The entries of a book that are not void, in the order in which they were put on record.
pub fn book_entries<'s>(state: &'s CaseState, book: &Reconciliation) -> Vec<BookEntry<'s>> {
    let answers: Vec<&Entry> = of_act(state, &book.answers.act)
        .filter(|entry| !entry.void)
        .collect();
    let entries = (1..).zip(of_act(state, &book.entries.act));
    entries
        .filter(|(_, entry)| !entry.void)
        .map(|(number, entry)| {
            let answers = answers.iter().rev().copied();
            let mut about = answers.filter(|one| number_in(book, &one.fields) == Some(number));
            let answer = about.next();
            BookEntry {
                number,
                entry,
                answer,
                standing: answer.map_or(Standing::Undecided, |one| standing(book, one)),
            }
        })
        .collect()
}

/// The entries of an act, those that are void too.
fn of_act<'s>(state: &'s CaseState, act: &ActId) -> impl Iterator<Item = &'s Entry> {
    let is_it =
        move |entry: &&Entry| matches!(&entry.what, EntryKind::Act { act: one, .. } if one == act);
    state.entries.iter().filter(is_it)
}

fn standing(book: &Reconciliation, answer: &Entry) -> Standing {
    let EntryKind::Act { outcome, .. } = &answer.what else {
        return Standing::Undecided;
    };
    match (outcome.as_ref(), case_in(book, &answer.fields)) {
        (Some(outcome), Some(case)) if *outcome == book.answers.found => Standing::Found(case),
        (Some(outcome), _) if *outcome == book.answers.missing => Standing::Missing,
        _ => Standing::Settled,
    }
}

/// The number of the entry that an answer is about.
fn number_in(book: &Reconciliation, answer: &Fields) -> Option<u32> {
    match answer.get(&book.answers.entry)? {
        Value::Integer(number) => u32::try_from(*number).ok(),
        _ => None,
    }
}

/// The case that an answer names.
fn case_in(book: &Reconciliation, answer: &Fields) -> Option<CaseId> {
    match answer.get(&book.answers.case)? {
        Value::Case(case) => Some(*case),
        _ => None,
    }
}

/// The books of the case in whose comparison an act is the answer.
fn answered_by<'p>(
    policy: &'p Policy,
    state: &'p CaseState,
    act: &'p ActId,
) -> impl Iterator<Item = &'p Reconciliation> {
    let books = policy.reconciliations_of(&state.opening.kind);
    let books = books.filter(move |(_, book)| book.answers.act == *act);
    books.map(|(_, book)| book)
}

/// Refuses an answer about an entry that is not in the book, one that says that the system has it and names no case, and one that
/// says something else and does.
pub(crate) fn check_answer(
    policy: &Policy,
    state: &CaseState,
    act: &ActId,
    outcome: Option<&ChoiceId>,
    fields: &Fields,
) -> Result<(), Refusal> {
    for book in answered_by(policy, state, act) {
        let number = number_in(book, fields);
        let entries = book_entries(state, book);
        let named = case_in(book, fields).is_some();
        let must_name = outcome == Some(&book.answers.found);
        let wrong = if !entries.iter().any(|entry| Some(entry.number) == number) {
            invalid(policy, act, &book.answers.entry, "not_in_book")
        } else if must_name && !named {
            path(policy, act, &book.answers.case).map(Rule::FieldMissing)
        } else if named && !must_name {
            invalid(policy, act, &book.answers.case, "no_case_here")
        } else {
            None
        };
        if let Some(rule) = wrong {
            return Err(Refusal::of(rule, &book.clause));
        }
    }
    Ok(())
}

fn invalid(policy: &Policy, act: &ActId, field: &FieldId, problem: &'static str) -> Option<Rule> {
    path(policy, act, field).map(|field| Rule::FieldInvalid { field, problem })
}

fn path(policy: &Policy, act: &ActId, field: &FieldId) -> Option<FactPath> {
    let part = policy.acts.get(act)?.part.clone()?;
    Some(FactPath::new(part, field.clone()))
}

/// The case that is said to be the one a book's entry is about, if an act or its correction says so.
pub fn named_case(
    policy: &Policy,
    state: &CaseState,
    act: &ActId,
    fields: &Fields,
) -> Option<CaseId> {
    let mut books = answered_by(policy, state, act);
    books.find_map(|book| case_in(book, fields))
}

/// Refuses a case that a book is not compared with: one of another policy or another kind.
///
/// # Errors
/// The rule, with the clause of the comparison.
pub fn check_named(
    policy: &Policy,
    state: &CaseState,
    act: &ActId,
    (other_policy, other_kind): (&PolicyId, &KindId),
) -> Result<(), Refusal> {
    for book in answered_by(policy, state, act) {
        let is_compared = *other_policy == policy.id && book.against.kinds.contains(other_kind);
        let rule = invalid(policy, act, &book.answers.case, "not_compared");
        if let Some(rule) = rule.filter(|_| !is_compared) {
            return Err(Refusal::of(rule, &book.clause));
        }
    }
    Ok(())
}

/// What stands for a field of an answer that somebody would give: the first entry that is not decided on, else the first of all.
/// `None` for a field that says neither which entry nor which case.
pub(crate) fn stand_in(
    policy: &Policy,
    state: &CaseState,
    act: &ActId,
    field: &FieldId,
    outcome: Option<&ChoiceId>,
    any_case: CaseId,
) -> Option<Option<Value>> {
    let book = answered_by(policy, state, act).next()?;
    if *field == book.answers.case {
        let named = outcome == Some(&book.answers.found);
        return Some(named.then_some(Value::Case(any_case)));
    }
    (*field == book.answers.entry).then(|| {
        let entries = book_entries(state, book);
        let undecided = |entry: &&BookEntry<'_>| entry.standing == Standing::Undecided;
        let entry = entries.iter().find(undecided).or(entries.first());
        Some(Value::Integer(entry.map_or(0, |entry| entry.number.into())))
    })
}
