//! Relations as they are sent to those who keep them.

use huiyin_app::App;
use huiyin_case::id::PersonId;
use huiyin_case::relation::Subject;
use huiyin_policy::model::RelationKind;
use huiyin_store::KeptRelation;

use super::names;
use crate::dto::relation::{RelationView, RelationWord};

/// A relation as one of its sides has it.
pub(crate) fn relation(app: &App, side: PersonId, kept: &KeptRelation) -> RelationView {
    let directory = app.directory();
    let relation = &kept.relation;
    let (person, unit) = match relation.to {
        Subject::Person(_) if relation.of != side => (Some(relation.of), None),
        Subject::Person(person) => (Some(person), None),
        Subject::Unit(unit) => (None, Some(unit)),
    };
    RelationView {
        id: relation.id.to_string(),
        kind: word(relation.kind),
        person: person.map(|person| names::person(&directory, person)),
        unit: unit.map(|unit| names::unit(&directory, unit)),
        since: relation.since.map(|day| day.to_string()),
        until: relation.until.map(|day| day.to_string()),
        now: relation.holds(app.today()),
        note: kept.note.clone(),
        recorded_by: names::person_name(&directory, kept.recorded_by),
        recorded_at: kept.recorded_at.to_string(),
    }
}

fn word(kind: RelationKind) -> RelationWord {
    match kind {
        RelationKind::Spouse => RelationWord::Spouse,
        RelationKind::Relative => RelationWord::Relative,
        RelationKind::FormerColleague => RelationWord::FormerColleague,
        RelationKind::FormerSuperior => RelationWord::FormerSuperior,
        RelationKind::FinancialInterest => RelationWord::FinancialInterest,
        RelationKind::Other => RelationWord::Other,
    }
}

/// The kind that a word of the wire stands for.
pub(crate) fn kind(word: RelationWord) -> RelationKind {
    match word {
        RelationWord::Spouse => RelationKind::Spouse,
        RelationWord::Relative => RelationKind::Relative,
        RelationWord::FormerColleague => RelationKind::FormerColleague,
        RelationWord::FormerSuperior => RelationKind::FormerSuperior,
        RelationWord::FinancialInterest => RelationKind::FinancialInterest,
        RelationWord::Other => RelationKind::Other,
    }
}
