//! Relations that the organisation knows of (已知关系), kept and read by administrators alone.
//!
//! The audit log has that one was recorded, ended or removed, by its id: who is related to whom stands in no log.

use huiyin_case::id::{PersonId, RelationId};
use huiyin_case::limits::has_control;
use huiyin_case::organisation::Organisation;
use huiyin_case::relation::{Relation, Subject};
use huiyin_policy::model::RelationKind;
use huiyin_store::{Change, KeptRelation};
use jiff::civil::Date;

use super::{Planned, Told, Unsuitable};
use crate::app::App;
use crate::commands::Key;
use crate::error::Error;
use crate::ids;
use crate::principal::Principal;

/// Most relations of a person, those that have ended included.
pub const PER_PERSON_MAX: usize = 100;
/// Longest note, in characters.
pub const RELATION_NOTE_CHARS_MAX: usize = 400;

/// A relation as somebody wants it recorded.
#[derive(Clone)]
pub struct RelationWanted {
    /// To whom, or to what.
    pub to: Subject,
    /// What it is.
    pub kind: RelationKind,
    /// The first day; `None` if it always was.
    pub since: Option<Date>,
    /// The last day; `None` while it lasts.
    pub until: Option<Date>,
    /// What only those who keep it read; may be empty.
    pub note: String,
}

impl App {
    /// The relations of a person, whichever side he is, the first recorded first.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless one administers; [`Error::NotFound`] for nobody of the organisation.
    pub async fn relations(
        &self,
        principal: &Principal,
        person: PersonId,
    ) -> Result<Vec<KeptRelation>, Error> {
        self.require_keeper(principal, person)?;
        Ok(self.store().relations_with(person).await?)
    }

    /// Records that a person is related to another, or to a unit. The same key does it once.
    ///
    /// # Errors
    /// As [`App::relations`]; [`Error::Unsuitable`].
    pub async fn add_relation(
        &self,
        principal: &Principal,
        of: PersonId,
        wanted: RelationWanted,
        key: &Key,
    ) -> Result<RelationId, Error> {
        self.require_keeper(principal, of)?;
        let id = RelationId::new(ids::of_key(principal.person, "relation", key));
        let kept = KeptRelation {
            relation: Relation {
                id,
                of,
                to: wanted.to,
                kind: wanted.kind,
                since: wanted.since,
                until: wanted.until,
            },
            note: note(&wanted.note)?,
            recorded_by: principal.person,
            recorded_at: self.now(),
        };
        let told = told(principal, "add_relation", id);
        self.change_organisation(told, |seen| {
            let organisation = &seen.roster.organisation;
            if let Some(known) = organisation
                .relations
                .with(of)
                .iter()
                .find(|one| one.id == id)
            {
                return match *known == kept.relation {
                    true => Ok(Planned::Nothing(id)),
                    false => Err(Error::KeyReused),
                };
            }
            usable(organisation, &kept.relation)?;
            Ok(Planned::Changes(vec![Change::Relation(kept.clone())], id))
        })
        .await
    }

    /// Says which was the last day of a relation. It counts for nothing that is done after it.
    ///
    /// # Errors
    /// As [`App::relations`]; [`Error::Unsuitable`] for a day before its first; [`Error::NotFound`].
    pub async fn end_relation(
        &self,
        principal: &Principal,
        of: PersonId,
        id: RelationId,
        until: Date,
    ) -> Result<(), Error> {
        self.require_keeper(principal, of)?;
        let told = told(principal, "end_relation", id);
        self.change_organisation(told, |seen| {
            let mut known = seen.roster.organisation.relations.with(of).iter();
            let known = known.find(|one| one.id == id).ok_or(Error::NotFound)?;
            if known.until == Some(until) {
                return Ok(Planned::Nothing(()));
            }
            require_order(known.since, Some(until))?;
            Ok(Planned::Changes(vec![Change::EndRelation(id, until)], ()))
        })
        .await
    }

    /// Takes a relation off that was recorded by mistake. One that is not there is taken off already.
    ///
    /// # Errors
    /// As [`App::relations`].
    pub async fn remove_relation(
        &self,
        principal: &Principal,
        of: PersonId,
        id: RelationId,
    ) -> Result<(), Error> {
        self.require_keeper(principal, of)?;
        let told = told(principal, "remove_relation", id);
        self.change_organisation(told, |seen| {
            let mut known = seen.roster.organisation.relations.with(of).iter();
            Ok(match known.any(|one| one.id == id) {
                true => Planned::Changes(vec![Change::RemoveRelation(id)], ()),
                false => Planned::Nothing(()),
            })
        })
        .await
    }

    /// Relations of people who have left are kept too: cases name them still.
    fn require_keeper(&self, principal: &Principal, person: PersonId) -> Result<(), Error> {
        self.require_administrator(principal)?;
        match self.directory().organisation.persons.get(&person) {
            Some(_) => Ok(()),
            None => Err(Error::NotFound),
        }
    }
}

fn told<'a>(by: &'a Principal, action: &'static str, id: RelationId) -> Told<'a> {
    Told {
        by,
        action,
        detail: format!("relation={id}"),
    }
}

fn note(text: &str) -> Result<String, Error> {
    let note = text.trim();
    if note.chars().count() > RELATION_NOTE_CHARS_MAX || has_control(note) {
        return Err(Unsuitable::Note.into());
    }
    Ok(note.to_owned())
}

/// It is to somebody else, or to a unit that is there; neither side has too many.
fn usable(organisation: &Organisation, relation: &Relation) -> Result<(), Error> {
    require_order(relation.since, relation.until)?;
    let mut sides = vec![relation.of];
    match relation.to {
        Subject::Person(person) if person == relation.of => {
            return Err(Unsuitable::OwnRelation.into());
        }
        Subject::Person(person) if !organisation.persons.contains_key(&person) => {
            return Err(Unsuitable::Person.into());
        }
        Subject::Person(person) => sides.push(person),
        Subject::Unit(unit) if organisation.open(unit).is_none() => {
            return Err(Unsuitable::Unit.into());
        }
        Subject::Unit(_) => {}
    }
    let is_full = |person: &PersonId| organisation.relations.with(*person).len() >= PER_PERSON_MAX;
    match sides.iter().any(is_full) {
        true => Err(Unsuitable::TooMany.into()),
        false => Ok(()),
    }
}

fn require_order(since: Option<Date>, until: Option<Date>) -> Result<(), Error> {
    match (since, until) {
        (Some(since), Some(until)) if until < since => Err(Unsuitable::DayOrder.into()),
        _ => Ok(()),
    }
}
