//! Reconciliations: a book that is kept outside the system is compared with the system (P2.14).

use super::{
    ActId, ChoiceId, ClauseId, FactPath, FieldId, KindId, PartId, Policy, ReconciliationId, Text,
};

/// A comparison of a book, entry by entry, with the cases of the unit that keeps it (核对).
#[derive(Debug, Clone)]
pub struct Reconciliation {
    /// Name, e.g. 意见簿核对.
    pub title: Text,
    /// The kinds of case in which it is done.
    pub kinds: Vec<KindId>,
    /// The field that names the unit whose book it is.
    pub unit: FactPath,
    /// The field with the first day that the check is about.
    pub from: FactPath,
    /// The field with the last, inclusive.
    pub to: FactPath,
    /// What stands in the book.
    pub entries: BookEntries,
    /// What the checker finds of each entry.
    pub answers: Answers,
    /// The cases it is compared with.
    pub against: Against,
    /// How many days before and after an entry's date a case may have come in that is likely to be the same.
    pub within_days: u16,
    /// The clause that asks for it.
    pub clause: ClauseId,
}

/// What stands in a book: each entry of an act is one of the book.
#[derive(Debug, Clone)]
pub struct BookEntries {
    /// The act.
    pub act: ActId,
    /// The field of its part with the date in the book.
    pub on: FieldId,
    /// The field with what was written.
    pub text: FieldId,
    /// The field with a contact of whoever wrote it.
    pub contact: Option<FieldId>,
    /// Fields that are the same in the case it is about, such as the order: the entry's, and the case's.
    pub same: Vec<(FieldId, FactPath)>,
}

/// What the checker finds of an entry: each entry of an act is an answer, and the last of them counts.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The act.
    pub act: ActId,
    /// The field of its part with the entry's number in the book: they are counted as they were put on record, from 1.
    pub entry: FieldId,
    /// The field that names the case.
    pub case: FieldId,
    /// The outcome that says that the system has it: then, and only then, a case is named.
    pub found: ChoiceId,
    /// The outcome that says that the system doesn't have it.
    pub missing: ChoiceId,
}

/// The cases a book is compared with.
#[derive(Debug, Clone)]
pub struct Against {
    /// Their kinds.
    pub kinds: Vec<KindId>,
    /// The field with the customer's words.
    pub text: FactPath,
}

impl Policy {
    /// The comparisons that are done in cases of a kind.
    pub fn reconciliations_of<'p>(
        &'p self,
        kind: &'p KindId,
    ) -> impl Iterator<Item = (&'p ReconciliationId, &'p Reconciliation)> {
        let all = self.reconciliations.iter();
        all.filter(|(_, one)| one.kinds.contains(kind))
    }

    /// Whether a field of a form names a case with which an entry of a book was compared.
    pub fn names_compared_case(&self, part: &PartId, field: &FieldId) -> bool {
        self.reconciliations.values().any(|one| {
            let act = self.acts.get(&one.answers.act);
            one.answers.case == *field && act.is_some_and(|act| act.part.as_ref() == Some(part))
        })
    }
}
