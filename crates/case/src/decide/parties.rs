//! Adding and removing parties (当事人), and what it means for who holds the case.

use std::collections::BTreeSet;

use huiyin_policy::model::{DataClass, Employee, FactPath, Part, PartyRole, PartyRoleId, Selector};

use super::draft::{Draft, required_text};
use crate::event::Event;
use crate::fields::{Filled, Form};
use crate::id::{PartyId, PersonId};
use crate::party::NewParty;
use crate::refusal::{Refusal, Rule};
use crate::value::Fields;

/// Adds a party, by whoever the policy lets.
pub(super) fn add(draft: &mut Draft<'_>, id: PartyId, new: &NewParty) -> Result<(), Refusal> {
    draft.step()?;
    let role = declared(draft, &new.role)?;
    entitled(draft, &role.by, role)?;
    put_on_record(draft, id, new)
}

/// Takes a party off the case.
pub(super) fn remove(draft: &mut Draft<'_>, id: PartyId, reason: &str) -> Result<(), Refusal> {
    draft.step()?;
    let party = draft.state.parties.iter().find(|party| party.id == id);
    let role = party.ok_or(Rule::PartyAbsent)?.role.clone();
    let role = declared(draft, &role)?;
    entitled(draft, &role.by, role)?;
    required_text(reason).map_err(|refusal| Refusal::of(refusal.rule, &role.clause))?;
    draft.push(Event::PartyRemoved {
        party: id,
        reason: reason.to_owned(),
    });
    Ok(())
}

/// Puts a party on record once it is known who it is. Whoever registers a case may name its parties.
pub(super) fn put_on_record(
    draft: &mut Draft<'_>,
    id: PartyId,
    new: &NewParty,
) -> Result<(), Refusal> {
    let role = declared(draft, &new.role)?;
    let known = draft.state.parties_in(&new.role).count();
    if u32::try_from(known).unwrap_or(u32::MAX) >= role.max {
        let rule = Rule::TooManyParties {
            role: new.role.clone(),
            max: role.max,
        };
        return Err(Refusal::of(rule, &role.clause));
    }
    if let Some(problem) = employee_problem(draft, role, new) {
        let rule = Rule::PartyEmployee {
            role: new.role.clone(),
            problem,
        };
        return Err(Refusal::of(rule, &role.clause));
    }
    let fields = fields(draft, role, new)?;
    draft.push(Event::PartyAdded {
        party: id,
        role: new.role.clone(),
        person: new.person,
        fields,
    });
    Ok(())
}

/// The role, if cases of this kind have it.
fn declared<'a>(draft: &Draft<'a>, id: &PartyRoleId) -> Result<&'a PartyRole, Refusal> {
    let role = draft.policy().parties.get(id);
    let role = role.filter(|role| role.kinds.contains(&draft.state.opening.kind));
    role.ok_or_else(|| Rule::PartyNotPossible(id.clone()).into())
}

fn entitled(draft: &Draft<'_>, by: &Selector, role: &PartyRole) -> Result<(), Refusal> {
    if draft.admits(by) {
        Ok(())
    } else {
        Err(Refusal::of(Rule::NotEntitled, &role.clause))
    }
}

/// What keeps the party from being, or not being, one of the organisation's own people.
fn employee_problem(draft: &Draft<'_>, role: &PartyRole, new: &NewParty) -> Option<&'static str> {
    let known = |person: &PersonId| draft.context.organisation.persons.contains_key(person);
    let same = |person: PersonId| {
        let mut parties = draft.state.parties_in(&new.role);
        parties.any(|party| party.person == Some(person))
    };
    match (new.person, role.employee) {
        (None, Employee::Always) => Some("needed"),
        (Some(_), Employee::Never) => Some("not_allowed"),
        (Some(person), _) if !known(&person) => Some("unknown_person"),
        (Some(person), _) if same(person) => Some("already"),
        (Some(_), _) if personal(draft, role).any(|path| new.fields.contains_key(path.field())) => {
            Some("in_words")
        }
        _ => None,
    }
}

/// The fields of the role's part that are about a person. Of an employee none is filled in: the organisation knows him.
fn personal<'d>(draft: &'d Draft<'_>, role: &'d PartyRole) -> impl Iterator<Item = FactPath> {
    let part = role.part.as_ref();
    let part = part.and_then(|id| Some((id, draft.policy().parts.get(id)?)));
    part.into_iter().flat_map(|(id, part): (_, &Part)| {
        let personal = part
            .fields
            .iter()
            .filter(|(_, field)| field.class == DataClass::Personal);
        personal.map(move |(field, _)| FactPath::new(id.clone(), field.clone()))
    })
}

fn fields(draft: &Draft<'_>, role: &PartyRole, new: &NewParty) -> Result<Fields, Refusal> {
    let left_out: BTreeSet<FactPath> = personal(draft, role).collect();
    let form = Form {
        policy: draft.context.policy,
        organisation: draft.context.organisation,
        part: role.part.as_ref(),
        clause: Some(&role.clause),
        sample: &[],
        may_lack: new.person.map(|_| &left_out),
        filled: Filled::Typed,
    };
    form.check(&new.fields, draft.facts())
}

/// Passes the case on if whoever holds it is kept out of it from now on.
pub(super) fn pass_on(draft: &mut Draft<'_>) {
    let holder = draft.state.holder.person;
    if !holder.is_some_and(|person| draft.who().is_excluded(person)) {
        return;
    }
    let Some(step) = draft.state.current_step(draft.context.policy) else {
        return;
    };
    let holder = draft.who().holder(&step.by, None);
    let at = draft.at;
    draft.follow_with(Event::HolderChanged { holder }, at);
}
